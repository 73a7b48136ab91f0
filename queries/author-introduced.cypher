// name: author-introduced
// title: What an author's papers introduced, by the papers that rest on it
// param: author: author; the author
// param: limit: integer 1..10000 = 100; most rows
// column: support: integer; papers that rest on it
// column: groups: integer?; groups of these papers without a common author
// column: kind: string; method, framework, model, benchmark, dataset or environment
// column: name: string; what was introduced
// column: date: date?; when the paper was published
// column: paper: string; title of the paper that introduces it
// column: id: id; id of what was introduced
// tags: authors, methods, interactive
// example: -p author='Qiying Yu'
MATCH (a:Author {id: $author})
MATCH (a)<-[:AUTHORED_BY]-(p)
WHERE NOT coalesce(p.stub, false)
MATCH (p)-[:INTRODUCES]->(m)
RETURN coalesce(m.support, 0) AS support, m.support_groups AS groups, m.kind AS kind,
       m.name AS name, p.published AS date, p.title AS paper, m.id AS id
ORDER BY support DESC, coalesce(groups, 0) DESC, coalesce(date, '9'), name, paper, id, p.id
LIMIT $limit
