// name: repositories
// title: Repositories by the papers that link them
// param: limit: integer 1..10000 = 20; most rows
// column: papers: integer; papers that link it
// column: repository: string; owner and name
// column: stars: integer?; stars at the host
// column: language: string?; main programming language
// column: url: string; its address
// column: id: id; its id
// tags: repositories
MATCH (c:Repository)
WITH c.id AS linked, COUNT { (c)<-[:HAS_CODE]-() } AS papers
WHERE papers > 0
WITH linked, papers
ORDER BY papers DESC, linked
LIMIT $limit
MATCH (c:Repository {id: linked})
RETURN papers, c.name AS repository, c.stars AS stars, c.language AS language, c.url AS url,
       c.id AS id
ORDER BY papers DESC, id
