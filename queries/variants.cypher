// name: variants
// title: The variants of a method, the best supported first
// param: method: method; the method
// param: limit: integer 1..10000 = 100; most rows
// column: variant: string; what extends the method
// column: kind: string?; method, framework, model, benchmark, dataset or environment
// column: papers: integer; loaded papers that say that it does
// column: curated: boolean; whether the catalogue alone says it
// column: first_stated: date?; when a paper first introduced or named it
// column: support: integer?; papers that rest on the variant
// column: id: id; id of the variant
// tags: methods, lineage, interactive
// example: -p method=PPO
MATCH (m:Method {id: $method})
MATCH (v)-[r:EXTENDS]->(m)
WHERE v.id <> $method
WITH v, r, r.paper AS stated_by
// The catalogue may cite a paper that the graph does not hold.
OPTIONAL MATCH (p:Paper {id: stated_by})
WITH v, count(DISTINCT CASE WHEN p.stub THEN null ELSE p.id END) AS papers,
     count(CASE WHEN r.rule = 'catalogue' THEN null ELSE 1 END) AS quoted
RETURN v.name AS variant, v.kind AS kind, papers, quoted = 0 AS curated,
       v.first_stated AS first_stated, v.support AS support, v.id AS id
ORDER BY coalesce(support, 0) DESC, papers DESC, variant, id
LIMIT $limit
