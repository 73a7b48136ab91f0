// name: ambiguous-names
// title: Names that mean several things, with what they may mean
// column: name: string; the bare name
// column: papers: integer; papers that use the bare name
// column: senses: list; ids of what it may mean
// column: id: id; id of the node that holds the bare mentions
// tags: health
MATCH (a)
WHERE a.ambiguous = true
RETURN a.name AS name, COUNT { (a)<-[:MENTIONS]-() } AS papers, a.senses AS senses, a.id AS id
ORDER BY papers DESC, name, id
