"""Kinds and dates as a person names them to bound an answer."""

from __future__ import annotations

from collections.abc import Iterable

from graphkb.errors import QueryError
from graphkb.model.schema import ENTITY_TYPES, KIND_LABELS

__all__ = ["KINDS", "LEFT_OUT", "checked_kinds", "is_within", "one_of"]

# Results come with what they belong to; ground truth never.
LEFT_OUT = frozenset({"Result", *(d.label for d in ENTITY_TYPES if d.ground)})
_LABELS = tuple(d.label.lower() for d in ENTITY_TYPES if d.label not in LEFT_OUT)
KINDS = tuple(dict.fromkeys((*_LABELS, *KIND_LABELS)))


def checked_kinds(kinds: Iterable[str]) -> frozenset[str]:
    """Fold kinds and labels, and refuse what is neither.

    Parameters
    ----------
    kinds : iterable of str
        Kinds (dataset) and labels (benchmark), in any case; a text by itself is one.

    Returns
    -------
    frozenset of str
        Of :data:`KINDS`.

    Raises
    ------
    QueryError
        One is unknown.

    Examples
    --------
    >>> sorted(checked_kinds(["Paper", "dataset"]))
    ['dataset', 'paper']
    >>> sorted(checked_kinds("paper"))
    ['paper']
    """
    if isinstance(kinds, str):
        kinds = (kinds,)
    found = frozenset(kind.casefold() for kind in kinds)
    for kind in sorted(found - frozenset(KINDS)):
        raise QueryError(f"there is no kind {kind!r}", remedy=f"use one of {', '.join(KINDS)}")
    return found


def one_of(label: str) -> str:
    """Return a label as a sentence says what something is.

    Parameters
    ----------
    label : str
        Of the schema.

    Returns
    -------
    str
        In small letters, with its article.

    Examples
    --------
    >>> one_of("Author"), one_of("Model")
    ('an author', 'a model')
    """
    named = label.lower()
    return f"{'an' if named[0] in 'aeiou' else 'a'} {named}"


def is_within(date: str, since: str | None, until: str | None) -> bool:
    """Tell whether a date is within bounds as far as both are known.

    Parameters
    ----------
    date : str
        ISO date of any precision; empty where it is not known.
    since, until : str, optional
        The bounds.

    Returns
    -------
    bool
        False for an unknown date where there is a bound.

    Examples
    --------
    >>> is_within("2024", "2024-05", None), is_within("2023-12", "2024", None)
    (True, False)
    """
    if since is None and until is None:
        return True
    if not date or (since is not None and date < since[: len(date)]):
        return False
    return until is None or date[: len(until)] <= until
