// name: method-results
// title: Numbers that papers report of a method, as they are written
// param: method: method; the method
// param: limit: integer 1..10000 = 100; most rows
// column: benchmark: string?; what it was measured on, where the sentence says it
// column: metric: string?; what the figure counts, where the sentence says it
// column: value: string?; the figure as written
// column: reading: string; absolute, gain, relative gain, ratio or bound
// column: date: date?; when the paper was published
// column: paper: string; the paper's title
// column: evidence: string?; the sentence that says so
// column: id: id; id of the result
// tags: methods, results, interactive
// example: -p method=ThreadWeaver
MATCH (m:Method {id: $method})
MATCH (x:Result)-[r:OF]->(m)
WITH x, r, r.paper AS stated_by
MATCH (p:Paper {id: stated_by})
OPTIONAL MATCH (x)-[:ON]->(b)
RETURN b.name AS benchmark, x.metric AS metric, x.value_text AS value, x.reading AS reading,
       p.published AS date, p.title AS paper, r.evidence AS evidence, x.id AS id
ORDER BY b.name IS NULL, benchmark, reading, coalesce(date, '') DESC, x.value DESC, id
LIMIT $limit
