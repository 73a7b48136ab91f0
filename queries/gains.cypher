// name: gains
// title: What is reported to gain on a benchmark, and over what, as it is written
// param: benchmark: benchmark; the benchmark
// param: limit: integer 1..10000 = 50; most rows
// column: of: string; what gains
// column: value: string?; the figure as written
// column: metric: string?; what it counts, where the sentence says it
// column: reading: string; gain, relative gain or ratio
// column: against: string?; what it was measured against, where the sentence says it
// column: date: date?; when the paper was published
// column: paper: string; the paper's title
// column: evidence: string?; the sentence that says so
// column: id: id; id of the result
// tags: benchmarks, results, interactive
// example: -p benchmark="AIME 2024"
MATCH (b:Benchmark {id: $benchmark})
MATCH (x:Result)-[r:ON]->(b)
WHERE x.reading IN ['gain', 'relative gain', 'ratio']
MATCH (x)-[:OF]->(s)
WITH x, r, s, r.paper AS stated_by
MATCH (p:Paper {id: stated_by})
OPTIONAL MATCH (x)-[:AGAINST]->(o)
RETURN s.name AS of, x.value_text AS value, x.metric AS metric, x.reading AS reading,
       o.name AS against, p.published AS date, p.title AS paper, r.evidence AS evidence, x.id AS id
ORDER BY reading, x.value DESC, of, id, against
LIMIT $limit
