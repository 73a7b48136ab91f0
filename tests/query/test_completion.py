"""What the shell offers at the cursor."""

import pytest

from graphkb.query.completion import FUNCTIONS, completions
from graphkb.store import open_store


def offered(before: str, after: str = "", *parameters: str) -> list[str]:
    return [found.text for found in completions(before, after, parameters)]


@pytest.mark.parametrize(
    ("before", "first"),
    {
        "MATCH (p:Pap": "Paper",
        "MATCH (p:Paper|Meth": "Method",
        "MATCH (p)-[:CIT": "CITES",
        "MATCH (p)-[r:CITES|US": "USES",
        "MATCH (n) WHERE n:Tas": "Task",
        "MATCH (p:Paper {ye": "year",
        "MATCH (p:Paper {year: 2020, ven": "venue",
        "MATCH ()-[r:OUTPERFORMS]->() RETURN r.evi": "evidence",
        "mat": "MATCH",
        "MATCH (paper:Paper) RETURN pa": "paper",
        "MATCH (p:Paper) WITH p AS publication RETURN pub": "publication",
        "RETURN coal": "coalesce(",
        "CALL db.la": "db.labels()",
    }.items(),
)
def test_what_belongs_there_comes_first(before: str, first: str) -> None:
    assert offered(before)[0] == first


def test_properties_are_those_of_the_label_of_the_variable() -> None:
    assert "abstract" in offered("MATCH (p:Paper), (t:Task) RETURN p.")
    assert "abstract" not in offered("MATCH (p:Paper), (t:Task) RETURN t.")
    assert "abstract" in offered("MATCH (x) RETURN x.")


def test_a_label_that_stands_behind_the_cursor_counts() -> None:
    assert offered("MATCH (t:Task) WHERE t.su", " > 1 RETURN t.id") == ["support"]


def test_parameters_are_those_that_have_a_value() -> None:
    assert offered("RETURN $s", "", "since", "until") == ["$since"]


def test_nothing_is_offered_within_a_string_or_a_comment() -> None:
    assert offered("RETURN 'mat") == []
    assert offered("RETURN 1 /* mat") == []


GROUPED = "UNWIND [1, 2] AS x RETURN {}(x) AS y"
PATH = "MATCH p = (:Task)-[*1..2]->() RETURN {}(p) AS y"
CALLS = {
    **dict.fromkeys(("count", "sum", "avg", "min", "max", "collect", "stDev"), GROUPED),
    **dict.fromkeys(("all", "any", "none", "single"), "RETURN {}(x IN [1, 2] WHERE x > 1) AS y"),
    **dict.fromkeys(("toString", "toInteger", "toFloat"), "RETURN {}(1) AS y"),
    **dict.fromkeys(("toLower", "toUpper", "trim", "ltrim", "rtrim"), "RETURN {}(' a') AS y"),
    **dict.fromkeys(("left", "right"), "RETURN {}('abc', 2) AS y"),
    **dict.fromkeys(("tail", "reverse", "size", "head", "last"), "RETURN {}([1, 2]) AS y"),
    **dict.fromkeys(("keys", "properties"), "RETURN {}({{a: 1}}) AS y"),
    **dict.fromkeys(("length", "nodes", "relationships"), PATH),
    "type": "MATCH ()-[r:USES]->() RETURN {}(r) AS y",
    "startNode": "MATCH ()-[r:USES]->() RETURN {}(r).id AS y",
    "endNode": "MATCH ()-[r:USES]->() RETURN {}(r).id AS y",
    "labels": "MATCH (t:Task) RETURN {}(t) AS y",
    "substring": "RETURN {}('abc', 1) AS y",
    "replace": "RETURN {}('abc', 'b', 'c') AS y",
    "split": "RETURN {}('a b', ' ') AS y",
    "range": "RETURN {}(1, 3) AS y",
    "coalesce": "RETURN {}(null, 1) AS y",
    "toBoolean": "RETURN {}('true') AS y",
}  # fmt: skip


def test_every_function_that_is_offered_is_one_of_both_stores(store_url: str) -> None:
    with open_store(store_url, write=True):
        pass
    with open_store(store_url, write=True) as store:
        for name in FUNCTIONS:
            statement = CALLS.get(name, "RETURN {}(4) AS y").format(name)
            assert store.cypher(statement).columns == ("y",), name
