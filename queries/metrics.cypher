// name: metrics
// title: Metrics in which papers report on a benchmark
// param: benchmark: benchmark; the benchmark
// column: metric: string?; the metric in lower case; null where the sentence names none
// column: reading: string; absolute, gain, relative gain, ratio or bound
// column: direction: string?; up or down: which way is better
// column: unit: string?; %, x, points …
// column: values: integer; values reported
// column: papers: integer; papers that report them
// tags: benchmarks, results, interactive
// example: -p benchmark="AIME 2024"
MATCH (b:Benchmark {id: $benchmark})
MATCH (x:Result)-[r:ON]->(b)
WITH toLower(x.metric) AS metric, x.reading AS reading, x.direction AS direction, x.unit AS unit,
     count(DISTINCT x) AS values, count(DISTINCT r.paper) AS papers
RETURN metric, reading, direction, unit, values, papers
ORDER BY values DESC, papers DESC, metric IS NULL, metric, reading, coalesce(direction, ''),
         coalesce(unit, '')
