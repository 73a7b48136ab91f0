"""What a store can do: the one protocol that the embedded store and Neo4j fulfil."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Protocol, Self

if TYPE_CHECKING:
    from graphkb.model.graph import Edge, Entity

__all__ = ["Changes", "Rows", "Store"]


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to be written, in this order: edges away, entities away, entities, edges.

    Parameters
    ----------
    delete_edges : tuple of Edge
        Edges to delete; of each the key and the labels count.
    delete_entities : tuple of Entity
        Entities to delete; none has an edge left that is not deleted too.
    entities : tuple of Entity
        Created, or all their properties replaced.
    edges : tuple of Edge
        Created, or all their properties replaced; both ends exist by then.
    """

    delete_edges: tuple[Edge, ...] = ()
    delete_entities: tuple[Entity, ...] = ()
    entities: tuple[Entity, ...] = ()
    edges: tuple[Edge, ...] = ()

    def __len__(self) -> int:
        return (
            len(self.delete_edges)
            + len(self.delete_entities)
            + len(self.entities)
            + len(self.edges)
        )


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a statement.

    Parameters
    ----------
    columns : tuple of str
        In the statement's order.
    rows : tuple of tuple
        Plain Python values: None, bool, int, float, str, lists and dicts of them. A node comes
        as ``{"id", "labels", "properties"}``, a relationship as ``{"start", "type", "end",
        "properties"}``, a path as ``{"nodes", "relationships"}``.
    cut : bool
        True where the row limit left rows out.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    cut: bool = False

    def as_dicts(self) -> Iterator[dict[str, Any]]:
        """Yield each row as a mapping from column to value."""
        for row in self.rows:
            yield dict(zip(self.columns, row, strict=True))


class Store(Protocol):
    """A place where a graph lives.

    The two implementations hold the same graph and answer every statement of shared Cypher
    with the same rows (:mod:`graphkb.store`).
    """

    engine: Literal["embedded", "neo4j"]
    url: str

    def cypher(
        self,
        statement: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> Rows:
        """Answer a statement that only reads.

        Parameters
        ----------
        statement : str
            Cypher; anything that writes, loads a file or calls a procedure off the short list
            is refused before it runs.
        parameters : mapping, optional
            Values for ``$name``.
        limit : int, optional
            Most rows to return; the answer says when there were more.
        timeout : float, optional
            Seconds.

        Returns
        -------
        Rows
            The answer.

        Raises
        ------
        QueryError
            The statement is wrong, is no read, or took too long.
        """
        ...

    def entities(self, labels: Iterable[str] | None = None) -> Iterator[Entity]:
        """Yield every entity of the labels (all labels by default), in no particular order."""
        ...

    def edges(self, types: Iterable[str] | None = None) -> Iterator[Edge]:
        """Yield every edge of the types (all types by default), in no particular order."""
        ...

    def neighbourhood(self, ids: Iterable[str]) -> tuple[tuple[Entity, ...], tuple[Edge, ...]]:
        """Return these entities, and every edge that touches one of them."""
        ...

    def entities_by_id(self, ids: Iterable[str]) -> dict[str, Entity]:
        """Return the entities of these ids; unknown ids are absent."""
        ...

    def records(self, source: str) -> Iterator[Entity]:
        """Yield the Record entities of one source."""
        ...

    def entities_with(self, label: str, name: str, values: Iterable[str]) -> Iterator[Entity]:
        """Yield the entities of which an indexed property has one of these values."""
        ...

    def edges_out(
        self, label: str, ids: Iterable[str], types: Iterable[str] = ()
    ) -> Iterator[Edge]:
        """Yield the edges of the types (all by default) out of these entities of one label."""
        ...

    def edges_in(self, label: str, ids: Iterable[str], types: Iterable[str] = ()) -> Iterator[Edge]:
        """Yield the edges of the types (all by default) into these entities of one label."""
        ...

    def write(self, changes: Changes) -> None:
        """Write the changes: atomically where the engine can, else as idempotent batches.

        Raises
        ------
        StoreError
            Nothing, or a prefix that writing again completes, has been written.
        """
        ...

    def close(self) -> None:
        """Release the store; what was written is visible to other processes from now on."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...
