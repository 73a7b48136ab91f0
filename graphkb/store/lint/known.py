"""What is known of a value before the statement runs: its kinds, its size, whether it is null."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

__all__ = ["ANYTHING", "NOTHING", "Known", "either", "of_kind", "of_parameter"]

# A text of the graph, a list of it, a number of it: no more than this.
_TEXT, _NUMBER = 1e4, 1e6


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a value.

    Parameters
    ----------
    kinds : frozenset of str
        node, relationship, path, list, map, string, integer, float, boolean, date, moment (with a
        time), span (a duration): one of these, if it is not null. Empty: any.
    null : bool
        True where it may be null.
    names : frozenset of str or None
        Of a node its labels, of a relationship its types: one of these. None: any.
    item : Known or None
        Of a list, its items.
    entries : mapping or None
        Of a map, what is known of each value.
    size : float
        At most so many characters or items; of a number at most its amount.
    positive, not_negative : bool
        Of a number.
    bound : bool
        True of a node that a pattern of this query binds.
    """

    kinds: frozenset[str] = frozenset()
    null: bool = True
    names: frozenset[str] | None = None
    item: Known | None = None
    entries: Mapping[str, Known] | None = None
    size: float = _TEXT
    positive: bool = False
    not_negative: bool = False
    bound: bool = False

    def may_be(self, *kinds: str) -> bool:
        """Tell whether it may be of one of these kinds."""
        return not self.kinds or not self.kinds.isdisjoint(kinds)

    def is_surely(self, *kinds: str) -> bool:
        """Tell whether it can be of nothing but these kinds, or null."""
        return bool(self.kinds) and self.kinds <= frozenset(kinds)

    @property
    def is_mixed(self) -> bool:
        """True where whole numbers stand beside others: 1 and 1.0 are one key in Neo4j only."""
        if {"integer", "float"} <= self.kinds:
            return True
        return self.item is not None and self.item.is_mixed


ANYTHING = Known()
NOTHING = Known(frozenset({"null"}), size=0)


def of_kind(*kinds: str, null: bool = False, **more: Any) -> Known:
    """Return what is known of a value of one of these kinds.

    Parameters
    ----------
    *kinds : str
        As in :class:`Known`.
    null : bool
        True where it may be null.
    **more
        Other fields of :class:`Known`.

    Returns
    -------
    Known
        With the size that values of the graph have at most, unless it is given.
    """
    if "size" not in more:
        more["size"] = _NUMBER if set(kinds) & {"integer", "float"} else _TEXT
    return Known(frozenset(kinds), null, **more)


def either(values: Iterable[Known]) -> Known:
    """Return what is known of a value that is one of several.

    Parameters
    ----------
    values : iterable of Known
        What it may be.

    Returns
    -------
    Known
        What all of them have in common.
    """
    found = list(values)
    if not found:
        return Known(null=True, size=0)
    # A value that is only null, as a literal is, says nothing of the kind.
    told = [one for one in found if one.kinds != {"null"}] or found
    items = [one.item for one in told if one.item is not None]
    names = [one.names for one in told]
    entries = [one.entries for one in told if one.entries is not None]
    known_names = [one for one in names if one is not None]
    return Known(
        kinds=frozenset().union(*(one.kinds for one in told))
        if all(one.kinds for one in told)
        else frozenset(),
        null=any(one.null for one in found),
        names=frozenset().union(*known_names) if len(known_names) == len(names) else None,
        item=either(items) if items else None,
        entries={
            key: either(one.get(key, NOTHING) for one in entries)
            for key in frozenset().union(*entries)
        }
        if entries and len(entries) == len(told)
        else None,
        size=max(one.size for one in found),
        positive=all(one.positive for one in told),
        not_negative=all(one.not_negative for one in told),
        bound=all(one.bound for one in told),
    )


def of_parameter(value: object) -> Known:
    """Return what is known of a parameter's value.

    Parameters
    ----------
    value : object
        As given.

    Returns
    -------
    Known
        Its kind and size.

    Examples
    --------
    >>> sorted(of_parameter([1, 2.0]).item.kinds)
    ['float', 'integer']
    """
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return of_kind("boolean")
    if isinstance(value, dt.datetime | dt.time):
        return of_kind("moment")
    if isinstance(value, dt.date):
        return of_kind("date")
    if isinstance(value, int | float):
        kind = "integer" if isinstance(value, int) else "float"
        amount = abs(float(value))
        return of_kind(kind, size=amount, positive=value > 0, not_negative=value >= 0)
    if isinstance(value, str):
        return of_kind("string", size=len(value))
    if isinstance(value, list | tuple):
        items = [of_parameter(item) for item in value]
        inner = either(items) if items else None
        return of_kind("list", item=inner, size=sum(1 + _volume(item) for item in items))
    if isinstance(value, Mapping):
        entries = {str(key): of_parameter(one) for key, one in value.items()}
        size = sum(1 + _volume(one) for one in entries.values())
        return of_kind("map", entries=entries, size=size)
    return replace(ANYTHING, null=False)


def _volume(value: Known) -> float:
    return value.size if value.may_be("string", "list", "map") and value.kinds else 0
