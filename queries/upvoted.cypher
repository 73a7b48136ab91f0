// name: upvoted
// title: Papers by upvotes at their source
// param: since: date?; only papers of this date or later, as far as their dates tell
// param: until: date?; only papers of this date or earlier, as far as their dates tell
// param: limit: integer 1..10000 = 20; most rows
// column: upvotes: integer; upvotes
// column: date: date?; when the paper was published
// column: paper: string; its title
// column: introduces: list; names of what it introduces
// column: id: id; its id
// tags: papers
MATCH (p:Paper)
WHERE p.upvotes IS NOT NULL
  AND ($since IS NULL OR p.published >= left($since, size(p.published)))
  AND ($until IS NULL OR left(p.published, size($until)) <= $until)
WITH p
ORDER BY p.upvotes DESC, coalesce(p.published, '') DESC, p.title, p.id
LIMIT $limit
OPTIONAL MATCH (p)-[:INTRODUCES]->(a)
WITH p, a
ORDER BY a.name, a.id
WITH p, collect(DISTINCT a.name) AS introduces
RETURN p.upvotes AS upvotes, p.published AS date, p.title AS paper, introduces, p.id AS id
ORDER BY upvotes DESC, coalesce(date, '') DESC, paper, id
