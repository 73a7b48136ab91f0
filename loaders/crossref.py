"""``crossref``: works as the Crossref REST API describes them.

Read: a work, an answer (``{"message": …}``), a list of either, or a work a line. Kept: title and
abstract (their JATS and HTML as plain text), authors with ORCID and affiliations, the date of
issue, where it appeared, pages, the arXiv identifier of its preprint, and the cited works that
have a DOI; how many have none is told once. Not kept: funders, licences, counts, and what is no
paper (journals, issues, components, reviews, grants). The key is the DOI.

References
----------
https://www.crossref.org/documentation/retrieve-metadata/rest-api/,
https://github.com/CrossRef/rest-api-doc/blob/master/api_format.md
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from graphkb.loaders import json_field as field
from graphkb.loaders.json_field import WrongTypeError
from graphkb.loaders.json_objects import first_objects
from graphkb.loaders.json_records import Uncited, json_records
from graphkb.loaders.markup import plain_text

from graphkb.model.date import iso_date
from graphkb.model.identifier import arxiv_from_doi, doi, orcid
from graphkb.model.record import AuthorName, Organization, PaperRecord
from graphkb.model.source import SourceInput, Yield, loader
from graphkb.model.text import clean_text

__all__ = ["crossref"]

_UNDER = ("message.items", "message")
_TELLING = {"indexed", "reference-count", "references-count", "is-referenced-by-count", "member"}
_NO_PAPER = frozenset(
    {"book-series", "book-set", "component", "database", "grant", "journal", "journal-issue"}
    | {"journal-volume", "peer-review", "proceedings-series", "report-component", "report-series"}
    | {"standard-series"}
)


def _recognise(_name: str, head: str) -> bool:
    first = next(first_objects(head, _UNDER), {})
    return "DOI" in first and not _TELLING.isdisjoint(first)


@loader(
    "crossref",
    title="Works of the Crossref REST API",
    recognise=_recognise,
    example="crossref-works.jsonl",
    shared=True,
)
def crossref(source: SourceInput) -> Iterator[Yield]:
    """Read works.

    Parameters
    ----------
    source : SourceInput
        JSON lines, an array, or an answer.

    Yields
    ------
    PaperRecord, Skipped or Notice
        Papers in their order, and what was left out.

    Raises
    ------
    InputError
        It is empty, or no JSON.

    Examples
    --------
    >>> work = '{"DOI": "10.1000/KITE", "title": ["On <i>Kites</i>"], "indexed": {}}'
    >>> [record] = crossref.read(SourceInput("works.jsonl", work))
    >>> record.key, record.title
    ('10.1000/kite', 'On Kites')
    """
    uncited = Uncited("DOI")
    yield from json_records(source, partial(_record, uncited), _UNDER, "each work is one")
    yield from uncited.notices()


def _record(uncited: Uncited, work: dict[str, Any], notices: list[str]) -> PaperRecord:
    written = field.text(work, "DOI") or ""
    key = doi(written)
    if key is None:
        raise WrongTypeError(f"no work: {written[:80]!r} is no DOI")
    kind = field.text(work, "type")
    if kind in _NO_PAPER:
        raise WrongTypeError(f"{key} is a {kind}, no paper")
    title = _first_text(work, "title")
    if not title:
        raise WrongTypeError(f"work {key} has no title")
    authors = field.nested_list(work, "author")
    return PaperRecord(
        key=key,
        title=title,
        abstract=plain_text(field.text(work, "abstract") or ""),
        arxiv=arxiv_from_doi(key) or _preprint(work),
        doi=key,
        authors=tuple(a for author in authors if (a := _author(author, notices))),
        organizations=_organizations(authors),
        published=_date(work, notices),
        venue=_first_text(work, "container-title") or None,
        pages=field.line(work, "page", notices),
        references=_cited(work, uncited),
    )


def _first_text(work: dict[str, Any], name: str) -> str:
    """The first text that a list holds; older answers have a text instead of a list."""
    value = work.get(name)
    members = value if isinstance(value, list) else [value]
    return next((t for m in members if isinstance(m, str) and (t := plain_text(m))), "")


def _author(author: dict[str, Any], notices: list[str]) -> AuthorName | None:
    parts = [field.text(author, name) for name in ("given", "family")]
    name = clean_text(" ".join(filter(None, parts)) or field.text(author, "name") or "")
    if not name:
        return None
    written = field.text(author, "ORCID")
    known = orcid(written) if written else None
    if written and known is None:
        notices.append(f"{written[:60]!r} is no ORCID; left out")
    return AuthorName(name, known)


def _organizations(authors: list[dict[str, Any]]) -> tuple[Organization, ...]:
    names = (
        plain_text(field.text(affiliation, "name") or "")
        for author in authors
        for affiliation in field.nested_list(author, "affiliation")
    )
    return tuple(Organization(name) for name in dict.fromkeys(names) if name)


def _date(work: dict[str, Any], notices: list[str]) -> str | None:
    """The earliest date of issue, as precise as it is given: ``{"date-parts": [[2018, 6]]}``."""
    for name in ("issued", "published", "posted"):
        parts = field.nested(work, name).get("date-parts")
        first = parts[0] if isinstance(parts, list) and parts else None
        numbers = first if isinstance(first, list) else []
        if not numbers or numbers[0] is None:
            continue
        if not all(type(number) is int for number in numbers):
            raise WrongTypeError(f"{name!r} holds what is no date")
        written = "-".join(f"{number:02}" for number in numbers[:3])
        if day := iso_date(written):
            return day
        notices.append(f"{name!r}: {written!r} does not exist; left out")
    return None


def _preprint(work: dict[str, Any]) -> str | None:
    """The one arXiv identifier that the publisher names as the work's preprint."""
    named = field.nested_list(field.nested(work, "relation"), "has-preprint")
    found = {arxiv_from_doi(field.text(one, "id") or "") for one in named} - {None}
    return found.pop() if len(found) == 1 else None


def _cited(work: dict[str, Any], uncited: Uncited) -> tuple[str, ...]:
    members = field.nested_list(work, "reference")
    ids = [field.reference(field.text(member, "DOI") or "") for member in members]
    uncited.add(ids.count(None))
    return tuple(dict.fromkeys(id_ for id_ in ids if id_))
