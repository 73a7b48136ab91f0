// name: by-year
// title: Papers, and things introduced, a year
// column: year: integer; the year
// column: papers: integer; papers of that year
// column: introduced: integer; methods, models and benchmarks that they introduce
// tags: papers
MATCH (p:Paper)
WHERE NOT coalesce(p.stub, false) AND p.year IS NOT NULL
OPTIONAL MATCH (p)-[:INTRODUCES]->(a)
WITH p.year AS year, p.id AS paper, a.id AS introduced
RETURN year, count(DISTINCT paper) AS papers, count(DISTINCT introduced) AS introduced
ORDER BY year
