// name: similar-papers
// title: Papers that name the same methods, models and benchmarks, rare ones counting more
// param: paper: paper; the paper, by identifier or title
// param: widest: integer 1..1000000 = 300; what more papers rest on than these tells nothing
// param: limit: integer 1..10000 = 20; most rows
// column: score: integer; sum of 1000 / (1 + support) of what both name
// column: shared: list; names of what both name
// column: date: date?; when the paper was published
// column: paper: string; title of the other paper
// column: id: id; id of the other paper
// tags: papers, interactive
// example: -p paper=2509.24203
MATCH (p:Paper {id: $paper})
MATCH (p)-[:INTRODUCES|MENTIONS]->(a)
WHERE a.kind IS NOT NULL AND coalesce(a.support, 0) <= $widest
WITH DISTINCT a
ORDER BY a.name, a.id
MATCH (a)<-[:INTRODUCES|MENTIONS]-(o)
WHERE o.id <> $paper AND NOT coalesce(o.stub, false)
WITH o.id AS other, sum(1000 / (1 + coalesce(a.support, 0))) AS score,
     collect(DISTINCT a.name) AS shared
ORDER BY score DESC, other
LIMIT $limit
MATCH (o:Paper {id: other})
RETURN score, shared, o.published AS date, o.title AS paper, o.id AS id
ORDER BY score DESC, id
