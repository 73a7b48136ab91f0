// name: cites
// title: What a paper cites, the most cited first
// param: paper: paper; the paper, by identifier or title
// param: limit: integer 1..10000 = 100; most rows
// column: cited_by: integer; papers that cite the cited one
// column: cited: string; its title
// column: date: date?; when it was published
// column: loaded: boolean; whether a source delivered it
// column: id: id; its id
// tags: papers, interactive
// example: -p paper=2402.03300
MATCH (p:Paper {id: $paper})
MATCH (p)-[:CITES]->(c)
RETURN COUNT { (c)<-[:CITES]-() } AS cited_by, c.title AS cited, c.published AS date,
       NOT coalesce(c.stub, false) AS loaded, c.id AS id
ORDER BY cited_by DESC, cited, id
LIMIT $limit
