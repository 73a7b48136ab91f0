// name: descendants
// title: What came of a method: its variants and theirs, nearest first
// param: method: method; the method
// column: steps: integer; how many steps down
// column: descendant: string; its name
// column: kind: string?; method, framework, model, benchmark …, null of a paper
// column: first_stated: date?; when a paper first introduced or named it
// column: id: id; id of the descendant
// tags: methods, lineage, interactive
// example: -p method=PPO
MATCH (m:Method {id: $method})
MATCH path = (d)-[:EXTENDS|GENERALIZES*1..8]->(m)
WHERE d.id <> $method
WITH d, min(length(path)) AS steps
RETURN steps, d.name AS descendant, d.kind AS kind, d.first_stated AS first_stated, d.id AS id
ORDER BY steps, coalesce(first_stated, '9'), descendant, id
