"""search."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from graphkb.cli.rows import formatted, print_rows, written
from graphkb.cli.terminal import NOTHING_LOADED, echo, say, terminal_width
from graphkb.knowledge_base import open as open_base

if TYPE_CHECKING:
    from graphkb.query.highlight import Snippet

__all__ = ["search"]

_BEGIN, _END = "\u2061", "\u2062"
_SIGNS = re.compile(f"[{_BEGIN}{_END}]")
_MARK = re.compile(f"{_BEGIN}[^{_END}]*{_END}")
_COLUMNS = ("kind", "name", "matched", "snippet", "support", "date", "id")


@click.command(epilog="Example: graphkb search reward hacking --kind paper --since 2025-06")
@click.argument("text", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="Most rows.")
@click.option(
    "--kind",
    "--label",
    "kinds",
    multiple=True,
    help="Only entities of this kind (dataset) or label (benchmark).",
)
@click.option(
    "--since", metavar="DATE", help="Only what is of this ISO date or later; what has none is not."
)
@click.option(
    "--until",
    metavar="DATE",
    help="Only what is of this ISO date or earlier; what has none is not.",
)
@formatted
@click.pass_obj
def search(
    db: str,
    text: tuple[str, ...],
    limit: int,
    kinds: tuple[str, ...],
    since: str | None,
    until: str | None,
    format_name: str,
) -> None:
    """Find entities by names, titles and abstracts.

    TEXT is an id, a name or the beginning of one, or words, all of which must be found. Where
    nothing is found, names and words that are spelt nearly so are.
    """
    wanted = " ".join(text)
    with open_base(db) as base:
        found = base.search(wanted, limit=limit, kinds=kinds, since=since, until=until)
        empty = not found and base.is_empty
    width = terminal_width() if format_name == "table" else None
    rows = []
    for one in found:
        snippet = one.snippet.text if width is None else _with_signs(one.snippet)
        known = (one.support, one.date or None, one.id)
        rows.append((one.kind, one.name, one.matched, snippet, *known))
    if width is None:
        print_rows(_COLUMNS, rows, format_name)
    else:
        for lines in written(_COLUMNS, rows, format_name, width=width):
            echo("".join(map(_bold, lines.splitlines(keepends=True))))
    if not found:
        say(NOTHING_LOADED if empty else f"nothing matches {wanted!r}")


def _with_signs(snippet: Snippet) -> str:
    """The snippet with a sign before and after each word that is to be bold.

    The signs take no room, and a table draws them as they are, where it would not draw an escape.
    """
    marked = replace(snippet, text=_SIGNS.sub(" ", snippet.text)).marked(_BEGIN, _END)
    return _MARK.sub(lambda found: found[0].replace(" ", f"{_END} {_BEGIN}"), marked)


def _bold(line: str) -> str:
    """A line of the table; what is bold at its end is not on the next."""
    if line.rfind(_BEGIN) > line.rfind(_END):
        line = line.rstrip("\n") + _END + "\n"
    return line.replace(_BEGIN, "\x1b[1m").replace(_END, "\x1b[22m")
