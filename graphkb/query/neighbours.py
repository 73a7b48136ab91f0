"""What is joined to what, read from a store ring by ring and within bounds.

A hub has tens of thousands of edges; what joins two things is seldom among the weak ones of them.
So edges are read without their sentences, strong types first, and weak ones only while there is
room.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from graphkb.model.schema import ENTITY_TYPES, RELATIONSHIP_TYPES
from graphkb.query.lineage import LINEAGE_TYPES
from graphkb.store.protocol import Link, Store

__all__ = ["CHEAPEST", "Joint", "Neighbours", "hop_cost"]

# How much a hop costs, and so how little it tells: with lineage and comparison at one end, and a
# bare mention or a common affiliation at the other.
_COSTS = {
    "EXTENDS": 800,
    "GENERALIZES": 800,
    "INTRODUCES": 900,
    "OUTPERFORMS": 900,
    "COMPARED_WITH": 1100,
    "USES": 1200,
    "CRITIQUES": 1200,
    "ANALYZES": 1300,
    "SURVEYS": 1800,
    "IMPLEMENTED_IN": 1000,
    "HAS_CODE": 1000,
    "REPORTS": 1500,
    "OF": 800,
    "ON": 800,
    "AGAINST": 800,
    "EVALUATED_ON": 1500,
    "APPLIED_TO": 1900,
    "CITES": 1700,
    "MENTIONS": 2600,
    "AUTHORED_BY": 2000,
    "AFFILIATED_WITH": 2800,
}
CHEAPEST = min(_COSTS.values())
_UNKNOWN = 2000
_CERTAIN = 1000
_REPEATED, _MOST_REPEATED = 40, 200
_A_DOUBLING = 180

_TYPES = tuple(declared.name for declared in RELATIONSHIP_TYPES)
_STRONG = tuple(name for name in _TYPES if _COSTS.get(name, _UNKNOWN) < _COSTS["USES"])
_WEAK = ("CITES", "MENTIONS", "AUTHORED_BY", "AFFILIATED_WITH")
_TIERS = (_STRONG, tuple(n for n in _TYPES if n not in _STRONG and n not in _WEAK), _WEAK)
_Statements = dict[tuple[str, str, str], int]
_LABELS = {declared.label for declared in ENTITY_TYPES if not declared.ground}


def hop_cost(type_: str, confidence: int, count: int = 1) -> int:
    """Return what a hop costs.

    Parameters
    ----------
    type_ : str
        The relationship.
    confidence : int
        Per mille, of the surest statement.
    count : int
        How many statements there are.

    Returns
    -------
    int
        The less, the more it tells.

    Examples
    --------
    >>> hop_cost("EXTENDS", 1000) < hop_cost("USES", 1000) < hop_cost("MENTIONS", 1000)
    True
    >>> hop_cost("USES", 700, 3) < hop_cost("USES", 700)
    True
    """
    repeated = min(_REPEATED * (count - 1), _MOST_REPEATED)
    return _COSTS.get(type_, _UNKNOWN) + max(0, _CERTAIN - confidence) // 4 - repeated


class Joint(NamedTuple):
    """How two entities are joined at best.

    Parameters
    ----------
    cost : int
        Of the hop.
    type : str
        The relationship that costs least.
    start : str
        The id of the one where it starts.
    """

    cost: int
    type: str
    start: str


class Neighbours:
    """The part of a graph that has been read.

    Parameters
    ----------
    store : Store
        Where it is read from.
    labels : mapping of str to str
        The labels of where reading begins, by id.
    """

    def __init__(self, store: Store, labels: Mapping[str, str]) -> None:
        self._store = store
        self.labels = dict(labels)
        self.unread: set[str] = set()
        self._joints: dict[str, dict[str, Joint]] = defaultdict(dict)
        # Of each two, the lower id first: the confidence by type, start and paper.
        self._stated: dict[tuple[str, str], _Statements] = defaultdict(dict)
        self._read: set[str] = set()
        self._degrees: dict[str, int] = {}

    def read(self, ids: Sequence[str], *, most: int, each: int) -> None:
        """Read what is joined to some entities.

        Parameters
        ----------
        ids : sequence of str
            The most promising first; those that were read are left out.
        most : int
            Edges to read in all.
        each : int
            Of an entity with more edges of a tier than this, only those that start at it are
            read: hubs are such by what leads to them.
        """
        fresh = [id_ for id_ in ids if id_ not in self._read]
        self._read.update(fresh)
        self._degrees.update(dict.fromkeys(fresh, 0))
        changed: set[tuple[str, str]] = set()
        room = most
        for tier in _TIERS:
            degrees = self._count(fresh, tier)
            whole, hubs = [], []
            for id_ in fresh:
                degree = degrees.get(id_, 0)
                self._degrees[id_] += degree
                if degree > min(each, room):
                    self.unread.add(id_)
                    hubs.append(id_)
                elif degree:
                    room -= degree
                    whole.append(id_)
            for wanted, outgoing in ((whole, False), (hubs, True)):
                for label, same in self._by_label(wanted).items():
                    changed |= self._join(self._store.links(label, same, tier, outgoing=outgoing))
        for pair in changed:
            low, high = pair
            self._joints[low][high] = self._joints[high][low] = _best(self._stated[pair])

    def joined(self, id_: str) -> Mapping[str, Joint]:
        """Return what is known to be joined to an entity, and how at best."""
        return self._joints[id_]

    def passing(self, before: str, id_: str, after: str) -> int:
        """Return what it costs to pass through an entity: the more edges it has, the more.

        A chain of lineage is no worse for leading through a method that everything uses.
        """
        joints = self._joints[id_]
        first, second = joints[before], joints[after]
        whole = _A_DOUBLING * self._degrees.get(id_, 0).bit_length()
        if first.type in LINEAGE_TYPES and second.type in LINEAGE_TYPES:
            return 0 if (first.start == id_) != (second.start == id_) else whole // 2
        return whole // 2 if first.type in _STRONG and second.type in _STRONG else whole

    def count_edges(self, ids: Iterable[str]) -> None:
        """Learn how many edges touch entities that may be passed through."""
        fresh = [id_ for id_ in ids if id_ not in self._degrees]
        self._degrees.update(self._count(fresh, ()))

    def stated_by(self, one: str, other: str) -> set[str]:
        """Return the papers that are known to join two entities directly."""
        return {paper for _, _, paper in self._stated.get(_pair(one, other), ())}

    def shape(self, ids: Sequence[str]) -> tuple[object, ...]:
        """Return what kind of way leads through some entities: labels, types and directions."""
        found: list[object] = []
        for one, other in pairwise(ids):
            joint = self._joints[one][other]
            found += [joint.type, joint.start == one, self.labels[other]]
        return tuple(found)

    def _join(self, links: Iterable[Link]) -> set[tuple[str, str]]:
        """Keep what links say, and return between which two something was said."""
        changed = set()
        for id_, other, label, type_, paper, outgoing, confidence in links:
            if label in _LABELS and other != id_:
                self.labels[other] = label
                pair = _pair(id_, other)
                self._stated[pair][type_, id_ if outgoing else other, paper] = confidence
                changed.add(pair)
        return changed

    def _count(self, ids: Sequence[str], types: Sequence[str]) -> dict[str, int]:
        found: dict[str, int] = {}
        for label, wanted in self._by_label(ids).items():
            found.update(self._store.degrees(label, wanted, types))
        return found

    def _by_label(self, ids: Iterable[str]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for id_ in ids:
            found[self.labels[id_]].append(id_)
        return dict(sorted(found.items()))


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _best(statements: _Statements) -> Joint:
    if len(statements) == 1:
        [((type_, start, _), confidence)] = statements.items()
        return Joint(hop_cost(type_, confidence), type_, start)
    surest: dict[tuple[str, str], tuple[int, int]] = {}
    for (type_, start, _), confidence in statements.items():
        known, count = surest.get((type_, start), (0, 0))
        surest[type_, start] = (max(known, confidence), count + 1)
    cost, type_, start = min(
        (hop_cost(type_, confidence, count), type_, start)
        for (type_, start), (confidence, count) in surest.items()
    )
    return Joint(cost, type_, start)
