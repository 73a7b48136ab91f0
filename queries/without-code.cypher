// name: without-code
// title: Papers that introduce something and link no repository
// param: limit: integer 1..10000 = 100; most rows
// column: date: date?; when the paper was published
// column: paper: string; the paper's title
// column: introduces: list; the names of what it introduces
// column: id: id; id of the paper
// tags: repositories, papers
MATCH (p:Paper)-[:INTRODUCES]->(a)
WHERE NOT coalesce(p.stub, false) AND COUNT { (p)-[:HAS_CODE]->() } = 0
WITH p, a ORDER BY a.name
WITH p, collect(a.name) AS introduces
RETURN p.published AS date, p.title AS paper, introduces, p.id AS id
ORDER BY coalesce(date, '') DESC, paper, id
LIMIT $limit
