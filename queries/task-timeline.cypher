// name: task-timeline
// title: Papers that name a task, by month or by year
// param: task: task; the task
// param: yearly: boolean = false; whether to count by year
// column: period: date?; the month, or the year where no more is known
// column: papers: integer; papers of it
// tags: tasks, interactive
// example: -p task="mathematical reasoning"
MATCH (t:Task {id: $task})
MATCH (p:Paper)-[:MENTIONS]->(t)
WHERE NOT coalesce(p.stub, false)
WITH substring(p.published, 0, CASE WHEN $yearly THEN 4 ELSE 7 END) AS period, p
RETURN period, count(DISTINCT p) AS papers
ORDER BY coalesce(period, '9')
