"""What holds of a topic whatever the graph: connected, bounded, the same on both stores."""

import random
from collections import Counter
from collections.abc import Callable
from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkb.model.graph import Edge, Entity, Graph, Value
from graphkb.store import Changes, Store, open_store
from graphkb.topic.bounds import kinds_of
from graphkb.topic.find import find_topic
from graphkb.topic.topic import Topic

Hold = Callable[..., Store]
LABELS = ("Paper", "Method", "Model", "Benchmark")
TYPES = ("EXTENDS", "USES", "OUTPERFORMS", "COMPARED_WITH", "CRITIQUES")
ENDS = ("Method", "Model", "Benchmark")


def entity(number: int, label: str) -> Entity:
    if label == "Paper":
        name = f"Paper {number}"
        said: dict[str, Value] = {"name": name, "title": name, "stub": number % 3 == 0}
        return Entity(label, f"arxiv:{number}", said)
    return Entity(label, f"method:n{number}", {"name": f"N{number}", "support": number % 4})


def stated(start: Entity, type_: str, end: Entity, confidence: int = 900) -> Edge:
    said: dict[str, Value] = {"confidence": confidence, "rule": "record"}
    return Edge(start.id, type_, end.id, "arxiv:0", start.label, end.label, said)


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    labels = draw(st.lists(st.sampled_from(LABELS), min_size=3, max_size=14))
    found = [entity(number, label) for number, label in enumerate(labels)]
    ends = [one for one in found if one.label in ENDS]
    if not ends:
        return Graph.of(found, [])
    chosen = draw(
        st.lists(
            st.tuples(
                st.sampled_from(found),
                st.sampled_from(TYPES),
                st.sampled_from(ends),
                st.integers(0, 1000),
            ),
            max_size=24,
        )
    )
    return Graph.of(found, [stated(*one) for one in chosen if one[0] != one[2]])


def joined(graph: Graph) -> "nx.Graph[str]":
    found: nx.Graph[str] = nx.Graph()
    found.add_nodes_from(graph.entities)
    found.add_edges_from((edge.start, edge.end) for edge in graph.edges.values())
    return found


def seeds_of(graph: Graph, count: int) -> list[str]:
    return list(graph.entities)[:count]


@settings(max_examples=60, deadline=None)
@given(graph=graphs(), limit=st.integers(1, 12), count=st.integers(1, 3))
def test_seeds_are_connected_wherever_the_graph_connects_them(
    hold: Hold, graph: Graph, limit: int, count: int
) -> None:
    seeds = seeds_of(graph, count)
    topic = find_topic(hold(graph.entities.values(), graph.edges.values()), seeds, limit=limit)
    whole, part = joined(graph), joined(topic.graph)
    for one in seeds:
        for other in seeds:
            steps = (
                nx.shortest_path_length(whole, one, other) if nx.has_path(whole, one, other) else 99
            )
            assert nx.has_path(part, one, other) or steps > 6
    assert all(any(nx.has_path(part, id_, seed) for seed in seeds) for id_ in part)


@settings(max_examples=60, deadline=None)
@given(graph=graphs(), limit=st.integers(1, 12), hops=st.integers(0, 3))
def test_the_limit_and_the_hops_hold(hold: Hold, graph: Graph, limit: int, hops: int) -> None:
    [seed] = seeds_of(graph, 1)
    held = hold(graph.entities.values(), graph.edges.values())
    topic = find_topic(held, [seed], limit=limit, hops=hops)
    reachable = nx.single_source_shortest_path_length(joined(graph), seed, cutoff=hops)
    assert len(topic.members) == min(limit, len(reachable))
    assert all(len(member.path) <= hops + 1 for member in topic.members)
    assert {id_ for member in topic.members for id_ in member.path} <= topic.graph.entities.keys()


@settings(max_examples=60, deadline=None)
@given(
    graph=graphs(),
    budgets=st.dictionaries(
        st.sampled_from(["paper", "method", "model", "benchmark"]), st.integers(0, 3)
    ),
)
def test_no_kind_is_more_than_its_budget(hold: Hold, graph: Graph, budgets: dict[str, int]) -> None:
    [seed] = seeds_of(graph, 1)
    held = hold(graph.entities.values(), graph.edges.values())
    topic = find_topic(held, [seed], budgets=budgets)
    counted = Counter(kind for m in topic.members if not m.seed for kind in kinds_of(m.entity))
    assert all(counted[kind] <= most for kind, most in budgets.items())


@settings(max_examples=60, deadline=None)
@given(graph=graphs(), chance=st.randoms(use_true_random=False), least=st.integers(0, 1000))
def test_the_order_of_insertion_changes_nothing(
    hold: Hold, graph: Graph, chance: random.Random, least: int
) -> None:
    seeds = seeds_of(graph, 2)
    entities, edges = list(graph.entities.values()), list(graph.edges.values())
    one = find_topic(hold(entities, edges), seeds, limit=6, min_confidence=least)
    chance.shuffle(entities)
    chance.shuffle(edges)
    assert find_topic(hold(entities, edges), seeds, limit=6, min_confidence=least) == one
    stated_by = [edge.properties["confidence"] for edge in one.graph.edges.values()]
    assert all(isinstance(told, int) and told >= least for told in stated_by)


def star(leaves: int) -> Graph:
    """A method that a hub and a rival are used by, and everybody else who uses the hub."""
    seed, hub, rival = (entity(n, "Method") for n in (1, 2, 5))
    crowd = [entity(number, "Method") for number in range(10, 10 + leaves)]
    used = [stated(one, "USES", hub) for one in (seed, rival, *crowd)]
    return Graph.of([seed, hub, rival, *crowd], [*used, stated(rival, "OUTPERFORMS", seed)])


@pytest.mark.parametrize("leaves", [40, 400])
def test_a_hub_does_not_bring_what_uses_it(hold: Hold, leaves: int) -> None:
    graph = star(leaves)
    topic = find_topic(hold(graph.entities.values(), graph.edges.values()), ["N1"], limit=20)
    scores = {member.entity.name: member.score for member in topic.members}
    crowd = [scores[name] for name in scores.keys() - {"N1", "N2", "N5"}]
    assert max(crowd, default=0.0) < scores["N5"] / 5


def test_a_hub_of_very_many_is_not_followed_to_them(hold: Hold) -> None:
    graph = star(400)
    topic = find_topic(hold(graph.entities.values(), graph.edges.values()), ["N1"], limit=20)
    assert {member.entity.name for member in topic.members} == {"N1", "N2", "N5"}


def line(hold: Hold, *, limit: int, hops: int) -> Topic:
    """A method, four that it descends from one by one, their papers, and thirty rivals."""
    ancestors = [entity(number, "Method") for number in range(100, 105)]
    papers = [
        Entity("Paper", f"arxiv:{n}", {"name": f"P{n}", "title": f"P{n}", "stub": True})
        for n in range(100, 105)
    ]
    rivals = [entity(number, "Method") for number in range(200, 230)]
    edges = [
        *(stated(one, "EXTENDS", other) for one, other in pairwise(ancestors)),
        *(stated(p, "INTRODUCES", a) for p, a in zip(papers, ancestors, strict=True)),
        *(stated(rival, "EXTENDS", ancestors[0]) for rival in rivals),
    ]
    return find_topic(hold([*ancestors, *papers, *rivals], edges), ["N100"], limit=limit, hops=hops)


def test_what_a_seed_descends_from_is_in_with_its_papers_however_many_descend_from_it(
    hold: Hold,
) -> None:
    found = {member.entity.name for member in line(hold, limit=20, hops=3).members}
    assert {"N101", "N102", "N103", "P100", "P101", "P102"} <= found
    assert "N104" not in found


def test_sixty_entities_are_not_all_of_one_label_where_there_are_others(hold: Hold) -> None:
    seed = entity(1, "Method")
    papers = [entity(number, "Paper") for number in range(10, 110)]
    tests = [entity(number, "Benchmark") for number in range(200, 210)]
    code = [Entity("Repository", f"repo:h/o/r{n}", {"name": f"o/r{n}"}) for n in range(10)]
    edges = [
        *(stated(one, "USES", seed) for one in papers),
        *(stated(seed, "EVALUATED_ON", one) for one in tests),
        *(stated(one, "HAS_CODE", other) for one, other in zip(papers, code, strict=False)),
    ]
    topic = find_topic(hold([seed, *papers, *tests, *code], edges), ["N1"], limit=40)
    counted = Counter(member.entity.label for member in topic.members)
    assert len(topic.members) == 40
    assert counted["Benchmark"] >= 6
    assert counted["Repository"] >= 3


def test_the_room_that_other_labels_leave_is_used(hold: Hold) -> None:
    seed, papers = entity(1, "Method"), [entity(number, "Paper") for number in range(10, 60)]
    topic = find_topic(
        hold([seed, *papers], [stated(p, "USES", seed) for p in papers]), ["N1"], limit=40
    )
    assert len(topic.members) == 40


def test_the_papers_of_the_best_results_on_a_benchmark_come_first(hold: Hold) -> None:
    test = entity(1, "Benchmark")
    papers = [entity(number, "Paper") for number in range(10, 31)]
    models = [entity(number, "Model") for number in range(40, 61)]
    edges, results = [], []
    for at, (paper, model) in enumerate(zip(papers, models, strict=True)):
        value = 90.0 if at == 13 else 50.0 + at
        said: dict[str, Value] = {"name": f"{value}", "value": value, "value_text": f"{value}%"}
        told = {**said, "metric": "accuracy", "reading": "absolute", "direction": "up", "unit": "%"}
        result = Entity("Result", f"result:{at}", told)
        results.append(result)
        edges += [
            stated(paper, "REPORTS", result),
            stated(result, "ON", test),
            stated(result, "OF", model),
            stated(model, "EVALUATED_ON", test),
            stated(paper, "INTRODUCES", model),
            stated(paper, "EVALUATED_ON", test),
        ]
    held = hold([test, *papers, *models, *results], edges)
    topic = find_topic(held, ["N1"], limit=10)
    best = next(m for m in topic.members if m.entity.label == "Paper")
    assert best.entity.name == "Paper 23"
    assert topic.members[1].entity.name in {"N53", "Paper 23"}
    assert "result:13" in topic.graph.entities


def test_both_stores_give_the_same_topic_of_a_larger_graph(hold: Hold, store_url: str) -> None:
    graph = star(200)
    with open_store(store_url, write=True) as other:
        other.write(
            Changes(entities=tuple(graph.entities.values()), edges=tuple(graph.edges.values()))
        )
        here = hold(graph.entities.values(), graph.edges.values())
        for seeds in (["N1"], ["N2"], ["N1", "N77"]):
            assert find_topic(other, seeds, limit=15) == find_topic(here, seeds, limit=15)
