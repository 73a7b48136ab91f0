"""leaderboard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from graphkb import without_store
from graphkb.cli.quotation import reported, wrapped
from graphkb.cli.rows import formatted, print_rows
from graphkb.cli.terminal import counted, echo, listed, say, terminal_width
from graphkb.knowledge_base import open as open_base

if TYPE_CHECKING:
    from graphkb.query.leaderboard import Board, Leaderboard, Standing
    from graphkb.query.reported import Reported

__all__ = ["leaderboard"]

_COLUMNS = (
    *("list", "metric", "direction", "rank", "subject", "value", "number", "unit", "setting"),
    *("disputed", "against", "date", "paper", "sentence", "subject_id", "paper_id", "id"),
)
_UNBOUNDED = 1_000_000
_BETTER = {"up": ", higher is better", "down": ", lower is better", None: ": not ranked"}


@click.command(epilog='Example: graphkb leaderboard "AIME 2024" --as-of 2025-06')
@click.argument("benchmark", nargs=-1, required=True)
@click.option("--as-of", metavar="D", help="Only papers published up to 2025, 2025-06 or a day.")
@click.option(
    "--limit", type=click.IntRange(1), default=20, show_default=True, help="Most places a metric."
)
@click.option("--plot", metavar="FILE", help="Plot every value by date, as .svg or .png, instead.")
@formatted
@click.pass_obj
def leaderboard(
    db: str,
    benchmark: tuple[str, ...],
    as_of: str | None,
    limit: int,
    plot: str | None,
    format_name: str,
) -> None:
    """Rank what papers report on a benchmark, value by value with its sentence.

    Other formats than table print a row a value.
    """
    with open_base(db) as base:
        most = _UNBOUNDED if plot else limit
        found = base.leaderboard(" ".join(benchmark), as_of=as_of, limit=most)
    if plot:
        say(f"wrote {without_store.plot_leaderboard(found, plot)}")
        return
    if format_name == "table":
        echo("".join(line.rstrip() + "\n" for line in _told(found, terminal_width() or _UNBOUNDED)))
    else:
        print_rows(_COLUMNS, _rows(found), format_name)
    for line in _remarks(found):
        say(line)


def _rows(found: Leaderboard) -> Iterator[tuple[object, ...]]:
    for board in found.boards:
        for standing in board.standings:
            for value in standing.all:
                yield _row("absolute", board.direction, standing.rank, standing.disputed, value)
    for value in found.changes:
        yield _row(value.reading, value.direction, None, None, value)


def _row(
    name: str, direction: str | None, rank: int | None, disputed: bool | None, value: Reported
) -> tuple[object, ...]:
    assert value.subject is not None  # noqa: S101 - those without are left out
    return (
        name,
        value.metric,
        direction,
        rank,
        value.subject.name,
        value.text,
        value.value,
        value.unit,
        value.setting,
        disputed,
        [baseline.name for baseline in value.against],
        value.published,
        value.title,
        value.sentence,
        value.subject.id,
        value.paper,
        value.id,
    )


def _told(found: Leaderboard, columns: int) -> Iterator[str]:
    when = f", as of {found.as_of}" if found.as_of else ""
    kind = found.benchmark.properties.get("kind", "benchmark")
    rests = f"{counted(found.papers, 'paper')}, {counted(found.groups, 'group')} of authors"
    heading = f"{found.benchmark.name} ({kind}){when}: {rests}"
    yield from wrapped(heading, columns, "", "  ")
    for board in found.boards:
        yield ""
        yield from _board(board, columns)
    reading = ""
    for value in found.changes:
        if value.reading != reading:
            reading = value.reading
            yield ""
            yield f"{reading}: not ranked, newest first"
        yield from _value(value, "   ", columns)
        yield from wrapped(reported(value), columns, " " * 5, " " * 5)


def _board(board: Board, columns: int) -> Iterator[str]:
    unit = f" ({board.scale})" if board.scale else ""
    name = board.metric or "metric not named"
    yield from wrapped(f"{name}{unit}{_BETTER[board.direction]}", columns, "", "  ")
    for standing in board.standings:
        rank = "" if standing.rank is None else str(standing.rank)
        yield from _value(standing.best, f"{rank:>3}", columns)
        yield from wrapped(reported(standing.best), columns, " " * 5, " " * 5)
        yield from _others(standing, columns)
    if board.more:
        yield f"     … {board.more} more"


def _value(value: Reported, rank: str, columns: int) -> list[str]:
    assert value.subject is not None  # noqa: S101 - those without are left out
    # The paper stands in the line of the source.
    subject = (
        "what the paper does not name" if value.subject.label == "Paper" else value.subject.name
    )
    setting = f"{value.setting} " if value.setting else ""
    metric = "" if value.reading == "absolute" else f" {value.metric or ''}".rstrip()
    against = ", ".join(baseline.name for baseline in value.against)
    over = f" (against {against})" if against and value.reading != "absolute" else ""
    return wrapped(f"{setting}{value.text}{metric}  {subject}{over}", columns, f"{rank}  ", " " * 7)


def _others(standing: Standing, columns: int) -> Iterator[str]:
    own = [v.text for v in standing.others if v.paper == standing.best.paper]
    if own:
        yield from wrapped(f"also {', '.join(own)} in this paper", columns, " " * 5, " " * 7)
    for value in standing.others:
        if value.paper != standing.best.paper:
            differs = standing.disputed and value.comparable != standing.best.comparable
            sign = "≠" if differs else "also"
            told = f"{sign} {value.text} {reported(value)}"
            yield from wrapped(told, columns, " " * 5, " " * 7)


def _remarks(found: Leaderboard) -> Iterator[str]:
    name = found.benchmark.name
    left = found.left_out
    if not found.boards and not found.changes:
        relatives = listed([relative.name for relative in found.relatives], 5)
        yield f"no number on {name} is listed" + (f"; see {relatives}" if relatives else "")
    if found.more_changes:
        yield f"{found.more_changes} more gains, ratios and bounds; --limit allows more"
    if left.without_subject:
        yield f"left out: {left.without_subject} whose sentence does not say whose they are"
    if left.later:
        yield f"left out: {left.later} not certainly published by {found.as_of}"
