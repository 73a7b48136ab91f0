"""``papers``: JSON lines, or one JSON array, of objects with ``id``, ``title`` and ``abstract``.

The plainest way in for anything that has no loader of its own. One object a paper::

    {"id": "2402.03300", "title": "…", "abstract": "…"}

``id`` (unique in the source; kept as it is) and ``title`` are required. An id that spells an arXiv
identifier is one. The other keys may be missing or null; :data:`KEYS` declares them all, and
docs/papers.schema.json is made from it (:func:`schema`).

A line that is no such object is skipped and named; a value of the right type that is no identifier,
date or address is left out with a notice; a field that is none of these is noticed once.

References
----------
JSON lines: https://jsonlines.org/
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
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

__all__ = ["KEYS", "Key", "papers", "schema"]

_SHAPE = 'each paper is {"id": …, "title": …, "abstract": …}'
_NOT_IN_ID = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def _recognise(_name: str, head: str) -> bool:
    return any(_is_paper(value) for value in first_objects(head))


@loader(
    "papers",
    title="JSON lines of id, title and abstract",
    recognise=_recognise,
    example="papers.jsonl",
    shared=True,
)
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
        # Who reads a share alone finds what stands twice later, and cannot hold all of it.
        if source.share is None and seen.setdefault(record.key, record) != record:
            yield Skipped(place, f"the id {record.key!r} stands above with other content")
            continue
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
    shape : mapping
        The JSON Schema of the value.
    """

    read: FieldReader
    meaning: str
    shape: Mapping[str, Any]


_TEXT = {"type": "string"}
_COUNT = {"type": "integer", "minimum": 0, "maximum": 2**31 - 1}
_TEXTS = {"type": "array", "items": _TEXT}


def _named(other: str) -> dict[str, Any]:
    """The shape of a list of names, or of objects with a name and one key more."""
    name = {"type": "string", "pattern": "\\S"}
    properties = {"name": name, other: {"type": ["string", "null"]}}
    named = {"type": "object", "required": ["name"], "properties": properties}
    return {"type": "array", "items": {"anyOf": [name, named]}}


def _identifier(normalise: Callable[[str], str | None], what: str, meaning: str) -> Key:
    return Key(field.normalised(normalise, what), meaning, _TEXT)


KEYS: dict[str, Key] = {
    "id": Key(
        field.text,
        "required: text, unique in the source; may spell an arXiv identifier",
        {
            "type": "string",
            "pattern": "^[^\\u0000-\\u001f\\u007f-\\u009f]*$",
            "allOf": [{"pattern": "\\S"}],
        },
    ),
    "title": Key(field.text, "required: text", {"type": "string", "pattern": "\\S"}),
    "abstract": Key(field.text, "text", _TEXT),
    "arxiv": _identifier(arxiv_id, "arXiv identifier", "an arXiv identifier, any spelling"),
    "doi": _identifier(doi, "DOI", "a DOI, any spelling; arXiv's own gives `arxiv` too"),
    "openalex": _identifier(field.bare_id, "id", "an OpenAlex id"),
    "s2": _identifier(field.bare_id, "id", "a Semantic Scholar id"),
    "dblp": _identifier(field.bare_id, "id", "a DBLP id"),
    "aminer": _identifier(field.bare_id, "id", "an AMiner id"),
    "published": _identifier(
        iso_date,
        "date",
        "a date: 2019, 2019-05 or 2019-05-24; without one the month in an arXiv identifier shows",
    ),
    "authors": Key(
        field.authors, 'a list of names, or of `{"name": …, "orcid": …}`', _named("orcid")
    ),
    "author_count": Key(field.count, "a whole number, where the authors are not named", _COUNT),
    "organizations": Key(
        field.organizations, 'a list of names, or of `{"name": …, "handle": …}`', _named("handle")
    ),
    "venue": Key(field.line, "text", _TEXT),
    "pages": Key(field.line, "text", _TEXT),
    "url": _identifier(web_url, "http or https address", "an address, http or https"),
    "upvotes": Key(field.count, "a whole number", _COUNT),
    "comments": Key(field.count, "a whole number", _COUNT),
    "repositories": Key(
        field.each(field.repository_id, "repository's address"),
        "a list of repositories' addresses",
        _TEXTS,
    ),
    "references": Key(
        field.each(field.reference, "arXiv identifier or DOI"),
        "a list of cited works: arXiv identifiers or DOIs, any spelling",
        _TEXTS,
    ),
    "summary": Key(
        field.truth, "true where the abstract is somebody else's summary", {"type": "boolean"}
    ),
}


def schema() -> dict[str, Any]:
    """Return the JSON Schema of one paper's object.

    Returns
    -------
    dict
        Of the dialect 2020-12. What fits it is not skipped; a key that it does not name is left
        out with a notice, and so is an identifier, date or address that is none.

    Examples
    --------
    >>> schema()["required"]
    ['id', 'title']
    """
    required = ["id", "title"]
    properties = {
        name: {
            "description": key.meaning,
            **(key.shape if name in required else {"anyOf": [key.shape, {"type": "null"}]}),
        }
        for name, key in KEYS.items()
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A paper, as graphkb's loader `papers` reads it: one object a line",
        "type": "object",
        "required": required,
        "properties": properties,
    }


def _is_paper(value: dict[str, Any]) -> bool:
    """Tell a paper from the records of other formats that have an id and a title too."""
    if "type" in value or "issued" in value:  # as a Citation Style Language item has
        return False
    if not all(isinstance(value.get(name), str) for name in ("id", "title")):
        return False
    if isinstance(value.get("abstract", 0), str | None):
        return True
    return all(name in KEYS for name in value) and isinstance(value.get("summary", True), bool)
