// name: outperformed-by
// title: What is reported to be better than a method, with the sentence
// param: method: method; the method
// param: limit: integer 1..10000 = 50; most rows
// column: better: string; what is better
// column: on: string?; the benchmark that the sentence names
// column: date: date?; when the paper was published
// column: paper: string; the paper's title
// column: evidence: string?; the sentence that says so
// column: id: id; id of what is better
// tags: methods, results, interactive
// example: -p method=GRPO
MATCH (m:Method {id: $method})
MATCH (a)-[r:OUTPERFORMS]->(m)
WHERE a.id <> $method
WITH a, r, r.paper AS stated_by, coalesce(r.on, '') AS benchmark
ORDER BY coalesce(r.stated, '') DESC, stated_by, a.name, a.id
LIMIT $limit
MATCH (p:Paper {id: stated_by})
OPTIONAL MATCH (b:Benchmark {id: benchmark})
RETURN a.name AS better, b.name AS on, p.published AS date, p.title AS paper,
       r.evidence AS evidence, a.id AS id
ORDER BY coalesce(date, '') DESC, p.id, better, id
LIMIT $limit
