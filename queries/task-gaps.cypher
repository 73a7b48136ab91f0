// name: task-gaps
// title: Pairs of a method and a benchmark of a task that no paper reports
// param: task: task; the task
// param: limit: integer 1..10000 = 50; most rows
// column: method: string; a method or model applied to the task: of the fifty of most papers
// column: benchmark: string; a benchmark of the task: of the twenty of most papers
// column: method_papers: integer; papers that apply the method to the task
// column: benchmark_papers: integer; papers that evaluate on the benchmark what they apply, or say that it is for the task
// column: method_id: id; id of the method
// column: benchmark_id: id; id of the benchmark
// tags: tasks, benchmarks, methods
// example: -p task="mathematical reasoning"
MATCH (t:Task {id: $task})
MATCH (a)-[r:APPLIED_TO]->(t)
WHERE a:Method OR a:Model
WITH t, a, count(DISTINCT r.paper) AS papers
ORDER BY papers DESC, a.id
LIMIT 50
WITH t, collect({method: a, papers: papers}) AS applied
MATCH (a)-[r:APPLIED_TO]->(t)
OPTIONAL MATCH (a)-[e:EVALUATED_ON]->(o:Benchmark)
WHERE e.paper = r.paper
WITH applied, r.paper AS paper, CASE WHEN a:Benchmark THEN a END AS own, collect(o) AS others
WITH applied, paper, CASE WHEN own IS NULL THEN others ELSE others + [own] END AS found
UNWIND found AS b
WITH applied, b, count(DISTINCT paper) AS benchmark_papers
ORDER BY benchmark_papers DESC, b.id
LIMIT 20
UNWIND applied AS one
WITH one.method AS a, one.papers AS method_papers, b, benchmark_papers
WHERE COUNT { (a)-[:EVALUATED_ON]->(b) } = 0
RETURN a.name AS method, b.name AS benchmark, method_papers, benchmark_papers,
       a.id AS method_id, b.id AS benchmark_id
ORDER BY method_papers * benchmark_papers DESC, benchmark_papers DESC, method, benchmark,
         method_id, benchmark_id
LIMIT $limit
