"""Papers in an order in which nothing comes before what it builds on."""

from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from knot_world import AGAIN, GRAPH, ORIGIN, STUDY, TYING, method, paper, said

from graphkb.export.content import GraphContent
from graphkb.export.reading_list import reading_list
from graphkb.export.reading_order import Ground, builds_on, stages
from graphkb.model.graph import Graph

IDS = "abcdefgh"


def test_a_paper_builds_on_who_introduced_what_it_extends_uses_or_discusses() -> None:
    found = builds_on(GraphContent(GRAPH))
    assert {id_: {on: why.word for on, why in of.items()} for id_, of in found.items() if of} == {
        TYING.id: {ORIGIN.id: "extends"},
        AGAIN.id: {TYING.id: "extends"},
        STUDY.id: {ORIGIN.id: "criticises"},
        ORIGIN.id: {AGAIN.id: "extends"},
    }


def test_the_curated_paper_is_the_origin_else_the_oldest() -> None:
    thing, child = method("t", "T"), method("c", "C")
    old, new, later = paper(1, "O", published="2019"), paper(2, "N"), paper(3, "L")
    extends = said(child, "EXTENDS", thing, later, "C extends T.")
    introduces = said(later, "INTRODUCES", child, later, "We propose C.")
    by_old = said(old, "INTRODUCES", thing, old, "We propose T.")
    entities = [thing, child, old, new, later]
    for by_new, origin in ((said(new, "INTRODUCES", thing, new, "We propose T."), old),
                           (said(new, "INTRODUCES", thing, new), new)):  # fmt: skip
        graph = Graph.of(entities, [extends, introduces, by_old, by_new])
        assert list(builds_on(GraphContent(graph))[later.id]) == [origin.id]


def test_one_of_two_things_of_a_name_is_of_the_paper_that_tells_of_it() -> None:
    thing, base = method("t", "T"), method("b", "B")
    one, two, origin = paper(1, "One"), paper(2, "Two"), paper(3, "Origin")
    graph = Graph.of(
        [thing, base, one, two, origin],
        [
            said(one, "INTRODUCES", thing, one, "We propose T."),
            said(two, "INTRODUCES", thing, two, "We propose T."),
            said(origin, "INTRODUCES", base, origin, "We propose B."),
            said(thing, "EXTENDS", base, two, "T extends B."),
        ],
    )
    found = builds_on(GraphContent(graph))
    assert {id_ for id_, of in found.items() if of} == {two.id}


def test_what_stands_alone_comes_last() -> None:
    grounds = {"b": {"a": Ground("cites", "a")}}
    ordered = stages("abz", grounds, lambda id_: (id_,))
    assert [(stage.depth, stage.papers) for stage in ordered] == [
        (0, (("a",),)),
        (1, (("b",),)),
        (None, (("z",),)),
    ]


@given(st.sets(st.tuples(st.sampled_from(IDS), st.sampled_from(IDS))))
def test_nothing_comes_before_what_it_builds_on_but_in_a_circle(
    pairs: set[tuple[str, str]],
) -> None:
    grounds: dict[str, dict[str, Ground]] = {}
    for paper_, on in sorted(pairs):
        if paper_ != on:
            grounds.setdefault(paper_, {})[on] = Ground("cites", on)
    ordered = stages(IDS, grounds, lambda id_: (id_,))
    groups = [group for stage in ordered for group in stage.papers]
    flat = [id_ for group in groups for id_ in group]
    assert sorted(flat) == list(IDS)
    together = {id_: group for group in groups for id_ in group}
    for paper_, of in grounds.items():
        for on in of:
            if on not in together[paper_]:
                assert flat.index(on) < flat.index(paper_)
    graph = nx.DiGraph([(a, b) for a, of in grounds.items() for b in of])
    circles = {frozenset(c) for c in nx.strongly_connected_components(graph) if len(c) > 1}
    assert {frozenset(group) for group in groups if len(group) > 1} == circles
    assert all(list(group) == sorted(group) for group in groups)
    assert stages(reversed(IDS), grounds, lambda id_: (id_,)) == ordered


def test_a_stage_is_the_longest_way_to_a_foundation() -> None:
    cites = {"d": ["a", "c"], "c": ["b"], "b": ["a"]}
    grounds = {p: {on: Ground("cites", on) for on in of} for p, of in cites.items()}
    found = {id_: stage.depth for stage in stages("abcd", grounds, lambda id_: (id_,))
             for group in stage.papers for id_ in group}  # fmt: skip
    assert found == {"a": 0, "b": 1, "c": 2, "d": 3}


@pytest.mark.parametrize("type_", ["OUTPERFORMS", "COMPARED_WITH", "EVALUATED_ON", "MENTIONS"])
def test_what_is_merely_named_or_beaten_is_no_ground(type_: str) -> None:
    thing, one, two = method("t", "T"), paper(1, "One"), paper(2, "Two")
    edges = [said(one, "INTRODUCES", thing, one, "We."), said(two, type_, thing, two, "It.")]
    assert not any(builds_on(GraphContent(Graph.of([thing, one, two], edges))).values())


def test_of_a_large_circle_a_few_are_named_in_each_entry() -> None:
    papers = [paper(number, f"Turn {number}") for number in range(1, 31)]
    cites = [said(one, "CITES", two, one) for one, two in pairwise([*papers, papers[0]])]
    told = "".join(reading_list(GraphContent(Graph.of(papers, cites))))
    circles = [line for line in told.splitlines() if "in a circle with" in line]
    assert len(circles) == 30
    assert all(line.count("Turn") == 5 and line.endswith(" and 24 more") for line in circles)
