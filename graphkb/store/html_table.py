"""Rows as a plain HTML table, for notebooks: text and nothing else, whatever the cells hold."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from html import escape
from itertools import islice

from graphkb.model.text import NONCHARACTERS, visible

__all__ = ["html_table"]

_MOST_ROWS, _LONGEST = 100, 300


def html_table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, total: int = 0) -> str:
    """Return rows as a table.

    Parameters
    ----------
    columns : sequence of str
        Their names.
    rows : iterable of sequence
        Plain values; only the first hundred are shown, and of a long text its beginning.
    total : int
        How many rows there are in all; what is not shown is told.

    Returns
    -------
    str
        A ``table``, and a line beneath where rows are not shown.

    Examples
    --------
    >>> html_table(("a",), [("<b>",)])
    '<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>&lt;b&gt;</td></tr></tbody></table>'
    """
    head = "".join(f"<th>{_text(column)}</th>" for column in columns)
    shown = [
        "<tr>" + "".join(f"<td>{_text(_said(value))}</td>" for value in row) + "</tr>"
        for row in islice(rows, _MOST_ROWS)
    ]
    rest = f"<p>… and {total - len(shown)} more rows</p>" if total > len(shown) else ""
    table = f"<thead><tr>{head}</tr></thead><tbody>{''.join(shown)}</tbody>"
    return f"<table>{table}</table>{rest}"


def _said(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case list() | tuple() | dict():
            return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def _text(text: str) -> str:
    line = NONCHARACTERS.sub("\ufffd", visible(text))
    return escape(line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…")
