// name: used-by
// title: Papers that use a method, with the sentence that says so
// param: method: method; the method
// param: limit: integer 1..10000 = 50; most rows
// column: date: date?; when the paper was published
// column: paper: string; the paper's title
// column: user: string; what uses it: what the paper introduces, or the paper
// column: evidence: string?; the sentence that says so, null where the catalogue does
// column: id: id; id of the paper
// tags: methods, papers, interactive
// example: -p method=GRPO
MATCH (m:Method {id: $method})
MATCH (a)-[r:USES]->(m)
WITH a, r, r.paper AS stated_by
MATCH (p:Paper {id: stated_by})
RETURN p.published AS date, p.title AS paper, a.name AS user, r.evidence AS evidence, p.id AS id
ORDER BY coalesce(date, '') DESC, paper, user, id
LIMIT $limit
