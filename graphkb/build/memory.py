"""Whether a load fits into the memory of the machine, asked before it begins.

The embedded store is a graph in memory, and so is what is derived on the way to it. What that takes
was measured: papers of three authors and no abstract take 14 kB each, a citation 0.8 kB, and a
character of an abstract, which names, sentences and statements are read from, 60 bytes. Of a graph
as asserted, 46,000 entities with 92,000 edges took 460 MB.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from graphkb.errors import StoreError
from graphkb.model.record import AssertedRecord, PaperRecord, Record

__all__ = ["available_memory", "needed_memory", "refuse_what_does_not_fit"]

_PROGRAM = 80_000_000
_RECORD = 14_000
_REFERENCE = 800
_CHARACTER = 60
_ENTITY = 4_000
_EDGE = 3_000
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
    needed = _PROGRAM + held * _RECORD
    for record in records:
        if isinstance(record, AssertedRecord):
            needed += _ENTITY + len(record.edges) * _EDGE
            continue
        needed += _RECORD
        if isinstance(record, PaperRecord):
            needed += len(record.references) * _REFERENCE + len(record.abstract) * _CHARACTER
    return needed


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
    StoreError
        It would take more than there is.
    """
    needed, available = needed_memory(records, held), available_memory()
    if available is not None and needed > available:
        raise StoreError(
            f"this load would take about {needed / 1e9:.1f} GB of memory, and "
            f"{available / 1e9:.1f} GB are free; nothing was written",
            where=where,
            remedy="load into a Neo4j server (--db bolt://…), or load less of it",
        )
