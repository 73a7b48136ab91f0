// name: task-applications
// title: What is applied to a task, with the sentence that says so, the latest first
// param: task: task; the task
// param: limit: integer 1..10000 = 50; most rows
// column: date: date?; when the paper was published
// column: applied: string; what is applied: what the paper introduces, or the paper
// column: paper: string; the paper's title
// column: evidence: string?; the sentence that says so
// column: id: id; id of what is applied
// tags: tasks, methods, interactive
// example: -p task="mathematical reasoning"
MATCH (t:Task {id: $task})
MATCH (a)-[r:APPLIED_TO]->(t)
WITH a, r, r.paper AS stated_by
ORDER BY coalesce(r.stated, '') DESC, stated_by, a.name, a.id
LIMIT $limit
MATCH (p:Paper {id: stated_by})
RETURN p.published AS date, a.name AS applied, p.title AS paper, r.evidence AS evidence,
       a.id AS id
ORDER BY coalesce(date, '') DESC, p.id, applied, id
LIMIT $limit
