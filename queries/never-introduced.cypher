// name: never-introduced
// title: Names that papers mention and no paper here introduces, nor the catalogue knows
// param: limit: integer 1..10000 = 50; most rows
// column: name: string; the name
// column: kind: string; method, framework, model, benchmark, dataset or environment
// column: papers: integer; papers that mention it
// column: id: id; its id
// tags: health
MATCH (p:Paper)-[:MENTIONS]->(a)
WHERE a.kind IS NOT NULL AND a.curated IS NULL AND COUNT { (a)<-[:INTRODUCES]-() } = 0
WITH a, count(DISTINCT p) AS papers
RETURN a.name AS name, a.kind AS kind, papers, a.id AS id
ORDER BY papers DESC, name, id
LIMIT $limit
