"""Entities and edges as values, and a graph of them in memory."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from msgspec import Struct

from graphkb.model.schema import entity_type, relationship_type

__all__ = ["Edge", "EdgeKey", "Entity", "Graph", "Value", "graph_digest"]

Value = str | int | float | bool | tuple[str, ...]
EdgeKey = tuple[str, str, str, str]


class Entity(Struct, frozen=True):
    """A node of the graph.

    Parameters
    ----------
    label : str
        A label of the schema.
    id : str
        Unique in the whole graph; of ground truth, unique in its label.
    properties : mapping
        Without `id`; nulls and empty lists are absent, lists are tuples of strings.
    """

    label: str
    id: str
    properties: Mapping[str, Value]

    @property
    def name(self) -> str:
        """The name that people read."""
        return str(self.properties["name"])

    @property
    def key(self) -> str:
        """What identifies it in the store: the id; of ground truth, the label before the id.

        The source ``arxiv:2402.03300`` is not the paper of that id.
        """
        return f"{self.label} {self.id}" if entity_type(self.label).ground else self.id


class Edge(Struct, frozen=True):
    """A relationship of the graph; one for each start, type, end and paper.

    Parameters
    ----------
    start, type, end, paper : str
        The key; `paper` is the id of the paper that states it.
    start_label, end_label : str
        The labels of the ends.
    properties : mapping
        Without `paper`; nulls and empty lists are absent.
    """

    start: str
    type: str
    end: str
    paper: str
    start_label: str
    end_label: str
    properties: Mapping[str, Value]

    @property
    def key(self) -> EdgeKey:
        """What identifies the edge: start, type, end, paper."""
        return (self.start, self.type, self.end, self.paper)


@dataclass(frozen=True, slots=True)
class Graph:
    """Entities and edges, each by its key.

    Parameters
    ----------
    entities : mapping of str to Entity
        By key, which is the id but for ground truth.
    edges : mapping of EdgeKey to Edge
        By start, type, end, paper; both ends are among the entities.

    Examples
    --------
    >>> a = Entity("Task", "task:a", {"name": "a"})
    >>> graph = Graph.of([a], [])
    >>> graph.subgraph({"task:a"}) == graph
    True
    """

    entities: Mapping[str, Entity] = field(default_factory=dict)
    edges: Mapping[EdgeKey, Edge] = field(default_factory=dict)

    @classmethod
    def of(cls, entities: Iterable[Entity], edges: Iterable[Edge]) -> Graph:
        """Build a graph, its parts sorted by key.

        Parameters
        ----------
        entities : iterable of Entity
            In any order.
        edges : iterable of Edge
            In any order.

        Returns
        -------
        Graph
            The graph.
        """
        nodes = {entity.key: entity for entity in entities}
        joins = {edge.key: edge for edge in edges}
        return cls(dict(sorted(nodes.items())), dict(sorted(joins.items())))

    def subgraph(self, ids: Iterable[str]) -> Graph:
        """Return the entities of these ids and the edges among them.

        Parameters
        ----------
        ids : iterable of str
            Ids; unknown ones are ignored.

        Returns
        -------
        Graph
            The part.
        """
        kept = set(ids)
        return Graph(
            {id_: entity for id_, entity in self.entities.items() if id_ in kept},
            {k: edge for k, edge in self.edges.items() if edge.start in kept and edge.end in kept},
        )


def canonical_lines(entities: Iterable[Entity], edges: Iterable[Edge]) -> Iterator[str]:
    """Yield one JSON line an entity and edge, of what the digest covers.

    Parameters
    ----------
    entities : iterable of Entity
        In any order.
    edges : iterable of Edge
        In any order.

    Yields
    ------
    str
        Lines, unsorted.
    """
    entities = list(entities)
    hidden = {
        (label, declared.name)
        for label in {entity.label for entity in entities}
        for declared in entity_type(label).all_properties
        if not declared.derived
    }
    for entity in entities:
        kept = {k: v for k, v in entity.properties.items() if (entity.label, k) not in hidden}
        yield _line([entity.label, entity.id, kept])
    for edge in edges:
        relationship_type(edge.type)
        yield _line([*edge.key, edge.start_label, edge.end_label, dict(edge.properties)])


def graph_digest(entities: Iterable[Entity], edges: Iterable[Edge]) -> str:
    """Return the SHA-256 of the canonical form of a graph.

    Parameters
    ----------
    entities : iterable of Entity
        In any order.
    edges : iterable of Edge
        In any order.

    Returns
    -------
    str
        64 hexadecimal digits, equal for equal graphs in whatever store and order.

    Examples
    --------
    >>> a, b = (Entity("Task", f"task:{n}", {"name": n}) for n in "ab")
    >>> graph_digest([a, b], []) == graph_digest([b, a], [])
    True
    """
    digest = hashlib.sha256()
    for line in sorted(canonical_lines(entities, edges)):
        digest.update(line.encode())
        digest.update(b"\n")
    return digest.hexdigest()


def _line(value: object) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
