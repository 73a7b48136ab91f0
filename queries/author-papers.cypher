// name: author-papers
// title: Papers of an author, the newest first
// param: author: author; the author
// param: limit: integer 1..10000 = 100; most rows
// column: date: date?; when the paper was published
// column: paper: string; its title
// column: introduces: list; names of what it introduces
// column: id: id; id of the paper
// tags: authors, papers, interactive
// example: -p author='Daya Guo'
MATCH (a:Author {id: $author})
MATCH (a)<-[:AUTHORED_BY]-(p)
WITH p
ORDER BY coalesce(p.published, '') DESC, p.title, p.id
LIMIT $limit
OPTIONAL MATCH (p)-[:INTRODUCES]->(m)
WITH p, m
ORDER BY m.name, m.id
WITH p, collect(DISTINCT m.name) AS introduces
RETURN p.published AS date, p.title AS paper, introduces, p.id AS id
ORDER BY coalesce(date, '') DESC, paper, id
