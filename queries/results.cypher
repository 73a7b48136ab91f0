// name: results
// title: Numbers that papers report on a benchmark, as they are written
// param: benchmark: benchmark; the benchmark
// param: limit: integer 1..10000 = 50; most rows
// column: of: string?; what was measured, where the sentence says it
// column: value: string?; the figure as written
// column: metric: string?; what it counts, where the sentence says it
// column: reading: string; absolute, gain, relative gain, ratio or bound
// column: date: date?; when the paper was published
// column: paper: string; the paper's title
// column: evidence: string?; the sentence that says so
// column: id: id; id of the result
// tags: benchmarks, results, interactive
// example: -p benchmark="AIME 2024"
MATCH (b:Benchmark {id: $benchmark})
MATCH (x:Result)-[r:ON]->(b)
WITH x, r, r.paper AS stated_by
ORDER BY x.reading, x.value DESC, x.id
LIMIT $limit
MATCH (p:Paper {id: stated_by})
OPTIONAL MATCH (x)-[:OF]->(s)
RETURN s.name AS of, x.value_text AS value, x.metric AS metric, x.reading AS reading,
       p.published AS date, p.title AS paper, r.evidence AS evidence, x.id AS id
ORDER BY reading, x.value DESC, id, of
LIMIT $limit
