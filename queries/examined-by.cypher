// name: examined-by
// title: Who surveys, analyses or criticises a method, with the sentence that says so
// param: method: method; the method
// param: limit: integer 1..10000 = 50; most rows
// column: how: string; surveys, analyzes or critiques
// column: date: date?; when the paper was published
// column: paper: string; the paper's title
// column: examiner: string; what the paper introduces, or the paper
// column: evidence: string?; the sentence that says so
// column: id: id; id of that, or of the paper
// tags: methods, papers, interactive
// example: -p method=GRPO
MATCH (m:Method {id: $method})
MATCH (a)-[r:SURVEYS|ANALYZES|CRITIQUES]->(m)
WHERE a.id <> $method
WITH a, r, r.paper AS stated_by
ORDER BY coalesce(r.stated, '') DESC, stated_by, type(r), a.name, a.id
LIMIT $limit
MATCH (p:Paper {id: stated_by})
RETURN toLower(type(r)) AS how, p.published AS date, p.title AS paper, a.name AS examiner,
       r.evidence AS evidence, a.id AS id
ORDER BY coalesce(date, '') DESC, p.id, how, examiner, id
LIMIT $limit
