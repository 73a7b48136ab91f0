"""``hf-daily``: Hugging Face's daily papers, as its API answers them or flat, an object a paper.

The API answers a day as an array of ``{"paper": {"id": …, "title": …, "summary": …}, …}``; dumps
made from it are flat, one object with the same names a line. Kept of each paper: title, abstract,
authors (but those who hid themselves), the day of its submission to arXiv, upvotes, comments, the
repository and the organisation. Not kept: who submitted it to the site, pictures, the project's
page, stars, and what the site's models say of the paper (``ai_summary``, ``ai_keywords``).

A record's key is the site's id, which is the arXiv identifier.

Live: ``hf-daily:2025-12-01`` or ``hf-daily:2025-12-01..2025-12-29``, both days included. The site
allows somebody who is not logged in 500 requests in five minutes.

References
----------
https://huggingface.co/docs/hub/api, https://huggingface.co/docs/hub/rate-limits
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from graphkb.loaders import json_field as field
from graphkb.loaders.json_field import WrongTypeError
from graphkb.loaders.json_objects import first_objects
from graphkb.loaders.json_records import json_records

from graphkb.errors import InputError
from graphkb.model.date import iso_date
from graphkb.model.identifier import arxiv_id
from graphkb.model.record import Organization, PaperRecord
from graphkb.model.service import CONTACT, Live, Service, Web
from graphkb.model.source import SourceInput, Yield, loader
from graphkb.model.text import clean_text

__all__ = ["hf_daily"]

SERVICE = Service("Hugging Face", "https://huggingface.co", "json", interval=0.6)

_PAGE = 100
_MOST_DAYS = 366
_FLAT = {"id", "title", "summary", "publishedAt"}


def _recognise(_name: str, head: str) -> bool:
    first = next(first_objects(head), {})
    paper = first.get("paper")
    return "id" in paper if isinstance(paper, dict) else first.keys() >= _FLAT


def _ask(argument: str, web: Web) -> SourceInput:
    """Fetch each day, page by page; a day without papers has an empty first page."""
    found: list[Any] = []
    for day in _days(argument):
        page: list[Any] = [None] * _PAGE
        number = 0
        while len(page) >= _PAGE:
            parameters = {"date": day, "limit": str(_PAGE), "p": str(number)}
            page = _page(web.get("/api/daily_papers", parameters), day)
            found += page
            number += 1
    return SourceInput(argument, "\n".join(json.dumps(entry) for entry in found) or "[]")


def _page(text: str, day: str) -> list[Any]:
    try:
        page = json.loads(text)
    except (ValueError, RecursionError):
        page = None
    if not isinstance(page, list):
        raise InputError("the site answers no list of papers", where=day, remedy="try again later")
    return page


def _days(argument: str) -> list[str]:
    first, dots, last = argument.partition("..")
    days = [_day(text) for text in ((first, last) if dots else (first, first))]
    count = (days[1] - days[0]).days + 1
    if not 1 <= count <= _MOST_DAYS:
        raise InputError(
            f"{argument!r} are {count} days",
            remedy=f"give the earlier day first, and at most {_MOST_DAYS} days",
        )
    return [(days[0] + timedelta(days=after)).isoformat() for after in range(count)]


def _day(text: str) -> date:
    day = iso_date(text)
    if day is None or len(day) != len("2025-12-29"):
        raise InputError(
            f"{text!r} is no day",
            where="hf-daily",
            remedy="write hf-daily:2025-12-01 or hf-daily:2025-12-01..2025-12-29",
        )
    return date.fromisoformat(day)


@loader(
    "hf-daily",
    title="Hugging Face's daily papers, as its API gives them or flat",
    recognise=_recognise,
    options=(CONTACT,),
    scheme="hf-daily",
    live=Live(SERVICE, _ask),
    example="hf-daily:2025-12-01..2025-12-29",
    shared=True,
)
def hf_daily(source: SourceInput) -> Iterator[Yield]:
    """Read daily papers.

    Parameters
    ----------
    source : SourceInput
        An array, or JSON lines.

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
    >>> day = '[{"paper": {"id": "2512.00001", "title": "Kites", "upvotes": 7}, "numComments": 2}]'
    >>> [record] = hf_daily.read(SourceInput("day.json", day))
    >>> record.key, record.arxiv, record.upvotes, record.comments
    ('2512.00001', '2512.00001', 7, 2)
    """
    yield from json_records(source, _record, what="each entry is one, with a paper in it")


def _record(entry: dict[str, Any], notices: list[str]) -> PaperRecord:
    # The inner object is the paper, the outer one its entry of that day; a flat one is both.
    paper = {**entry, **field.nested(entry, "paper")}
    key = clean_text(field.text(paper, "id") or "")
    if not key:
        raise WrongTypeError("no paper: it has no id")
    title = field.line(paper, "title", notices)
    if not title:
        raise WrongTypeError(f"paper {key!r} has no title")
    values: dict[str, Any] = {}
    for name, (written, read) in _FIELDS.items():
        if paper.get(written) is not None:
            values[name] = read(paper, written, notices)
    identifier = arxiv_id(key)
    if identifier is None:
        notices.append(f"the id {key!r} is no arXiv identifier")
    return PaperRecord(
        key=key,
        title=title,
        arxiv=identifier,
        organizations=_organizations(paper),
        **values,
    )


def _abstract(given: dict[str, Any], name: str, notices: list[str]) -> str:
    return field.line(given, name, notices) or ""


def _authors(given: dict[str, Any], name: str, notices: list[str]) -> Any:
    members = given[name]
    if isinstance(members, list):
        shown = [m for m in members if not (isinstance(m, dict) and m.get("hidden") is True)]
        given = {name: shown}
    return field.authors(given, name, notices)


def _repositories(given: dict[str, Any], name: str, notices: list[str]) -> tuple[str, ...]:
    written = field.line(given, name, notices)
    if not written:
        return ()
    found = field.repository_id(written)
    if found is None:
        notices.append(f"{name!r}: {written[:80]!r} is no repository; left out")
    return (found,) if found else ()


_FIELDS: dict[str, tuple[str, field.FieldReader]] = {
    "abstract": ("summary", _abstract),
    "authors": ("authors", _authors),
    "published": ("publishedAt", field.normalised(iso_date, "date")),
    "upvotes": ("upvotes", field.count),
    "comments": ("numComments", field.count),
    "repositories": ("githubRepo", _repositories),
}


def _organizations(paper: dict[str, Any]) -> tuple[Organization, ...]:
    """The organisation, an object in an answer and two fields in a flat dump."""
    told = field.nested(paper, "organization") or {
        "name": paper.get("org_name"),
        "fullname": paper.get("org_fullname"),
    }
    handle = clean_text(field.text(told, "name") or "")
    name = clean_text(field.text(told, "fullname") or "") or handle
    return (Organization(name, handle or None),) if name else ()
