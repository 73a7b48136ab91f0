"""Entities and edges as checked columns, for an engine that takes whole columns at once.

The checks are those of :mod:`graphkb.store.values`, done a column at a time: where a column is not
plainly right, its rows are checked one by one, and the first that is wrong is named.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any, Self, TypeVar

from graphkb.model.schema import PropertyType, entity_type, relationship_type
from graphkb.store.values import INTEGER_BOUND, edge_row, entity_row

if TYPE_CHECKING:
    from graphkb.model.graph import Edge, Entity, Value

__all__ = ["Column", "Columns", "edge_columns", "entity_columns"]

_Thing = TypeVar("_Thing", "Entity", "Edge")

_NOTHING = type(None)
_START, _END, _PAPER = attrgetter("start"), attrgetter("end"), attrgetter("paper")
_PROPERTIES = attrgetter("properties")

_TYPES = {"str": str, "int": int, "float": float, "bool": bool, "list": tuple}
# How data frames call these types.
_DTYPES = {"str": "str", "int": "Int64", "float": "Float64", "bool": "boolean", "list": "object"}


@dataclass(frozen=True, slots=True)
class Column:
    """Values of one type, None where there is none; with as much of a series as an engine reads.

    Parameters
    ----------
    values : list
        One a row.
    dtype : str
        The name of their type.
    whole : bool
        True where it is known that no value is missing.
    """

    values: list[Any]
    dtype: str
    whole: bool = False

    def __len__(self) -> int:
        return len(self.values)

    def tolist(self) -> list[Any]:
        """Return the values."""
        return self.values

    def isna(self) -> Column:
        """Return which values are missing."""
        if self.whole:
            return Column([False] * len(self.values), "bool", whole=True)
        return Column([value is None for value in self.values], "bool")

    def dropna(self) -> Column:
        """Return the values that are not missing."""
        if self.whole:
            return self
        return Column([value for value in self.values if value is not None], self.dtype)


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns of one length by name; with as much of a data frame as an engine reads.

    Parameters
    ----------
    by_name : mapping of str to Column
        In order.
    """

    by_name: Mapping[str, Column]

    @property
    def columns(self) -> list[str]:
        """The names."""
        return list(self.by_name)

    def __getitem__(self, name: str) -> Column:
        return self.by_name[name]

    def reset_index(self, *, drop: bool) -> Self:  # noqa: ARG002 - there is no index to keep
        """Return the same columns, whose rows are numbered from 0 anyway."""
        return self


def entity_columns(label: str, entities: Sequence[Entity]) -> Columns:
    """Turn entities of a label into columns.

    Parameters
    ----------
    label : str
        Their label.
    entities : sequence of Entity
        At least one.

    Returns
    -------
    Columns
        ``id`` and their properties, without those that all of them lack.

    Raises
    ------
    StoreError
        As :func:`graphkb.store.values.entity_row` says.

    Examples
    --------
    >>> from graphkb.model.graph import Entity
    >>> found = entity_columns("Task", [Entity("Task", "task:a", {"name": "a"})])
    >>> found.columns, found["name"].tolist()
    (['id', 'name'], ['a'])
    """
    declared = {found.name: found for found in entity_type(label).all_properties}
    found, right = _columns(list(map(_PROPERTIES, entities)), declared)
    ids = [entity.id for entity in entities]
    names = found.get("name")
    if not (
        right
        and _are_texts(ids)
        and names is not None
        and names.whole
        and ("title" not in declared or found.get("title") == names)
    ):
        _find_wrong(entities, entity_row)
    return Columns({"id": Column(ids, "str", whole=True), **found})


def edge_columns(edges: Sequence[Edge]) -> Columns:
    """Turn edges of one type between the same labels into columns.

    Parameters
    ----------
    edges : sequence of Edge
        At least one.

    Returns
    -------
    Columns
        ``from_id``, ``to_id``, ``paper`` and their properties.

    Raises
    ------
    StoreError
        As :func:`graphkb.store.values.edge_row` says.
    """
    one = edges[0]
    type_ = relationship_type(one.type)
    declared = {found.name: found for found in type_.properties if found.name != "paper"}
    # The edges of a paper mostly share what is said of them.
    found, right = _shared_columns(list(map(_PROPERTIES, edges)), declared)
    papers = list(map(_PAPER, edges))
    joined = one.start_label in type_.starts and one.end_label in type_.ends
    if not (right and joined and _are_texts(papers)):
        _find_wrong(edges, edge_row)
    ends = {
        "from_id": Column(list(map(_START, edges)), "str", whole=True),
        "to_id": Column(list(map(_END, edges)), "str", whole=True),
    }
    return Columns({**ends, "paper": Column(papers, "str", whole=True), **found})


def _shared_columns(
    told: Sequence[Mapping[str, Value]], declared: Mapping[str, PropertyType]
) -> tuple[dict[str, Column], bool]:
    """As :func:`_columns`, where one mapping may be what many things say: it is looked at once."""
    numbers = list(map(id, told))
    different = dict(zip(numbers, told, strict=True))
    if 2 * len(different) > len(told):
        return _columns(told, declared)
    found, right = _columns(list(different.values()), declared)
    row_of = dict(zip(different, range(len(different)), strict=True))
    rows = list(map(row_of.__getitem__, numbers))
    spread = {
        name: Column(list(map(column.values.__getitem__, rows)), column.dtype, column.whole)
        for name, column in found.items()
    }
    return spread, right


def _columns(
    told: Sequence[Mapping[str, Value]], declared: Mapping[str, PropertyType]
) -> tuple[dict[str, Column], bool]:
    """The properties as columns, and whether all of them are plainly as declared."""
    names = set(chain.from_iterable(told))
    right = names <= declared.keys() - {"id"}
    found = {}
    for name, type_ in declared.items():
        if name in names:
            values = _values(told, name)
            types = set(map(type, values))
            whole = _NOTHING not in types
            right = right and _is_right(values, types - {_NOTHING}, type_)
            if right and type_.type == "list":
                # What many say is one list, made once.
                lists = dict.fromkeys(values)
                lists.update((value, list(value)) for value in lists if value is not None)
                values = list(map(lists.__getitem__, values))
            found[name] = Column(values, _DTYPES[type_.type], whole)
    return found, right


def _values(told: Sequence[Mapping[str, Value]], name: str) -> list[Any]:
    """What each says under a name, None where it says nothing."""
    try:
        # Mostly all or none of a type have a property; this is a third of the time.
        return list(map(itemgetter(name), told))
    except KeyError:
        return [properties.get(name) for properties in told]


def _is_right(values: list[Value | None], types: AbstractSet[type], declared: PropertyType) -> bool:
    if types != {_TYPES[declared.type]}:
        return False
    present: Any = values
    if declared.type in ("int", "float"):
        present = set(values) - {None}
    match declared.type:
        case "str":
            return _are_texts(set(values) - {None})
        case "int":
            return bool(min(present) >= -INTEGER_BOUND and max(present) < INTEGER_BOUND)
        case "float":
            return all(map(math.isfinite, present))
        case "list":
            return _are_lists(present)
        case "bool":
            return True


def _are_texts(values: Collection[Any]) -> bool:
    try:
        # What is ASCII is Unicode text; the rest shows by being written as such.
        if not all(map(str.isascii, values)):
            for value in values:
                value.encode()
    except (TypeError, UnicodeEncodeError):
        return False
    return True


def _are_lists(values: Iterable[Any]) -> bool:
    try:
        different = set(values) - {None}
    except TypeError:  # of an item that is no text
        return False
    return all(different) and _are_texts(set(chain.from_iterable(different)))


def _find_wrong(things: Iterable[_Thing], check: Callable[[_Thing], object]) -> None:
    for thing in things:
        check(thing)
