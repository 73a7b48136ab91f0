// name: surveys
// title: Papers that survey something, the newest first, with the sentence that says so
// param: since: date?; only papers of this date or later, as far as their dates tell
// param: limit: integer 1..10000 = 100; most rows
// column: date: date?; when the paper was published
// column: paper: string; its title
// column: surveys: string; what it surveys
// column: evidence: string?; the sentence that says so
// column: id: id; id of the paper
// tags: papers
MATCH (p:Paper)-[r:SURVEYS]->(a)
WHERE $since IS NULL OR p.published >= left($since, size(p.published))
RETURN p.published AS date, p.title AS paper, a.name AS surveys, r.evidence AS evidence, p.id AS id
ORDER BY coalesce(date, '') DESC, paper, surveys, id
LIMIT $limit
