"""What is exported comes in one order, batch by batch, the same of a store as of a graph."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from emptied_server import emptied

from graphkb.export import content, counted
from graphkb.export.content import Content, GraphContent, StoreContent
from graphkb.export.counted import Counted
from graphkb.export.write import write_export
from graphkb.model.graph import Edge, Entity, Graph, Value
from graphkb.model.schema import ENTITY_TYPES, RELATIONSHIP_TYPES
from graphkb.store import Changes, Store, open_store

GROUND = {"name": "a", "loader": "papers", "content": "0", "place": "/home/me"}


def paper(number: int) -> Entity:
    name = f"Paper {number}"
    return Entity("Paper", f"arxiv:24{number:02}.1", {"name": name, "title": name, "stub": False})


def cites(start: int, end: int, by: int) -> Edge:
    ids = [f"arxiv:24{number:02}.1" for number in (start, end, by)]
    properties: dict[str, Value] = {"confidence": by, "sources": ("papers:a", "papers:b")}
    return Edge(*(ids[0], "CITES", ids[1], ids[2]), "Paper", "Paper", properties)


def graph() -> Graph:
    """Return papers, a method and a source; edges in several types, directions and parallels."""
    papers = [paper(number) for number in range(5)]
    method = Entity("Method", "method:a", {"name": "A", "aliases": ("a", "\u00e4"), "support": 2})
    # A Neo4j sorts the second before the first.
    tasks = [Entity("Task", f"task:{last}", {"name": "t"}) for last in ("\uff5e", "\U00010000")]
    # Named like a paper, and of no concern to its edges.
    source = Entity("Source", papers[0].id, GROUND)
    edges = [cites(start, end, by) for start in (3, 0) for end in (4, 0, 2) for by in (start, 1)]
    edges.append(Edge(method.id, "EXTENDS", method.id, papers[0].id, "Method", "Method", {}))
    edges += [
        Edge(papers[2].id, "MENTIONS", one.id, papers[2].id, "Paper", one.label, {"role": "x"})
        for one in (method, *tasks)
    ]
    return Graph.of([*papers, method, *tasks, source], edges)


@pytest.fixture(scope="module", params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def store(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    with pytest.MonkeyPatch.context() as environment:
        url = str(tmp_path_factory.mktemp("store") / "graph.kgl")
        if request.param == "neo4j":
            url = emptied(request.getfixturevalue("neo4j_server"), environment)
        with open_store(url, write=True) as opened:
            whole = graph()
            opened.write(
                Changes(
                    entities=tuple(whole.entities.values())[::-1],
                    edges=tuple(whole.edges.values())[::-1],
                )
            )
        with open_store(url) as opened:
            yield opened


@pytest.fixture(params=[500, 1])
def small_batches(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(content, "_ENTITIES", request.param)
    monkeypatch.setattr(content, "_STARTS", request.param)
    return int(request.param)


@pytest.mark.usefixtures("small_batches")
def test_a_store_is_read_in_the_order_of_its_graph(store: Store) -> None:
    of_store, of_graph = StoreContent(store, ground=True), GraphContent(graph())
    assert list(of_store.entities()) == list(of_graph.entities())
    assert list(of_store.edges()) == list(of_graph.edges())
    assert list(of_store.edges({"MENTIONS"})) == list(of_graph.edges({"MENTIONS"}))
    assert list(of_store.edges(set())) == []


@pytest.mark.usefixtures("small_batches")
def test_columns_hold_what_entities_and_edges_hold(store: Store) -> None:
    of_store, of_graph = StoreContent(store, ground=True), GraphContent(graph())
    for declared in ENTITY_TYPES:
        found = rows(of_store, declared.label)
        assert found == rows(of_graph, declared.label)
        assert [row["id"] for row in found] == [e.id for e in of_graph.entities((declared.label,))]
    for type_ in RELATIONSHIP_TYPES:
        found = rows(of_store, type_.name)
        assert found == rows(of_graph, type_.name)
        keys = [(row["start"], type_.name, row["end"], row["paper"]) for row in found]
        assert keys == [edge.key for edge in of_graph.edges((type_.name,))]


def rows(found: Content, kind: str) -> list[dict[str, object]]:
    """Return the rows of the columns of a label or type, without what is not there."""
    is_label = kind in {declared.label for declared in ENTITY_TYPES}
    batches = found.entity_columns(kind) if is_label else found.edge_columns(kind)
    return [
        {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in zip(batch, row, strict=True)
            if value is not None
        }
        for batch in batches
        for row in zip(*batch.values(), strict=True)
    ]


def test_entities_and_edges_are_counted_by_kind(store: Store) -> None:
    for found in (StoreContent(store), GraphContent(graph())):
        assert found.entity_counts(("Paper", "Task", "Author")) == {"Paper": 5, "Task": 2}
        assert found.edge_counts() == {"CITES": 12, "EXTENDS": 1, "MENTIONS": 3}
        assert found.edge_counts(("EXTENDS", "USES")) == {"EXTENDS": 1}
    assert StoreContent(store, ground=True).count() == GraphContent(graph()).count()


@pytest.mark.usefixtures("small_batches")
def test_some_entities_are_read_alone(store: Store) -> None:
    ids = {paper(number).id for number in (3, 1)} | {"arxiv:none", "method:a"}
    for found in (StoreContent(store), GraphContent(graph())):
        assert [one.id for one in found.entities_of("Paper", ids)] == [paper(1).id, paper(3).id]
        assert list(found.entities_of("Source", ids)) == []


@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize("incoming", [False, True])
def test_the_edges_of_some_entities_are_read_alone(store: Store, incoming: bool) -> None:
    ids, types = {paper(0).id, paper(2).id}, ("CITES", "MENTIONS")
    found, expected = (
        {edge.key for edge in one.edges_of("Paper", ids, types, incoming=incoming)}
        for one in (StoreContent(store), GraphContent(graph()))
    )
    assert found == expected
    assert len(found) == (8 if incoming else 9)
    assert list(StoreContent(store).edges_of("Paper", ids, ())) == []


def test_what_is_counted_is_taken(store: Store) -> None:
    taken = Counted(StoreContent(store))
    taken.entity_counts(("Task",))
    taken.edge_counts(("MENTIONS",))
    assert (taken.entity_count, taken.edge_count) == (2, 3)


def test_what_tells_of_this_machine_is_left_out(store: Store) -> None:
    of_store = StoreContent(store, ground=True)
    assert all("place" not in entity.properties for entity in of_store.entities(("Source",)))
    assert all("place" not in batch for batch in of_store.entity_columns("Source"))


def test_sources_are_part_of_it_where_that_is_asked(store: Store) -> None:
    assert list(StoreContent(store).entity_columns("Source")) == []
    assert len(list(StoreContent(store, ground=True).entities(("Source",)))) == 1


@pytest.mark.parametrize("name", ["csv", "cypher", "graphml", "parquet"])
def test_a_store_is_written_with_the_bytes_of_its_graph(
    store: Store, tmp_path: Path, name: str
) -> None:
    write_export(StoreContent(store, ground=True), name, tmp_path / "store")
    write_export(GraphContent(graph()), name, tmp_path / "graph")
    written, expected = (
        {p.relative_to(tmp_path / root): p.read_bytes() for p in (tmp_path / root).rglob("*.*")}
        or {Path(): (tmp_path / root).read_bytes()}
        for root in ("store", "graph")
    )
    assert written == expected


def test_what_is_taken_again_counts_once(store: Store) -> None:
    taken = Counted(StoreContent(store, ground=True))
    for _ in range(2):
        assert len(list(taken.entities())) == len(graph().entities)
        assert sum(len(batch["start"]) for batch in taken.edge_columns("CITES")) == 12
    assert list(taken.edge_columns("MENTIONS"))
    assert (taken.entity_count, taken.edge_count) == (len(graph().entities), 15)


def test_how_far_it_is_is_told_of_how_many(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counted, "_TOLD", 1)
    whole = graph()
    told: list[tuple[int, int]] = []
    taken = Counted(StoreContent(store, ground=True), lambda *many: told.append(many))
    assert len([*taken.entities(), *taken.edges()]) == len(told)
    size = len(whole.entities) + len(whole.edges)
    assert [done for done, _ in told] == list(range(1, size + 1))
    assert {total for _, total in told} == {size}


def test_no_more_than_some_batches_are_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """A format that has read a few entities has made a store give no more than a batch."""
    monkeypatch.setattr(content, "_ENTITIES", 10)
    with open_store(":memory:", write=True) as store:
        store.write(Changes(entities=tuple(paper(number) for number in range(100))))
        asked: list[int] = []
        read = store.entities_by_id

        def counting(ids: Iterable[str], label: str | None = None) -> dict[str, Entity]:
            wanted = list(ids)
            asked.append(len(wanted))
            return read(wanted, label)

        monkeypatch.setattr(store, "entities_by_id", counting)
        entities = StoreContent(store).entities()
        assert next(entities).id == "arxiv:2400.1"
        assert asked == [10]
