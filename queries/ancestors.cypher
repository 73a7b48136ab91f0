// name: ancestors
// title: What a method descends from, nearest first
// param: method: method; the method
// column: steps: integer; how many steps up
// column: ancestor: string; its name
// column: kind: string; method, framework, model, benchmark, dataset or environment
// column: first_stated: date?; when a paper first introduced or named it
// column: id: id; id of the ancestor
// tags: methods, lineage, interactive
// example: -p method=GRPO
MATCH (m:Method {id: $method})
MATCH path = (m)-[:EXTENDS|GENERALIZES*1..8]->(a)
WHERE a.id <> $method
WITH a, min(length(path)) AS steps
RETURN steps, a.name AS ancestor, a.kind AS kind, a.first_stated AS first_stated, a.id AS id
ORDER BY steps, ancestor, id
