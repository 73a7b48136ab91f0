// name: co-cited
// title: Papers that are cited together with a paper
// param: paper: paper; the paper, by identifier or title
// param: limit: integer 1..10000 = 20; most rows
// column: together: integer; papers that cite both
// column: paper: string; title of the other paper
// column: date: date?; when the paper was published
// column: loaded: boolean; whether a source delivered it
// column: id: id; id of the other paper
// tags: papers, interactive
// example: -p paper=2402.03300
MATCH (p:Paper {id: $paper})
MATCH (p)<-[:CITES]-(c)
MATCH (c)-[:CITES]->(o)
WHERE o.id <> $paper
WITH o.id AS other, count(*) AS together
ORDER BY together DESC, other
LIMIT $limit
MATCH (o:Paper {id: other})
RETURN together, o.title AS paper, o.published AS date, NOT coalesce(o.stub, false) AS loaded,
       o.id AS id
ORDER BY together DESC, id
