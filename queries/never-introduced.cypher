// name: never-introduced
// title: Names that papers mention and no paper here introduces, nor the catalogue knows
// param: limit: integer 1..10000 = 50; most rows
// column: papers: integer; papers that mention it
// column: name: string; the name
// column: kind: string; method, framework, model, benchmark, dataset or environment
// column: id: id; its id
// tags: health
MATCH (a)
WHERE a.kind IS NOT NULL AND a.curated IS NULL AND coalesce(a.ambiguous, false) = false
  AND COUNT { (a)<-[:INTRODUCES]-() } = 0
WITH a.id AS named, a.name AS name, a.kind AS kind, COUNT { (a)<-[:MENTIONS]-() } AS papers
WHERE papers > 0
RETURN papers, name, kind, named AS id
ORDER BY papers DESC, name, id
LIMIT $limit
