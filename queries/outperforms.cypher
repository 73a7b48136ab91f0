// name: outperforms
// title: What a method is reported to be better than, with the sentence
// param: method: method; the method
// param: limit: integer 1..10000 = 50; most rows
// column: worse: string; what is worse
// column: on: string?; the benchmark that the sentence names
// column: date: date?; when the paper was published
// column: paper: string; the paper's title
// column: evidence: string?; the sentence that says so
// column: id: id; id of what is worse
// tags: methods, results, interactive
// example: -p method=GRPO
MATCH (m:Method {id: $method})
MATCH (m)-[r:OUTPERFORMS]->(a)
WHERE a.id <> $method
WITH a, r, r.paper AS stated_by, coalesce(r.on, '') AS benchmark
ORDER BY coalesce(r.stated, '') DESC, stated_by, a.name, a.id
LIMIT $limit
MATCH (p:Paper {id: stated_by})
OPTIONAL MATCH (b:Benchmark {id: benchmark})
RETURN a.name AS worse, b.name AS on, p.published AS date, p.title AS paper,
       r.evidence AS evidence, a.id AS id
ORDER BY coalesce(date, '') DESC, p.id, worse, id
LIMIT $limit
