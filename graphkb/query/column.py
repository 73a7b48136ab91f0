"""What a named query gives: columns with a name, a type and a meaning."""

from __future__ import annotations

import re
from dataclasses import dataclass

from graphkb.errors import QueryError
from graphkb.model.date import iso_date

__all__ = ["COLUMN_TYPES", "Column", "parse_column"]

COLUMN_TYPES = {
    "string": "a text",
    "id": "the id of an entity",
    "date": "an ISO date as precise as it is known: 2025, 2025-06 or 2025-06-30",
    "integer": "a whole number",
    "float": "a number",
    "boolean": "true or false",
    "list": "texts",
}
_COLUMN = re.compile(
    r"(?P<name>\w+):\s*(?P<type>\w+)(?P<optional>\?)?\s*;\s*(?P<meaning>.+)",
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a named query's answer.

    Parameters
    ----------
    name, type, meaning : str
        As the header declares them.
    optional : bool
        Whether a row may lack it.
    """

    name: str
    type: str
    meaning: str
    optional: bool = False

    @property
    def declared(self) -> str:
        """The type as the header declares it, with a ``?`` where a row may lack it."""
        return f"{self.type}{'?' if self.optional else ''}"

    def holds(self, value: object) -> bool:
        """Tell whether a value is what the column declares.

        Parameters
        ----------
        value : object
            A cell.

        Returns
        -------
        bool
            True where it is.

        Examples
        --------
        >>> Column("date", "date", "of the paper").holds("2025-06-31")
        False
        """
        if value is None:
            return self.optional
        match self.type:
            case "string":
                return isinstance(value, str)
            case "id":
                return isinstance(value, str) and ":" in value
            case "date":
                return isinstance(value, str) and iso_date(value) == value
            case "boolean":
                return isinstance(value, bool)
            case "integer":
                return type(value) is int
            case "float":
                return type(value) is float
        return isinstance(value, list | tuple) and all(isinstance(part, str) for part in value)


def parse_column(text: str, place: str) -> Column:
    """Read what follows ``// column:`` in a header.

    Parameters
    ----------
    text : str
        ``name: type; meaning``; a ``?`` after the type says that a row may lack it.
    place : str
        Where it stands, for errors.

    Returns
    -------
    Column
        The column.

    Raises
    ------
    QueryError
        It is malformed.

    Examples
    --------
    >>> parse_column("date: date?; when the paper was published", "a.cypher:3").optional
    True
    """
    match = _COLUMN.fullmatch(text)
    if match is None:
        raise QueryError("a column is `name: type; meaning`", where=place, remedy="write it so")
    if match["type"] not in COLUMN_TYPES:
        raise QueryError(
            f"there is no type {match['type']}",
            where=place,
            remedy=f"use one of {', '.join(COLUMN_TYPES)}",
        )
    return Column(match["name"], match["type"], match["meaning"], match["optional"] is not None)
