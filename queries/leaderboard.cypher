// name: leaderboard
// title: The best absolute value that papers report of each thing on a benchmark
// param: benchmark: benchmark; the benchmark
// param: as_of: date?; only papers published by the end of it
// param: metric: string?; only metrics with this in their name
// param: limit: integer 1..10000 = 50; most rows
// column: of: string; what was measured
// column: value: string?; its best value as written
// column: unit: string?; %, points …
// column: metric: string?; what the value counts, where the sentence says it
// column: better: string?; which values are better: higher or lower; null where papers do not tell
// column: fraction: boolean; whether the value is a fraction of one: ranked apart from percentages
// column: date: date?; when the paper was published
// column: paper: string; the paper's title
// column: evidence: string?; the sentence that says so
// column: readings: integer; values that papers give for it
// column: papers: integer; papers that do
// column: id: id; id of what was measured
// tags: benchmarks, results, interactive
// example: -p benchmark="AIME 2024" -p as_of=2025-12
MATCH (b:Benchmark {id: $benchmark})
MATCH (x:Result)-[r:ON]->(b)
WHERE x.reading = 'absolute' AND x.value IS NOT NULL
  AND ($metric IS NULL OR toLower(coalesce(x.metric, '')) CONTAINS toLower($metric))
MATCH (x)-[:OF]->(s)
WITH x, r, s, r.paper AS stated_by
MATCH (p:Paper {id: stated_by})
WHERE $as_of IS NULL OR substring(p.published, 0, size($as_of)) <= $as_of
WITH x, r, p, s
ORDER BY x.id
WITH collect({id: x.id, figure: x.value, value: x.value_text, unit: x.unit, metric: x.metric,
              direction: x.direction, of: s.name, of_id: s.id, date: p.published,
              paper: p.title, paper_id: p.id, evidence: r.evidence}) AS readings,
     count(CASE WHEN x.direction = 'up' THEN 1 END) AS up,
     count(CASE WHEN x.direction = 'down' THEN 1 END) AS down
// Where the sentence names no metric, and all that do agree on what is better, so it is here.
UNWIND readings AS reading
WITH reading, CASE
       WHEN reading.direction = 'down' OR (reading.direction IS NULL AND up = 0 AND down > 0)
         THEN 'lower'
       WHEN reading.direction = 'up' OR (reading.direction IS NULL AND up > 0 AND down = 0)
         THEN 'higher'
     END AS better
WITH reading, better,
     coalesce(better = 'higher' AND reading.figure <= 1 AND reading.unit IS NULL, false) AS fraction,
     CASE WHEN better = 'lower' THEN -reading.figure ELSE reading.figure END AS rank
ORDER BY rank DESC, coalesce(reading.date, '9'), reading.paper, reading.id
WITH better, fraction, reading.of_id AS of_id, collect(reading) AS readings,
     collect(rank) AS ranks, count(DISTINCT reading.paper_id) AS papers
WITH better, fraction, sum(size(readings)) AS size,
     collect({best: readings[0], rank: ranks[0], readings: size(readings), papers: papers}) AS rows
UNWIND rows AS row
WITH better, fraction, size, row.best AS best, row.rank AS rank, row.readings AS readings,
     row.papers AS papers
RETURN best.of AS of, best.value AS value, best.unit AS unit, best.metric AS metric, better,
       fraction, best.date AS date, best.paper AS paper, best.evidence AS evidence, readings,
       papers, best.of_id AS id
ORDER BY better IS NULL, size DESC, better, fraction, rank DESC, coalesce(date, '9'), of, id
LIMIT $limit
