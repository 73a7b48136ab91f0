// name: incomplete-papers
// title: Loaded papers that lack an abstract, authors or a date
// param: limit: integer 1..10000 = 100; most rows
// column: lacks: list; abstract, authors, date
// column: paper: string; its title
// column: date: date?; when the paper was published
// column: id: id; its id
// tags: health, papers
MATCH (p:Paper)
WHERE NOT coalesce(p.stub, false)
  AND (p.abstract IS NULL OR p.author_count IS NULL OR p.published IS NULL)
WITH p, CASE WHEN p.abstract IS NULL THEN ['abstract'] ELSE [] END AS text,
     CASE WHEN p.author_count IS NULL THEN ['authors'] ELSE [] END AS authors,
     CASE WHEN p.published IS NULL THEN ['date'] ELSE [] END AS dated
RETURN text + authors + dated AS lacks, p.title AS paper, p.published AS date, p.id AS id
ORDER BY size(lacks) DESC, coalesce(date, '') DESC, paper, id
LIMIT $limit
