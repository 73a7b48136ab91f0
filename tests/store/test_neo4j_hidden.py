"""What a Neo4j keeps on its nodes to search by is seen by nobody who asks for the graph."""

import json
from collections.abc import Iterator

import pytest
from emptied_server import emptied
from neo4j_server import Neo4jServer

from graphkb.model.graph import Edge, Entity
from graphkb.query.search import search
from graphkb.store import Changes, Store, open_store
from graphkb.store.neo4j_keys import without_hidden_keys

pytestmark = pytest.mark.neo4j

PAPER = Entity(
    "Paper",
    "arxiv:2501.00001",
    {"name": "Gaits", "title": "Gaits", "abstract": "Agents walk.", "stub": False},
)
TASK = Entity("Task", "task:walking", {"name": "walking", "support": 1})
MENTION = Edge(PAPER.id, "MENTIONS", TASK.id, PAPER.id, "Paper", "Task", {"field": "title"})
KEYS = ["abstract", "id", "name", "stub", "title"]


@pytest.fixture(scope="module")
def store(neo4j_server: Neo4jServer) -> Iterator[Store]:
    """A store of a paper and a task, searched once, so that all is there to search by."""
    with pytest.MonkeyPatch.context() as patch:
        url = emptied(neo4j_server, patch)
        with open_store(url, write=True) as opened:
            opened.write(Changes(entities=(PAPER, TASK), edges=(MENTION,)))
        with open_store(url) as opened:
            assert [one.id for one in search(opened, "agents")] == [PAPER.id]
            yield opened


@pytest.mark.parametrize(
    "statement",
    [
        "MATCH (n) RETURN n",
        "MATCH (n) RETURN collect(n) AS all",
        "MATCH p = (:Paper)-->() RETURN p",
        "MATCH (n) RETURN properties(n)",
        "MATCH (n) RETURN n{.*}",
        "MATCH (n) RETURN {all: [n{.*, more: 1}]}",
        "MATCH (n) RETURN keys(n)",
        "MATCH (n) UNWIND KEYS (n) AS key RETURN DISTINCT key",
        "MATCH (n) UNWIND `keys`(properties(n)) AS key RETURN key, count(*)",
        "CALL { MATCH (n) RETURN keys(n) AS keys } RETURN keys",
    ],
)
def test_no_statement_shows_what_is_kept_to_search_by(store: Store, statement: str) -> None:
    rows = store.cypher(statement)
    assert rows.rows
    assert "search_" not in json.dumps([rows.columns, rows.rows])


def test_keys_are_those_of_the_graph(store: Store) -> None:
    statement = "MATCH (p:Paper) RETURN keys(p), size(keys(p))"
    rows = store.cypher(statement)
    assert rows.columns == ("keys(p)", "size(keys(p))")
    assert [(sorted(keys), size) for keys, size in rows.rows] == [(KEYS, 5)]


def test_keys_may_group_and_order(store: Store) -> None:
    statement = "MATCH (p:Paper) RETURN keys(p), count(*) AS papers ORDER BY keys(p), papers"
    assert [row[1] for row in store.cypher(statement).rows] == [1]


def test_keys_of_nothing_are_nothing(store: Store) -> None:
    assert store.cypher("RETURN keys(null) AS keys").rows == ((None,),)


def test_rows_that_stream_have_the_columns_that_were_written(store: Store) -> None:
    stream = store.stream("MATCH (p:Paper) RETURN keys(p)")
    assert stream.columns == ("keys(p)",)
    assert [sorted(row[0]) for row in stream] == [KEYS]


def test_what_is_read_is_what_was_written(store: Store) -> None:
    assert {entity.id: entity for entity in store.entities()} == {PAPER.id: PAPER, TASK.id: TASK}


@pytest.mark.parametrize(
    "text", ["RETURN 'keys(n)'", "MATCH (keys) RETURN (keys)", "MATCH (n:keys) RETURN n.keys"]
)
def test_only_calls_of_keys_are_changed(text: str) -> None:
    assert without_hidden_keys(text) == text
