// name: new-papers
// title: Papers since a date, the newest first; without one, those of the newest month
// param: since: date?; papers of this date or later, as far as their dates tell
// param: limit: integer 1..10000 = 100; most rows
// column: date: date; when the paper was published
// column: paper: string; its title
// column: introduces: list; names of what it introduces
// column: upvotes: integer?; upvotes at the source
// column: id: id; its id
// tags: papers
MATCH (n:Paper)
WHERE NOT coalesce(n.stub, false)
WITH coalesce($since, left(max(n.published), 7)) AS first
MATCH (p:Paper)
WHERE NOT coalesce(p.stub, false) AND p.published >= left(first, size(p.published))
WITH p
ORDER BY p.published DESC, p.title, p.id
LIMIT $limit
OPTIONAL MATCH (p)-[:INTRODUCES]->(a)
WITH p, a
ORDER BY a.name, a.id
WITH p, collect(DISTINCT a.name) AS introduces
RETURN p.published AS date, p.title AS paper, introduces, p.upvotes AS upvotes, p.id AS id
ORDER BY date DESC, paper, id
