"""Two contents side by side: what both have is passed by, what one has is kept.

Both come in the same order, so that of two stores only the difference is held, with what its
edges join. What is left is then matched: an entity under another label or id is the same one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Generic, TypeVar

from graphkb.difference.change import Changed, Difference, Part, moved_edge
from graphkb.difference.drawing import MOST_DRAWN, drawn_ids
from graphkb.difference.telling import BULK, edge_rank, entity_rank
from graphkb.export.content import Content, StoreContent
from graphkb.model.graph import Edge, EdgeKey, Entity
from graphkb.model.schema import RELATIONSHIP_TYPES

__all__ = ["difference_of"]

_Thing = TypeVar("_Thing", Entity, Edge)

_DRAWN = tuple(d.name for d in RELATIONSHIP_TYPES if d.shown and d.name not in BULK)


def difference_of(one: Content, other: Content) -> Difference:
    """Find what came, went and changed from one content to another.

    Parameters
    ----------
    one, other : Content
        Of stores, exports or topics. Each is read twice at most, and not held.

    Returns
    -------
    Difference
        The same for the same graphs, whatever stores they are in. Where an entity's id changed
        since a better identifier is known, its edges count only where they state something else.

    Examples
    --------
    >>> from graphkb.export.content import GraphContent
    >>> from graphkb.model.graph import Graph
    >>> old = Entity("Paper", "title:knots", {"name": "Knots"})
    >>> new = Entity("Paper", "arxiv:1", {"name": "Knots", "former_ids": ("title:knots",)})
    >>> contents = [GraphContent(Graph.of([paper], [])) for paper in (old, new)]
    >>> difference_of(*contents).renamed
    {'title:knots': 'arxiv:1'}
    """
    edges = _Sides[Edge](_edge_place)
    edges.read(one.edges(), other.edges(), lambda edge: edge.type)
    wanted = {id_ for edge in edges.touched() for id_ in (edge.start, edge.end, edge.paper)}
    entities = _Sides[Entity](_entity_place)
    known: dict[str, Entity] = {}
    now: dict[str, str] = {}
    for before, after in entities.pairs(one.entities(), other.entities(), lambda one: one.label):
        for entity in (before, after):
            if entity is not None and entity.id in wanted:
                known[entity.id] = entity
        if after is not None:
            now |= dict.fromkeys(_formerly(after), after.id)
    # Papers state edges of a topic that are themselves no part of it.
    for content in (one, other):
        if absent := wanted - known.keys():
            behind = content.background().entities
            known |= {id_: behind[id_] for id_ in sorted(absent) if id_ in behind}
    return _difference(one, other, entities, edges, known, now)


class _Sides(Generic[_Thing]):
    """What only one side has, and what both have in different ways."""

    def __init__(self, place: Callable[[_Thing], tuple[str, ...]]) -> None:
        self._place: Callable[[_Thing], tuple[str, ...]] = place
        self.removed: list[_Thing] = []
        self.added: list[_Thing] = []
        self.changed: list[Changed[_Thing]] = []
        self.totals: tuple[Counter[str], Counter[str]] = (Counter(), Counter())

    def touched(self) -> Iterator[_Thing]:
        """Yield what is held, of what changed both versions."""
        yield from self.removed
        yield from self.added
        for pair in self.changed:
            yield from (pair.before, pair.after)

    def read(
        self, left: Iterable[_Thing], right: Iterable[_Thing], kind: Callable[[_Thing], str]
    ) -> None:
        """Read both sides to their ends."""
        for _ in self.pairs(left, right, kind):
            pass

    def pairs(
        self, left: Iterable[_Thing], right: Iterable[_Thing], kind: Callable[[_Thing], str]
    ) -> Iterator[tuple[_Thing | None, _Thing | None]]:
        """Yield what is at the same place on both sides, and keep what differs."""
        before, after = self.totals
        for old, new in _side_by_side(left, right, self._place):
            if old is not None:
                before[kind(old)] += 1
            if new is not None:
                after[kind(new)] += 1
            if old is None and new is not None:
                self.added.append(new)
            elif new is None and old is not None:
                self.removed.append(old)
            elif old is not None and new is not None and old.properties != new.properties:
                self.changed.append(Changed(old, new))
            yield old, new


def _side_by_side(
    left: Iterable[_Thing], right: Iterable[_Thing], place: Callable[[_Thing], tuple[str, ...]]
) -> Iterator[tuple[_Thing | None, _Thing | None]]:
    """Merge two sorted iterables; what is missing on one side is None."""
    ones, others = iter(left), iter(right)
    one, other = next(ones, None), next(others, None)
    at, there = (None if thing is None else place(thing) for thing in (one, other))
    while at is not None or there is not None:
        forward = there is None or (at is not None and at <= there)
        onward = at is None or (there is not None and there <= at)
        yield (one if forward else None), (other if onward else None)
        if forward:
            one = next(ones, None)
            at = None if one is None else place(one)
        if onward:
            other = next(others, None)
            there = None if other is None else place(other)


def _entity_place(entity: Entity) -> tuple[str, ...]:
    return (entity.label, entity.id)


def _edge_place(edge: Edge) -> tuple[str, ...]:
    return (edge.start_label, *edge.key)


def _difference(
    one: Content,
    other: Content,
    entities: _Sides[Entity],
    edges: _Sides[Edge],
    known: Mapping[str, Entity],
    now: Mapping[str, str],
) -> Difference:
    removed = {entity.id: entity for entity in entities.removed}
    added = {entity.id: entity for entity in entities.added}
    pairs = [(id_, id_) for id_ in sorted(removed.keys() & added.keys())]
    _match(pairs, removed, added, entities.changed)
    _match(_former(removed, added), removed, added, entities.changed)
    renamed = {c.before.id: c.after.id for c in entities.changed if c.before.id != c.after.id}
    twins = _twins(removed, added, edges, renamed)
    _match(twins, removed, added, entities.changed)
    renamed |= dict(twins)
    gone = {edge.key: edge for edge in edges.removed}
    come = {edge.key: edge for edge in edges.added}
    for edge in edges.removed:
        key = moved_edge(edge, renamed).key
        if key in come:
            del gone[edge.key]
            if (new := come.pop(key)).properties != edge.properties:
                edges.changed.append(Changed(edge, new))
    told = {**known, **added, **{c.after.id: c.after for c in entities.changed}}
    names = {id_: entity.name for id_, entity in told.items()}
    topics = [content.topic for content in (one, other) if content.topic is not None]
    found = Difference(
        (one.title, other.title),
        Part(
            tuple(sorted(added.values(), key=entity_rank)),
            tuple(sorted(removed.values(), key=entity_rank)),
            tuple(sorted(entities.changed, key=lambda pair: entity_rank(pair.after))),
        ),
        Part(
            tuple(sorted(come.values(), key=lambda edge: edge_rank(edge, names))),
            tuple(sorted(gone.values(), key=lambda edge: edge_rank(edge, names))),
            tuple(sorted(edges.changed, key=lambda pair: edge_rank(pair.after, names))),
        ),
        totals=(
            entities.totals[0] + edges.totals[0],
            entities.totals[1] + edges.totals[1],
        ),
        known={**removed, **told},
        now={id_: now[id_] for id_ in sorted(removed) if id_ in now},
        focus=tuple(dict.fromkeys(id_ for topic in topics for id_ in topic.focus())),
    )
    ids = drawn_ids(found, MOST_DRAWN)
    marked = {*come, *(pair.after.key for pair in edges.changed)}
    between = [edge for edge in _among(other, ids, found.known) if edge.key not in marked]
    return replace(found, between=tuple(sorted(between, key=lambda edge: edge.key)))


def _among(content: Content, ids: Sequence[str], known: Mapping[str, Entity]) -> Iterator[Edge]:
    """What joins some entities, but for what is not drawn at first."""
    kept = frozenset(ids)
    found: Iterable[Edge]
    if isinstance(content, StoreContent):
        labels: dict[str, list[str]] = defaultdict(list)
        for id_ in ids:
            labels[known[id_].label].append(id_)
        found = (
            edge
            for label, held in sorted(labels.items())
            for edge in content.store.edges_out(label, held, _DRAWN)
        )
    else:
        found = content.edges(_DRAWN)
    return (edge for edge in found if edge.start in kept and edge.end in kept)


def _match(
    pairs: Iterable[tuple[str, str]],
    removed: dict[str, Entity],
    added: dict[str, Entity],
    changed: list[Changed[Entity]],
) -> None:
    """Take pairs out of what went and came: each is one thing that changed."""
    for old, new in pairs:
        changed.append(Changed(removed.pop(old), added.pop(new)))


def _former(removed: Mapping[str, Entity], added: Mapping[str, Entity]) -> list[tuple[str, str]]:
    """Pairs of ids of which one entity tells that it was found under the other's."""
    found = {
        (old, new)
        for held, others, turned in ((added, removed, True), (removed, added, False))
        for id_, entity in held.items()
        for former in _formerly(entity)
        if former in others
        for old, new in [(former, id_) if turned else (id_, former)]
    }
    return _apart(sorted(found, key=lambda pair: (sorted(pair), pair)))


def _formerly(entity: Entity) -> tuple[str, ...]:
    former = entity.properties.get("former_ids")
    return former if isinstance(former, tuple) else ()


def _twins(
    removed: Mapping[str, Entity],
    added: Mapping[str, Entity],
    edges: _Sides[Edge],
    renamed: Mapping[str, str],
) -> list[tuple[str, str]]:
    """Pairs that have all properties and some edges in common, under ids made of other ids.

    A number that a paper reports, and one of two authors of a name, are identified by a hash of
    the paper's id.
    """
    alike: dict[Any, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for side, held in enumerate((removed, added)):
        for id_, entity in held.items():
            alike[entity.label, tuple(sorted(entity.properties.items()))][side].append(id_)
    candidates = [pair for pair in alike.values() if all(pair)]
    wanted = {id_ for pair in candidates for ids in pair for id_ in ids}
    around: dict[str, set[EdgeKey]] = defaultdict(set)
    for edge in (*edges.removed, *edges.added):
        start, type_, end, paper = moved_edge(edge, renamed).key
        for id_ in {edge.start, edge.end} & wanted:
            # Itself it is neither here nor there: what counts is what it is joined to.
            around[id_].add(
                ("" if start == id_ else start, type_, "" if end == id_ else end, paper)
            )
    shared = [
        (-len(around[old] & around[new]), sorted((old, new)), old, new)
        for olds, news in candidates
        for old in olds
        for new in news
        if around[old] & around[new]
    ]
    return _apart([(old, new) for _, _, old, new in sorted(shared)])


def _apart(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Keep the first pairs of which none has an id of another."""
    olds: set[str] = set()
    news: set[str] = set()
    kept = []
    for old, new in pairs:
        if old not in olds and new not in news:
            olds.add(old)
            news.add(new)
            kept.append((old, new))
    return kept
