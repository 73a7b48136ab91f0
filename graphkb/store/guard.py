"""What both stores refuse of a person's statement before either engine sees it.

The rules work on tokens, so that no string, comment or quoted name deceives them; the engines'
own read-only modes stand behind them. Comments are blanked in what an engine gets, so that an
engine cannot see their end elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from graphkb.errors import QueryError
from graphkb.store.tokens import Token, place, tokens

__all__ = ["PROCEDURES", "check_statement", "took_too_long", "would_change"]

PROCEDURES = ("db.labels", "db.propertyKeys", "db.relationshipTypes")

_FIRST = frozenset({"CALL", "MATCH", "OPTIONAL", "RETURN", "UNWIND", "WITH"})
_WRITES = frozenset(
    {"CREATE", "DELETE", "DETACH", "FOREACH", "INSERT", "MERGE", "NODETACH", "REMOVE", "SET"}
)
# What one engine takes for its own words even between backquotes.
_SOFT_PAIRS = {
    ("LOAD", "CSV"): (
        "LOAD CSV reads files and addresses",
        "load a source: graphkb load FILE",
    ),
    ("FORMAT", "CSV"): ("FORMAT CSV is one engine's own", "use --format csv"),
}
# Beyond these an engine's parser may run out of stack, and take the process with it.
_LONGEST = 100_000
_MOST_UNIONS = 50
_ENGINE_IDS = frozenset({"ID", "ELEMENTID"})
# Functions of a library may run statements of their own; those of these spaces compute.
_SPACES = frozenset(
    {"date", "datetime", "duration", "localdatetime", "localtime", "point", "time", "vector"}
)
_ESCAPE = re.compile(r"\\u+([0-9a-fA-F]{4})")
_CHANGES_ENTER = (
    "changes enter as sources: graphkb load, graphkb forget; a name that is spelt like a clause "
    "needs backquotes"
)


@lru_cache(maxsize=256)  # a named query is asked again and again
def check_statement(statement: str) -> str:
    """Refuse a statement that does more than read, and return the text to run.

    Parameters
    ----------
    statement : str
        Cypher as a person wrote it.

    Returns
    -------
    str
        The same statement with comments blanked and without a final semicolon; every token
        keeps its line and column.

    Raises
    ------
    QueryError
        It writes, loads a file, calls a procedure off the list, is several statements, chooses
        a database, asks for a plan or an engine's ids, or leaves a path's length open.

    Examples
    --------
    >>> check_statement("MATCH (p:Paper) RETURN p.id AS id; // all of them").rstrip()
    'MATCH (p:Paper) RETURN p.id AS id'
    >>> check_statement("MATCH (p:Paper) SET p.year = 1")
    Traceback (most recent call last):
    ...
    graphkb.errors.QueryError: line 1, column 17: SET would change the store. Changes enter as \
sources: graphkb load, graphkb forget; a name that is spelt like a clause needs backquotes.
    """
    text = statement.replace("\r\n", "\n").replace("\r", "\n")
    _refuse_hidden_characters(text)
    if len(text) > _LONGEST:
        raise QueryError(
            f"the statement is longer than {_LONGEST:,} characters",
            remedy="pass long values as parameters",
        )
    found = list(tokens(text))
    if found and found[-1].text == ";":
        found.pop()
    if not found:
        raise QueryError("there is no statement", remedy="write one, such as MATCH (n) RETURN n.id")
    for index, token in enumerate(found):
        if token.text == ";" and token.kind == "mark":
            raise _refusal(
                text, token, "there is more than one statement", "run each by itself, without `;`"
            )
        if token.kind == "mark" and token.text == "[":
            _refuse_open_length(text, found, index)
        elif token.kind in ("word", "quoted") and not _is_property(found, index):
            _refuse_soft_pair(text, found, index)
            _refuse_function(text, found, index)
            if token.kind == "word" and not _is_label_or_key(found, index):
                _refuse_clause(text, found, index)
    _refuse_first(text, found[0])
    _refuse_arms(text, found)
    return _without_comments(text, found)


def would_change() -> QueryError:
    """Return the error for a statement that an engine itself found to write."""
    return QueryError(
        "the statement would change the store",
        remedy="changes enter as sources: graphkb load, graphkb forget",
    )


def took_too_long(seconds: float) -> QueryError:
    """Return the error for a statement that an engine ended after so many seconds."""
    return QueryError(
        f"the statement took longer than {seconds:g} s",
        remedy="ask for less, or allow more time with --timeout, in the shell with :timeout",
    )


def _refuse_hidden_characters(text: str) -> None:
    # Neo4j decodes these before it reads the statement, quotes and line ends included.
    for match in _ESCAPE.finditer(text):
        if int(match[1], 16) < 128:
            raise QueryError(
                f"{match[0]} hides a character that means something in Cypher",
                where=place(text, match.start()),
                remedy="write the character itself, or pass the text as a parameter",
            )


def _refuse_arms(text: str, found: Sequence[Token]) -> None:
    """Hold the beginning of every arm of a UNION to that of a statement."""
    unions = [at for at, token in enumerate(found) if _bare(token) == "UNION" and at]
    unions = [at for at in unions if not _is_name(found, at)]
    if len(unions) > _MOST_UNIONS:
        raise _refusal(
            text,
            found[unions[_MOST_UNIONS]],
            f"there are more than {_MOST_UNIONS} UNIONs",
            "UNWIND a list parameter instead",
        )
    for at in unions:
        start = at + 1
        if start < len(found) and _bare(found[start]) in ("ALL", "DISTINCT"):
            start += 1
        if start < len(found):
            _refuse_first(text, found[start])


def _is_name(found: Sequence[Token], index: int) -> bool:
    """Tell a quoted name, where a name stands, from a word that an engine may take for its own."""
    if _is_property(found, index) or _is_label_or_key(found, index):
        return True
    previous, following = found[index - 1], _text(found, index + 1)
    named = previous.upper == "AS" or (previous.text in ("(", "[", ",") and previous.kind == "mark")
    return found[index].kind == "quoted" and (named or following == ".")


def _refuse_soft_pair(text: str, found: Sequence[Token], index: int) -> None:
    if index + 1 < len(found):
        pair = _bare(found[index]), _bare(found[index + 1])
        if pair in _SOFT_PAIRS:
            raise _refusal(text, found[index], *_SOFT_PAIRS[pair])


def _bare(token: Token) -> str:
    """A word, or what stands between backquotes, in capitals."""
    if token.kind == "quoted":
        return token.text[1:-1].replace("``", "`").strip().upper()
    return token.upper if token.kind == "word" else ""


def _refuse_first(text: str, token: Token) -> None:
    if token.upper in _FIRST:
        return
    if token.upper in ("EXPLAIN", "PROFILE"):
        raise _refusal(
            text, token, f"{token.upper} asks for a plan", f"leave {token.upper} out: rows only"
        )
    if token.upper == "SHOW":
        raise _refusal(
            text, token, "SHOW tells of an engine", "graphkb stats says what the store holds"
        )
    raise _refusal(
        text,
        token,
        f"no statement that reads begins with {token.text[:30]}",
        "begin with " + ", ".join(sorted(_FIRST - {"OPTIONAL"})) + " or OPTIONAL MATCH",
    )


def _refuse_clause(text: str, found: Sequence[Token], index: int) -> None:
    token, word = found[index], found[index].upper
    following = [item.upper for item in found[index + 1 : index + 5]]
    if word in _WRITES:
        raise _refusal(text, token, f"{word} would change the store", _CHANGES_ENTER)
    if word == "USE":
        raise _refusal(
            text, token, "USE would leave the store", "choose the database with NEO4J_DATABASE"
        )
    if (
        word == "IN"
        and index
        and found[index - 1].text == "}"
        and {"TRANSACTIONS", "TRANSACTION"} & set(following)
    ):
        raise _refusal(text, token, "IN TRANSACTIONS is for writes", "leave IN TRANSACTIONS out")
    if word == "CALL" and following and following[0] not in ("{", "("):
        _refuse_procedure(text, found, index)


def _refuse_procedure(text: str, found: Sequence[Token], index: int) -> None:
    name, _ = _dotted(found, index + 1)
    if name.lower() not in {allowed.lower() for allowed in PROCEDURES}:
        raise _refusal(
            text,
            found[index],
            f"the procedure {name[:60]} may not be called",
            "only these may be: " + ", ".join(PROCEDURES),
        )


def _refuse_function(text: str, found: Sequence[Token], index: int) -> None:
    name, after = _dotted(found, index)
    if after >= len(found) or found[after].text != "(":
        return
    if index and found[index - 1].upper == "CALL":
        return
    if name.upper() in _ENGINE_IDS:
        raise _refusal(
            text,
            found[index],
            f"{name}() gives a number of the engine, which differs from store to store",
            "use the id of the graph: n.id",
        )
    space, dot, _ = name.partition(".")
    if dot and space.lower() not in _SPACES:
        raise _refusal(
            text,
            found[index],
            f"the function {name[:60]} is of a library",
            "use the functions of Cypher itself",
        )


def _refuse_open_length(text: str, found: Sequence[Token], index: int) -> None:
    """Look for the star of a relationship's length between the bracket at index and its end."""
    if not index or found[index - 1].text != "-":
        return
    depth = 0
    for at in range(index + 1, len(found)):
        mark = _text(found, at)
        if mark in ("(", "{", "["):
            depth += 1
        elif mark in (")", "}", "]"):
            depth -= 1
        if depth < 0 or found[at].upper == "WHERE":
            return
        if mark == "*" and depth == 0:
            _refuse_open_star(text, found, at)


def _refuse_open_star(text: str, found: Sequence[Token], star: int) -> None:
    at = star + 1
    has_lower = _kind(found, at) in _BOUNDS
    lower = found[at].text if has_lower else ""
    at += has_lower
    if _text(found, at) == ".":
        while _text(found, at) == ".":
            at += 1
        if _kind(found, at) in _BOUNDS:
            return
    elif has_lower or _text(found, at) not in ("]", "{"):
        # One number is both bounds; anything else after a star is a product.
        return
    least = int(lower) if lower.isdecimal() and len(lower) < 4 else 1
    raise _refusal(
        text,
        found[star],
        "the length of the path has no upper bound",
        f"say how far: *{least}..N, such as *{least}..{least + 4}",
    )


_BOUNDS = ("number", "parameter")


def _is_property(found: Sequence[Token], index: int) -> bool:
    if not index or found[index - 1].text != ".":
        return False
    # `1.SET` and `1..SET` are a number, or a range, and then a clause.
    return index > 1 and found[index - 2].kind != "number" and found[index - 2].text != "."


def _is_label_or_key(found: Sequence[Token], index: int) -> bool:
    previous = found[index - 1].text if index else ""
    return previous == ":" or (previous in ("{", ",") and _text(found, index + 1) == ":")


def _dotted(found: Sequence[Token], index: int) -> tuple[str, int]:
    parts: list[str] = []
    while _kind(found, index) in ("word", "quoted"):
        part = found[index]
        parts.append(part.text[1:-1].replace("``", "`") if part.kind == "quoted" else part.text)
        index += 1
        if _text(found, index) != ".":
            break
        index += 1
    return ".".join(parts), index


def _kind(found: Sequence[Token], index: int) -> str:
    return found[index].kind if index < len(found) else ""


def _text(found: Sequence[Token], index: int) -> str:
    return found[index].text if index < len(found) and found[index].kind == "mark" else ""


def _without_comments(text: str, found: Sequence[Token]) -> str:
    pieces: list[str] = []
    end = 0
    for token in found:
        pieces.append(_blank(text[end : token.start]))
        pieces.append(token.text)
        end = token.start + len(token.text)
    return "".join(pieces)


def _blank(between: str) -> str:
    return re.sub(r"[^\n]", " ", between)


def _refusal(text: str, token: Token, what: str, remedy: str) -> QueryError:
    return QueryError(what, where=place(text, token.start), remedy=remedy)
