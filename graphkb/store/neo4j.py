"""The Neo4j store: a server over Bolt, the reference that the embedded store is measured by."""

from __future__ import annotations

import logging
import uuid
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, Self

from graphkb.errors import StoreClosedError, StoreError, StoreUnreachableError
from graphkb.model.progress import rows_written
from graphkb.store import neo4j_index, statements
from graphkb.store.guard import check_statement
from graphkb.store.neo4j_lock import WriterLock
from graphkb.store.neo4j_read import Planned, Question
from graphkb.store.neo4j_server import MARK, Server, connect, explained
from graphkb.store.plan import Step, missing_end, plan
from graphkb.store.protocol import Changes, PlanStep, Rows, Stream
from graphkb.store.reader import GraphReader, all_labels
from graphkb.store.unbroken import Unbroken
from graphkb.store.values import Row, batches

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from types import TracebackType

    import neo4j

    from graphkb.model.progress import Progress
    from graphkb.store.text_index import TextIndex

__all__ = ["ATOMIC_SIZE", "Neo4jStore"]

# Up to this many changes are one transaction; a server's memory for a transaction is bounded, so
# more are written as batches, each of which may be repeated.
ATOMIC_SIZE = 20_000

_TIMEOUT = 180.0


class Neo4jStore(GraphReader):
    """A store on a Neo4j server.

    Parameters
    ----------
    url : str
        ``bolt://`` or ``neo4j://``, each also with ``+s`` or ``+ssc``.
    write : bool
        True waits for the right to write, which one process has at a time.

    Raises
    ------
    StoreUnreachableError
        No server answers, or it refuses the login, the database or its version is too old.
    StoreError
        The URL is wrong.
    """

    engine: Literal["embedded", "neo4j"]
    url: str

    def __init__(self, url: str, *, write: bool = False) -> None:
        self.engine = "neo4j"
        self._server: Server | None = connect(url)
        self.url = self._server.url
        self._lock: WriterLock | None = None
        self._index: TextIndex | None = None
        # What statements were found to be by EXPLAIN, so that one is not planned at every asking.
        self._planned: Planned = {}
        if write:
            try:
                with explained(self.url, database=self._server.database):
                    self._lock = WriterLock(self._server)
                    self._declare(self._server)
            except BaseException:
                self.close()
                raise

    def cypher(
        self,
        statement: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        limit: int | None = None,
        timeout: float | None = None,
        own: bool = True,  # noqa: ARG002 - one optimiser for all
    ) -> Rows:
        """Answer a statement that only reads; see :class:`~graphkb.store.protocol.Store`."""
        return self._question(statement, parameters, limit, timeout).answer()

    def stream(
        self,
        statement: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        limit: int | None = None,
        timeout: float | None = None,
        own: bool = True,  # noqa: ARG002 - one optimiser for all
    ) -> Stream:
        """Answer row by row; see :class:`~graphkb.store.protocol.Store`."""
        return self._question(statement, parameters, limit, timeout).stream()

    def explain(
        self, statement: str, parameters: Mapping[str, Any] | None = None
    ) -> tuple[PlanStep, ...]:
        """Return the server's plan; see :class:`~graphkb.store.protocol.Store`."""
        return self._question(statement, parameters, None, None).plan()

    def _question(
        self,
        statement: str,
        parameters: Mapping[str, Any] | None,
        limit: int | None,
        timeout: float | None,
    ) -> Question:
        text = check_statement(statement)
        seconds = _TIMEOUT if timeout is None else timeout
        return Question(
            self._open_server(), text, dict(parameters or {}), limit, seconds, self._planned
        )

    def write(self, changes: Changes, progress: Progress | None = None) -> None:
        """Write the changes: in one transaction up to ATOMIC_SIZE of them, else in batches."""
        import neo4j

        server = self._open_server()
        if self._lock is None:
            raise StoreError(
                "the store was opened for reading",
                where=self.url,
                remedy="open it with write=True",
            )
        if not changes:
            return
        self._forget_index()
        steps = plan(changes, neo4j_index.searched_row)
        tell = rows_written(progress, len(changes))
        lock = self._lock

        mark = uuid.uuid4().hex

        @neo4j.unit_of_work(metadata={MARK: mark})
        def attempt(transaction: neo4j.ManagedTransaction, steps: tuple[Step, ...]) -> None:
            # The driver tries again what a server that was started anew had not taken: by then
            # somebody else may be writing.
            lock.check()
            _run_all(transaction, steps, self.url)

        with (
            explained(server.url, database=server.database),
            server.session(write=True) as session,
        ):
            unbroken = Unbroken(partial(server.end, mark))
            if len(changes) <= ATOMIC_SIZE:
                unbroken.do(lambda: session.execute_write(attempt, steps))
                tell(len(changes))
                return
            for step in steps:
                for batch in batches(step.rows):
                    part = Step(step.statement, batch, step.counted)
                    unbroken.do(partial(session.execute_write, attempt, (part,)))
                    tell(len(batch))

    def text_index(self, *, abstracts: bool = True) -> TextIndex:  # noqa: ARG002
        """Return what finds entities by names and words; see the protocol."""
        if self._index is None:
            self._index = self._found_index()
        return self._index

    def _found_index(self) -> TextIndex:
        """The server's index; where it has none and this user may not make it, one in memory."""
        server = self._open_server()
        try:
            with explained(server.url, database=server.database):
                with server.session(write=False) as session:
                    declared = neo4j_index.is_declared(session)
                if not declared:
                    lock = self._lock or WriterLock(server)
                    try:
                        with server.session(write=True) as session:
                            neo4j_index.make(session)
                    finally:
                        if lock is not self._lock:
                            lock.release()
        except StoreUnreachableError:
            raise
        except StoreError as error:
            from graphkb.store.side_file import KeptIndex

            logging.getLogger(__name__).warning(
                "the server has no search index, and this user may not make it (%s): every name "
                "and abstract is read instead. Load or rebuild once as a user who may",
                error.what,
            )
            return KeptIndex(lambda: self._searched(abstracts=True), abstracts=True)
        return neo4j_index.Neo4jIndex(self._read)

    def _forget_index(self) -> None:
        index, self._index = self._index, None
        if index is not None:
            index.close()

    def close(self) -> None:
        """Give the lock back and close the connections."""
        self._forget_index()
        lock, self._lock = self._lock, None
        if lock is not None:
            lock.release()
        server, self._server = self._server, None
        if server is not None:
            server.driver.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _open_server(self) -> Server:
        if self._server is None:
            raise StoreClosedError("the store is closed", where=self.url, remedy="open it again")
        return self._server

    def _read(self, statement: str, **parameters: Any) -> Iterator[Mapping[str, Any]]:
        server = self._open_server()
        with (
            explained(server.url, database=server.database),
            server.session(write=False) as session,
        ):
            yield from session.run(statement, parameters)

    def _read_by_id(self, ids: list[str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Yield the same in one round trip, not one a label."""
        for row in self._read(statements.any_by_id(all_labels()), ids=ids):
            yield row["label"], row

    def _read_columns(self, statement: str, **parameters: Any) -> list[Sequence[Any]]:
        server = self._open_server()
        with (
            explained(server.url, database=server.database),
            server.session(write=False) as session,
        ):
            result = session.run(statement, parameters)
            names = result.keys()
            rows = [record.values() for record in result]
        return list(zip(*rows, strict=True)) if rows else [() for _ in names]

    def undeclared(self) -> tuple[str, ...]:
        """Return what of the schema's constraints and indexes is not there; see the protocol."""
        with self._open_server().session(write=False) as session:
            found = _undeclared(session)
            if not neo4j_index.is_declared(session):
                found.append(f"the full-text index {neo4j_index.NAME}")
        return tuple(found)

    def _declare(self, server: Server) -> None:
        with server.session(write=True) as session:
            missing = _undeclared(session)
            for statement in missing:
                session.run(statement).consume()
            if missing:
                session.run("CALL db.awaitIndexes(60)").consume()
            if not neo4j_index.is_declared(session):
                neo4j_index.make(session)


def _undeclared(session: neo4j.Session) -> list[str]:
    """The statements that declare what of constraints and indexes is not there."""
    constrained = {
        (label, name)
        for row in session.run("SHOW CONSTRAINTS YIELD labelsOrTypes, properties")
        for label in row["labelsOrTypes"]
        for name in row["properties"]
    }
    indexed = {
        (label, name)
        for row in session.run("SHOW INDEXES YIELD labelsOrTypes, properties")
        for label in row["labelsOrTypes"] or ()
        for name in row["properties"] or ()
    }
    return [
        *(statements.constraint(n) for n in all_labels() if (n, "id") not in constrained),
        *(
            statements.index(label, name)
            for label in all_labels()
            for name in statements.indexed_properties(label)
            if (label, name) not in indexed
        ),
    ]


def _run_all(transaction: neo4j.ManagedTransaction, steps: tuple[Step, ...], where: str) -> None:
    for step in steps:
        for batch in batches(step.rows):
            result = transaction.run(step.statement, rows=batch)
            if not step.counted:
                result.consume()
            elif result.single(strict=True)["written"] != len(batch):
                raise missing_end(batch, _present_ends(transaction, batch), where)


def _present_ends(transaction: neo4j.ManagedTransaction, batch: list[Row]) -> set[str]:
    ids = [row[end] for row in batch for end in ("from_id", "to_id")]
    present: set[str] = set()
    for label in all_labels():
        found = transaction.run(statements.entities_by_id(label), ids=ids)
        present.update(row["properties"]["id"] for row in found)
    return present
