"""A timeline as bars: how many papers took a method up, month by month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from graphkb.errors import QueryError
from graphkb.query.timeline import TIMELINE_TYPES
from graphkb.view.plot import plotted, words
from graphkb.view.style import line_styles

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from graphkb.query.timeline import Timeline

__all__ = ["timeline_plot"]

_MOST_BARS, _MOST_NAMED = 36, 14
_WELL_DATED = 0.8
_DO = {
    "INTRODUCES": "introduce it",
    "EXTENDS": "extend it",
    "GENERALIZES": "generalise it",
    "USES": "use it",
    "EVALUATED_ON": "evaluate on it",
    "OUTPERFORMS": "outperform it",
    "COMPARED_WITH": "compare with it",
    "SURVEYS": "survey it",
    "ANALYZES": "analyse it",
    "CRITIQUES": "criticise it",
}
_HATCHES = {"GENERALIZES": "//", "COMPARED_WITH": "..", "SURVEYS": "//", "CRITIQUES": ".."}


def timeline_plot(found: Timeline, path: Path) -> Path:
    """Plot how many papers took a method up over time, and what they did with it.

    Bars are months, quarters or years: the shortest for which most dates are precise enough and
    the bars are not too many. Papers whose date is less precise are counted beneath.

    Parameters
    ----------
    found : Timeline
        As :func:`graphkb.query.timeline.timeline` finds it.
    path : Path
        The file, which ends in ``.svg`` or ``.png``.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    QueryError
        No paper with a date states anything of it.
    ExportError
        The file cannot be written, or is of another kind.
    MissingExtraError
        matplotlib is not installed.
    """
    dated = [(taken.date, taken.type) for taken in found.papers if taken.date]
    if not dated:
        raise QueryError(
            f"no paper of a known date takes up {found.entity.name}",
            remedy="choose what graphkb show lists dated statements of",
        )
    span, bars = _bars(dated)
    unplaced = len(found.papers) - sum(bar.total() for bar in bars.values())

    def draw(figure: Figure) -> None:
        from matplotlib.ticker import MaxNLocator

        figure.set_size_inches(8, 4)
        axes = figure.add_subplot()
        base = [0] * len(bars)
        for type_ in TIMELINE_TYPES:
            heights = [bar[type_] for bar in bars.values()]
            if any(heights):
                style = next(style for style in line_styles() if style.type == type_)
                axes.bar(
                    range(len(bars)),
                    heights,
                    bottom=base,
                    width=0.85,
                    color=style.light,
                    edgecolor="white",
                    linewidth=0.6,
                    hatch=_HATCHES.get(type_),
                    label=_DO[type_],
                )
                base = [low + height for low, height in zip(base, heights, strict=True)]
        names = list(bars)
        every = -(-len(names) // _MOST_NAMED)
        axes.set_xticks(range(0, len(names), every), names[::every], rotation=30, ha="right")
        axes.yaxis.set_major_locator(MaxNLocator(integer=True))
        axes.set_ylabel(f"papers a {span}")
        axes.set_title(f"Papers that take up {words(found.entity.name)}", loc="left")
        axes.legend(loc="upper left", fontsize=8)
        if unplaced:
            axes.set_xlabel(f"not shown: {unplaced} whose {span} is not known", loc="left")

    return plotted(path, draw)


def _month(date: str) -> int | None:
    return int(date[:4]) * 12 + int(date[5:7]) - 1 if len(date) > 4 else None


def _quarter(date: str) -> int | None:
    month = _month(date)
    return None if month is None else month // 3


def _year(date: str) -> int:
    return int(date[:4])


_SPANS: Mapping[str, tuple[Callable[[str], int | None], Callable[[int], str]]] = {
    "month": (_month, lambda at: f"{at // 12:04}-{at % 12 + 1:02}"),
    "quarter": (_quarter, lambda at: f"{at // 4:04} Q{at % 4 + 1}"),
    "year": (_year, lambda at: f"{at:04}"),
}


def _bars(dated: Sequence[tuple[str, str]]) -> tuple[str, dict[str, Counter[str]]]:
    """Return the span of a bar, and of every span in turn its name and its papers by type."""
    for span, (place, name) in _SPANS.items():
        placed = [(at, type_) for date, type_ in dated if (at := place(date)) is not None]
        if not placed:
            continue
        first, last = min(at for at, _ in placed), max(at for at, _ in placed)
        fits = last - first < _MOST_BARS and len(placed) >= _WELL_DATED * len(dated)
        if fits or span == "year":
            bars: dict[int, Counter[str]] = {at: Counter() for at in range(first, last + 1)}
            for at, type_ in placed:
                bars[at][type_] += 1
            return span, {name(at): bar for at, bar in bars.items()}
    raise AssertionError  # a date has a year
