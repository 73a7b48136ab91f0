"""What is near some seeds, read from a store ring by ring and within bounds.

Edges are read without their sentences. A hub other than a seed is read by the edges that start at
it alone, so that what everybody uses leads to what it builds on and not to everybody; and of what
a ring reaches only the most promising is followed. On a small graph nothing is left out by this.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from graphkb.model.graph import Entity
from graphkb.model.schema import RELATIONSHIP_TYPES
from graphkb.query.kind import LEFT_OUT
from graphkb.store.protocol import Link, Store
from graphkb.topic.bounds import Bounds
from graphkb.topic.relevance import DESCENT, MUTUAL, WEIGHTS_IN_TENTHS, Said, Weights, steps

__all__ = ["Near"]

# An entity of more edges is a hub; a seed of more is read as one, too.
_HUB, _HUB_SEED = 150, 20_000
# How many entities are followed from each ring, and how many links that may take.
_FOLLOWED, _LINKS = 60, 2_000
# How many of those that one ring reaches are kept.
_KEPT = 300
# How often more is read where seeds are not joined by what has been.
_MORE_RINGS = 6
_MILLION = 1_000_000
# More than any sum of other reasons to keep something.
_SURE = 10**18
_PEOPLE = frozenset({"Author", "Organization"})
_OF_PEOPLE = frozenset({"AUTHORED_BY", "AFFILIATED_WITH"})
_FOLLOWED_TYPES = tuple(
    declared.name
    for declared in RELATIONSHIP_TYPES
    if LEFT_OUT.isdisjoint((*declared.starts, *declared.ends))
)
_ANCESTRY = "EXTENDS"
_ORIGIN = "INTRODUCES"

_Pair = tuple[str, str]


class Near:
    """The part of a graph around some seeds that has been read.

    Parameters
    ----------
    store : Store
        Where it is read from.
    seeds : mapping of str to Entity
        Where reading begins.
    hops : int
        Most steps from a seed.
    bounds : Bounds
        What is followed.
    """

    def __init__(
        self, store: Store, seeds: Mapping[str, Entity], hops: int, bounds: Bounds
    ) -> None:
        self._store = store
        self._bounds = bounds
        self._hops = hops
        self._types = _read_types(seeds.values(), bounds)
        self.entities = dict(seeds)
        self.steps = dict.fromkeys(seeds, 0)
        # What the seeds descend from, they and what seeds introduce included, nearest first.
        self.lineage = dict.fromkeys(seeds)
        self.introducing: dict[str, set[str]] = defaultdict(set)
        self._labels = {id_: seed.label for id_, seed in seeds.items()}
        self._refused = set(bounds.barred) - seeds.keys()
        self._degrees: dict[str, int] = {}
        self._read: set[str] = set()
        self._known: set[tuple[str, str, str, str]] = set()
        self._stated: dict[_Pair, dict[Said, int]] = defaultdict(dict)
        self._joined: dict[str, set[str]] = defaultdict(set)
        self._promise = dict.fromkeys(seeds, 1.0)
        self._carried = dict.fromkeys(seeds, _MILLION)
        self._seeds = tuple(seeds)
        # Many seeds have more around them.
        self._followed_most = _FOLLOWED + len(seeds)
        self._links_most = _LINKS + 20 * len(seeds)
        self._kept_most = _KEPT + 10 * len(seeds)

    def read(self) -> None:
        """Read the rings, and further where seeds are not joined yet and the graph goes on."""
        for ring in range(self._hops):
            if not self._read_ring(self._followed(), of_seeds=ring == 0):
                break
        if len(self._seeds) == 1 or self._is_joined():
            return
        # Perhaps people join them: what was read is read again, with people.
        self._types = _FOLLOWED_TYPES
        self._read.clear()
        for _ in range(_MORE_RINGS):
            if not self._read_ring(self._followed()) or self._is_joined():
                return

    def weights(self) -> Weights:
        """Return how strongly each two that were read of are joined, both ways, sorted."""
        found: dict[str, dict[str, float]] = defaultdict(dict)
        for (low, high), types in self._stated.items():
            if low in self._refused or high in self._refused:
                continue
            if low in self._labels and high in self._labels:
                there, back = steps(types, self._degree(low), self._degree(high))
                found[low][high], found[high][low] = there, back
        return {id_: dict(sorted(near.items())) for id_, near in sorted(found.items())}

    def label(self, id_: str) -> str:
        """Return the label of something that was read of."""
        return self._labels[id_]

    def fetch(self, ids: Iterable[str]) -> None:
        """Read what entities are, and refuse those that are out of bounds."""
        by_label: dict[str, list[str]] = defaultdict(list)
        for id_ in ids:
            if id_ not in self.entities and id_ not in self._refused:
                by_label[self._labels[id_]].append(id_)
        for label, wanted in sorted(by_label.items()):
            found = self._store.entities_by_id(wanted, label)
            for id_ in wanted:
                if id_ in found and self._bounds.allows(found[id_]):
                    self.entities[id_] = found[id_]
                else:
                    self._refused.add(id_)

    def _followed(self) -> list[str]:
        """The next to read: the lineage, and then the most promising that are in bounds."""
        waiting = [
            id_
            for id_ in self._promise
            if id_ not in self._read and id_ not in self._refused and self.steps[id_] < self._hops
        ]
        waiting.sort(key=lambda id_: (id_ not in self.lineage, -self._promise[id_], id_))
        found: list[str] = []
        for begin in range(0, len(waiting), self._followed_most):
            some = waiting[begin : begin + self._followed_most]
            if self._bounds.leave_some_out:
                self.fetch(some)
            found += [id_ for id_ in some if id_ not in self._refused]
            if len(found) >= self._followed_most:
                break
        return found[: self._followed_most]

    def _read_ring(self, ids: Sequence[str], *, of_seeds: bool = False) -> bool:
        """Read what is joined to entities; False where there is nothing to read."""
        self._count([id_ for id_ in ids if id_ not in self._degrees])
        whole, hubs, room = [], [], self._links_most
        for id_ in ids:
            degree = self._degrees[id_]
            if degree <= (_HUB_SEED if of_seeds else min(_HUB, room)):
                whole.append(id_)
                room -= degree
            elif degree <= _HUB and id_ not in self.lineage:
                continue  # no room in this ring
            else:
                hubs.append(id_)
        self._read.update(whole, hubs)
        links: list[Link] = []
        for label, some in self._by_label(whole):
            links += self._store.links(label, some, self._types)
        for label, some in self._by_label(hubs):
            links += self._store.links(label, some, self._types, outgoing=True)
            links += self._store.links(label, some, [_ORIGIN])
        self._take(links)
        return bool(whole or hubs)

    def _take(self, links: Sequence[Link]) -> None:
        """Keep what links say of what was known before, and of the most promising that is new."""
        labels, refused, least = self._labels, self._refused, self._bounds.min_confidence
        reached: dict[str, int] = defaultdict(int)
        new: dict[str, str] = {}
        told = []
        for link in links:
            id_, other, label, type_, _, outgoing, confidence = link
            if label in LEFT_OUT or other in refused or other == id_ or confidence < least:
                continue
            told.append(link)
            if other not in labels:
                new[other] = label
                # Whole numbers, so that the sum is the same in whatever order links come.
                reached[other] += self._carried[id_] * WEIGHTS_IN_TENTHS[type_] * confidence
            if id_ in self.lineage and (
                (outgoing and (type_ == _ANCESTRY or (type_ == _ORIGIN and not self.steps[id_])))
                or (type_ == _ORIGIN and not outgoing)
            ):
                reached[other] += _SURE
                if outgoing:
                    self.lineage[other] = None
        kept = heapq.nsmallest(self._kept_most, new, key=lambda id_: (-reached[id_], id_))
        labels.update((id_, new[id_]) for id_ in kept)
        # How many edges something has, counts only where a step to it is damped.
        pointed_at = self._store_links(told)
        self._count(
            sorted(i for i in pointed_at if labels[i] != "Paper" and i not in self._degrees)
        )
        for id_ in kept:
            self._promise[id_] = promise = self._promised(id_)
            self._carried[id_] = round(promise * _MILLION) + 1

    def _store_links(self, links: Iterable[Link]) -> set[str]:
        """Keep what is said of the known, and return what edges of damped types point to."""
        pointed_at: set[str] = set()
        for id_, other, _, type_, paper, outgoing, confidence in links:
            if other not in self._labels:
                continue
            key = (id_, type_, other, paper) if outgoing else (other, type_, id_, paper)
            if key in self._known:
                continue
            self._known.add(key)
            said = (type_, outgoing == (id_ < other))
            types = self._stated[(id_, other) if id_ < other else (other, id_)]
            types[said] = types.get(said, 0) + max(confidence, 1)
            self._joined[id_].add(other)
            self._joined[other].add(id_)
            further = self.steps[id_] + 1
            if self.steps.get(other, further) >= further:
                self.steps[other] = further
            if type_ == _ORIGIN:
                self.introducing[key[2]].add(key[0])
            if type_ not in DESCENT:
                pointed_at.update((id_, other) if type_ in MUTUAL else (key[2],))
        return pointed_at

    def _promised(self, id_: str) -> float:
        """What a step of the walk brings from those that were read."""
        found = 0.0
        for near in sorted(self._joined[id_]):
            if near in self._read:
                low, high = (near, id_) if near < id_ else (id_, near)
                both = steps(self._stated[low, high], self._degree(low), self._degree(high))
                found += self._promise[near] * both[near > id_] / len(self._joined[near])
        return found

    def _degree(self, id_: str) -> int:
        """How many edges touch it; of a paper none: it is no hub by saying much."""
        return self._degrees.get(id_, 0) if self._labels[id_] != "Paper" else 0

    def _count(self, ids: Iterable[str]) -> None:
        for label, some in self._by_label(ids):
            self._degrees.update(dict.fromkeys(some, 0))
            self._degrees.update(self._store.degrees(label, some))

    def _by_label(self, ids: Iterable[str]) -> list[tuple[str, list[str]]]:
        found: dict[str, list[str]] = defaultdict(list)
        for id_ in ids:
            found[self._labels[id_]].append(id_)
        return sorted(found.items())

    def _is_joined(self) -> bool:
        seen, waiting = {self._seeds[0]}, [self._seeds[0]]
        while waiting:
            for other in self._joined[waiting.pop()]:
                if other not in seen and other not in self._refused:
                    seen.add(other)
                    waiting.append(other)
        return seen.issuperset(self._seeds)


def _read_types(seeds: Iterable[Entity], bounds: Bounds) -> tuple[str, ...]:
    """The types to read: of people only where a person asks for people."""
    people = not _PEOPLE.isdisjoint(seed.label for seed in seeds) or not {
        label.lower() for label in _PEOPLE
    }.isdisjoint({*bounds.kinds, *bounds.budgets})
    return tuple(name for name in _FOLLOWED_TYPES if people or name not in _OF_PEOPLE)
