"""Which part of the graph a topic is."""

import os
import random
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

import graphkb
from graphkb.errors import ExportError, NotFoundError, QueryError
from graphkb.model.graph import Edge, Graph
from graphkb.store import Changes, Store, open_store
from graphkb.topic.find import find_topic
from graphkb.topic.topic import Topic


def names(topic: Topic) -> list[str]:
    return [member.entity.name for member in topic.members]


@pytest.mark.parametrize("seed", ["Knot", "knot", "KNOTS", "bowline-method", "method:knot", "Kno"])
def test_a_seed_is_a_name_alias_id_or_beginning_in_any_spelling(store: Store, seed: str) -> None:
    topic = find_topic(store, [seed])
    assert topic.focus() == ("method:knot",)
    assert topic.title == seed


def test_words_are_seeds_in_names_first_and_then_in_abstracts(store: Store) -> None:
    assert set(find_topic(store, ["granny revisited"]).focus()) == {"arxiv:3"}
    assert find_topic(store, ["revisited"]).focus() == ("arxiv:3",)
    assert set(find_topic(store, ["reef knots  JAM"]).focus()) == {"arxiv:2", "arxiv:3"}


def test_each_seed_is_one(store: Store) -> None:
    assert set(find_topic(store, ["Knot", "Anchor"]).focus()) == {"method:knot", "method:anchor"}


def test_the_same_seed_twice_is_one(store: Store) -> None:
    once, twice = (find_topic(store, seeds) for seeds in (["Knot"], ["Knot", "bowline method"]))
    assert once.members == twice.members


def test_an_unknown_seed_suggests(store: Store) -> None:
    with pytest.raises(NotFoundError, match="Did you mean Knot"):
        find_topic(store, ["Knott"])


def test_no_seed_is_refused(store: Store) -> None:
    with pytest.raises(QueryError, match="needs a seed"):
        find_topic(store, [])


def test_the_family_and_the_origin_come_before_what_shares_a_hub(store: Store) -> None:
    found = names(find_topic(store, ["Knot"]))
    family = {"Reef", "The Knot Paper", "Tying Reef", "Granny"}
    assert found[0] == "Knot"
    assert max(found.index(name) for name in family) < found.index("Anchor")
    assert max(found.index(name) for name in family) < min(
        at for at, name in enumerate(found) if name.startswith("Crowd")
    )


def test_a_hub_takes_no_more_than_it_gives(store: Store) -> None:
    topic = find_topic(store, ["Knot"], limit=10)
    assert sum(name.startswith("Crowd") for name in names(topic)) <= 2


def test_the_limit_counts_entities_but_no_results(store: Store) -> None:
    topic = find_topic(store, ["Reef"], limit=4)
    assert len(topic.members) == 4
    assert topic.left_out > 0
    everything = find_topic(store, ["Reef"], limit=1000)
    assert everything.left_out == 0


def test_results_come_with_their_paper_where_their_other_ends_are_there(store: Store) -> None:
    assert "result:1" in find_topic(store, ["Reef"]).graph.entities
    without = find_topic(store, ["Reef"], exclude=["Ropes-1k"])
    assert "result:1" not in without.graph.entities


def test_hops_bound_the_way_from_a_seed(store: Store) -> None:
    assert names(find_topic(store, ["Knot"], hops=0)) == ["Knot"]
    near = {member.entity.id for member in find_topic(store, ["Knot"], hops=1).members}
    assert near == {"method:knot", "method:reef", "method:sft", "arxiv:1"}
    assert all(len(m.path) <= 3 for m in find_topic(store, ["Knot"], hops=2).members)


@pytest.mark.parametrize(
    ("since", "until", "kept"),
    [
        (None, None, {"Tying Reef", "Granny Revisited"}),
        ("2024", None, {"Granny Revisited"}),
        (None, "2023", {"Tying Reef"}),
        ("2023-05-01", "2023-05-01", {"Tying Reef"}),
        ("2023-05-02", "2024-01", set()),
    ],
)
def test_dates_bound_the_papers(
    store: Store, since: str | None, until: str | None, kept: set[str]
) -> None:
    topic = find_topic(store, ["Reef"], since=since, until=until)
    assert kept == set(names(topic)) & {"Tying Reef", "Granny Revisited"}


def test_dates_bound_what_words_find_but_not_what_is_named(store: Store) -> None:
    assert find_topic(store, ["reef knots jam"], since="2024").focus() == ("arxiv:3",)
    assert find_topic(store, ["Tying Reef"], since="2024").focus() == ("arxiv:2",)
    with pytest.raises(NotFoundError, match="of another time"):
        find_topic(store, ["reef knots jam"], since="2030")


@pytest.mark.parametrize("date", ["yesterday", "2024-13", "2024-5", "24", ""])
def test_what_is_no_date_is_refused(store: Store, date: str) -> None:
    with pytest.raises(QueryError, match="is no date"):
        find_topic(store, ["Knot"], since=date)


def test_kinds_bound_what_is_beside_the_seeds(store: Store) -> None:
    assert set(names(find_topic(store, ["Reef"], kinds=["Dataset"]))) == {"Reef", "Ropes-1k"}
    assert set(names(find_topic(store, ["Reef"], kinds=["benchmark"]))) == {"Reef", "Ropes-1k"}
    assert find_topic(store, ["reef knots jam"], kinds=["task"]).focus() == ("arxiv:2", "arxiv:3")
    with pytest.raises(QueryError, match="no kind 'boat'"):
        find_topic(store, ["Knot"], kinds=["boat"])


def test_what_is_excluded_is_not_in_it_and_leads_nowhere(store: Store) -> None:
    assert "Anchor" not in names(find_topic(store, ["Knot"], exclude=["SFT"]))
    with pytest.raises(NotFoundError):
        find_topic(store, ["Knot"], exclude=["nothing of this name"])
    with pytest.raises(QueryError, match="both a seed and excluded"):
        find_topic(store, ["Knot"], exclude=["bowline method"])


def test_a_text_where_several_are_taken_is_one_of_them() -> None:
    with graphkb.open(":memory:") as kb:
        kb.load("sample:")
        assert names(kb.topic("GRPO", exclude="PPO")) == names(kb.topic("GRPO", exclude=["PPO"]))
        assert names(kb.topic("GRPO", kinds="paper")) == names(kb.topic("GRPO", kinds=["paper"]))


def test_seeds_that_nothing_joins_stay_apart(store: Store) -> None:
    topic = find_topic(store, ["Knot", "Nobody Cites Me"])
    assert {"Knot", "Nobody Cites Me"} < set(names(topic))


def test_seeds_are_joined_by_what_connects_them_even_beyond_the_limit(store: Store) -> None:
    topic = find_topic(store, ["Granny", "Anchor"], limit=2)
    assert set(names(topic)) == {"Granny", "Reef", "Knot", "SFT", "Anchor"}


def test_each_member_says_the_way_from_a_seed(store: Store, world: Graph) -> None:
    topic = find_topic(store, ["Knot"])
    joined = {frozenset((e.start, e.end)) for e in world.edges.values()}
    for member in topic.members:
        assert member.path[0] == "method:knot"
        assert member.path[-1] == member.entity.id
        assert all(frozenset(step) in joined for step in pairwise(member.path))
    by_id = {member.entity.id: member.path for member in topic.members}
    assert by_id["method:granny"] == ("method:knot", "method:reef", "method:granny")


def test_no_ground_truth_is_in_a_topic(store: Store) -> None:
    labels = {entity.label for entity in find_topic(store, ["Knot"]).graph.entities.values()}
    assert labels == {"Method", "Paper", "Benchmark", "Result"}


@settings(max_examples=25)
@given(seed=st.integers(0, 2**32), limit=st.integers(1, 30))
def test_a_topic_is_connected_and_independent_of_the_order_of_insertion(
    world: Graph, hold: Callable[..., Store], store: Store, seed: int, limit: int
) -> None:
    chance = random.Random(seed)  # noqa: S311
    entities, edges = list(world.entities.values()), list(world.edges.values())
    chance.shuffle(entities)
    chance.shuffle(edges)
    topic = find_topic(hold(entities, edges), ["Knot", "Ropes-1k"], limit=limit)
    assert topic == find_topic(store, ["Knot", "Ropes-1k"], limit=limit)
    assert nx.is_weakly_connected(topic.to_networkx())


_SCRIPT = """
import sys
from graphkb.knowledge_base import open
for seed in ("GRPO", "reward hacking"):
    topic = open(sys.argv[1]).topic(seed, limit=40)
    print(list(topic.rows()), list(topic.graph.edges))
"""


def test_a_topic_is_the_same_whatever_the_hash_seed(tmp_path: Path) -> None:
    url = str(tmp_path / "graph.kgl")
    with graphkb.open(url) as base:
        base.load("sample:")
    printed = {
        subprocess.run(
            [sys.executable, "-c", _SCRIPT, url],
            env={"PYTHONHASHSEED": seed, "PATH": ""} | _python_path(),
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(printed) == 1


def _python_path() -> dict[str, str]:
    return {k: v for k, v in os.environ.items() if k == "PYTHONPATH"}


@pytest.mark.parametrize(
    "asked",
    [
        {"seeds": ["Knot"]},
        {"seeds": ["reef knots jam", "Anchor"], "limit": 7},
        {"seeds": ["Reef"], "kinds": ["dataset"], "since": "2023"},
        {"seeds": ["Reef"], "min_support": 3, "min_confidence": 900, "budgets": {"paper": 1}},
    ],
    ids=str,
)
def test_both_stores_give_the_same_topic(
    world: Graph, store: Store, store_url: str, asked: dict[str, Any]
) -> None:
    changes = Changes(entities=tuple(world.entities.values()), edges=tuple(world.edges.values()))
    with open_store(store_url, write=True) as other:
        other.write(changes)
        assert find_topic(other, **asked) == find_topic(store, **asked)


def test_an_edge_without_confidence_counts_as_certain_and_zero_does_not_break_the_walk(
    world: Graph, hold: Callable[..., Store]
) -> None:
    bare = [
        Edge(e.start, e.type, e.end, e.paper, e.start_label, e.end_label, {"confidence": at % 2})
        if at % 3
        else Edge(e.start, e.type, e.end, e.paper, e.start_label, e.end_label, {})
        for at, e in enumerate(world.edges.values())
    ]
    topic = find_topic(hold(world.entities.values(), bare), ["Knot"])
    assert len(topic.members) > 5


def test_each_member_tells_the_edges_of_its_way(store: Store) -> None:
    reasons = {m.entity.id: m.reason for m in find_topic(store, ["Knot"]).members}
    assert reasons["method:knot"] == ""
    assert reasons["arxiv:1"] == "Knot ← introduces ─ it"
    assert reasons["arxiv:3"] == "Knot ← extends ─ Reef ← extends ─ Granny ← introduces ─ it"
    assert reasons["method:sft"] == "Knot ─ uses → it"


def test_of_parallel_edges_a_reason_tells_the_one_that_says_most(
    world: Graph, hold: Callable[..., Store]
) -> None:
    seed, child = world.entities["method:knot"], world.entities["method:reef"]
    said = [
        (child, "COMPARED_WITH", seed, "arxiv:2", 900),
        (seed, "USES", child, "arxiv:3", 900),
        (child, "EXTENDS", seed, "arxiv:3", 950),
    ]
    more = [
        Edge(one.id, type_, other.id, paper, one.label, other.label, {"confidence": confidence})
        for one, type_, other, paper, confidence in said
    ]
    topic = find_topic(hold(world.entities.values(), [*world.edges.values(), *more]), ["Knot"])
    (step,) = next(m.way[1:] for m in topic.members if m.entity == child)
    assert (step.arrow, step.paper) == ("← extends ─", "arxiv:3")


def test_the_rows_of_a_topic_hold_the_whole_way(store: Store) -> None:
    topic = find_topic(store, ["Knot"])
    rows = {row[-1]: dict(zip(topic.columns, row, strict=True)) for row in topic.rows()}
    assert rows["method:knot"]["via"] == []
    assert rows["method:reef"]["via"] == [
        {"id": "method:knot", "name": "Knot", "edge": None, "direction": None, "paper": None},
        {
            "id": "method:reef",
            "name": "Reef",
            "edge": "EXTENDS",
            "direction": "from",
            "paper": "arxiv:2",
        },
    ]
    assert rows["arxiv:1"]["kind"] == "paper (stub)"


def test_several_unknown_seeds_are_each_told_with_what_is_near(store: Store) -> None:
    with pytest.raises(NotFoundError) as caught:
        find_topic(store, ["Knott", "Anchor", "Reeff", "reef xyzzy"])
    assert str(caught.value) == (
        "no entity is called 'Knott' (did you mean Knot?); "
        "no entity is called 'Reeff' (did you mean Reef?); "
        "no entity is called 'reef xyzzy', and nothing matches 'xyzzy'. "
        "Leave out what matches nothing."
    )


def test_the_least_support_is_asked_of_what_is_no_seed(store: Store) -> None:
    assert {"Reef", "Granny", "Ropes-1k"}.isdisjoint(
        names(find_topic(store, ["Knot"], min_support=1))
    )
    assert "SFT" in names(find_topic(store, ["Knot"], min_support=40))
    assert names(find_topic(store, ["Reef"], min_support=41))[0] == "Reef"
    assert "Tying Reef" in names(find_topic(store, ["Reef"], min_support=41))


def test_an_edge_below_the_least_confidence_is_neither_followed_nor_there(
    world: Graph, hold: Callable[..., Store]
) -> None:
    doubted = [
        structs.replace(e, properties={**e.properties, "confidence": 400})
        if (e.type, e.end) in (("EXTENDS", "method:knot"), ("OF", "method:reef"))
        else e
        for e in world.edges.values()
    ]
    held = hold(world.entities.values(), doubted)
    assert "Reef" in names(find_topic(held, ["Knot"], min_confidence=400))
    assert {"Reef", "Granny"}.isdisjoint(names(find_topic(held, ["Knot"], min_confidence=401)))
    sure = find_topic(held, ["Knot", "Reef"], min_confidence=401)
    assert ("method:reef", "EXTENDS", "method:knot", "arxiv:2") not in sure.graph.edges
    assert "result:1" not in sure.graph.entities


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"min_confidence": 1001}, "per mille"),
        ({"min_confidence": -1}, "per mille"),
        ({"budgets": {"paper": -1}}, "the most of paper is -1"),
        ({"budgets": {"boat": 1}}, "no kind 'boat'"),
    ],
    ids=str,
)
def test_a_number_out_of_range_is_refused(store: Store, asked: dict[str, Any], said: str) -> None:
    with pytest.raises(QueryError, match=said):
        find_topic(store, ["Knot"], **asked)


def test_a_topic_is_text_in_a_format_of_one_file(store: Store, tmp_path: Path) -> None:
    topic = find_topic(store, ["Knot"])
    topic.export("node-link", tmp_path / "knot.json")
    assert topic.text("node-link") == (tmp_path / "knot.json").read_text(encoding="utf-8")
    with pytest.raises(ExportError, match="csv is a folder"):
        topic.text("csv")
