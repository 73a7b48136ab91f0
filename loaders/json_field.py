"""Reading the fields of a JSON object that somebody else wrote.

Each reader takes the object, the field's name and a list of notices. A value of a type that the
field cannot have raises :class:`WrongTypeError`: the object is not what it is taken for. A value of
the right type that means nothing (a date that does not exist) is left out, and noticed.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from typing import Any

from graphkb.model.date import iso_date
from graphkb.model.identifier import arxiv_from_doi, arxiv_id, doi, orcid, repository
from graphkb.model.record import AuthorName, Organization
from graphkb.model.text import clean_text

__all__ = [
    "FieldReader",
    "WrongTypeError",
    "authors",
    "bare_id",
    "count",
    "each",
    "line",
    "nested",
    "nested_list",
    "normalised",
    "organizations",
    "published",
    "reference",
    "repository_id",
    "text",
    "truth",
]

FieldReader = Callable[[dict[str, Any], str, list[str]], Any]

_BARE_ID = re.compile(r"[^\s\x00-\x20\x7f-\x9f\ud800-\udfff]+")


class WrongTypeError(Exception):
    """A field has a value of a type that it cannot have."""


def text(given: dict[str, Any], name: str, _notices: list[str] | None = None) -> str | None:
    """Return the text of a field as it is; None where it is missing or null."""
    value = given.get(name)
    if value is not None and not isinstance(value, str):
        raise WrongTypeError(f"{name!r} is {_kind(value)}, not text")
    return value


def line(given: dict[str, Any], name: str, _notices: list[str]) -> str | None:
    """Return the cleaned text of a field; None where nothing is left."""
    return clean_text(text(given, name) or "") or None


def nested(given: dict[str, Any], name: str) -> dict[str, Any]:
    """Return the object in a field; an empty one where it is missing or null."""
    value = given.get(name)
    if value is not None and not isinstance(value, dict):
        raise WrongTypeError(f"{name!r} is {_kind(value)}, not an object")
    return value or {}


def nested_list(given: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """Return the objects in a list, nulls left out; none where the list is missing or null."""
    if given.get(name) is None:
        return []
    members = [member for member in _members(given, name) if member is not None]
    for member in members:
        if not isinstance(member, dict):
            raise WrongTypeError(f"{name!r} holds {_kind(member)}, not an object")
    return members


def published(given: dict[str, Any], day: str, year: str, notices: list[str]) -> str | None:
    """Return a date from the field of a day, else from that of a year, which is a number."""
    if given.get(day) is not None and (found := normalised(iso_date, "date")(given, day, notices)):
        return str(found)
    if given.get(year) is None:
        return None
    number = count(given, year, notices)
    return iso_date(f"{number:04}") if number else None


def count(given: dict[str, Any], name: str, notices: list[str]) -> int | None:
    """Return a whole number that counts something."""
    value = given[name]
    if isinstance(value, bool) or not isinstance(value, int):
        raise WrongTypeError(f"{name!r} is {_kind(value)}, not a whole number")
    if not 0 <= value < 2**31:
        notices.append(f"{name!r} is {value}, which counts nothing; left out")
        return None
    return value


def truth(given: dict[str, Any], name: str, _notices: list[str]) -> bool:
    """Return true or false."""
    if not isinstance(given[name], bool):
        raise WrongTypeError(f"{name!r} is {_kind(given[name])}, not true or false")
    return bool(given[name])


def normalised(normalise: Callable[[str], str | None], what: str) -> FieldReader:
    """Return a reader of text that has a normal form, which `normalise` gives."""

    def read(given: dict[str, Any], name: str, notices: list[str]) -> str | None:
        written = text(given, name) or ""
        value = normalise(written)
        if value is None:
            notices.append(f"{name!r}: {written!r} is no {what}; left out")
        return value

    return read


def each(normalise: Callable[[str], str | None], what: str) -> FieldReader:
    """Return a reader of a list of such texts, each normal form once."""

    def read(given: dict[str, Any], name: str, notices: list[str]) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for member in _members(given, name):
            if not isinstance(member, str):
                raise WrongTypeError(f"{name!r} holds {_kind(member)}, not text")
            value = normalise(member)
            if value is None:
                notices.append(f"{name!r}: {member!r} is no {what}; left out")
            else:
                found[value] = None
        return tuple(found)

    return read


def authors(given: dict[str, Any], name: str, notices: list[str]) -> tuple[AuthorName, ...]:
    """Return authors from names, or from objects with ``name`` and ``orcid``."""
    found = []
    for author, written in _named(given, name, "orcid"):
        known = orcid(written) if written else None
        if written and known is None:
            notices.append(f"{name!r}: {written!r} is no ORCID; left out")
        found.append(AuthorName(author, known))
    return tuple(found)


def organizations(
    given: dict[str, Any], name: str, _notices: list[str]
) -> tuple[Organization, ...]:
    """Return organisations from names, or from objects with ``name`` and ``handle``."""
    return tuple(
        Organization(organization, clean_text(handle or "") or None)
        for organization, handle in _named(given, name, "handle")
    )


def repository_id(written: str) -> str | None:
    """Return the id of the repository that an address or an id names."""
    found = repository(written.removeprefix("repo:"))
    return found.id if found else None


def reference(written: str) -> str | None:
    """Return ``arxiv:…`` or ``doi:…`` for a cited work."""
    arxiv = arxiv_id(written) or arxiv_from_doi(written)
    if arxiv:
        # Many cite the same: each id is in memory once.
        return sys.intern(f"arxiv:{arxiv}")
    published = doi(written)
    return sys.intern(f"doi:{published}") if published else None


def bare_id(written: str) -> str | None:
    """Return an identifier of which nothing is known but that it has no spaces."""
    stripped = written.strip()
    return stripped if _BARE_ID.fullmatch(stripped) else None


def _members(given: dict[str, Any], name: str) -> list[Any]:
    if not isinstance(given[name], list):
        raise WrongTypeError(f"{name!r} is {_kind(given[name])}, not a list")
    return list(given[name])


def _named(given: dict[str, Any], name: str, other: str) -> Iterator[tuple[str, str | None]]:
    """Yield the name and one further field of each member of a list of names or of objects."""
    for member in _members(given, name):
        value = {"name": member} if isinstance(member, str) else member
        if not isinstance(value, dict):
            raise WrongTypeError(f"{name!r} holds {_kind(member)}, not a name or an object")
        named = clean_text(text(value, "name") or "")
        if not named:
            raise WrongTypeError(f"{name!r} holds an entry without a name")
        yield named, text(value, other)


def _kind(value: object) -> str:
    kinds = {str: "text", bool: "true or false", list: "a list", dict: "an object"}
    return "null" if value is None else kinds.get(type(value), "a number")
