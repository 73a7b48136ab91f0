// name: coupled
// title: Papers that cite the same works as a paper (bibliographic coupling)
// param: paper: paper; the paper, by identifier or title
// param: limit: integer 1..10000 = 20; most rows
// column: shared: integer; works that both cite
// column: cites: integer; works that the other paper cites
// column: date: date?; when the paper was published
// column: paper: string; title of the other paper
// column: id: id; id of the other paper
// tags: papers, interactive
// example: -p paper=2402.03300
MATCH (p:Paper {id: $paper})
MATCH (p)-[:CITES]->(w)
MATCH (w)<-[:CITES]-(o)
WHERE o.id <> $paper
WITH o.id AS other, count(*) AS shared
ORDER BY shared DESC, other
LIMIT $limit
MATCH (o:Paper {id: other})
RETURN shared, COUNT { (o)-[:CITES]->() } AS cites, o.published AS date, o.title AS paper,
       o.id AS id
ORDER BY shared DESC, id
