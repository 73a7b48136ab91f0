"""What counts as one thing in two graphs, on both stores."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import pytest

from graphkb.difference.change import Difference
from graphkb.difference.comparing import difference_of
from graphkb.errors import QueryError
from graphkb.export.content import GraphContent, StoreContent
from graphkb.model.graph import Edge, Entity, Graph, Value
from graphkb.store import Changes, Store, open_store

if TYPE_CHECKING:
    from graphkb.knowledge_base import KnowledgeBase


def paper(id_: str, **known: Value) -> Entity:
    return Entity("Paper", id_, {"name": "Knots", "title": "Knots", "stub": False, **known})


def method(key: str, **known: Value) -> Entity:
    return Entity("Method", f"method:{key}", {"name": key, **known})


def edge(start: Entity, type_: str, end: Entity, by: Entity, **told: Value) -> Edge:
    return Edge(start.id, type_, end.id, by.id, start.label, end.label, told)


def difference(one: Graph, other: Graph) -> Difference:
    return difference_of(GraphContent(one), GraphContent(other))


OLD, NEW = paper("title:knots"), paper("arxiv:1", former_ids=("title:knots",), arxiv="1")
KNOT, REEF, GRANNY = method("knot"), method("reef", support=1), method("granny")


def test_an_entity_under_a_better_id_is_renamed() -> None:
    found = difference(Graph.of([OLD], []), Graph.of([NEW], []))
    assert found.renamed == {"title:knots": "arxiv:1"}
    assert (found.entities.added, found.entities.removed) == ((), ())
    (pair,) = found.entities.changed
    told = [(change.name, change.before, change.after) for change in pair.properties]
    assert told == [
        ("id", "title:knots", "arxiv:1"),
        ("arxiv", None, "1"),
        ("former_ids", None, ("title:knots",)),
    ]


def test_the_edges_of_a_renamed_entity_are_no_difference() -> None:
    said: dict[str, Value] = {"evidence": "We tie Knot.", "confidence": 900}
    one = Graph.of([OLD, KNOT], [edge(OLD, "INTRODUCES", KNOT, OLD, **said)])
    other = Graph.of([NEW, KNOT], [edge(NEW, "INTRODUCES", KNOT, NEW, **said)])
    assert len(difference(one, other).edges) == 0


def test_an_edge_of_a_renamed_paper_that_states_something_else_changed() -> None:
    one = Graph.of([OLD, KNOT], [edge(OLD, "INTRODUCES", KNOT, OLD, confidence=1)])
    other = Graph.of([NEW, KNOT], [edge(NEW, "INTRODUCES", KNOT, NEW, confidence=2)])
    (pair,) = difference(one, other).edges.changed
    assert [change.name for change in pair.properties] == ["confidence"]


def test_a_number_whose_id_is_made_of_the_papers_is_the_same_number() -> None:
    before, after = (Entity("Result", f"result:{n}", {"name": "9.5", "value": 9.5}) for n in "ab")
    one = Graph.of([OLD, before], [edge(OLD, "REPORTS", before, OLD)])
    other = Graph.of([NEW, after], [edge(NEW, "REPORTS", after, NEW)])
    found = difference(one, other)
    assert found.renamed == {"title:knots": "arxiv:1", "result:a": "result:b"}
    assert len(found.edges) == 0


def test_two_numbers_that_are_alike_and_of_different_papers_are_two() -> None:
    other_paper = paper("arxiv:9")
    before, after = (Entity("Result", f"result:{n}", {"name": "9.5", "value": 9.5}) for n in "ab")
    one = Graph.of([OLD, other_paper, before], [edge(OLD, "REPORTS", before, OLD)])
    other = Graph.of([OLD, other_paper, after], [edge(other_paper, "REPORTS", after, other_paper)])
    found = difference(one, other)
    assert (found.entities.added, found.entities.removed) == ((after,), (before,))


def test_an_entity_of_another_kind_is_the_same_with_another_label() -> None:
    before, after = (
        Entity("Method", "method:x", {"name": "x"}),
        Entity("Benchmark", "method:x", {"name": "x"}),
    )
    one = Graph.of([OLD, before], [edge(OLD, "INTRODUCES", before, OLD)])
    other = Graph.of([OLD, after], [edge(OLD, "INTRODUCES", after, OLD)])
    found = difference(one, other)
    ((change,),) = [pair.properties for pair in found.entities.changed]
    assert (change.name, change.before, change.after) == ("label", "Method", "Benchmark")
    assert len(found.edges) == 0


def test_what_became_part_of_something_else_is_told() -> None:
    joined = paper("arxiv:1", former_ids=("title:knots",))
    found = difference(Graph.of([paper("arxiv:1"), OLD], []), Graph.of([joined], []))
    assert found.entities.removed == (OLD,)
    assert found.now == {"title:knots": "arxiv:1"}


def test_the_most_important_comes_first() -> None:
    lesser, greater = method("lesser", support=1), method("greater", support=9)
    found = difference(
        Graph(), Graph.of([OLD, lesser, greater, Entity("Author", "author:a", {"name": "a"})], [])
    )
    assert [entity.id for entity in found.entities.added] == [
        "method:greater",
        "method:lesser",
        "title:knots",
        "author:a",
    ]


def test_lineage_is_told_before_all_else() -> None:
    edges = [edge(REEF, type_, KNOT, OLD) for type_ in ("USES", "EXTENDS", "MENTIONS")]
    found = difference(Graph(), Graph.of([OLD, REEF, KNOT], edges))
    kinds = [group.kind for group in found.groups()]
    assert kinds == ["EXTENDS", "Method", "USES", "Paper", "MENTIONS"]


def test_what_changed_in_ignored_properties_only_is_left_out() -> None:
    after = [method("knot", sources=("b",)), method("reef", support=2, sources=("b",))]
    found = difference(Graph.of([KNOT, REEF], []), Graph.of(after, [])).without(["sources"])
    assert [pair.after.id for pair in found.entities.changed] == ["method:reef"]


def test_kinds_and_types_bound_what_is_told() -> None:
    whole = difference(Graph(), Graph.of([OLD, KNOT, REEF], [edge(REEF, "EXTENDS", KNOT, OLD)]))
    assert [group.kind for group in whole.only(["Method"], []).groups()] == ["Method"]
    assert [group.kind for group in whole.only([], ["extends"]).groups()] == ["EXTENDS"]
    assert len(whole.only([], [])) == len(whole)


def test_the_picture_knows_what_joins_what_changed_in_both() -> None:
    kept = edge(REEF, "EXTENDS", KNOT, OLD)
    new = [edge(GRANNY, "EXTENDS", end, OLD) for end in (REEF, KNOT)]
    one = Graph.of([OLD, REEF, KNOT], [kept])
    other = Graph.of([OLD, REEF, KNOT, GRANNY], [kept, *new])
    assert difference(one, other).between == (kept,)


# --- on both stores -----------------------------------------------------------------------------

BEFORE = Graph.of(
    [OLD, KNOT, REEF],
    [edge(OLD, "INTRODUCES", KNOT, OLD, evidence="One."), edge(REEF, "EXTENDS", KNOT, OLD)],
)
AFTER = Graph.of(
    [NEW, KNOT, method("reef", support=2), GRANNY],
    [edge(NEW, "INTRODUCES", KNOT, NEW, evidence="One."), edge(GRANNY, "EXTENDS", KNOT, NEW)],
)


def changes() -> Changes:
    return written(AFTER.entities.values(), AFTER.edges.values())


def written(entities: Iterable[Entity], edges: Iterable[Edge]) -> Changes:
    return Changes(entities=tuple(entities), edges=tuple(edges))


@pytest.fixture
def before() -> Iterator[Store]:
    """Return an embedded store that holds what was."""
    with open_store(":memory:", write=True) as store:
        store.write(written(BEFORE.entities.values(), BEFORE.edges.values()))
        yield store


def test_two_stores_differ_as_their_graphs_do(base: KnowledgeBase, before: Store) -> None:
    found = difference_of(StoreContent(before), StoreContent(base.store))
    expected = difference(BEFORE, AFTER)
    assert (found.entities, found.edges) == (expected.entities, expected.edges)
    assert (found.totals, found.known) == (expected.totals, expected.known)
    assert found.between == expected.between
    assert list(found.rows()) == list(expected.rows())


def test_a_store_does_not_differ_from_itself(base: KnowledgeBase) -> None:
    assert not base.diff(base)


def test_topics_of_a_store_are_compared(base: KnowledgeBase) -> None:
    found = base.topic("granny", hops=1).diff(base.topic("reef"))
    assert [entity.id for entity in found.entities.added] == ["method:reef"]
    assert found.focus == ("method:granny", "method:reef")


def test_the_papers_behind_a_topic_are_named(base: KnowledgeBase) -> None:
    one, other = (base.topic("granny", hops=1, kinds=["method"], limit=n) for n in (1, 2))
    found = one.diff(other)
    (row,) = [row for row in found.rows() if row[1] == "EXTENDS"]
    assert "Knots" in row


def test_a_property_that_nothing_has_is_refused_with_those_that_there_are() -> None:
    found = difference(Graph.of([KNOT], []), Graph.of([method("knot", theirs="x")], []))
    assert len(found.without(["theirs"]).entities.changed) == 0
    with pytest.raises(QueryError, match=r"no property 'suport'.*support"):
        found.without(["suport"])
