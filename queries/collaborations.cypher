// name: collaborations
// title: Pairs of authors by the papers that both wrote
// param: among: integer 1..2000 = 100; one of the two is among so many with the most papers
// param: least: integer 1..1000 = 2; fewest papers of both
// param: limit: integer 1..10000 = 20; most rows
// column: together: integer; papers that both wrote
// column: one: string; an author
// column: other: string; the other author
// column: first: date?; the first of these papers
// column: last: date?; the last of them
// column: one_id: id; id of the author
// column: other_id: id; id of the other author
// tags: authors
MATCH (a:Author)
WITH a.id AS prolific, COUNT { (a)<-[:AUTHORED_BY]-() } AS papers
ORDER BY papers DESC, prolific
LIMIT $among
MATCH (a:Author {id: prolific})
MATCH (a)<-[:AUTHORED_BY]-(p)
MATCH (p)-[:AUTHORED_BY]->(b)
WHERE b.id <> a.id
WITH CASE WHEN a.id < b.id THEN a.id ELSE b.id END AS one_id,
     CASE WHEN a.id < b.id THEN b.id ELSE a.id END AS other_id, p.id AS paper, p.published AS date
WITH one_id, other_id, count(DISTINCT paper) AS together, min(date) AS first, max(date) AS last
WHERE together >= $least
WITH one_id, other_id, together, first, last
ORDER BY together DESC, one_id, other_id
LIMIT $limit
MATCH (a:Author {id: one_id})
MATCH (b:Author {id: other_id})
RETURN together, a.name AS one, b.name AS other, first, last, one_id, other_id
ORDER BY together DESC, one_id, other_id
