// name: model-benchmarks
// title: Benchmarks that a model is evaluated on, with the sentence that says so
// param: model: model; the model
// param: limit: integer 1..10000 = 100; most rows
// column: benchmark: string; its name
// column: date: date?; when the paper was published
// column: paper: string; title of the paper that says so
// column: evidence: string?; the sentence, null where the catalogue says so
// column: id: id; id of the benchmark
// tags: models, benchmarks, interactive
// example: -p model=DeepSeek-R1
MATCH (m:Model {id: $model})
MATCH (m)-[r:EVALUATED_ON]->(b)
WITH b, r, r.paper AS stated_by
MATCH (p:Paper {id: stated_by})
RETURN b.name AS benchmark, p.published AS date, p.title AS paper, r.evidence AS evidence,
       b.id AS id
ORDER BY benchmark, coalesce(date, ''), paper, id, p.id
LIMIT $limit
