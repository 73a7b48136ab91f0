"""How a statement is put to the embedded engine so that it means there what it says."""

from __future__ import annotations

from functools import lru_cache

from graphkb.store.tokens import Token, tokens

__all__ = ["mended"]


@lru_cache(maxsize=256)
def mended(statement: str) -> str:
    """Rewrite what the engine would silently answer wrongly though an equal form is right.

    A property of a relationship that the same MATCH, or one just before, binds is read as null
    inside the braces of a pattern: ``MATCH ()-[r]->() MATCH (p:Paper {id: r.paper})`` finds
    nothing. Within ``coalesce`` it is read, and the look-up by id stays one.

    Parameters
    ----------
    statement : str
        As :func:`graphkb.store.guard.check_statement` returned it.

    Returns
    -------
    str
        A statement of the same meaning.

    Examples
    --------
    >>> mended("MATCH ()-[r]->() MATCH (p:Paper {id: r.paper}) RETURN p.id AS id")
    'MATCH ()-[r]->() MATCH (p:Paper {id: coalesce(r.paper)}) RETURN p.id AS id'
    """
    found = list(tokens(statement))
    texts = [token.text for token in found]
    bound = {
        texts[at + 2]
        for at in range(len(found) - 2)
        if texts[at] == "-" and texts[at + 1] == "[" and found[at + 2].kind in _NAMES
    }
    pieces: list[str] = []
    end = 0
    for at in range(2, len(found) - 4):
        if texts[at + 1] in bound and _is_value_of_key(found, at):
            first, last = found[at + 1], found[at + 3]
            stop = last.start + len(last.text)
            pieces += [statement[end : first.start], f"coalesce({statement[first.start : stop]})"]
            end = stop
    return "".join([*pieces, statement[end:]])


_NAMES = ("word", "quoted")


def _is_value_of_key(found: list[Token], at: int) -> bool:
    """Tell whether the tokens around a colon are `{key: variable.property}`, or a part of it."""
    before, key, colon, variable, dot, name, after = found[at - 2 : at + 5]
    return (
        before.text in ("{", ",")
        and key.kind in _NAMES
        and colon.text == ":"
        and variable.kind in _NAMES
        and dot.text == "."
        and name.kind in _NAMES
        and after.text in (",", "}")
    )
