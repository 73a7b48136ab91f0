// name: siblings
// title: Other variants of what a method is a variant of
// param: method: method; the method
// column: parent: string; what both extend
// column: sibling: string; the other variant
// column: first_stated: date?; when a paper first introduced or named it
// column: id: id; id of the sibling
// tags: methods, lineage, interactive
// example: -p method=GSPO
MATCH (m:Method {id: $method})
MATCH (m)-[:EXTENDS]->(parent)
MATCH (s)-[:EXTENDS]->(parent)
WHERE s.id <> $method
WITH DISTINCT parent, s
RETURN parent.name AS parent, s.name AS sibling, s.first_stated AS first_stated, s.id AS id
ORDER BY parent, coalesce(first_stated, '9'), sibling, id
