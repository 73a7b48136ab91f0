// name: task-benchmarks
// title: Benchmarks of a task: made for it, or what is applied to it is evaluated on them
// param: task: task; the task
// param: limit: integer 1..10000 = 50; most rows
// column: benchmark: string; the benchmark
// column: kind: string?; method, framework, model, benchmark, dataset or environment
// column: papers: integer; papers that say so
// column: made_for: boolean; whether a paper says that the benchmark is for the task
// column: id: id; id of the benchmark
// tags: tasks, benchmarks, interactive
// example: -p task="mathematical reasoning"
MATCH (t:Task {id: $task})
MATCH (a)-[r:APPLIED_TO]->(t)
OPTIONAL MATCH (a)-[e:EVALUATED_ON]->(o:Benchmark)
WHERE e.paper = r.paper
WITH r.paper AS paper, CASE WHEN a:Benchmark THEN a END AS own, collect(o) AS others
WITH paper, own, CASE WHEN own IS NULL THEN others ELSE others + [own] END AS found
UNWIND found AS b
WITH b, count(DISTINCT paper) AS papers,
     count(CASE WHEN own IS NOT NULL AND own.id = b.id THEN 1 END) > 0 AS made_for
RETURN b.name AS benchmark, b.kind AS kind, papers, made_for, b.id AS id
ORDER BY papers DESC, made_for DESC, benchmark, id
LIMIT $limit
