"""Dates of the precision that is known: '2019', '2019-05', '2019-05-24'."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

__all__ = ["WrittenDate", "iso_date", "month_number", "written_date", "year_of"]

_ISO = re.compile(
    r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2})"
    r"(?:[T ][0-9]{2}:[0-9]{2}[0-9:.,]*(?:Z|[+-][0-9:]+)?)?)?)?"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONG = ("january", "february", "march", "april", "may", "june", "july", "august", "september",
         "october", "november", "december")  # fmt: skip
_WRITTEN = re.compile(r"([A-Za-z]{3,9})\.? ([0-9]{1,2})(?:, ?([0-9]{4}))?")
_MONTH = re.compile(rf"(?<![a-z])({'|'.join(_LONG)}|{'|'.join(_MONTHS)}|sept)(?![a-z])")
_LEAP_YEAR = 2000


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A day as a listing writes it, perhaps without its year.

    Parameters
    ----------
    month, day : int
        From 1.
    year : int, optional
        ``None`` where the listing leaves it out.
    """

    month: int
    day: int
    year: int | None = None

    def iso(self, year: int | None = None) -> str | None:
        """Return the day as an ISO date.

        Parameters
        ----------
        year : int, optional
            The year to take where the listing leaves it out.

        Returns
        -------
        str or None
            ``None`` where no year is known, and for the 29 February of a year without one.

        Examples
        --------
        >>> WrittenDate(10, 30).iso(2025), WrittenDate(10, 30).iso(), WrittenDate(2, 29).iso(2025)
        ('2025-10-30', None, None)
        """
        known = self.year if self.year is not None else year
        return None if known is None else _checked(known, self.month, self.day)


@lru_cache(maxsize=65536)
def iso_date(text: str) -> str | None:
    """Return a date in its normal form, as precise as it was given.

    Parameters
    ----------
    text : str
        ``2019``, ``2019-5``, ``2019-05-24``, or a timestamp, of which the day is kept.

    Returns
    -------
    str or None
        The ISO date; ``None`` where the text is none or names a day that does not exist.

    Examples
    --------
    >>> iso_date("2019"), iso_date("2019-5"), iso_date("2019-05-24T10:00:00Z")
    ('2019', '2019-05', '2019-05-24')
    >>> iso_date("2019-02-29") is None
    True
    """
    found = _ISO.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day = found.groups()
    return _checked(int(year), int(month) if month else None, int(day) if day else None)


def year_of(published: str | None) -> int | None:
    """Return the year of an ISO date.

    Parameters
    ----------
    published : str or None
        A date of any precision.

    Returns
    -------
    int or None
        The year; ``None`` where the date is none.

    Examples
    --------
    >>> year_of("2019-05"), year_of(None)
    (2019, None)
    """
    normal = iso_date(published) if published else None
    return int(normal[:4]) if normal else None


def month_number(text: str) -> int | None:
    """Return the month that a field names, alone or among days.

    Parameters
    ----------
    text : str
        An English month, short or long, perhaps with days, or its number.

    Returns
    -------
    int or None
        From 1; the first of several; ``None`` where it names none.

    Examples
    --------
    >>> month_number("aug"), month_number("21-27 July"), month_number("08"), month_number("Spring")
    (8, 7, 8, None)
    """
    stripped = text.strip().lower()
    if stripped.isascii() and stripped.isdigit() and len(stripped) <= 2:
        return int(stripped) if 1 <= int(stripped) <= 12 else None
    found = _MONTH.search(stripped)
    return _MONTHS.index(found[1][:3]) + 1 if found else None


def written_date(text: str) -> WrittenDate | None:
    """Read a day as listings write it: ``Dec 22, 2023`` or ``Oct 30``.

    Parameters
    ----------
    text : str
        An English month, short or long, a day, and perhaps a year.

    Returns
    -------
    WrittenDate or None
        ``None`` where the text is no such day, or no such day exists in any year.

    Examples
    --------
    >>> written_date("Dec 22, 2023")
    WrittenDate(month=12, day=22, year=2023)
    >>> written_date("Oct 30"), written_date("Feb 30"), written_date("Marvin 12")
    (WrittenDate(month=10, day=30, year=None), None, None)
    """
    found = _WRITTEN.fullmatch(" ".join(text.split()))
    if found is None:
        return None
    name, day, year = found[1].lower(), int(found[2]), int(found[3]) if found[3] else None
    if name[:3] not in _MONTHS:
        return None
    at = _MONTHS.index(name[:3])
    if name not in (_MONTHS[at], _LONG[at], "sept"):
        return None
    exists = _checked(year if year is not None else _LEAP_YEAR, at + 1, day)
    return WrittenDate(at + 1, day, year) if exists else None


@lru_cache(maxsize=65536)
def _checked(year: int, month: int | None, day: int | None) -> str | None:
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    if month == 0 or day == 0:
        return None
    if month is None:
        return f"{year:04}"
    return f"{year:04}-{month:02}" if day is None else f"{year:04}-{month:02}-{day:02}"
