"""What the embedded engine's refusals mean to a person."""

from __future__ import annotations

import re

from graphkb.errors import QueryError
from graphkb.store.guard import would_change

__all__ = ["WORK", "query_error"]

# Rows and list items that a person's statement may hold at once. A row of a product takes about
# 240 bytes, so this is 2.4 GB; pairs of methods by common paper over 100,000 USES hold a tenth.
WORK = 10_000_000

_KIND = re.compile(r"^(?:Cypher syntax|Cypher execution|Schema) error(?: at [^:]*)?: ")
_LONGEST = 300


def query_error(error: Exception, *, is_as_written: bool, lines_before: int = 0) -> QueryError:
    """Return the error for a statement that the engine refuses.

    Parameters
    ----------
    error : Exception
        What the engine raised.
    is_as_written : bool
        True where the engine was given the person's own text, so that its columns are theirs.
    lines_before : int
        How many lines of ours stood before it.

    Returns
    -------
    QueryError
        With the place where the engine knows it.
    """
    import kglite

    if isinstance(error, kglite.ReadOnlyError):
        return would_change()
    if "max_work_units" in str(error):
        return QueryError(
            f"the statement holds more than {WORK:,} rows at once",
            remedy="bind a node by its id, or aggregate before the next MATCH; a Neo4j holds more",
        )
    what = _KIND.sub("", (str(error).splitlines() or [type(error).__name__])[0])[:_LONGEST]
    line, column = getattr(error, "line", None), getattr(error, "col", None)
    where = None
    if is_as_written and line is not None and column is not None:
        where = f"line {line - lines_before}, column {column}"
    return QueryError(f"the embedded store refuses the statement: {what}", where=where)
