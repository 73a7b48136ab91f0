"""Whether a load fits into the memory of the machine, asked before it begins.

The embedded store is a graph in memory, and so is what is derived on the way to it; of a load into
a server, which sends rows, this process takes nearly as much. What that takes was measured: papers
of three authors and no abstract take at most 14 kB each, a citation 0.8 kB, and a character of an
abstract, which names, sentences and statements are read from, 60 bytes; a fifth more than a load of
100,000 papers takes (docs/profiles.md). Of a graph as asserted, 46,000 entities with 92,000 edges
took 460 MB.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from graphkb.errors import StoreTooLargeError
from graphkb.model.record import AssertedRecord, PaperRecord, Record
from graphkb.model.source import Notice, Skipped

__all__ = ["Room", "available_memory", "needed_memory", "refuse_what_does_not_fit"]

_PROGRAM = 80_000_000
_RECORD = 14_000
_REFERENCE = 800
_CHARACTER = 60
_ENTITY = 4_000
_EDGE = 3_000
_REMARK = 600
# What records take while they are read, and their digest is made, is less than this part.
_OF_READING = 6
# How many bytes of a file tell what the rest is like, and how far they may be wrong.
_SAMPLE = 4_000_000
_MARGIN = 1.5
# After how many records it is looked whether they still fit.
_LOOK = 500
_MEMINFO = Path("/proc/meminfo")


def needed_memory(records: Iterable[Record], held: int = 0) -> int:
    """Estimate what deriving and holding a graph takes.

    Parameters
    ----------
    records : iterable of Record
        What is loaded.
    held : int
        How many records the store holds already.

    Returns
    -------
    int
        Bytes.

    Examples
    --------
    >>> needed_memory([PaperRecord("1", "A title", references=("arxiv:2402.03300",))])
    80014800
    """
    return _PROGRAM + held * _RECORD + sum(map(_of_record, records))


def _of_record(record: Record) -> int:
    if isinstance(record, AssertedRecord):
        return _ENTITY + len(record.edges) * _EDGE
    if isinstance(record, PaperRecord):
        own = len(record.references) * _REFERENCE + len(record.abstract) * _CHARACTER
        return _RECORD + own
    return _RECORD


def available_memory() -> int | None:
    """Return how many bytes this process may still take, where the system tells."""
    bounds = []
    try:
        lines = _MEMINFO.read_text(encoding="ascii").splitlines()
        bounds += [int(t.split()[1]) * 1024 for t in lines if t.startswith("MemAvailable:")]
    except OSError:
        pass
    try:
        import resource

        bound = resource.getrlimit(resource.RLIMIT_AS)[0]
        if bound != resource.RLIM_INFINITY:
            bounds.append(bound)
    except ImportError:  # Windows
        pass
    return min(bounds, default=None)


class Room:
    """The memory that a load may take, watched while its sources are read.

    What is read is an estimate of what is to come: a file of which the first megabytes say that
    the whole would never fit is refused there and then, and any source at the record that is too
    many. How much of a file is passed is told by whoever opens it.

    Parameters
    ----------
    where : str
        The store.
    first : bool
        Whether the store is new, so that all that is read will be derived. Else it may hold the
        same already, and only what the records themselves take is watched; whether the rest fits
        is asked when it is known what is new.

    Examples
    --------
    >>> room = Room("papers.kgl", first=True)
    >>> room.begin()
    >>> room.take(PaperRecord("1", "A title"))
    """

    def __init__(self, where: str, *, first: bool) -> None:
        self._where = where
        self._first = first
        self._available = available_memory()
        self._taken = 0
        self._before = 0
        self._share = 0.0
        self._count = 0

    def begin(self) -> None:
        """Begin another source."""
        self._before = self._taken
        self._share = 0.0

    def passed(self, at: int, size: int) -> None:
        """Take notice of how many bytes of how many of the source's file are passed."""
        self._share = at / size if size and at >= _SAMPLE else 0.0

    def take(self, found: Record | Skipped | Notice) -> None:
        """Count what was read.

        Parameters
        ----------
        found : Record, Skipped or Notice
            What a loader yielded.

        Raises
        ------
        StoreTooLargeError
            All of it would not fit.
        """
        self._taken += _REMARK if isinstance(found, Skipped | Notice) else _of_record(found)
        self._count += 1
        if self._available is not None and self._count % _LOOK == 0:
            self._look(self._available)

    def _look(self, available: int) -> None:
        so_far = self._needed(self._taken)
        if so_far > available:
            raise _too_large(f"more than {so_far / 1e9:.1f} GB", available, self._where)
        if self._share:
            own = self._taken - self._before
            whole = self._needed(self._before + round(own / self._share))
            if whole > _MARGIN * available:
                raise _too_large(f"about {whole / 1e9:,.1f} GB", available, self._where)

    def _needed(self, taken: int) -> int:
        return _PROGRAM + (taken if self._first else taken // _OF_READING)


def refuse_what_does_not_fit(records: Iterable[Record], held: int, where: str) -> None:
    """Refuse a load that the memory cannot hold, before anything is derived or written.

    Parameters
    ----------
    records : iterable of Record
        What is loaded.
    held : int
        How many records the store holds already.
    where : str
        The store.

    Raises
    ------
    StoreTooLargeError
        It would take more than there is.
    """
    needed, available = needed_memory(records, held), available_memory()
    if available is not None and needed > available:
        raise _too_large(f"about {needed / 1e9:.1f} GB", available, where)


def _too_large(needed: str, available: int, where: str) -> StoreTooLargeError:
    return StoreTooLargeError(
        f"this load would take {needed} of memory, and {available / 1e9:.1f} GB are free; "
        "nothing was written",
        where=where,
        remedy="write import files for a Neo4j server, which takes no more memory for more papers: "
        "graphkb bulk SOURCE… -o DIR; or load less of it",
    )
