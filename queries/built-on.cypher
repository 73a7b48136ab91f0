// name: built-on
// title: What a method is built on, with or from, with the sentence that says so
// param: method: method; the method
// param: limit: integer 1..10000 = 100; most rows
// column: used: string; what the method uses
// column: kind: string?; method, framework, model, benchmark, dataset or environment
// column: date: date?; when the paper was published
// column: paper: string; the paper's title
// column: evidence: string?; the sentence that says so
// column: id: id; id of what it uses
// tags: methods, interactive
// example: -p method=ThreadWeaver
MATCH (m:Method {id: $method})
MATCH (m)-[r:USES]->(a)
WHERE a.id <> $method
WITH a, r, r.paper AS stated_by
MATCH (p:Paper {id: stated_by})
RETURN a.name AS used, a.kind AS kind, p.published AS date, p.title AS paper,
       r.evidence AS evidence, a.id AS id
ORDER BY used, coalesce(date, '9'), paper, id, p.id
LIMIT $limit
