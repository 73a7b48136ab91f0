"""What values the schema lets an entity or an edge have, whoever asserts them."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping

from graphkb.model.asserted_record import AssertedRecord
from graphkb.model.graph import Value
from graphkb.model.schema import (
    ENTITY_TYPES,
    RELATIONSHIP_TYPES,
    PropertyType,
    RelationshipType,
    ValueType,
    entity_type,
    relationship_type,
)
from graphkb.model.text import unfit_name

__all__ = [
    "LABELS",
    "TYPES",
    "asserted_fault",
    "converted",
    "entity_properties",
    "joins_fault",
]

LABELS = tuple(declared.label for declared in ENTITY_TYPES if not declared.ground)
TYPES = tuple(declared.name for declared in RELATIONSHIP_TYPES)

_KINDS: Mapping[ValueType, str] = {
    "str": "text",
    "int": "a whole number of at most 64 bits",
    "float": "a finite number",
    "bool": "true or false",
    "list": "a list of texts, none of them empty",
}
_WORDS = {"true": True, "1": True, "false": False, "0": False}
_LARGEST = 2**63


def entity_properties(label: str) -> dict[str, PropertyType]:
    """Return what may be asserted of an entity beside its id, by name."""
    declared = entity_type(label).all_properties
    return {one.name: one for one in declared if one.name != "id" and one.derived}


def converted(type_: ValueType, value: object, *, written: bool = False) -> Value | None:
    """Return a value as a store holds it.

    Parameters
    ----------
    type_ : str
        The type that the schema declares.
    value : object
        As given.
    written : bool
        Whether the format writes every value as text, lists as JSON.

    Returns
    -------
    Value or None
        None for empty text and an empty list, which say nothing.

    Raises
    ------
    ValueError
        It is of another type; the message says of which it must be.

    Examples
    --------
    >>> converted("list", '["a"]', written=True), converted("int", 3.0), converted("str", "")
    (('a',), 3, None)
    """
    # Scalars of numpy, without asking whether it is there.
    if type(value).__module__ == "numpy" and hasattr(value, "tolist"):
        value = value.tolist()
    if written and isinstance(value, str):
        value = _read(type_, value)
    found: Value | None = None
    if type_ == "str" and isinstance(value, str):
        value.encode()
        found = value
    elif type_ == "bool" and isinstance(value, bool):
        found = value
    elif type_ == "list" and isinstance(value, list | tuple) and _are_texts(value):
        found = tuple(value)
    elif type_ in ("int", "float") and isinstance(value, int | float):
        found = _number(type_, value)
    if found is None:
        raise ValueError(f"it must be {_KINDS[type_]}")
    return None if found in ("", ()) else found


def _number(type_: ValueType, value: float) -> Value | None:
    if isinstance(value, bool) or not math.isfinite(value):
        return None
    if type_ == "float":
        return float(value)
    return int(value) if value == int(value) and -_LARGEST <= value < _LARGEST else None


def _are_texts(values: Iterable[object]) -> bool:
    for value in values:
        if not isinstance(value, str) or not value:
            return False
        value.encode()
    return True


def _read(type_: ValueType, text: str) -> object:
    """What a text stands for where a format writes everything as text."""
    if type_ == "str":
        return text
    if type_ == "bool":
        return _WORDS.get(text.strip().lower())
    try:
        if type_ == "list":
            return json.loads(text)
        return int(text) if type_ == "int" and "." not in text else float(text)
    except (ValueError, RecursionError):
        return None


def joins_fault(declared: RelationshipType, start: str, end: str) -> str | None:
    """Return why edges of a type cannot join two labels; None where they can."""
    if start in declared.starts and end in declared.ends:
        return None
    starts, ends = " or ".join(declared.starts), " or ".join(declared.ends)
    return f"{declared.name} joins {starts} to {ends}, not {start} to {end}"


def asserted_fault(record: AssertedRecord) -> str | None:
    """Return why an asserted record cannot be held.

    Parameters
    ----------
    record : AssertedRecord
        As a loader yielded it.

    Returns
    -------
    str or None
        What is wrong with it; None where it can be held.

    Raises
    ------
    UnicodeEncodeError
        It holds half a character.
    """
    entity = record.entity
    if entity.label not in LABELS:
        return f"{entity.label!r} is no label of an entity; known are {', '.join(LABELS)}"
    if fault := unfit_name(entity.id):
        return f"its id {fault}"
    name = entity.properties.get("name")
    if not isinstance(name, str):
        return "it has no name"
    if fault := unfit_name(name):
        return f"its name {fault}"
    if entity.label == "Paper" and entity.properties.get("title") != name:
        return "its title is not its name"
    if fault := _properties_fault(entity.properties, entity_properties(entity.label)):
        return fault
    for edge in record.edges:
        if edge.type not in TYPES:
            return f"{edge.type!r} is no type of an edge; known are {', '.join(TYPES)}"
        declared = relationship_type(edge.type)
        own = {one.name: one for one in declared.properties if one.name != "paper"}
        fault = (
            (
                "it starts elsewhere"
                if (edge.start, edge.start_label) != (entity.id, entity.label)
                else None
            )
            or joins_fault(declared, edge.start_label, edge.end_label)
            or _id_fault("end", edge.end)
            or _id_fault("paper", edge.paper)
            or _properties_fault(edge.properties, own)
        )
        if fault:
            return f"an edge of type {edge.type}: {fault}"
    return None


def _id_fault(what: str, text: str) -> str | None:
    return f"its {what} {fault}" if (fault := unfit_name(text)) else None


def _properties_fault(
    properties: Mapping[str, Value], declared: Mapping[str, PropertyType]
) -> str | None:
    for name, value in properties.items():
        if name not in declared:
            return f"it has no property {name!r} in the schema"
        try:
            held = converted(declared[name].type, value)
        except UnicodeEncodeError:
            raise
        except ValueError as error:
            return f"its {name}: {error}"
        if held is None or type(held) is not type(value):
            return f"its {name} is not as a store holds it"
    return None
