"""Spans of time between dates of the precision that is known."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from graphkb.errors import QueryError
from graphkb.model.date import iso_date

__all__ = ["Period", "checked_date", "first_day", "last_day", "months_later"]


def checked_date(text: str) -> str:
    """Return a date that a person gave.

    Parameters
    ----------
    text : str
        2024, 2024-05 or 2024-05-24.

    Returns
    -------
    str
        The same.

    Raises
    ------
    QueryError
        It is none of the three.
    """
    if iso_date(text) != text:
        raise QueryError(f"{text!r} is no date", remedy="write 2024, 2024-05 or 2024-05-24")
    return text


def first_day(known: str) -> str:
    """Return the first day that a date may mean.

    Parameters
    ----------
    known : str
        A date of any precision.

    Returns
    -------
    str
        A day.

    Examples
    --------
    >>> first_day("2024"), first_day("2024-02"), first_day("2024-02-10")
    ('2024-01-01', '2024-02-01', '2024-02-10')
    """
    return known + "-01-01"[len(known) - 4 :]


def last_day(known: str) -> str:
    """Return the last day that a date may mean.

    Parameters
    ----------
    known : str
        A date of any precision.

    Returns
    -------
    str
        A day.

    Examples
    --------
    >>> last_day("2024"), last_day("2024-02"), last_day("2024-02-10")
    ('2024-12-31', '2024-02-29', '2024-02-10')
    """
    month = first_day(known[:7] if len(known) > 4 else f"{known}-12")
    days = calendar.monthrange(int(month[:4]), int(month[5:7]))[1]
    return known if len(known) > 7 else f"{month[:7]}-{days:02}"


def months_later(day: str, months: int) -> str:
    """Return the first day of the month that is some months later.

    Parameters
    ----------
    day : str
        A day.
    months : int
        How many; negative for earlier.

    Returns
    -------
    str
        A day.

    Raises
    ------
    QueryError
        The calendar does not reach so far.

    Examples
    --------
    >>> months_later("2024-11-20", 3), months_later("2024-01-01", -1)
    ('2025-02-01', '2023-12-01')
    """
    year, month = divmod(int(day[:4]) * 12 + int(day[5:7]) - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise _too_long()
    return f"{year:04}-{month + 1:02}-01"


@dataclass(frozen=True, slots=True)
class Period:
    """The days from one to another, both included.

    Parameters
    ----------
    first, last : str
        Days.

    Examples
    --------
    >>> june = Period.of("2025-06", "2025-06")
    >>> june.holds("2025-06-30"), june.holds("2025-06"), june.holds("2025")
    (True, True, False)
    >>> str(june.before), str(Period("2025-06-11", "2025-06-20").before)
    ('2025-05-01 to 2025-05-31', '2025-06-01 to 2025-06-10')
    """

    first: str
    last: str

    @classmethod
    def of(cls, since: str, until: str) -> Period:
        """Return the period of two dates of any precision, both included.

        Raises
        ------
        QueryError
            One is no date, or they are the wrong way round.
        """
        found = cls(first_day(checked_date(since)), last_day(checked_date(until)))
        if found.last < found.first:
            raise QueryError(f"{since} is after {until}", remedy="give the earlier date as since")
        return found

    def holds(self, published: str | None) -> bool:
        """Tell whether what has this date is certainly of this period."""
        return (
            bool(published)
            and self.first <= first_day(str(published))
            and last_day(str(published)) <= self.last
        )

    @property
    def before(self) -> Period:
        """The period of the same length that ends where this one begins.

        Of whole months, it has as many months; else, as many days.
        """
        try:
            eve = (date.fromisoformat(self.first) - timedelta(days=1)).isoformat()
            if self.first.endswith("-01") and self.last == last_day(self.last[:7]):
                months = (int(self.last[:4]) - int(self.first[:4])) * 12
                months += int(self.last[5:7]) - int(self.first[5:7]) + 1
                return Period(months_later(self.first, -months), eve)
            length = date.fromisoformat(self.last) - date.fromisoformat(self.first)
            return Period((date.fromisoformat(eve) - length).isoformat(), eve)
        except OverflowError:
            raise _too_long() from None

    def __str__(self) -> str:
        return f"{self.first} to {self.last}"


def _too_long() -> QueryError:
    return QueryError("the calendar does not reach so far", remedy="ask about a shorter time")
