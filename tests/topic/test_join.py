"""What joins several seeds of a topic."""

from __future__ import annotations

import random

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from graphkb.topic.join import joined


def weights_of(graph: nx.Graph[str]) -> dict[str, dict[str, float]]:
    return {one: {other: graph.edges[one, other]["w"] for other in graph[one]} for one in graph}


@st.composite
def graphs(draw: st.DrawFn) -> tuple[nx.Graph[str], list[str]]:
    size, chance = draw(st.integers(1, 14)), draw(st.floats(0, 0.5))
    graph: nx.Graph[str] = nx.relabel_nodes(
        nx.gnp_random_graph(size, chance, seed=draw(st.integers(0, 999))), str
    )
    for one, other in sorted(graph.edges):
        graph.edges[one, other]["w"] = draw(st.sampled_from([0.2, 1.0, 4.0]))
    return graph, draw(st.lists(st.sampled_from(sorted(graph)), min_size=1, unique=True))


@given(graphs())
def test_seeds_that_a_graph_connects_are_connected(asked: tuple[nx.Graph[str], list[str]]) -> None:
    graph, seeds = asked
    part = graph.subgraph(joined(weights_of(graph), seeds))
    assert set(seeds) <= set(part)
    for one in seeds:
        for other in seeds:
            assert nx.has_path(graph, one, other) == nx.has_path(part, one, other)


@given(graphs())
def test_nothing_is_in_it_that_leads_nowhere(asked: tuple[nx.Graph[str], list[str]]) -> None:
    graph, seeds = asked
    part = graph.subgraph(joined(weights_of(graph), seeds))
    assert all(part.degree(id_) > 1 for id_ in part if id_ not in seeds)


@given(graphs(), st.integers(0, 99))
def test_it_does_not_depend_on_any_order(asked: tuple[nx.Graph[str], list[str]], seed: int) -> None:
    graph, seeds = asked
    chance = random.Random(seed)  # noqa: S311
    weights = weights_of(graph)
    turned = {
        one: dict(chance.sample(sorted(weights[one].items()), len(weights[one])))
        for one in chance.sample(sorted(weights), len(weights))
    }
    assert joined(turned, chance.sample(seeds, len(seeds))) == joined(weights, seeds)


def test_near_seeds_share_the_way_to_a_far_one() -> None:
    """Ways of their own to the first seed would lead through p, q and r, s."""
    graph: nx.Graph[str] = nx.Graph()
    nx.add_path(graph, ["far", "p", "q", "one"], w=1.0)
    nx.add_path(graph, ["far", "r", "s", "other"], w=1.0)
    nx.add_path(graph, ["one", "between", "other"], w=1.0)
    assert joined(weights_of(graph), ["far", "one", "other"]) in (
        frozenset({"far", "p", "q", "one", "between", "other"}),
        frozenset({"far", "r", "s", "other", "between", "one"}),
    )


def test_what_several_seeds_share_is_no_detour_though_it_is_a_hub() -> None:
    graph: nx.Graph[str] = nx.Graph()
    for seed in "abc":
        graph.add_edge("hub", seed, w=0.05)
    nx.add_path(graph, ["a", *"pqrstuv", "b"], w=4.0)
    assert joined(weights_of(graph), ["a", "b", "c"]) == {"a", "b", "c", "hub"}


def test_a_strong_way_is_preferred_to_a_weak_one() -> None:
    graph: nx.Graph[str] = nx.Graph()
    nx.add_path(graph, ["a", "hub", "b"], w=0.1)
    nx.add_path(graph, ["a", "own", "b"], w=4.0)
    assert joined(weights_of(graph), ["a", "b"]) == {"a", "own", "b"}
