// name: used-together
// title: What is used beside a method: by the same thing, in the same paper
// param: method: method; the method
// param: limit: integer 1..10000 = 50; most rows
// column: used: string; what else is used
// column: kind: string?; method, framework, model, benchmark, dataset or environment
// column: papers: integer; papers that use both
// column: id: id; id of what else is used
// tags: methods, interactive
// example: -p method=PPO
MATCH (m:Method {id: $method})
MATCH (x)-[r:USES]->(m)
MATCH (x)-[t:USES]->(o)
WHERE t.paper = r.paper AND o.id <> $method
WITH o, count(DISTINCT r.paper) AS papers
RETURN o.name AS used, o.kind AS kind, papers, o.id AS id
ORDER BY papers DESC, used, id
LIMIT $limit
