"""Every error that graphkb raises on purpose.

The tree::

    GraphKBError
    ├── InputError            a source could not be read
    │   ├── UnknownFormatError    no loader, or more than one, recognises it
    │   └── StrictError           --strict found something that would have been skipped
    ├── SourceConflictError   another place, or another content, holds this source's id
    ├── DecisionError         a decision contradicts another one, or cannot be told apart
    ├── NotFoundError         no entity, query, source or format of that name
    ├── QueryError            a statement or a parameter is wrong, or is not read-only
    ├── CatalogueError        the curated catalogue does not hold together
    ├── ExportError           a graph could not be written where it was asked for
    ├── ArgumentError         a function was given what it cannot take; a TypeError, too
    ├── MissingExtraError     a part of graphkb that needs further packages, which are not there
    └── StoreError            the store could not be opened, read or written
        ├── StoreMissingError     nothing is there to read
        ├── StoreClosedError      it was closed before
        ├── StoreBusyError        another process writes it
        ├── StoreTooLargeError    what is loaded does not fit into memory
        └── StoreUnreachableError no server, wrong password, unknown database, wrong version
"""

from __future__ import annotations

__all__ = [
    "ArgumentError",
    "CatalogueError",
    "DecisionError",
    "ExportError",
    "GraphKBError",
    "InputError",
    "MissingExtraError",
    "NotFoundError",
    "QueryError",
    "SourceConflictError",
    "StoreBusyError",
    "StoreClosedError",
    "StoreError",
    "StoreMissingError",
    "StoreTooLargeError",
    "StoreUnreachableError",
    "StrictError",
    "UnknownFormatError",
]


class GraphKBError(Exception):
    """What happened, where, and what to do about it.

    Parameters
    ----------
    what : str
        One clause, without a full stop: what happened.
    where : str, optional
        The place: ``file:line``, a JSON path, a statement, a record's key.
    remedy : str, optional
        What the person can do next.

    Examples
    --------
    >>> print(GraphKBError("no title", where="papers.jsonl:3", remedy="give each paper a title"))
    papers.jsonl:3: no title. Give each paper a title.
    """

    exit_code = 1

    def __init__(self, what: str, *, where: str | None = None, remedy: str | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.remedy = remedy

    @property
    def clause(self) -> str:
        """What happened and what to do about it, without the place."""
        text = self.what.rstrip(".")
        if self.remedy:
            remedy = self.remedy.rstrip(".")
            stop = "" if remedy.endswith("?") else "."
            # A name such as vLLM begins a sentence as it is spelt.
            begins = remedy[0].upper() if remedy.split(maxsplit=1)[0].islower() else remedy[0]
            return f"{text}. {begins}{remedy[1:]}{stop}"
        return text

    def __str__(self) -> str:
        return f"{self.where}: {self.clause}" if self.where else self.clause

    def __reduce__(self) -> tuple[object, ...]:
        # Keyword-only arguments would be lost between processes otherwise.
        return (_restore, (type(self), self.what, self.where, self.remedy))


def _restore(
    kind: type[GraphKBError], what: str, where: str | None, remedy: str | None
) -> GraphKBError:
    return kind(what, where=where, remedy=remedy)


class InputError(GraphKBError):
    """A source could not be read."""


class UnknownFormatError(InputError):
    """No loader, or more than one, recognises the input."""


class StrictError(InputError):
    """With --strict: something would have been skipped, so nothing was written."""

    exit_code = 3


class SourceConflictError(GraphKBError):
    """The id of a source is taken by another content from another place."""


class DecisionError(GraphKBError):
    """A decision contradicts another one, or says nothing that can be acted on."""


class NotFoundError(GraphKBError):
    """No entity, query, source or format has that name."""


class QueryError(GraphKBError):
    """A statement or parameter is wrong, or the statement would change the store."""


class CatalogueError(GraphKBError):
    """The curated catalogue does not hold together."""


class ExportError(GraphKBError):
    """A graph could not be written where it was asked for."""


class ArgumentError(GraphKBError, TypeError):
    """A function was given what it cannot take."""


class MissingExtraError(GraphKBError):
    """A part of graphkb needs packages that only an extra installs."""


class StoreError(GraphKBError):
    """The store could not be opened, read or written."""


class StoreMissingError(StoreError):
    """A read was asked of a store that is not there."""


class StoreClosedError(StoreError):
    """The store was closed before."""


class StoreBusyError(StoreError):
    """Another process writes the store."""


class StoreTooLargeError(StoreError):
    """What is to be loaded does not fit into memory."""


class StoreUnreachableError(StoreError):
    """No server, a refused login, an unknown database, a version that is too old."""
