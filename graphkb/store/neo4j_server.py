"""How a Neo4j server is reached, and what its refusals mean to a person."""

from __future__ import annotations

import logging
import os
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from graphkb.errors import GraphKBError, QueryError, StoreError, StoreUnreachableError
from graphkb.store.guard import would_change

if TYPE_CHECKING:
    from collections.abc import Iterator

    import neo4j

__all__ = ["MARK", "Server", "connect", "explained", "may_be_gone", "shown_url"]

_OLDEST = (5, 26)
_CONNECT_SECONDS = 10.0
_RETRY_SECONDS = 30.0
_QUIET = logging.NullHandler()

# Under which name a transaction carries what it is found by.
MARK = "graphkb"
_END = (
    f"SHOW TRANSACTIONS YIELD transactionId AS one, metaData WHERE metaData.{MARK} = $mark "
    "TERMINATE TRANSACTIONS one YIELD message RETURN message"
)


class Server:
    """A server that answered and let us in.

    Parameters
    ----------
    driver : neo4j.Driver
        Open.
    url : str
        The address, without anything secret.
    database : str or None
        None for the server's default.
    """

    def __init__(self, driver: neo4j.Driver, url: str, database: str | None) -> None:
        self.driver = driver
        self.url = url
        self.database = database

    @contextmanager
    def session(self, *, write: bool) -> Iterator[neo4j.Session]:
        """Hold a session on the database.

        Parameters
        ----------
        write : bool
            False gives one in which the server itself refuses to write.

        Yields
        ------
        neo4j.Session
            Its end is no error: what was wanted is done, or its failure said.
        """
        session = self.driver.session(
            database=self.database, default_access_mode="WRITE" if write else "READ"
        )
        try:
            yield session
        finally:
            # The first may fail to roll back what the server had ended itself.
            with may_be_gone():
                session.close()
            with may_be_gone():
                session.close()

    def end(self, mark: str) -> None:
        """End the transactions that carry a mark, over a connection of its own.

        Parameters
        ----------
        mark : str
            What their metadata have under :data:`MARK`.
        """
        with self.session(write=False) as session:
            session.run(_END, mark=mark).consume()


@contextmanager
def may_be_gone() -> Iterator[None]:
    """Let go of something that the server, or what broke off its use, may have ended already.

    Ctrl-C in the middle of the driver's reading leaves it a buffer that it cannot use again, which
    it says with a BufferError.
    """
    from neo4j.exceptions import DriverError, Neo4jError

    try:
        yield
    except (DriverError, Neo4jError, OSError, BufferError):
        logging.getLogger(__name__).debug("it was gone", exc_info=True)


def connect(url: str) -> Server:
    """Reach the server and make sure that it can be used.

    User, password and database come from NEO4J_USERNAME (default neo4j), NEO4J_PASSWORD and
    NEO4J_DATABASE (default: the server's).

    Parameters
    ----------
    url : str
        ``bolt://`` or ``neo4j://``, each also with ``+s`` or ``+ssc``.

    Returns
    -------
    Server
        Its driver is to be closed.

    Raises
    ------
    StoreUnreachableError
        No server answers, or it refuses the login or the database, or is too old.
    StoreError
        The URL itself is wrong.
    """
    import neo4j

    # The driver's log has a person's statement in it; graphkb says itself what went wrong.
    logging.getLogger("neo4j").addHandler(_QUIET)
    shown = shown_url(url)
    user = os.environ.get("NEO4J_USERNAME") or "neo4j"
    password = os.environ.get("NEO4J_PASSWORD")
    database = os.environ.get("NEO4J_DATABASE") or None
    with explained(shown, user=user, database=database):
        driver = neo4j.GraphDatabase.driver(
            url,
            auth=(user, password) if password else None,
            connection_timeout=_CONNECT_SECONDS,
            max_transaction_retry_time=_RETRY_SECONDS,
            notifications_min_severity="OFF",
        )
    server = Server(driver, shown, database)
    try:
        with explained(shown, user=user, database=database):
            _refuse_old(driver.get_server_info().agent, shown)
            with server.session(write=False) as session:
                session.run("RETURN 1").consume()
    except BaseException:
        driver.close()
        raise
    return server


def shown_url(url: str) -> str:
    """Check the form of a URL and return what of it may be shown.

    Parameters
    ----------
    url : str
        As a person gave it.

    Returns
    -------
    str
        Scheme, host and port.

    Raises
    ------
    StoreError
        It names no host, or holds a user, a password or a database, which belong elsewhere.

    Examples
    --------
    >>> shown_url("bolt://localhost:7687")
    'bolt://localhost:7687'
    """
    scheme = url.partition("://")[0]
    try:
        parts = urlsplit(url)
    except ValueError:
        raise _no_host(scheme) from None
    host = parts.netloc.rpartition("@")[2]
    shown = f"{parts.scheme}://{host}"
    if "@" in parts.netloc:
        raise StoreError(
            "the URL holds a user or a password",
            where=shown,
            remedy="set NEO4J_USERNAME and NEO4J_PASSWORD instead",
        )
    if parts.path.strip("/"):
        raise StoreError(
            "the URL holds a path",
            where=shown,
            remedy="choose the database with NEO4J_DATABASE",
        )
    if not host or not _has_valid_port(parts):
        raise _no_host(scheme)
    return shown


def _no_host(scheme: str) -> StoreError:
    return StoreError(
        "the URL names no server",
        where=f"{scheme}://",
        remedy=f"write {scheme}://HOST or {scheme}://HOST:PORT",
    )


@contextmanager
def explained(
    url: str,
    *,
    user: str | None = None,
    database: str | None = None,
    query: bool = False,
    lines_before: int = 0,
) -> Iterator[None]:
    """Turn the driver's exceptions into errors that say what to do.

    Parameters
    ----------
    url : str
        The server, as it may be shown.
    user, database : str, optional
        Named in errors about them.
    query : bool
        True while a person's statement runs: what is wrong then is the statement.
    lines_before : int
        How many lines of ours stand before the statement in what the server was given.

    Raises
    ------
    GraphKBError
        In place of whatever the driver raised.
    """
    import neo4j.exceptions as driver_errors

    try:
        yield
    except GraphKBError:
        raise
    except driver_errors.Neo4jError as error:
        if query and (error.code or "").startswith("Neo.ClientError.Statement."):
            raise _refused(error, lines_before) from error
        raise _server_error(error, url, user=user, database=database, query=query) from error
    except driver_errors.ConfigurationError as error:
        raise StoreError(
            # What follows is the URL as it was given, which may hold what must not be shown.
            f"the driver refuses the URL: {_first_line(error).partition(' Given URI')[0]}",
            where=url,
            remedy="write it as bolt://HOST:PORT or neo4j://HOST:PORT",
        ) from error
    except (driver_errors.DriverError, OSError) as error:
        raise _no_server(error, url) from error
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        if query:
            raise QueryError(f"a parameter cannot be sent: {_first_line(error)}") from error
        raise StoreError(f"the driver refuses: {_first_line(error)}", where=url) from error


def _server_error(
    error: neo4j.exceptions.Neo4jError,
    url: str,
    *,
    user: str | None,
    database: str | None,
    query: bool,
) -> GraphKBError:
    code = error.code or ""
    message = (error.message or "").strip().splitlines()
    reason = message[0] if message else code
    named = user or os.environ.get("NEO4J_USERNAME") or "neo4j"
    if code == "Neo.ClientError.Security.CredentialsExpired":
        return StoreUnreachableError(
            f"the first password of {named!r} has to be changed before the server can be used",
            where=url,
            remedy="change it: ALTER CURRENT USER SET PASSWORD FROM … TO … on its system database",
        )
    if code == "Neo.ClientError.Security.AuthenticationRateLimit":
        return StoreUnreachableError(
            "the server refuses logins after too many wrong passwords",
            where=url,
            remedy="wait some seconds, then set NEO4J_USERNAME and NEO4J_PASSWORD rightly",
        )
    if code == "Neo.ClientError.Security.Unauthorized":
        given = "its password" if os.environ.get("NEO4J_PASSWORD") else "a login with no password"
        return StoreUnreachableError(
            f"the server refuses the user {named!r} and {given}",
            where=url,
            remedy="set NEO4J_USERNAME (default neo4j) and NEO4J_PASSWORD",
        )
    if code.startswith("Neo.ClientError.Database."):
        named = f"no database {database!r}" if database else "no database to use"
        return StoreUnreachableError(
            f"the server has {named}: {reason}",
            where=url,
            remedy="set NEO4J_DATABASE to one that SHOW DATABASES lists, or unset it",
        )
    if code in _READ_ONLY or "read-only" in reason or "read only" in reason:
        if query:
            return would_change()
        return StoreError(
            "the database is read-only",
            where=url,
            remedy="write through the server that leads it, or make it writable: see "
            "server.databases.read_only in neo4j.conf and ALTER DATABASE … SET ACCESS READ WRITE",
        )
    if code.startswith("Neo.ClientError.Security."):
        return StoreError(
            f"the user {named!r} may not do this: {reason}",
            where=url,
            remedy="grant it, or set NEO4J_USERNAME to a user who may",
        )
    if query:
        return QueryError(f"Neo4j refuses the statement: {reason}")
    return StoreError(
        f"the server failed: {reason}",
        where=url,
        remedy="look at the server's logs, then run the command again",
    )


def _refused(error: neo4j.exceptions.Neo4jError, lines_before: int) -> QueryError:
    message = (error.message or "").strip().splitlines()
    what = message[0] if message else error.code or ""
    if error.code in _READ_ONLY:
        return would_change()
    where = None
    if match := _PLACE.search(what):
        what = what[: match.start()]
        where = f"line {int(match['line']) - lines_before}, column {match['column']}"
    return QueryError(f"Neo4j refuses the statement: {what}", where=where)


# As the server ends the first line of a message.
_PLACE = re.compile(r" \(line (?P<line>\d+), column (?P<column>\d+) \(offset: \d+\)\)$")
_READ_ONLY = frozenset(
    {
        "Neo.ClientError.Statement.AccessMode",
        "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase",
        "Neo.ClientError.General.WriteOnReadOnlyAccessDatabase",
        "Neo.ClientError.Cluster.NotALeader",
    }
)


def _no_server(error: Exception, url: str) -> StoreUnreachableError:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    reason = (lines[-1] if lines else type(error).__name__)[:200]
    return StoreUnreachableError(
        f"no Neo4j server answers there: {reason}",
        where=url,
        remedy="start the server, and mind its Bolt port (7687) and whether it wants encryption "
        "(+s, or +ssc for a self-signed certificate)",
    )


def _refuse_old(agent: str, url: str) -> None:
    match = re.match(r"Neo4j/(\d+)\.(\d+)", agent)
    if match is None:
        raise StoreUnreachableError(
            f"the server says that it is {agent[:60]!r}, not Neo4j",
            where=url,
            remedy="use Neo4j 5.26 or later",
        )
    if (int(match[1]), int(match[2])) < _OLDEST:
        raise StoreUnreachableError(
            f"the server is {agent[:60]}, which is too old",
            where=url,
            remedy="use Neo4j 5.26 or later",
        )


def _has_valid_port(parts: SplitResult) -> bool:
    try:
        return bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
