// name: repository-papers
// title: Papers that link a repository, the newest first
// param: repository: repository; the repository, by owner/name or address
// param: limit: integer 1..10000 = 50; most rows
// column: date: date?; when the paper was published
// column: paper: string; its title
// column: introduces: list; names of what it introduces
// column: id: id; id of the paper
// tags: repositories, papers, interactive
// example: -p repository=RLHFlow/Reinforce-Ada
MATCH (c:Repository {id: $repository})
MATCH (c)<-[:HAS_CODE]-(p)
WITH p
ORDER BY coalesce(p.published, '') DESC, p.title, p.id
LIMIT $limit
OPTIONAL MATCH (p)-[:INTRODUCES]->(m)
WITH p, m
ORDER BY m.name, m.id
WITH p, collect(DISTINCT m.name) AS introduces
RETURN p.published AS date, p.title AS paper, introduces, p.id AS id
ORDER BY coalesce(date, '') DESC, paper, id
