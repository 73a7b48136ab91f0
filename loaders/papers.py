"""``papers``: JSON lines, or one JSON array, of objects with ``id``, ``title`` and ``abstract``.

The plainest way in for anything that has no loader of its own. One object a paper::

    {"id": "2402.03300", "title": "…", "abstract": "…"}

``id`` (unique in the source; kept as it is) and ``title`` are required. An id that spells an arXiv
identifier is one. The other keys may be missing or null; :data:`KEYS` declares them all.

A line that is no such object is skipped and named; a value of the right type that is no identifier,
date or address is left out with a notice; a field that is none of these is noticed once.

References
----------
JSON lines: https://jsonlines.org/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from graphkb.loaders import json_field as field
from graphkb.loaders.json_field import FieldReader, WrongTypeError
from graphkb.loaders.json_objects import first_objects, objects

from graphkb.model.date import iso_date
from graphkb.model.identifier import arxiv_from_doi, arxiv_id, doi, web_url
from graphkb.model.record import PaperRecord
from graphkb.model.source import Notice, Skipped, SourceInput, Yield, loader
from graphkb.model.text import clean_text

__all__ = ["KEYS", "Key", "papers"]

_SHAPE = 'each paper is {"id": …, "title": …, "abstract": …}'
_NOT_IN_ID = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def _recognise(_name: str, head: str) -> bool:
    return any(_is_paper(value) for value in first_objects(head))


@loader("papers", title="JSON lines of id, title and abstract", recognise=_recognise)
def papers(source: SourceInput) -> Iterator[Yield]:
    """Read papers from JSON lines or from one JSON array.

    Parameters
    ----------
    source : SourceInput
        The text.

    Yields
    ------
    PaperRecord, Skipped or Notice
        Papers in their order; bad lines; fields that are not known, once each.

    Raises
    ------
    InputError
        The text is empty, or is an array or an object that does not parse from some place on.

    Examples
    --------
    >>> line = '{"id": "2402.03300v3", "title": "A title", "venue": "A venue"}'
    >>> [record] = papers.read(SourceInput("mine.jsonl", line))
    >>> record.key, record.arxiv, record.venue
    ('2402.03300v3', '2402.03300', 'A venue')
    """
    seen: dict[str, PaperRecord] = {}
    unknown: set[str] = set()
    for place, value in objects(source, what=_SHAPE):
        if isinstance(value, Skipped):
            yield value
            continue
        try:
            record, notices = _record(value)
        except WrongTypeError as error:
            yield Skipped(place, str(error))
            continue
        for name in value:
            if name not in KEYS and name not in unknown:
                unknown.add(name)
                yield Notice(place, f"the field {name!r} is not known and is left out")
        if record.key in seen and seen[record.key] != record:
            yield Skipped(place, f"the id {record.key!r} stands above with other content")
            continue
        seen[record.key] = record
        for message in notices:
            yield Notice(place, message)
        yield record


def _record(given: dict[str, Any]) -> tuple[PaperRecord, list[str]]:
    notices: list[str] = []
    key = field.text(given, "id")
    if not key or not key.strip():
        raise WrongTypeError("no id: give each paper one of its own")
    if _NOT_IN_ID.search(key):
        raise WrongTypeError(f"the id {key!r} holds a character that no id has")
    title = clean_text(field.text(given, "title") or "")
    if not title:
        raise WrongTypeError(f"paper {key!r} has no title")
    values: dict[str, Any] = {}
    for name, known in KEYS.items():
        if given.get(name) is not None:
            values[name] = known.read(given, name, notices)
    values |= {
        "key": key,
        "title": title,
        "abstract": clean_text(field.text(given, "abstract") or ""),
    }
    values["arxiv"] = (
        values.get("arxiv") or arxiv_id(key) or arxiv_from_doi(values.get("doi") or "")
    )
    values.pop("id", None)
    return PaperRecord(**values), notices


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a paper's object.

    Parameters
    ----------
    read : callable
        Takes the value out of the object.
    meaning : str
        For people.
    """

    read: FieldReader
    meaning: str


_ID = field.normalised(field.bare_id, "id")
KEYS: dict[str, Key] = {
    "id": Key(field.text, "required: text, unique in the source; may spell an arXiv identifier"),
    "title": Key(field.text, "required: text"),
    "abstract": Key(field.text, "text"),
    "arxiv": Key(
        field.normalised(arxiv_id, "arXiv identifier"), "an arXiv identifier, any spelling"
    ),
    "doi": Key(field.normalised(doi, "DOI"), "a DOI, any spelling; arXiv's own gives `arxiv` too"),
    "openalex": Key(_ID, "an OpenAlex id"),
    "s2": Key(_ID, "a Semantic Scholar id"),
    "dblp": Key(_ID, "a DBLP id"),
    "published": Key(
        field.normalised(iso_date, "date"),
        "a date: 2019, 2019-05 or 2019-05-24; without one the month in an arXiv identifier shows",
    ),
    "authors": Key(field.authors, 'a list of names, or of `{"name": …, "orcid": …}`'),
    "author_count": Key(field.count, "a whole number, where the authors are not named"),
    "organizations": Key(field.organizations, 'a list of names, or of `{"name": …, "handle": …}`'),
    "venue": Key(field.line, "text"),
    "pages": Key(field.line, "text"),
    "url": Key(field.normalised(web_url, "http or https address"), "an address, http or https"),
    "upvotes": Key(field.count, "a whole number"),
    "comments": Key(field.count, "a whole number"),
    "repositories": Key(
        field.each(field.repository_id, "repository's address"), "a list of repositories' addresses"
    ),
    "references": Key(
        field.each(field.reference, "arXiv identifier or DOI"),
        "a list of cited works: arXiv identifiers or DOIs, any spelling",
    ),
    "summary": Key(field.truth, "true where the abstract is somebody else's summary"),
}


def _is_paper(value: dict[str, Any]) -> bool:
    """Tell a paper from the records of other formats that have an id and a title too."""
    if not all(isinstance(value.get(name), str) for name in ("id", "title")):
        return False
    if isinstance(value.get("abstract", 0), str | None):
        return True
    return all(name in KEYS for name in value) and isinstance(value.get("summary", True), bool)
