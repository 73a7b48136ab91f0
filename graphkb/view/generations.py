"""The second layout: what descends from what, in layers along a time axis.

Time runs from left to right in periods of a year, or of a quarter or month where much came at
once; within a period whatever extends another stands to its right. In a column things are put at
the mean height of what they are joined to, as near as their boxes allow (isotonic regression),
swept to and fro. Parts of the graph that no line joins lie beneath one another. Nothing is random.

References
----------
Sugiyama, K., Tagawa, S., and Toda, M. (1981): Methods for visual understanding of hierarchical
system structures.
Best, M. J., and Chakravarti, N. (1990): Active set algorithms for isotonic regression.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

__all__ = ["Generations", "Period", "generations"]

_MANY = 8
_VERY_MANY = 24
_TALLEST = 30
_SWEEPS = 12
_GAP = 60.0
_ROW_GAP = 14.0
_BAND_GAP = 40.0


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of the time axis: what it is called and where it begins, in pixels."""

    name: str
    x: int


@dataclass(frozen=True, slots=True)
class Generations:
    """Where things lie that descend from each other.

    Parameters
    ----------
    places : mapping of int to (int, int)
        The centre of each node that has an ancestor or a descendant, in pixels at zoom 1.
    periods : tuple of Period
        From left to right.
    """

    places: Mapping[int, tuple[int, int]]
    periods: tuple[Period, ...]


def generations(
    steps: Iterable[tuple[int, int]],
    dates: Sequence[str],
    boxes: Sequence[tuple[float, float]],
) -> Generations:
    """Lay descendants out to the right of what they descend from.

    Parameters
    ----------
    steps : iterable of (int, int)
        A descendant and what it descends from, counted from 0; a step that closes a circle is
        drawn but moves nothing.
    dates : sequence of str
        Of each node when it was first stated, ISO, or empty where that is not known.
    boxes : sequence of (float, float)
        Width and height of each node with its name, in pixels at zoom 1.

    Returns
    -------
    Generations
        Only nodes of the steps have a place; the same for the same arguments.

    Examples
    --------
    >>> found = generations([(1, 0), (2, 1)], ["2015", "2017", "2024-02"], [(40, 20)] * 3)
    >>> [period.name for period in found.periods]
    ['2015', '2017', '2024']
    >>> found.places[0][0] < found.places[1][0] < found.places[2][0]
    True
    """
    arcs = sorted({(child, parent) for child, parent in steps if child != parent})
    members = sorted({end for arc in arcs for end in arc})
    if not members:
        return Generations({}, ())
    arcs = _without_circles(members, arcs)
    times = _times(members, arcs, dates)
    period = _periods(times)
    column, starts = _columns(members, arcs, period)
    height = {node: boxes[node][1] + _ROW_GAP for node in members}
    y = _bands(members, arcs, column, height)
    wide = {at: max(boxes[n][0] for n in members if column[n] == at) for at in set(column.values())}
    left, x = 0.0, {}
    for at in sorted(wide):
        x[at] = left + wide[at] / 2
        left += wide[at] + _GAP
    middle = left / 2
    places = {node: (round(x[column[node]] - middle), round(y[node])) for node in members}
    return Generations(
        places,
        tuple(Period(name, round(x[at] - wide[at] / 2 - _GAP / 2 - middle)) for name, at in starts),
    )


def _without_circles(
    members: Sequence[int], arcs: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Leave out the arcs that lead back to where a walk from descendant to ancestor came from."""
    parents: dict[int, list[int]] = defaultdict(list)
    for child, parent in arcs:
        parents[child].append(parent)
    done: set[int] = set()
    kept = []
    for first in members:
        if first in done:
            continue
        above = {first}
        walk = [(first, iter(parents[first]))]
        while walk:
            node, rest = walk[-1]
            parent = next(rest, -1)
            if parent < 0:
                walk.pop()
                above.discard(node)
                done.add(node)
            elif parent not in above:
                kept.append((node, parent))
                if parent not in done:
                    above.add(parent)
                    walk.append((parent, iter(parents[parent])))
    return sorted(set(kept))


def _times(
    members: Sequence[int], arcs: Sequence[tuple[int, int]], dates: Sequence[str]
) -> dict[int, float]:
    """Return a time in years for every node: its date's, else one between its relatives'."""
    known = {node: time for node in members if (time := _time(dates[node])) is not None}
    around: dict[int, list[int]] = defaultdict(list)
    for child, parent in arcs:
        around[child].append(parent)
        around[parent].append(child)
    open_ = [node for node in members if node not in known]
    while open_:
        told = {
            node: fmean(known[n] for n in around[node] if n in known)
            for node in open_
            if any(n in known for n in around[node])
        }
        if not told:
            # Nothing of this part of the graph has a date.
            told = {open_[0]: max(known.values(), default=0.0)}
        known |= told
        open_ = [node for node in open_ if node not in known]
    return known


def _time(date: str) -> float | None:
    parts = date.split("-")
    if not parts[0].isdecimal():
        return None
    month = int(parts[1]) if len(parts) > 1 and parts[1].isdecimal() else 0
    return int(parts[0]) + (min(month, 12) - 1) / 12 if month else float(int(parts[0]))


def _periods(times: Mapping[int, float]) -> dict[int, tuple[int, int, int]]:
    """Return year, quarter and month of each node, 0 where the period is longer."""
    moments = {node: (int(time), round(time % 1 * 12) + 1) for node, time in times.items()}
    by_year = Counter(year for year, _ in moments.values())
    by_quarter = Counter((year, (month - 1) // 3) for year, month in moments.values())
    found = {}
    for node, (year, month) in moments.items():
        quarter = (month - 1) // 3
        if by_year[year] <= _MANY:
            found[node] = (year, 0, 0)
        elif by_quarter[year, quarter] <= _VERY_MANY:
            found[node] = (year, quarter + 1, 0)
        else:
            found[node] = (year, quarter + 1, month)
    return found


def _columns(
    members: Sequence[int],
    arcs: Sequence[tuple[int, int]],
    period: Mapping[int, tuple[int, int, int]],
) -> tuple[dict[int, int], list[tuple[str, int]]]:
    """Return each node's column, and of each period its name and first column."""
    parents: dict[int, list[int]] = defaultdict(list)
    for child, parent in arcs:
        if period[child] == period[parent]:
            parents[child].append(parent)
    layer: dict[int, int] = {}
    for first in members:
        walk = [first]
        while walk:
            node = walk[-1]
            missing = [parent for parent in parents[node] if parent not in layer]
            if missing:
                walk += missing
                continue
            layer[node] = max((layer[parent] + 1 for parent in parents[node]), default=0)
            walk.pop()
    slots: dict[tuple[tuple[int, int, int], int], list[int]] = defaultdict(list)
    for node in members:
        slots[period[node], layer[node]].append(node)
    column: dict[int, int] = {}
    starts: dict[tuple[int, int, int], int] = {}
    at = 0
    for slot in sorted(slots):
        starts.setdefault(slot[0], at)
        nodes = slots[slot]
        parts = -(-len(nodes) // _TALLEST)
        for number, node in enumerate(nodes):
            column[node] = at + number * parts // len(nodes)
        at += parts
    return column, [(_name(key), first) for key, first in starts.items()]


def _name(period: tuple[int, int, int]) -> str:
    year, quarter, month = period
    if month:
        return f"{year}-{month:02}"
    return f"{year} Q{quarter}" if quarter else str(year)


def _bands(
    members: Sequence[int],
    arcs: Sequence[tuple[int, int]],
    column: Mapping[int, int],
    height: Mapping[int, float],
) -> dict[int, float]:
    """Return each node's height on the plane: a band for each part, large ones first."""
    y: dict[int, float] = {}
    taken: dict[int, float] = defaultdict(float)
    for part in _parts(members, arcs):
        within = [arc for arc in arcs if arc[0] in part]
        own = _settled(sorted(part), within, column, height)
        low = min(own[node] - height[node] / 2 for node in part)
        columns = range(min(column[n] for n in part), max(column[n] for n in part) + 1)
        top = max(taken[at] for at in columns)
        for node in part:
            y[node] = own[node] - low + top
        bottom = max(y[node] + height[node] / 2 for node in part) + _BAND_GAP
        for at in columns:
            taken[at] = bottom
    middle = (min(y.values()) + max(y.values())) / 2
    return {node: value - middle for node, value in y.items()}


def _parts(members: Sequence[int], arcs: Sequence[tuple[int, int]]) -> list[set[int]]:
    import networkx as nx

    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(members)
    graph.add_edges_from(arcs)
    return sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(part)))


def _settled(
    nodes: Sequence[int],
    arcs: Sequence[tuple[int, int]],
    column: Mapping[int, int],
    height: Mapping[int, float],
) -> dict[int, float]:
    around: dict[int, list[int]] = defaultdict(list)
    for child, parent in arcs:
        around[child].append(parent)
        around[parent].append(child)
    columns: dict[int, list[int]] = defaultdict(list)
    for node in nodes:
        columns[column[node]].append(node)
    y = dict.fromkeys(nodes, 0.0)
    for at in sorted(columns):
        _stack(columns[at], dict(y), y, height)
    for sweep in range(_SWEEPS):
        forward = sweep % 2 == 0
        for at in sorted(columns, reverse=not forward):
            wanted = {}
            for node in columns[at]:
                before = [
                    n for n in around[node] if (column[n] < at) == forward and column[n] != at
                ]
                near = before if before and sweep < _SWEEPS - 2 else around[node]
                wanted[node] = fmean(y[n] for n in near) if near else y[node]
            _stack(columns[at], wanted, y, height)
    return y


def _stack(
    nodes: list[int], wanted: Mapping[int, float], y: dict[int, float], height: Mapping[int, float]
) -> None:
    """Put the nodes of a column where they want to be, as near as their heights allow."""
    nodes.sort(key=lambda node: (wanted[node], y[node], node))
    offsets, offset = [], 0.0
    for at, node in enumerate(nodes):
        offset += (height[nodes[at - 1]] + height[node]) / 2 if at else 0.0
        offsets.append(offset)
    # Blocks of nodes that touch: their sum and number, joined while a later one lies before.
    blocks: list[tuple[float, int]] = []
    for node, offset in zip(nodes, offsets, strict=True):
        total, count = wanted[node] - offset, 1
        while blocks and blocks[-1][0] / blocks[-1][1] > total / count:
            before_total, before_count = blocks.pop()
            total, count = total + before_total, count + before_count
        blocks.append((total, count))
    means = [total / count for total, count in blocks for _ in range(count)]
    for node, mean, offset in zip(nodes, means, offsets, strict=True):
        y[node] = mean + offset
