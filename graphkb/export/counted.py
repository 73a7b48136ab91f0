"""A content that counts what a format takes of it, and tells how far it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

from graphkb.export.content import Columns, Content

if TYPE_CHECKING:
    from graphkb.model.graph import Edge, Entity
    from graphkb.topic.topic import Topic

__all__ = ["Counted"]

_Taken = TypeVar("_Taken")

# After how many of them a progress is told.
_TOLD = 5_000


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

    def entity_counts(self, labels: Collection[str] | None = None) -> Counter[str]:
        """Return how many entities there are: what a format has counted, it has taken."""
        return self._noted(self._content.entity_counts(labels), self._entities)

    def edge_counts(self, types: Collection[str] | None = None) -> Counter[str]:
        """Return how many edges there are: what a format has counted, it has taken."""
        return self._noted(self._content.edge_counts(types), self._edges)

    def count(self) -> int:
        """Return how many there are; see :class:`Content`."""
        return self._total or self._content.count()

    def entities_of(self, label: str, ids: Collection[str]) -> Iterator[Entity]:
        """Yield some entities; see :class:`Content`. They are part of what is counted."""
        return self._content.entities_of(label, ids)

    def edges_of(
        self, label: str, ids: Collection[str], types: Collection[str], *, incoming: bool = False
    ) -> Iterator[Edge]:
        """Yield some edges; see :class:`Content`. They are part of what is counted."""
        return self._content.edges_of(label, ids, types, incoming=incoming)

    def _noted(self, found: Counter[str], counter: Counter[str]) -> Counter[str]:
        counter |= found
        if self._tell is not None:
            self._tell(self.entity_count + self.edge_count, self._total)
        return found

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
