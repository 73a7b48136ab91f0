// name: lineage
// title: Every step from a variant to what it extends or generalizes, curated steps marked
// param: limit: integer 1..10000 = 200; most rows
// column: variant: string; the variant
// column: step: string; EXTENDS or GENERALIZES
// column: of: string; what it extends or generalizes
// column: curated: boolean; whether the catalogue says so, and no sentence
// column: why: string; the sentence, or the catalogue's reason
// column: paper: string; title of the paper that says so; its id where the graph does not hold it
// column: variant_id: id; id of the variant
// column: of_id: id; id of what it extends or generalizes
// tags: lineage
MATCH (a)-[r:EXTENDS|GENERALIZES]->(b)
WITH a, r, b, r.paper AS stated_by
// The catalogue may cite a paper that the graph does not hold.
OPTIONAL MATCH (p:Paper {id: stated_by})
RETURN a.name AS variant, type(r) AS step, b.name AS of, r.rule = 'catalogue' AS curated,
       coalesce(r.evidence, r.reason) AS why, coalesce(p.title, stated_by) AS paper,
       a.id AS variant_id, b.id AS of_id
ORDER BY of, variant, step, paper, variant_id, of_id
LIMIT $limit
