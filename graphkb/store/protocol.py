"""What a store can do: the one protocol that the embedded store and Neo4j fulfil."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol, Self

if TYPE_CHECKING:
    from graphkb.model.graph import Edge, Entity
    from graphkb.model.progress import Progress
    from graphkb.store.text_index import TextIndex

__all__ = ["Changes", "Link", "PlanStep", "Rows", "Store", "Stream"]


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

    def _repr_html_(self) -> str:
        """Return what a notebook shows: the first rows as a table."""
        from graphkb.store.html_table import html_table

        return html_table(self.columns, self.rows, total=len(self.rows))


class Stream:
    """The answer to a statement, row by row as it arrives.

    To be used in a ``with``, or closed: what it holds of the engine is given back then.

    Parameters
    ----------
    columns : tuple of str
        In the statement's order.
    rows : generator of tuple
        Values as in :class:`Rows`; it returns True where the row limit left rows out.
    release : callable
        Gives back what the engine holds for the rows.

    Examples
    --------
    >>> from graphkb.store import open_store
    >>> with open_store(":memory:") as store, store.stream("UNWIND [1, 2] AS x RETURN x") as found:
    ...     found.columns, list(found), found.cut
    (('x',), [(1,), (2,)], False)
    """

    def __init__(
        self,
        columns: tuple[str, ...],
        rows: Generator[tuple[Any, ...], None, bool],
        release: Callable[[], object] = lambda: None,
    ) -> None:
        self.columns = columns
        self.cut = False
        self._rows = rows
        self._release = release

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        self.cut = yield from self._rows

    def close(self) -> None:
        """End the statement, whether all of its rows were read or not."""
        self._rows.close()
        self._release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


@dataclass(frozen=True, slots=True)
class PlanStep:
    """A step of an engine's plan for a statement.

    Parameters
    ----------
    depth : int
        0 for what is done last on Neo4j, whose plan is a tree: a step takes rows from those
        below it that are one deeper. The embedded engine's plan is a list in the order of doing,
        and each of its steps is 0.
    operator, details : str
        What is done, and with what, in the engine's words.
    rows : float, optional
        How many rows the engine expects from it; None where it makes no guess.
    """

    depth: int
    operator: str
    details: str
    rows: float | None = None


class Link(NamedTuple):
    """That an edge joins two entities, without its evidence: what a search for ways reads.

    Parameters
    ----------
    id, other : str
        The entity that was asked of, and the one at the other end.
    label : str
        The label of the other.
    type, paper : str
        The type of the edge, and the id of the paper that states it.
    outgoing : bool
        True where the edge starts at the entity that was asked of.
    confidence : int
        Per mille; 1000 where the edge has none.
    """

    id: str
    other: str
    label: str
    type: str
    paper: str
    outgoing: bool
    confidence: int


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
        own: bool = True,
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
        own : bool
            False for what a person wrote. Of graphkb's own statements the rows are held equal by
            tests on both stores, so that the embedded engine may follow a pattern from its known
            end; for all others its optimiser is wholly off.

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

    def stream(
        self,
        statement: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        limit: int | None = None,
        timeout: float | None = None,
        own: bool = True,
    ) -> Stream:
        """Answer a statement that only reads, row by row.

        Memory holds what the engine needs, and a batch of rows. Neo4j sends rows while it finds
        them, and the timeout counts until the last is read; the embedded engine finds all of
        them before it gives the first.

        Parameters
        ----------
        statement, parameters, limit, timeout, own
            As in :meth:`cypher`.

        Returns
        -------
        Stream
            To be used in a ``with``; the same rows as of :meth:`cypher`.

        Raises
        ------
        QueryError
            As :meth:`cypher`; while rows are read, too.
        """
        ...

    def explain(
        self, statement: str, parameters: Mapping[str, Any] | None = None
    ) -> tuple[PlanStep, ...]:
        """Return the engine's plan for a statement, which is not run.

        Parameters
        ----------
        statement, parameters
            As in :meth:`cypher`.

        Returns
        -------
        tuple of PlanStep
            In the order of showing.

        Raises
        ------
        QueryError
            The statement is wrong or is no read.
        """
        ...

    def ids(self, label: str) -> list[str]:
        """Return the id of every entity of a label, in order."""
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

    def entities_by_id(self, ids: Iterable[str], label: str | None = None) -> dict[str, Entity]:
        """Return the entities of these ids, of one label or any; unknown ids are absent."""
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

    def edges_between(
        self, start_label: str, end_label: str, pairs: Iterable[tuple[str, str]]
    ) -> Iterator[Edge]:
        """Yield the edges from the first of each pair of ids to the second."""
        ...

    def entity_columns(self, label: str, ids: Iterable[str]) -> dict[str, list[Any]]:
        """Return the entities of a label that have one of some ids, as columns.

        A column a declared property, `id` the first, with None where an entity has none; rows in
        the order of the ids. Reading so takes a third of the time of reading entities.
        """
        ...

    def edge_columns(self, type_: str, label: str, ids: Iterable[str]) -> dict[str, list[Any]]:
        """Return the edges of a type out of these entities of one label, as columns.

        `start` and `end`, then a column a declared property, `paper` the first of them; rows in
        order of start, end and paper.
        """
        ...

    def links(
        self,
        label: str,
        ids: Iterable[str],
        types: Iterable[str] = (),
        *,
        outgoing: bool = False,
    ) -> Iterator[Link]:
        """Yield what is joined to these entities of one label by edges of the types.

        One link an edge, in no particular order, and many times as fast as the edges; only the
        edges that start at the entities where `outgoing` says so: of a hub these are few.
        """
        ...

    def degrees(self, label: str, ids: Iterable[str], types: Iterable[str] = ()) -> dict[str, int]:
        """Return how many edges of the types touch each of these entities of one label."""
        ...

    def text_index(self, *, abstracts: bool = True) -> TextIndex:
        """Return what finds entities by their names and by words.

        Parameters
        ----------
        abstracts : bool
            False where only names are asked: where an index has to be made first, that is sooner.

        Returns
        -------
        TextIndex
            Of the graph as it is; to be asked again after a write.
        """
        ...

    def write(self, changes: Changes, progress: Progress | None = None) -> None:
        """Write the changes: atomically where the engine can, else as idempotent batches.

        Parameters
        ----------
        changes : Changes
            What is to be written.
        progress : callable, optional
            Told how many of them are written, and when a file is saved.

        Raises
        ------
        StoreError
            Nothing, or a prefix that writing again completes, has been written.
        """
        ...

    def undeclared(self) -> tuple[str, ...]:
        """Return what of the schema's constraints and indexes the engine lacks.

        Opening a store for writing declares all. A server whose graph came another way, such as
        by an import, may lack them: every look-up goes through a whole label then.
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
