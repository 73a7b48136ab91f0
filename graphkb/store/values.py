"""Entities and edges as the rows that a store takes, and back.

What a store is given is checked here against the schema, so that both stores refuse the same and
neither ever holds a value that the other could not.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from graphkb.errors import StoreError
from graphkb.model.graph import Edge, Entity, Value
from graphkb.model.schema import (
    ENTITY_TYPES,
    PropertyType,
    entity_type,
    relationship_type,
)

__all__ = [
    "INTEGER_BOUND",
    "Row",
    "batches",
    "edge_from_row",
    "edge_key_row",
    "edge_row",
    "entity_from_properties",
    "entity_key_row",
    "entity_row",
]

Row = dict[str, Any]

INTEGER_BOUND = 2**63
_BATCH_ROWS = 5_000
_BATCH_CHARACTERS = 4_000_000


def entity_row(entity: Entity) -> Row:
    """Turn an entity into the row that writes it.

    Parameters
    ----------
    entity : Entity
        An entity as the build derived it.

    Returns
    -------
    dict
        ``{id, properties}``, the id among the properties too.

    Raises
    ------
    StoreError
        A label or a property is not declared, a value is not of its declared type, null, empty,
        not a number or out of range, or a paper's title is not its name.

    Examples
    --------
    >>> entity_row(Entity("Task", "task:a", {"name": "a", "aliases": ("b",)}))
    {'id': 'task:a', 'properties': {'name': 'a', 'aliases': ['b'], 'id': 'task:a'}}
    """
    where = f"{entity.label} {entity.id!r}"
    declared = _entity_properties(entity.label)
    if declared is None:
        raise StoreError(f"no label {entity.label!r} is declared", where=where)
    properties = _checked(entity.properties, declared, where)
    if "name" not in properties:
        raise StoreError("an entity needs a name", where=where)
    # On the embedded store name and title are one property; only equality keeps both stores alike.
    if "title" in declared and properties.get("title") != properties["name"]:
        raise StoreError("title and name must be equal", where=where)
    properties["id"] = _text(entity.id, where, "id")
    return {"id": entity.id, "properties": properties}


def entity_key_row(entity: Entity) -> Row:
    """Turn an entity into the row that deletes it.

    Parameters
    ----------
    entity : Entity
        Of which only label and id count.

    Returns
    -------
    dict
        ``{id}``.

    Examples
    --------
    >>> entity_key_row(Entity("Task", "task:a", {}))
    {'id': 'task:a'}
    """
    if _entity_properties(entity.label) is None:
        raise StoreError(f"no label {entity.label!r} is declared", where=entity.id)
    return {"id": entity.id}


def edge_row(edge: Edge) -> Row:
    """Turn an edge into the row that writes it.

    Parameters
    ----------
    edge : Edge
        An edge as the build derived it.

    Returns
    -------
    dict
        ``{from_id, to_id, paper, properties}``, the paper among the properties too.

    Raises
    ------
    StoreError
        The type does not join these labels, or a property is not what the schema declares.

    Examples
    --------
    >>> edge = Edge("p:1", "CITES", "p:2", "p:1", "Paper", "Paper", {"rule": "reference"})
    >>> edge_row(edge)["properties"]
    {'rule': 'reference', 'paper': 'p:1'}
    """
    where = f"({edge.start!r})-[{edge.type}]->({edge.end!r})"
    declared = _edge_properties(edge.type)
    if declared is None:
        raise StoreError(f"no relationship type {edge.type!r} is declared", where=where)
    type_ = relationship_type(edge.type)
    if edge.start_label not in type_.starts or edge.end_label not in type_.ends:
        raise StoreError(
            f"{edge.type} joins no {edge.start_label} to a {edge.end_label}", where=where
        )
    properties = _checked(edge.properties, declared, where)
    properties["paper"] = _text(edge.paper, where, "paper")
    return {**edge_key_row(edge), "properties": properties}


def edge_key_row(edge: Edge) -> Row:
    """Turn an edge into the row that deletes it.

    Parameters
    ----------
    edge : Edge
        Of which only the key and the labels count.

    Returns
    -------
    dict
        ``{from_id, to_id, paper}``.

    Examples
    --------
    >>> edge_key_row(Edge("p:1", "CITES", "p:2", "p:1", "Paper", "Paper", {}))
    {'from_id': 'p:1', 'to_id': 'p:2', 'paper': 'p:1'}
    """
    return {"from_id": edge.start, "to_id": edge.end, "paper": edge.paper}


def entity_from_properties(label: str, properties: Mapping[str, Any]) -> Entity:
    """Make an entity of what a store returned for a node.

    Parameters
    ----------
    label : str
        Its label.
    properties : mapping
        All that the engine says about the node; what the schema does not declare is the
        engine's own and is left out.

    Returns
    -------
    Entity
        As it was written.

    Examples
    --------
    >>> entity_from_properties("Task", {"id": "task:a", "name": "a", "type": "Task"})
    Entity(label='Task', id='task:a', properties={'name': 'a'})
    """
    declared = _entity_properties(label) or {}
    kept = {
        name: _stored(value)
        for name, value in properties.items()
        if name in declared and name != "id" and value is not None
    }
    if "title" in declared and "name" in kept:
        kept["title"] = kept["name"]
    return Entity(label, properties["id"], kept)


def edge_from_row(row: Mapping[str, Any]) -> Edge | None:
    """Make an edge of a row of :func:`graphkb.store.statements.edges_of_type`.

    Parameters
    ----------
    row : mapping
        start, start_labels, type, stop, end_labels and properties.

    Returns
    -------
    Edge or None
        None where the type or an end is not of the schema, so not graphkb's.
    """
    declared = _edge_names(row["type"])
    start_label, end_label = _label_of(row["start_labels"]), _label_of(row["end_labels"])
    properties = row["properties"]
    if declared is None or start_label is None or end_label is None or "paper" not in properties:
        return None
    # Of millions of edges a call for each value would be most of the time.
    kept = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in properties.items()
        if value is not None and name in declared
    }
    return Edge(
        row["start"], row["type"], row["stop"], properties["paper"], start_label, end_label, kept
    )


def batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Split rows into lists that are small enough for one statement.

    Parameters
    ----------
    rows : iterable of dict
        In any number.

    Yields
    ------
    list of dict
        At most 5,000 rows, and at most about 4 million characters unless one row alone is more.

    Examples
    --------
    >>> [len(batch) for batch in batches([{"id": str(n)} for n in range(5001)])]
    [5000, 1]
    """
    batch: list[Row] = []
    characters = 0
    for row in rows:
        size = sum(len(v) for v in row.get("properties", row).values() if isinstance(v, str))
        if batch and (len(batch) == _BATCH_ROWS or characters + size > _BATCH_CHARACTERS):
            yield batch
            batch, characters = [], 0
        batch.append(row)
        characters += size
    if batch:
        yield batch


@functools.cache
def _entity_properties(label: str) -> Mapping[str, PropertyType] | None:
    try:
        return {declared.name: declared for declared in entity_type(label).all_properties}
    except KeyError:
        return None


@functools.cache
def _edge_properties(type_: str) -> Mapping[str, PropertyType] | None:
    try:
        return {declared.name: declared for declared in relationship_type(type_).properties}
    except KeyError:
        return None


@functools.cache
def _edge_names(type_: str) -> frozenset[str] | None:
    """The properties of edges of a type but the paper, which is part of their key."""
    declared = _edge_properties(type_)
    return None if declared is None else frozenset(declared) - {"paper"}


_LABELS = frozenset(declared.label for declared in ENTITY_TYPES)


def _label_of(labels: Iterable[str]) -> str | None:
    for label in labels:
        if label in _LABELS:
            return label
    return None


def _stored(value: Any) -> Value:
    return tuple(value) if isinstance(value, list) else value


def _checked(
    properties: Mapping[str, Value], declared: Mapping[str, PropertyType], where: str
) -> Row:
    checked: Row = {}
    for name, value in properties.items():
        if name not in declared:
            raise StoreError(f"property {name!r} is not declared", where=where)
        checked[name] = _checked_value(value, declared[name], where)
    return checked


def _checked_value(value: Any, declared: PropertyType, where: str) -> Any:
    name = declared.name
    match declared.type:
        case "str":
            return _text(value, where, name)
        case "bool" if isinstance(value, bool):
            return value
        case "int" if isinstance(value, int) and not isinstance(value, bool):
            if not -INTEGER_BOUND <= value < INTEGER_BOUND:
                raise StoreError(f"{name} is out of the range of 64 bits", where=where)
            return value
        case "float" if isinstance(value, float):
            if not math.isfinite(value):
                raise StoreError(f"{name} is {value}, which is no figure", where=where)
            return value
        case "list" if isinstance(value, tuple) and value:
            return [_text(item, where, name) for item in value]
    raise StoreError(f"{name} must be a {declared.type}, but is {value!r:.60}", where=where)


def _text(value: Any, where: str, name: str) -> str:
    if not isinstance(value, str):
        raise StoreError(f"{name} must be a str, but is {value!r:.60}", where=where)
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise StoreError(f"{name} is no Unicode text: {error.reason}", where=where) from None
    return value
