"""The embedded store: kglite, in the process, in one file.

The engine's optimiser loses rows or predicates of ordinary statements, so it is switched off for
every statement that reads, but for the one pass that lets a pattern be followed from the end that
is known; without it a pattern is followed from where it is written to begin, if that be all nodes
of the graph. Inside a transaction it cannot be switched off: there only the
write statements of :mod:`graphkb.store.statements` run, whose plain forms are right with it.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self, cast

from graphkb.errors import QueryError, StoreClosedError, StoreError
from graphkb.model.progress import SAVING, rows_written
from graphkb.model.schema import ENTITY_TYPES, entity_type
from graphkb.store import embedded_bulk, embedded_file, statements
from graphkb.store.embedded_dialect import mended
from graphkb.store.embedded_refusal import WORK, query_error
from graphkb.store.embedded_rows import engine_ids, plain
from graphkb.store.guard import check_statement, took_too_long
from graphkb.store.plan import missing_end, plan
from graphkb.store.protocol import Changes, PlanStep, Rows, Stream
from graphkb.store.reader import GraphReader, all_labels
from graphkb.store.values import Row, batches

if TYPE_CHECKING:
    import kglite

    from graphkb.model.progress import Progress
    from graphkb.store.side_file import KeptIndex
    from graphkb.store.text_index import TextIndex

__all__ = ["EmbeddedStore", "passes_off"]

_TIMEOUT = 180.0
# Rows that are plain Python values at once, of those that the engine holds.
_BATCH = 1_000
# Passes under which graphkb's own statements have the rows of a Neo4j (the tests of both stores and
# the golden rows say so); so had 10,000 random ones the rows that they have without any pass.
_PASSES_ON = frozenset({"optimize_pattern_start_node"})


class EmbeddedStore(GraphReader):
    """A store in one file, or in memory alone.

    Parameters
    ----------
    url : str
        The file's path, or ``:memory:``.
    write : bool
        True takes the store's lock; then nobody else can write it until :meth:`close`.

    Raises
    ------
    StoreError
        As :func:`graphkb.store.open_store` says.

    Examples
    --------
    >>> from graphkb.model.graph import Entity
    >>> with EmbeddedStore(":memory:", write=True) as store:
    ...     store.write(Changes(entities=(Entity("Task", "task:a", {"name": "a"}),)))
    ...     store.cypher("MATCH (t:Task) RETURN t.name AS name").rows
    (('a',),)
    """

    engine: Literal["embedded", "neo4j"]
    url: str

    def __init__(self, url: str, *, write: bool = False) -> None:
        import kglite

        # Its hints about unknown names go to standard error, where only graphkb speaks.
        kglite.set_query_warning_policy("silent")
        self.engine = "embedded"
        self.url = url
        self._path = None if url == ":memory:" else Path(url)
        self._may_write = write
        self._written = False
        self._declared: kglite.KnowledgeGraph | None = None
        # What holds the lock, once another graph has taken its place; and whether that one has no
        # log of its own.
        self._lease: kglite.KnowledgeGraph | None = None
        self._is_published = False
        self._index: KeptIndex | None = None
        # None where the graph is not, or not known to be, what the file holds.
        self._generation = embedded_file.generation(self._path) if self._path else None
        self._graph: kglite.KnowledgeGraph | None
        if self._path is None:
            self._graph = kglite.KnowledgeGraph()
            self._graph.read_only(True)
        elif write:
            self._graph = embedded_file.open_to_write(self._path)
        else:
            self._graph = embedded_file.open_to_read(self._path)
        if self._path and self._generation != embedded_file.generation(self._path):
            self._generation = None

    def cypher(
        self,
        statement: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        limit: int | None = None,
        timeout: float | None = None,
        own: bool = True,
    ) -> Rows:
        """Answer a statement that only reads; see :class:`~graphkb.store.protocol.Store`."""
        with self.stream(statement, parameters, limit=limit, timeout=timeout, own=own) as found:
            rows = tuple(found)
        return Rows(found.columns, rows, found.cut)

    def stream(
        self,
        statement: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        limit: int | None = None,
        timeout: float | None = None,
        own: bool = True,
    ) -> Stream:
        """Answer row by row; see :class:`~graphkb.store.protocol.Store`."""
        import kglite

        checked = check_statement(statement)
        text = mended(checked)
        seconds = _TIMEOUT if timeout is None else timeout
        try:
            view = self._ask(
                text,
                dict(parameters or {}),
                own=own,
                timeout_ms=max(1, round(seconds * 1000)),
                max_work_units=WORK,
                row_limit=limit,
            )
        except kglite.CypherTimeoutError:
            raise took_too_long(seconds) from None
        except (kglite.KgError, ValueError, TypeError, OverflowError, RecursionError) as error:
            raise query_error(error, is_as_written=text == checked) from error
        return Stream(tuple(view.columns), self._rows(view))

    def _rows(self, view: kglite.ResultView) -> Generator[tuple[Any, ...], None, bool]:
        columns = view.columns
        rows = iter(view)
        while found := list(islice(rows, _BATCH)):
            ids = engine_ids(found, self._ids_of)
            for row in found:
                yield tuple(plain(row[column], ids) for column in columns)
        total = view.diagnostics["total_rows"] if view.diagnostics else None
        return total is not None and total > len(view)

    def explain(
        self, statement: str, parameters: Mapping[str, Any] | None = None
    ) -> tuple[PlanStep, ...]:
        """Return the engine's plan; see :class:`~graphkb.store.protocol.Store`."""
        import kglite

        checked = check_statement(statement)
        text = mended(checked)
        try:
            view = self._ask(f"EXPLAIN\n{text}", dict(parameters or {}))
        except (kglite.KgError, ValueError, TypeError, OverflowError, RecursionError) as error:
            raise query_error(error, is_as_written=text == checked, lines_before=1) from error
        steps = []
        for row in view:
            operator, _, details = row["operation"].partition(" ")
            steps.append(PlanStep(0, operator, details, row["estimated_rows"]))
        return tuple(steps)

    def text_index(self, *, abstracts: bool = True) -> TextIndex:
        """Return what finds entities by names and words; see the protocol."""
        from graphkb.store.side_file import KeptIndex

        if self._index is None or self._index.abstracts < abstracts:
            self._forget_index()
            self._index = KeptIndex(
                lambda: self._searched(abstracts=abstracts),
                abstracts=abstracts,
                store=self._path,
                generation=self._generation,
            )
        return self._index

    def undeclared(self) -> tuple[str, ...]:
        """Return nothing: whatever writes a file declares all; see the protocol."""
        return ()

    def _forget_index(self) -> None:
        index, self._index = self._index, None
        if index is not None:
            index.close()

    def write(self, changes: Changes, progress: Progress | None = None) -> None:
        """Write the changes: all of them, or none."""
        import kglite

        graph = self._open_graph()
        if not self._may_write:
            raise StoreError(
                "the store was opened for reading",
                where=self.url,
                remedy="open it with write=True",
            )
        if not changes:
            return
        self._generation = None
        self._forget_index()
        try:
            deletes = changes.delete_edges or changes.delete_entities
            if not (graph.node_types or deletes):
                self._fill(changes, progress)
            else:
                self._change(changes, progress)
        except (kglite.KgError, ValueError, OSError) as error:
            raise StoreError(
                f"nothing was written: {_first_line(error)}",
                where=self.url,
                remedy="free space or memory, then run the command again",
            ) from error

    def _fill(self, changes: Changes, progress: Progress | None) -> None:
        """Put a graph made in bulk, and its file, in the place of an empty one."""
        tell = rows_written(progress, len(changes))
        graph = embedded_bulk.filled(changes.entities, changes.edges, tell)
        if progress:
            progress(SAVING, 0, 0)
        self._declare(graph)
        if self._path is not None:
            embedded_file.publish(self._path, graph)
            self._lease, self._is_published = self._lease or self._graph, True
        graph.read_only(True)
        self._graph = graph

    def _change(self, changes: Changes, progress: Progress | None) -> None:
        """Write in one transaction."""
        steps = plan(changes)
        tell = rows_written(progress, len(changes))
        graph = self._logged()
        graph.read_only(False)
        try:
            self._declare(graph)
            with graph.begin(timeout_ms=0) as transaction:
                for step in steps:
                    for batch in batches(step.rows):
                        _run(transaction, step.statement, batch, counted=step.counted)
                        tell(len(batch))
                self._written = True
        finally:
            graph.read_only(True)

    def _logged(self) -> kglite.KnowledgeGraph:
        """The graph, its writes logged: one that was made in bulk is read from its file again."""
        if self._is_published and self._path is not None:
            self._graph = embedded_file.open_leased(self._path)
            self._is_published = False
        return self._open_graph()

    def close(self) -> None:
        """Save what was written and give the lock back."""
        self._forget_index()
        graph, self._graph = self._graph, None
        if graph is None or self._path is None:
            return
        lease, self._lease = self._lease, None
        try:
            if self._may_write and not self._is_published:
                embedded_file.release(self._path, graph, save=self._written)
        finally:
            if lease is not None:
                embedded_file.release(self._path, lease, save=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _open_graph(self) -> kglite.KnowledgeGraph:
        if self._graph is None:
            raise StoreClosedError("the store is closed", where=self.url, remedy="open it again")
        return self._graph

    def _read(self, statement: str, **parameters: Any) -> Iterator[dict[str, Any]]:
        with self._reading():
            yield from self._ask(statement, parameters, timeout_ms=0)

    def _read_columns(self, statement: str, **parameters: Any) -> list[Sequence[Any]]:
        with self._reading():
            view = self._ask(statement, parameters, timeout_ms=0)
            return [view.column(name) for name in view.columns]

    @contextmanager
    def _reading(self) -> Iterator[None]:
        import kglite

        try:
            yield
        except kglite.KgError as error:
            raise StoreError(
                f"the store could not be read: {_first_line(error)}",
                where=self.url,
                remedy="put a copy back, or move the file away and load the sources again",
            ) from error

    def _ask(
        self, text: str, parameters: dict[str, Any], *, own: bool = True, **bounds: Any
    ) -> kglite.ResultView:
        passes = {"disabled_passes": list(passes_off())} if own else {"disable_optimizer": True}
        view = self._open_graph().cypher(
            text, params=parameters, hide_structural_keys=True, **passes, **bounds
        )
        if isinstance(view, str):
            # The engine answers with text where a statement asks for a format of its own.
            raise QueryError("the statement gives no rows", remedy="end it with RETURN")
        return cast("kglite.ResultView", view)

    def _declare(self, graph: kglite.KnowledgeGraph) -> None:
        if graph is self._declared:
            return
        shown = cast("kglite.ResultView", graph.cypher("SHOW CONSTRAINTS", timeout_ms=0))
        present = {label for row in shown for label in row["labelsOrTypes"]}
        for label in all_labels():
            if label not in present:
                graph.cypher(statements.constraint(label))
                for name in entity_type(label).indexed:
                    graph.cypher(statements.index(label, name))
        # What is declared is known: `{venue: $v}` finds nothing where no paper has a venue,
        # instead of being refused as a misspelling.
        graph.define_schema(
            {
                "nodes": {
                    declared.label: {"optional": [item.name for item in declared.all_properties]}
                    for declared in ENTITY_TYPES
                }
            }
        )
        self._declared = graph

    def _ids_of(self, numbers: list[int]) -> dict[int, str]:
        rows = self._read(
            "MATCH (n) WHERE elementId(n) IN $numbers RETURN elementId(n) AS number, n.id AS id",
            numbers=[str(number) for number in numbers],
        )
        return {int(row["number"]): row["id"] for row in rows}


@cache
def passes_off() -> tuple[str, ...]:
    """Return the passes of the engine's optimiser that change answers, or were not shown not to.

    Returns
    -------
    tuple of str
        Their names.

    Examples
    --------
    >>> "optimize_pattern_start_node" in passes_off()
    False
    """
    import kglite

    return tuple(name for name in kglite.cypher_pass_names() if name not in _PASSES_ON)


def _run(
    transaction: kglite.Transaction, statement: str, batch: list[Row], *, counted: bool
) -> None:
    view = cast("kglite.ResultView", transaction.cypher(statement, {"rows": batch}, timeout_ms=0))
    if not counted or view.scalar() == len(batch):
        return
    ids = [row[end] for row in batch for end in ("from_id", "to_id")]
    present: set[str] = set()
    for label in all_labels():
        text = statements.entities_by_id(label)
        found = cast("kglite.ResultView", transaction.cypher(text, {"ids": ids}, timeout_ms=0))
        present.update(row["properties"]["id"] for row in found)
    raise missing_end(batch, present, "embedded store")


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:300]
