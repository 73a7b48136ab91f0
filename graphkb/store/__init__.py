"""Where the graph lives: one protocol, an embedded store in a file and a Neo4j server."""

from __future__ import annotations

import re

from graphkb.errors import StoreError
from graphkb.store.protocol import Changes, PlanStep, Rows, Store, Stream

__all__ = ["Changes", "PlanStep", "Rows", "Store", "Stream", "open_store"]

_SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")


def open_store(url: str, *, write: bool = False) -> Store:
    """Open the store that a URL names.

    Parameters
    ----------
    url : str
        The path of a file (the embedded store), ``:memory:`` (one that is never saved), or a
        server: ``bolt://``, ``neo4j://``, each also with ``+s`` and ``+ssc``. A server's user,
        password and database come from NEO4J_USERNAME, NEO4J_PASSWORD and NEO4J_DATABASE.
    write : bool
        True to write; a file that is not there comes into being with the first write.

    Returns
    -------
    Store
        To be closed, or used in a ``with``.

    Raises
    ------
    StoreMissingError
        Reading was asked of a file that is not there; nothing is created.
    StoreBusyError
        Another process writes the file.
    StoreUnreachableError
        No server answers, or it refuses the login, the database or the version.
    StoreError
        The URL is of no known kind, or the file is no store.

    Examples
    --------
    >>> with open_store(":memory:") as store:
    ...     store.cypher("RETURN 1 AS one").rows
    ((1,),)
    """
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*)://", url)
    if scheme is None:
        from graphkb.store.embedded import EmbeddedStore

        if not url:
            raise StoreError("the store has no name", remedy="name a file, or a bolt:// URL")
        return EmbeddedStore(url, write=write)
    if scheme[1].lower() in _SCHEMES:
        from graphkb.store.neo4j import Neo4jStore

        return Neo4jStore(url, write=write)
    raise StoreError(
        f"no store is named by {scheme[1]}://",
        remedy="give the path of a file, or " + ", ".join(f"{name}://" for name in _SCHEMES),
    )
