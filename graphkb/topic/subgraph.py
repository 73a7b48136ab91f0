"""The part of a graph that some ids, or the rows of an answer, are about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from graphkb.model.graph import Edge, EdgeKey, Entity, Graph
from graphkb.model.schema import ENTITY_TYPES, RELATIONSHIP_TYPES

if TYPE_CHECKING:
    from graphkb.store.protocol import Rows, Store
    from graphkb.topic.bounds import Bounds

__all__ = ["ids_in", "subgraph", "with_edges", "with_sure_edges"]

_GROUND = {declared.label for declared in ENTITY_TYPES if declared.ground}


def subgraph(store: Store, ids: Iterable[str]) -> Graph:
    """Return some entities with every edge among them, and the results of which all ends are.

    Parameters
    ----------
    store : Store
        Where they are.
    ids : iterable of str
        Unknown ids are left out, and so is ground truth.

    Returns
    -------
    Graph
        Beside the entities their results, and the papers by which edges are stated.
    """
    return with_edges(store, store.entities_by_id(ids).values())


def with_edges(store: Store, entities: Iterable[Entity]) -> Graph:
    """Return what :func:`subgraph` does, of entities that have been read.

    Parameters
    ----------
    store : Store
        Where they are.
    entities : iterable of Entity
        Ground truth is left out.

    Returns
    -------
    Graph
        With every edge among them, and the results of which all ends are.
    """
    found = {entity.id: entity for entity in entities if entity.label not in _GROUND}
    by_label: dict[str, list[str]] = defaultdict(list)
    for entity in found.values():
        by_label[entity.label].append(entity.id)
    # Links are read without their sentences, so that hubs cost little; then what is wanted.
    pairs: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    reported: dict[str, str] = {}
    for label, of_label in sorted(by_label.items()):
        types = _types_among(label, by_label)
        for link in store.links(label, of_label, types, outgoing=True) if types else ():
            if link.other in found:
                pairs[label, link.label].add((link.id, link.other))
            elif link.type == "REPORTS":
                reported[link.other] = link.id
    edges: dict[EdgeKey, Edge] = {}
    for (start, end), wanted in sorted(pairs.items()):
        for edge in store.edges_between(start, end, sorted(wanted)):
            edges[edge.key] = edge
    results = {} if not reported else _results(store, reported, found)
    for edge in results:
        edges[edge.key] = edge
    kept = {edge.start for edge in results if edge.start_label == "Result"}
    figures = store.entities_by_id(sorted(kept)) if kept else {}
    return Graph.of([*found.values(), *figures.values()], edges.values())


def _types_among(label: str, present: Collection[str]) -> list[str]:
    """The types that may lead from a label to what is there, or to results."""
    wanted = {*present, "Result"}
    return [
        declared.name
        for declared in RELATIONSHIP_TYPES
        if label in declared.starts and not wanted.isdisjoint(declared.ends)
    ]


def _results(store: Store, reported: Iterable[str], found: Iterable[str]) -> list[Edge]:
    """The edges of those results of which every end is known."""
    ids = sorted(reported)
    edges = [*store.edges_out("Result", ids), *store.edges_in("Result", ids)]
    known = {*found, *ids}
    open_ = {
        end
        for edge in edges
        if not {edge.start, edge.end} <= known
        for end in (edge.start, edge.end)
    }
    return [edge for edge in edges if not {edge.start, edge.end} & (open_ & set(ids))]


def with_sure_edges(store: Store, entities: Iterable[Entity], bounds: Bounds) -> Graph:
    """Return some entities with the edges among them that are sure enough, and their results.

    Parameters
    ----------
    store : Store
        Where they are.
    entities : iterable of Entity
        As the store holds them.
    bounds : Bounds
        Which edges are; a result of which one is not is left out.

    Returns
    -------
    Graph
        As :func:`with_edges` returns it, without what is doubted.
    """
    found = with_edges(store, entities)
    if not bounds.min_confidence:
        return found
    doubted = {
        end
        for edge in found.edges.values()
        if not bounds.follows(edge)
        for end in (edge.start, edge.end)
        if found.entities[end].label == "Result"
    }
    return Graph.of(
        (entity for id_, entity in found.entities.items() if id_ not in doubted),
        (
            edge
            for edge in found.edges.values()
            if bounds.follows(edge) and not {edge.start, edge.end} & doubted
        ),
    )


def ids_in(rows: Rows) -> tuple[str, ...]:
    """Return what the rows of an answer may mean by their values: ids of entities.

    Nodes, relationships and paths name theirs; of other values every text that has the form of
    an id counts, so that a query which returns ids can be drawn.

    Parameters
    ----------
    rows : Rows
        An answer.

    Returns
    -------
    tuple of str
        Each once, in the order of the rows.

    Examples
    --------
    >>> from graphkb.store.protocol import Rows
    >>> ids_in(Rows(("name", "id"), (("GRPO", "method:grpo"), ("PPO", "method:ppo"))))
    ('method:grpo', 'method:ppo')
    """
    return tuple(dict.fromkeys(id_ for row in rows.rows for value in row for id_ in _ids(value)))


def _ids(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if ":" in value[1:] and not any(character.isspace() for character in value[:40]):
            yield value
    elif isinstance(value, dict):
        named = {"labels": ("id",), "nodes": ("nodes",), "start": ("start", "end")}
        keys: Sequence[str] = next((of for key, of in named.items() if key in value), tuple(value))
        for key in keys:
            yield from _ids(value.get(key))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _ids(item)
