"""What joins several seeds: few, strongly connected steps between them."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence

from graphkb.topic.relevance import Weights

__all__ = ["joined"]

# What a hub costs beside the step itself: less than a long way around what all seeds share. Of
# 173 papers of a bibliography, 163 further entities join all instead of 208 without this bound.
_MOST_OF_A_STEP = 3.0


def joined(weights: Weights, seeds: Sequence[str]) -> frozenset[str]:
    """Find a small part of a graph in which seeds are connected.

    Each seed is joined with what is nearest of the others, instead of all with one: many papers
    of one subject need few steps between them, and not a way each to the first.

    Parameters
    ----------
    weights : mapping
        How strongly each two are joined. A step costs 1, and the less the stronger it is, up
        to a bound.
    seeds : sequence of str
        What is to be connected.

    Returns
    -------
    frozenset of str
        The seeds and what joins them; what nothing joins stays apart. The same for the same
        graph, whatever its order or that of the seeds.

    References
    ----------
    Mehlhorn: A faster approximation algorithm for the Steiner problem in graphs, 1988.

    Examples
    --------
    >>> line = {"a": {"x": 1.0}, "x": {"a": 1.0, "b": 1.0}, "b": {"x": 1.0, "y": 1.0},
    ...         "y": {"b": 1.0, "c": 1.0}, "c": {"y": 1.0}, "z": {"c": 1.0}}
    >>> sorted(joined(line, ["a", "b"])), len(joined(line, ["a", "b", "c"]))
    (['a', 'b', 'x'], 5)
    """
    if len(set(seeds)) < 2:
        return frozenset(seeds)
    before: dict[str, str] = {}
    costs, origins = _regions(weights, seeds, before)
    leader = {seed: seed for seed in seeds}
    found = set(seeds)

    def led(seed: str) -> str:
        while leader[seed] != seed:
            leader[seed] = seed = leader[leader[seed]]
        return seed

    bridges = sorted(
        (costs[one] + cost + costs[other], one, other)
        for one in costs
        for other, cost in _steps(weights, one)
        if other in origins and origins[one] != origins[other]
    )
    for _, one, other in bridges:
        here, there = led(origins[one]), led(origins[other])
        if here != there:
            leader[max(here, there)] = min(here, there)
            found.update(_way_back(one, before), _way_back(other, before))
    return frozenset(found)


def _regions(
    weights: Weights, seeds: Sequence[str], before: dict[str, str]
) -> tuple[dict[str, float], dict[str, str]]:
    """What each entity costs to reach from the nearest seed, and which that is."""
    costs: dict[str, float] = {}
    origins: dict[str, str] = {}
    heap = [(0.0, seed, seed, seed) for seed in sorted(set(seeds))]
    while heap:
        cost, origin, id_, last = heapq.heappop(heap)
        if id_ in costs:
            continue
        costs[id_], origins[id_], before[id_] = cost, origin, last
        for near, step in _steps(weights, id_):
            if near not in costs:
                heapq.heappush(heap, (cost + step, origin, near, id_))
    return costs, origins


def _way_back(id_: str, before: Mapping[str, str]) -> Iterator[str]:
    """From an entity to the seed that is nearest to it."""
    yield id_
    while before[id_] != id_:
        id_ = before[id_]
        yield id_


def _steps(weights: Weights, id_: str) -> Iterator[tuple[str, float]]:
    near = weights.get(id_, {})
    return ((other, 1 + min(1 / weight, _MOST_OF_A_STEP)) for other, weight in near.items())
