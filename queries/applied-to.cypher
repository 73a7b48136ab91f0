// name: applied-to
// title: Tasks that a method is applied to, with the sentence that says so
// param: method: method; the method
// param: limit: integer 1..10000 = 100; most rows
// column: task: string; the task
// column: date: date?; when the paper was published
// column: paper: string; the paper's title
// column: evidence: string?; the sentence that says so
// column: id: id; id of the task
// tags: methods, tasks, interactive
// example: -p method=ThreadWeaver
MATCH (m:Method {id: $method})
MATCH (m)-[r:APPLIED_TO]->(t:Task)
WITH t, r, r.paper AS stated_by
MATCH (p:Paper {id: stated_by})
RETURN t.name AS task, p.published AS date, p.title AS paper, r.evidence AS evidence, t.id AS id
ORDER BY task, coalesce(date, ''), paper, id, p.id
LIMIT $limit
