"""Running a named query: its parameters are checked, and names become ids."""

from collections.abc import Iterator

import pytest

from graphkb.errors import NotFoundError, QueryError
from graphkb.model.graph import Entity, Value
from graphkb.query.header import parse_query
from graphkb.query.named import named_queries, named_query, run_query
from graphkb.store import Changes, Store, open_store

ASK = parse_query(
    "// name: ask\n// title: What was given\n// param: method: method; the method\n"
    "// param: paper: paper = arxiv:2402.03300; the paper\n"
    "// param: limit: integer 1..9 = 5; most\n"
    "// param: since: date?; the first day\n"
    "// column: m: id; method\n// column: p: id; paper\n// column: l: integer; limit\n"
    "// column: s: date?; since\n// tags: methods\n// example: -p method=Reef\n"
    "RETURN $method AS m, $paper AS p, $limit AS l, $since AS s",
    "ask.cypher",
)


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """Return a store of a method and two papers, one of which had another id."""
    named: dict[str, Value] = {"name": "Knots", "title": "Knots", "stub": False}
    entities = (
        Entity(
            "Method",
            "method:reef",
            {"name": "Reef", "long_name": "Reef Knot", "aliases": ("Square Knot",)},
        ),
        Entity("Method", "method:refeed", {"name": "Refeed"}),
        Entity("Benchmark", "method:ropes", {"name": "Ropes"}),
        Entity("Paper", "arxiv:2402.03300", {**named, "former_ids": ("title:knots",)}),
    )
    with open_store(":memory:", write=True) as held:
        held.write(Changes(entities=entities))
        yield held


def asked(store: Store, **given: object) -> tuple[object, ...]:
    [row] = run_query(store, ASK, given).rows
    return row


@pytest.mark.parametrize(
    "name", ["method:reef", "reef", "REEF", "reefs", "square-knot", "Reef knot", "squ", "Reef"]
)
def test_a_name_in_any_spelling_becomes_the_id(store: Store, name: str) -> None:
    assert asked(store, method=name)[0] == "method:reef"


@pytest.mark.parametrize(
    "name", ["2402.03300", "arXiv:2402.03300v2", "title:knots", "https://arxiv.org/pdf/2402.03300"]
)
def test_an_identifier_in_any_spelling_and_a_former_id_become_the_id(
    store: Store, name: str
) -> None:
    assert asked(store, method="reef", paper=name)[1] == "arxiv:2402.03300"


def test_what_is_not_given_is_the_default_a_name_too(store: Store) -> None:
    assert asked(store, method="reef") == ("method:reef", "arxiv:2402.03300", 5, None)
    assert asked(store, method="reef", limit=None, since=None)[2:] == (5, None)
    assert asked(store, method="reef", limit="7")[2] == 7


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            {},
            "query ask needs method: the method (method). Add -p method=…, as in"
            " `graphkb query ask -p method=Reef`.",
        ),
        ({"method": None}, "query ask needs method"),
        (
            {"method": "reef", "limi": 3},
            "has no parameter 'limi'. Did you mean limit (integer 1..9 = 5; most)?",
        ),
        (
            {"method": "reef", "year": 3},
            "has no parameter 'year'. Its parameters: method (method), paper (paper = arxiv:2402.",
        ),
        ({"method": "reef", "limit": "few"}, "limit takes a whole number from 1 to 9, not 'few'"),
        ({"method": "reef", "limit": 1.5}, "limit takes a whole number from 1 to 9, not 1.5"),
        ({"method": "reef", "limit": 0}, "Limit is most (integer 1..9 = 5)."),
        ({"method": "reef", "limit": "-1"}, "limit takes a whole number from 1 to 9, not '-1'"),
        (
            {"method": "reef", "since": "June"},
            "since takes a date such as 2025, 2025-06 or 2025-06-30, not 'June'. Since is",
        ),
    ],
)
def test_a_wrong_parameter_is_refused(store: Store, given: dict[str, object], said: str) -> None:
    with pytest.raises(QueryError) as error:
        asked(store, **given)
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Re", "no method is called 'Re'. Did you mean Reef or Refeed?"),
        ("Reff", "no method is called 'Reff'. Did you mean Reef"),
        ("ropes", "no method is called 'ropes'. Ropes is a benchmark."),
        ("method:ropes", "no method is called 'method:ropes'. Ropes is a benchmark."),
        ("", "no method is called ''"),
        ("xyzzyplugh", "no method is called 'xyzzyplugh'. Try `graphkb search`."),
    ],
)
def test_a_name_of_nothing_says_what_is_near(store: Store, name: str, said: str) -> None:
    with pytest.raises(NotFoundError) as error:
        asked(store, method=name)
    assert str(error.value).startswith(said)


def test_a_name_of_another_kind_leads_to_the_question_about_that_kind(store: Store) -> None:
    with pytest.raises(NotFoundError) as error:
        run_query(store, named_query("used-together"), {"method": "Ropes"})
    assert (
        "Ropes is a benchmark. Run `graphkb query benchmarks-used-together -p benchmark=Ropes`"
        in str(error.value)
    )


def test_a_query_is_found_by_its_name_and_a_similar_one_suggested() -> None:
    assert named_query("methods") is named_queries()["methods"]
    with pytest.raises(NotFoundError, match="Did you mean methods"):
        named_query("method")
    with pytest.raises(NotFoundError, match="graphkb queries"):
        named_query("zzzz")
