"""Connected components by exchanges: how many, and how much one key hears."""

from math import log2
from typing import Any

import bulk_steps as steps
import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reference_engine import Held, ReferenceEngine

from graphkb.bulk.stars import components

LISTS = st.lists(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=20), max_size=6
)


def found_of(engine: ReferenceEngine, joins: Any, few: int = 0) -> dict[str, str]:
    found = components(engine, "c", joins, few=few).collected()
    assert len(found) == len(dict(found))
    return dict(found)


@given(LISTS, st.integers(1, 7), st.sampled_from([0, 40, 10_000]))
def test_any_graph_in_any_partitions_has_its_components(
    lists: list[list[tuple[int, int]]], partitions: int, few: int
) -> None:
    joins = [[(str(one), str(other)) for one, other in pairs] for pairs in lists]
    graph = nx.Graph([pair for pairs in joins for pair in pairs])
    groups = nx.connected_components(graph)
    expected = {key: min(group) for group in groups for key in group}
    assert found_of(ReferenceEngine(partitions), Held(joins), few) == expected


@pytest.mark.parametrize("middle", ["", "zzz"])
def test_a_key_hears_at_most_one_thing_of_a_partition_in_an_exchange(middle: str) -> None:
    leaves = [str(number) for number in range(5000)]
    engine = ReferenceEngine(6)
    found_of(engine, Held([[(middle, leaf) for leaf in leaves[n::8]] for n in range(8)]))
    assert engine.most_heard_at_once() <= 8


@pytest.mark.parametrize("length", [1009, 10_007])
def test_a_chain_takes_exchanges_by_the_logarithm_of_its_length(length: int) -> None:
    engine = ReferenceEngine(8)
    links = [(length, first, 16) for first in range(16)]
    assert len(found_of(engine, engine.start(links).each(steps.chained))) == length
    assert len(engine.exchanges) <= 2 * log2(length) + 2


def test_where_little_is_said_a_chain_takes_a_handful_of_rounds() -> None:
    told: list[str] = []
    links = [(10_007, first, 16) for first in range(16)]
    joins = ReferenceEngine(8).start(links).each(steps.chained)
    components(ReferenceEngine(8), "c", joins, told.append)
    assert len(told) <= 6


def test_small_components_take_a_handful_of_exchanges() -> None:
    lists = [[(f"{n}b", f"{n}{end}") for n in range(500)] for end in "caxyz"]
    engine = ReferenceEngine(8)
    found_of(engine, Held(lists))
    assert len(engine.exchanges) <= 5


def test_what_is_not_needed_any_more_is_told() -> None:
    told: list[str] = []
    joins = Held([[("a", "b")], [("b", "c")]])
    components(ReferenceEngine(3), "c", joins, told.append)
    assert told == [f"c-{number:02}" for number in range(len(told))]
    assert len(told) > 1
