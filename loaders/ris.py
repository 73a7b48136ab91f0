"""``ris``: references in RIS, which reference managers and publishers' sites export.

Kept of each reference: title, abstract, authors, the most precise date, journal or book as venue,
pages, DOI, arXiv identifier (from an arXiv DOI or an address), address, and repositories that an
address names. The key is the reference's ``ID``, else its DOI, else the id that its title gives.
RIS holds no citations. Not kept: editors, publisher, volume, keywords, notes and the other tags.

A reference ends with ``ER``, or where the next one begins or the file ends, with a notice then. A
line outside of a reference, a reference that rispy refuses, or one without a title is skipped.

References
----------
https://en.wikipedia.org/wiki/RIS_(file_format), https://github.com/MrTango/rispy
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from graphkb.loaders.json_field import repository_id
from graphkb.loaders.library_log import unheard
from graphkb.loaders.person import said

from graphkb.model.date import iso_date
from graphkb.model.identifier import arxiv_from_doi, arxiv_id, doi, web_url
from graphkb.model.name import id_key
from graphkb.model.record import AuthorName, PaperRecord
from graphkb.model.source import Notice, Skipped, SourceInput, Yield, loader
from graphkb.model.text import clean_text

__all__ = ["ris"]

_TAG = re.compile(r"([A-Z][A-Z0-9]) {0,3}-(?: (.*))?$")
_RECOGNISED = re.compile(r"(?:\s*\n)?TY {1,3}- ?[A-Z]{2,8}\s*$", re.MULTILINE)
_MOST_LINES = 20_000
_ONCE = frozenset(("TI", "T1", "AB", "N2", "DO", "PY", "Y1", "DA", "JO", "T2", "ID", "SP", "EP"))
_DATES = ("date", "publication_year", "year")
_VENUES = ("journal_name", "secondary_title", "alternate_title3", "alternate_title2")


@dataclass(slots=True)
class _Reference:
    """The lines of one reference, its tags written as RIS wants them."""

    line: int
    lines: list[str]
    ended: bool = False

    def repeated(self) -> list[str]:
        """Say which fields stand more than once: rispy keeps the first without a word."""
        counted = Counter(line[:2] for line in self.lines if line[2:6] == "  - ")
        return [
            f"{tag} is given {count} times; the first one is kept"
            for tag, count in counted.items()
            if count > 1 and tag in _ONCE
        ]


@loader(
    "ris",
    title="References in RIS",
    recognise=lambda _name, head: _starts(head),
    example="citations.ris",
)
def ris(source: SourceInput) -> Iterator[Yield]:
    r"""Read RIS, a reference at a time.

    Parameters
    ----------
    source : SourceInput
        The file.

    Yields
    ------
    PaperRecord, Skipped or Notice
        References in their order; what is none; fields that mean nothing.

    Examples
    --------
    >>> text = "TY  - JOUR\nAU  - Levy, Ana\nTI  - On Kites\nPY  - 2024\nER  - \n"
    >>> [record] = ris.read(SourceInput("mine.ris", text))
    >>> record.key, record.authors[0].name, record.published
    ('title:on-kites', 'Ana Levy', '2024')
    """
    for found in _references(source):
        if isinstance(found, Skipped):
            yield found
            continue
        place = f"line {found.line}"
        fields = _fields(found)
        if fields is None:
            yield Skipped(place, "a reference that cannot be read as RIS")
            continue
        notices = [] if found.ended else ["the reference has no line `ER  - ` at its end"]
        notices += found.repeated()
        record = _record(fields, notices)
        for message in notices:
            yield Notice(place, message)
        yield record or Skipped(place, "a reference without a title (TI, T1 or CT)")


def _starts(head: str) -> bool:
    first = next((line for line in head.splitlines() if line.strip()), "")
    return bool(_RECOGNISED.match(first))


def _references(source: SourceInput) -> Iterator[_Reference | Skipped]:
    now: _Reference | None = None
    for number, line in source.lines():
        found = _TAG.match(line.rstrip())
        tag = found[1] if found else ""
        if tag == "TY":
            if now:
                yield now
            now = _Reference(number, [f"TY  - {(found and found[2]) or ''}"])
        elif now and tag == "ER":
            now.ended = True
            yield now
            now = None
        elif now and len(now.lines) < _MOST_LINES:
            now.lines.append(f"{tag}  - {found[2] or ''}" if found else line)
        elif line.strip():
            reason = (
                f"the reference of line {now.line} has too many lines"
                if now
                else ("a line outside of a reference, which begins with `TY  - `")
            )
            yield Skipped(f"line {number}", reason)
    if now:
        yield now


def _fields(found: _Reference) -> dict[str, Any] | None:
    # Imported when RIS is read.
    import rispy

    with unheard("rispy"):
        try:
            entries = rispy.loads("\n".join((*found.lines, "ER  - ", "")))
        except (ValueError, OSError, KeyError):
            return None
    return entries[0] if len(entries) == 1 else None


def _record(fields: dict[str, Any], notices: list[str]) -> PaperRecord | None:
    title = _first(fields, "title", "primary_title", "translated_title", "caption")
    if not title:
        return None
    addresses = [address.strip() for address in fields.get("urls", ())]
    identifier = doi(_first(fields, "doi"))
    if fields.get("doi") and not identifier:
        notices.append(f"DO: {_first(fields, 'doi')[:200]!r} is no DOI; left out")
    identifier = identifier or next(filter(None, map(doi, addresses)), None)
    arxiv = [arxiv_from_doi(identifier or ""), *map(arxiv_id, addresses)]
    names = [*fields.get("first_authors", ()), *fields.get("authors", ())]
    start, end = _first(fields, "start_page"), _first(fields, "end_page")
    key = _first(fields, "id") or identifier or f"title:{id_key(title)}"
    return PaperRecord(
        key=key,
        title=title,
        abstract=_first(fields, "abstract", "notes_abstract"),
        arxiv=next(filter(None, arxiv), None),
        doi=identifier,
        authors=tuple(AuthorName(name) for name in dict.fromkeys(map(said, names)) if name),
        published=_published(fields, notices),
        venue=_first(fields, *_VENUES) or None,
        pages=f"{start}-{end}" if start and end and start != end else start or None,
        url=next(filter(None, map(web_url, addresses)), None),
        repositories=tuple(dict.fromkeys(filter(None, map(repository_id, addresses)))),
    )


def _first(fields: dict[str, Any], *names: str) -> str:
    """The first of the fields that says something; rispy gives lists for some."""
    for name in names:
        value = fields.get(name) or ""
        if text := clean_text(" ".join(value) if isinstance(value, list) else str(value)):
            return text
    return ""


def _published(fields: dict[str, Any], notices: list[str]) -> str | None:
    """The most precise date: `2024/05/03/spring`, `2024///` or one that reads as ISO."""
    dates = []
    for name in _DATES:
        if written := _first(fields, name):
            year, *parts = written.split("/")[:3]
            iso = "-".join((year, *(part for part in parts if part.strip().isdigit())))
            if date := iso_date(iso) or iso_date(year):
                dates.append(date)
            else:
                notices.append(f"{written[:100]!r} is no date; left out")
    return max(dates, key=len, default=None)
