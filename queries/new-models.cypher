// name: new-models
// title: Models that papers introduced since a date; without one, those of the newest month
// param: since: date?; models introduced at this date or later, as far as their dates tell
// param: limit: integer 1..10000 = 100; most rows
// column: date: date; when a paper first introduced or named it
// column: model: string; its name
// column: support: integer; papers that rest on it
// column: groups: integer?; groups of these papers without a common author
// column: id: id; its id
// tags: models
MATCH (n:Model)
WHERE COUNT { (n)<-[:INTRODUCES]-() } > 0
WITH coalesce($since, left(max(n.first_stated), 7)) AS first
MATCH (m:Model)
WHERE m.first_stated >= left(first, size(m.first_stated))
  AND COUNT { (m)<-[:INTRODUCES]-() } > 0
RETURN m.first_stated AS date, m.name AS model, coalesce(m.support, 0) AS support,
       m.support_groups AS groups, m.id AS id
ORDER BY date DESC, support DESC, model, id
LIMIT $limit
