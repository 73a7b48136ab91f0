// name: method-code
// title: Where the code of a method is: what the papers that introduce it link
// param: method: method; the method
// column: stated: boolean; whether a sentence says that the method is implemented there
// column: repository: string; owner and name
// column: url: string; its address
// column: stars: integer?; stars at the host
// column: paper: string; title of the paper that introduces the method
// column: id: id; id of the repository
// tags: repositories, methods, interactive
// example: -p method=Reinforce-Ada
MATCH (m:Method {id: $method})
MATCH (m)<-[:INTRODUCES]-(p)
MATCH (p)-[:HAS_CODE]->(c)
WITH DISTINCT m, p, c
OPTIONAL MATCH (m)-[i:IMPLEMENTED_IN]->(c)
WITH p, c, count(i) > 0 AS stated
RETURN stated, c.name AS repository, c.url AS url, c.stars AS stars, p.title AS paper, c.id AS id
ORDER BY stated DESC, coalesce(stars, 0) DESC, repository, paper, id, p.id
