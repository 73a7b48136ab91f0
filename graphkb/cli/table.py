"""Rows as a table for reading, drawn while they arrive.

The widths of the columns are those of the first rows, so that what follows needs no waiting: a
wider cell is folded where a terminal bounds the table, and runs over where nothing does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from graphkb.cli.terminal import visible
from graphkb.cli.value import is_number, readable

__all__ = ["length", "table"]

# How many rows are looked at before the first is drawn.
_LOOK_AHEAD = 1_000
_GAP = "   "
# Columns narrower than this fold almost every word; then a row is drawn as lines.
_NARROWEST = 8


def table(
    columns: Sequence[str], rows: Iterable[Sequence[object]], *, width: int | None, null: str = ""
) -> Iterator[str]:
    """Draw rows as a table.

    Parameters
    ----------
    columns : sequence of str
        Their names.
    rows : iterable of sequence
        Plain values.
    width : int, optional
        The columns of the terminal; cells are folded to keep within it, and where they would
        become too narrow, a row is drawn as a line a value. None where nothing bounds a line.
    null : str
        What None is shown as.

    Yields
    ------
    str
        Lines, with their ends.

    Examples
    --------
    >>> print("".join(table(("n", "name"), [(7, "GRPO"), (10, None)], width=None)), end="")
     n    name
    ───────────
      7   GRPO
     10
    """
    arriving = iter(rows)
    first = list(islice(arriving, _LOOK_AHEAD))
    names = [visible(name) for name in columns]
    natural = [length(name) for name in names]
    for row in first:
        for at, value in enumerate(row):
            natural[at] = max(natural[at], length(visible(readable(value, null))))
    edges = 2 + len(_GAP) * (len(names) - 1)
    room = None if width is None else width - edges
    if room is not None and sum(natural) > room and room < _NARROWEST * len(names):
        yield from _records(names, chain(first, arriving), width, null)
        return
    widths = natural if room is None else _shared(natural, room)
    is_bounded = room is not None
    yield from _drawn(names, [False] * len(names), widths, is_bounded)
    yield "─" * (sum(widths) + edges) + "\n"
    for row in chain(first, arriving):
        cells = [visible(readable(value, null)) for value in row]
        yield from _drawn(cells, [is_number(value) for value in row], widths, is_bounded)


def _drawn(
    cells: Sequence[str], to_right: Sequence[bool], widths: Sequence[int], is_bounded: bool
) -> Iterator[str]:
    folded = [
        _folded(cell, width) if is_bounded else [cell]
        for cell, width in zip(cells, widths, strict=True)
    ]
    for number in range(max(map(len, folded), default=0)):
        pieces = []
        for lines, right, width in zip(folded, to_right, widths, strict=True):
            text = lines[number] if number < len(lines) else ""
            space = " " * (width - length(text))
            pieces.append(space + text if right else text + space)
        yield (" " + _GAP.join(pieces)).rstrip() + "\n"


def _records(
    names: Sequence[str], rows: Iterable[Sequence[object]], width: int | None, null: str
) -> Iterator[str]:
    longest = max(map(length, names))
    room = max(_NARROWEST, (width or 0) - longest - 4)
    for number, row in enumerate(rows, 1):
        head = f"── row {number} "
        yield head + "─" * max(0, (width or 0) - len(head)) + "\n"
        for name, value in zip(names, row, strict=True):
            yield from _drawn(
                (name, visible(readable(value, null))), (False, False), (longest, room), True
            )


def _shared(natural: Sequence[int], room: int) -> list[int]:
    """Cut the widest columns, all to one width, until the sum fits."""
    left, widths = room, list(natural)
    for rank, at in enumerate(sorted(range(len(natural)), key=natural.__getitem__)):
        share = max(1, left // (len(natural) - rank))
        widths[at] = min(natural[at], share)
        left -= widths[at]
    return widths


def _folded(text: str, width: int) -> list[str]:
    """Break a text into lines at its spaces, and where a word is too long within it."""
    if length(text) <= width:
        return [text]
    lines, line, used = [], "", 0
    for word in text.split(" "):
        space = 1 if line else 0
        size = length(word)
        if used + space + size <= width:
            line, used = line + " " * space + word, used + space + size
            continue
        if line:
            lines.append(line)
        *full, line = _chopped(word, width) if size > width else [word]
        lines += full
        used = length(line)
    return [*lines, line]


def _chopped(word: str, width: int) -> list[str]:
    pieces, piece, used = [], "", 0
    for character in word:
        size = length(character)
        if piece and used + size > width:
            pieces.append(piece)
            piece, used = "", 0
        piece, used = piece + character, used + size
    return [*pieces, piece]


def length(text: str) -> int:
    """Return how many columns of a terminal a text takes.

    Parameters
    ----------
    text : str
        One line.

    Returns
    -------
    int
        A Chinese character takes two, a combining one none.

    Examples
    --------
    >>> length("GRPO"), length("策略")
    (4, 4)
    """
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)
