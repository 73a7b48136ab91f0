"""What is exported: entities and edges in one order, read as often as a format needs.

A format reads a whole store through this as it reads a topic, and holds of it no more than it
must: the entities and edges of a store arrive in batches.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from graphkb.model.graph import Edge, Entity, Graph
from graphkb.model.schema import ENTITY_TYPES, entity_type

if TYPE_CHECKING:
    from graphkb.store.protocol import Store
    from graphkb.topic.topic import Topic

__all__ = ["Content", "Counted", "GraphContent", "StoreContent"]

_BATCH = 2_000


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

    def entities(self, labels: Collection[str] | None = None) -> Iterator[Entity]:
        """Yield the entities; see :class:`Content`."""
        for label in self._labels():
            if labels is None or label in labels:
                for ids in self._ids(label):
                    found = self.store.entities_by_id(ids, label)
                    yield from map(_without_place, (found[id_] for id_ in ids if id_ in found))

    def edges(self, types: Collection[str] | None = None) -> Iterator[Edge]:
        """Yield the edges; see :class:`Content`."""
        if types is not None and not types:
            return
        for label in self._labels():
            for ids in self._ids(label):
                found = self.store.edges_out(label, ids, sorted(types or ()))
                yield from sorted(found, key=lambda edge: edge.key)

    def _labels(self) -> list[str]:
        return sorted(one.label for one in ENTITY_TYPES if self.ground or not one.ground)

    def _ids(self, label: str) -> Iterator[list[str]]:
        rows = self.store.cypher(f"MATCH (n:{label}) WHERE n.id IS NOT NULL RETURN n.id AS id")
        return _batches(sorted(row[0] for row in rows.rows))


class Counted(Content):
    """A content that counts what a format takes of it; what is taken again counts once.

    Parameters
    ----------
    content : Content
        What is exported.
    """

    def __init__(self, content: Content) -> None:
        self._content = content
        self._entities: Counter[str] = Counter()
        self._edges: Counter[str] = Counter()

    @property
    def title(self) -> str:
        """What heads a report of it."""
        return self._content.title

    @property
    def topic(self) -> Topic | None:
        """The topic that it is; None of a whole graph."""
        return self._content.topic

    @property
    def entity_count(self) -> int:
        """How many entities were taken."""
        return self._entities.total()

    @property
    def edge_count(self) -> int:
        """How many edges were taken."""
        return self._edges.total()

    def entities(self, labels: Collection[str] | None = None) -> Iterator[Entity]:
        """Yield the entities; see :class:`Content`."""
        taken: Counter[str] = Counter()
        for entity in self._content.entities(labels):
            taken[entity.label] += 1
            yield entity
        self._entities |= taken

    def edges(self, types: Collection[str] | None = None) -> Iterator[Edge]:
        """Yield the edges; see :class:`Content`."""
        taken: Counter[str] = Counter()
        for edge in self._content.edges(types):
            taken[edge.type] += 1
            yield edge
        self._edges |= taken


def _batches(ids: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(ids)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def _without_place(entity: Entity) -> Entity:
    """The entity without what tells of this machine instead of the graph."""
    private = _private(entity.label)
    if not private & entity.properties.keys():
        return entity
    kept = {name: value for name, value in entity.properties.items() if name not in private}
    return replace(entity, properties=kept)


@cache
def _private(label: str) -> frozenset[str]:
    return frozenset(one.name for one in entity_type(label).properties if not one.derived)
