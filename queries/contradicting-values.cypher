// name: contradicting-values
// title: Values that papers give differently: of one thing, on one benchmark, in one metric
// param: limit: integer 1..10000 = 100; most rows
// column: of: string; what was measured
// column: benchmark: string; on what
// column: metric: string?; what the figure counts, where the sentence says it
// column: value: string?; the figure as written
// column: date: date?; when the paper was published
// column: paper: string; the paper's title
// column: evidence: string?; the sentence that says so
// column: id: id; id of the result
// tags: benchmarks, results
MATCH (x:Result)-[r:ON]->(b:Benchmark)
WHERE x.reading = 'absolute' AND x.value IS NOT NULL
MATCH (x)-[:OF]->(s)
WITH s.id AS of_id, s.name AS of, b.id AS benchmark_id, b.name AS benchmark,
     toLower(coalesce(x.metric, '')) AS measure, coalesce(x.unit, '') AS unit,
     collect(DISTINCT x.id) AS results, count(DISTINCT x.value) AS figures,
     count(DISTINCT r.paper) AS papers
WHERE figures > 1 AND papers > 1
UNWIND results AS result
MATCH (x:Result {id: result})
MATCH (x)-[r:ON]->(:Benchmark)
WITH of_id, of, benchmark_id, benchmark, measure, unit, x, r, r.paper AS stated_by
MATCH (p:Paper {id: stated_by})
RETURN of, benchmark, x.metric AS metric, x.value_text AS value, p.published AS date,
       p.title AS paper, r.evidence AS evidence, x.id AS id
ORDER BY of, of_id, benchmark, benchmark_id, measure, unit, coalesce(date, '9'), x.value, id
LIMIT $limit
