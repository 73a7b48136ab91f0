// name: tasks
// title: Tasks by the papers that name them
// param: limit: integer 1..10000 = 20; most rows
// column: task: string; the task
// column: support: integer; papers that name it
// column: id: id; id of the task
// tags: tasks
MATCH (t:Task)
WHERE t.support > 0
RETURN t.name AS task, t.support AS support, t.id AS id
ORDER BY support DESC, task, id
LIMIT $limit
