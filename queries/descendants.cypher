// name: descendants
// title: What came of a method: its variants and theirs, nearest first
// param: method: method; the method
// param: limit: integer 1..10000 = 200; most rows
// column: steps: integer; how many steps down
// column: descendant: string; its name
// column: kind: string?; method, framework, model, benchmark, dataset or environment
// column: first_stated: date?; when a paper first introduced or named it
// column: id: id; id of the descendant
// tags: methods, lineage, interactive
// example: -p method=PPO
MATCH (n0:Method {id: $method})
// A hop at a time, each thing once: paths over parallel edges would be without number.
MATCH p0 = (n0)<-[:EXTENDS|GENERALIZES*0..1]-(n1)
WITH n1, min(length(p0)) AS s1
MATCH p1 = (n1)<-[:EXTENDS|GENERALIZES*0..1]-(n2)
WITH n2, min(s1 + length(p1)) AS s2
MATCH p2 = (n2)<-[:EXTENDS|GENERALIZES*0..1]-(n3)
WITH n3, min(s2 + length(p2)) AS s3
MATCH p3 = (n3)<-[:EXTENDS|GENERALIZES*0..1]-(n4)
WITH n4, min(s3 + length(p3)) AS s4
MATCH p4 = (n4)<-[:EXTENDS|GENERALIZES*0..1]-(n5)
WITH n5, min(s4 + length(p4)) AS s5
MATCH p5 = (n5)<-[:EXTENDS|GENERALIZES*0..1]-(n6)
WITH n6, min(s5 + length(p5)) AS s6
MATCH p6 = (n6)<-[:EXTENDS|GENERALIZES*0..1]-(n7)
WITH n7, min(s6 + length(p6)) AS s7
MATCH p7 = (n7)<-[:EXTENDS|GENERALIZES*0..1]-(n8)
WITH n8, min(s7 + length(p7)) AS s8
WITH n8 AS d, s8 AS steps
WHERE d.id <> $method
RETURN steps, d.name AS descendant, d.kind AS kind, d.first_stated AS first_stated, d.id AS id
ORDER BY steps, coalesce(first_stated, '9'), descendant, id
LIMIT $limit
