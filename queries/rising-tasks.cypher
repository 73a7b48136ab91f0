// name: rising-tasks
// title: Tasks that a larger share of papers names since a day than before
// param: since: date; the day from which papers are the later ones
// param: least: integer 1..10000 = 3; papers that must name it in all
// param: limit: integer 1..10000 = 20; most rows
// column: task: string; the task
// column: before: integer; papers before the day that name it
// column: since: integer; papers since then that name it
// column: before_share: float; percent of all dated papers before the day
// column: since_share: float; percent of those since then
// column: id: id; id of the task
// tags: tasks
// example: -p since=2025-06 -p least=1
MATCH (q:Paper)
WHERE NOT coalesce(q.stub, false) AND q.published IS NOT NULL
WITH count(CASE WHEN q.published < $since THEN 1 END) AS all_before,
     count(CASE WHEN q.published >= $since THEN 1 END) AS all_since
WHERE all_before > 0 AND all_since > 0
MATCH (p:Paper)-[:MENTIONS|INTRODUCES]->(x:Task)
WHERE NOT coalesce(p.stub, false) AND p.published IS NOT NULL
WITH all_before, all_since, x.id AS id, x.name AS name, labels(x)[0] AS label,
     count(DISTINCT CASE WHEN p.published < $since THEN p.id END) AS before,
     count(DISTINCT CASE WHEN p.published >= $since THEN p.id END) AS since
WHERE before + since >= $least
WITH id, name, label, before, since, 10000 * before / all_before AS share_was,
     10000 * since / all_since AS share_is
WHERE share_is > share_was
RETURN name AS task, before, since, share_was / 100.0 AS before_share,
       share_is / 100.0 AS since_share, id
ORDER BY share_is - share_was DESC, task, id
LIMIT $limit
