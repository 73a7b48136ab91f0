"""A person's statement on a Neo4j: its plan, its rows, and its end when it is broken off.

Python's Ctrl-C ends the waiting of this process only: the driver, told to leave the transaction,
would wait for the server to finish what it is doing. So the server is asked, over a connection of
its own, to end the transaction, which is found by a mark that it carries. And where it comes in the
middle of the driver's reading, what is left of the connection is not usable: the driver works in a
thread of its own, which Ctrl-C does not reach.
"""

from __future__ import annotations

import uuid
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from graphkb.store.guard import took_too_long, would_change
from graphkb.store.neo4j_keys import without_hidden_keys
from graphkb.store.neo4j_server import MARK, Server, explained
from graphkb.store.protocol import PlanStep, Rows, Stream
from graphkb.store.unbroken import Unbroken

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

        @neo4j.unit_of_work(timeout=self._timeout, metadata={MARK: self._mark})
        def read(transaction: neo4j.ManagedTransaction) -> Rows:
            columns, result = self._begun(transaction)
            rows = tuple(chain.from_iterable(self._rows_in_batches(transaction, result)))
            return Rows(columns, rows[: self.limit], self._is_cut(len(rows)))

        def ask() -> Rows:
            with self._refusals(), self.server.session(write=False) as session:
                return session.execute_read(read)

        return Unbroken(self._end).do(ask)

    def stream(self) -> Stream:
        """Return the rows as they arrive, within one transaction."""
        unbroken = Unbroken(self._end)
        held = ExitStack()
        all_read = False

        def ask() -> tuple[tuple[str, ...], Iterator[list[tuple[Any, ...]]]]:
            with self._refusals():
                session = held.enter_context(self.server.session(write=False))
                transaction = session.begin_transaction(
                    timeout=self._timeout, metadata={MARK: self._mark}
                )
                columns, result = self._begun(transaction)
            return columns, self._rows_in_batches(transaction, result)

        def following() -> list[tuple[Any, ...]]:
            nonlocal all_read
            with self._refusals():
                rows = next(batches, [])
            all_read = not rows
            return rows

        def leave() -> None:
            if not all_read:
                # To leave the rest, the driver would wait for its first row.
                with suppress(Exception):
                    self._end()
            held.close()

        def close() -> None:
            unbroken.do(leave)

        try:
            columns, batches = unbroken.do(ask)
        except BaseException:
            close()
            raise
        rows = chain.from_iterable(iter(lambda: unbroken.do(following), []))
        return Stream(columns, self._up_to_the_limit(rows), close)

    def plan(self) -> tuple[PlanStep, ...]:
        """Return the server's plan."""
        with self._refusals(), self.server.session(write=False) as session:
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

    def _up_to_the_limit(
        self, rows: Iterable[tuple[Any, ...]]
    ) -> Generator[tuple[Any, ...], None, bool]:
        for count, row in enumerate(rows, 1):
            if self._is_cut(count):
                return True
            yield row
        return False

    def _rows_in_batches(
        self, transaction: _Transaction, result: neo4j.Result
    ) -> Iterator[list[tuple[Any, ...]]]:
        """Yield the rows up to one more than the limit, whose coming says that it cuts."""
        from graphkb.store.neo4j_rows import element_ids, plain

        def look_up(missing: list[str]) -> dict[str, str]:
            found = transaction.run(_IDS, numbers=missing)
            return {row["number"]: row["id"] for row in found}

        records = result if self.limit is None else islice(result, self.limit + 1)
        for batch in _batches(records):
            ids = element_ids(batch, look_up)
            yield [tuple(plain(value, ids) for value in values) for values in batch]

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

    def _end(self) -> None:
        self.server.end(self._mark)


if TYPE_CHECKING:
    _Transaction = neo4j.Transaction | neo4j.ManagedTransaction


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
