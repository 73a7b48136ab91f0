"""What holds of the difference of any two graphs."""

from __future__ import annotations

from hypothesis import given
from random_graph import graphs

from graphkb.difference.change import Difference
from graphkb.difference.comparing import difference_of
from graphkb.export.content import GraphContent
from graphkb.model.graph import Graph


def difference(one: Graph, other: Graph) -> Difference:
    return difference_of(GraphContent(one), GraphContent(other))


def parts(found: Difference) -> list[object]:
    return [
        [sorted(map(repr, held)) for held in (part.added, part.removed, part.changed)]
        for part in (found.entities, found.edges)
    ]


@given(graphs())
def test_nothing_differs_from_itself(graph: Graph) -> None:
    found = difference(graph, graph)
    assert not found
    assert list(found.rows()) == []


@given(graphs(), graphs())
def test_the_difference_makes_the_second_of_the_first(one: Graph, other: Graph) -> None:
    assert difference(one, other).applied_to(one) == other


@given(graphs(), graphs())
def test_back_is_the_mirror_of_there(one: Graph, other: Graph) -> None:
    there, back = difference(one, other), difference(other, one)
    assert parts(there.mirrored()) == parts(back)
    assert there.mirrored().totals == back.totals


@given(graphs(), graphs())
def test_the_difference_is_empty_only_for_equal_graphs(one: Graph, other: Graph) -> None:
    assert (not difference(one, other)) == (one == other)


@given(graphs(), graphs())
def test_nothing_is_told_twice(one: Graph, other: Graph) -> None:
    found = difference(one, other)
    old = [*found.entities.removed, *(pair.before for pair in found.entities.changed)]
    new = [*found.entities.added, *(pair.after for pair in found.entities.changed)]
    for held in (old, new):
        assert len({entity.key for entity in held}) == len(held)


@given(graphs(), graphs())
def test_the_totals_are_those_of_the_graphs(one: Graph, other: Graph) -> None:
    groups = list(difference(one, other).groups())
    things = (len(graph.entities) + len(graph.edges) for graph in (one, other))
    assert (sum(g.before for g in groups), sum(g.after for g in groups)) == tuple(things)
