"""The best ways between two entities: searched from both ends, meeting in the middle."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from graphkb.query.neighbours import CHEAPEST, Neighbours

__all__ = ["Trail", "is_said_better", "trails", "way_cost"]

# Edges to read: of each end, and of all that a ring holds. A ring's hubs are left out.
_OF_AN_END = 3_000
_OF_A_RING = 2_000
_OF_ONE = 400
# Entities of a ring that are followed, and whole ways of one length that are weighed.
_FOLLOWED = 200
_WEIGHED = 200
# Half ways to keep at each entity: the best of them make the best whole ones.
_KEPT = 4
# What each hop after the second costs beside what it is.
_FARTHER = 500

_Half = tuple[int, tuple[str, ...]]
_Layer = dict[str, list[_Half]]


@dataclass(frozen=True, slots=True)
class Trail:
    """A way as ids.

    Parameters
    ----------
    cost : int
        Of its hops, and of passing through what is between them.
    ids : tuple of str
        Both ends included.
    """

    cost: int
    ids: tuple[str, ...]


def trails(near: Neighbours, start: str, end: str, hops: int, *, wanted: int) -> tuple[Trail, ...]:
    """Find ways of two hops and more.

    Parameters
    ----------
    near : Neighbours
        What has been read; it reads what it lacks.
    start, end : str
        Two ids, their labels known to `near`.
    hops : int
        Most hops.
    wanted : int
        How many are enough: with so many that no longer way can beat, none is looked for.

    Returns
    -------
    tuple of Trail
        By cost, then ids, without those that another one says better.
    """
    for id_ in (start, end):
        near.read([id_], most=_OF_AN_END, each=_OF_AN_END)
    forward: list[_Layer] = [{start: [(0, (start,))]}]
    backward: list[_Layer] = [{end: [(0, (end,))]}]
    found: list[Trail] = []
    for length in range(2, hops + 1):
        least = length * CHEAPEST + (length - 2) * _FARTHER
        if wanted and len(found) >= wanted and found[wanted - 1].cost <= least:
            break
        while len(forward) <= (length + 1) // 2:
            forward.append(_next(near, forward[-1], barred=end))
        while len(backward) <= length // 2:
            backward.append(_next(near, backward[-1], barred=start))
        first, second = forward[(length + 1) // 2], backward[length // 2]
        found = sorted((*found, *_joined(near, first, second)), key=_order)
    return tuple(found)


def _order(trail: Trail) -> tuple[object, ...]:
    return (trail.cost, trail.ids)


def _next(near: Neighbours, layer: _Layer, *, barred: str) -> _Layer:
    """The best half ways that are a hop longer."""
    ordered = sorted(layer, key=lambda id_: (layer[id_][0], id_))
    near.read(ordered[:_FOLLOWED], most=_OF_A_RING, each=_OF_ONE)
    reached: dict[str, list[_Half]] = defaultdict(list)
    for id_ in ordered:
        for other, joint in near.joined(id_).items():
            if other == barred:
                continue
            for so_far, ids in layer[id_]:
                if other not in ids:
                    passed = near.passing(ids[-2], id_, other) if len(ids) > 1 else 0
                    reached[other].append((so_far + joint.cost + passed, (*ids, other)))
    return {id_: sorted(halves)[:_KEPT] for id_, halves in reached.items()}


def _joined(near: Neighbours, first: _Layer, second: _Layer) -> Iterator[Trail]:
    """The best whole ways of two layers that meet."""
    met = first.keys() & second.keys()
    near.count_edges(sorted(met))
    whole = []
    for id_ in met:
        for cost, ids in first[id_]:
            for other_cost, others in second[id_]:
                if set(ids[:-1]).isdisjoint(others):
                    passed = near.passing(ids[-2], id_, others[-2])
                    way = (*ids, *reversed(others[:-1]))
                    whole.append(Trail(cost + other_cost + passed, way))
    for trail in heapq.nsmallest(_WEIGHED, whole, key=_order):
        if not is_said_better(near, trail.ids):
            # A half way may have been weighed before all of its statements were read.
            yield Trail(way_cost(near, trail.ids), trail.ids)


def way_cost(near: Neighbours, ids: Sequence[str]) -> int:
    """Return what a way costs: its hops, what it passes through, and its length.

    Parameters
    ----------
    near : Neighbours
        What has been read.
    ids : sequence of str
        Both ends included.

    Returns
    -------
    int
        The less, the more it tells.
    """
    hops = sum(near.joined(one)[other].cost for one, other in pairwise(ids))
    passed = sum(near.passing(*ids[at - 1 : at + 2]) for at in range(1, len(ids) - 1))
    return hops + passed + _FARTHER * max(0, len(ids) - 3)


def _states_more(near: Neighbours, paper: str, one: str, other: str) -> bool:
    """Whether a paper joins two entities by more than touching both."""
    if paper in near.stated_by(one, other):
        return True
    common = near.joined(one).keys() & near.joined(other).keys()
    return any(
        paper in near.stated_by(one, thing) and paper in near.stated_by(thing, other)
        for thing in common
        if thing != paper and near.labels[thing] != "Result"
    )


def is_said_better(near: Neighbours, ids: Sequence[str]) -> bool:
    """Tell whether a way without some of its entities says the same, or more.

    A paper, or a number that it reports, between two things of which it states something is no
    reason of its own; nor is a detour where the direct hop is as good.

    Parameters
    ----------
    near : Neighbours
        What has been read.
    ids : sequence of str
        Both ends included.

    Returns
    -------
    bool
        True for what need not be told.
    """
    for at in range(1, len(ids) - 1):
        before, middle, after = ids[at - 1 : at + 2]
        papers = {middle} if near.labels[middle] == "Paper" else set[str]()
        if near.labels[middle] == "Result":
            papers = near.stated_by(before, middle)
        if any(_states_more(near, paper, before, after) for paper in papers):
            return True
    costs = [near.joined(one)[other].cost for one, other in pairwise(ids)]
    for at in range(len(ids)):
        for later in range(at + 2, len(ids)):
            shortcut = near.joined(ids[at]).get(ids[later])
            whole = (at, later) == (0, len(ids) - 1)
            if shortcut is not None and not whole and shortcut.cost <= sum(costs[at:later]):
                return True
    return False
