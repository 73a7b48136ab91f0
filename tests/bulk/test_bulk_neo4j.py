"""What a bulk build writes is taken by Neo4j's own import, and is then the graph of a load."""

from collections.abc import Iterator

import pytest
from imported_server import imported_server

import graphkb
from benchmarks.made_paper import Papers
from benchmarks.sources import write
from graphkb import without_store


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
    with imported_server(folder) as server:
        yield server.url


def test_an_imported_bulk_build_has_the_digest_of_a_load(served: str, sources: list[str]) -> None:
    with graphkb.open(":memory:") as loaded, graphkb.open(served) as imported:
        loaded.load(*sources)
        assert imported.digest() == loaded.digest()


def test_an_import_is_searched_without_a_write(
    served: str, sources: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    with graphkb.open(":memory:") as loaded, graphkb.open(served) as imported:
        loaded.load(*sources)
        for text in ("GRPO", "policy optim", "the title"):
            assert imported.search(text) == loaded.search(text)
    assert not caplog.records


def test_a_load_goes_on_from_there_and_the_doctor_finds_nothing_wrong(
    served: str, sources: list[str]
) -> None:
    with graphkb.open(served) as base:
        assert base.doctor() == ()
        assert [one.outcome for one in base.load(sources[0]).sources] == ["unchanged"]
        assert base.doctor() == ()
