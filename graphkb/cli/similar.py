"""similar."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from graphkb.cli.quotation import wrapped
from graphkb.cli.rows import formatted, print_rows
from graphkb.cli.terminal import echo, listed, say, shortened, terminal_width
from graphkb.knowledge_base import open as open_base

if TYPE_CHECKING:
    from graphkb.query.similar import Reason, Similar, Similarity

__all__ = ["similar"]

_COLUMNS = ("name", "score", "reasons", "support", "id")
_UNBOUNDED = 1_000_000
_TOLD = 3
_TITLE = 60


@click.command(epilog="Example: graphkb similar GRPO --limit 5")
@click.argument("name", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1), default=15, show_default=True, help="Most rows.")
@formatted
@click.pass_obj
def similar(db: str, name: tuple[str, ...], limit: int, format_name: str) -> None:
    """Find what is most like a method, model, benchmark, paper or task, and why."""
    with open_base(db) as base:
        found = base.similar(" ".join(name), limit=limit)
    if format_name == "table":
        echo("".join(line.rstrip() + "\n" for line in _told(found, terminal_width() or _UNBOUNDED)))
    else:
        rows = (
            (
                one.entity.name,
                one.score,
                [_reason(reason, len(reason.shared)) for reason in one.reasons],
                one.entity.properties.get("support"),
                one.entity.id,
            )
            for one in found.found
        )
        print_rows(_COLUMNS, rows, format_name)
    if not found.found:
        say(f"{found.entity.name} shares nothing with anything")
    if found.unseen:
        say(f"{found.unseen} of its neighbours were not followed: too many have them")


def _told(found: Similarity, columns: int) -> Iterator[str]:
    for one in found.found:
        yield from wrapped(_name(one), columns, f"{one.score:6.2f}  ", " " * 10)
        why = "; ".join(_reason(reason, _TOLD) for reason in one.reasons)
        yield from wrapped(why, columns, " " * 8, " " * 8)


def _name(one: Similar) -> str:
    support = one.entity.properties.get("support")
    return one.entity.name if support is None else f"{one.entity.name} (support {support})"


def _reason(reason: Reason, most: int) -> str:
    names = [shortened(entity.name, _TITLE) for entity in reason.shared]
    return f"{reason.phrase} {listed(names, most)}" if names else reason.phrase
