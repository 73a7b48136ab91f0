"""Connected components by exchanges: stars around ever smaller keys, until nothing changes.

The two operations of Kiveris et al., Large-Star and Small-Star, taken in turn over partitions.
Each key is held where it belongs, with the least key that it is known to be joined to, its parent.
In one round a partition asks the parents of its keys for *their* parents (Large-Star: all that hang
on a key move to what that key hangs on); in the next it is told. In both, a key that learns of
several smaller ones hangs on the least of them and passes the others on (Small-Star). Where all
that is said in a round is little, it is brought together as a whole and told to everybody.

No key costs more than others, be it joined to a million: what a partition has to say is contracted
by union-find first, so that of one key it says one thing, and it asks of a parent once, however
many of its keys hang there. A key so hears at most one thing from each partition a round.

References
----------
R. Kiveris, S. Lattanzi, V. Mirrokni, V. Rastogi, S. Vassilvitskii: Connected Components in
MapReduce and Beyond. Proceedings of the ACM Symposium on Cloud Computing, 2014,
https://doi.org/10.1145/2670979.2670997
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import count
from typing import Any

from graphkb.bulk.engine import Engine, Pair, PairParts, Parts, Shared, partition_of
from graphkb.model.groups import join, least

__all__ = ["components", "contracted"]

_KEYS_HELD = 500_000
# As a value that every process holds, some 20 MB.
_FEW = 100_000


def components(
    engine: Engine,
    name: str,
    joins: Parts[tuple[str, str]],
    forget: Callable[[str], None] = lambda _name: None,
    few: int = _FEW,
) -> PairParts:
    """Return for each key of some joins the least key that joins lead to from it.

    Parameters
    ----------
    engine : Engine
        Where it runs.
    name : str
        Of the result, and the beginning of the names of what is laid down on the way.
    joins : Parts
        Of two keys that belong together.
    forget : callable
        Told the name of what is laid down and not needed any more.
    few : int
        How many things may be said in a round to be told to everybody.

    Returns
    -------
    PairParts
        (key, least key of its connected component), each key once.
    """
    nothing = engine.shared(_Said({}, {}))
    said: Shared[_Said] = nothing
    sent: PairParts | None = engine.placed(f"{name}-joins", joins.each(contracted))
    state: PairParts | None = None
    for number in count():
        read = [one for one in (state, sent) if one is not None]
        step = _Round(number % 2 == 0, state is not None, engine.partitions, said)
        done = engine.together(*read).each_pair(step).kept(f"{name}-{number:02}")
        if number:
            forget(f"{name}-{number - 1:02}")
        state = done.each_pair(_parents)
        told: list[_Told] = done.each(_Outline(few // engine.partitions)).collected()
        if not any(one.count or (one.changed and not step.asks) for one in told):
            found = state.kept(name)
            forget(f"{name}-{number:02}")
            return found
        if all(one.count == len(one.sent) for one in told):
            pairs = [pair for one in told for pair in one.sent]
            sent, said = None, engine.shared(_brought_together(pairs))
        else:
            sent, said = engine.placed(f"{name}-{number:02}-said", done.each(_sent)), nothing
    raise AssertionError("numbers do not end")


def contracted(_number: int, joins: Iterator[tuple[str, str]]) -> Iterator[Pair]:
    """Yield each key with the least that these joins lead to, itself too.

    Joins of many keys are taken in several lots: the same key then comes once of each.

    Examples
    --------
    >>> sorted(contracted(0, iter([("b", "c"), ("a", "c"), ("e", "e")])))
    [('a', 'a'), ('b', 'a'), ('c', 'a'), ('e', 'e')]
    """
    above: dict[str, str] = {}
    for one, other in joins:
        join(above, one, other)
        if len(above) >= _KEYS_HELD:
            yield from ((key, least(above, key)) for key in list(above))
            above = {}
    yield from ((key, least(above, key)) for key in list(above))


@dataclass(frozen=True, slots=True)
class _Said:
    """What is told to everybody.

    Parameters
    ----------
    least : mapping of str to str
        Keys with the least that all that was sent leads to.
    asked : mapping of str to sequence of int
        Keys with the partitions that ask for their parents.
    """

    least: Mapping[str, str]
    asked: Mapping[str, Sequence[int]]


@dataclass(frozen=True, slots=True)
class _Told:
    """The parent of the first key of a partition, and what goes out of the partition.

    Parameters
    ----------
    parent : str
        Of that key.
    sent : tuple of Pair
        To a key, a smaller one that it is joined to (text), or the number of a partition that asks
        for its parent; to the address of a partition, a key with its parent (a pair).
    count : int
        How many are sent.
    changed : bool
        Whether any key hangs on another than before.
    """

    parent: str
    sent: tuple[Pair, ...]
    count: int
    changed: bool


@dataclass(frozen=True, slots=True)
class _Round:
    """The step over keys with their parents, where they have one, and with what was sent."""

    asks: bool
    has_state: bool
    count: int
    said: Shared[_Said]

    def __call__(
        self, number: int, groups: Iterator[tuple[str, tuple[list[Any], ...]]]
    ) -> Iterator[Pair]:
        said = self.said.value
        parents: dict[str, str] = {}
        joined: dict[str, list[str]] = defaultdict(list)
        asked: dict[str, Sequence[int]] = {}
        told: dict[str, str] = {}
        for key, lists in groups:
            for parent in lists[0] if self.has_state else ():
                parents[key] = parent
                if key in said.least:
                    joined[key].append(said.least[key])
                if key in said.asked:
                    asked[key] = said.asked[key]
            for message in lists[-1] if len(lists) > self.has_state else ():
                if isinstance(message, str):
                    parents.setdefault(key, key)
                    joined[key].append(message)
                elif isinstance(message, int):
                    asked[key] = (*asked.get(key, ()), message)
                else:
                    told.update((message,))
        before = list(parents.values())
        sent = _pass_on(parents, joined, told or said.least)
        changed = any(one != other for one, other in zip(before, parents.values(), strict=True))
        if self.asks:
            away = {parent for parent in parents.values() if parent not in parents}
            sent.extend((parent, number) for parent in away)
        for key, numbers in asked.items():
            if parents[key] != key:
                answer = key, parents[key]
                sent.extend((_addresses(self.count)[one], answer) for one in numbers)
        pairs = iter(parents.items())
        for key, parent in pairs:
            yield key, _Told(parent, tuple(sent), len(sent), changed)
            yield from pairs


def _pass_on(
    parents: dict[str, str], joined: Mapping[str, list[str]], told: Mapping[str, str]
) -> list[Pair]:
    """Let keys hang on the least that is known here, and return whom else is to hear of it."""
    others: list[tuple[str, str]] = []
    for key, parent in parents.items():
        least = told.get(parent, parent)
        if key in joined:
            known = {least, *joined[key]} - {key}
            least = min(known, default=key)
            others.extend((one, least) for one in known if one != least)
        # A parent is less than its key, and keys come in order: that of a parent is final.
        parents[key] = parents.get(least, least)
    return [pair for pair in contracted(0, iter(others)) if pair[0] != pair[1]]


def _brought_together(sent: Iterable[Pair]) -> _Said:
    asked: dict[str, list[int]] = defaultdict(list)
    joins: list[tuple[str, str]] = []
    for key, message in sent:
        if isinstance(message, int):
            asked[key].append(message)
        else:
            joins.append((key, message) if isinstance(message, str) else message)
    return _Said(dict(contracted(0, iter(joins))), dict(asked))


@lru_cache(maxsize=4)
def _addresses(partitions: int) -> tuple[str, ...]:
    """A key for each partition, which is placed there."""
    found: dict[int, str] = {}
    for tried in map(str, count()):
        found.setdefault(partition_of(tried, partitions), tried)
        if len(found) == partitions:
            break
    return tuple(found[number] for number in range(partitions))


def _parents(_number: int, pairs: Iterator[Pair]) -> Iterator[Pair]:
    return ((key, found if isinstance(found, str) else found.parent) for key, found in pairs)


def _first(pairs: Iterator[Pair]) -> Iterator[_Told]:
    for _, found in pairs:
        yield found
        return


def _sent(_number: int, pairs: Iterator[Pair]) -> Iterator[Pair]:
    return (pair for found in _first(pairs) for pair in found.sent)


@dataclass(frozen=True, slots=True)
class _Outline:
    """What goes out of a partition, or how much it is where that is more than few."""

    few: int

    def __call__(self, _number: int, pairs: Iterator[Pair]) -> Iterator[_Told]:
        return (one if one.count <= self.few else replace(one, sent=()) for one in _first(pairs))
