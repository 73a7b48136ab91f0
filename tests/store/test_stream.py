"""Rows as they arrive, a statement's plan and the places of errors, on both stores alike."""

import os
import signal
import threading
from collections.abc import Iterator

import pytest

from graphkb.errors import QueryError
from graphkb.store import Changes, Store, open_store

LONG = (
    "UNWIND range(1, 30000) AS a UNWIND range(1, 900) AS b UNWIND range(1, 900) AS c "
    "WITH a + b + c AS d RETURN max(d) AS d"
)


@pytest.fixture
def store(store_url: str, sample: Changes) -> Iterator[Store]:
    with open_store(store_url, write=True) as filled:
        filled.write(sample)
    with open_store(store_url) as opened:
        yield opened


@pytest.mark.parametrize("limit", [None, 0, 1, 15, 16, 17, 4_999, 5_000, 5_001])
def test_a_stream_gives_what_cypher_gives(store: Store, limit: int | None) -> None:
    statement = "UNWIND range(1, 5000) AS x RETURN x, [x, null] AS l"
    rows = store.cypher(statement, limit=limit)
    with store.stream(statement, limit=limit) as found:
        assert (found.columns, tuple(found), found.cut) == (rows.columns, rows.rows, rows.cut)
    assert rows.cut == (limit is not None and limit < 5_000)
    assert len(rows.rows) == (5_000 if limit is None else min(limit, 5_000))


def test_a_stream_gives_relationships_with_the_ids_of_their_ends(store: Store) -> None:
    statement = "MATCH (:Paper)-[r:CITES]->() RETURN r ORDER BY r.paper"
    with store.stream(statement) as found:
        ends = [(row[0]["start"], row[0]["end"]) for row in found]
    assert ends == [("arxiv:1", "arxiv:3"), ("arxiv:2", "arxiv:1"), ("arxiv:3", "arxiv:2")]


def test_a_stream_that_is_left_early_holds_nothing(store: Store) -> None:
    for _ in range(3):
        with store.stream("UNWIND range(1, 200000) AS x RETURN x") as found:
            assert next(iter(found)) == (1,)
    with store.stream("UNWIND range(1, 200000) AS x RETURN x"):
        pass
    assert store.cypher("RETURN 1 AS one").rows == ((1,),)


def test_columns_are_known_before_the_first_row(store: Store) -> None:
    with store.stream("MATCH (a:Author) RETURN a.name AS name, a.id AS id") as found:
        assert found.columns == ("name", "id")
        assert list(found) == []


def test_a_stream_that_takes_too_long_says_what_allows_more(store: Store) -> None:
    with (
        pytest.raises(QueryError, match=r"took longer than 0\.2 s.*--timeout"),
        store.stream(LONG, timeout=0.2) as found,
    ):
        list(found)


def test_ctrl_c_ends_a_statement_and_the_store_answers_on(store: Store) -> None:
    def streamed(text: str) -> None:
        with store.stream(text) as found:
            list(found)

    for ask in (store.cypher, streamed):
        timer = threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT))
        timer.start()
        with pytest.raises(KeyboardInterrupt):
            ask(LONG)
        timer.join()
        assert store.cypher("MATCH (t:Task) RETURN t.id AS id").rows == (("task:moving",),)


def test_a_plan_names_what_is_done_and_runs_nothing(store: Store) -> None:
    steps = store.explain("MATCH (p:Paper) WHERE p.year > $y RETURN p.id AS id LIMIT 3", {"y": 1})
    assert len(steps) > 2
    assert all(step.operator and "\n" not in step.operator for step in steps)
    assert "Limit" in {step.operator for step in steps}
    assert store.explain(LONG)


def test_a_plan_is_made_of_reads_only(store: Store) -> None:
    with pytest.raises(QueryError, match="would change the store"):
        store.explain("MATCH (n) DETACH DELETE n")


PLACES = {
    "MATCH (p:Paper)\nRETURN p.id +": 2,
    "MATCH (p:Paper)\n  WHERE p.year = = 1\nRETURN p.id AS id": 2,
    "RETURN [1, 2 AS x": 1,
}


@pytest.mark.parametrize(("statement", "line"), PLACES.items())
def test_an_error_of_syntax_says_the_line(store: Store, statement: str, line: int) -> None:
    for ask in (store.cypher, store.explain):
        with pytest.raises(QueryError) as caught:
            ask(statement)
        assert (caught.value.where or "").startswith(f"line {line}, column ")
