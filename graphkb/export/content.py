"""What is exported: entities and edges in one order, read as often as a format needs.

A format reads a whole store through this as it reads a topic, and holds of it no more than it
must: the entities and edges of a store arrive in batches.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from graphkb.model.graph import Edge, Entity, Graph, Value
from graphkb.model.schema import ENTITY_TYPES, RELATIONSHIP_TYPES, entity_type, relationship_type

if TYPE_CHECKING:
    from graphkb.store.protocol import Store
    from graphkb.topic.topic import Topic

__all__ = ["Columns", "Content", "Counted", "GraphContent", "StoreContent"]

Columns = Mapping[str, Sequence[Any]]
"""Values by the name of their property, all of one length; a list may be a tuple or a list."""

_Taken = TypeVar("_Taken")

# Of a start come ten edges and more; twice as many at once are read no faster.
_ENTITIES, _STARTS = 1_000, 500
# After how many of them a progress is told.
_TOLD = 5_000


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

    def count(self) -> int:
        """Return how many entities and edges there are."""
        return sum(1 for _ in self.entities()) + sum(1 for _ in self.edges())


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

    def count(self) -> int:
        """Return how many there are; see :class:`Content`."""
        return len(self.graph.entities) + len(self.graph.edges)

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

    def count(self) -> int:
        """Return how many there are; see :class:`Content`."""
        asked = [f"MATCH (n:{label}) RETURN count(n) AS n" for label in self._labels()]
        asked += [f"MATCH ()-[r:{one.name}]->() RETURN count(r) AS n" for one in RELATIONSHIP_TYPES]
        return sum(self.store.cypher(statement).rows[0][0] for statement in asked)

    def _labels(self, among: Collection[str] | None = None) -> list[str]:
        known = (one.label for one in ENTITY_TYPES if self.ground or not one.ground)
        return sorted(label for label in known if among is None or label in among)

    def _ids(self, label: str) -> list[str]:
        """The ids of a label in order; they are read once, and are all that is held of a store."""
        if label not in self._known:
            text = f"MATCH (n:{label}) WHERE n.id IS NOT NULL RETURN n.id AS id"
            with self.store.stream(text) as rows:
                self._known[label] = sorted(row[0] for row in rows)
        return self._known[label]


class Counted(Content):
    """A content that counts what a format takes of it; what is taken again counts once.

    Parameters
    ----------
    content : Content
        What is exported.
    tell : callable, optional
        Told from time to time how many of how many were taken.
    """

    def __init__(self, content: Content, tell: Callable[[int, int], object] | None = None) -> None:
        self._content = content
        self._tell = tell
        self._total = content.count() if tell is not None else 0
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
        found = ((entity.label, 1, entity) for entity in self._content.entities(labels))
        return self._counted(found, self._entities)

    def edges(self, types: Collection[str] | None = None) -> Iterator[Edge]:
        """Yield the edges; see :class:`Content`."""
        found = ((edge.type, 1, edge) for edge in self._content.edges(types))
        return self._counted(found, self._edges)

    def entity_columns(self, label: str) -> Iterator[Columns]:
        """Yield the entities of a label as columns; see :class:`Content`."""
        found = ((label, len(one["id"]), one) for one in self._content.entity_columns(label))
        return self._counted(found, self._entities)

    def edge_columns(self, type_: str) -> Iterator[Columns]:
        """Yield the edges of a type as columns; see :class:`Content`."""
        found = ((type_, len(one["start"]), one) for one in self._content.edge_columns(type_))
        return self._counted(found, self._edges)

    def count(self) -> int:
        """Return how many there are; see :class:`Content`."""
        return self._total or self._content.count()

    def _counted(
        self, found: Iterable[tuple[str, int, _Taken]], counter: Counter[str]
    ) -> Iterator[_Taken]:
        taken: Counter[str] = Counter()
        untold = 0
        for kind, many, one in found:
            taken[kind] += many
            counter[kind] = max(counter[kind], taken[kind])
            untold += many
            if self._tell is not None and untold >= _TOLD:
                untold = 0
                self._tell(self.entity_count + self.edge_count, self._total)
            yield one


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
    return replace(entity, properties=kept)


@cache
def _private(label: str) -> frozenset[str]:
    return frozenset(one.name for one in entity_type(label).properties if not one.derived)


@cache
def _exported(label: str) -> tuple[str, ...]:
    """The names of what an entity of a label has that tells of the graph."""
    return tuple(one.name for one in entity_type(label).all_properties if one.derived)
