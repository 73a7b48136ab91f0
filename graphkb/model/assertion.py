"""Nodes and edges of another graph as they come, made into records by the schema.

Every way back (GraphML, node-link JSON, JSON lines, Parquet, networkx) gives nodes and edges with
attributes of whatever names and types; what the schema does not know is left out, each with its
place and reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from graphkb.model.asserted_check import (
    LABELS,
    TYPES,
    converted,
    entity_properties,
    joins_fault,
)
from graphkb.model.asserted_record import AssertedRecord
from graphkb.model.graph import Edge, EdgeKey, Entity, Value
from graphkb.model.schema import ENTITY_TYPES, PropertyType, relationship_type
from graphkb.model.source import Notice, Skipped, Yield
from graphkb.model.text import unfit_name

__all__ = ["Assertions", "SkippedPart"]

_GROUND = frozenset(declared.label for declared in ENTITY_TYPES if declared.ground)
_HALF = "it holds half a character (a lone surrogate)"


class SkippedPart(Skipped):
    """A property that was not kept, of a node or an edge that is."""

    __slots__ = ()


class _Stated(NamedTuple):
    """An edge, until all nodes are known."""

    place: str
    start: str
    end: str
    type: str
    given: Mapping[str, object]


class Assertions:
    """The nodes and edges of one source.

    Parameters
    ----------
    written : bool
        Whether the format writes every value as text, lists as JSON.

    Examples
    --------
    >>> found = Assertions()
    >>> list(found.node("node 1", "task:a", {"label": "Task", "name": "a", "wind": 3}))
    [SkippedPart(place='node 1, wind', reason='Task has no property of this name')]
    >>> [record.entity.name for record in found.records()]
    ['a']
    """

    def __init__(self, *, written: bool = False) -> None:
        self._written = written
        self._entities: dict[str, Entity] = {}
        self._named: dict[str, str] = {}
        self._stated: list[_Stated] = []
        self._ground: Counter[str] = Counter()

    def node(
        self, place: str, id_: object, given: Mapping[str, object], *, named: str | None = None
    ) -> Iterator[Skipped | Notice]:
        """Take a node; yield what of it is left out.

        Parameters
        ----------
        place : str
            Where it stands in the source.
        id_ : object
            Its id, a text or a whole number.
        given : mapping of str to object
            Its `label`, its `name` (by default the id) and its properties.
        named : str, optional
            What edges call it, where that is not its id.

        Yields
        ------
        Skipped or Notice
            In the order of the properties.
        """
        label = given.get("label")
        if isinstance(label, str) and label in _GROUND:
            self.leave_out(label, 1)
            return
        if label not in LABELS:
            what = f"{str(label)[:60]!r} is no label" if label else "a node needs a `label`"
            yield Skipped(place, f"{what}: one of {', '.join(LABELS)}")
            return
        id_, fault = _identifier(id_)
        if fault:
            yield Skipped(place, f"its id {fault}")
            return
        label = str(label)
        properties: dict[str, Value] = {}
        rest = {name: value for name, value in given.items() if name != "label"}
        declared = entity_properties(label)
        yield from self._properties(place, label, rest, declared, properties)
        name = properties.setdefault("name", properties.get("title", id_))
        if label == "Paper":
            if properties.get("title", name) != name:
                yield SkippedPart(f"{place}, title", "a paper's title is its name")
            properties["title"] = name
        if fault := unfit_name(str(name)):
            yield Skipped(place, f"its name {fault}")
            return
        # In one order, so that what is equal is written alike.
        entity = Entity(label, id_, dict(sorted(properties.items())))
        if named is not None:
            self._named[named] = id_
        known = self._entities.setdefault(id_, entity)
        if known != entity:
            yield Skipped(place, "another node of this source has this id and other content")

    def leave_out(self, label: str, count: int) -> None:
        """Note so many sources, records or decisions, which stay with their store."""
        self._ground[label] += count

    def edge(
        self, place: str, start: object, end: object, given: Mapping[str, object]
    ) -> Iterator[Skipped]:
        """Take an edge; yield a skip where it cannot be one.

        Parameters
        ----------
        place : str
            Where it stands in the source.
        start, end : object
            Ids of nodes, which may come later.
        given : mapping of str to object
            Its `type`, its `paper` (by default the start, where that is a Paper) and its
            properties.

        Yields
        ------
        Skipped
            At most one; what depends on its ends is told by :meth:`records`.
        """
        type_ = given.get("type")
        if type_ not in TYPES:
            what = f"{str(type_)[:60]!r} is no type" if type_ else "an edge needs a `type`"
            yield Skipped(place, f"{what}: one of {', '.join(TYPES)}")
            return
        start, fault = _identifier(start)
        end, other = _identifier(end)
        if fault or other:
            yield Skipped(place, f"the id of an end {fault or other}")
            return
        self._stated.append(_Stated(place, start, end, str(type_), given))

    def records(self) -> Iterator[Yield]:
        """Yield the records, and what of the edges is left out.

        Yields
        ------
        AssertedRecord, Skipped or Notice
            The records in the order of their nodes.
        """
        edges: dict[str, dict[EdgeKey, Edge]] = {}
        for stated in self._stated:
            for found in self._edge(stated):
                if not isinstance(found, Edge):
                    yield found
                    continue
                of_start = edges.setdefault(found.start, {})
                if of_start.setdefault(found.key, found) != found:
                    what = "another edge has these ends, this type and paper, and other content"
                    yield Skipped(stated.place, what)
        for entity in self._entities.values():
            out = edges.get(entity.id, {})
            yield AssertedRecord(entity, tuple(out[key] for key in sorted(out)))
        if self._ground:
            counted = ", ".join(f"{count} of label {of}" for of, count in self._ground.items())
            what = "what another store was built from stays there: left out are"
            yield Notice("", f"{what} {counted}")

    def _edge(self, stated: _Stated) -> Iterator[Edge | Skipped | Notice]:
        place, declared = stated.place, relationship_type(stated.type)
        start_id, end_id = (self._named.get(id_, id_) for id_ in (stated.start, stated.end))
        start, end = self._entities.get(start_id), self._entities.get(end_id)
        if start is None:
            yield Skipped(place, "it starts at what is no node of this source that is kept")
            return
        # Of a paper that is cited, the id is enough.
        end_label = end.label if end else "Paper" if declared.ends == ("Paper",) else None
        if end_label is None:
            yield Skipped(place, "it ends at what is no node of this source that is kept")
            return
        if fault := joins_fault(declared, start.label, end_label):
            yield Skipped(place, fault)
            return
        paper, fault = self._paper(stated.given.get("paper"), start)
        if fault:
            yield Skipped(place, fault)
            return
        properties: dict[str, Value] = {}
        rest = {n: v for n, v in stated.given.items() if n not in ("type", "paper")}
        known = {one.name: one for one in declared.properties}
        yield from self._properties(place, stated.type, rest, known, properties)
        yield Edge(
            start_id,
            stated.type,
            end_id,
            paper,
            start.label,
            end_label,
            dict(sorted(properties.items())),
        )

    def _paper(self, given: object, start: Entity) -> tuple[str, str | None]:
        """The paper that states an edge, or why it is none."""
        if given is None or given == "":
            if start.label == "Paper":
                return start.id, None
            return "", "an edge that starts at no Paper needs `paper`, the id of what states it"
        paper, fault = _identifier(given)
        return paper, f"the id of its paper {fault}" if fault else None

    def _properties(
        self,
        place: str,
        owner: str,
        given: Mapping[str, object],
        declared: Mapping[str, PropertyType],
        kept: dict[str, Value],
    ) -> Iterator[Skipped | Notice]:
        for name, value in given.items():
            at = f"{place}, {str(name)[:60]}"
            if name not in declared:
                yield SkippedPart(at, f"{owner} has no property of this name")
            elif value is None:
                yield Notice(at, "it is null, which says nothing")
            else:
                try:
                    held = converted(declared[name].type, value, written=self._written)
                except UnicodeEncodeError:
                    yield SkippedPart(at, _HALF)
                except ValueError as error:
                    yield SkippedPart(at, str(error))
                else:
                    if held is not None:
                        kept[name] = held


def _identifier(value: object) -> tuple[str, str | None]:
    """An id as text, and what is wrong with it."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return "", "is no text"
    text = str(value)
    try:
        return text, unfit_name(text)
    except UnicodeEncodeError:
        return "", "holds half a character (a lone surrogate)"
