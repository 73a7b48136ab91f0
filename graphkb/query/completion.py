"""What may stand where the cursor is in a statement that is being typed."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from graphkb.errors import QueryError
from graphkb.model.schema import ENTITY_TYPES, RELATIONSHIP_TYPES, PropertyType
from graphkb.store.guard import PROCEDURES
from graphkb.store.tokens import Token, tokens

__all__ = ["FUNCTIONS", "KEYWORDS", "Completion", "completions"]

KEYWORDS = (
    *("MATCH", "OPTIONAL MATCH", "WHERE", "RETURN", "WITH", "UNWIND", "ORDER BY", "LIMIT"),
    *("SKIP", "DISTINCT", "AS", "AND", "OR", "XOR", "NOT", "IN", "IS NULL", "IS NOT NULL"),
    *("STARTS WITH", "ENDS WITH", "CONTAINS", "ASC", "DESC", "CASE", "WHEN", "THEN", "ELSE"),
    *("END", "UNION", "UNION ALL", "EXISTS", "COUNT", "CALL", "YIELD", "true", "false", "null"),
)
# Those that both stores answer alike; a test asks both for each.
FUNCTIONS = {
    **dict.fromkeys(("count", "sum", "avg"), "how many, how much, over the group"),
    **dict.fromkeys(("min", "max", "collect", "stDev"), "over the group"),
    **dict.fromkeys(("abs", "ceil", "floor", "round", "sign", "sqrt"), "a number"),
    **dict.fromkeys(("exp", "log", "log10", "toInteger", "toFloat"), "a number"),
    **dict.fromkeys(("toString", "toLower", "toUpper", "trim", "ltrim", "rtrim"), "a text"),
    **dict.fromkeys(("substring", "left", "right", "replace"), "a text"),
    **dict.fromkeys(("split", "range", "tail", "reverse", "keys", "labels"), "a list"),
    **dict.fromkeys(("size", "head", "last", "all", "any", "none", "single"), "of a list"),
    **dict.fromkeys(("length", "nodes", "relationships"), "of a path"),
    **dict.fromkeys(("type", "startNode", "endNode"), "of a relationship"),
    "coalesce": "the first that is not null",
    "properties": "a map",
    "toBoolean": "a boolean",
}

_TYPED = re.compile(r"\$?\w*\Z|(?<=\bCALL )[\w.]*\Z", re.IGNORECASE)
_NAMES = ("word", "quoted")


@dataclass(frozen=True, slots=True)
class Completion:
    """What may stand in the place of the word at the cursor.

    Parameters
    ----------
    text : str
        To be put there.
    typed : int
        How many characters before the cursor it takes the place of.
    meaning : str
        A word or two about it.
    """

    text: str
    typed: int
    meaning: str


def completions(
    before: str, after: str = "", parameters: Iterable[str] = ()
) -> tuple[Completion, ...]:
    """Return what may stand at the cursor of a statement.

    Parameters
    ----------
    before, after : str
        The statement on both sides of the cursor.
    parameters : iterable of str
        Names of parameters that have a value.

    Returns
    -------
    tuple of Completion
        In the order of showing: what is most particular first, keywords last.

    Examples
    --------
    >>> [found.text for found in completions("MATCH (m:Met")]
    ['Method']
    >>> [found.text for found in completions("MATCH (t:Task) RETURN t.su")]
    ['support']
    """
    typed = _typed(before)
    try:
        held = list(tokens(before[: len(before) - len(typed)]))
    except QueryError:
        return ()  # within a string or a comment
    start = typed.casefold()
    return tuple(
        Completion(text, len(typed), meaning)
        for text, meaning in dict(_candidates(held, typed, before + after, parameters)).items()
        if text.casefold().startswith(start) and text != typed
    )


def _typed(before: str) -> str:
    match = _TYPED.search(before)
    return match[0] if match else ""


def _candidates(
    held: Sequence[Token], typed: str, whole: str, parameters: Iterable[str]
) -> Iterator[tuple[str, str]]:
    if typed.startswith("$"):
        yield from ((f"${name}", "parameter") for name in parameters)
        return
    last = held[-1].text if held else ""
    labels = _labels(whole)
    opened = _opened(held)
    if last == ".":
        known = labels.get(held[-2].text, ()) if len(held) > 1 else ()
        yield from _properties(known)
    elif last in (":", "|", "&") and _bracket(held, opened) == "[":
        yield from ((declared.name, declared.meaning) for declared in RELATIONSHIP_TYPES)
    elif last in (":", "|", "&") and _bracket(held, opened) != "{":
        yield from ((declared.label, declared.meaning) for declared in ENTITY_TYPES)
    elif last in ("{", ",") and _bracket(held, opened) == "{" and _is_pattern(held, opened):
        yield from _properties(tuple(_labels_before(held, opened)))
    elif held and held[-1].upper == "CALL":
        yield from ((f"{name}()", "procedure") for name in PROCEDURES)
    else:
        variables = _variables(whole)
        yield from ((name, " or ".join(labels.get(name, ())) or "variable") for name in variables)
        if typed:
            yield from ((f"{name}(", meaning) for name, meaning in FUNCTIONS.items())
        yield from ((name, "") for name in KEYWORDS)


@cache
def _properties(labels: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The properties of labels or types; of none known, those of all."""
    declared: list[tuple[str, tuple[PropertyType, ...]]] = [
        *((entity.label, entity.all_properties) for entity in ENTITY_TYPES),
        *((edge.name, edge.properties) for edge in RELATIONSHIP_TYPES),
    ]
    known = {name for name, _ in declared}.intersection(labels)
    found = {
        item.name: item.meaning
        for name, properties in declared
        if not known or name in known
        for item in properties
    }
    return tuple(found.items())


def _opened(held: Sequence[Token]) -> int:
    """Where the innermost bracket stands that is not closed; -1 where none is."""
    depth = 0
    for at in range(len(held) - 1, -1, -1):
        mark = held[at].text if held[at].kind == "mark" else ""
        if mark in (")", "]", "}"):
            depth += 1
        elif mark in ("(", "[", "{"):
            depth -= 1
        if depth < 0:
            return at
    return -1


def _bracket(held: Sequence[Token], opened: int) -> str:
    return held[opened].text if opened >= 0 else ""


def _is_pattern(held: Sequence[Token], opened: int) -> bool:
    """Tell whether a brace stands within the brackets of a node or a relationship."""
    return bool(_labels_before(held, opened)) or (
        opened > 0 and held[opened - 1].text in ("(", "[")
    )


def _labels_before(held: Sequence[Token], opened: int) -> list[str]:
    """The labels or types that stand between a bracket and the brace at `opened`."""
    found: list[str] = []
    at = opened - 1
    while at > 0 and held[at].kind in _NAMES and held[at - 1].text in (":", "|", "&"):
        found.append(held[at].text)
        at -= 2
    return found


def _labels(whole: str) -> dict[str, tuple[str, ...]]:
    """The labels or types that patterns say of each variable."""
    held = _leniently(whole)
    found: dict[str, list[str]] = {}
    for at in range(len(held) - 2):
        name = held[at]
        if name.kind not in _NAMES or held[at - 1].text not in ("(", "[") or not at:
            continue
        following = at + 1
        while (
            following + 1 < len(held)
            and held[following].text in (":", "|", "&")
            and held[following + 1].kind in _NAMES
        ):
            found.setdefault(name.text, []).append(held[following + 1].text)
            following += 2
    return {name: tuple(labels) for name, labels in found.items()}


def _variables(whole: str) -> list[str]:
    """The names that the statement binds, in the order of their first binding."""
    held = _leniently(whole)
    found: dict[str, None] = {}
    for at, token in enumerate(held):
        if token.kind not in _NAMES or not at:
            continue
        before = held[at - 1]
        after = held[at + 1].text if at + 1 < len(held) else ""
        is_element = (
            before.text in ("(", "[")
            and after in (":", ")", "]", "{", "*")
            and not (at > 1 and before.text == "(" and _is_function(held[at - 2]))
        )
        is_path = after == "=" and before.upper in ("MATCH", ",")
        if is_element or is_path or before.upper == "AS":
            found.setdefault(token.text)
    return list(found)


def _is_function(token: Token) -> bool:
    return token.kind == "word" and token.text.casefold() in {name.casefold() for name in FUNCTIONS}


def _leniently(whole: str) -> list[Token]:
    """The tokens up to where the text is not closed."""
    found: list[Token] = []
    with contextlib.suppress(QueryError):
        found.extend(tokens(whole))
    return found
