// name: saturation
// title: The best value on a benchmark month by month, and the best so far
// param: benchmark: benchmark; the benchmark
// param: metric: string?; only metrics with this in their name
// column: better: string; which values are better: higher or lower
// column: fraction: boolean; whether the value is a fraction of one: ranked apart from percentages
// column: month: date; the month, or the year where no more is known
// column: readings: integer; absolute values of papers of the month
// column: best: float; the best of them
// column: record: float; the best so far
// column: of: string; what has the month's best value
// column: id: id; id of that
// tags: benchmarks, results, interactive
// example: -p benchmark="AIME 2024"
MATCH (b:Benchmark {id: $benchmark})
MATCH (x:Result)-[r:ON]->(b)
WHERE x.reading = 'absolute' AND x.value IS NOT NULL
  AND ($metric IS NULL OR toLower(coalesce(x.metric, '')) CONTAINS toLower($metric))
MATCH (x)-[:OF]->(s)
WITH x, r, s, r.paper AS stated_by
MATCH (p:Paper {id: stated_by})
WHERE p.published IS NOT NULL
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
WHERE better IS NOT NULL
WITH better, fraction, substring(reading.date, 0, 7) AS month, reading, rank
ORDER BY rank DESC, reading.date, reading.of, reading.of_id, reading.id
WITH better, fraction, month, collect(reading) AS readings, max(rank) AS rank
ORDER BY month
WITH better, fraction, sum(size(readings)) AS size,
     collect({month: month, readings: size(readings), best: readings[0].figure,
              of: readings[0].of, of_id: readings[0].of_id}) AS months, collect(rank) AS ranks
// Each month's record is the best of its own and all before, within a list and not by pairs of rows.
UNWIND range(0, size(months) - 1) AS at
WITH better, fraction, size, months[at] AS one,
     reduce(record = ranks[0], rank IN ranks[0..at + 1] |
            CASE WHEN record > rank THEN record ELSE rank END) AS record
RETURN better, fraction, one.month AS month, one.readings AS readings, one.best AS best,
       CASE WHEN better = 'lower' THEN -record ELSE record END AS record, one.of AS of,
       one.of_id AS id
ORDER BY size DESC, better, fraction, month
