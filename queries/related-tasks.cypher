// name: related-tasks
// title: Tasks that papers name together with a task
// param: task: task; the task
// param: limit: integer 1..10000 = 20; most rows
// column: task: string; the other task
// column: papers: integer; papers that name both
// column: id: id; id of the other task
// tags: tasks, interactive
// example: -p task="mathematical reasoning"
MATCH (t:Task {id: $task})
MATCH (p:Paper)-[:MENTIONS]->(t)
WHERE NOT coalesce(p.stub, false)
WITH DISTINCT p
MATCH (p)-[:MENTIONS]->(o:Task)
WHERE o.id <> $task
WITH o, count(DISTINCT p) AS papers
RETURN o.name AS task, papers, o.id AS id
ORDER BY papers DESC, task, id
LIMIT $limit
