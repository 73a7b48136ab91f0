"""Where everything lies: communities apart, related things near, names not on top of each other.

Three steps: communities (Louvain); then forces in the manner of Fruchterman and Reingold, except
that attraction grows with the logarithm of the distance, a line between two communities pulls
less than one within, and a node feels every node of its own community but of another community
only the centre; at last boxes that overlap are pushed apart. Nothing is random: nodes start on
spirals in the order given.

Measured as the share of a node's neighbours among its ten nearest on the plane, against
networkx.spring_layout: 0.65 to 0.39 at 100 nodes, and 0.79 to 0.25 on the 3,588 methods of a
year's papers (run ``python -m benchmarks.page``).

References
----------
Fruchterman, T., and Reingold, E. (1991): Graph drawing by force-directed placement.
Noack, A. (2007): Energy models for graph clustering.
Blondel, V., et al. (2008): Fast unfolding of communities in large networks.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Points = NDArray[np.float64]
    Ids = NDArray[np.int64]
    Mask = NDArray[np.bool_]

__all__ = ["Link", "arrange", "communities"]

Link = tuple[int, int, float]
"""From, to and weight of a line between two nodes, counted from 0."""

_GOLDEN_ANGLE = 2.399963229728653
_STEPS = 100
_STEPS_AROUND_PINNED = 40
_ACROSS = 0.3
# The longest step at first: with 2 the nodes of 3,600 had not come to where they belong.
_STRIDE = 10.0
_GRAVITY = 0.02
_ROOM = 3.0
_GAP = 10.0
_ROUNDS_OF_PARTING = 120
_ROUNDS_OF_CLEARING = 40
_CLEARANCE = 16.0
_MOST_TO_CLEAR = 300_000


def communities(count: int, links: Sequence[Link]) -> list[int]:
    """Tell for each node the number of its community.

    Parameters
    ----------
    count : int
        How many nodes there are.
    links : sequence of Link
        Lines; direction does not matter, parallel lines add up, loops are ignored.

    Returns
    -------
    list of int
        Numbers from 0, the largest community first; a node without a line is its own.

    Examples
    --------
    >>> communities(5, [(0, 1, 1.0), (1, 2, 1.0), (0, 2, 1.0)])
    [0, 0, 0, 1, 2]
    """
    import networkx as nx

    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(count))
    for start, end, weight in links:
        if start != end:
            known = graph.get_edge_data(start, end, {"weight": 0.0})["weight"]
            graph.add_edge(start, end, weight=known + weight)
    if count == 0:
        return []
    found = nx.community.louvain_communities(graph, weight="weight", resolution=1.0, seed=1)
    number = [0] * count
    for at, members in enumerate(sorted(found, key=lambda group: (-len(group), min(group)))):
        for node in members:
            number[node] = at
    return number


def arrange(
    count: int,
    links: Sequence[Link],
    boxes: Sequence[tuple[float, float]],
    *,
    groups: Sequence[int] | None = None,
    pinned: Sequence[tuple[int, int]] = (),
) -> tuple[tuple[int, int], ...]:
    """Place nodes on the plane.

    Parameters
    ----------
    count : int
        How many nodes there are.
    links : sequence of Link
        Lines with their weights.
    boxes : sequence of (float, float)
        Width and height of each node with its name, in pixels at zoom 1.
    groups : sequence of int, optional
        The community of each node, where :func:`communities` has told them already.
    pinned : sequence of (int, int)
        Places of the first nodes, which stay where they are.

    Returns
    -------
    tuple of (int, int)
        The centre of each node, in pixels; the same for the same arguments.

    Examples
    --------
    >>> arrange(0, [], [])
    ()
    >>> (ax, ay), (bx, by) = arrange(2, [(0, 1, 1.0)], [(40, 20), (40, 20)])
    >>> abs(ax - bx) >= 40 or abs(ay - by) >= 20
    True
    """
    import numpy as np

    if count == 0:
        return ()
    size = np.asarray(boxes, dtype=np.float64).reshape(count, 2) + _GAP
    lines = [(a, b, w) for a, b, w in links if a != b]
    start, end = (np.array([line[at] for line in lines], dtype=np.int64) for at in (0, 1))
    weight = np.array([line[2] for line in lines], dtype=np.float64)
    linked = np.zeros(count, dtype=bool)
    linked[start] = linked[end] = True
    free = np.arange(count) >= len(pinned)
    group = np.array(communities(count, links) if groups is None else groups, dtype=np.int64)
    weight *= np.where(group[start] == group[end], 1.0, _ACROSS)
    unit = float(np.sqrt(size.prod(axis=1).mean()))
    places = _spirals(group, unit)
    if len(pinned):
        places[~free] = np.asarray(pinned, dtype=np.float64)
        _move_to_neighbours(places, start, end, free, unit)
    moving = free & linked
    if moving.any():
        steps = _STEPS_AROUND_PINNED if len(pinned) else _STEPS
        _settle(places, group, (start, end, weight), moving, unit, steps)
        if not len(pinned):
            _scale(places, size, moving)
    if count * len(start) <= _MOST_TO_CLEAR:
        _clear(places, start, end, moving)
    _part(places, size, np.flatnonzero(linked | ~free), free)
    _shelve(places, size, np.flatnonzero(free & ~linked), np.flatnonzero(linked | ~free))
    if not len(pinned):
        places -= (places.max(axis=0) + places.min(axis=0)) / 2
    return tuple((round(x), round(y)) for x, y in places.tolist())


def _spirals(group: Ids, unit: float) -> Points:
    import numpy as np

    sizes = np.bincount(group)
    before = np.cumsum(sizes) - sizes / 2
    centres = _spiral(before.astype(np.float64), unit * 1.3)
    within = np.zeros(len(group))
    for community in range(len(sizes)):
        members = group == community
        within[members] = np.arange(members.sum())
    return centres[group] + _spiral(within + 0.5, unit * 0.6)


def _spiral(at: NDArray[Any], unit: float) -> Points:
    import numpy as np

    radius, angle = unit * np.sqrt(at), _GOLDEN_ANGLE * np.floor(at)
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=-1)


def _move_to_neighbours(places: Points, start: Ids, end: Ids, free: Mask, unit: float) -> None:
    import numpy as np

    total, known = np.zeros_like(places), np.zeros(len(places))
    for one, other in ((start, end), (end, start)):
        anchored = ~free[other]
        np.add.at(total, one[anchored], places[other[anchored]])
        np.add.at(known, one[anchored], 1.0)
    near = free & (known > 0)
    offset = _spiral(np.arange(len(places)) + 0.5, unit * 0.1)
    places[near] = total[near] / known[near, None] + offset[near]


def _settle(
    places: Points,
    group: Ids,
    lines: tuple[Ids, Ids, Points],
    moving: Mask,
    unit: float,
    steps: int,
) -> None:
    import numpy as np

    start, end, weight = lines
    count = len(places)
    sizes = np.bincount(group).astype(np.float64)
    # Forces on what stays where it is are not asked: around what is pinned few nodes move.
    nodes = np.flatnonzero(moving)
    own = np.arange(len(nodes)), group[nodes]
    blocks = [np.flatnonzero(group == community) for community in np.unique(group[nodes])]
    crowded = [(block[moving[block]], block) for block in blocks if len(block) > 1]
    # Axis by axis instead of on stacked coordinates: eight times as fast.
    for step in range(steps):
        x, y = places[:, 0].copy(), places[:, 1].copy()
        fx, fy = -_GRAVITY * x, -_GRAVITY * y
        dx = x[nodes][:, None] - (np.bincount(group, x, len(sizes)) / sizes)[None, :]
        dy = y[nodes][:, None] - (np.bincount(group, y, len(sizes)) / sizes)[None, :]
        push = unit**2 * sizes / (dx * dx + dy * dy + unit**2 * sizes / 2)
        push[own] = 0.0
        fx[nodes] += (push * dx).sum(axis=1)
        fy[nodes] += (push * dy).sum(axis=1)
        for ours, block in crowded:
            dx = x[ours][:, None] - x[block][None, :]
            dy = y[ours][:, None] - y[block][None, :]
            push = unit**2 / (dx * dx + dy * dy + unit**2 / 100)
            fx[ours] += (push * dx).sum(axis=1)
            fy[ours] += (push * dy).sum(axis=1)
        dx, dy = x[end] - x[start], y[end] - y[start]
        length = np.sqrt(dx * dx + dy * dy) + 1e-9
        pull = weight * np.log1p(length / unit) * unit / length
        fx += np.bincount(start, pull * dx, count) - np.bincount(end, pull * dx, count)
        fy += np.bincount(start, pull * dy, count) - np.bincount(end, pull * dy, count)
        strength = np.sqrt(fx * fx + fy * fy) + 1e-9
        longest = _STRIDE * unit * (1 - step / steps) ** 1.5 + 1
        part = np.minimum(strength, longest) / strength * moving
        places[:, 0] += part * fx
        places[:, 1] += part * fy


def _scale(places: Points, size: Points, shown: Mask) -> None:
    import numpy as np

    low, high = np.percentile(places[shown], [5, 95], axis=0)
    wanted = size[shown].prod(axis=1).sum() * _ROOM
    places *= np.sqrt(wanted / max(float((high - low).prod()), 1.0))


def _clear(places: Points, start: Ids, end: Ids, moving: Mask) -> None:
    """Push nodes off the lines of others, which would seem to end in them."""
    import numpy as np

    nodes = np.flatnonzero(moving)
    foreign = (nodes[:, None] != start[None, :]) & (nodes[:, None] != end[None, :])
    for _ in range(_ROUNDS_OF_CLEARING if len(nodes) else 0):
        along = places[end] - places[start]
        square = np.maximum((along**2).sum(axis=1), 1.0)
        dx = places[nodes, 0][:, None] - places[start, 0]
        dy = places[nodes, 1][:, None] - places[start, 1]
        at = (dx * along[:, 0] + dy * along[:, 1]) / square
        aside = (dy * along[:, 0] - dx * along[:, 1]) / np.sqrt(square)
        near = foreign & (at > 0.02) & (at < 0.98) & (np.abs(aside) < _CLEARANCE)
        if not near.any():
            return
        push = np.where(near, np.where(aside >= 0, _CLEARANCE, -_CLEARANCE) - aside, 0.0)
        times = np.maximum(near.sum(axis=1), 1)
        length = np.sqrt(square)
        places[nodes, 0] -= (push * along[:, 1] / length).sum(axis=1) / times * 0.5
        places[nodes, 1] += (push * along[:, 0] / length).sum(axis=1) / times * 0.5


def _part(places: Points, size: Points, among: Ids, free: Mask) -> None:
    import numpy as np

    half, reach = size[among] / 2, size[among].max(axis=0, initial=0.0)
    for _ in range(_ROUNDS_OF_PARTING if len(among) > 1 else 0):
        here = places[among]
        one, other = _near_pairs(here, reach)
        apart = here[other] - here[one]
        overlap = half[one] + half[other] - np.abs(apart)
        hit = (overlap > 0.5).all(axis=1) & (free[among[one]] | free[among[other]])
        if not hit.any():
            return
        one, other, apart, overlap = one[hit], other[hit], apart[hit], overlap[hit]
        axis = (overlap[:, 0] > overlap[:, 1]).astype(np.int64)
        rows = np.arange(len(one))
        push = np.where(apart[rows, axis] >= 0, 0.5, -0.5) * overlap[rows, axis]
        move, times = np.zeros_like(here), np.zeros_like(here)
        for node, sign in ((one, -1.0), (other, 1.0)):
            np.add.at(move, (node, axis), sign * push)
            np.add.at(times, (node, axis), 1.0)
        move /= np.sqrt(np.maximum(times, 1.0))
        places[among[free[among]]] += move[free[among]]


def _near_pairs(places: Points, reach: Points) -> tuple[Ids, Ids]:
    """Return the pairs that are nearer than the reach along both axes, by a sweep along x."""
    import numpy as np

    order = np.argsort(places[:, 0], kind="stable")
    x, y = places[order, 0], places[order, 1]
    ones, others = [order[:0]], [order[:0]]
    for step in range(1, len(order)):
        within = x[step:] - x[:-step] < reach[0]
        if not within.any():
            break
        within &= np.abs(y[step:] - y[:-step]) < reach[1]
        ones.append(order[:-step][within])
        others.append(order[step:][within])
    return np.concatenate(ones), np.concatenate(others)


def _shelve(places: Points, size: Points, alone: Ids, others: Ids) -> None:
    import numpy as np

    if not len(alone):
        return
    cell = size[alone].max(axis=0)
    if len(others):
        left, bottom = places[others, 0].min(), places[others, 1].max()
        width = max(float(np.ptp(places[others, 0])), float(cell[0]) * 4)
        top = bottom + cell[1] * 2
    else:
        left, top, width = 0.0, 0.0, float(cell[0]) * np.ceil(np.sqrt(len(alone)))
    columns = max(int(width // cell[0]), 1)
    at = np.arange(len(alone))
    places[alone] = np.stack(
        [left + cell[0] * (at % columns), top + cell[1] * (at // columns)], axis=-1
    )
