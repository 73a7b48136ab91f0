// name: contradicting-claims
// title: Pairs of which each is said to be better than the other
// param: limit: integer 1..10000 = 50; most rows
// column: one: string; its name
// column: other: string; its name
// column: for_one: string?; the sentence that says that one is better
// column: for_other: string?; the sentence that says that the other is
// column: paper: string; title of the paper for one
// column: other_paper: string; title of the paper for the other
// column: measured_on: id?; the benchmark that the sentence for one names
// column: other_measured_on: id?; the benchmark that the sentence for the other names
// column: one_id: id; id of one
// column: other_id: id; id of the other
// tags: health, results
MATCH (a)-[r:OUTPERFORMS]->(b)
WHERE a.id < b.id
MATCH (b)-[s:OUTPERFORMS]->(a)
WITH a, b, r, s, r.paper AS by_one, s.paper AS by_other
MATCH (p:Paper {id: by_one})
MATCH (q:Paper {id: by_other})
RETURN a.name AS one, b.name AS other, r.evidence AS for_one, s.evidence AS for_other,
       p.title AS paper, q.title AS other_paper, r.on AS measured_on, s.on AS other_measured_on,
       a.id AS one_id, b.id AS other_id
ORDER BY one, other, paper, other_paper, one_id, other_id, p.id, q.id
LIMIT $limit
