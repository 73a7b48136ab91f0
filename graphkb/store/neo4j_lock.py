"""One writer at a time on a Neo4j server, without anything left in the database.

The writer holds a transaction open that has made, and will never commit, a source of a reserved
id. Ids are unique, so that another writer's MERGE of it waits until the first one ends; where the
first one is killed, the server ends its transaction with its connection.
"""

from __future__ import annotations

import logging
from contextlib import ExitStack
from typing import TYPE_CHECKING

from graphkb.errors import StoreBusyError
from graphkb.store import statements
from graphkb.store.neo4j_server import Server, may_be_gone

if TYPE_CHECKING:
    import neo4j

__all__ = ["WriterLock"]

_TAKE = "MERGE (n:Source {id: 'builtin:writer'}) RETURN n.id"
_SECONDS_UNTIL_TOLD = 2.0
_WITHOUT_END = 0.0
# How a server says that the transaction came to its time while it waited.
_CAME_TO_ITS_TIME = (
    "Neo.ClientError.Transaction.TransactionTimedOut",
    "Neo.ClientError.Transaction.LockClientStopped",
    "Neo.TransientError.Transaction.",
)


class WriterLock:
    """The right to write, from its making until :meth:`release`.

    Parameters
    ----------
    server : Server
        The server.
    """

    def __init__(self, server: Server) -> None:
        self._where = server.url
        self._held = ExitStack()
        self._session = self._held.enter_context(server.session(write=True))
        self._transaction: neo4j.Transaction | None = None
        try:
            while not self._is_declared():
                self._within(_SECONDS_UNTIL_TOLD, statements.constraint("Source"), keep=True)
            if not self._within(_SECONDS_UNTIL_TOLD, _TAKE, keep=False):
                logging.getLogger(__name__).warning(
                    "another process is writing %s; waiting until it has ended", server.url
                )
            self._transaction = self._session.begin_transaction(timeout=_WITHOUT_END)
            self._transaction.run(_TAKE).consume()
        except BaseException:
            self.release()
            raise

    def _is_declared(self) -> bool:
        """Whether the ids of sources are unique, which the lock rests on."""
        shown = self._session.run("SHOW CONSTRAINTS YIELD labelsOrTypes RETURN labelsOrTypes")
        return ["Source"] in [row["labelsOrTypes"] for row in shown]

    def _within(self, seconds: float, statement: str, *, keep: bool) -> bool:
        """Run a statement, committed or not; tell whether it came to its end in time.

        Waiting for a schema's lock without end would keep the one who has it from writing.
        """
        from neo4j.exceptions import Neo4jError

        try:
            with self._session.begin_transaction(timeout=seconds) as transaction:
                transaction.run(statement).consume()
                if keep:
                    transaction.commit()
                else:
                    transaction.rollback()
        except Neo4jError as error:
            if not (error.code or "").startswith(_CAME_TO_ITS_TIME):
                raise
            return False
        return True

    def check(self) -> None:
        """Make sure that the lock is still held.

        Raises
        ------
        StoreBusyError
            The server ended the transaction that holds it.
        """
        from neo4j.exceptions import DriverError, Neo4jError

        try:
            if self._transaction is not None:
                self._transaction.run("RETURN 1").consume()
                return
        except (DriverError, Neo4jError):
            pass
        raise StoreBusyError(
            "the server ended the transaction that kept other writers out",
            where=self._where,
            remedy="run the command again; if it happens again, raise db.transaction.timeout there",
        )

    def release(self) -> None:
        """Let others write."""
        transaction, self._transaction = self._transaction, None
        if transaction is not None:
            with may_be_gone():
                transaction.close()
        self._held.close()
