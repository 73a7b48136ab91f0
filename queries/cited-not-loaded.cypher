// name: cited-not-loaded
// title: Works that papers here cite most and that no source delivered: what to load next
// param: limit: integer 1..10000 = 20; most rows
// column: cited_by: integer; papers that cite it
// column: paper: string; its title, or its identifier
// column: date: date?; when the paper was published
// column: introduces: list; names of what it introduces
// column: id: id; its id
// tags: papers, health
MATCH (p:Paper)
WHERE p.stub = true
WITH p.id AS cited, COUNT { (p)<-[:CITES]-() } AS cited_by
WHERE cited_by > 0
WITH cited, cited_by
ORDER BY cited_by DESC, cited
LIMIT $limit
MATCH (p:Paper {id: cited})
OPTIONAL MATCH (p)-[:INTRODUCES]->(a)
WITH p, cited_by, a
ORDER BY a.name, a.id
WITH p, cited_by, collect(DISTINCT a.name) AS introduces
RETURN cited_by, p.title AS paper, p.published AS date, introduces, p.id AS id
ORDER BY cited_by DESC, id
