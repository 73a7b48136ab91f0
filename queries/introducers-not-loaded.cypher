// name: introducers-not-loaded
// title: Papers to load next: not loaded, and much rests on what they introduce
// param: limit: integer 1..10000 = 20; most rows
// column: support: integer; papers that rest on the most used of what it introduces
// column: paper: string; its title
// column: date: date?; when the paper was published
// column: introduces: list; names of what it introduces
// column: id: id; its id
// tags: health, papers
MATCH (p:Paper)
WHERE p.stub = true
MATCH (p)-[:INTRODUCES]->(a)
WITH p, a
ORDER BY coalesce(a.support, 0) DESC, a.name, a.id
WITH p, max(coalesce(a.support, 0)) AS support, collect(DISTINCT a.name) AS introduces
RETURN support, p.title AS paper, p.published AS date, introduces, p.id AS id
ORDER BY support DESC, paper, id
LIMIT $limit
