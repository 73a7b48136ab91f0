// name: introduced
// title: What each paper introduces, with the sentence that says so
// param: limit: integer 1..10000 = 100; most rows
// column: date: date?; when the paper was published
// column: paper: string; the paper's title
// column: kind: string; method, framework, model, benchmark, dataset or environment
// column: name: string; what it introduces
// column: evidence: string?; the sentence that says so, null where the catalogue does
// column: id: id; id of what it introduces
// tags: papers, methods
MATCH (p:Paper)-[r:INTRODUCES]->(a)
WHERE NOT coalesce(p.stub, false)
RETURN p.published AS date, p.title AS paper, a.kind AS kind, a.name AS name,
       r.evidence AS evidence, a.id AS id
ORDER BY coalesce(date, '') DESC, paper, name, id
LIMIT $limit
