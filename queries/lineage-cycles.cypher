// name: lineage-cycles
// title: Pairs of which each is said to be a variant of the other
// param: limit: integer 1..10000 = 50; most rows
// column: one: string; its name
// column: other: string; its name
// column: why: string?; the sentence, or the reason, that one extends the other
// column: other_why: string?; the same for the other
// column: paper: string; title of the paper that says the first, or its id
// column: other_paper: string; title of the paper that says the second, or its id
// column: one_id: id; id of one
// column: other_id: id; id of the other
// tags: health, lineage
MATCH (a)-[r:EXTENDS]->(b)
WHERE a.id < b.id
MATCH (b)-[s:EXTENDS]->(a)
WITH a, b, r, s, r.paper AS by_one, s.paper AS by_other
OPTIONAL MATCH (p:Paper {id: by_one})
OPTIONAL MATCH (q:Paper {id: by_other})
RETURN a.name AS one, b.name AS other, coalesce(r.evidence, r.reason) AS why,
       coalesce(s.evidence, s.reason) AS other_why, coalesce(p.title, r.paper) AS paper,
       coalesce(q.title, s.paper) AS other_paper, a.id AS one_id, b.id AS other_id
ORDER BY one, other, paper, other_paper, one_id, other_id, r.paper, s.paper
LIMIT $limit
