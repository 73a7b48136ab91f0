"""A real Neo4j that was filled with an export holds what the store holds."""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from emptied_server import emptied
from imported_server import driver_of, imported_server, run_script
from neo4j import GraphDatabase
from neo4j_server import Neo4jServer
from odd_graph import ODD_TEXTS, odd_graph

import graphkb
from graphkb.model.graph import Edge, Entity, Value
from graphkb.model.schema import ENTITY_TYPES, RELATIONSHIP_TYPES
from graphkb.store import Changes, open_store, statements
from graphkb.store.script import pieces

pytestmark = pytest.mark.neo4j

# A Neo4j indexes names, and no name of 100 kB; the abstract of a paper may be as long.
LONG = max(ODD_TEXTS, key=len)
TEXTS = (
    *(text for text in ODD_TEXTS if text != LONG),
    r"a \ backslash, \n \u0041 \\u0041 and one at the end \\",
    "'; MATCH (n) DETACH DELETE n; //",
    "`back` $dollar {brace} /* */ // --",
    "\u2028\u2029\ufeff\x85\x7f",
    '"',
    "'",
)


class Exported(NamedTuple):
    """A store, its digest, and its exports in a folder."""

    url: str
    digest: str
    folder: Path


@pytest.fixture(scope="module")
def exported(sample_url: str, tmp_path_factory: pytest.TempPathFactory) -> Exported:
    """Return the sample beside odd texts, as folders."""
    with open_store(sample_url) as sample:
        changes = beside_odd_texts(sample.entities(), sample.edges())
        return written(tmp_path_factory.mktemp("with blanks"), changes, "csv", "parquet")


@pytest.fixture(scope="module")
def scripted(tmp_path_factory: pytest.TempPathFactory) -> Exported:
    """Return odd texts and a source as a script: each kind of edge takes a server a while."""
    source = Entity("Source", "papers:odd", {"name": "odd", "loader": "papers", "records": 0})
    return written(tmp_path_factory.mktemp("script"), beside_odd_texts([source], []), "cypher")


def beside_odd_texts(entities: Iterable[Entity], edges: Iterable[Edge]) -> Changes:
    odd = odd_graph(TEXTS)
    aliases = ("", *(text for text in TEXTS if "\x1f" not in text), "")
    task = Entity("Task", "task:odd", {"name": "t", "aliases": aliases})
    told: dict[str, Value] = {"name": "l", "title": "l", "stub": False, "abstract": LONG}
    paper = Entity("Paper", "arxiv:2402.00001", told)
    return Changes(
        entities=(*entities, *odd.entities.values(), task, paper),
        edges=(*edges, *odd.edges.values()),
    )


def written(folder: Path, changes: Changes, *formats: str) -> Exported:
    url = str(folder / "graph.kgl")
    with open_store(url, write=True) as store:
        store.write(changes)
    with graphkb.open(url) as base:
        for name in formats:
            assert base.export(name, folder / name).losses == ()
        return Exported(url, base.digest(), folder)


@pytest.fixture(scope="module", params=["csv", "parquet"])
def imported(request: pytest.FixtureRequest, exported: Exported) -> Iterator[str]:
    """Return the address of a server into which a folder was imported by its own command."""
    request.getfixturevalue("neo4j_server")  # where there is none to be had, that says so
    with imported_server(exported.folder / request.param) as server:
        yield server.url


def test_an_import_has_the_digest_of_the_store(imported: str, exported: Exported) -> None:
    with graphkb.open(imported) as base:
        assert base.digest() == exported.digest


def test_after_an_import_all_is_declared_that_graphkb_declares(imported: str) -> None:
    declared = {
        *((one.label, "id") for one in ENTITY_TYPES),
        *((o.label, n) for o in ENTITY_TYPES for n in statements.indexed_properties(o.label)),
    }
    login = os.environ["NEO4J_USERNAME"], os.environ["NEO4J_PASSWORD"]
    with GraphDatabase.driver(imported, auth=login) as driver:
        rows = driver.execute_query("SHOW RANGE INDEXES YIELD labelsOrTypes, properties").records
    found = {(labels[0], names[0]) for labels, names in rows}
    assert found >= declared


def test_a_first_search_makes_the_words_a_part_at_a_time_and_says_how_far_it_is(
    imported: str,
    exported: Exported,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("graphkb.store.neo4j_index._READ", 10)
    monkeypatch.setattr("graphkb.store.neo4j_index._SECONDS_BETWEEN", 0.0)
    with graphkb.open(imported) as base, graphkb.open(exported.url) as store:
        for text in ("GRPO", "reason", "padded", "policy optimization"):
            assert base.search(text) == store.search(text) != ()
        assert base.digest() == exported.digest
    told = [record.message for record in caplog.records]
    assert re.fullmatch(r"making the search index of the server, once: ([\d,]+) names …", told[0])
    total = told[0].split()[-3]
    assert told[-1] == f"making the search index: {total} of {total}"
    assert len(told) > 20


def test_a_script_makes_the_graph_and_a_second_time_changes_nothing(
    scripted: Exported, neo4j_server: Neo4jServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = emptied(neo4j_server, monkeypatch)
    for _ in range(2):
        with driver_of(neo4j_server) as driver:
            run_script(driver, scripted.folder / "cypher")
        with graphkb.open(url) as base:
            assert base.digest() == scripted.digest
            assert base.search("padded")
    with open_store(scripted.url) as here, open_store(url) as there:
        for text in ("MATCH (n) RETURN count(n)", *counts()):
            assert there.cypher(text).rows == here.cypher(text).rows


def counts() -> list[str]:
    return [f"MATCH ()-[r:{one.name}]->() RETURN count(r)" for one in RELATIONSHIP_TYPES]


def test_every_statement_of_a_script_ends_in_a_semicolon(scripted: Exported) -> None:
    found = list(pieces((scripted.folder / "cypher").read_text(encoding="utf-8")))
    assert len(found) > 20
    begun = ("CREATE ", "UNWIND ", "DROP INDEX ", "CALL db.awaitIndexes", "//")
    assert all(piece.text.startswith(begun) for piece in found)
