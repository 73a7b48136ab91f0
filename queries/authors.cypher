// name: authors
// title: Authors by papers
// param: limit: integer 1..10000 = 20; most rows
// column: papers: integer; papers of the author
// column: author: string; the name
// column: introduced: integer; methods, models and benchmarks that these papers introduce
// column: first: date?; the first of the papers
// column: last: date?; the last of them
// column: id: id; id of the author
// tags: authors
MATCH (a:Author)
WITH a.id AS author, COUNT { (a)<-[:AUTHORED_BY]-() } AS papers
ORDER BY papers DESC, author
LIMIT $limit
MATCH (a:Author {id: author})
MATCH (a)<-[:AUTHORED_BY]-(p)
OPTIONAL MATCH (p)-[:INTRODUCES]->(m)
WITH a, papers, count(DISTINCT m.id) AS introduced, min(p.published) AS first,
     max(p.published) AS last
RETURN papers, a.name AS author, introduced, first, last, a.id AS id
ORDER BY papers DESC, id
