// name: same-names
// title: Different things of the same name, with what tells them apart
// param: limit: integer 1..10000 = 200; most rows
// column: name: string; the name
// column: long_name: string?; the spelled-out name
// column: kind: string; method, framework, model, benchmark, dataset or environment
// column: support: integer; papers that rest on it
// column: id: id; its id
// tags: health
MATCH (a)
WHERE a.kind IS NOT NULL
WITH a.name AS shared, collect(a) AS named
WHERE size(named) > 1
UNWIND named AS a
RETURN a.name AS name, a.long_name AS long_name, a.kind AS kind,
       coalesce(a.support, 0) AS support, a.id AS id
ORDER BY name, id
LIMIT $limit
