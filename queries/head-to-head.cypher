// name: head-to-head
// title: How a method fares against others: papers that call it better, worse, or compare
// param: method: method; the method
// param: limit: integer 1..10000 = 50; most rows
// column: opponent: string; the other
// column: kind: string?; method, framework, model, benchmark, dataset or environment
// column: better: integer; papers that report the method to be better
// column: worse: integer; papers that report the other to be better
// column: compared: integer; papers that compare them and take no side
// column: id: id; id of the other
// tags: methods, results, interactive
// example: -p method=GRPO
MATCH (m:Method {id: $method})
MATCH (m)-[r:OUTPERFORMS|COMPARED_WITH]-(o)
WHERE o.id <> $method AND o.kind IS NOT NULL
WITH o, r.paper AS stated_by, type(r) AS how, startNode(r).id = $method AS first
RETURN o.name AS opponent, o.kind AS kind,
       count(DISTINCT CASE WHEN how = 'OUTPERFORMS' AND first THEN stated_by END) AS better,
       count(DISTINCT CASE WHEN how = 'OUTPERFORMS' AND NOT first THEN stated_by END) AS worse,
       count(DISTINCT CASE WHEN how = 'COMPARED_WITH' THEN stated_by END) AS compared,
       o.id AS id
ORDER BY better + worse + compared DESC, better DESC, opponent, id
LIMIT $limit
