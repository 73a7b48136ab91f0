"""What may be named in a statement: the labels, relationship types and properties of a graph."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

__all__ = ["Held", "NamesOfGraph", "graph_names"]

_KINDS = {"str": "string", "int": "integer", "float": "float", "bool": "boolean", "list": "list"}


@dataclass(frozen=True, slots=True)
class Held:
    """What a property holds.

    Parameters
    ----------
    kind : str
        string, integer, float, boolean, list (of strings), or the empty string: not known.
    always : bool
        True where every entity of the label has it.
    """

    kind: str
    always: bool = False


@dataclass(frozen=True, slots=True)
class NamesOfGraph:
    """The names that a statement may use.

    Parameters
    ----------
    labels : mapping
        Of each label its properties.
    types : mapping
        Of each relationship type its properties.
    ends : mapping
        Of each relationship type the labels that it begins and ends at.
    """

    labels: Mapping[str, Mapping[str, Held]]
    types: Mapping[str, Mapping[str, Held]]
    ends: Mapping[str, tuple[frozenset[str], frozenset[str]]]


@cache
def graph_names() -> NamesOfGraph:
    """Return the names of graphkb's own schema.

    Returns
    -------
    NamesOfGraph
        Every entity has `id` and `name`, a paper its `title` too; all else may be absent.

    Examples
    --------
    >>> graph_names().labels["Paper"]["title"].always
    True
    """
    from graphkb.model.schema import ENTITY_TYPES, RELATIONSHIP_TYPES

    always = {"id", "name", "title"}
    return NamesOfGraph(
        labels={
            declared.label: {
                item.name: Held(_KINDS[item.type], item.name in always)
                for item in declared.all_properties
            }
            for declared in ENTITY_TYPES
        },
        types={
            declared.name: {item.name: Held(_KINDS[item.type]) for item in declared.properties}
            for declared in RELATIONSHIP_TYPES
        },
        ends={
            declared.name: (frozenset(declared.starts), frozenset(declared.ends))
            for declared in RELATIONSHIP_TYPES
        },
    )
