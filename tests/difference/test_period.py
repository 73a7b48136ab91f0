"""A topic as it was at a time."""

from __future__ import annotations

from graphkb.difference.period import as_of
from graphkb.model.graph import Edge, Entity, Graph, Value
from graphkb.topic.topic import Member, Topic


def method(key: str, **known: Value) -> Entity:
    return Entity("Method", f"method:{key}", {"name": key, **known})


def edge(start: Entity, end: Entity, **told: Value) -> Edge:
    return Edge(start.id, "EXTENDS", end.id, "arxiv:1", "Method", "Method", told)


SEED, EARLY, LATE = method("seed"), method("early"), method("late", first_stated="2025-06")
EDGES = (edge(EARLY, SEED, stated="2025-01-09"), edge(LATE, SEED, stated="2025-06-02"))


def topic(*edges: Edge) -> Topic:
    entities = (SEED, EARLY, LATE)
    members = tuple(Member(entity, 1.0, entity is SEED, ()) for entity in entities)
    return Topic(("seed",), Graph.of(entities, edges), members)


def ids(found: Topic) -> list[str]:
    assert {member.entity.id for member in found.members} == set(found.graph.entities)
    return sorted(found.graph.entities)


def test_without_bounds_it_is_the_same() -> None:
    assert as_of(topic(*EDGES), None, None) == topic(*EDGES)


def test_what_is_stated_later_is_not_in_it() -> None:
    found = as_of(topic(*EDGES), None, "2025-03")
    assert list(found.graph.edges.values()) == [EDGES[0]]
    assert ids(found) == ["method:early", "method:seed"]


def test_what_is_stated_before_is_not_in_it() -> None:
    assert ids(as_of(topic(*EDGES), "2025-02", None)) == ["method:late", "method:seed"]


def test_a_curated_fact_is_not_too_old() -> None:
    curated = edge(EARLY, SEED, stated="2017", rule="catalogue")
    assert ids(as_of(topic(curated), "2025", None)) == ["method:early", "method:seed"]


def test_what_was_first_stated_later_is_not_in_it_whatever_joins_it() -> None:
    assert ids(as_of(topic(edge(LATE, SEED)), None, "2025-03")) == ["method:seed"]


def test_the_seeds_stay() -> None:
    assert ids(as_of(topic(), None, "2000")) == ["method:seed"]
