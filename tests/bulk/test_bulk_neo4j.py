"""What a bulk build writes is taken by Neo4j's own import, and is then the graph of a load."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from neo4j import GraphDatabase
from neo4j_server import admin_program
from neo4j_server import neo4j_server as run_neo4j

import graphkb
from benchmarks.made_paper import Papers
from benchmarks.sources import write
from graphkb import without_store
from graphkb.store.script import pieces


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("sources")
    write(folder, Papers(60, 4.0, 0.5, 2), abstracts=True)
    (part,) = (folder / "openalex").rglob("part_*.gz")
    return [str(part), str(folder / "papers.jsonl"), "sample:"]


@pytest.fixture(scope="module", params=["csv", "parquet"])
def served(
    request: pytest.FixtureRequest, sources: list[str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Return the address of a server into which a bulk build was imported by its own command."""
    request.getfixturevalue("neo4j_server")  # where there is none to be had, that says so
    folder = tmp_path_factory.mktemp("bulk") / "out"
    # In few partitions and in more: each file of a kind begins with the same heads.
    without_store.bulk(*sources, out=folder, form=request.param, processes=1, partitions=3)

    def fill(home: Path) -> None:
        path = f"{admin_program(home, brief=True).parent}{os.pathsep}{os.environ['PATH']}"
        environment = {**os.environ, "PATH": path, "TMPDIR": str(home)}
        command = ["sh", str(folder / "import.sh")]
        subprocess.run(command, env=environment, check=True, capture_output=True, cwd=home)

    with run_neo4j(brief=True, fill=fill) as server, pytest.MonkeyPatch.context() as environment:
        for name, value in server.environment().items():
            environment.setenv(name, value)
        login = server.user, server.password
        with GraphDatabase.driver(server.url, auth=login) as driver, driver.session() as session:
            for piece in pieces((folder / "schema.cypher").read_text(encoding="utf-8")):
                session.run(piece.text).consume()
        yield server.url


def test_an_imported_bulk_build_has_the_digest_of_a_load(served: str, sources: list[str]) -> None:
    with graphkb.open(":memory:") as loaded, graphkb.open(served) as imported:
        loaded.load(*sources)
        assert imported.digest() == loaded.digest()


def test_a_load_goes_on_from_there_and_the_doctor_finds_nothing_wrong(
    served: str, sources: list[str]
) -> None:
    with graphkb.open(served) as base:
        # The words that people search by come with the first write.
        assert [one.outcome for one in base.load(sources[0]).sources] == ["unchanged"]
        assert base.doctor() == ()
