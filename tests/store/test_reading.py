"""The same statement gives the same rows on both engines."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from emptied_server import emptied

from graphkb.errors import QueryError
from graphkb.store import Changes, Store, open_store


@pytest.fixture(scope="module", params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def store(
    request: pytest.FixtureRequest, sample: Changes, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    """Return a store that holds the sample, for all tests of this file."""
    with pytest.MonkeyPatch.context() as environment:
        if request.param == "neo4j":
            url = emptied(request.getfixturevalue("neo4j_server"), environment)
        else:
            url = str(Path(tmp_path_factory.mktemp("reading")) / "graph.kgl")
        with open_store(url, write=True) as store:
            store.write(sample)
        with open_store(url) as store:
            yield store


SPRINT = {
    "id": "method:sprint",
    "labels": ["Method"],
    "properties": {"curated": True, "name": "Sprint", "support": 2},
}
GAIT = {
    "id": "method:gait",
    "labels": ["Method"],
    "properties": {"aliases": ["GAIT", "gaits"], "name": "Gait"},
}
TRACK = {
    "id": "method:track",
    "labels": ["Benchmark"],
    "properties": {"kind": "benchmark", "name": "Track"},
}
OUTPERFORMS = {
    "start": "method:sprint",
    "type": "OUTPERFORMS",
    "end": "method:gait",
    "properties": {"on": "method:track", "paper": "arxiv:2"},
}
EVALUATED_ON = {
    "start": "method:sprint",
    "type": "EVALUATED_ON",
    "end": "method:track",
    "properties": {"paper": "arxiv:2"},
}

READS: dict[str, tuple[str, dict[str, Any], list[list[Any]]]] = {
    "property": ("MATCH (p:Paper {id: 'arxiv:1'}) RETURN p.year AS y", {}, [[2019]]),
    "property that is absent": (
        "MATCH (p:Paper) RETURN p.year AS y, p.abstract IS NULL AS a ORDER BY p.id",
        {},
        [[2019, True], [2020, False], [None, True]],
    ),
    "parameter": (
        "MATCH (p:Paper {id: $id}) RETURN p.title AS t",
        {"id": "arxiv:3"},
        [["Élan vital"]],
    ),
    "pattern on a property that no node has": (
        "MATCH (m:Method {long_name: 'x'}) RETURN m.id AS i",
        {},
        [],
    ),
    "optional pattern on a property that no node has": (
        "MATCH (t:Task) OPTIONAL MATCH (t)<-[r:APPLIED_TO {reason: 'x'}]-(m:Method {kind: 'y'}) "
        "RETURN t.id AS t, count(m) AS n",
        {},
        [["task:moving", 0]],
    ),
    "pattern on a label and a type that nothing has": (
        "MATCH (a:Author {orcid: 'x'})<-[r:AUTHORED_BY]-(p) RETURN p.id AS i",
        {},
        [],
    ),
    "the paper that states an edge": (
        "MATCH (a)-[r:EXTENDS]->(b) MATCH (p:Paper {id: r.paper}) "
        "RETURN a.id AS a, p.name AS p ORDER BY a, p",
        {},
        [
            ["method:loop", "Élan vital"],
            ["method:sprint", "Running"],
            ["method:sprint", "Élan vital"],
        ],
    ),
    "the paper that states an edge, in one clause": (
        "MATCH (a)-[r:OUTPERFORMS]->(b), (p:Paper {id: r.paper, stub: false}) RETURN p.name AS p",
        {},
        [["Running"]],
    ),
    "the benchmark that an edge names, where it does": (
        "MATCH (:Method {id: 'method:sprint'})-[r]->(:Method) "
        "OPTIONAL MATCH (b:Benchmark {id: r.on}) "
        "RETURN type(r) AS t, r.paper AS p, b.name AS b ORDER BY t, p",
        {},
        [
            ["EXTENDS", "arxiv:2", None],
            ["EXTENDS", "arxiv:3", None],
            ["OUTPERFORMS", "arxiv:2", "Track"],
        ],
    ),
    "an edge of the same paper": (
        "MATCH (a)-[r:OUTPERFORMS]->() MATCH (a)-[s:EVALUATED_ON {paper: r.paper}]->(b) "
        "RETURN b.name AS b, {paper: r.paper} AS m",
        {},
        [["Track", {"paper": "arxiv:2"}]],
    ),
    "a count of what an edge names": (
        "MATCH ()-[r:OUTPERFORMS]->() RETURN COUNT { MATCH (p:Paper {id: r.paper}) } AS papers",
        {},
        [[1]],
    ),
    "range on a node pinned by id": (
        "MATCH (p:Paper {id: 'arxiv:1'}) WHERE p.year > 3000 AND p.stub = false RETURN p.id AS i",
        {},
        [],
    ),
    "list": (
        "MATCH (m:Method) RETURN m.aliases AS a ORDER BY m.id",
        {},
        [[["GAIT", "gaits"]], [None], [None]],
    ),
    "boolean": ("MATCH (p:Paper) RETURN p.stub AS s ORDER BY p.id", {}, [[False], [False], [True]]),
    "float": ("MATCH (r:Result) RETURN r.value AS v, r.value / 2 AS h", {}, [[9.5, 4.75]]),
    "node": ("MATCH (m:Method {id: 'method:sprint'}) RETURN m", {}, [[SPRINT]]),
    "node of a paper": (
        "MATCH (p:Paper {id: 'arxiv:3'}) RETURN p",
        {},
        [
            [
                {
                    "id": "arxiv:3",
                    "labels": ["Paper"],
                    "properties": {"name": "Élan vital", "stub": True, "title": "Élan vital"},
                }
            ]
        ],
    ),
    "relationship without its ends": ("MATCH ()-[r:OUTPERFORMS]->() RETURN r", {}, [[OUTPERFORMS]]),
    "relationship with its ends": (
        "MATCH (a)-[r:OUTPERFORMS]->(b) RETURN a, r, b",
        {},
        [[SPRINT, OUTPERFORMS, GAIT]],
    ),
    "relationships of a length": (
        "MATCH (:Result)-[r:OF|EVALUATED_ON*2..2]->() RETURN r",
        {},
        [
            [
                [
                    {
                        "start": "result:1",
                        "type": "OF",
                        "end": "method:sprint",
                        "properties": {"paper": "arxiv:2"},
                    },
                    EVALUATED_ON,
                ]
            ]
        ],
    ),
    "path": (
        "MATCH p = (:Method {id: 'method:sprint'})-[:EVALUATED_ON]->() RETURN p",
        {},
        [[{"nodes": [SPRINT, TRACK], "relationships": [EVALUATED_ON]}]],
    ),
    "nodes and lengths of paths": (
        "MATCH p = (a:Paper {id: 'arxiv:1'})-[:CITES*1..3]->(b) "
        "RETURN [n IN nodes(p) | n.id] AS ids, length(p) AS l ORDER BY l",
        {},
        [
            [["arxiv:1", "arxiv:3"], 1],
            [["arxiv:1", "arxiv:3", "arxiv:2"], 2],
            [["arxiv:1", "arxiv:3", "arxiv:2", "arxiv:1"], 3],
        ],
    ),
    "map": (
        "MATCH (m:Method {id: 'method:gait'}) RETURN {name: m.name, a: {x: [1, null]}} AS map",
        {},
        [[{"a": {"x": [1, None]}, "name": "Gait"}]],
    ),
    "map that looks like a node": (
        "RETURN {id: 1, labels: ['Task'], properties: {a: 1}} AS map",
        {},
        [[{"id": 1, "labels": ["Task"], "properties": {"a": 1}}]],
    ),
    "map projection": (
        "MATCH (m:Method {id: 'method:sprint'}) RETURN m{.id, .support} AS map",
        {},
        [[{"id": "method:sprint", "support": 2}]],
    ),
    "node in a list in a map": (
        "MATCH (b:Benchmark) RETURN {found: collect(b)} AS map",
        {},
        [[{"found": [TRACK]}]],
    ),
    "properties of a relationship": (
        "MATCH ()-[r:APPLIED_TO]->() RETURN properties(r) AS p, type(r) AS t",
        {},
        [[{"paper": "arxiv:1", "sources": ["a", "b"]}, "APPLIED_TO"]],
    ),
    "parallel edges": (
        "MATCH (a)-[r:EXTENDS]->(b) RETURN a.id AS a, b.id AS b, r.paper AS p ORDER BY a, b, p",
        {},
        [
            ["method:loop", "method:loop", "arxiv:3"],
            ["method:sprint", "method:gait", "arxiv:2"],
            ["method:sprint", "method:gait", "arxiv:3"],
        ],
    ),
    "loop": ("MATCH (m:Method)-[:EXTENDS]->(m) RETURN m.id AS id", {}, [["method:loop"]]),
    "loop with a count": (
        "MATCH (m:Method)-[:EXTENDS]->(m) WITH m, count(*) AS c RETURN m.id AS id, c",
        {},
        [["method:loop", 1]],
    ),
    "edge in either direction": (
        "MATCH (a:Paper {id: 'arxiv:2'})--(b:Paper) RETURN b.id AS id ORDER BY id",
        {},
        [["arxiv:1"], ["arxiv:3"]],
    ),
    "optional match": (
        "MATCH (m:Method) OPTIONAL MATCH (m)-[:EVALUATED_ON]->(b) "
        "RETURN m.id AS m, b.name AS b ORDER BY m",
        {},
        [["method:gait", None], ["method:loop", None], ["method:sprint", "Track"]],
    ),
    "optional match with a group": (
        "MATCH (m:Method) OPTIONAL MATCH (m)-[:EVALUATED_ON]->(b) WITH b, count(*) AS c "
        "RETURN b.id AS b, c ORDER BY c",
        {},
        [["method:track", 1], [None, 2]],
    ),
    "aggregates": (
        "MATCH (p:Paper) RETURN count(*) AS n, count(p.year) AS y, min(p.year) AS a, "
        "max(p.year) AS b, avg(p.year) AS c, sum(p.year) AS d",
        {},
        [[3, 2, 2019, 2020, 2019.5, 4039]],
    ),
    "aggregate of nothing": (
        "MATCH (a:Author) RETURN count(a) AS n, max(a.name) AS m, collect(a.name) AS c",
        {},
        [[0, None, []]],
    ),
    "distinct": (
        "MATCH (:Method)-[r:EXTENDS]->(b) RETURN DISTINCT b.id AS id ORDER BY id",
        {},
        [["method:gait"], ["method:loop"]],
    ),
    "order with nulls last": (
        "MATCH (p:Paper) RETURN p.id AS id ORDER BY p.year DESC, id SKIP 1 LIMIT 1",
        {},
        [["arxiv:2"]],
    ),
    "top of each group": (
        "MATCH (m:Method) CALL (m) { MATCH (m)<-[r]-(x) RETURN x.id AS x ORDER BY x LIMIT 1 } "
        "RETURN m.id AS m, x ORDER BY m",
        {},
        [
            ["method:gait", "arxiv:1"],
            ["method:loop", "method:loop"],
            ["method:sprint", "arxiv:2"],
        ],
    ),
    "union": (
        "MATCH (t:Task) RETURN t.name AS n UNION MATCH (b:Benchmark) RETURN b.name AS n",
        {},
        [["moving"], ["Track"]],
    ),
    "list functions": (
        "UNWIND [3, 1, 2] AS x WITH x ORDER BY x WITH collect(x) AS l "
        "RETURN l, reduce(s = 0, y IN l | s + y) AS s, size(l) AS n",
        {},
        [[[1, 2, 3], 6, 3]],
    ),
    "case": (
        "MATCH (p:Paper) RETURN CASE WHEN p.year IS NULL THEN 'no' ELSE toString(p.year) END AS y "
        "ORDER BY p.id",
        {},
        [["2019"], ["2020"], ["no"]],
    ),
    "count of a pattern": (
        "MATCH (m:Method) WHERE COUNT { (m)<-[:EXTENDS]-() } > 0 RETURN m.id AS id ORDER BY id",
        {},
        [["method:gait"], ["method:loop"]],
    ),
    "text predicates": (
        "MATCH (p:Paper) WHERE p.abstract CONTAINS $w AND p.name STARTS WITH 'R' "
        "RETURN p.abstract AS a",
        {"w": "'fast'"},
        [["We run. It is 'fast'."]],
    ),
    "date and duration": (
        "RETURN date('2024-02-05') AS d, duration('P1M2DT3S') AS u, "
        "datetime('2024-02-05T01:02:03Z') AS t",
        {},
        [
            [
                "2024-02-05",
                {"days": 2, "months": 1, "seconds": 3},
                "2024-02-05T01:02:03+00:00",
            ]
        ],
    ),
    "comment between": ("MATCH (t:Task) /* here */ RETURN t.name AS n // end", {}, [["moving"]]),
}


@pytest.mark.parametrize(("statement", "parameters", "expected"), READS.values(), ids=READS)
def test_rows(
    store: Store, statement: str, parameters: dict[str, Any], expected: list[list[Any]]
) -> None:
    assert [list(row) for row in store.cypher(statement, parameters).rows] == expected


def test_columns_come_in_the_order_of_the_statement(store: Store) -> None:
    rows = store.cypher("MATCH (t:Task) RETURN t.name AS b, t.id AS a")
    assert rows.columns == ("b", "a")
    assert list(rows.as_dicts()) == [{"b": "moving", "a": "task:moving"}]


def test_no_rows_have_columns_all_the_same(store: Store) -> None:
    rows = store.cypher("MATCH (a:Author) RETURN a.name AS name")
    assert (rows.columns, rows.rows, rows.cut) == (("name",), (), False)


def test_the_keys_of_maps_are_sorted(store: Store) -> None:
    [[found]] = store.cypher("RETURN {b: 1, a: 2, c: 3} AS map").rows
    assert list(found) == ["a", "b", "c"]


@pytest.mark.parametrize(("limit", "count", "cut"), [(2, 2, True), (3, 3, False), (0, 0, True)])
def test_a_limit_says_whether_rows_were_left_out(
    store: Store, limit: int, count: int, cut: bool
) -> None:
    rows = store.cypher("MATCH (p:Paper) RETURN p.id AS id ORDER BY id", limit=limit)
    assert (len(rows.rows), rows.cut) == (count, cut)


def test_a_limit_keeps_the_first_rows(store: Store) -> None:
    rows = store.cypher("UNWIND range(1, 100) AS x RETURN x ORDER BY x DESC", limit=2)
    assert rows.rows == ((100,), (99,))


def test_a_statement_that_takes_too_long_is_ended(store: Store) -> None:
    with pytest.raises(QueryError, match=r"took longer than 0\.2 s"):
        store.cypher(
            "UNWIND range(1, 9000) AS a UNWIND range(1, 900) AS b UNWIND range(1, 900) AS c "
            "WITH a + b + c AS d RETURN max(d) AS d",
            timeout=0.2,
        )


WRONG = {
    "syntax": ("MATCH (p:Paper RETURN p.id AS id", {}),
    "undefined variable": ("RETURN p AS p", {}),
    "unknown function": ("MATCH (p:Paper) RETURN nothing(p) AS x", {}),
    "missing parameter": ("RETURN $x AS x", {}),
    "division by zero": ("RETURN 1 / 0 AS x", {}),
    "parameter that is too large": ("RETURN $x AS x", {"x": 2**70}),
    "parameter that is no value": ("RETURN $x AS x", {"x": object()}),
}


@pytest.mark.parametrize(("statement", "parameters"), WRONG.values(), ids=WRONG)
def test_a_wrong_statement_is_one_line_of_error(
    store: Store, statement: str, parameters: dict[str, Any]
) -> None:
    with pytest.raises(QueryError) as caught:
        store.cypher(statement, parameters)
    assert "\n" not in str(caught.value)


def test_a_parameter_is_never_read_as_cypher(store: Store) -> None:
    hostile = "x'}) DETACH DELETE n //"
    rows = store.cypher("MATCH (n:Task {id: $id}) RETURN n.id AS id", {"id": hostile})
    assert rows.rows == ()


def test_what_is_refused_is_refused_with_the_same_words(store: Store) -> None:
    with pytest.raises(QueryError) as caught:
        store.cypher("MATCH (a)-[:CITES*]->(b) RETURN b.id AS id")
    assert str(caught.value) == (
        "line 1, column 18: the length of the path has no upper bound. "
        "Say how far: *1..N, such as *1..5."
    )
