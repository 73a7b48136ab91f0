"""A statement to its tree: our tokens, read by the grammar in cypher.lark.

What a word or a bracket means in Cypher hangs on where it stands. So each token gets its terminal
while the parser runs, out of those that the parser could go on with; where these leave two
readings, the tokens that follow tell.
"""

from __future__ import annotations

import os
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from graphkb.errors import QueryError
from graphkb.model.caches import cache_folder
from graphkb.store.tokens import Token, place, tokens

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import lark

__all__ = ["UnfinishedError", "parse"]

# Words that are keywords only before a brace, or only before a parenthesis; else they are names.
_BEFORE = {
    **dict.fromkeys(("COLLECT", "COUNT", "EXISTS"), "{"),
    **dict.fromkeys(
        ("ALL", "ALLSHORTESTPATHS", "ANY", "NONE", "REDUCE", "SHORTESTPATH", "SINGLE"), "("
    ),
}
# Terminals that are no words of the language, though a name may be spelt like one.
_NO_WORDS = frozenset(
    {
        *("NAME", "NUMBER", "STRING", "PARAMETER", "FUNCTION", "NODE", "DETAIL", "INDEX", "GROUP"),
        *("BAR", "PIPE", "PATH", "DASH", "STAR", "LEFT", "RIGHT", "AMPERSAND", "BANG", "COLON"),
        *("CIRCUMFLEX", "COMMA", "DOT", "EQUAL", "LESSTHAN", "MORETHAN", "PERCENT", "PLUS"),
        "SLASH",
    }
)
_PAIRS = ("..", "::", "=~", "<>", "!=", "<=", ">=", "||")
_OPEN = {"(": ")", "[": "]", "{": "}"}
_IN_NODE = (":", "|", "&", "!", "%", "(", ")")
_KINDS = {"string": "STRING", "number": "NUMBER", "parameter": "PARAMETER", "quoted": "NAME"}
# What a statement nests deeper would take the parser's, or an engine's, stack.
_DEEPEST = 100


class UnfinishedError(QueryError):
    """The text ends in the middle of a statement."""


def parse(statement: str) -> lark.Tree[lark.Token]:
    """Return the tree of a statement.

    Parameters
    ----------
    statement : str
        Cypher that reads, without a final semicolon.

    Returns
    -------
    lark.Tree
        The start rule of cypher.lark; every tree and token knows its place.

    Raises
    ------
    UnfinishedError
        It breaks off.
    QueryError
        It is no Cypher that reads; the error says where.

    Examples
    --------
    >>> str(parse("MATCH (p:Paper) RETURN p.id AS id").data)
    'start'
    >>> parse("MATCH (p:Paper) RETURN p.id id")
    Traceback (most recent call last):
    ...
    graphkb.errors.QueryError: line 1, column 29: id is not expected here
    """
    return _Reading(statement).tree()


@cache
def _parser() -> tuple[lark.Lark, dict[str, str]]:
    """Return the parser, and the name of each terminal that is a mark."""
    import lark

    grammar = resources.files(__package__).joinpath("cypher.lark").read_text(encoding="utf-8")
    parser = lark.Lark(
        grammar,
        parser="lalr",
        lexer="basic",
        maybe_placeholders=False,
        propagate_positions=True,
        cache=_tables(),
    )
    return parser, {str(found.pattern.value): found.name for found in parser.terminals}


def _tables() -> str | bool:
    """Return the file where lark keeps the parser's tables, which take a third of a second."""
    try:
        folder = cache_folder()
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):
        return False
    return str(folder / "cypher.tables") if os.access(folder, os.W_OK) else False


class _Reading:
    """One statement, token by token."""

    def __init__(self, statement: str) -> None:
        self._text = statement
        self._tokens = _paired(tuple(tokens(statement)))
        self._ends = _ends(self._tokens)
        self._open: list[str] = []
        self._lines = [0]
        for at, character in enumerate(statement):
            if character == "\n":
                self._lines.append(at + 1)

    def tree(self) -> lark.Tree[lark.Token]:
        import lark
        from lark.exceptions import UnexpectedInput

        parser, marks = _parser()
        reading = parser.parse_interactive()
        index = 0
        while index < len(self._tokens):
            token = self._tokens[index]
            choices: Collection[str] = reading.choices()  # type: ignore[no-untyped-call]
            terminal, after = self._terminal(index, choices, marks)
            first, last = token.start, self._tokens[after - 1]
            stop = last.start + len(last.text)
            line, column = self._place(first)
            end_line, end_column = self._place(stop)
            piece = lark.Token(
                terminal,
                self._text[first:stop],
                start_pos=first,
                line=line,
                column=column,
                end_line=end_line,
                end_column=end_column,
                end_pos=stop,
            )
            try:
                reading.feed_token(piece)
            except UnexpectedInput:
                raise self._unexpected(index) from None
            index = after
        try:
            tree: lark.Tree[lark.Token] = reading.feed_eof()  # type: ignore[no-untyped-call]
        except UnexpectedInput:
            raise UnfinishedError(
                "the statement ends too early",
                where=place(self._text, len(self._text.rstrip())),
                remedy="close what is open, and end it with RETURN",
            ) from None
        return tree

    def _terminal(
        self, index: int, choices: Collection[str], marks: dict[str, str]
    ) -> tuple[str, int]:
        """Return the terminal of the token at index, and the index after it."""
        token = self._tokens[index]
        if token.kind in ("word", "quoted"):
            return self._word(index, choices)
        if token.kind != "mark":
            return _KINDS[token.kind], index + 1
        text = token.text
        if text in _OPEN:
            terminal = self._opening(index, choices)
            self._open.append("REDUCE" if self._upper(index - 1) == "REDUCE" else terminal)
            if len(self._open) > _DEEPEST:
                raise self._refused(index, f"brackets are nested more than {_DEEPEST} deep")
            return terminal, index + 1
        if text in _OPEN.values():
            if self._open:
                self._open.pop()
            return marks[text], index + 1
        if text == "|":
            return self._bar(choices), index + 1
        if text == "<" and "LEFT" in choices and self._upper(index + 1) == "-":
            return "LEFT", index + 1
        if text == ">" and "RIGHT" in choices:
            return "RIGHT", index + 1
        if text == "=" and self._upper(index - 2) == "[" and self._is_pattern(index + 1):
            return "PATH", index + 1
        known = {"-": "DASH", "*": "STAR"}.get(text) or marks.get(text)
        if known is None:
            raise self._unexpected(index)
        return known, index + 1

    def _word(self, index: int, choices: Collection[str]) -> tuple[str, int]:
        token = self._tokens[index]
        following = self._upper(index + 1)
        if token.kind == "word" and token.upper in choices and token.upper not in _NO_WORDS:
            needed = _BEFORE.get(token.upper)
            if "NAME" not in choices or needed in (None, following):
                return token.upper, index + 1
        if "FUNCTION" in choices:
            after = index + 1
            while self._upper(after) == "." and self._kind(after + 1) in ("word", "quoted"):
                after += 2
            if self._upper(after) == "(" or "NAME" not in choices:
                return "FUNCTION", after
        return "NAME", index + 1

    def _opening(self, index: int, choices: Collection[str]) -> str:
        text = self._tokens[index].text
        if text == "{":
            return "LBRACE"
        if text == "[":
            return next((name for name in ("DETAIL", "INDEX") if name in choices), "LSQB")
        if "GROUP" in choices:
            return "GROUP"
        if "NODE" in choices and ("LPAR" not in choices or self._is_pattern(index)):
            return "NODE"
        return "LPAR"

    def _bar(self, choices: Collection[str]) -> str:
        if "BAR" not in choices or "PIPE" not in choices:
            return "BAR" if "BAR" in choices else "PIPE"
        return "PIPE" if self._open and self._open[-1] in ("LSQB", "REDUCE") else "BAR"

    def _is_pattern(self, index: int) -> bool:
        """Tell whether a node and a relationship begin here, by their shape."""
        end = self._ends.get(index)
        if end is None or self._upper(index) != "(":
            return False
        at = index + 1
        while at < end:
            text = self._upper(at)
            if text == "{":
                at = self._ends.get(at, end)
            elif self._kind(at) in ("string", "number") or (
                self._kind(at) == "mark" and text not in _IN_NODE
            ):
                return False
            at += 1
        at = end + 1
        if self._upper(at) == "<":
            at += 1
        if self._upper(at) != "-":
            return False
        if self._upper(at + 1) == "[":
            return self._upper(self._ends.get(at + 1, at) + 1) == "-"
        at += 2
        if self._upper(at - 1) != "-":
            return False
        return self._upper(at + (self._upper(at) == ">")) == "("

    def _kind(self, index: int) -> str:
        return self._tokens[index].kind if 0 <= index < len(self._tokens) else ""

    def _upper(self, index: int) -> str:
        """The token at an index: a word in capitals, a mark as it is, else nothing."""
        if self._kind(index) not in ("word", "mark"):
            return ""
        return self._tokens[index].upper

    def _place(self, start: int) -> tuple[int, int]:
        from bisect import bisect_right

        line = bisect_right(self._lines, start)
        return line, start - self._lines[line - 1] + 1

    def _unexpected(self, index: int) -> QueryError:
        token = self._tokens[index]
        what, remedy = _HINTS.get(
            (token.upper, self._upper(index + 1)),
            _HINTS.get((token.upper, ""), (f"{token.text[:40]} is not expected here", "")),
        )
        return self._refused(index, what, remedy or None)

    def _refused(self, index: int, what: str, remedy: str | None = None) -> QueryError:
        return QueryError(what, where=place(self._text, self._tokens[index].start), remedy=remedy)


# What Neo4j has and the embedded engine has not, and what neither has, by the first words of it.
_HINTS: dict[tuple[str, str], tuple[str, str]] = {
    ("SHORTEST", ""): (
        "the embedded store has no SHORTEST",
        "write p = shortestPath((a)-[:CITES*1..6]->(b)), or allShortestPaths",
    ),
    ("(", "("): (
        "the embedded store has no repeated part of a path",
        "give the relationship a length: -[:EXTENDS*1..3]->",
    ),
    ("FOREACH", ""): ("FOREACH would change the store", "changes enter as sources: graphkb load"),
}


def _paired(found: Sequence[Token]) -> tuple[Token, ...]:
    """Join the marks that mean something only together."""
    joined: list[Token] = []
    for token in found:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.kind == token.kind == "mark"
            and last.start + 1 == token.start
            and last.text + token.text in _PAIRS
        ):
            joined[-1] = Token("mark", last.text + token.text, last.start)
        else:
            joined.append(token)
    return tuple(joined)


def _ends(found: Sequence[Token]) -> dict[int, int]:
    """Map the index of each opening bracket to that of its closing one."""
    ends: dict[int, int] = {}
    still: list[int] = []
    for index, token in enumerate(found):
        if token.kind != "mark":
            continue
        if token.text in _OPEN:
            still.append(index)
        elif still and token.text == _OPEN[found[still[-1]].text]:
            ends[still.pop()] = index
    return ends
