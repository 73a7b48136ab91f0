"""What both stores read in the same way, each through its own engine."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from graphkb.model.schema import (
    ENTITY_TYPES,
    RELATIONSHIP_TYPES,
    entity_type,
    relationship_type,
)
from graphkb.store import statements
from graphkb.store.protocol import Link
from graphkb.store.text_index import SEARCHED, Named, named_of
from graphkb.store.values import edge_from_row, entity_from_properties

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from graphkb.model.graph import Edge, EdgeKey, Entity

__all__ = ["GraphReader", "all_labels"]

_CERTAIN = 1000
_LABELS = frozenset(declared.label for declared in ENTITY_TYPES)


class GraphReader(ABC):
    """Reads entities and edges with graphkb's own statements."""

    @abstractmethod
    def _read(self, statement: str, **parameters: Any) -> Iterator[Mapping[str, Any]]:
        """Yield the rows of one of graphkb's own statements."""

    @abstractmethod
    def _read_columns(self, statement: str, **parameters: Any) -> list[Sequence[Any]]:
        """Return the answer to one of graphkb's own statements as columns."""

    def ids(self, label: str) -> list[str]:
        """Return the id of every entity of a label, in order."""
        (found,) = self._read_columns(statements.ids_of_label(label))
        return sorted(found)

    def entities(self, labels: Iterable[str] | None = None) -> Iterator[Entity]:
        """Yield every entity of the labels (all labels by default), in no particular order."""
        for label in all_labels() if labels is None else labels:
            for row in self._read(statements.entities_of_label(label)):
                yield entity_from_properties(label, row["properties"])

    def edges(self, types: Iterable[str] | None = None) -> Iterator[Edge]:
        """Yield every edge of the types (all types by default), in no particular order."""
        for type_ in _types() if types is None else types:
            for row in self._read(statements.edges_of_type(type_)):
                if (edge := edge_from_row(row)) is not None:
                    yield edge

    def neighbourhood(self, ids: Iterable[str]) -> tuple[tuple[Entity, ...], tuple[Edge, ...]]:
        """Return these entities, and every edge that touches one of them."""
        entities = self.entities_by_id(ids)
        by_label: dict[str, list[str]] = defaultdict(list)
        for entity in entities.values():
            by_label[entity.label].append(entity.id)
        edges: dict[EdgeKey, Edge] = {}
        for label, found in by_label.items():
            for statement in statements.edges_touching(label):
                for row in self._read(statement, ids=found):
                    # An edge between two of them comes twice.
                    if (edge := edge_from_row(row)) is not None:
                        edges[edge.key] = edge
        return tuple(entities.values()), tuple(edges.values())

    def entities_by_id(self, ids: Iterable[str], label: str | None = None) -> dict[str, Entity]:
        """Return the entities of these ids, of one label or any; unknown ids are absent.

        Where a source has the id of a paper and no label is given, it is the paper that is meant.
        """
        wanted = list(dict.fromkeys(ids))
        found: dict[str, Entity] = {}
        if not wanted:
            return found
        for one, row in self._read_by_id(wanted) if label is None else self._of(label, wanted):
            entity = entity_from_properties(one, row["properties"])
            found.setdefault(entity.id, entity)
        return found

    def _read_by_id(self, ids: list[str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Yield the label and the row of whatever has one of some ids, label by label."""
        for label in all_labels():
            yield from self._of(label, ids)

    def _of(self, label: str, ids: list[str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
        for row in self._read(statements.entities_by_id(label), ids=ids):
            yield label, row

    def records(self, source: str) -> Iterator[Entity]:
        """Yield the Record entities of one source."""
        return self.entities_with("Record", "source", [source])

    def entities_with(self, label: str, name: str, values: Iterable[str]) -> Iterator[Entity]:
        """Yield the entities of which an indexed property has one of these values."""
        wanted = list(dict.fromkeys(values))
        if wanted:
            for row in self._read(statements.entities_with(label, name), values=wanted):
                yield entity_from_properties(label, row["properties"])

    def edges_out(
        self, label: str, ids: Iterable[str], types: Iterable[str] = ()
    ) -> Iterator[Edge]:
        """Yield the edges of the types out of these entities of one label."""
        return self._edges(statements.edges_out(label, types), ids)

    def edges_in(self, label: str, ids: Iterable[str], types: Iterable[str] = ()) -> Iterator[Edge]:
        """Yield the edges of the types into these entities of one label."""
        return self._edges(statements.edges_in(label, types), ids)

    def edges_between(
        self, start_label: str, end_label: str, pairs: Iterable[tuple[str, str]]
    ) -> Iterator[Edge]:
        """Yield the edges from the first of each pair of ids to the second."""
        wanted = [list(pair) for pair in dict.fromkeys(pairs)]
        if wanted:
            for row in self._read(statements.edges_between(start_label, end_label), pairs=wanted):
                if (edge := edge_from_row(row)) is not None:
                    yield edge

    def entity_columns(self, label: str, ids: Iterable[str]) -> dict[str, list[Any]]:
        """Return the entities of a label that have one of some ids, as columns."""
        wanted = list(dict.fromkeys(ids))
        names = [declared.name for declared in entity_type(label).all_properties]
        if not wanted:
            return {name: [] for name in names}
        columns = self._read_columns(statements.entity_columns(label), ids=wanted)
        found = {id_: row for row, id_ in enumerate(columns[0])}
        return _taken(names, columns, [found[id_] for id_ in wanted if id_ in found])

    def edge_columns(self, type_: str, label: str, ids: Iterable[str]) -> dict[str, list[Any]]:
        """Return the edges of a type out of these entities of one label, as columns."""
        wanted = list(dict.fromkeys(ids))
        names = ["start", "end", *(one.name for one in relationship_type(type_).properties)]
        if not wanted:
            return {name: [] for name in names}
        read = self._read_columns(statements.edge_columns(label, type_), ids=wanted)
        start, end, labels, paper, *_ = read
        keys = zip(start, end, paper, labels, range(len(start)), strict=True)
        # Others may keep things of their own beside the graph; theirs name no paper.
        ours = [key for key in keys if key[2] is not None and not _LABELS.isdisjoint(key[3])]
        ours.sort(key=itemgetter(0, 1, 2))
        return _taken(names, [start, end, *read[3:]], [key[-1] for key in ours])

    def links(
        self,
        label: str,
        ids: Iterable[str],
        types: Iterable[str] = (),
        *,
        outgoing: bool = False,
    ) -> Iterator[Link]:
        """Yield what is joined to these entities of one label by edges of the types."""
        wanted = list(dict.fromkeys(ids))
        statement = statements.links(label, types, outgoing=outgoing)
        for row in self._read(statement, ids=wanted) if wanted else ():
            if row["paper"] is not None:
                confidence = row["confidence"]
                yield Link(
                    row["id"],
                    row["other"],
                    row["label"],
                    row["type"],
                    row["paper"],
                    row["outgoing"],
                    _CERTAIN if confidence is None else confidence,
                )

    def degrees(self, label: str, ids: Iterable[str], types: Iterable[str] = ()) -> dict[str, int]:
        """Return how many edges of the types touch each of these entities of one label."""
        wanted = list(dict.fromkeys(ids))
        rows = self._read(statements.degrees(label, types), ids=wanted) if wanted else ()
        return {row["id"]: row["edges"] for row in rows}

    def _searched(self, *, abstracts: bool) -> Iterator[tuple[Named, str]]:
        """Yield every entity that people look for, with its abstract where that is wanted."""
        for label in SEARCHED:
            wanted = abstracts and label == "Paper"
            for row in self._read(statements.named_of_label(label, abstract=wanted)):
                if row["id"] is None or row["name"] is None:
                    continue  # others may keep things of their own under a label of the schema
                yield named_of(label, row), (row["abstract"] or "") if wanted else ""

    def _edges(self, statement: str, ids: Iterable[str]) -> Iterator[Edge]:
        wanted = list(dict.fromkeys(ids))
        if wanted:
            for row in self._read(statement, ids=wanted):
                if (edge := edge_from_row(row)) is not None:
                    yield edge


def _taken(
    names: Sequence[str], columns: Sequence[Sequence[Any]], rows: list[int]
) -> dict[str, list[Any]]:
    """The columns by name, of some rows in their order."""
    if rows == list(range(len(columns[0]))):
        return {name: list(column) for name, column in zip(names, columns, strict=True)}
    return {
        name: [column[row] for row in rows] for name, column in zip(names, columns, strict=True)
    }


def all_labels() -> tuple[str, ...]:
    """Return every label of the schema."""
    return tuple(declared.label for declared in ENTITY_TYPES)


def _types() -> tuple[str, ...]:
    return tuple(declared.name for declared in RELATIONSHIP_TYPES)
