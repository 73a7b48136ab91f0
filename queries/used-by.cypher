// name: used-by
// title: Papers that use a method, with the sentence that says so
// param: method: method; the method
// param: limit: integer 1..10000 = 50; most rows
// column: date: date?; when the paper was published
// column: paper: string; the paper's title
// column: user: string; what uses it: what the paper introduces, or the paper
// column: evidence: string?; the sentence that says so
// column: id: id; id of the paper
// tags: methods, papers, interactive
// example: -p method=GRPO
MATCH (m:Method {id: $method})
MATCH (a)-[r:USES]->(m)
WHERE a.id <> $method
WITH a, r, r.paper AS stated_by
ORDER BY coalesce(r.stated, '') DESC, stated_by, a.name, a.id
LIMIT $limit
MATCH (p:Paper {id: stated_by})
RETURN p.published AS date, p.title AS paper, a.name AS user, r.evidence AS evidence, p.id AS id
ORDER BY coalesce(date, '') DESC, id, user, a.id
LIMIT $limit
