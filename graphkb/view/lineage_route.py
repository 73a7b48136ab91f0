"""How a line of a lineage runs from one box to another without passing behind a third."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

__all__ = ["Box", "Route", "route"]

_RISE, _CLEAR, _SAMPLES, _MOST_LANES = 46.0, 5.0, 16, 40
_Point = tuple[float, float]
_Curve = tuple[_Point, _Point, _Point, _Point]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its centre and size, in pixels."""

    x: float
    y: float
    wide: float
    high: float

    def holds(self, point: _Point) -> bool:
        """Tell whether a point is in it or too near."""
        return (
            abs(point[0] - self.x) < self.wide / 2 + _CLEAR
            and abs(point[1] - self.y) < self.high / 2 + _CLEAR
        )


@dataclass(frozen=True, slots=True)
class Route:
    """Cubic curves, one after another.

    Parameters
    ----------
    curves : tuple of four points
        Start, two controls and end of each.
    """

    curves: tuple[_Curve, ...]

    @property
    def points(self) -> Iterator[_Point]:
        """Points along the way."""
        for a, b, c, d in self.curves:
            for at in range(_SAMPLES + 1):
                t = at / _SAMPLES
                u = 1 - t
                p, q, r, s = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
                yield (
                    p * a[0] + q * b[0] + r * c[0] + s * d[0],
                    p * a[1] + q * b[1] + r * c[1] + s * d[1],
                )


def route(start: _Point, tip: _Point, others: Sequence[Box]) -> Route:
    """Lead a line from a point to another: straight over where it can, else along a free lane.

    Parameters
    ----------
    start, tip : (float, float)
        Where it leaves one box and meets the other, sideways.
    others : sequence of Box
        What it had better not pass behind.

    Returns
    -------
    Route
        The way with the fewest boxes before it, the least detour of those.

    Examples
    --------
    >>> free = route((200, 0), (0, 0), [])
    >>> max(abs(y) for x, y in free.points)
    0.0
    >>> around = route((200, 0), (0, 0), [Box(100, 0, 40, 40)])
    >>> any(Box(100, 0, 40, 40).holds(point) for point in around.points)
    False
    """
    direct = _direct(start, tip)
    low, high = sorted((start[0], tip[0]))
    near = [box for box in others if low - box.wide / 2 < box.x < high + box.wide / 2]
    if not _hidden(direct, near):
        return direct
    lanes = {box.y + side * (box.high / 2 + _CLEAR + 2) for box in near for side in (-1, 1)}
    middle = (start[1] + tip[1]) / 2
    best, fewest = direct, _hidden(direct, near)
    for lane in sorted(lanes, key=lambda y: (abs(y - middle), y))[:_MOST_LANES]:
        way = _along(start, tip, lane)
        hidden = _hidden(way, near)
        if hidden < fewest:
            best, fewest = way, hidden
        if not fewest:
            break
    return best


def _direct(start: _Point, tip: _Point) -> Route:
    side = 1 if tip[0] < start[0] else -1
    bend = max(abs(tip[0] - start[0]) / 2, 40)
    return Route(
        ((start, (start[0] - side * bend, start[1]), (tip[0] + side * bend, tip[1]), tip),)
    )


def _along(start: _Point, tip: _Point, y: float) -> Route:
    side = 1 if tip[0] < start[0] else -1
    rise = side * min(_RISE, abs(tip[0] - start[0]) / 2)
    on, off = (start[0] - rise, y), (tip[0] + rise, y)
    return Route(
        (
            (start, (start[0] - rise / 2, start[1]), (on[0] + rise / 2, y), on),
            (on, on, off, off),
            (off, (off[0] - rise / 2, y), (tip[0] + rise / 2, tip[1]), tip),
        )
    )


def _hidden(way: Route, boxes: Sequence[Box]) -> int:
    points = tuple(way.points)
    return sum(any(map(box.holds, points)) for box in boxes)
