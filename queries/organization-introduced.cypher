// name: organization-introduced
// title: What papers from an organisation introduced, by the papers that rest on it
// param: organization: organization; the organisation
// param: limit: integer 1..10000 = 100; most rows
// column: support: integer; papers that rest on it
// column: groups: integer?; groups of these papers without a common author
// column: kind: string; method, framework, model, benchmark, dataset or environment
// column: name: string; what was introduced
// column: date: date?; when the paper was published
// column: paper: string; title of the paper that introduces it
// column: id: id; id of what was introduced
// tags: authors, methods, interactive
// example: -p organization='ByteDance Seed'
MATCH (o:Organization {id: $organization})
MATCH (o)<-[:AFFILIATED_WITH]-(p:Paper)
WHERE NOT coalesce(p.stub, false)
MATCH (p)-[:INTRODUCES]->(m)
RETURN coalesce(m.support, 0) AS support, m.support_groups AS groups, m.kind AS kind,
       m.name AS name, p.published AS date, p.title AS paper, m.id AS id
ORDER BY support DESC, coalesce(groups, 0) DESC, coalesce(date, '9'), name, paper, id, p.id
LIMIT $limit
