// name: merged
// title: Papers that have been known by other ids, which still lead to them
// param: limit: integer 1..10000 = 200; most rows
// column: paper: string; its title
// column: former: list; the other ids
// column: id: id; the id that it has now
// tags: health, papers
MATCH (p:Paper)
WHERE size(coalesce(p.former_ids, [])) > 0
RETURN p.title AS paper, p.former_ids AS former, p.id AS id
ORDER BY paper, id
LIMIT $limit
