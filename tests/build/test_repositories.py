"""Records of repositories tell of the repositories that papers are tied to."""

from collections.abc import Iterator

import pytest
from test_invariants import BUILDER, CATALOGUE, reads

from graphkb.build.check import check_store
from graphkb.build.intake import Intake
from graphkb.build.loading import Loading
from graphkb.model.graph import Entity
from graphkb.model.record import PaperRecord, Record, RepositoryRecord
from graphkb.store import open_store
from graphkb.store.protocol import Store

ID = "repo:github.com/wind/kite"
KITE = RepositoryRecord(ID, ID, "Wind/Kite", "https://github.com/Wind/Kite", 12, "Python")
PAPER = PaperRecord(key="1", title="On Kites", repositories=(ID,))


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    with open_store(store_url, write=True) as opened:
        yield opened


def loading(store: Store) -> Loading:
    return Loading(store, BUILDER, CATALOGUE, reads, share=10.0)


def load(store: Store, name: str, *records: Record) -> None:
    loading(store).load([Intake(f"test:{name}", f"place/{name}", records, 0, (), ())])
    assert not list(check_store(store, BUILDER, loading(store).pending))


def repository(store: Store) -> Entity | None:
    return store.entities_by_id([ID]).get(ID)


def test_a_repository_has_its_stars_whatever_comes_first(store: Store) -> None:
    load(store, "papers", PAPER)
    load(store, "github", KITE)
    found = repository(store)
    assert found is not None
    assert found.name == "Wind/Kite"
    assert (found.properties["stars"], found.properties["language"]) == (12, "Python")
    assert [edge.end for edge in store.edges_out("Paper", ["title:on-kites"])] == [ID]
    with open_store(":memory:", write=True) as other:
        load(other, "github", KITE)
        load(other, "papers", PAPER)
        assert repository(other) == found


def test_it_stays_while_a_record_tells_of_it(store: Store) -> None:
    load(store, "github", KITE)
    load(store, "papers", PAPER, PaperRecord(key="2", title="On Wind"))
    before = repository(store)
    load(store, "papers", PaperRecord(key="2", title="On Wind"))
    assert repository(store) == before
    loading(store).forget("test:github")
    assert repository(store) is None


def test_the_most_stars_count(store: Store) -> None:
    load(store, "old", RepositoryRecord(ID, ID, "wind/kite", "https://github.com/wind/kite", 90))
    load(store, "new", KITE)
    found = repository(store)
    assert found is not None
    assert (found.properties["stars"], found.properties["language"]) == (90, "Python")


def test_a_source_of_repositories_holds_no_paper(store: Store) -> None:
    load(store, "github", KITE)
    (source,) = (s for s in store.entities(["Source"]) if s.id == "test:github")
    assert (source.properties["papers"], source.properties["records"]) == (0, 1)
    assert loading(store).load([Intake("test:github", "place/github", (KITE,), 0, (), ())])[1] == 0
