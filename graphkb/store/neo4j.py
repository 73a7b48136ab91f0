"""The Neo4j store: a server over Bolt, the reference that the embedded store is measured by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Self

from graphkb.errors import QueryError, StoreError
from graphkb.store import statements
from graphkb.store.guard import check_statement, would_change
from graphkb.store.neo4j_lock import WriterLock
from graphkb.store.neo4j_server import Server, connect, explained
from graphkb.store.plan import Step, missing_end, plan
from graphkb.store.protocol import Changes, Rows
from graphkb.store.reader import GraphReader, all_labels
from graphkb.store.values import Row, batches

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import TracebackType

    import neo4j


__all__ = ["ATOMIC_SIZE", "Neo4jStore"]

# Up to this many changes are one transaction; a server's memory for a transaction is bounded, so
# more are written as batches, each of which may be repeated.
ATOMIC_SIZE = 20_000

_TIMEOUT = 180.0
_TIMED_OUT = "Neo.ClientError.Transaction.TransactionTimedOut"


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
    ) -> Rows:
        """Answer a statement that only reads; see :class:`~graphkb.store.protocol.Store`."""
        import neo4j
        from neo4j.exceptions import Neo4jError

        text = check_statement(statement)
        given = dict(parameters or {})
        seconds = _TIMEOUT if timeout is None else timeout

        @neo4j.unit_of_work(timeout=max(0.001, seconds))
        def answer(transaction: neo4j.ManagedTransaction) -> Rows:
            return _answer(transaction, text, given, limit)

        server = self._open_server()
        with explained(server.url, database=server.database, query=True):
            try:
                with server.session(write=False) as session:
                    return session.execute_read(answer)
            except Neo4jError as error:
                if not (error.code or "").startswith(_TIMED_OUT):
                    raise
                raise QueryError(
                    f"the statement took longer than {seconds:g} s",
                    remedy="ask for less, or allow more time with --timeout",
                ) from None

    def write(self, changes: Changes) -> None:
        """Write the changes: in one transaction up to ATOMIC_SIZE of them, else in batches."""
        server = self._open_server()
        if self._lock is None:
            raise StoreError(
                "the store was opened for reading",
                where=self.url,
                remedy="open it with write=True",
            )
        if not changes:
            return
        steps = plan(changes)
        lock = self._lock

        def attempt(transaction: neo4j.ManagedTransaction, steps: tuple[Step, ...]) -> None:
            # The driver tries again what a server that was started anew had not taken: by then
            # somebody else may be writing.
            lock.check()
            _run_all(transaction, steps, self.url)

        with (
            explained(server.url, database=server.database),
            server.session(write=True) as session,
        ):
            if len(changes) <= ATOMIC_SIZE:
                session.execute_write(attempt, steps)
                return
            for step in steps:
                for batch in batches(step.rows):
                    part = Step(step.statement, batch, step.counted)
                    session.execute_write(attempt, (part,))

    def close(self) -> None:
        """Give the lock back and close the connections."""
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
            raise StoreError("the store is closed", where=self.url, remedy="open it again")
        return self._server

    def _read(self, statement: str, **parameters: Any) -> Iterator[Mapping[str, Any]]:
        server = self._open_server()
        with (
            explained(server.url, database=server.database),
            server.session(write=False) as session,
        ):
            yield from session.run(statement, parameters)

    def _declare(self, server: Server) -> None:
        with server.session(write=True) as session:
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
            missing = [
                *(statements.constraint(n) for n in all_labels() if (n, "id") not in constrained),
                *(
                    statements.index(label, name)
                    for label in all_labels()
                    for name in statements.indexed_properties(label)
                    if (label, name) not in indexed
                ),
            ]
            for statement in missing:
                session.run(statement).consume()
            if missing:
                session.run("CALL db.awaitIndexes(60)").consume()


def _answer(
    transaction: neo4j.ManagedTransaction, text: str, parameters: dict[str, Any], limit: int | None
) -> Rows:
    from graphkb.store.neo4j_rows import element_ids, plain

    plan_only = transaction.run("EXPLAIN " + text, parameters).consume()
    if plan_only.query_type != "r":
        raise would_change()
    result = transaction.run(text, parameters)
    columns = tuple(result.keys())
    records = list(result) if limit is None else result.fetch(limit + 1)
    result.consume()
    kept = [record.values() for record in records[:limit]]

    def look_up(missing: list[str]) -> dict[str, str]:
        found = transaction.run(_IDS, numbers=missing)
        return {row["number"]: row["id"] for row in found}

    ids = element_ids(kept, look_up)
    rows = tuple(tuple(plain(value, ids) for value in values) for values in kept)
    return Rows(columns, rows, cut=len(records) > len(kept))


_IDS = "MATCH (n) WHERE elementId(n) IN $numbers RETURN elementId(n) AS number, n.id AS id"


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
