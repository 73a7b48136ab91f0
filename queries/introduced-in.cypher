// name: introduced-in
// title: The papers that introduce a method, with the sentence that says so
// param: method: method; the method
// column: date: date?; when the paper was published
// column: paper: string; the paper's title
// column: evidence: string?; the sentence, or why the catalogue names the paper
// column: curated: boolean; whether the catalogue says it
// column: id: id; id of the paper
// tags: methods, papers, interactive
// example: -p method=GRPO
MATCH (m:Method {id: $method})
MATCH (p:Paper)-[r:INTRODUCES]->(m)
RETURN p.published AS date, p.title AS paper, coalesce(r.evidence, r.reason) AS evidence,
       coalesce(r.rule = 'catalogue', false) AS curated, p.id AS id
ORDER BY coalesce(date, '9'), paper, id, curated
