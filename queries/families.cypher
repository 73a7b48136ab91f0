// name: families
// title: Methods by how many variants they have
// param: limit: integer 1..10000 = 50; most rows
// column: family: string; the method that the others extend
// column: variants: integer; what extends it
// column: papers: integer; loaded papers that say so
// column: first_stated: date?; when a paper first introduced or named it
// column: id: id; id of the method
// tags: methods, lineage
MATCH (v)-[r:EXTENDS]->(m:Method)
WHERE v.id <> m.id
WITH m, v, r.paper AS stated_by
// The catalogue may cite a paper that the graph does not hold.
OPTIONAL MATCH (p:Paper {id: stated_by})
WITH m, count(DISTINCT v) AS variants,
     count(DISTINCT CASE WHEN p.stub THEN null ELSE p.id END) AS papers
RETURN m.name AS family, variants, papers, m.first_stated AS first_stated, m.id AS id
ORDER BY variants DESC, papers DESC, family, id
LIMIT $limit
