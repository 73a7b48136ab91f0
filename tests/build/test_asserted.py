"""Entities and edges as asserted: beside what records derive, and as if they had never been."""

from collections.abc import Sequence
from itertools import permutations

import pytest
from asserted_graphs import asserting, assertions, graphs, held
from hypothesis import given, settings
from hypothesis import strategies as st
from test_invariants import BUILDER, CATALOGUE, World, digest, loading, reads, worlds

from graphkb.build.check import check_store
from graphkb.build.contract import breach
from graphkb.build.intake import Intake
from graphkb.build.loading import Loading
from graphkb.model.decision import Decision
from graphkb.model.graph import Edge, Entity, Graph, Value
from graphkb.model.record import AssertedRecord, PaperRecord, record_from_json
from graphkb.store import open_store
from graphkb.store.protocol import Store

KITE = Entity("Method", "method:kite", {"name": "KITE", "kind": "method"})
PPO = Entity("Method", "method:ppo", {"name": "PPO", "kind": "method"})
TEXT = "We introduce KITE. KITE extends PPO."


def paper(id_: str, name: str, **properties: Value) -> Entity:
    stub: dict[str, Value] = {"stub": False, "sources": ("other:store",)}
    return Entity("Paper", id_, {"name": name, "title": name, **stub, **properties})


def edge(start: Entity, type_: str, end: Entity, by: Entity, **properties: Value) -> Edge:
    said: dict[str, Value] = {"rule": "record", "confidence": 1000, "sources": ("other:store",)}
    return Edge(start.id, type_, end.id, by.id, start.label, end.label, {**said, **properties})


SAID: dict[str, Value] = {
    "field": "abstract",
    "begin": 19,
    "stop": 36,
    "evidence": "KITE extends PPO.",
    "rule": "test",
    "confidence": 700,
}


def papers_source(*records: PaperRecord, name: str = "papers") -> Intake:
    return Intake(f"test:{name}", f"place/{name}", records, 0, (), ())


def loaded(*intakes: Intake, decisions: Sequence[Decision] = ()) -> Graph:
    with open_store(":memory:", write=True) as store:
        if decisions:
            loading(store).decide(decisions)
        for intake in intakes:
            loading(store).load([intake])
        assert tuple(check_store(store, BUILDER, loading(store).pending)) == ()
        return held(store)


# What is asserted is held


def test_a_record_is_read_back_as_it_was_written() -> None:
    by = paper("arxiv:2401.00001", "A title", abstract=TEXT)
    graph = Graph.of([by, KITE, PPO], [edge(KITE, "EXTENDS", PPO, by, **SAID)])
    for record in assertions(graph):
        assert record_from_json(record.to_json()) == record


def test_what_is_asserted_is_held_verbatim_with_its_sources_and_support() -> None:
    by = paper("title:a~1b2c3d4e", " A  title\x07 ", abstract=TEXT, former_ids=("title:a",))
    kite = Entity("Method", "method:kite", {**KITE.properties, "support": 9, "support_groups": 4})
    ppo = Entity("Method", "method:ppo", {**PPO.properties, "support": 0, "support_groups": 0})
    graph = Graph.of([by, kite, ppo], [edge(kite, "EXTENDS", ppo, by, **SAID)])
    found = loaded(asserting("graph", graph))
    assert found.edges == graph.edges
    assert found.entities[by.id] == by
    assert found.entities["method:kite"] == kite


def test_text_that_is_asserted_is_not_read() -> None:
    found = loaded(
        asserting("graph", Graph.of([paper("p", "We introduce KITE", abstract=TEXT)], []))
    )
    assert list(found.entities) == ["p"]


def test_what_nothing_is_said_of_is_filled_in() -> None:
    by = Entity("Paper", "p", {"name": "A title", "title": "A title", "published": "2024-05"})
    bare = Edge("p", "INTRODUCES", "method:kite", "p", "Paper", "Method", {})
    bench = Entity("Benchmark", "method:bench", {"name": "Bench"})
    found = loaded(asserting("graph", Graph.of([by, KITE, bench], [bare])))
    assert found.entities["p"].properties["sources"] == ("test:graph",)
    assert found.entities["p"].properties["stub"] is False
    assert found.entities["method:bench"].properties["kind"] == "benchmark"
    assert found.entities["method:kite"].properties["support"] == 1
    [told] = found.edges.values()
    assert told.properties == {
        "rule": "asserted",
        "confidence": 1000,
        "sources": ("test:graph",),
        "stated": "2024-05",
    }


def test_a_cited_paper_that_nobody_asserts_is_a_stub() -> None:
    by = paper("p", "A title")
    cites = Edge("p", "CITES", "arxiv:2401.00009", "p", "Paper", "Paper", {})
    found = loaded(asserting("graph", Graph.of([by], [cites])))
    assert found.entities["arxiv:2401.00009"].properties["stub"] is True


# Beside what records derive

RECORD = PaperRecord("1", "A Study of KITE", TEXT, arxiv="2401.00001", doi="10.1/a")


def test_an_asserted_paper_is_the_delivered_one_that_shares_an_identifier() -> None:
    other = paper("s2:77", "a study of kite", doi="10.1/a", venue="Wind", former_ids=("dblp:x/y",))
    cited = paper("q", "Another")
    cites = edge(cited, "CITES", other, cited)
    found = loaded(papers_source(RECORD), asserting("graph", Graph.of([other, cited], [cites])))
    shown = found.entities["arxiv:2401.00001"]
    assert shown.name == "A Study of KITE"
    assert shown.properties["venue"] == "Wind"
    assert shown.properties["former_ids"] == ("dblp:x/y", "doi:10.1/a", "s2:77")
    assert shown.properties["sources"] == ("other:store", "test:papers")
    assert ("q", "CITES", "arxiv:2401.00001", "q") in found.edges
    assert "s2:77" not in found.entities


@pytest.mark.parametrize("id_", ["arxiv:2401.00002", "title:a-study-of-kite"])
def test_an_asserted_paper_of_another_identifier_is_another_paper(id_: str) -> None:
    other = paper(id_, "A Study of KITE")
    found = loaded(papers_source(RECORD), asserting("graph", Graph.of([other], [])))
    assert {id_, "arxiv:2401.00001"} <= found.entities.keys()


def test_what_is_delivered_comes_before_what_is_asserted_and_lists_unite() -> None:
    told = Entity(
        "Method", "method:kite", {"name": "Kites", "aliases": ("K",), "long_name": "Kite X"}
    )
    record = PaperRecord("1", "KITE: A Study", "We introduce KITE, a method.", arxiv="2401.00001")
    found = loaded(papers_source(record), asserting("graph", Graph.of([told], [])))
    shown = found.entities["method:kite"].properties
    assert (shown["name"], shown["aliases"], shown["long_name"]) == ("KITE", ("K",), "Kite X")
    assert shown["support"] == 1


def test_a_paper_that_records_only_cite_is_told_of_by_what_is_asserted() -> None:
    citing = PaperRecord("1", "Citing", arxiv="2401.00001", references=("doi:10.1/b",))
    told = paper("arxiv:2401.00002", "Kites", doi="10.1/b")
    found = loaded(papers_source(citing), asserting("graph", Graph.of([told], [])))
    assert found.entities["arxiv:2401.00002"].properties["stub"] is False
    assert found.entities["arxiv:2401.00002"].properties["former_ids"] == ("doi:10.1/b",)
    assert "doi:10.1/b" not in found.entities
    [cites] = found.edges
    assert cites[2] == "arxiv:2401.00002"


def test_papers_of_two_sources_that_share_an_identifier_are_one() -> None:
    one, two = paper("s2:1", "Kites", doi="10.1/b"), paper("doi:10.1/b", "Kites", venue="Wind")
    found = loaded(asserting("a", Graph.of([one], [])), asserting("b", Graph.of([two], [])))
    assert list(found.entities) == ["doi:10.1/b"]
    assert found.entities["doi:10.1/b"].properties["former_ids"] == ("s2:1",)


def test_papers_that_one_source_tells_apart_stay_apart() -> None:
    graph = Graph.of([paper("s2:1", "Kites", doi="10.1/b"), paper("doi:10.1/b", "Kites")], [])
    assert loaded(asserting("a", graph)).entities.keys() == graph.entities.keys()


def test_where_sources_give_two_labels_most_decide_and_the_other_is_told() -> None:
    model = Entity("Model", "method:kite", {"name": "KITE", "kind": "model"})
    bench = Entity("Benchmark", "method:kite", {"name": "KITE", "kind": "benchmark"})
    by = paper("p", "A title")
    tested = Graph.of([by, bench], [edge(by, "EVALUATED_ON", bench, by)])
    intakes = [
        asserting("a", Graph.of([model], [])),
        asserting("b", Graph.of([model], [])),
        asserting("c", tested),
    ]
    graphs_found = [loaded(*order) for order in permutations(intakes)]
    assert all(found == graphs_found[0] for found in graphs_found)
    assert graphs_found[0].entities["method:kite"].label == "Model"
    assert not graphs_found[0].edges
    with open_store(":memory:", write=True) as store:
        reports, _ = loading(store).load(intakes)
    told = [(notice.place, notice.message) for notice in reports[2].notices]
    assert told == [
        ("method:kite", "it is a Model here, not a Benchmark; what is said of it is left out"),
        (
            "p EVALUATED_ON method:kite",
            "EVALUATED_ON joins Paper or Method or Model or Benchmark to Benchmark, "
            "not Paper to Model",
        ),
    ]


@pytest.mark.parametrize(
    ("abstract", "place"),
    [
        (TEXT, ("abstract", 19, 36)),
        (f"Once more: {TEXT}", ("abstract", 30, 47)),
        ("We fly kites.", None),
    ],
)
def test_a_quotation_is_placed_in_the_text_that_the_graph_has(
    abstract: str, place: tuple[str, int, int] | None
) -> None:
    by = paper("arxiv:2401.00001", "A title", abstract=TEXT)
    said = edge(KITE, "EXTENDS", PPO, by, **SAID)
    delivered = PaperRecord("1", "A title", abstract, arxiv="2401.00001", summary=True)
    found = loaded(papers_source(delivered), asserting("graph", Graph.of([by, KITE, PPO], [said])))
    told = found.edges["method:kite", "EXTENDS", "method:ppo", by.id].properties
    assert told["evidence"] == "KITE extends PPO."
    held_at = tuple(told[name] for name in ("field", "begin", "stop")) if "field" in told else None
    assert held_at == place


def test_a_quotation_of_a_paper_that_is_not_there_is_kept() -> None:
    said = Edge(
        *("method:kite", "EXTENDS", "method:ppo", "arxiv:2401.00001", "Method", "Method"),
        {**SAID, "sources": ("other:store",)},
    )
    found = loaded(asserting("graph", Graph.of([KITE, PPO], [said])))
    assert list(found.edges.values()) == [said]


def test_an_edge_that_records_and_a_source_give_rests_on_both() -> None:
    by = paper("arxiv:2401.00001", "Citing")
    record = PaperRecord("1", "Citing", arxiv="2401.00001", references=("doi:10.1/b",))
    told = paper("doi:10.1/b", "Kites")
    published: dict[str, Value] = {"stated": "2024-01"}
    cites = edge(by, "CITES", told, by, **published)
    found = loaded(papers_source(record), asserting("graph", Graph.of([by, told], [cites])))
    [shown] = found.edges.values()
    assert shown.properties["sources"] == ("other:store", "test:papers")


def test_a_rejected_edge_is_not_asserted_either() -> None:
    by = paper("arxiv:2401.00001", "A title", abstract=TEXT)
    said = edge(KITE, "EXTENDS", PPO, by, **SAID)
    wrong = Decision("reject", "edge", ("method:kite",), ("method:ppo",), ("K", "P"), "EXTENDS")
    graph = Graph.of([by, KITE, PPO], [said])
    assert not loaded(asserting("graph", graph), decisions=[wrong]).edges


def test_a_name_that_a_person_joined_is_joined_where_it_is_asserted() -> None:
    wind = Entity("Method", "method:wind", {"name": "WIND"})
    by = paper("p", "A title")
    joined = Decision("join", "name", ("method:kite",), ("method:wind",), ("KITE", "WIND"))
    graph = Graph.of([by, KITE, wind], [edge(by, "USES", wind, by)])
    found = loaded(asserting("graph", graph), decisions=[joined])
    assert "method:wind" not in found.entities
    assert ("p", "USES", "method:kite", "p") in found.edges


# A record that no store can hold


@pytest.mark.parametrize(
    ("record", "what"),
    [
        (AssertedRecord(Entity("Kite", "x", {"name": "x"})), "'Kite' is no label"),
        (AssertedRecord(Entity("Source", "x", {"name": "x"})), "'Source' is no label"),
        (AssertedRecord(Entity("Task", "", {"name": "x"})), "its id is empty"),
        (AssertedRecord(Entity("Task", "x", {})), "it has no name"),
        (AssertedRecord(Entity("Task", "x", {"name": "x" * 5000})), "its name is longer"),
        (AssertedRecord(Entity("Task", "x\ud800", {"name": "x"})), "half a character"),
        (AssertedRecord(Entity("Task", "x", {"name": "x", "aliases": ("\ud800",)})), "half a"),
        (AssertedRecord(Entity("Task", "x", {"name": "x", "stars": 3})), "no property 'stars'"),
        (AssertedRecord(Entity("Task", "x", {"name": "x", "support": "3"})), "a whole number"),
        (AssertedRecord(Entity("Task", "x", {"name": "x", "support": 2**63})), "64 bits"),
        (AssertedRecord(Entity("Result", "x", {"name": "x", "value": float("nan")})), "finite"),
        (AssertedRecord(Entity("Paper", "x", {"name": "x"})), "its title is not its name"),
        (
            AssertedRecord(KITE, (Edge("method:kite", "EATS", "x", "p", "Method", "Task", {}),)),
            "'EATS' is no type",
        ),
        (
            AssertedRecord(KITE, (Edge("method:kite", "CITES", "x", "p", "Method", "Paper", {}),)),
            "CITES joins Paper to Paper, not Method to Paper",
        ),
        (
            AssertedRecord(KITE, (Edge("x", "USES", "y", "p", "Method", "Method", {}),)),
            "it starts elsewhere",
        ),
    ],
)
def test_what_the_schema_does_not_allow_is_refused(record: AssertedRecord, what: str) -> None:
    assert what in (breach(record) or "")


# The invariants, of graphs that files trip over and of graphs that share papers with records


@settings(max_examples=50)
@given(graphs())
def test_whatever_the_schema_allows_is_held_and_can_be_asserted_again(graph: Graph) -> None:
    first = loaded(asserting("a", graph))
    assert loaded(asserting("a", first)) == first


@settings(max_examples=25)
@given(st.lists(graphs(), min_size=2, max_size=3))
def test_any_order_of_asserted_graphs_gives_one_graph(given_graphs: list[Graph]) -> None:
    intakes = [asserting(str(n), graph) for n, graph in enumerate(given_graphs)]
    found = [loaded(*order) for order in permutations(intakes)]
    assert all(other == found[0] for other in found)


def derived(world: World) -> Graph:
    with open_store(":memory:", write=True) as store:
        loading(store).load([world.intake(n) for n in range(len(world.sources))])
        return held(store)


def digest_of(intakes: Sequence[Intake]) -> str:
    with open_store(":memory:", write=True) as store:
        for intake in intakes:
            load(store, intake)
        return digest(store)


def load(store: Store, intake: Intake) -> int:
    return Loading(store, BUILDER, CATALOGUE, reads, share=float("inf")).load([intake])[1]


mixed = st.tuples(worlds.map(World), worlds.map(World), worlds.map(World))


@settings(max_examples=50)
@given(mixed, st.data())
def test_asserted_sources_are_idempotent_order_free_and_reversible(
    given_worlds: tuple[World, World, World], data: st.DataObject
) -> None:
    delivered, one, two = given_worlds
    intakes = [delivered.intake(n) for n in range(len(delivered.sources))]
    intakes += [asserting("one", derived(one)), asserting("two", derived(two))]
    intakes = [intake for intake in intakes if intake.records]
    order = data.draw(st.permutations(intakes))
    with open_store(":memory:", write=True) as store:
        for intake in order:
            load(store, intake)
        whole = digest(store)
        assert whole == digest_of(intakes)
        assert tuple(check_store(store, BUILDER, loading(store).pending)) == ()
        for intake in order:
            assert load(store, intake) == 0
        gone = data.draw(st.sampled_from(order)) if order else None
        if gone is not None:
            loading(store).forget(gone.id)
            assert digest(store) == digest_of([one for one in intakes if one is not gone])


@settings(max_examples=50)
@given(worlds.map(World))
def test_a_graph_asserted_beside_the_records_that_derive_it_changes_nothing(world: World) -> None:
    graph = derived(world)
    with open_store(":memory:", write=True) as store:
        loading(store).load([world.intake(n) for n in range(len(world.sources))])
        if graph.entities:
            load(store, asserting("again", graph))
        assert held(store) == graph
