// name: organizations
// title: Organisations by papers that come from them
// param: limit: integer 1..10000 = 20; most rows
// column: papers: integer; papers that come from it
// column: introduced: integer; methods, models and benchmarks that these papers introduce
// column: organization: string; the name
// column: last: date?; the last of the papers
// column: id: id; id of the organisation
// tags: authors
MATCH (o:Organization)
MATCH (o)<-[:AFFILIATED_WITH]-(p:Paper)
OPTIONAL MATCH (p)-[:INTRODUCES]->(m)
WITH o, count(DISTINCT p.id) AS papers, count(DISTINCT m.id) AS introduced,
     max(p.published) AS last
RETURN papers, introduced, o.name AS organization, last, o.id AS id
ORDER BY papers DESC, organization, id
LIMIT $limit
