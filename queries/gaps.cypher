// name: gaps
// title: Benchmarks that no paper evaluates a method on though its kin are: siblings, and what is used beside it
// param: method: method; the method
// param: limit: integer 1..10000 = 50; most rows
// column: benchmark: string; the benchmark
// column: neighbours: integer; siblings, and things used beside the method, that are evaluated on it
// column: names: list; their names, ten at most
// column: papers: integer; papers that say so
// column: id: id; id of the benchmark
// tags: methods, benchmarks, interactive
// example: -p method=DAPO
MATCH (m:Method {id: $method})
CALL (m) {
  MATCH (m)-[:EXTENDS]->(parent)
  MATCH (n)-[:EXTENDS]->(parent)
  RETURN DISTINCT n
UNION
  MATCH (x)-[r:USES]->(m)
  MATCH (x)-[t:USES]->(n)
  WHERE t.paper = r.paper
  RETURN DISTINCT n
}
WITH m, n
WHERE n.id <> $method AND n.kind IS NOT NULL
MATCH (n)-[e:EVALUATED_ON]->(b:Benchmark)
WITH m, b.id AS id, n.name AS kin, n.id AS kin_id, e.paper AS paper
ORDER BY kin, kin_id
WITH m, id, collect(DISTINCT kin) AS names, count(DISTINCT kin_id) AS neighbours,
     count(DISTINCT paper) AS papers
MATCH (b:Benchmark {id: id})
WHERE COUNT { (m)-[:EVALUATED_ON]->(b) } = 0
RETURN b.name AS benchmark, neighbours, names[0..10] AS names, papers, id
ORDER BY neighbours DESC, papers DESC, benchmark, id
LIMIT $limit
