"""What statements share: the store, parameters, bounds, and how rows are shown."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graphkb import without_store
from graphkb.cli import pager
from graphkb.cli.mistake import tell
from graphkb.cli.rows import print_rows, written
from graphkb.cli.terminal import echo, say, terminal_width
from graphkb.errors import GraphKBError
from graphkb.store.script import Piece

if TYPE_CHECKING:
    from graphkb.knowledge_base import KnowledgeBase

__all__ = ["Session", "Shown", "json_or_text"]


@dataclass
class Session:
    """A row of statements on one store.

    Parameters
    ----------
    base : KnowledgeBase
        Where they are answered.
    parameters : dict
        Values for ``$name``.
    limit : int, optional
        Most rows of a statement; None for all.
    timeout : float
        Most seconds of a statement.
    format_name : str
        How rows are shown.
    in_shell : bool
        True where a person types: then rows are counted, and may be paged.
    pages : bool
        False where nothing goes through a pager.
    typed : callable
        Returns what was typed, the oldest first.
    depth : int
        How many files are being run, one by the other.
    """

    base: KnowledgeBase
    parameters: dict[str, object] = field(default_factory=dict)
    limit: int | None = 10_000
    timeout: float = 60.0
    format_name: str = "table"
    in_shell: bool = False
    pages: bool = True
    typed: Callable[[], Sequence[str]] = tuple
    depth: int = 0
    _answers: int = 0

    def run_all(self, text: str, origin: str | None = None) -> bool:
        """Run the statements and commands of a text up to the first that fails.

        Parameters
        ----------
        text : str
            As :func:`graphkb.without_store.pieces` parts it.
        origin : str, optional
            What it was read from, for errors.

        Returns
        -------
        bool
            False where one failed; why has been said.
        """
        piece: Piece | None = None
        try:
            for piece in without_store.pieces(text):
                if not self.run(piece, origin):
                    return False
        except GraphKBError as error:
            # Of a string that is not closed, the place is one in the whole text.
            tell(error, Piece(text, 1, 1), origin)
            return False
        if piece is None and not self.in_shell:
            told = f"{origin}: there" if origin else "there"
            say(f"graphkb: {told} is no statement. Write one, such as MATCH (n) RETURN n.id.")
            return False
        return True

    def run(self, piece: Piece, origin: str | None = None) -> bool:
        """Run one statement or command; False where it failed, which has been said."""
        from graphkb.cli.shell_commands import obey

        try:
            if piece.is_command:
                return obey(self, piece.text)
            self.answer(piece.text)
        except GraphKBError as error:
            tell(error, piece, origin)
            return False
        return True

    def answer(self, statement: str) -> None:
        """Show the rows of a statement as they arrive, and say what cut them."""
        started = time.monotonic()
        with self.base.stream(
            statement, self.parameters, limit=self.limit, timeout=self.timeout
        ) as found:
            shown = self.show(found.columns, found)
        self.count(shown, started)
        if found.cut:
            more = ":limit N" if self.in_shell else "--limit"
            say(f"cut after {shown.count} rows; {more} allows more")

    def show(self, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Shown:
        """Show rows in the chosen format and return how many they were, and when the last came."""
        counted = Shown(rows)
        self._answers += 1
        if self._answers > 1 and not self.in_shell and self.format_name in _PARTED:
            echo("\n")
        width = terminal_width()
        if self.in_shell and self.pages and width is not None:
            pager.show(written(columns, counted, self.format_name, width=width, null="null"))
        else:
            print_rows(columns, counted, self.format_name, null="null")
        return counted

    def count(self, shown: Shown, started: float) -> None:
        """In the shell, say how many rows came and how long they took to come."""
        if self.in_shell:
            rows = "row" if shown.count == 1 else "rows"
            say(f"{shown.count} {rows} in {shown.ended - started:.2g} s")


class Shown:
    """Rows that count themselves while they are shown.

    Parameters
    ----------
    rows : iterable of sequence
        As they arrive.
    """

    def __init__(self, rows: Iterable[Sequence[object]]) -> None:
        self.count = 0
        # A person may read in the pager for long after that.
        self.ended = time.monotonic()
        self._rows = rows

    def __iter__(self) -> Iterator[Sequence[object]]:
        for row in self._rows:
            self.count += 1
            yield row
        self.ended = time.monotonic()


# Formats of which one answer after the other needs a line between.
_PARTED = ("table", "csv", "markdown")


def json_or_text(text: str) -> object:
    """Return the value that a person gave on the command line.

    Parameters
    ----------
    text : str
        JSON, or any other text.

    Returns
    -------
    object
        What the JSON says, else the text.

    Examples
    --------
    >>> json_or_text("[1, 2]"), json_or_text("GRPO"), json_or_text("NaN")
    ([1, 2], 'GRPO', 'NaN')
    """
    try:
        return json.loads(text, parse_constant=_no_json)
    except (ValueError, RecursionError):
        return text


def _no_json(constant: str) -> object:
    # NaN and Infinity are Python's own; no Cypher literal and no JSON.
    raise ValueError(constant)
