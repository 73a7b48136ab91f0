"""What a load did, told source by source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from graphkb.errors import GraphKBError
from graphkb.model.source import Notice, Skipped

__all__ = ["Failure", "LoadReport", "SourceReport", "folded"]

Outcome = Literal["loaded", "replaced", "unchanged"]

_LINE = re.compile(r"line ([0-9]+)")
_PLACES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class SourceReport:
    """What became of one source.

    Parameters
    ----------
    id : str
        ``<loader>:<name>``.
    outcome : {'loaded', 'replaced', 'unchanged'}
        Whether its content is new, other than before, or the same.
    kept : int
        Records that the source delivered and the store now holds.
    merged : int
        Records that repeat another one of the same source.
    joined : int
        Kept records that are one work with a record of any source.
    skipped : tuple of Skipped
        What was read and not kept, with place and reason.
    notices : tuple of Notice
        What a person should know.
    cited : int
        Cited works that the source tells of without delivering them, beside the kept records.
    edges : int
        Edges that the source asserts between the entities that its records are of.
    """

    id: str
    outcome: Outcome
    kept: int
    merged: int
    joined: int
    skipped: tuple[Skipped, ...]
    notices: tuple[Notice, ...]
    cited: int = 0
    edges: int = 0

    @property
    def read(self) -> int:
        """How many records were read: kept, merged and skipped ones."""
        return self.kept + self.merged + len(self.skipped)


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that could not be loaded.

    Parameters
    ----------
    source : str
        As the person named it.
    error : GraphKBError
        Why, and what to do.
    """

    source: str
    error: GraphKBError

    def __str__(self) -> str:
        where = self.error.where or ""
        # The place of the error is mostly a line of the source: the source is named once.
        if where == self.source or where.startswith(f"{self.source}:"):
            return f"{where}: not loaded; {self.error.clause}"
        return f"{self.source}: not loaded; {self.error}"


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did.

    Parameters
    ----------
    sources : tuple of SourceReport
        In the order in which they were given.
    failures : tuple of Failure
        The sources that did not load; the others did.
    changes : int
        Entities and edges written or deleted; 0 where the store held everything already.
    dry_run : bool
        True where nothing was written on request.
    """

    sources: tuple[SourceReport, ...]
    failures: tuple[Failure, ...] = ()
    changes: int = 0
    dry_run: bool = False


def folded(skipped: Iterable[Skipped]) -> Iterator[Skipped]:
    """Yield each reason once, with its places in few words.

    Parameters
    ----------
    skipped : iterable of Skipped
        What was not kept.

    Yields
    ------
    Skipped
        In the order in which the reasons first come.

    Examples
    --------
    >>> found = [Skipped(f"line {n}", "no object") for n in range(1, 451)]
    >>> [(fold.place, fold.reason) for fold in folded(found)]
    [('lines 1-450 (450)', 'no object')]
    """
    places: dict[str, list[str]] = {}
    for one in skipped:
        places.setdefault(one.reason, []).append(one.place)
    for reason, found in places.items():
        yield Skipped(_places(found), reason)


def _places(found: Sequence[str]) -> str:
    if len(found) == 1:
        return found[0]
    lines = [int(line[1]) for place in found if (line := _LINE.fullmatch(place))]
    if lines and lines == list(range(lines[0], lines[0] + len(found))):
        return f"lines {lines[0]}-{lines[-1]} ({len(lines)})"
    more = len(found) - _PLACES_SHOWN
    return ", ".join(found[:_PLACES_SHOWN]) + (f", … and {more} more" if more > 0 else "")
