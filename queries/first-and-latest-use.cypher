// name: first-and-latest-use
// title: Who first used or extended a method, and who did so last
// param: method: method; the method
// column: which: string; first or latest
// column: date: date; when the paper was published
// column: paper: string; the paper's title
// column: user: string; what uses it: what the paper introduces, or the paper
// column: how: string; uses or extends
// column: evidence: string?; the sentence that says so
// column: id: id; id of the paper
// tags: methods, papers, interactive
// example: -p method=GRPO
MATCH (m:Method {id: $method})
MATCH (a)-[r:USES|EXTENDS]->(m)
WHERE a.id <> $method
WITH a, r, r.paper AS stated_by
MATCH (p:Paper {id: stated_by})
WHERE p.published IS NOT NULL AND NOT coalesce(p.stub, false)
WITH p.published AS date, p.title AS paper, a.name AS user, toLower(type(r)) AS how,
     r.evidence AS evidence, p.id AS id
ORDER BY date, paper, user, how, id
WITH collect({date: date, paper: paper, user: user, how: how, evidence: evidence, id: id}) AS uses
WHERE size(uses) > 0
UNWIND [{which: 'first', entry: uses[0]}, {which: 'latest', entry: uses[-1]}] AS one
WITH one.which AS which, one.entry AS entry
RETURN which, entry.date AS date, entry.paper AS paper, entry.user AS user, entry.how AS how,
       entry.evidence AS evidence, entry.id AS id
ORDER BY which, id
