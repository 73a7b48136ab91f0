// name: methods
// title: Methods by the papers that rest on them
// param: limit: integer 1..10000 = 20; most rows
// column: method: string; its name
// column: long_name: string?; the spelled-out name
// column: support: integer; papers that rest on it
// column: groups: integer?; groups of these papers without a common author
// column: first_stated: date?; when a paper first introduced or named it
// column: id: id; its id
// tags: methods
MATCH (m:Method)
WHERE m.support > 0
RETURN m.name AS method, m.long_name AS long_name, m.support AS support,
       m.support_groups AS groups, m.first_stated AS first_stated, m.id AS id
ORDER BY support DESC, groups DESC, method, id
LIMIT $limit
