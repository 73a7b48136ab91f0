"""A lineage as an SVG image: layers along a time axis, as the page's second layout has them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from graphkb.view.generations import Generations, generations
from graphkb.view.lineage_drawing import Arrow, Thing, arrows, things
from graphkb.view.lineage_route import Box, Route, route
from graphkb.view.style import GROUND, KindStyle, LineStyle, kind_styles, line_styles

if TYPE_CHECKING:
    from graphkb.query.lineage import Lineage

__all__ = ["lineage_svg"]

_TEXT, _FAINT, _RULE = "#1c2126", "#555c63", "#d9dcdf"
_RADIUS, _HIGH, _MARGIN = 8, 44, 28
_LETTER, _SMALL_LETTER = 7.4, 6.3
_HEAD = 11


def lineage_svg(found: Lineage) -> str:
    """Draw a lineage, the older to the left.

    Parameters
    ----------
    found : Lineage
        As :func:`graphkb.query.lineage.lineage` finds it.

    Returns
    -------
    str
        An SVG document without script, style sheet or reference; the same for the same lineage.
        Dashed lines are curated, and each line tells its sentence as its title.
    """
    drawn, lines = things(found), arrows(found)
    sizes = [(_wide(thing), float(_HIGH)) for thing in drawn]
    laid = generations(
        [(line.child, line.parent) for line in lines], [thing.date for thing in drawn], sizes
    )
    # A thing of no lineage, or whose only ancestor is itself, has no place of its own.
    boxes = [Box(*laid.places.get(at, (0, 0)), *size) for at, size in enumerate(sizes)]
    courses = [_course(line, boxes) for line in lines]
    reached = [point for way, _, _ in courses for point in way.points]
    reached += [
        (box.x + d * box.wide / 2, box.y + d * box.high / 2) for box in boxes for d in (-1, 1)
    ]
    left = min([*(x for x, _ in reached), *(period.x for period in laid.periods)]) - _MARGIN
    right = max(x for x, _ in reached) + _MARGIN
    top = min(y for _, y in reached) - _MARGIN - 20
    bottom = max(y for _, y in reached) + _MARGIN
    legend = list(_legend(drawn, lines, left + _MARGIN, bottom))
    width = max(right - left, 640)
    height = bottom + 34 - top
    title = f"Lineage of {drawn[0].name}"
    return (
        "\n".join(
            [
                f'<svg xmlns="http://www.w3.org/2000/svg" role="img" '
                f'aria-labelledby="lineage-title lineage-desc" '
                f'viewBox="{_n(left)} {_n(top)} {_n(width)} {_n(height)}" '
                f'width="{_n(width)}" height="{_n(height)}" '
                f'font-family="system-ui, sans-serif" font-size="13">',
                f'<title id="lineage-title">{_x(title)}</title>',
                f'<desc id="lineage-desc">{_x(_told(drawn, lines))}</desc>',
                f'<rect x="{_n(left)}" y="{_n(top)}" width="{_n(width)}" height="{_n(height)}" '
                f'fill="{GROUND["light"]}"/>',
                *_axis(laid, top, bottom),
                *map(_line, lines, courses),
                *(
                    _box(*pair, first=at == 0)
                    for at, pair in enumerate(zip(drawn, boxes, strict=True))
                ),
                *legend,
                "</svg>",
            ]
        )
        + "\n"
    )


def _told(drawn: Sequence[Thing], lines: Sequence[Arrow]) -> str:
    """The whole drawing in words, for who does not see it."""
    if not lines:
        return "Nothing is known of what it descends from, or of what came of it."
    said = (
        f"{drawn[line.child].name} {line.type.lower()} {drawn[line.parent].name}"
        + (" (curated)" if line.curated else "")
        for line in lines
    )
    return "; ".join(said) + "."


def _axis(laid: Generations, top: float, bottom: float) -> Iterator[str]:
    for period in laid.periods:
        yield (
            f'<path d="M{period.x} {_n(top + 8)}V{_n(bottom)}" stroke="{_RULE}"/>'
            f'<text x="{period.x + 6}" y="{_n(top + 20)}" fill="{_FAINT}">{_x(period.name)}</text>'
        )


def _course(line: Arrow, boxes: Sequence[Box]) -> tuple[Route, tuple[float, float], int]:
    """Return the way of a line, the tip of its head, and to which side the head looks back."""
    child, parent = boxes[line.child], boxes[line.parent]
    if line.child == line.parent:
        edge, top = child.x + child.wide / 2, child.y - child.high / 2
        start, tip = (edge - 24, top), (edge, child.y)
        end = (edge + _HEAD, child.y)
        return Route(((start, (edge - 24, top - 34), (edge + 60, child.y), end),)), tip, 1
    # Out of the side that looks at the other end; within a column, or back, by the left.
    side = 1 if parent.x < child.x else -1
    tip = (parent.x + side * parent.wide / 2, parent.y)
    others = [box for box in boxes if box not in (child, parent)]
    start = (child.x - side * child.wide / 2, child.y)
    return route(start, (tip[0] + side * _HEAD, tip[1]), others), tip, side


def _line(line: Arrow, course: tuple[Route, tuple[float, float], int]) -> str:
    style = _line_style(line.type)
    way, tip, side = course
    path = f"M{_point(way.curves[0][0])}" + "".join(
        f"C{' '.join(map(_point, curve[1:]))}" for curve in way.curves
    )
    dashes = ' stroke-dasharray="6 4"' if line.curated else ""
    return (
        f"<g><title>{_x(f'{line.word}: {line.said}')}</title>"
        f'<path d="{path}" fill="none" stroke="{style.light}" '
        f'stroke-width="{style.width}"{dashes}/>{_head(line.type, tip, side, style.light)}</g>'
    )


def _head(type_: str, tip: tuple[float, float], side: int, colour: str) -> str:
    x, y = tip
    back = side * _HEAD
    if type_ == "GENERALIZES":
        corners = [(x, y), (x + back / 2, y - 5), (x + back, y), (x + back / 2, y + 5)]
    else:
        corners = [(x, y), (x + back, y - 5.5), (x + back, y + 5.5)]
    path = "L".join(map(_point, corners))
    return f'<path d="M{path}Z" fill="{colour}"/>'


def _box(thing: Thing, box: Box, *, first: bool) -> str:
    style = _kind_style(thing.label)
    left, top, y = box.x - box.wide / 2, box.y - box.high / 2, box.y
    under = 5 if not thing.about else -3
    about = (
        f'<text x="{_n(left + 32)}" y="{_n(y + 13)}" font-size="11" fill="{_FAINT}">'
        f"{_x(thing.about)}</text>"
        if thing.about
        else ""
    )
    return (
        f"<g><title>{_x(thing.name)}</title>"
        f'<rect x="{_n(left)}" y="{_n(top)}" width="{_n(box.wide)}" height="{_n(box.high)}" rx="8" '
        f'fill="#ffffff" stroke="{style.light}" stroke-width="{2.5 if first else 1}"/>'
        f"{_figure(style, left + 17, y)}"
        f'<text x="{_n(left + 32)}" y="{_n(y + under)}" fill="{_TEXT}"'
        f' font-weight="{700 if first else 400}">{_x(thing.shown)}</text>{about}</g>'
    )


def _legend(drawn: Sequence[Thing], lines: Sequence[Arrow], x: float, y: float) -> Iterator[str]:
    said = {thing.label for thing in drawn}
    y += 8
    for kind in kind_styles():
        if kind.label in said:
            yield _figure(kind, x, y)
            yield _caption(kind.label.lower(), x + 14, y)
            x += 36 + _LETTER * len(kind.label)
    for type_ in dict.fromkeys(line.type for line in lines):
        style = _line_style(type_)
        yield f'<path d="M{_n(x)} {_n(y)}h30" stroke="{style.light}" stroke-width="{style.width}"/>'
        yield _head(type_, (x, y), 1, style.light)
        yield _caption(type_.lower(), x + 36, y)
        x += 54 + _LETTER * len(type_)
    if any(line.curated for line in lines):
        colour = _line_style(lines[0].type).light
        yield (
            f'<path d="M{_n(x)} {_n(y)}h30" stroke="{colour}" stroke-width="2.6" '
            'stroke-dasharray="6 4"/>'
        )
        yield _caption("curated, no paper here says so", x + 36, y)


def _caption(text: str, x: float, y: float) -> str:
    return f'<text x="{_n(x)}" y="{_n(y + 4)}" font-size="12" fill="{_FAINT}">{_x(text)}</text>'


def _figure(style: KindStyle, x: float, y: float) -> str:
    return (
        f'<path transform="translate({_n(x)} {_n(y)}) scale({_RADIUS})" d="{style.outline}" '
        f'fill="{style.light}"/>'
    )


def _kind_style(label: str) -> KindStyle:
    return next(style for style in kind_styles() if style.label == label)


def _line_style(type_: str) -> LineStyle:
    return next(style for style in line_styles() if style.type == type_)


def _wide(thing: Thing) -> float:
    return round(44 + max(_columns(thing.shown) * _LETTER, _columns(thing.about) * _SMALL_LETTER))


def _columns(text: str) -> int:
    """How many letters wide a text is; those of East Asian scripts count twice."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _point(point: tuple[float, float]) -> str:
    return f"{_n(point[0])} {_n(point[1])}"


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _x(text: str) -> str:
    return escape(text, {'"': "&quot;"})
