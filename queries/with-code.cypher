// name: with-code
// title: Papers with their repositories
// param: limit: integer 1..10000 = 100; most rows
// column: date: date?; when the paper was published
// column: paper: string; the paper's title
// column: repository: string; owner and name
// column: url: string; where the code is
// column: id: id; id of the paper
// tags: repositories, papers
MATCH (p:Paper)-[:HAS_CODE]->(c:Repository)
RETURN p.published AS date, p.title AS paper, c.name AS repository, c.url AS url, p.id AS id
ORDER BY coalesce(date, '') DESC, paper, repository, id
LIMIT $limit
