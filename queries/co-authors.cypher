// name: co-authors
// title: Who wrote papers with an author
// param: author: author; the author
// param: limit: integer 1..10000 = 50; most rows
// column: together: integer; papers that both wrote
// column: co_author: string; the other author
// column: first: date?; the first of these papers
// column: last: date?; the last of them
// column: id: id; id of the other author
// tags: authors, interactive
// example: -p author='Daya Guo'
MATCH (a:Author {id: $author})
MATCH (a)<-[:AUTHORED_BY]-(p)
MATCH (p)-[:AUTHORED_BY]->(o)
WHERE o.id <> $author
WITH o.id AS other, count(*) AS together, min(p.published) AS first, max(p.published) AS last
ORDER BY together DESC, other
LIMIT $limit
MATCH (o:Author {id: other})
RETURN together, o.name AS co_author, first, last, o.id AS id
ORDER BY together DESC, id
