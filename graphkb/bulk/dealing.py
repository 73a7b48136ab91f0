"""Pairs dealt out to the partitions of their keys, so many at once that memory holds them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from graphkb.bulk.engine import partition_of

__all__ = ["FRAME", "Dealt", "Pair", "dealt", "dealt_combined"]

Pair = tuple[str, Any]
Dealt = tuple[int, list[Pair]]
"""A partition, and some of its pairs."""

FRAME = 500
"""How many items are written at once where they are not dealt."""

# Before it deals them, a task holds so many pairs, or so many keys whose values it combines.
_HELD = 20_000
_KEYS_HELD = 200_000


def dealt(pairs: Iterable[Pair], count: int) -> Iterator[Dealt]:
    """Yield pairs by the partition of their key, each partition as often as there is more of it.

    Parameters
    ----------
    pairs : iterable of tuple
        Keys with values.
    count : int
        How many partitions there are.

    Yields
    ------
    tuple of int and list
        The pairs of a partition, in the order in which they came.
    """
    pairs = iter(pairs)
    while held := list(islice(pairs, _HELD)):
        yield from _by_partition(held, count)


def dealt_combined(
    pairs: Iterable[Pair], count: int, combine: Callable[[Any, Any], Any]
) -> Iterator[Dealt]:
    """Yield the same, the values of a key combined first as far as they are held together.

    Parameters
    ----------
    pairs, count
        As of :func:`dealt`.
    combine : callable
        Of two values.

    Yields
    ------
    tuple of int and list
        As of :func:`dealt`.
    """
    found: dict[str, Any] = {}
    for key, value in pairs:
        found[key] = combine(found[key], value) if key in found else value
        if len(found) >= _KEYS_HELD:
            yield from _by_partition(found.items(), count)
            found = {}
    yield from _by_partition(found.items(), count)


def _by_partition(pairs: Iterable[Pair], count: int) -> Iterator[Dealt]:
    found: dict[int, list[Pair]] = defaultdict(list)
    for pair in pairs:
        found[partition_of(pair[0], count)].append(pair)
    yield from found.items()
