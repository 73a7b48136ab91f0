"""How long a first load into a server will take, told before it begins.

Rows go to a server in batches over its protocol; its own import program reads files several times
as fast, but only into a database that is not there yet.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable

from graphkb.model.record import AssertedRecord, PaperRecord, Record

__all__ = ["rows_of", "tell_what_is_faster"]

# Below so many rows, files would not be imported sooner: writing them and starting the import
# program takes as long. docs/profiles.md has the figures.
_MANY = 500_000
_ROWS_A_SECOND = 10_000
_OF_AN_ABSTRACT = 12


def rows_of(records: Iterable[Record]) -> int:
    """Estimate how many entities and edges records give a new graph.

    Parameters
    ----------
    records : iterable of Record
        What is loaded.

    Returns
    -------
    int
        Too many rather than too few: authors of several papers are counted with each.

    Examples
    --------
    >>> rows_of([PaperRecord("1", "A title", references=("arxiv:2402.03300",))])
    3
    """
    return sum(map(_of_record, records))


def _of_record(record: Record) -> int:
    if isinstance(record, AssertedRecord):
        return 2 + len(record.edges)
    if not isinstance(record, PaperRecord):
        return 2
    named = len(record.authors) + len(record.organizations) + len(record.repositories)
    return 2 + 2 * named + len(record.references) + bool(record.abstract) * _OF_AN_ABSTRACT


def tell_what_is_faster(records: Iterable[Record]) -> None:
    """Warn of a load into an empty server that takes long, and say what takes less.

    Parameters
    ----------
    records : iterable of Record
        What is loaded.
    """
    rows = rows_of(records)
    if rows > _MANY:
        minutes = max(1, round(rows / _ROWS_A_SECOND / 60))
        logging.getLogger(__name__).warning(
            "up to %s rows go to the server in batches: about %d %s at %s rows a second. An empty "
            "server is filled sooner from import files: graphkb bulk SOURCE… -o DIR",
            f"{rows:,}",
            minutes,
            "minute" if minutes == 1 else "minutes",
            f"{_ROWS_A_SECOND:,}",
        )
