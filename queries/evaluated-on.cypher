// name: evaluated-on
// title: Benchmarks that a method is evaluated on, with the sentence that says so
// param: method: method; the method
// param: limit: integer 1..10000 = 100; most rows
// column: benchmark: string; the benchmark
// column: date: date?; when the paper was published
// column: paper: string; the paper's title
// column: evidence: string?; the sentence that says so
// column: id: id; id of the benchmark
// tags: methods, benchmarks, interactive
// example: -p method=ThreadWeaver
MATCH (m:Method {id: $method})
MATCH (m)-[r:EVALUATED_ON]->(b:Benchmark)
WITH b, r, r.paper AS stated_by
MATCH (p:Paper {id: stated_by})
RETURN b.name AS benchmark, p.published AS date, p.title AS paper, r.evidence AS evidence,
       b.id AS id
ORDER BY benchmark, coalesce(date, ''), paper, id, p.id
LIMIT $limit
