// name: cited-by
// title: Papers that cite a paper, the newest first
// param: paper: paper; the paper, by identifier or title
// param: since: date?; only papers of this date or later, as far as their dates tell
// param: limit: integer 1..10000 = 100; most rows
// column: date: date?; when the paper was published
// column: paper: string; title of the citing paper
// column: cited_by: integer; papers that cite that one
// column: id: id; id of the citing paper
// tags: papers, interactive
// example: -p paper=2402.03300
MATCH (p:Paper {id: $paper})
MATCH (p)<-[:CITES]-(c)
WHERE $since IS NULL OR c.published >= left($since, size(c.published))
WITH c
ORDER BY coalesce(c.published, '') DESC, c.title, c.id
LIMIT $limit
RETURN c.published AS date, c.title AS paper, COUNT { (c)<-[:CITES]-() } AS cited_by, c.id AS id
ORDER BY coalesce(date, '') DESC, paper, id
