"""Several statements in one text: where each begins and ends, and whether the last is whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graphkb.errors import QueryError
from graphkb.store.tokens import tokens

__all__ = ["Piece", "is_whole", "pieces"]

_BETWEEN = re.compile(r"(?:[\s;\ufeff]+|//[^\n]*|/\*.*?\*/)*", re.DOTALL)
# A command takes its line; one that takes a statement takes what a statement does.
_COMMAND = re.compile(r":(?!explain\b)[^\n]*", re.IGNORECASE)
_EXPLAIN = re.compile(r"^:explain\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A statement, or a command of the shell, in a text of several.

    Parameters
    ----------
    text : str
        Without the semicolon that ends it; a command begins with a colon.
    line, column : int
        Where it begins in the whole, both counted from 1.
    """

    text: str
    line: int
    column: int

    @property
    def is_command(self) -> bool:
        """True where it is for the shell itself."""
        return self.text.startswith(":")


def pieces(text: str) -> Iterator[Piece]:
    """Yield the statements and commands of a text, one after the other.

    Parameters
    ----------
    text : str
        Statements that end with semicolons, and lines that begin with a colon; the last
        statement needs no semicolon.

    Yields
    ------
    Piece
        None of them empty.

    Raises
    ------
    QueryError
        A string, a quoted name or a comment is not closed; what stands before has been yielded.

    Examples
    --------
    >>> [piece.text for piece in pieces("RETURN ';' AS a; :limit 5\\n:format csv\\nRETURN 2 AS b")]
    ["RETURN ';' AS a", ':limit 5', ':format csv', 'RETURN 2 AS b']
    """
    at, line, column = 0, 1, 1
    while True:
        begin = _end_of_match(_BETWEEN, text, at)
        between = text[at:begin]
        line += between.count("\n")
        column = begin - text.rfind("\n", 0, begin)
        if begin == len(text):
            return
        command = _COMMAND.match(text, begin)
        at = command.end() if command else _end_of_statement(text, begin)
        piece = text[begin:at].rstrip()
        yield Piece(piece.rstrip(";").rstrip() if command else piece, line, column)
        line += text.count("\n", begin, at)


def is_whole(text: str) -> bool:
    """Tell whether a text that was typed can be run, or is to be continued on the next line.

    Parameters
    ----------
    text : str
        Lines as typed so far.

    Returns
    -------
    bool
        True for commands, for what ends with a semicolon, and for a statement that could end
        where an empty line follows it.

    Examples
    --------
    >>> is_whole("MATCH (p:Paper)\\nRETURN p.id AS id"), is_whole("RETURN 1 AS one;")
    (False, True)
    >>> is_whole("MATCH (p:Paper)\\nRETURN p.id AS id\\n"), is_whole("MATCH (p:Paper)\\n")
    (True, False)
    """
    try:
        last = list(pieces(text))[-1:]
        found = list(tokens(text))
    except QueryError:
        return False
    if not last or found[-1].text == ";":
        return True
    [piece] = last
    if _COMMAND.match(piece.text):
        return True
    if not (text.endswith("\n") or text.rpartition("\n")[2].isspace()):
        return False
    from graphkb.store.lint import state

    # What is wrong is run, too, so that it is told why.
    return state(_EXPLAIN.sub("", piece.text))[0] != "unfinished"


def _end_of_statement(text: str, begin: int) -> int:
    for token in tokens(text, begin):
        if token.kind == "mark" and token.text == ";":
            return token.start
    return len(text)


def _end_of_match(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at
