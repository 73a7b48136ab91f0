"""What a load reports, and in which order a store that cannot write at once is written."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import graphkb
from graphkb.build.change import changes_between, stages
from graphkb.build.check import check_store
from graphkb.build.derive import Read
from graphkb.build.ground import Builder, builtin_entity, source_entity
from graphkb.build.intake import Intake
from graphkb.build.loading import Loading
from graphkb.extract.catalogue import Catalogue
from graphkb.extract.reader import Reader, accepted
from graphkb.model.graph import Edge, Entity, Graph, graph_digest
from graphkb.model.reading import Reading
from graphkb.model.record import PaperRecord
from graphkb.store import open_store
from graphkb.store.protocol import Changes, Store

CATALOGUE = Catalogue([])
READER = Reader(CATALOGUE)
BUILDER = Builder("1.0", "test", CATALOGUE.digest)


def read(title: str, abstract: str) -> Reading:
    return accepted(READER.read(title, abstract))


def reads(_: Catalogue) -> Read:
    return read


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store(":memory:", write=True) as opened:
        yield opened


def loading(store: Store, builder: Builder = BUILDER) -> Loading:
    return Loading(store, builder, CATALOGUE, reads)


def intake(name: str, *records: PaperRecord) -> Intake:
    return Intake(f"test:{name}", f"place/{name}", records, 0, (), ())


ONE = PaperRecord(key="1", title="One", arxiv="2401.00001", doi="10.1/journal")
OTHER = PaperRecord(key="2", title="Other", arxiv="2401.00001", doi="10.2/conference")


def test_a_link_that_was_refused_is_told_of_the_source_that_brought_it(store: Store) -> None:
    loading(store).load([intake("a", ONE)])
    (report,), _ = loading(store).load([intake("b", OTHER)])
    (notice,) = report.notices
    assert notice.place == "record 2"
    assert "test:a#1" in notice.message
    assert "two published DOIs: doi:10.1/journal, doi:10.2/conference" in notice.message


def test_a_source_may_have_the_id_of_a_paper(store: Store) -> None:
    source = Intake("arxiv:2401.00001", "place", (ONE,), 0, (), ())
    loading(store).load([source])
    assert store.entities_by_id(["arxiv:2401.00001"])["arxiv:2401.00001"].label == "Paper"
    assert not list(check_store(store, BUILDER, loading(store).pending))
    assert loading(store).load([source])[1] == 0


def test_works_that_were_not_joined_are_both_in_the_store(store: Store) -> None:
    loading(store).load([intake("a", ONE, OTHER)])
    papers = {entity.id: entity.name for entity in store.entities(["Paper"])}
    assert papers == {"arxiv:2401.00001": "One", "doi:10.2/conference": "Other"}


def test_a_load_by_a_new_version_derives_again_and_says_that_the_content_is_the_same(
    store: Store,
) -> None:
    loading(store).load([intake("a", ONE)])
    (report,), changes = loading(store, Builder("2.0", "test", "x")).load([intake("a", ONE)])
    assert report.outcome == "unchanged"
    assert changes > 0


def test_a_thing_that_turns_out_to_be_a_model_is_moved_with_its_edges(store: Store) -> None:
    named = PaperRecord(key="1", title="A", abstract="We extend KiteNet, a method for kites.")
    introduced = PaperRecord(
        key="2",
        title="KiteNet: A Language Model",
        abstract="We introduce KiteNet, a large language model of 7B parameters.",
    )
    loading(store).load([intake("a", named)])
    loading(store).load([intake("b", introduced)])
    with open_store(":memory:", write=True) as together:
        loading(together).load([intake("a", named), intake("b", introduced)])
        expected = graph_digest(together.entities(), together.edges())
    assert graph_digest(store.entities(), store.edges()) == expected
    loading(store).forget("test:b")
    loading(store).load([intake("b", introduced)])
    assert graph_digest(store.entities(), store.edges()) == expected


@pytest.mark.parametrize("labels", [("Method", "Model"), ("Model", "Method")])
def test_an_entity_of_another_label_is_deleted_and_made_again_with_all_its_edges(
    store: Store, labels: tuple[str, str]
) -> None:
    def graph(label: str) -> Graph:
        kite, wind = Entity(label, "method:kite", {"name": "Kite"}), Entity("Task", "task:w", NAMED)
        paper = Entity("Paper", "arxiv:1", {"name": "P", "title": "P"})
        return Graph.of(
            [kite, wind, paper],
            [
                Edge("arxiv:1", "INTRODUCES", "method:kite", "arxiv:1", "Paper", label, {}),
                Edge("method:kite", "APPLIED_TO", "task:w", "arxiv:1", label, "Task", {}),
            ],
        )

    for label in labels:
        wanted = graph(label)
        store.write(changes_between(store.entities(), store.edges(), wanted))
        held = graph_digest(store.entities(), store.edges())
        assert held == graph_digest(wanted.entities.values(), wanted.edges.values())


NAMED = {"name": "w"}


def test_the_stages_of_a_write_together_are_the_write(store: Store) -> None:
    source = Entity("Source", "test:a", {"name": "a", "state": "complete"})
    gone = Entity("Source", "test:b", {"name": "b", "state": "complete"})
    record = Entity("Record", "test:a#1", {"name": "1", "source": "test:a", "payload": "{}"})
    task = Entity("Task", "task:w", NAMED)
    store.write(Changes(entities=(gone,)))
    changes = Changes(delete_entities=(gone,), entities=(task, record, source))
    builtin = builtin_entity(BUILDER)
    states = []
    for part in stages(changes, builtin):
        store.write(part)
        states.append({s.id: s.properties["state"] for s in store.entities(["Source"])})
    unfinished = {"test:a": "loading", "test:b": "loading", builtin.id: "loading"}
    assert states == [unfinished, unfinished, {"test:a": "complete", builtin.id: "complete"}]
    assert {entity.id for entity in store.entities(["Record", "Task"])} == {"test:a#1", "task:w"}


def test_a_rebuild_that_stopped_is_found_and_the_next_one_completes_it(store: Store) -> None:
    citing = PaperRecord(key="1", title="Citing", references=("doi:10.1/gone",))
    loading(store).load([intake("a", citing)])
    expected = graph_digest(store.entities(), store.edges())
    lost = Changes(delete_edges=tuple(store.edges(["CITES"])))
    marking, deriving, _ = stages(lost, builtin_entity(BUILDER))
    store.write(marking)
    store.write(deriving)
    (finding,) = check_store(store, BUILDER, loading(store).pending)
    assert finding.remedy == "run `graphkb rebuild` again"
    loading(store).rebuild()
    assert graph_digest(store.entities(), store.edges()) == expected


def test_an_unfinished_load_is_told_whenever_the_store_is_opened(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    url = str(tmp_path / "graph.kgl")
    source = source_entity("papers:x", [PaperRecord(key="1", title="T")], "x", state="loading")
    with open_store(url, write=True) as store:
        store.write(Changes(entities=(source,)))
    with graphkb.open(url) as base:
        base.stats()
    assert "the load of papers:x is unfinished; load it again" in caplog.text


def test_the_same_content_again_finishes_what_a_kill_left_loading(store: Store) -> None:
    loading(store).load([intake("a", ONE)])
    whole = graph_digest(store.entities(), store.edges())
    killed = source_entity("test:a", [ONE], "place/a", state="loading")
    store.write(Changes(entities=(killed,)))
    _, changes = loading(store).load([intake("a", ONE)])
    assert changes == 1
    assert graph_digest(store.entities(), store.edges()) == whole


def two_files(folder: Path, first: str, second: str) -> tuple[str, str]:
    paths = folder / "a" / "x.jsonl", folder / "b" / "x.jsonl"
    for path, title in zip(paths, (first, second), strict=True):
        path.parent.mkdir()
        path.write_text(f'{{"id": "1", "title": "{title}"}}\n')
    return str(paths[0]), str(paths[1])


def test_two_sources_of_one_name_and_content_in_one_load_are_told_of(tmp_path: Path) -> None:
    first, second = two_files(tmp_path, "Same", "Same")
    with graphkb.open(":memory:") as base:
        report = base.load(first, second)
    (loaded,) = report.sources
    assert [second in notice.message for notice in loaded.notices] == [True]
    assert not report.failures


def test_two_sources_of_one_name_in_one_load_must_not_differ(tmp_path: Path) -> None:
    first, second = two_files(tmp_path, "One", "Other")
    with graphkb.open(":memory:") as base:
        report = base.load(first, second)
    assert [failure.source for failure in report.failures] == [second]
    assert [loaded.kept for loaded in report.sources] == [1]
