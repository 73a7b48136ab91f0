// name: named-together
// title: Methods that papers name together with a method
// param: method: method; the method
// param: limit: integer 1..10000 = 20; most rows
// column: method: string; the other method
// column: papers: integer; papers that name both
// column: id: id; id of the other method
// tags: methods, interactive
// example: -p method=GRPO
MATCH (m:Method {id: $method})
MATCH (p:Paper)-[:MENTIONS|INTRODUCES]->(m)
WHERE NOT coalesce(p.stub, false)
WITH DISTINCT p
MATCH (p)-[:MENTIONS|INTRODUCES]->(o:Method)
WHERE o.id <> $method
WITH o, count(DISTINCT p) AS papers
RETURN o.name AS method, papers, o.id AS id
ORDER BY papers DESC, method, id
LIMIT $limit
