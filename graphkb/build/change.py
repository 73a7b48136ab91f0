"""What has to be written so that a store holds a graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import structs

from graphkb.build.ground import LOADING
from graphkb.model.graph import Edge, Entity, Graph
from graphkb.store.protocol import Changes

__all__ = ["changes_between", "stages"]


def changes_between(entities: Iterable[Entity], edges: Iterable[Edge], wanted: Graph) -> Changes:
    """Return the changes from what a store holds to what it should hold.

    Parameters
    ----------
    entities : iterable of Entity
        What the store holds.
    edges : iterable of Edge
        What the store holds.
    wanted : Graph
        What it should hold.

    Returns
    -------
    Changes
        Empty where nothing differs. An entity whose label changed is deleted and created, with
        its edges.
    """
    held = {entity.key: entity for entity in entities}
    held_edges = {edge.key: edge for edge in edges}
    relabelled = {
        id_
        for id_, entity in held.items()
        if id_ in wanted.entities and wanted.entities[id_].label != entity.label
    }
    gone = sorted(relabelled | (held.keys() - wanted.entities.keys()))
    new_or_other = tuple(
        entity for id_, entity in wanted.entities.items() if held.get(id_) != entity
    )
    moved = {
        key
        for key, edge in held_edges.items()
        if edge.start in relabelled or edge.end in relabelled
    }
    gone_edges = sorted(moved | (held_edges.keys() - wanted.edges.keys()))
    other_edges = tuple(
        edge for key, edge in wanted.edges.items() if key in moved or held_edges.get(key) != edge
    )
    return Changes(
        tuple(held_edges[key] for key in gone_edges),
        tuple(held[id_] for id_ in gone),
        new_or_other,
        other_edges,
    )


def stages(changes: Changes, builtin: Entity) -> Iterator[Changes]:
    """Yield the parts in which a store that cannot write all at once may be killed.

    Sources come first, marked as loading, with their records; then all that is derived; last the
    sources as they shall be. A write that stops in between leaves a mark, and doing it again
    completes it.

    Parameters
    ----------
    changes : Changes
        From what the store holds to what it should hold.
    builtin : Entity
        The built-in source, which is marked too: a rebuild changes no other.

    Yields
    ------
    Changes
        To be written in this order; together they do what `changes` does.
    """
    given = ("Record", "Decision")
    records = tuple(entity for entity in changes.entities if entity.label in given)
    sources = tuple(entity for entity in changes.entities if entity.label == "Source")
    gone = tuple(entity for entity in changes.delete_entities if entity.label == "Source")
    touched = {source.id: source for source in (*gone, *sources, builtin)}
    marked = (
        structs.replace(s, properties={**s.properties, "state": LOADING}) for s in touched.values()
    )
    yield Changes(entities=(*marked, *records))
    yield Changes(
        changes.delete_edges,
        tuple(entity for entity in changes.delete_entities if entity.label != "Source"),
        tuple(e for e in changes.entities if e.label not in (*given, "Source")),
        changes.edges,
    )
    ended = {source.id: source for source in (builtin, *sources)}
    for source in gone:
        ended.pop(source.id, None)
    yield Changes(delete_entities=gone, entities=tuple(ended.values()))
