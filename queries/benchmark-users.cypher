// name: benchmark-users
// title: What is evaluated on a benchmark, with the sentence that says so
// param: benchmark: benchmark; the benchmark
// param: limit: integer 1..10000 = 50; most rows
// column: date: date?; when the paper was published
// column: evaluated: string; what is measured: what the paper introduces, or the paper
// column: paper: string; the paper's title
// column: evidence: string?; the sentence that says so
// column: id: id; id of what is evaluated
// tags: benchmarks, interactive
// example: -p benchmark="AIME 2024"
MATCH (b:Benchmark {id: $benchmark})
MATCH (a)-[r:EVALUATED_ON]->(b)
WHERE a.id <> $benchmark
WITH a, r, r.paper AS stated_by
ORDER BY coalesce(r.stated, '') DESC, stated_by, a.name, a.id
LIMIT $limit
MATCH (p:Paper {id: stated_by})
RETURN p.published AS date, a.name AS evaluated, p.title AS paper, r.evidence AS evidence,
       a.id AS id
ORDER BY coalesce(date, '') DESC, p.id, evaluated, id
LIMIT $limit
