"""The strongest way from one entity to another: why something belongs to a topic."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable

from graphkb.topic.relevance import Weights

__all__ = ["Path", "strongest_paths"]

Path = tuple[str, ...]


def strongest_paths(
    weights: Weights,
    starts: Iterable[str],
    within: Collection[str] | None = None,
    *,
    most: int | None = None,
    to: Collection[str] = (),
) -> dict[str, Path]:
    """Find the way to each entity that has few steps, strong ones, and no hub where it can.

    A step costs 1, and the less the stronger the connection is; that is damped by the degree of
    what it leads to, so that a way around a hub is preferred.

    Parameters
    ----------
    weights : mapping
        How strongly each two are joined, as :meth:`graphkb.topic.near.Near.weights` tells.
    starts : iterable of str
        Where ways begin.
    within : collection of str, optional
        What they may lead through; everything by default.
    most : int, optional
        Most steps.
    to : collection of str
        Where ways are wanted to; everything by default. Once all are reached, no more is looked
        for.

    Returns
    -------
    dict of str to tuple of str
        By id, the ids from a start to it, both included; what cannot be reached is absent. The
        same for the same graph, whatever its order.

    References
    ----------
    Dijkstra: A note on two problems in connexion with graphs, 1959.

    Examples
    --------
    >>> weights = {"a": {"b": 4.0, "c": 0.1}, "b": {"c": 4.0}, "c": {}}
    >>> strongest_paths(weights, ["a"])["c"]
    ('a', 'b', 'c')
    """
    paths: dict[str, Path] = {}
    fewest: dict[str, int] = {}
    wanted = set(to)
    heap: list[tuple[float, Path]] = [(0.0, (start,)) for start in sorted(set(starts))]
    while heap:
        cost, path = heapq.heappop(heap)
        id_, steps = path[-1], len(path) - 1
        # What is reached again by fewer steps leads to what was too far before.
        if id_ in paths and (most is None or steps >= fewest[id_]):
            continue
        paths.setdefault(id_, path)
        fewest[id_] = steps
        wanted.discard(id_)
        if to and not wanted:
            break
        if steps == most:
            continue
        for near, weight in weights.get(id_, {}).items():
            if (near not in paths or steps + 1 < fewest[near]) and (
                within is None or near in within
            ):
                heapq.heappush(heap, (cost + 1 + 1 / weight, (*path, near)))
    return paths
