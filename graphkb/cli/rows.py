"""Rows on standard output, in the format that was asked for."""

from __future__ import annotations

import json
import math
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import click

from graphkb.cli.terminal import echo, visible

__all__ = ["FORMATS", "formatted", "formatted_as_text", "print_rows"]

_Command = TypeVar("_Command", bound=Callable[..., Any])
_Rows = Iterable[Sequence[object]]

# How wide a table may be where nobody's terminal bounds it.
_UNBOUNDED = 100_000


def formatted(command: _Command) -> _Command:
    """Give a command the option --format."""
    return click.option(
        "--format",
        "format_name",
        type=click.Choice(tuple(FORMATS)),
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


def print_rows(columns: Sequence[str], rows: _Rows, format_name: str) -> None:
    """Print rows to standard output.

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
    """
    FORMATS[format_name](columns, rows)


def _print_json(columns: Sequence[str], rows: _Rows) -> None:
    objects = [_json(dict(zip(columns, row, strict=True))) for row in rows]
    echo("[" + ",\n ".join(objects) + "]\n")


def _print_json_lines(columns: Sequence[str], rows: _Rows) -> None:
    echo("".join(_json(dict(zip(columns, row, strict=True))) + "\n" for row in rows))


def _print_csv(columns: Sequence[str], rows: _Rows) -> None:
    # Not by the library: it leaves a bare CR unquoted, which every reader takes for a line end.
    lines = [",".join(map(_quoted, columns))]
    for row in rows:
        line = ",".join(_quoted(_plain(value)) for value in row)
        # A row that is one null would be an empty line, which readers skip.
        lines.append(line or '""')
    echo("\n".join(lines) + "\n")


def _quoted(cell: str) -> str:
    if any(character in cell for character in ',"\r\n'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _print_markdown(columns: Sequence[str], rows: _Rows) -> None:
    lines = ["| " + " | ".join(map(_escaped, columns)) + " |", "|" + " --- |" * len(columns)]
    lines += ["| " + " | ".join(_escaped(_read(value)) for value in row) + " |" for row in rows]
    echo("\n".join(lines) + "\n")


def _escaped(text: str) -> str:
    # Brackets, too: a title must be no link and no picture to whoever shows the table.
    escaped = re.sub(r"[\\|\[\]`*_]", r"\\\g<0>", text).replace("<", "&lt;")
    return " ".join(visible(escaped).split())


def _print_table(columns: Sequence[str], rows: _Rows) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="")
    for column in columns:
        table.add_column(Text(visible(column)), overflow="fold")
    for row in rows:
        table.add_row(
            *(
                Text(visible(_read(value)), justify="right" if _is_number(value) else "left")
                for value in row
            )
        )
    width = None if sys.stdout.isatty() else _UNBOUNDED
    console = Console(file=sys.stdout, color_system=None, width=width, highlight=False)
    with console.capture() as captured:
        console.print(table)
    lines = (line.rstrip() for line in captured.get().split("\n"))
    echo("".join(line + "\n" for line in lines if line))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _read(value: object) -> str:
    """A value for people: a list of texts is joined by commas."""
    if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    return _plain(value)


def _plain(value: object) -> str:
    if value is None:
        return ""
    value = _finite(value)
    return value if isinstance(value, str) else _json(value)


def _json(value: object) -> str:
    return json.dumps(_finite(value), ensure_ascii=False)


def _finite(value: Any) -> Any:
    """The value with NaN and the infinities, which JSON has not, as texts."""
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, dict):
        return {key: _finite(held) for key, held in value.items()}
    return [_finite(held) for held in value] if isinstance(value, list | tuple) else value


FORMATS: dict[str, Callable[[Sequence[str], _Rows], None]] = {
    "table": _print_table,
    "json": _print_json,
    "jsonl": _print_json_lines,
    "csv": _print_csv,
    "markdown": _print_markdown,
}
