// name: task-methods
// title: Methods and models that are applied to a task, by papers
// param: task: task; the task
// param: limit: integer 1..10000 = 50; most rows
// column: method: string; the method or model
// column: kind: string?; method, framework, model, benchmark, dataset or environment
// column: papers: integer; papers that apply it to the task
// column: first: date?; the earliest of them
// column: latest: date?; the latest of them
// column: id: id; id of the method or model
// tags: tasks, methods, interactive
// example: -p task="mathematical reasoning"
MATCH (t:Task {id: $task})
MATCH (a)-[r:APPLIED_TO]->(t)
WHERE a:Method OR a:Model
WITH a, r.paper AS stated_by
MATCH (p:Paper {id: stated_by})
WITH a, count(DISTINCT p) AS papers, min(p.published) AS first, max(p.published) AS latest
RETURN a.name AS method, a.kind AS kind, papers, first, latest, a.id AS id
ORDER BY papers DESC, coalesce(latest, '') DESC, method, id
LIMIT $limit
