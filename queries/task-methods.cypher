// name: task-methods
// title: What is applied to a task, with the sentence that says so
// param: task: task; the task
// param: limit: integer 1..10000 = 50; most rows
// column: date: date?; when the paper was published
// column: applied: string; the method, the model, or the paper itself
// column: paper: string; the paper's title
// column: evidence: string?; the sentence that says so, null where the catalogue does
// column: id: id; id of what is applied
// tags: tasks, methods, interactive
// example: -p task="robotic manipulation"
MATCH (t:Task {id: $task})
MATCH (a)-[r:APPLIED_TO]->(t)
WITH a, r, r.paper AS stated_by
MATCH (p:Paper {id: stated_by})
RETURN p.published AS date, a.name AS applied, p.title AS paper, r.evidence AS evidence,
       a.id AS id
ORDER BY coalesce(date, '') DESC, applied, paper, id
LIMIT $limit
