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
WITH p.id AS silent, p.published AS date, p.title AS paper, p.abstract IS NOT NULL AS abstract,
     COUNT { (p)-[:INTRODUCES|MENTIONS|REPORTS|HAS_CODE|CITES]->() } AS told,
     COUNT { (p)-[:USES|EXTENDS|GENERALIZES|OUTPERFORMS|COMPARED_WITH]->() } AS claimed,
     COUNT { (p)-[:EVALUATED_ON|APPLIED_TO|SURVEYS|ANALYZES|CRITIQUES]->() } AS studied,
     COUNT { (p)<-[:CITES]-() } AS cited
WHERE told + claimed + studied + cited = 0
RETURN date, paper, abstract, silent AS id
ORDER BY coalesce(date, '') DESC, paper, id
LIMIT $limit
