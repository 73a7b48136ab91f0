// name: siblings
// title: Other variants of what a method is a variant of
// param: method: method; the method
// param: limit: integer 1..10000 = 200; most rows
// column: parent: string; what both are variants of
// column: sibling: string; the other variant
// column: first_stated: date?; when a paper first introduced or named it
// column: id: id; id of the sibling
// tags: methods, lineage, interactive
// example: -p method=DAPO
MATCH (m:Method {id: $method})
MATCH (m)-[:EXTENDS]->(parent)
WITH DISTINCT parent
MATCH (s)-[:EXTENDS]->(parent)
WHERE s.id <> $method
WITH DISTINCT parent.name AS parent, parent.id AS parent_id, s
RETURN parent, s.name AS sibling, s.first_stated AS first_stated, s.id AS id
ORDER BY parent, coalesce(first_stated, '9'), sibling, id, parent_id
LIMIT $limit
