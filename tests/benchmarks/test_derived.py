"""The made-up graph that questions are timed on is one that a load could have derived."""

from collections import Counter

import networkx as nx
import pytest

from benchmarks.derived import derived_graph
from graphkb.model.graph import Graph, graph_digest
from graphkb.store import open_store
from graphkb.store.protocol import Changes


@pytest.fixture(scope="module")
def graph() -> Graph:
    return derived_graph(500)


def test_the_same_size_and_seed_give_the_same_graph(graph: Graph) -> None:
    again, other = derived_graph(500), derived_graph(500, seed=2)
    assert digest(again) == digest(graph) != digest(other)


def test_there_are_ten_citations_three_uses_and_a_fifth_of_a_method_to_a_paper(
    graph: Graph,
) -> None:
    types = Counter(edge.type for edge in graph.edges.values())
    labels = Counter(entity.label for entity in graph.entities.values())
    assert types["USES"] == 1500
    assert 4900 < types["CITES"] <= 5000
    assert (labels["Paper"], labels["Method"]) == (500, 100)


def test_every_sentence_is_where_the_edge_says(graph: Graph) -> None:
    quoted = [edge for edge in graph.edges.values() if "evidence" in edge.properties]
    assert len(quoted) > 3000
    for edge in quoted:
        told = edge.properties
        text = str(graph.entities[edge.paper].properties["abstract"])
        assert text[int(told["begin"]) : int(told["stop"])] == told["evidence"]  # type: ignore[arg-type]


def test_a_few_things_are_used_by_many_and_many_by_few(graph: Graph) -> None:
    support = sorted(
        int(entity.properties["support"])  # type: ignore[arg-type]
        for entity in graph.entities.values()
        if entity.label == "Method"
    )
    assert support[-1] > 10 * support[len(support) // 2]


def test_lines_of_descent_have_few_cycles(graph: Graph) -> None:
    steps = [(e.start, e.end) for e in graph.edges.values() if e.type == "EXTENDS"]
    cycles = list(nx.strongly_connected_components(nx.DiGraph(steps)))
    tangled = [found for found in cycles if len(found) > 1]
    assert 0 < len(tangled) < 5


def test_a_store_takes_it(graph: Graph) -> None:
    changes = Changes(entities=tuple(graph.entities.values()), edges=tuple(graph.edges.values()))
    with open_store(":memory:", write=True) as store:
        store.write(changes)
        assert graph_digest(store.entities(), store.edges()) == digest(graph)


def digest(graph: Graph) -> str:
    return graph_digest(graph.entities.values(), graph.edges.values())
