// name: timeline
// title: Papers that introduce, use or extend a method, by month or by year
// param: method: method; the method
// param: yearly: boolean = false; whether to count by year
// column: period: date?; the month, or the year where no more is known
// column: papers: integer; papers of it
// column: introduces: integer; those that introduce the method
// column: uses: integer; those that use it
// column: extends: integer; those that extend or generalize it
// tags: methods, interactive
// example: -p method=GRPO
MATCH (m:Method {id: $method})
MATCH ()-[r:INTRODUCES|USES|EXTENDS|GENERALIZES]->(m)
WITH DISTINCT r.paper AS stated_by, type(r) AS how
MATCH (p:Paper {id: stated_by})
WHERE NOT coalesce(p.stub, false)
WITH substring(p.published, 0, CASE WHEN $yearly THEN 4 ELSE 7 END) AS period, stated_by, how
RETURN period, count(DISTINCT stated_by) AS papers,
       count(CASE WHEN how = 'INTRODUCES' THEN 1 END) AS introduces,
       count(CASE WHEN how = 'USES' THEN 1 END) AS uses,
       count(DISTINCT CASE WHEN how IN ['EXTENDS', 'GENERALIZES'] THEN stated_by END) AS extends
ORDER BY coalesce(period, '9')
