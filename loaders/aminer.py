"""``aminer``: AMiner's paper source trace, papers with the works that they build on.

Kept of each paper: title, abstract where there is one, authors, year, venue, DOI, and the cited
works by their AMiner ids, those of ``refs_trace`` too. The key of a record is AMiner's ``_id``, by
which papers of such files and their citations find each other. The works of ``refs_trace`` come
with title, authors, year and venue: each is a record of a cited work (``stub``), told once, as the
first paper that cites it tells of it; its key is its id behind ``cited:``.

Not kept: the annotators' remarks, and the affiliations, which are postal addresses and no names of
organisations.

JSON lines, or one array. An object without ``_id`` or title is skipped with its place.

References
----------
https://www.aminer.cn/, https://github.com/THUDM/paper-source-trace
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from graphkb.loaders import json_field as field
from graphkb.loaders.json_field import WrongTypeError
from graphkb.loaders.json_objects import first_objects, objects
from graphkb.loaders.person import said
from msgspec import structs

from graphkb.model.date import iso_date
from graphkb.model.identifier import arxiv_from_doi, doi
from graphkb.model.record import AuthorName, PaperRecord
from graphkb.model.source import Notice, Skipped, SourceInput, Yield, loader
from graphkb.model.text import clean_text

__all__ = ["aminer"]

_SHAPE = 'a paper is {"_id": …, "title": …, "references": […]}'
_ID = re.compile(r"[0-9a-f]{24}")


def _recognise(_name: str, head: str) -> bool:
    return any(
        isinstance(value.get("_id"), str)
        and isinstance(value.get("title"), str)
        and (isinstance(value.get("references"), list) or isinstance(value.get("refs_trace"), list))
        for value in first_objects(head)
    )


@loader(
    "aminer",
    title="JSON of AMiner's paper source trace",
    recognise=_recognise,
    example="paper_source_trace_train.json",
    shared=True,
)
def aminer(source: SourceInput) -> Iterator[Yield]:
    """Read papers of AMiner with what they cite.

    Parameters
    ----------
    source : SourceInput
        The text.

    Yields
    ------
    PaperRecord, Skipped or Notice
        Papers in their order, then the cited works; objects that are none; what means nothing.

    Examples
    --------
    >>> cited = '{"_id": "53e9b56cb7602d97040a65cc", "title": "Wind"}'
    >>> paper = '{"_id": "5f7fdd328de39f0828397e22", "title": "Kites", "refs_trace": [%s]}'
    >>> record, work = aminer.read(SourceInput("x.json", paper % cited))
    >>> record.aminer, record.references
    ('5f7fdd328de39f0828397e22', ('aminer:53e9b56cb7602d97040a65cc',))
    >>> work.title, work.stub
    ('Wind', True)
    """
    told: dict[str, PaperRecord] = {}
    for place, value in objects(source, what=_SHAPE):
        if isinstance(value, Skipped):
            yield value
            continue
        notices: list[str] = []
        try:
            record = _record(value, notices, told)
        except WrongTypeError as error:
            yield Skipped(place, str(error))
            continue
        for message in notices:
            yield Notice(place, message)
        yield record
    yield from told.values()


def _record(given: dict[str, Any], notices: list[str], told: dict[str, PaperRecord]) -> PaperRecord:
    record = _paper(given, notices)
    cited = tuple(f"aminer:{id_}" for id_ in _cited(given, notices, told))
    return structs.replace(record, references=cited)


def _paper(given: dict[str, Any], notices: list[str]) -> PaperRecord:
    """What is told of a paper beside what it cites."""
    key = field.text(given, "_id") or ""
    title = clean_text(field.text(given, "title") or "")
    if not _ID.fullmatch(key):
        raise WrongTypeError(f"{key[:60]!r} is no id of AMiner: 24 hexadecimal digits")
    if not title:
        raise WrongTypeError(f"paper {key!r} has no title")
    identifier = field.text(given, "doi")
    known = doi(identifier) if identifier else None
    if identifier and not known:
        notices.append(f"'doi': {identifier[:200]!r} is no DOI; left out")
    return PaperRecord(
        key=key,
        title=title,
        abstract=clean_text(field.text(given, "abstract") or ""),
        arxiv=arxiv_from_doi(known or ""),
        doi=known,
        aminer=key,
        authors=_authors(given, notices),
        published=_published(given, notices),
        venue=clean_text(field.text(given, "venue") or "") or None,
    )


def _authors(given: dict[str, Any], notices: list[str]) -> tuple[AuthorName, ...]:
    authors = []
    for author in _members(given, "authors"):
        if not isinstance(author, dict):
            raise WrongTypeError("'authors' holds what is no object")
        name = said(field.text(author, "name") or "")
        if name:
            authors.append(AuthorName(name))
        else:
            notices.append("'authors': an author without a name is left out")
    return tuple(authors)


def _published(given: dict[str, Any], notices: list[str]) -> str | None:
    year = given.get("year")
    if year in (None, "", 0):
        return None
    published = iso_date(str(year))
    if published is None:
        notices.append(f"'year': {str(year)[:60]!r} is no year; left out")
    return published


def _cited(given: dict[str, Any], notices: list[str], told: dict[str, PaperRecord]) -> list[str]:
    """The ids of the cited works, each once, but never the paper's own; what is told of them."""
    found: dict[str, None] = {}
    lost = 0
    for cited in (*_members(given, "references"), *_members(given, "refs_trace")):
        id_ = cited.get("_id") if isinstance(cited, dict) else cited
        if not (isinstance(id_, str) and _ID.fullmatch(id_)):
            lost += 1
        elif id_ != given["_id"]:
            found[id_] = None
            if isinstance(cited, dict) and id_ not in told:
                try:
                    work = _paper(cited, notices)
                except WrongTypeError as error:
                    notices.append(f"'refs_trace': {error}; of this work the id is kept")
                else:
                    told[id_] = structs.replace(work, key=f"cited:{id_}", stub=True)
    if lost:
        notices.append(f"{lost} cited works have no id of AMiner; left out")
    return list(found)


def _members(given: dict[str, Any], name: str) -> list[Any]:
    value = given.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise WrongTypeError(f"{name!r} is no list")
    return value
