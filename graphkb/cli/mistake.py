"""An error in a statement, told with the line that it is in and a caret under the place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from graphkb.cli.table import length
from graphkb.cli.terminal import say, visible

if TYPE_CHECKING:
    from graphkb.errors import GraphKBError
    from graphkb.store.script import Piece

__all__ = ["tell"]

_PLACE = re.compile(r"line (\d+), column (\d+)")
# How much of a long line is shown before the place, and in all.
_BEFORE, _SHOWN = 50, 76


def tell(error: GraphKBError, piece: Piece, origin: str | None = None) -> None:
    """Write an error to standard error.

    Parameters
    ----------
    error : GraphKBError
        What went wrong.
    piece : Piece
        The statement or command.
    origin : str, optional
        What the statement was read from, where that holds several: a file's name.
    """
    found = _PLACE.fullmatch(error.where or "")
    if found is None:
        where = error.where
        if origin:
            where = f"{origin}:{piece.line}" + (f": {where}" if where else "")
        say(f"graphkb: {where}: {error.clause}" if where else f"graphkb: {error.clause}")
        return
    line, column = int(found[1]), int(found[2])
    at_column = column + (piece.column - 1 if line == 1 else 0)
    place = f"line {line}, column {column}"
    if origin:
        place = f"{origin}:{piece.line + line - 1}, column {at_column}"
    say(f"graphkb: {place}: {error.clause}")
    lines = piece.text.split("\n")
    if line <= len(lines) and column <= len(lines[line - 1]) + 1:
        _point(lines[line - 1], column)


def _point(line: str, column: int) -> None:
    begin = max(0, column - 1 - _BEFORE)
    before = ("…" if begin else "") + visible(line[begin : column - 1])
    after = visible(line[column - 1 :])
    room = _SHOWN - len(before)
    say("  " + before + (after if len(after) <= room else after[:room] + "…"))
    say("  " + " " * length(before) + "^")
