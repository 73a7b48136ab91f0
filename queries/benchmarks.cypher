// name: benchmarks
// title: Benchmarks, datasets and environments by the papers that rest on them
// param: limit: integer 1..10000 = 20; most rows
// column: benchmark: string; its name
// column: kind: string; benchmark, dataset or environment
// column: support: integer; papers that rest on it
// column: groups: integer?; groups of these papers without a common author
// column: first_stated: date?; when a paper first introduced or named it
// column: id: id; its id
// tags: benchmarks
MATCH (b:Benchmark)
WHERE b.support > 0
RETURN b.name AS benchmark, b.kind AS kind, b.support AS support, b.support_groups AS groups,
       b.first_stated AS first_stated, b.id AS id
ORDER BY support DESC, groups DESC, benchmark, id
LIMIT $limit
