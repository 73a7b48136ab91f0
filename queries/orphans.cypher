// name: orphans
// title: Loaded papers of which nothing is known but who wrote them
// param: limit: integer 1..10000 = 100; most rows
// column: date: date?; when the paper was published
// column: paper: string; its title
// column: abstract: boolean; whether it has an abstract to read
// column: id: id; its id
// tags: health, papers
MATCH (p:Paper)
WHERE NOT coalesce(p.stub, false)
  AND COUNT { (p)-[:MENTIONS]->() } = 0 AND COUNT { (p)-[:INTRODUCES]->() } = 0
  AND COUNT { (p)-[:CITES]->() } = 0 AND COUNT { (p)<-[:CITES]-() } = 0
  AND COUNT { (p)-[:REPORTS|HAS_CODE|USES|EXTENDS|GENERALIZES|OUTPERFORMS]->() } = 0
  AND COUNT { (p)-[:COMPARED_WITH|EVALUATED_ON|APPLIED_TO]->() } = 0
  AND COUNT { (p)-[:SURVEYS|ANALYZES|CRITIQUES]->() } = 0
RETURN p.published AS date, p.title AS paper, p.abstract IS NOT NULL AS abstract, p.id AS id
ORDER BY coalesce(date, '') DESC, paper, id
LIMIT $limit
