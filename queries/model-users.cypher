// name: model-users
// title: What uses a model, with the sentence that says so
// param: model: model; the model
// param: limit: integer 1..10000 = 50; most rows
// column: date: date?; when the paper was published
// column: user: string; the method, the model, or the paper itself
// column: paper: string; title of the paper that says so
// column: evidence: string?; the sentence, null where the catalogue says so
// column: id: id; id of what uses it
// tags: models, interactive
// example: -p model=Qwen3-8B
MATCH (m:Model {id: $model})
MATCH (m)<-[r:USES]-(a)
WITH a, r, r.paper AS stated_by
MATCH (p:Paper {id: stated_by})
RETURN p.published AS date, a.name AS user, p.title AS paper, r.evidence AS evidence, a.id AS id
ORDER BY coalesce(date, '') DESC, user, paper, id, p.id
LIMIT $limit
