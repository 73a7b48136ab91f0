// name: model-descendants
// title: What came of a model: its variants and theirs, nearest first
// param: model: model; the model
// column: steps: integer; how many steps down
// column: descendant: string; its name
// column: kind: string?; model, method or framework, null of a paper
// column: first_stated: date?; when a paper first introduced or named it
// column: support: integer?; papers that rest on it
// column: id: id; its id
// tags: models, lineage, interactive
// example: -p model=DeepSeek-R1
MATCH (m:Model {id: $model})
MATCH path = (m)<-[:EXTENDS|GENERALIZES*1..8]-(d)
WHERE d.id <> $model
WITH d, min(length(path)) AS steps
RETURN steps, d.name AS descendant, d.kind AS kind, d.first_stated AS first_stated,
       d.support AS support, d.id AS id
ORDER BY steps, coalesce(first_stated, '9'), descendant, id
