"""Union, intersection and difference of topics: laws of sets, and what stands behind them."""

from __future__ import annotations

import operator
import random
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkb.knowledge_base import KnowledgeBase
from graphkb.model.graph import Edge, Entity, Graph, Value
from graphkb.store import Changes
from graphkb.topic.background import background, background_within
from graphkb.topic.reason import Step
from graphkb.topic.sets import completed
from graphkb.topic.topic import Member, Topic

METHODS = [
    Entity("Method", f"method:m{n}", {"name": f"M{n}", "kind": "method", "support": 1})
    for n in range(5)
]
PAPERS = [
    Entity("Paper", f"arxiv:{n}", {"name": f"P{n}", "title": f"P{n}", "stub": False})
    for n in range(4)
]
AUTHORS = [Entity("Author", f"author:a{n}", {"name": f"A{n}"}) for n in range(2)]
RESULTS = [Entity("Result", f"result:{n}", {"name": "1.0", "value_text": "1.0"}) for n in range(3)]


def edge(start: Entity, type_: str, end: Entity, by: Entity, confidence: int = 900) -> Edge:
    said: dict[str, Value] = {"confidence": confidence, "rule": "catalogue", "reason": "known"}
    return Edge(start.id, type_, end.id, by.id, start.label, end.label, said)


def _edges() -> Iterator[Edge]:
    for n, paper in enumerate(PAPERS):
        yield edge(paper, "INTRODUCES", METHODS[n], paper)
        yield edge(METHODS[n + 1], "EXTENDS", METHODS[n], paper, 500 + 100 * n)
        yield edge(paper, "AUTHORED_BY", AUTHORS[n % 2], paper)
    for n, result in enumerate(RESULTS):
        yield edge(PAPERS[n], "REPORTS", result, PAPERS[n])
        yield edge(result, "OF", METHODS[n], PAPERS[n], 400 + 200 * n)
    yield edge(METHODS[4], "COMPARED_WITH", METHODS[0], PAPERS[3])


WHOLE = Graph.of([*METHODS, *PAPERS, *AUTHORS, *RESULTS], _edges())
MEMBERS = sorted(entity.id for entity in (*METHODS, *PAPERS, *AUTHORS))


def changes() -> Changes:
    return Changes(entities=tuple(WHOLE.entities.values()), edges=tuple(WHOLE.edges.values()))


def topic_of(ids: set[str], chance: random.Random, beyond: AbstractSet[str] = frozenset()) -> Topic:
    """A topic of these members as growth gives one, with standings that chance gave."""
    results = [
        result.id
        for result in RESULTS
        if {
            e.start if e.end == result.id else e.end
            for e in WHOLE.edges.values()
            if result.id in (e.start, e.end)
        }
        <= ids
    ]
    graph = WHOLE.subgraph([*ids, *results])
    members = []
    for id_ in sorted(ids):
        entity = WHOLE.entities[id_]
        seed = chance.random() < 0.3
        first = Step("method:m0", "M0")
        here = Step(
            id_, entity.name, *(() if seed else ("EXTENDS", chance.random() < 0.5, "arxiv:0"))
        )
        members.append(
            Member(entity, round(chance.random(), 1), seed, (here,) if seed else (first, here))
        )
    members.sort(key=lambda m: (not m.seed, -m.score, m.entity.id))
    return Topic(
        (chance.choice(["x", "y", "z"]),),
        graph,
        tuple(members),
        tuple(sorted(beyond - ids)),
        lambda: background_within(WHOLE, graph),
    )


@st.composite
def topics(draw: st.DrawFn) -> Topic:
    ids = draw(st.sets(st.sampled_from(MEMBERS)))
    beyond = draw(st.sets(st.sampled_from(MEMBERS)))
    return topic_of(ids, random.Random(draw(st.integers(0, 999))), beyond)  # noqa: S311


def held(topic: Topic) -> tuple[object, ...]:
    return (topic.graph, topic.members, topic.beyond)


def ids(topic: Topic) -> set[str]:
    return {member.entity.id for member in topic.members}


@given(topics(), topics(), topics())
def test_union_and_intersection_have_no_order_and_no_brackets(a: Topic, b: Topic, c: Topic) -> None:
    assert held(a | b) == held(b | a)
    assert held(a & b) == held(b & a)
    assert held((a | b) | c) == held(a | (b | c))
    assert held((a & b) & c) == held(a & (b & c))


@given(topics())
def test_with_itself_a_topic_is_itself_or_nothing(a: Topic) -> None:
    assert held(a | a) == held(a & a) == held(a)
    assert held(a - a) == (Graph(), (), ())


@given(topics(), topics())
def test_absorption(a: Topic, b: Topic) -> None:
    assert ((a | b) & a).graph == a.graph
    assert ((a & b) | a).graph == a.graph


@given(topics(), topics(), topics())
def test_each_distributes_over_the_other(a: Topic, b: Topic, c: Topic) -> None:
    assert (a & (b | c)).graph == ((a & b) | (a & c)).graph
    assert ids(a | (b & c)) == ids((a | b) & (a | c))


@given(topics(), topics(), topics())
def test_differences_add_up(a: Topic, b: Topic, c: Topic) -> None:
    assert held((a - b) - c) == held(a - (b | c))
    assert ids((a - b) | (a & b)) == ids(a)
    assert (a - b).graph.entities.keys().isdisjoint(b.graph.entities)


@given(topics(), topics())
def test_every_edge_has_both_its_ends(a: Topic, b: Topic) -> None:
    for topic in (a | b, a & b, a - b):
        graph = topic.graph
        assert all({e.start, e.end} <= graph.entities.keys() for e in graph.edges.values())
        assert ids(topic) == {id_ for id_ in graph.entities if not id_.startswith("result:")}


@given(topics(), topics())
def test_a_result_stays_as_long_as_all_its_ends(a: Topic, b: Topic) -> None:
    for topic in (a & b, a - b):
        assert topic.graph == topic_of(ids(topic), random.Random(0)).graph  # noqa: S311


@given(topics(), topics())
def test_a_member_of_both_keeps_the_better_standing(a: Topic, b: Topic) -> None:
    best = {m.entity.id: m for m in (a | b).members}
    for id_ in ids(a) & ids(b):
        both = [m for topic in (a, b) for m in topic.members if m.entity.id == id_]
        assert best[id_] in both
        seeds = [m for m in both if m.seed] or both
        assert (best[id_].seed, best[id_].score) == (
            any(m.seed for m in both),
            max(m.score for m in seeds),
        )


def test_the_title_says_what_was_joined() -> None:
    a, b, c = (replace(topic_of(set(), random.Random(0)), seeds=(name,)) for name in "abc")  # noqa: S311
    assert (a | b).title == "a or b"
    assert ((a | b) - c).title == "(a or b) without c"
    assert (a & (b | c)).title == "a and (b or c)"
    assert ((a | b) - c).seeds == ("a", "b", "c")


def test_a_union_invents_no_edge_and_completed_reads_it(base: KnowledgeBase) -> None:
    one, other = base.topic("M0", hops=0), base.topic("M1", hops=0)
    both = one | other
    assert both.graph.edges == {}
    assert [*base.completed(both).graph.edges] == [("method:m1", "EXTENDS", "method:m0", "arxiv:0")]
    assert base.completed(both).members == both.members
    assert base.completed(both, min_confidence=501).graph.edges == {}


def test_a_union_that_is_completed_has_the_results_of_all_its_members(base: KnowledgeBase) -> None:
    both = base.topic("M0", hops=0) | base.topic("P0", hops=0)
    assert "result:0" in base.completed(both).graph.entities
    assert "result:0" not in base.completed(both, min_confidence=401).graph.entities


def test_a_grown_topic_is_complete(base: KnowledgeBase) -> None:
    for name in ("M0", "M4", "P2"):
        topic = base.topic(name, limit=5)
        assert completed(base.store, topic) == topic


def test_what_stands_behind_an_operation_is_what_the_store_says(base: KnowledgeBase) -> None:
    one, other = base.topic("M0", limit=3), base.topic("M2", limit=4)
    for topic in (one | other, one & other, one - other, base.completed(one | other)):
        assert topic.background() == background(base.store, topic.graph, topic.focus())


@pytest.mark.parametrize("kind", ["|", "&", "-"])
def test_operations_are_the_same_on_both_stores(base: KnowledgeBase, kind: str) -> None:
    one, other = base.topic("M0", hops=1), base.topic("M2", hops=1)
    joined = {"|": one | other, "&": one & other, "-": one - other}[kind]
    expected = {"|": {"M0", "M1", "M2", "M3", "M4"}, "&": {"M1"}, "-": {"M0", "M4"}}
    assert {m.entity.name for m in joined.members if m.entity in METHODS} == expected[kind]


@pytest.mark.parametrize("join", [operator.or_, operator.and_, operator.sub])
def test_a_topic_is_joined_with_topics_alone(join: Callable[[object, object], object]) -> None:
    with pytest.raises(TypeError, match="unsupported operand"):
        join(topic_of(set(), random.Random(0)), "M0")  # noqa: S311
