"""`keys(n)` in a statement of a person's, without what graphkb keeps on a node to search by."""

from __future__ import annotations

from collections.abc import Sequence

from graphkb.store.tokens import Token, tokens

__all__ = ["HIDDEN", "without_hidden_keys"]

# Both stores have one graph; these are how a server finds things in it.
HIDDEN = frozenset({"search_keys", "search_name", "search_text", "search_words"})

_BEFORE = "[`key of graphkb` IN "
_AFTER = (
    " WHERE NOT `key of graphkb` IN [" + ", ".join(f"'{name}'" for name in sorted(HIDDEN)) + "]]"
)


def without_hidden_keys(text: str) -> str:
    """Let every call of ``keys`` give no key of the hidden properties.

    Parameters
    ----------
    text : str
        A statement that :func:`graphkb.store.guard.check_statement` returned and the server has
        explained, so that it is well formed.

    Returns
    -------
    str
        The same text where it calls no ``keys``.

    Examples
    --------
    >>> without_hidden_keys("MATCH (n) RETURN n.keys AS keys")
    'MATCH (n) RETURN n.keys AS keys'
    >>> without_hidden_keys("MATCH (n) RETURN keys(n)").partition(" WHERE")[0]
    'MATCH (n) RETURN [`key of graphkb` IN keys(n)'
    """
    if "keys" not in text.lower():
        return text
    found = list(tokens(text))
    added: list[tuple[int, str]] = []
    for at, token in enumerate(found):
        if _is_call(found, at):
            end = _end_of_call(found, at)
            if end is not None:
                added += [(token.start, _BEFORE), (end, _AFTER)]
    # What stands last is added first, so that the places before it stay.
    for place, piece in sorted(added, key=lambda pair: pair[0], reverse=True):
        text = text[:place] + piece + text[place:]
    return text


def _is_call(found: Sequence[Token], at: int) -> bool:
    name = found[at].text.strip("`") if found[at].kind in ("word", "quoted") else ""
    return (
        name.lower() == "keys"
        and at + 1 < len(found)
        and found[at + 1].text == "("
        and (at == 0 or found[at - 1].text not in (".", ":"))
    )


def _end_of_call(found: Sequence[Token], at: int) -> int | None:
    depth = 0
    for token in found[at + 1 :]:
        if token.kind == "mark":
            depth += (token.text == "(") - (token.text == ")")
            if depth == 0:
                return token.start + 1
    return None
