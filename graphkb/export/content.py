"""What is exported: entities and edges in one order, read as often as a format needs.

A format reads a whole store through this as it reads a topic, and holds of it no more than it
must: the entities and edges of a store arrive in batches.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import structs

from graphkb.model.graph import Edge, Entity, Graph, Value
from graphkb.model.schema import ENTITY_TYPES, RELATIONSHIP_TYPES, entity_type, relationship_type

if TYPE_CHECKING:
    from graphkb.store.protocol import Store
    from graphkb.topic.topic import Topic

__all__ = ["Columns", "Content", "GraphContent", "StoreContent"]

Columns = Mapping[str, Sequence[Any]]
"""Values by the name of their property, all of one length; a list may be a tuple or a list."""

_Taken = TypeVar("_Taken")

# Of a start come ten edges and more; twice as many at once are read no faster.
_ENTITIES, _STARTS = 1_000, 500


class Content(ABC):
    """What a format writes.

    Each call begins again at the start; the order is the same for the same graph, whatever the
    store. What tells of this machine instead of the graph is left out.
    """

    @property
    @abstractmethod
    def title(self) -> str:
        """What heads a report of it."""

    @property
    @abstractmethod
    def topic(self) -> Topic | None:
        """The topic that it is, with seeds and scores; None of a whole graph."""

    @abstractmethod
    def entities(self, labels: Collection[str] | None = None) -> Iterator[Entity]:
        """Yield the entities of the labels (all by default), in order of label and id."""

    @abstractmethod
    def edges(self, types: Collection[str] | None = None) -> Iterator[Edge]:
        """Yield the edges of the types (all by default), by label and id of their start.

        The edges out of one entity are in order of type, end and paper.
        """

    def background(self) -> Graph:
        """Return what stands behind a topic and is no part of it; nothing of a whole graph.

        See :func:`graphkb.topic.background.background`: what references and reports name.
        """
        return Graph() if self.topic is None else self.topic.background()

    def entity_columns(self, label: str) -> Iterator[Columns]:
        """Yield the entities of a label in batches: by name of property the values of all.

        `id` comes first; None stands where an entity has none. The same in the same order as
        :meth:`entities`, but where it is a store, faster.
        """
        names = _exported(label)
        for batch in _batches(self.entities((label,)), _ENTITIES):
            told = ({"id": entity.id, **entity.properties} for entity in batch)
            yield _columns(names, told)

    def edge_columns(self, type_: str) -> Iterator[Columns]:
        """Yield the edges of a type in batches: by name of property the values of all.

        `start` and `end` come first. The same in the same order as :meth:`edges`, but where it is
        a store, faster.
        """
        names = ["start", "end", *(one.name for one in relationship_type(type_).properties)]
        for batch in _batches(self.edges((type_,)), _ENTITIES):
            yield _columns(
                names,
                ({"start": e.start, "end": e.end, "paper": e.paper, **e.properties} for e in batch),
            )

    def entity_counts(self, labels: Collection[str] | None = None) -> Counter[str]:
        """Return how many entities there are of the labels (all by default), by label."""
        return Counter(entity.label for entity in self.entities(labels))

    def edge_counts(self, types: Collection[str] | None = None) -> Counter[str]:
        """Return how many edges there are of the types (all by default), by type."""
        return Counter(edge.type for edge in self.edges(types))

    def count(self) -> int:
        """Return how many entities and edges there are."""
        return self.entity_counts().total() + self.edge_counts().total()

    def entities_of(self, label: str, ids: Collection[str]) -> Iterator[Entity]:
        """Yield those entities of a label that have one of some ids, in order of id.

        For a few of many: a store is asked for no others.
        """
        return (entity for entity in self.entities((label,)) if entity.id in ids)

    def edges_of(
        self, label: str, ids: Collection[str], types: Collection[str], *, incoming: bool = False
    ) -> Iterator[Edge]:
        """Yield the edges of some types out of entities of a label, or into them, in no order.

        For a few of many: a store is asked for no others.
        """
        for edge in self.edges(types):
            end = (edge.end_label, edge.end) if incoming else (edge.start_label, edge.start)
            if end[0] == label and end[1] in ids:
                yield edge


@dataclass(frozen=True)
class GraphContent(Content):
    """A graph in memory.

    Parameters
    ----------
    graph : Graph
        Its entities and edges.
    title : str
        What heads a report of it.
    topic : Topic, optional
        The topic that it is the graph of.

    Examples
    --------
    >>> task = Entity("Task", "task:a", {"name": "a"})
    >>> [entity.id for entity in GraphContent(Graph.of([task], [])).entities()]
    ['task:a']
    """

    graph: Graph
    title: str = "Papers and methods"
    topic: Topic | None = None

    def entities(self, labels: Collection[str] | None = None) -> Iterator[Entity]:
        """Yield the entities; see :class:`Content`."""
        found = (e for e in self.graph.entities.values() if labels is None or e.label in labels)
        return map(_without_place, sorted(found, key=lambda entity: (entity.label, entity.id)))

    def edges(self, types: Collection[str] | None = None) -> Iterator[Edge]:
        """Yield the edges; see :class:`Content`."""
        found = (e for e in self.graph.edges.values() if types is None or e.type in types)
        return iter(sorted(found, key=lambda edge: (edge.start_label, *edge.key)))


@dataclass(frozen=True)
class StoreContent(Content):
    """All of a store, batch by batch.

    Parameters
    ----------
    store : Store
        Opened for reading.
    ground : bool
        Whether sources, records and decisions are part of it.
    title : str
        What heads a report of it.
    """

    store: Store
    ground: bool = False
    title: str = "Papers and methods"
    topic: Topic | None = None
    _known: dict[str, list[str]] = field(default_factory=dict, init=False, repr=False)

    def entities(self, labels: Collection[str] | None = None) -> Iterator[Entity]:
        """Yield the entities; see :class:`Content`."""
        for label in self._labels(labels):
            for ids in _batches(self._ids(label), _ENTITIES):
                found = self.store.entities_by_id(ids, label)
                yield from map(_without_place, (found[id_] for id_ in ids if id_ in found))

    def edges(self, types: Collection[str] | None = None) -> Iterator[Edge]:
        """Yield the edges; see :class:`Content`."""
        wanted = [one for one in RELATIONSHIP_TYPES if types is None or one.name in types]
        for label in self._labels({start for one in wanted for start in one.starts}):
            of_label = [one.name for one in wanted if label in one.starts]
            for ids in _batches(self._ids(label), _STARTS):
                found = self.store.edges_out(label, ids, of_label)
                yield from sorted(found, key=lambda edge: edge.key)

    def entity_columns(self, label: str) -> Iterator[Columns]:
        """Yield the entities of a label as columns; see :class:`Content`."""
        names = _exported(label)
        for known in self._labels((label,)):
            for ids in _batches(self._ids(known), _ENTITIES):
                found = self.store.entity_columns(known, ids)
                yield {name: found[name] for name in names}

    def edge_columns(self, type_: str) -> Iterator[Columns]:
        """Yield the edges of a type as columns; see :class:`Content`."""
        for label in self._labels(relationship_type(type_).starts):
            for ids in _batches(self._ids(label), _STARTS):
                found = self.store.edge_columns(type_, label, ids)
                if found["start"]:
                    yield found

    def entity_counts(self, labels: Collection[str] | None = None) -> Counter[str]:
        """Return how many entities there are; see :class:`Content`."""
        return _counted(
            (label, self._number(f"MATCH (n:{label}) RETURN count(n.id) AS n"))
            for label in self._labels(labels)
        )

    def edge_counts(self, types: Collection[str] | None = None) -> Counter[str]:
        """Return how many edges there are; see :class:`Content`."""
        # By the paper, since others may keep things of their own beside the graph.
        return _counted(
            (one.name, self._number(f"MATCH (:{label})-[r:{one.name}]->() RETURN count(r.paper)"))
            for one in RELATIONSHIP_TYPES
            if types is None or one.name in types
            for label in self._labels(one.starts)
        )

    def entities_of(self, label: str, ids: Collection[str]) -> Iterator[Entity]:
        """Yield some entities of a label; see :class:`Content`."""
        for known in self._labels((label,)):
            for batch in _batches(sorted(ids), _ENTITIES):
                found = self.store.entities_by_id(batch, known)
                yield from map(_without_place, (found[id_] for id_ in batch if id_ in found))

    def edges_of(
        self, label: str, ids: Collection[str], types: Collection[str], *, incoming: bool = False
    ) -> Iterator[Edge]:
        """Yield the edges of some entities of a label; see :class:`Content`."""
        read = self.store.edges_in if incoming else self.store.edges_out
        for batch in _batches(sorted(ids), _STARTS) if types else ():
            yield from read(label, batch, types)

    def _number(self, statement: str) -> int:
        return int(self.store.cypher(statement).rows[0][0])

    def _labels(self, among: Collection[str] | None = None) -> list[str]:
        known = (one.label for one in ENTITY_TYPES if self.ground or not one.ground)
        return sorted(label for label in known if among is None or label in among)

    def _ids(self, label: str) -> list[str]:
        """The ids of a label in order; they are read once, and are all that is held of a store."""
        if label not in self._known:
            self._known[label] = self.store.ids(label)
        return self._known[label]


def _counted(found: Iterable[tuple[str, int]]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for kind, number in found:
        if number:
            counts[kind] += number
    return counts


def _batches(things: Iterable[_Taken], size: int) -> Iterator[list[_Taken]]:
    rest = iter(things)
    while batch := list(islice(rest, size)):
        yield batch


def _columns(names: Collection[str], rows: Iterable[Mapping[str, Value]]) -> Columns:
    told = list(rows)
    return {name: [row.get(name) for row in told] for name in names}


def _without_place(entity: Entity) -> Entity:
    """The entity without what tells of this machine instead of the graph."""
    private = _private(entity.label)
    if not private & entity.properties.keys():
        return entity
    kept = {name: value for name, value in entity.properties.items() if name not in private}
    return structs.replace(entity, properties=kept)


@cache
def _private(label: str) -> frozenset[str]:
    return frozenset(one.name for one in entity_type(label).properties if not one.derived)


@cache
def _exported(label: str) -> tuple[str, ...]:
    """The names of what an entity of a label has that tells of the graph."""
    return tuple(one.name for one in entity_type(label).all_properties if one.derived)
