"""``csl-json``: items of the Citation Style Language, which Zotero, Pandoc and doi.org write.

Kept of each item: title (mark-up in it left out), abstract, authors with ORCID where given, the
date of issue, the container as venue, pages, DOI, arXiv identifier (from an arXiv DOI, an address,
or where Zotero puts it, in ``number`` and ``archive-location``), address, and a repository that the
address names. The key is the item's ``id``. CSL holds no citations.

JSON lines, one array, or a list under ``items`` or ``references``. An item without id or title, or
with a field of a type that CSL does not know, is skipped with its place.

References
----------
https://docs.citationstyles.org/en/stable/specification.html,
https://github.com/citation-style-language/schema (csl-data.json)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from graphkb.loaders import json_field as field
from graphkb.loaders.json_field import WrongTypeError
from graphkb.loaders.json_objects import first_objects
from graphkb.loaders.json_records import json_records
from graphkb.loaders.markup import plain_text

from graphkb.model.date import iso_date
from graphkb.model.identifier import arxiv_from_doi, arxiv_id, doi, orcid, web_url
from graphkb.model.record import AuthorName, PaperRecord
from graphkb.model.source import SourceInput, Yield, loader
from graphkb.model.text import clean_text

__all__ = ["csl_json"]

_UNDER = ("items", "references")
_SHAPE = 'an item is {"id": …, "type": …, "title": …}'
_TYPES = frozenset(
    """article article-journal article-magazine article-newspaper bill book broadcast chapter
    classic collection dataset document entry entry-dictionary entry-encyclopedia event figure
    graphic hearing interview legal_case legislation manuscript map motion_picture musical_score
    pamphlet paper-conference patent performance periodical personal_communication post
    post-weblog regulation report review review-book software song speech standard thesis treaty
    webpage
    """.split()  # noqa: SIM905 - the list of the specification
)
_ARXIV = re.compile(r"arxiv\s*:?\s*(\S+)", re.IGNORECASE)
_PARTICLES = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")


def _recognise(_name: str, head: str) -> bool:
    return any(_is_item(value) for value in first_objects(head, _UNDER))


@loader(
    "csl-json",
    title="JSON of the Citation Style Language",
    recognise=_recognise,
    example="zotero.json",
    shared=True,
)
def csl_json(source: SourceInput) -> Iterator[Yield]:
    """Read items of CSL.

    Parameters
    ----------
    source : SourceInput
        The text.

    Yields
    ------
    PaperRecord, Skipped or Notice
        Items in their order; those that are none; fields that mean nothing.

    Examples
    --------
    >>> item = '{"id": "k", "title": "On <i>Kites</i>", "issued": {"date-parts": [[2024, 5]]}}'
    >>> [record] = csl_json.read(SourceInput("mine.json", item))
    >>> record.title, record.published
    ('On Kites', '2024-05')
    """
    yield from json_records(source, _record, _UNDER, _SHAPE)


def _record(given: dict[str, Any], notices: list[str]) -> PaperRecord:
    key = given.get("id")
    key = (
        str(key) if isinstance(key, int) and not isinstance(key, bool) else field.text(given, "id")
    )
    key = clean_text(key or "")
    title = plain_text(field.text(given, "title") or "")
    if not (key and title):
        raise WrongTypeError(f"item {key!r} has no title" if key else "no id: give each item one")
    identifier = _normal(given, "DOI", field.normalised(doi, "DOI"), notices)
    url = _normal(given, "URL", field.normalised(web_url, "http or https address"), notices)
    return PaperRecord(
        key=key,
        title=title,
        abstract=plain_text(field.text(given, "abstract") or ""),
        arxiv=arxiv_from_doi(identifier or "") or arxiv_id(url or "") or _archived(given),
        doi=identifier or doi(url or ""),
        authors=_authors(given, notices),
        published=_issued(given, notices),
        venue=plain_text(field.text(given, "container-title") or "") or None,
        pages=_text_or_number(given, "page"),
        url=url,
        repositories=tuple(filter(None, [field.repository_id(url or "")])),
    )


def _normal(
    given: dict[str, Any], name: str, read: field.FieldReader, notices: list[str]
) -> str | None:
    return read(given, name, notices) if given.get(name) else None


def _text_or_number(given: dict[str, Any], name: str) -> str | None:
    value = given.get(name)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return clean_text(field.text(given, name) or "") or None


def _archived(given: dict[str, Any]) -> str | None:
    """The arXiv identifier that Zotero puts into a preprint's number or archive."""
    for name in ("number", "archive-location", "archive_location"):
        value = given.get(name)
        if isinstance(value, str) and (found := _ARXIV.match(value.strip())):
            return arxiv_id(found[1])
    return None


def _authors(given: dict[str, Any], notices: list[str]) -> tuple[AuthorName, ...]:
    listed = given.get("author")
    if listed is None:
        return ()
    if not (isinstance(listed, list) and all(isinstance(author, dict) for author in listed)):
        raise WrongTypeError("'author' is no list of objects")
    authors = []
    for author in listed:
        parts = [field.text(author, part) or "" for part in _PARTICLES]
        name = clean_text(field.text(author, "literal") or " ".join(parts))
        written = field.text(author, "ORCID") or field.text(author, "orcid")
        known = orcid(written) if written else None
        if written and not known:
            notices.append(f"'author': {written!r} is no ORCID; left out")
        if name:
            authors.append(AuthorName(name, known))
        else:
            notices.append("'author': an author without a name is left out")
    return tuple(authors)


def _issued(given: dict[str, Any], notices: list[str]) -> str | None:
    """The date of issue: its parts (numbers, or digits as text), else as it is written."""
    issued = given.get("issued")
    if issued is None:
        return None
    if not isinstance(issued, dict):
        raise WrongTypeError("'issued' is no object")
    parts = issued.get("date-parts") or [[]]
    begin = parts[0] if isinstance(parts, list) and isinstance(parts[0], list) else []
    written = "-".join(str(part) for part in begin[:3] if part) or str(
        issued.get("raw") or issued.get("literal") or ""
    )
    published = iso_date(written)
    if written and not published:
        notices.append(f"'issued': {written[:100]!r} is no date; left out")
    return published


def _is_item(value: dict[str, Any]) -> bool:
    """Tell an item from the objects of services, which have a type and a title too."""
    if value.get("type") not in _TYPES or not isinstance(value.get("title"), str):
        return False
    authors = value.get("author")
    named = isinstance(authors, list) and any(
        isinstance(author, dict) and ("family" in author or "literal" in author)
        for author in authors
    )
    texts = any(isinstance(value.get(n), str) for n in ("container-title", "citation-key", "DOI"))
    return named or isinstance(value.get("issued"), dict) or texts
