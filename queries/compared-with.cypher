// name: compared-with
// title: What a method is compared with, with the sentence that says so
// param: method: method; the method
// param: limit: integer 1..10000 = 50; most rows
// column: other: string; what it is compared with
// column: kind: string?; method, framework, model, benchmark, dataset or environment
// column: date: date?; when the paper was published
// column: paper: string; the paper's title
// column: evidence: string?; the sentence that says so
// column: id: id; id of the other
// tags: methods, results, interactive
// example: -p method=GRPO
MATCH (m:Method {id: $method})
MATCH (m)-[r:COMPARED_WITH]-(a)
WHERE a.id <> $method
WITH a, r, r.paper AS stated_by
MATCH (p:Paper {id: stated_by})
RETURN a.name AS other, a.kind AS kind, p.published AS date, p.title AS paper,
       r.evidence AS evidence, a.id AS id
ORDER BY coalesce(date, '') DESC, other, paper, id, p.id
LIMIT $limit
