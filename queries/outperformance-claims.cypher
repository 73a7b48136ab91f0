// name: outperformance-claims
// title: Who says that what is better than what, with the sentence, the latest first
// param: limit: integer 1..10000 = 50; most rows
// column: better: string; what is better
// column: worse: string; than what
// column: date: date?; when the paper was published
// column: paper: string; the paper's title
// column: evidence: string?; the sentence that says so
// column: better_id: id; id of what is better
// column: worse_id: id; id of what is worse
// tags: results, methods
MATCH (a)-[r:OUTPERFORMS]->(b)
WHERE a.id <> b.id
WITH a, r, b, r.paper AS stated_by
ORDER BY coalesce(r.stated, '') DESC, stated_by, a.name, b.name, a.id, b.id
LIMIT $limit
MATCH (p:Paper {id: stated_by})
RETURN a.name AS better, b.name AS worse, p.published AS date, p.title AS paper,
       r.evidence AS evidence, a.id AS better_id, b.id AS worse_id
ORDER BY coalesce(date, '') DESC, p.id, better, worse, better_id, worse_id
LIMIT $limit
