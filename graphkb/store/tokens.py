"""The tokens of a Cypher statement, so that strings, comments and quoted names deceive nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from graphkb.errors import QueryError

__all__ = ["Token", "place", "tokens"]

Kind = Literal["word", "quoted", "string", "number", "parameter", "mark"]

_TOKEN = re.compile(
    r"""
    (?P<space>[\s\u200b\ufeff]+ | //[^\n\r]* | /\*.*?\*/)
  | (?P<string>'(?:\\.|[^'\\])*' | "(?:\\.|[^"\\])*")
  | (?P<quoted>`(?:``|[^`])*`)
  | (?P<parameter>\$(?:\w+|`(?:``|[^`])*`))
  | (?P<number>0[xo][0-9a-f]+ | \d+(?:\.\d+)?(?:e[+-]?\d+)?)
  | (?P<word>\w+)
  | (?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A token of a statement.

    Parameters
    ----------
    kind : {'word', 'quoted', 'string', 'number', 'parameter', 'mark'}
        A word may be a keyword; a quoted name never is.
    text : str
        As written.
    start : int
        Where it begins in the statement.
    """

    kind: Kind
    text: str
    start: int

    @property
    def upper(self) -> str:
        """A word in capitals, to be compared with keywords; of anything else the text."""
        return self.text.upper() if self.kind == "word" else self.text


def tokens(statement: str, start: int = 0) -> Iterator[Token]:
    """Yield the tokens of a statement without white space and comments.

    Parameters
    ----------
    statement : str
        Cypher.
    start : int
        Where to begin; the tokens' offsets count from the statement's own beginning.

    Yields
    ------
    Token
        In order.

    Raises
    ------
    QueryError
        A string, a quoted name or a comment is not closed.

    Examples
    --------
    >>> [token.text for token in tokens("RETURN 'a // b' AS `x y` // CREATE")]
    ['RETURN', "'a // b'", 'AS', '`x y`']
    """
    for match in _TOKEN.finditer(statement, start):
        kind = match.lastgroup
        text = match[0]
        if kind == "space":
            continue
        opened = "/*" if statement.startswith("/*", match.start()) else text
        if kind == "mark" and opened in ("/*", "'", '"', "`"):
            raise QueryError(
                f"{opened} is opened and not closed",
                where=place(statement, match.start()),
                remedy="close the string, the quoted name or the comment",
            )
        yield Token(_KINDS[kind or "mark"], text, match.start())


def place(statement: str, start: int) -> str:
    """Return line and column of an offset, for an error.

    Parameters
    ----------
    statement : str
        Cypher.
    start : int
        An offset into it.

    Returns
    -------
    str
        Both counted from 1.

    Examples
    --------
    >>> place("MATCH (n)\\nSET n.a = 1", 10)
    'line 2, column 1'
    """
    before = statement[:start]
    return f"line {before.count(chr(10)) + 1}, column {start - (before.rfind(chr(10)) + 1) + 1}"


_KINDS: dict[str, Kind] = {
    "string": "string",
    "quoted": "quoted",
    "parameter": "parameter",
    "number": "number",
    "word": "word",
    "mark": "mark",
}
