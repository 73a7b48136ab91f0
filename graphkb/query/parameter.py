"""What a named query takes: a name, a type, bounds, perhaps a default, and a meaning."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from graphkb.errors import QueryError
from graphkb.model.date import iso_date
from graphkb.model.schema import ENTITY_TYPES

__all__ = ["ENTITY_PARAMETERS", "Parameter", "converted", "parse_parameter"]

ENTITY_PARAMETERS = {declared.label.lower(): declared.label for declared in ENTITY_TYPES}
_SCALAR_TYPES: Mapping[str, type] = {
    "integer": int,
    "float": float,
    "string": str,
    "boolean": bool,
    "date": str,
}
_SHOWN_TYPES = {
    "integer": "a whole number",
    "float": "a number",
    "string": "a text",
    "boolean": "true or false",
    "date": "a date such as 2025, 2025-06 or 2025-06-30",
}
_PARAMETER = re.compile(
    r"(?P<name>\w+):\s*(?P<type>\w+)(?P<optional>\?)?"
    r"(?:\s+(?P<bounds>(?P<least>-?\d+)?\.\.(?P<most>-?\d+)?))?"
    r"(?:\s*=\s*(?P<default>[^;]+?))?\s*;\s*(?P<meaning>.+)"
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a named query.

    Parameters
    ----------
    name, type, meaning : str
        As the header declares them.
    default : object
        The value when none is given; None where one must be given, or may be missing.
    least, most : int, optional
        The bounds of an integer, both inclusive.
    optional : bool
        Whether the query is given null where a person gives nothing.
    """

    name: str
    type: str
    meaning: str
    default: object = None
    least: int | None = None
    most: int | None = None
    optional: bool = False

    @property
    def bounds(self) -> str:
        """The bounds as the header declares them; empty where there are none."""
        if self.least is None and self.most is None:
            return ""
        return f"{_shown(self.least)}..{_shown(self.most)}"

    @property
    def needed(self) -> bool:
        """Whether it must be given."""
        return self.default is None and not self.optional

    @property
    def declared(self) -> str:
        """Type, bounds and default, as the header declares them.

        Examples
        --------
        >>> Parameter("limit", "integer", "most rows", 50, least=1, most=1000).declared
        'integer 1..1000 = 50'
        """
        bounds = f" {self.bounds}" if self.bounds else ""
        default = "" if self.default is None else f" = {_spelled(self.default)}"
        return f"{self.type}{'?' if self.optional else ''}{bounds}{default}"

    def value(self, given: object) -> object:
        """Return a value in the parameter's scalar type and within its bounds.

        Parameters
        ----------
        given : object
            A value of the type, or text that spells one.

        Returns
        -------
        object
            The value.

        Raises
        ------
        ValueError
            It is none; the message says what the parameter takes.

        Examples
        --------
        >>> Parameter("limit", "integer", "most rows", least=1, most=9).value("0")
        Traceback (most recent call last):
        ...
        ValueError: a whole number from 1 to 9, not '0'
        """
        try:
            value = converted(self.type, given)
        except ValueError:
            value = None
        beyond = isinstance(value, int) and (
            (self.least is not None and value < self.least)
            or (self.most is not None and value > self.most)
        )
        if value is None or beyond:
            raise ValueError(f"{_SHOWN_TYPES[self.type]}{self._within()}, not {given!r}")
        return value

    def _within(self) -> str:
        if self.least is not None and self.most is not None:
            return f" from {self.least} to {self.most}"
        if self.least is not None:
            return f" of at least {self.least}"
        return "" if self.most is None else f" of at most {self.most}"


def parse_parameter(text: str, place: str) -> Parameter:
    """Read what follows ``// param:`` in a header.

    Parameters
    ----------
    text : str
        ``name: type bounds = default; meaning``; bounds and default may be missing, and a ``?``
        after the type says that a person may give nothing.
    place : str
        Where it stands, for errors.

    Returns
    -------
    Parameter
        The parameter.

    Raises
    ------
    QueryError
        It is malformed, or its default is none of its values.

    Examples
    --------
    >>> parse_parameter("since: date?; the first day", "a.cypher:3").optional
    True
    """
    match = _PARAMETER.fullmatch(text)
    if match is None:
        raise QueryError(
            "a parameter is `name: type bounds = default; meaning`",
            where=place,
            remedy="write it so; only bounds and default may be missing",
        )
    kind, default = match["type"], match["default"]
    if kind not in _SCALAR_TYPES and kind not in ENTITY_PARAMETERS:
        known = ", ".join([*_SCALAR_TYPES, *ENTITY_PARAMETERS])
        raise QueryError(f"there is no type {kind}", where=place, remedy=f"use one of {known}")
    if match["optional"] and default is not None:
        raise QueryError(
            "what may be missing has no default", where=place, remedy="leave out the ? or the ="
        )
    least, most = (int(bound) if (bound := match[name]) else None for name in ("least", "most"))
    if match["bounds"] and (kind != "integer" or (least is None and most is None)):
        raise QueryError(
            f"{match['bounds']} bounds no {kind}",
            where=place,
            remedy="bound an integer as 1.., ..100 or 1..100",
        )
    if least is not None and most is not None and least > most:
        raise QueryError(f"nothing is within {match['bounds']}", where=place, remedy="swap them")
    meaning, optional = match["meaning"], match["optional"] is not None
    parameter = Parameter(match["name"], kind, meaning, default, least, most, optional)
    if default is None or kind in ENTITY_PARAMETERS:
        return parameter
    try:
        return replace(parameter, default=parameter.value(default))
    except ValueError as error:
        raise QueryError(
            f"the default is to be {error}", where=place, remedy="write one that the type takes"
        ) from None


def _shown(bound: int | None) -> str:
    return "" if bound is None else str(bound)


def _spelled(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def converted(kind: str, value: object) -> object:
    """Return a value in a scalar type.

    Parameters
    ----------
    kind : {'integer', 'float', 'string', 'boolean', 'date'}
        The type.
    value : object
        A value of it, or text that spells one.

    Returns
    -------
    object
        The value; of a date its ISO form, as precise as it was given.

    Raises
    ------
    ValueError
        It is none.

    Examples
    --------
    >>> converted("integer", "50"), converted("boolean", "True"), converted("date", "2025-6")
    (50, True, '2025-06')
    """
    wanted = _SCALAR_TYPES[kind]
    if kind == "date":
        found = iso_date(value.isoformat() if isinstance(value, date) else str(value))
        if found is None or isinstance(value, bool | float):
            raise ValueError(f"{value!r} is no {kind}")
        return found
    if isinstance(value, wanted) and (wanted is bool or not isinstance(value, bool)):
        return value
    if wanted is float and type(value) is int:
        return float(value)
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is no {kind}")
    if wanted is bool:
        if value.casefold() not in ("true", "false"):
            raise ValueError(f"{value!r} is no {kind}")
        return value.casefold() == "true"
    try:
        return wanted(value)
    except ValueError:
        raise ValueError(f"{value!r} is no {kind}") from None
