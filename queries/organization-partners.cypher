// name: organization-partners
// title: Organisations that papers come from together with an organisation
// param: organization: organization; the organisation
// param: limit: integer 1..10000 = 50; most rows
// column: together: integer; papers that come from both
// column: organization: string; the other organisation
// column: last: date?; the last of these papers
// column: id: id; id of the other organisation
// tags: authors, interactive
// example: -p organization='ByteDance Seed'
MATCH (o:Organization {id: $organization})
MATCH (o)<-[:AFFILIATED_WITH]-(p:Paper)
MATCH (p)-[:AFFILIATED_WITH]->(x)
WHERE x.id <> $organization
WITH x, count(DISTINCT p.id) AS together, max(p.published) AS last
RETURN together, x.name AS organization, last, x.id AS id
ORDER BY together DESC, organization, id
LIMIT $limit
