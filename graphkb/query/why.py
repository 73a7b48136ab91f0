"""Why two things belong together: the ways that join them, each hop with its sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from graphkb.errors import QueryError
from graphkb.model.graph import Edge, Entity
from graphkb.query.neighbours import Neighbours, hop_cost
from graphkb.query.stated import Stated, stated
from graphkb.query.way import Trail, trails
from graphkb.store.protocol import Store

__all__ = ["Explanation", "Hop", "Way", "why"]

_MOST_HOPS = 6
_OF_A_SHAPE = 2
_NEAREST = 3
_SHOWN = 5
# By default nothing is shown that costs more than so many times the best way, or than so much.
_FAR, _DEAR = 3, 4500


@dataclass(frozen=True, slots=True)
class Hop:
    """One hop of a way, with all that states it.

    Parameters
    ----------
    start, end : Entity
        In the direction of the way, which may be against that of the statements.
    statements : tuple of Stated
        The best to show first; never empty.
    """

    start: Entity
    end: Entity
    statements: tuple[Stated, ...]

    @property
    def best(self) -> Stated:
        """The statement to show."""
        return self.statements[0]

    @property
    def type(self) -> str:
        """The type of the best statement."""
        return self.best.edge.type

    @property
    def outgoing(self) -> bool:
        """Whether the best statement goes in the direction of the way."""
        return self.best.edge.start == self.start.id


@dataclass(frozen=True, slots=True)
class Way:
    """A way from one thing to the other.

    Parameters
    ----------
    hops : tuple of Hop
        At least one.
    cost : int
        The less, the more it says: lineage and comparison cost less than common mention, and
        to pass through what everything touches costs more.
    alike : int
        How many ways of the same relationships, through other entities, were left out.
    """

    hops: tuple[Hop, ...]
    cost: int
    alike: int = 0

    @property
    def entities(self) -> tuple[Entity, ...]:
        """What it leads through, both ends included."""
        return (self.hops[0].start, *(hop.end for hop in self.hops))


@dataclass(frozen=True, slots=True)
class Explanation:
    """The ways that join two things.

    Parameters
    ----------
    start, end : Entity
        The two.
    ways : tuple of Way
        Direct statements first, one way a type and direction, then by cost.
    left_out : int
        How many more were found.
    hops : int
        The most hops that were looked for.
    unread : tuple of Entity
        What so many edges touch that not all of them were followed, the two ends alone.
    near : tuple of tuple of Entity
        Where there is no way: what is nearest to the one and to the other.
    """

    start: Entity
    end: Entity
    ways: tuple[Way, ...]
    left_out: int
    hops: int
    unread: tuple[Entity, ...] = ()
    near: tuple[tuple[Entity, ...], tuple[Entity, ...]] = ((), ())


def why(
    store: Store, start: Entity, end: Entity, *, limit: int | None = None, hops: int = 4
) -> Explanation:
    """Find the ways that join two entities.

    Parameters
    ----------
    store : Store
        Where to look.
    start, end : Entity
        As :func:`graphkb.query.resolve.resolve` found them.
    limit : int, optional
        Most ways; by default five, and none that costs more than three times as much as the best.
    hops : int
        Most hops of a way, up to 6. Of very many edges that touch an entity the weak ones are
        not followed.

    Returns
    -------
    Explanation
        The same for the same graph.

    Raises
    ------
    QueryError
        Both are one, or a bound is out of range.

    References
    ----------
    Fang, Sarma, Yu, Bohannon: REX: Explaining Relationships between Entity Pairs, 2011.
    """
    if start.id == end.id:
        raise QueryError(
            f"both names mean {start.name} ({start.id})",
            remedy="name two things; graphkb show tells all of one",
        )
    most = _SHOWN if limit is None else limit
    if not 1 <= hops <= _MOST_HOPS or most < 1:
        raise QueryError(f"hops is 1 to {_MOST_HOPS}, limit at least 1", remedy="leave them out")
    near = Neighbours(store, {start.id: start.label, end.id: end.label})
    direct = _direct(store, start, end)
    found = trails(near, start.id, end.id, hops, wanted=max(0, most - len(direct)))
    shown, alike = _diverse(near, found)
    costs = [min(map(_cost, group)) for group in direct] + [trail.cost for trail in shown[:1]]
    dear = max(_FAR * min(costs, default=0), _DEAR) if limit is None else None
    kept = [t for t in shown if dear is None or t.cost <= dear][: max(0, most - len(direct))]
    entities, edges = _known(store, near, kept)
    papers = store.entities_by_id(
        sorted({e.paper for e in edges} | {e.paper for group in direct for e in group})
    )
    between: dict[frozenset[str], list[Edge]] = defaultdict(list)
    for edge in edges:
        between[frozenset((edge.start, edge.end))].append(edge)
    ways = [
        Way((Hop(start, end, stated(group, papers)),), min(map(_cost, group))) for group in direct
    ]
    ways = ways[:most]
    ways += [_way(trail, alike[trail], entities, between, papers) for trail in kept]
    unread = tuple(e for e in (start, end) if e.id in near.unread)
    return Explanation(
        start,
        end,
        tuple(ways),
        len(direct) + len(shown) - len(ways),
        hops,
        unread,
        ((), ()) if ways else (_near(store, near, start.id), _near(store, near, end.id)),
    )


def _direct(store: Store, start: Entity, end: Entity) -> list[list[Edge]]:
    """The statements of the two alone: a group a type and direction."""
    edges = [
        edge
        for one, other in ((start, end), (end, start))
        for edge in store.edges_between(one.label, other.label, [(one.id, other.id)])
    ]
    groups: dict[tuple[bool, str], list[Edge]] = defaultdict(list)
    for edge in _telling(edges):
        groups[edge.start == end.id, edge.type].append(edge)
    return [groups[key] for key in sorted(groups, key=lambda k: (min(map(_cost, groups[k])), k))]


def _telling(edges: Iterable[Edge]) -> list[Edge]:
    """The edges between two things without the mentions of papers that say more of them."""
    edges = list(edges)
    more = {(edge.paper, edge.start) for edge in edges if edge.type != "MENTIONS"}
    return [e for e in edges if e.type != "MENTIONS" or (e.paper, e.start) not in more]


def _cost(edge: Edge) -> int:
    confidence = edge.properties.get("confidence")
    return hop_cost(edge.type, confidence if isinstance(confidence, int) else 1000)


def _diverse(near: Neighbours, found: Sequence[Trail]) -> tuple[list[Trail], dict[Trail, int]]:
    """The best ways of each shape, and beside the last of them how many are like it."""
    shapes: dict[tuple[object, ...], list[Trail]] = defaultdict(list)
    alike: dict[Trail, int] = {}
    shown = []
    for trail in found:
        same = shapes[near.shape(trail.ids)]
        same.append(trail)
        if len(same) <= _OF_A_SHAPE:
            shown.append(trail)
            alike[trail] = 0
        else:
            alike[same[_OF_A_SHAPE - 1]] += 1
    return shown, alike


def _known(
    store: Store, near: Neighbours, kept: Iterable[Trail]
) -> tuple[dict[str, Entity], list[Edge]]:
    """The entities of some ways, and every edge between neighbours on them."""
    by_labels: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    ids: set[str] = set()
    for trail in kept:
        ids.update(trail.ids)
        for one, other in pairwise(trail.ids):
            for pair in ((one, other), (other, one)):
                by_labels[near.labels[pair[0]], near.labels[pair[1]]].add(pair)
    edges = [
        edge
        for (one_label, other_label), pairs in sorted(by_labels.items())
        for edge in store.edges_between(one_label, other_label, sorted(pairs))
    ]
    return store.entities_by_id(sorted(ids)), edges


def _way(
    trail: Trail,
    alike: int,
    entities: Mapping[str, Entity],
    between: Mapping[frozenset[str], Sequence[Edge]],
    papers: Mapping[str, Entity],
) -> Way:
    hops = []
    for one, other in pairwise(trail.ids):
        # The cheapest type first, and of each type the best statement first.
        by_type: dict[tuple[str, bool], list[Edge]] = defaultdict(list)
        for edge in _telling(between[frozenset((one, other))]):
            by_type[edge.type, edge.start == other].append(edge)
        ordered = sorted(by_type, key=lambda k: (min(map(_cost, by_type[k])), k))
        said = tuple(found for key in ordered for found in stated(by_type[key], papers))
        hops.append(Hop(entities[one], entities[other], said))
    return Way(tuple(hops), trail.cost, alike)


def _near(store: Store, near: Neighbours, id_: str) -> tuple[Entity, ...]:
    joined = near.joined(id_)
    ids = sorted(joined, key=lambda other: (joined[other].cost, other))[:_NEAREST]
    entities = store.entities_by_id(ids)
    return tuple(entities[other] for other in ids)
