"""A person's statement on a Neo4j: its plan, its rows, and its end when it is broken off.

Python's Ctrl-C ends the waiting of this process only: the driver, told to leave the transaction,
would wait for the server to finish what it is doing. So the server is asked, over a connection of
its own, to end the transaction, which is found by a mark that it carries.
"""

from __future__ import annotations

import uuid
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from graphkb.store.guard import took_too_long, would_change
from graphkb.store.neo4j_keys import without_hidden_keys
from graphkb.store.neo4j_server import Server, explained
from graphkb.store.protocol import PlanStep, Rows, Stream

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Mapping

    import neo4j


__all__ = ["Planned", "Question"]

# The columns of statements that read, by their text and the names of their parameters, on which
# alone both depend.
Planned = dict[tuple[str, frozenset[str]], tuple[str, ...]]
_MOST_PLANNED = 500

_TIMED_OUT = "Neo.ClientError.Transaction.TransactionTimedOut"
# A line of its own, so that the columns of an error are those of the statement.
_EXPLAIN = "EXPLAIN\n"
# How many rows are turned into plain values at once: few first, so that they show soon, then
# more, because the ends of their relationships are looked up once a batch.
_FIRST_BATCH, _LAST_BATCH = 16, 1_024
_IDS = "MATCH (n) WHERE elementId(n) IN $numbers RETURN elementId(n) AS number, n.id AS id"
_END = (
    "SHOW TRANSACTIONS YIELD transactionId AS one, metaData WHERE metaData.graphkb = $mark "
    "TERMINATE TRANSACTIONS one YIELD message RETURN message"
)


@dataclass(frozen=True, slots=True)
class Question:
    """A checked statement to be answered by a server.

    Parameters
    ----------
    server : Server
        Open.
    text : str
        As :func:`graphkb.store.guard.check_statement` returned it.
    parameters : mapping
        Values for ``$name``.
    limit : int, optional
        Most rows.
    seconds : float
        Most time.
    planned : dict
        What is known of statements that were asked before; this one is added.
    """

    server: Server
    text: str
    parameters: Mapping[str, Any]
    limit: int | None
    seconds: float
    planned: Planned = field(default_factory=dict)
    _mark: str = field(default_factory=lambda: uuid.uuid4().hex)

    def answer(self) -> Rows:
        """Return all rows; the driver tries again where the server was away for a moment."""
        import neo4j

        @neo4j.unit_of_work(timeout=self._timeout, metadata={"graphkb": self._mark})
        def read(transaction: neo4j.ManagedTransaction) -> Rows:
            with self._ended_when_broken_off():
                columns, result = self._begun(transaction)
                rows = tuple(self._rows(transaction, result))
                return Rows(columns, rows[: self.limit], self._is_cut(len(rows)))

        with self._refusals(), _session(self.server) as session:
            return session.execute_read(read)

    def stream(self) -> Stream:
        """Return the rows as they arrive, within one transaction."""
        with self._refusals(), ExitStack() as stack:
            session = stack.enter_context(_session(self.server))
            transaction = session.begin_transaction(
                timeout=self._timeout, metadata={"graphkb": self._mark}
            )
            with self._ended_when_broken_off():
                columns, result = self._begun(transaction)
            held = stack.pop_all()
        return Stream(columns, self._streamed(transaction, result), held.close)

    def plan(self) -> tuple[PlanStep, ...]:
        """Return the server's plan."""
        with self._refusals(), _session(self.server) as session:
            _, found = self._planned(session)
        return tuple(_steps(found.plan or {}, 0))

    @property
    def _timeout(self) -> float:
        return max(0.001, self.seconds)

    def _planned(
        self, runner: neo4j.Session | _Transaction
    ) -> tuple[tuple[str, ...], neo4j.ResultSummary]:
        """The columns as the person's own text names them, and the plan."""
        with explained(self.server.url, query=True, lines_before=1):
            result = runner.run(_EXPLAIN + self.text, dict(self.parameters))
            columns, found = tuple(result.keys()), result.consume()
        if found.query_type != "r":
            raise would_change()
        return columns, found

    def _begun(self, transaction: _Transaction) -> tuple[tuple[str, ...], neo4j.Result]:
        key = (self.text, frozenset(self.parameters))
        columns = self.planned.get(key)
        if columns is None:
            columns, _ = self._planned(transaction)
            if len(self.planned) >= _MOST_PLANNED:
                self.planned.clear()
            self.planned[key] = columns
        return columns, transaction.run(without_hidden_keys(self.text), dict(self.parameters))

    def _streamed(
        self, transaction: _Transaction, result: neo4j.Result
    ) -> Generator[tuple[Any, ...], None, bool]:
        count = 0
        with self._refusals(), self._ended_when_broken_off():
            for row in self._rows(transaction, result):
                count += 1
                if self._is_cut(count):
                    return True
                yield row
        return False

    def _rows(self, transaction: _Transaction, result: neo4j.Result) -> Iterator[tuple[Any, ...]]:
        """Yield the rows up to one more than the limit, whose coming says that it cuts."""
        from graphkb.store.neo4j_rows import element_ids, plain

        def look_up(missing: list[str]) -> dict[str, str]:
            found = transaction.run(_IDS, numbers=missing)
            return {row["number"]: row["id"] for row in found}

        records = result if self.limit is None else islice(result, self.limit + 1)
        for batch in _batches(records):
            ids = element_ids(batch, look_up)
            for values in batch:
                yield tuple(plain(value, ids) for value in values)

    def _is_cut(self, count: int) -> bool:
        return self.limit is not None and count > self.limit

    @contextmanager
    def _refusals(self) -> Iterator[None]:
        from neo4j.exceptions import Neo4jError

        with explained(self.server.url, database=self.server.database, query=True):
            try:
                yield
            except Neo4jError as error:
                if not (error.code or "").startswith(_TIMED_OUT):
                    raise
                raise took_too_long(self.seconds) from None

    @contextmanager
    def _ended_when_broken_off(self) -> Iterator[None]:
        try:
            yield
        except KeyboardInterrupt:
            # Where even this fails, the timeout ends it.
            with suppress(Exception), self.server.session(write=False) as other:
                other.run(_END, mark=self._mark).consume()
            raise


if TYPE_CHECKING:
    _Transaction = neo4j.Transaction | neo4j.ManagedTransaction


@contextmanager
def _session(server: Server) -> Iterator[neo4j.Session]:
    """A session whose end is no error: what was wanted has been read, or its failure said."""
    from neo4j.exceptions import DriverError, Neo4jError

    session = server.session(write=False)
    try:
        yield session
    finally:
        try:
            session.close()
        except (DriverError, Neo4jError):
            # That was the rollback of what the server had ended itself.
            session.close()


def _batches(records: Iterable[neo4j.Record]) -> Iterator[list[list[Any]]]:
    size, arriving = _FIRST_BATCH, iter(records)
    while batch := [record.values() for record in islice(arriving, size)]:
        yield batch
        size = min(2 * size, _LAST_BATCH)


def _steps(plan: Mapping[str, Any], depth: int) -> Iterator[PlanStep]:
    given = plan.get("args", {})
    operator = str(plan.get("operatorType", "")).partition("@")[0]
    yield PlanStep(depth, operator, str(given.get("Details", "")), given.get("EstimatedRows"))
    for below in plan.get("children", ()):
        yield from _steps(below, depth + 1)
