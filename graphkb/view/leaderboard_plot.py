"""A leaderboard over time: each reported value, and the best until then as a step line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from graphkb.errors import QueryError
from graphkb.query.period import last_day
from graphkb.view.address import entity_links
from graphkb.view.plot import plotted, words
from graphkb.view.style import kind_styles

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from graphkb.query.leaderboard import Board, Leaderboard
    from graphkb.query.reported import Reported

__all__ = ["leaderboard_plot"]

_MOST_BOARDS = 4
_BETTER = {"up": "higher is better", "down": "lower is better", None: "not ranked"}


def leaderboard_plot(found: Leaderboard, path: Path) -> Path:
    """Plot what papers reported on a benchmark, by date.

    Only absolute values of one named metric share axes. A date that is known to the month or year
    stands at its last day, when the value was certainly published.

    Parameters
    ----------
    found : Leaderboard
        As :func:`graphkb.query.leaderboard.leaderboard` finds it.
    path : Path
        The file, which ends in ``.svg`` or ``.png``.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    QueryError
        No value of a named metric has a date.
    ExportError
        The file cannot be written, or is of another kind.
    MissingExtraError
        matplotlib is not installed.
    """
    boards = [(board, _dated(board)) for board in found.boards if board.metric]
    boards = [(board, values) for board, values in boards if values]
    if not boards:
        raise QueryError(
            f"no value of a named metric and a known date is reported on {found.benchmark.name}",
            remedy="look at what graphkb leaderboard lists",
        )
    shown = boards[:_MOST_BOARDS]

    def draw(figure: Figure) -> None:
        figure.set_size_inches(8, 3.4 * len(shown))
        more = f", {len(shown)} of {len(boards)} metrics" if len(boards) > len(shown) else ""
        when = f", as of {found.as_of}" if found.as_of else ""
        figure.suptitle(f"Reported on {words(found.benchmark.name)}{when}{more}", x=0.02, ha="left")
        for at, (board, values) in enumerate(shown):
            _draw(figure.add_subplot(len(shown), 1, at + 1), board, values)

    return plotted(path, draw)


def _dated(board: Board) -> list[tuple[date, Reported]]:
    values = [
        (date.fromisoformat(last_day(value.published)), value)
        for standing in board.standings
        for value in standing.all
        if value.published
    ]
    return sorted(values, key=lambda pair: (pair[0], pair[1].comparable, pair[1].id))


def _records(
    values: Sequence[tuple[date, Reported]], direction: str
) -> list[tuple[date, Reported]]:
    """Return the values that were better than every earlier one."""
    sign = -1 if direction == "down" else 1
    best: list[tuple[date, Reported]] = []
    for day, value in sorted(values, key=lambda p: (p[0], -sign * p[1].comparable, p[1].id)):
        if not best or sign * value.comparable > sign * best[-1][1].comparable:
            best.append((day, value))
    return best


def _draw(axes: Axes, board: Board, values: Sequence[tuple[date, Reported]]) -> None:
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num

    colour = {style.label: style.light for style in kind_styles()}
    days = [float(date2num(day)) for day, _ in values]
    points = axes.scatter(
        days, [value.comparable for _, value in values], s=26, color=colour["Paper"], zorder=3
    )
    links = [entity_links(value.paper, {}) for _, value in values]
    points.set_urls([link[0][1] if link else None for link in links])
    if board.direction:
        records = _records(values, board.direction)
        steps = [float(date2num(day)) for day, _ in records]
        best = [value.comparable for _, value in records]
        axes.step(
            [*steps, max(days)],
            [*best, best[-1]],
            where="post",
            color=colour["Method"],
            linewidth=1.8,
            marker="D",
            markersize=5,
            markevery=range(len(steps)),
            label="best until then",
        )
        late = min(days) + 0.7 * (max(days) - min(days))
        for day, value in zip(steps, records, strict=True):
            axes.annotate(
                _caption(value[1]),
                (day, value[1].comparable),
                # Beside the step that the value begins, where the next one does not come.
                xytext=(-6 if day > late else 5, -12 if board.direction == "up" else 6),
                ha="right" if day > late else "left",
                textcoords="offset points",
                fontsize=7.5,
            )
        axes.legend(loc="best", fontsize=8)
    locator = AutoDateLocator(minticks=3, maxticks=8)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))
    axes.margins(x=0.12, y=0.18)
    axes.grid(visible=True, color="#e6e8ea", linewidth=0.6)
    unit = f" ({words(board.scale)})" if board.scale else ""
    axes.set_ylabel(f"{words(board.metric or '')}{unit}")
    heading = f"each point a value of a paper; {_BETTER[board.direction]}"
    axes.set_title(heading, loc="left", fontsize=8)


def _caption(value: Reported) -> str:
    assert value.subject is not None  # noqa: S101 - those without are left out
    name = "not named" if value.subject.label == "Paper" else words(value.subject.name)
    return f"{words(value.text)} {name}"
