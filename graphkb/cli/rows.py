"""Rows on standard output, in the format that was asked for, as they arrive."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

import click

from graphkb.cli.table import table
from graphkb.cli.terminal import echo, terminal_width, visible
from graphkb.cli.value import as_json, plain, readable
from graphkb.model.markdown import markdown_text

__all__ = ["FORMATS", "formatted", "formatted_as_text", "print_rows", "written"]

FORMATS = ("table", "json", "jsonl", "csv", "markdown")

_Command = TypeVar("_Command", bound=Callable[..., Any])
_Rows = Iterable[Sequence[object]]

# Seconds after which what has been gathered is written, though it is little.
_PATIENCE = 0.1
_LARGEST = 1_024


def formatted(command: _Command) -> _Command:
    """Give a command the option --format."""
    return click.option(
        "--format",
        "format_name",
        type=click.Choice(FORMATS),
        default="table",
        show_default=True,
        help="How the rows are printed.",
    )(command)


def formatted_as_text(command: _Command) -> _Command:
    """Give a command the option --format whose default is a text of the command's own.

    Parameters
    ----------
    command : callable
        It prints the text where it is given ``text``, else rows.

    Returns
    -------
    callable
        The command.
    """
    return click.option(
        "--format",
        "format_name",
        type=click.Choice(("text", *FORMATS)),
        default="text",
        show_default=True,
        help="text is for reading; the others are rows.",
    )(command)


def print_rows(columns: Sequence[str], rows: _Rows, format_name: str, *, null: str = "") -> None:
    """Print rows to standard output while they arrive.

    Parameters
    ----------
    columns : sequence of str
        Their names.
    rows : iterable of sequence
        Plain values: None, bool, int, float, str, lists and dicts of them.
    format_name : str
        One of :data:`FORMATS`. json is one array of objects, jsonl an object a line; in csv null
        is empty, booleans are true and false, lists and maps are JSON, and cells are never
        altered otherwise; table and markdown are for reading, and hold no control characters.
    null : str
        What a null is shown as in a table.
    """
    for text in written(columns, rows, format_name, width=terminal_width(), null=null):
        echo(text)


def written(
    columns: Sequence[str],
    rows: _Rows,
    format_name: str,
    *,
    width: int | None = None,
    null: str = "",
) -> Iterator[str]:
    """Yield rows as text, in pieces that grow as long as rows come fast.

    Parameters
    ----------
    columns, rows, format_name, null
        As :func:`print_rows` takes them.
    width : int, optional
        The columns of the terminal that will show the text, to which nothing is written then
        that would steer it; None where it is no terminal.

    Yields
    ------
    str
        Whole lines.

    Examples
    --------
    >>> "".join(written(("a",), [(1,), (None,)], "json"))
    '[{"a": 1},\\n {"a": null}]\\n'
    """
    match format_name:
        case "table":
            lines = table(columns, rows, width=width, null=null)
        case "json":
            lines = _json(columns, rows)
        case "jsonl":
            lines = (f"{as_json(dict(zip(columns, row, strict=True)))}\n" for row in rows)
        case "csv":
            lines = _csv(columns, rows, shown=width is not None)
        case _:
            lines = _markdown(columns, rows)
    return _gathered(lines)


def _gathered(lines: Iterator[str]) -> Iterator[str]:
    size, since, held = 1, time.monotonic(), []
    for line in lines:
        held.append(line)
        if len(held) >= size or time.monotonic() - since > _PATIENCE:
            yield "".join(held)
            size, since, held = min(2 * size, _LARGEST), time.monotonic(), []
    if held:
        yield "".join(held)


def _json(columns: Sequence[str], rows: _Rows) -> Iterator[str]:
    # The end of a line waits for the next row: an array that was broken off is not to look whole.
    held = "["
    for row in rows:
        yield held + as_json(dict(zip(columns, row, strict=True)))
        held = ",\n "
    yield "[]\n" if held == "[" else "]\n"


def _csv(columns: Sequence[str], rows: _Rows, *, shown: bool) -> Iterator[str]:
    # Not by the library: it leaves a bare CR unquoted, which every reader takes for a line end.
    see = visible if shown else str
    yield ",".join(_quoted(see(column)) for column in columns) + "\n"
    for row in rows:
        line = ",".join(_quoted(see(plain(value))) for value in row)
        # A row that is one null would be an empty line, which readers skip.
        yield (line or '""') + "\n"


def _quoted(cell: str) -> str:
    if any(character in cell for character in ',"\r\n'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _markdown(columns: Sequence[str], rows: _Rows) -> Iterator[str]:
    yield "| " + " | ".join(map(markdown_text, columns)) + " |\n"
    yield "|" + " --- |" * len(columns) + "\n"
    for row in rows:
        yield "| " + " | ".join(markdown_text(readable(value)) for value in row) + " |\n"
