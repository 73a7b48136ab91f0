// name: benchmarks-used-together
// title: Benchmarks that the same thing is evaluated on, in the same paper
// param: benchmark: benchmark; the benchmark
// param: limit: integer 1..10000 = 50; most rows
// column: benchmark: string; the other benchmark
// column: kind: string?; method, framework, model, benchmark, dataset or environment
// column: papers: integer; papers that evaluate on both
// column: id: id; id of the other benchmark
// tags: benchmarks, interactive
// example: -p benchmark="AIME 2024"
MATCH (b:Benchmark {id: $benchmark})
MATCH (x)-[r:EVALUATED_ON]->(b)
MATCH (x)-[t:EVALUATED_ON]->(o)
WHERE t.paper = r.paper AND o.id <> $benchmark
WITH o, count(DISTINCT r.paper) AS papers
RETURN o.name AS benchmark, o.kind AS kind, papers, o.id AS id
ORDER BY papers DESC, benchmark, id
LIMIT $limit
