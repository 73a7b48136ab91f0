"""What is refused of a person's statement on the embedded store, and what is let through."""

import json
from pathlib import Path

import pytest

from graphkb.errors import QueryError
from graphkb.query.named import named_queries
from graphkb.store.guard import check_statement
from graphkb.store.lint import check, findings, graph_names, look_at, state

FAR = "MATCH (p:Paper) WHERE {} RETURN p.id AS id"
EXTENDS = "MATCH (a:Method) OPTIONAL MATCH (a)-[:EXTENDS]->(b) "

# A statement, where it is wrong, what is said, and what to write instead.
REFUSED = {
    "no rows": ("MATCH (m:Method)", 1, "no RETURN says what the rows are"),
    "no rows of an arm": (
        "MATCH (m:Method) RETURN m.id AS id UNION MATCH (m:Method)",
        42,
        "no RETURN says what the rows are",
    ),
    "exists over two hops": (
        FAR.format("EXISTS { (p)-[:CITES]->()<-[:CITES]-() }"),
        23,
        "a path of 2 steps exists. Write COUNT { (p)-[:CITES]->()<-[:CITES]-() } > 0",
    ),
    "a pattern of two hops": (FAR.format("NOT (p)-[:CITES]->()-[:USES]->()"), 27, "= 0 instead of"),
    "list and null": ("MATCH (m:Method) RETURN ['a'] + m.aliases AS l", 25, "coalesce(…, [])"),
    "null and list": ("MATCH (m:Method) RETURN m.long_name + ['a'] AS l", 25, "coalesce(…, [])"),
    "list and a null parameter": ("RETURN [1] + $nothing AS l", 8, "coalesce(…, [])"),
    "list and null in a reduce": (
        "RETURN reduce(s = [], x IN [1, null] | s + x) AS r",
        40,
        "coalesce(…, [])",
    ),
    "title of a method": (
        "MATCH (m:Method) RETURN m.title AS t",
        27,
        "no property title of Method",
    ),
    "title of anything": ("MATCH (n) RETURN n.title AS t", 20, "(n:Paper)"),
    "type of a node": ("MATCH (n) RETURN n.type AS t", 20, "no property type of any"),
    "type of a relationship": (
        "MATCH ()-[r]->() RETURN r.type AS t",
        27,
        "no property type of any",
    ),
    "map of a relationship": ("MATCH ()-[r:USES]->() RETURN r{.rule} AS m", 30, "write {id: r.id"),
    "map of a map": ("WITH {a: 1} AS m RETURN m{.a} AS x", 25, "gives null for a map of m"),
    "map of a collected node": (
        "MATCH (m:Method) WITH collect(m) AS l UNWIND l AS n RETURN n{.id} AS x",
        60,
        "no pattern here binds",
    ),
    "all of a method": ("MATCH (m:Method) RETURN m{.*} AS x", 27, "name the properties"),
    "properties of anything": ("MATCH (n) RETURN properties(n) AS x", 18, "name the properties"),
    "keys": ("MATCH (p:Paper) RETURN keys(p) AS k", 24, "orders of their own"),
    "not of a label of null": (EXTENDS + "RETURN NOT b:Model AS x", 64, "b IS NOT NULL AND NOT b:"),
    "whole numbers and others as one key": (
        "UNWIND [1, 1.0] AS x RETURN x, count(*) AS n",
        29,
        "1 and 1.0 are one value in Neo4j",
    ),
    "whole numbers and others once each": ("UNWIND [1, 1.0] AS x RETURN DISTINCT x", 38, "toFloat"),
    "whole numbers and others counted": (
        "UNWIND $mixed AS x RETURN count(DISTINCT x) AS n",
        27,
        "toFloat(x)",
    ),
    "whole numbers and others joined": ("RETURN 1 AS x UNION RETURN 2.0 AS x", 21, "toFloat(x)"),
    "division by what may be zero": (
        "MATCH (r:Result) RETURN 1.0 / r.value AS x",
        25,
        "CASE WHEN r.value = 0 THEN null ELSE 1.0 / r.value END",
    ),
    "rest by what may be zero": ("MATCH (r:Result) RETURN r.value % r.value AS x", 25, "CASE WHEN"),
    "root": ("MATCH (r:Result) RETURN sqrt(r.value) AS x", 25, "CASE WHEN r.value >= 0 THEN sqrt"),
    "logarithm": (
        "MATCH (r:Result) RETURN log(r.value) AS x",
        25,
        "CASE WHEN r.value > 0 THEN log",
    ),
    "round": ("MATCH (r:Result) RETURN round(r.value) AS x", 25, "floor(r.value + 0.5)"),
    "deviation": ("MATCH (p:Paper) RETURN stDev(p.year) AS x", 24, "coalesce(stDev(p.year), 0.0)"),
    "lists joined by bars": ("RETURN [1] || [2] AS x", 8, "write +"),
    "a figure as text": ("MATCH (r:Result) RETURN toString(r.value) AS x", 25, "1.0E10 and"),
    "a figure in a text": ("MATCH (r:Result) RETURN 'x' + r.value AS x", 25, "1.0E10 and"),
    "a function that there is not": ("RETURN isEmpty([]) AS x", 8, "write size(x) = 0"),
    "a misspelt function": ("RETURN toUper('a') AS x", 8, "did you mean toUpper?"),
    "a percentile": ("MATCH (p:Paper) RETURN percentileDisc(p.year, 0.5) AS x", 24, "collect(x)"),
    "a condition over an aggregate": (
        "MATCH (p:Paper) RETURN CASE WHEN count(*) > 2 THEN 1 ELSE 0 END AS x",
        24,
        "first WITH count(*) AS x",
    ),
    "a variable beside an aggregate": (
        "MATCH (p:Paper)-[:CITES]->(q:Paper) RETURN p{.id, cites: collect(q.id)} AS m",
        44,
        "make it a column",
    ),
    "a chain of comparisons": ("RETURN 1 < 2 < 3 AS x", 14, "join two with AND"),
    "another sign for unequal": ("RETURN 1 != 2 AS x", 10, "write <>"),
    "nodes by size": ("MATCH (a:Paper), (b:Paper) WHERE a < b RETURN a.id AS x", 34, "n.id"),
    "nodes in order": ("MATCH (a:Paper) RETURN a.id AS x ORDER BY a", 43, "n.id"),
    "one relationship twice": (
        "MATCH (a)-[r]->(b)-[r]->(c) RETURN 1 AS x",
        21,
        "two relationships",
    ),
    "a path of one node": ("MATCH p = () RETURN count(p) AS n", 11, "name the node, as in"),
    "a node that is a relationship": (
        "MATCH (a)-[a]->(b) RETURN 1 AS x",
        12,
        "a is a node already",
    ),
    "a shortest path to itself": (
        "MATCH (a:Paper), (b:Paper) MATCH p = shortestPath((a)-[:CITES*..3]-(b)) "
        "RETURN length(p) AS l",
        38,
        "WHERE a <> b",
    ),
    "a class of characters": (r"RETURN 'é' =~ '\\w' AS x", 15, "every script"),
    "letters of either case": ("RETURN 'É' =~ '(?i)é' AS x", 15, "toLower(x)"),
    "a look ahead": ("RETURN 'ab' =~ '(?=a)ab' AS x", 16, "have no (?="),
    "a pattern from the graph": ("MATCH (p:Paper) RETURN 'x' =~ p.name AS x", 31, "not seen here"),
    "a pattern as a value": ("MATCH (p:Paper) RETURN (p)-[:USES]->() AS x", 24, "EXISTS { (p)"),
    "a label of another time": ("RETURN datetime('2020-01-31T10:00') AS d", 1, "its parts"),
    "labels with a bar": ("MATCH (n) RETURN n:Paper|Task AS x", 19, "n:A OR n:B"),
    "labels without": ("MATCH (n:!Paper) RETURN n.id AS x", 9, "WHERE NOT n:Label"),
    "several values after when": (
        "RETURN CASE 2 WHEN 1, 2 THEN 'a' END AS x",
        23,
        "CASE WHEN x IN",
    ),
    "a condition in a node": (
        "MATCH (p:Paper WHERE p.year > 1) RETURN p.id AS x",
        16,
        "after MATCH",
    ),
    "a collecting subquery": (
        "MATCH (p:Paper) RETURN COLLECT { MATCH (p)-[:CITES]->(q) RETURN q.id } AS x",
        24,
        "pattern comprehension",
    ),
    "a label that there is not": ("MATCH (p:Papper) RETURN p.id AS x", 10, "did you mean Paper?"),
    "a type that there is not": ("MATCH ()-[r:CITE]->() RETURN 1 AS x", 13, "did you mean CITES?"),
    "a property that there is not": (
        "MATCH (p:Paper) RETURN p.yaer AS x",
        26,
        "did you mean year?",
    ),
    "a property in a pattern": ("MATCH (p:Paper {titel: 'x'}) RETURN p.id AS x", 17, "mean title?"),
    "a property of a relationship": (
        "MATCH ()-[r:USES]->() RETURN r.yeer AS x",
        32,
        "no property yeer of USES",
    ),
    "a property by its text": ("MATCH (p:Paper) RETURN p['yaer'] AS x", 26, "did you mean year?"),
    "a variable that there is not": ("MATCH (paper:Paper) RETURN papr.id AS x", 28, "mean paper?"),
    "a variable that WITH dropped": (
        "MATCH (p:Paper) WITH p.id AS i RETURN p.id AS x",
        39,
        "along",
    ),
    "a variable of a subquery": (
        "CALL { RETURN 1 AS one } RETURN two AS x",
        33,
        "two is not defined",
    ),
    "a column without a name": ("MATCH (p:Paper) WITH p.id RETURN 1 AS x", 22, "write … AS name"),
    "a range beyond memory": ("RETURN range(0, 10 ^ 12) AS l", 8, "take all memory"),
    "a text that doubles": (
        "RETURN reduce(s = 'x', i IN range(1, 60) | s + s) AS s",
        44,
        "double with every item",
    ),
    "a text that grows": (
        "WITH 'xxxxxxxxxx' AS a WITH replace(a, 'x', a) AS b WITH replace(b, 'x', b) AS c "
        "WITH replace(c, 'x', c) AS d RETURN replace(d, 'x', d) AS e",
        118,
        "may grow to more than",
    ),
    "no Cypher": ("MATCH (p:Paper) RETURN p.id AS id LIMIT 3 4", 43, "4 is not expected here"),
    "an end that is missing": ("MATCH (p:Paper) RETURN (p.id", 29, "ends too early"),
    "a repeated part": (
        "MATCH (a) ((x)-[:CITES]->(y)){1,3} (b) RETURN 1 AS x",
        11,
        "-[:EXTENDS*1..3]",
    ),
}

ALLOWED = {
    "exists over one hop": FAR.format("EXISTS { (p)-[:CITES]->(:Paper) }"),
    "a path of one node with a name": "MATCH p = (n:Paper) RETURN length(p) AS l",
    "comprehensions one in the other": (
        "MATCH (m:Method) RETURN [x IN [y IN [z IN m.aliases | z + '!'] | y] | toUpper(x)] AS l"
    ),
    "a joined text": (
        "MATCH (p:Paper) WITH collect(p.abstract) AS l RETURN reduce(s = '', x IN l | s + x) AS s"
    ),
    "exists within exists": FAR.format(
        "EXISTS { (p)-[:CITES]->(q) WHERE EXISTS { (q)-[:USES]->() } }"
    ),
    "exists over many steps of one kind": FAR.format("EXISTS { (p)-[:CITES*1..3]->(:Paper) }"),
    "count over two hops": FAR.format("COUNT { (p)-[:CITES]->()<-[:CITES]-() } > 0"),
    "list and a list that is there": "MATCH (m:Method) RETURN ['a'] + coalesce(m.aliases, []) AS l",
    "list and what a condition made sure": (
        "MATCH (m:Method) WHERE m.aliases IS NOT NULL RETURN ['a'] + m.aliases AS l"
    ),
    "list and what CASE made sure": (
        "MATCH (m:Method) RETURN CASE WHEN m.aliases IS NULL THEN [] ELSE m.aliases + 'x' END AS l"
    ),
    "numbers that may be null": "MATCH (p:Paper) RETURN p.year + p.upvotes AS n",
    "title of what only a paper can be": "MATCH (:Paper)-[:CITES]->(q) RETURN q.title AS title",
    "title of what the arrow comes from": "MATCH (q)-[:INTRODUCES]->(:Method) RETURN q.title AS t",
    "all of a paper": "MATCH (p:Paper) RETURN p{.*} AS x",
    "some of a method": "MATCH (m:Method) WITH m, count(*) AS n RETURN m{.id, .name, n: n} AS x",
    "a label of null": EXTENDS + "WITH a, b WHERE b:Method RETURN a.id AS id",
    "not of a label": "MATCH (n) WHERE NOT n:Paper RETURN n.id AS id",
    "division by a number": "MATCH (p:Paper) RETURN p.year / 10.0 AS x",
    "division in a case": (
        "MATCH (r:Result) RETURN CASE WHEN r.value = 0 THEN null ELSE 1 / r.value END AS x"
    ),
    "division under a condition": "MATCH (r:Result) WHERE r.value > 0 RETURN 1 / r.value AS x",
    "root of a count": "MATCH (p:Paper) RETURN sqrt(count(*)) AS x",
    "round of what is above zero": "MATCH (p:Paper) RETURN round(size(p.name) / 3.0) AS x",
    "a figure as a column": "MATCH (r:Result) RETURN r.value AS x, r.value_text AS t",
    "a deviation": "MATCH (p:Paper) RETURN coalesce(stDev(p.year), 0.0) AS x",
    "aggregates in a sum and a map": (
        "MATCH (p:Paper) RETURN count(*) + 1 AS n, {a: collect(p.id)} AS m, collect(p.id)[0] AS f"
    ),
    "order by an alias": "MATCH (p:Paper) RETURN p.year AS y, count(*) AS n ORDER BY n DESC, y",
    "order by a column's text": "MATCH (p:Paper) RETURN p.year AS y, count(*) AS n ORDER BY p.year",
    "a subquery": (
        "MATCH (p:Paper) CALL (p) { MATCH (p)-[:CITES]->(q) RETURN q.id AS c ORDER BY c LIMIT 1 } "
        "RETURN p.id AS id, c"
    ),
    "a subquery of the old form": (
        "MATCH (p:Paper) CALL { WITH p MATCH (p)-[:CITES]->(q) RETURN count(q) AS n } "
        "RETURN p.id AS id, n"
    ),
    "a union": "MATCH (p:Paper) RETURN p.id AS id UNION MATCH (m:Method) RETURN m.id AS id",
    "comprehensions": (
        "MATCH path = (a:Method)-[:EXTENDS*1..3]->(b) "
        "RETURN [n IN nodes(path) WHERE n:Method | n.name] AS names, "
        "[(a)-[r:USES]->(u) WHERE u.support > 1 | r.rule] AS rules"
    ),
    "a shortest path between two": (
        "MATCH (a:Paper {id: 'x'}), (b:Paper {id: 'y'}) "
        "MATCH p = shortestPath((a)-[:CITES*..3]-(b)) RETURN length(p) AS l"
    ),
    "a shortest path with a condition": (
        "MATCH (a:Paper), (b:Paper) WHERE a <> b "
        "MATCH p = shortestPath((a)-[:CITES*..3]-(b)) RETURN length(p) AS l"
    ),
    "a shortest path between two kinds": (
        "MATCH p = shortestPath((a:Paper {id: 'x'})-[*..3]-(b:Method)) RETURN length(p) AS l"
    ),
    "words that are keywords elsewhere": (
        "MATCH (count:Paper) RETURN count.id AS of, count.year AS limit, {order: 1}.order AS end"
    ),
    "names in backquotes": "MATCH (`set`:`Paper`) RETURN `set`.`id` AS `a ``b`",
    "a regular expression": "MATCH (p:Paper) WHERE p.name =~ '(?i).*graph.*' RETURN p.id AS id",
    "a date": "RETURN date('2020-01-31') AS d, date('2020-01-31').year AS y",
    "days between": "RETURN duration.inDays(date('2020-01-01'), date('2020-02-01')).days AS d",
    "a label procedure": "CALL db.labels() YIELD label RETURN label ORDER BY label",
    "figures that double": "RETURN reduce(s = 1, i IN range(1, 20) | s + s) AS s",
    "a map's own title": "UNWIND [{title: 'a'}] AS m RETURN m.title AS t, $map.title AS u",
}

GIVEN = {"nothing": None, "mixed": [1, 1.0], "map": {"title": "t"}}


@pytest.mark.parametrize(("statement", "column", "said"), REFUSED.values(), ids=REFUSED)
def test_what_would_be_answered_otherwise_is_refused_with_place_and_rewriting(
    statement: str, column: int, said: str
) -> None:
    with pytest.raises(QueryError) as caught:
        check(statement, graph_names(), GIVEN)
    assert said.lower() in str(caught.value).lower()
    assert caught.value.where == f"line 1, column {column}"
    assert caught.value.remedy or "expected" in caught.value.what


@pytest.mark.parametrize("statement", ALLOWED.values(), ids=ALLOWED)
def test_what_both_stores_answer_alike_is_let_through(statement: str) -> None:
    assert findings(statement, graph_names(), GIVEN) == ()


@pytest.mark.parametrize("name", sorted(named_queries()))
def test_no_named_query_is_refused(name: str) -> None:
    text = check_statement(named_queries()[name].statement)
    assert findings(text, graph_names()) == ()


def test_every_fault_of_a_statement_is_found_in_the_order_of_their_places() -> None:
    found = findings(
        "MATCH (p:Papper)\nRETURN p.id AS x, q.id AS y, isEmpty([]) AS z", graph_names()
    )
    assert [one.about for one in found] == ["name", "variable", "engine"]
    assert [one.start for one in found] == sorted(one.start for one in found)


def test_a_place_counts_lines() -> None:
    with pytest.raises(QueryError) as caught:
        check("MATCH (p:Paper)\n  RETURN p.yaer AS x", graph_names())
    assert caught.value.where == "line 2, column 12"


@pytest.mark.parametrize("chain", ["NOT " * 5000 + "true", "1" + " + 1" * 20_000, "[" * 5000])
def test_a_statement_that_is_nested_beyond_reason_is_refused(chain: str) -> None:
    with pytest.raises(QueryError):
        check(f"RETURN {chain} AS x", graph_names())


def test_on_neo4j_an_unknown_name_is_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    look_at("MATCH (p:Papper) WHERE p.year > 1 RETURN isEmpty([]) AS x", engine="neo4j")
    assert caplog.messages == ["line 1, column 10: there is no label Papper; did you mean Paper?"]


def test_on_neo4j_what_this_grammar_cannot_read_is_left_to_the_server() -> None:
    look_at("MATCH p = SHORTEST 1 (a)-[:X]->+(b) RETURN length(p) AS l", engine="neo4j")


def test_the_guard_stands_first() -> None:
    with pytest.raises(QueryError, match="SET would change the store"):
        look_at("MATCH (p:Papper) SET p.year = 1", engine="embedded")


def test_tables_that_are_broken_in_the_cache_cost_time_and_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from graphkb.store.lint import parse

    monkeypatch.setenv("GRAPHKB_CACHE", str(tmp_path))
    (tmp_path / "cypher.tables").write_bytes(b"not the tables")
    parse._parser.cache_clear()
    check("MATCH (p:Paper) RETURN p.id AS id", graph_names())
    assert (tmp_path / "cypher.tables").stat().st_size > 1000
    parse._parser.cache_clear()
    check("MATCH (p:Paper) RETURN p.id AS id", graph_names())


STATES = {
    "MATCH (p:Paper)": "unfinished",
    "MATCH (p:Paper) RETURN": "unfinished",
    "MATCH (p:Paper) RETURN p.id AS": "unfinished",
    "RETURN 'a": "unfinished",
    "RETURN [1, 2": "unfinished",
    "MATCH (p:Paper) // the papers": "unfinished",
    "": "unfinished",
    "MATCH (p:Paper) RETURN p.id AS id": "complete",
    "MATCH (p:Paper) RETURN p.id AS id;": "complete",
    "CALL db.labels()": "complete",
    "RETURN 1 AS x UNION": "unfinished",
    "RETURN 1 2": "wrong",
    "RETURN 1) AS x": "wrong",
}


@pytest.mark.parametrize(("text", "expected"), STATES.items(), ids=json.dumps)
def test_a_shell_can_ask_whether_a_statement_is_whole(text: str, expected: str) -> None:
    found, why = state(text)
    assert found == expected
    assert bool(why) == (found != "complete")
