// name: model-results
// title: Numbers that papers report for a model, as they are written
// param: model: model; the model
// param: limit: integer 1..10000 = 100; most rows
// column: benchmark: string?; where it was measured, where the sentence says it
// column: value: string?; the figure as written
// column: metric: string?; what it counts, where the sentence says it
// column: reading: string; absolute, gain, relative gain, ratio or bound
// column: date: date?; when the paper was published
// column: paper: string; title of the paper that says so
// column: id: id; id of the result
// tags: models, results, interactive
// example: -p model=DeepSeek-R1
MATCH (m:Model {id: $model})
MATCH (m)<-[:OF]-(x)
MATCH (x)<-[:REPORTS]-(p)
OPTIONAL MATCH (x)-[:ON]->(b)
RETURN b.name AS benchmark, x.value_text AS value, x.metric AS metric, x.reading AS reading,
       p.published AS date, p.title AS paper, x.id AS id
ORDER BY b.name IS NULL, benchmark, reading, coalesce(date, '') DESC, paper, id
LIMIT $limit
