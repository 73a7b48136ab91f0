// name: most-cited
// title: Papers by the papers here that cite them, loaded or not
// param: limit: integer 1..10000 = 20; most rows
// column: cited_by: integer; papers that cite it
// column: paper: string; its title
// column: date: date?; when the paper was published
// column: loaded: boolean; whether a source delivered it
// column: id: id; its id
// tags: papers
MATCH (p:Paper)
WITH p.id AS cited, COUNT { (p)<-[:CITES]-() } AS cited_by
WHERE cited_by > 0
WITH cited, cited_by
ORDER BY cited_by DESC, cited
LIMIT $limit
MATCH (p:Paper {id: cited})
RETURN cited_by, p.title AS paper, p.published AS date, NOT coalesce(p.stub, false) AS loaded,
       p.id AS id
ORDER BY cited_by DESC, id
