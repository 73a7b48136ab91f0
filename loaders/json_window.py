"""A JSON document read through a window: its members one at a time, with the line of an error."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NoReturn

from graphkb.errors import InputError
from graphkb.model.source import SourceInput
from graphkb.model.utf8 import pieces_of

__all__ = ["Window"]

_BLANK = " \t\r\n"
_MIB = 1 << 20
_LONGEST = 64 * _MIB
_NEARLY = 16  # an escape, a number or a word that is cut is shorter

_decode = json.JSONDecoder().raw_decode


class Window:
    """A JSON document of which a piece is held that grows to the largest value, and no further.

    Parameters
    ----------
    source : SourceInput
        The document.
    """

    def __init__(self, source: SourceInput) -> None:
        self._name = source.name
        self._pieces = pieces_of(source.binary, source.name)
        self._text = ""
        self._at = 0
        self._newlines = 0  # before the text
        self._kept = 0

    def peek(self) -> str:
        """Return the next character that is not blank; nothing at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in _BLANK:
                self._at += 1
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._fill():
                return ""

    def members(self, place: str) -> Iterator[tuple[str, Any]]:
        """Yield the members of the array that begins here, with their paths."""
        self._take("[")
        at = 0
        while self.peek() != "]" or at:
            yield f"{place}[{at}]", self._next()
            at += 1
            if self.peek() == "]":
                break
            self._take(",")
        self._take("]")

    def fields(self) -> Iterator[str]:
        """Yield the keys of the object that begins here; each value is to be read in between."""
        self._take("{")
        first = True
        while self.peek() != "}" or not first:
            if self.peek() != '"':
                self._fail("Expecting property name enclosed in double quotes", self._at)
            key = self._next()
            self._take(":")
            yield str(key)
            first = False
            if self.peek() == "}":
                break
            self._take(",")
        self._take("}")

    def value(self) -> Any:
        """Return the value that begins here, to be kept: all of those have to fit in memory."""
        before = self._at
        value = self._next()
        self._kept += max(self._at - before, 1)
        if self._kept > _LONGEST:
            self._fail(f"more than {_LONGEST // _MIB} MiB outside of a list", self._at)
        return value

    def end(self) -> None:
        """Refuse what stands after the document's end."""
        if self.peek():
            self._fail("Extra data", self._at)

    def _take(self, mark: str) -> None:
        if self.peek() != mark:
            self._fail(f"Expecting {mark!r}", self._at)
        self._at += 1

    def _next(self) -> Any:
        self.peek()
        while True:
            try:
                value, end = _decode(self._text, self._at)
            except json.JSONDecodeError as error:
                near = len(self._text) - error.pos <= _NEARLY
                if (near or error.msg.startswith("Unterminated")) and self._fill():
                    continue
                self._fail(error.msg, error.pos)
            except (ValueError, RecursionError) as error:
                self._fail(type(error).__name__, self._at)
            # A number may go on in the next piece, even behind a point or an `e-`.
            if len(self._text) - end <= 2 and self._fill():
                continue
            self._at = end
            return value

    def _fill(self) -> bool:
        """Read on, at least as much as is held: so a long value is parsed a few times only."""
        if len(self._text) - self._at > _LONGEST:
            self._fail(f"a value longer than {_LONGEST // _MIB} MiB", self._at)
        held = self._text[self._at :]
        pieces = []
        size = 0
        for piece in self._pieces:
            pieces.append(piece)
            size += len(piece)
            if size > len(held):
                break
        if not size:
            return False
        self._newlines += self._text.count("\n", 0, self._at)
        self._text = held + "".join(pieces)
        self._at = 0
        return True

    def _fail(self, what: str, at: int) -> NoReturn:
        line = self._newlines + self._text.count("\n", 0, at) + 1
        raise InputError(
            f"this is no JSON that can be read ({what})",
            where=f"{self._name}:{line}",
            remedy="mend it, or write one object a line, so that one bad line costs one record",
        )
