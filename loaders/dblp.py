"""``dblp``: the XML of dblp.org, a person's page, a single record or the whole dump.

Kept of each publication: title, authors with ORCID (the number that dblp puts behind a name that
several people have is left out), year and month, journal or book as venue, pages, the first
address, and from the addresses DOI and arXiv identifier; its citations, where they are keys of
dblp. The key of a record is dblp's, ``journals/corr/abs-2402-03300``.

Home pages, volumes and data sets are no papers: they are counted in a notice. What was withdrawn
is skipped. Letters such as ``&uuml;`` are read without dblp's DTD, which is never fetched; a file
that declares entities of its own is refused.

References
----------
https://dblp.org/faq/How+to+parse+dblp+xml.html, https://dblp.org/xml/docu/dblpxml.pdf
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html.entities import html5
from typing import TYPE_CHECKING

from graphkb.loaders.xml_stream import Collector, TooMuchError, collected

from graphkb.model.date import iso_date, month_number
from graphkb.model.identifier import arxiv_from_doi, arxiv_id, doi, orcid, web_url
from graphkb.model.record import AuthorName, PaperRecord
from graphkb.model.source import Notice, Skipped, SourceInput, Yield, loader
from graphkb.model.text import clean_text

if TYPE_CHECKING:
    from xml.sax.xmlreader import AttributesImpl

__all__ = ["dblp"]

_PAPERS = frozenset(
    ("article", "inproceedings", "incollection", "book", "phdthesis", "mastersthesis")
)
_NO_PAPERS = {"www": "home pages", "proceedings": "volumes", "data": "data sets"}
_ROOT = re.compile(r"<(?:dblp|dblpperson)[\s>]")
_HOMONYM = re.compile(r" [0-9]{4}$")
_LONGEST = 1 << 20
_DEEPEST = 20


@dataclass(slots=True)
class _Publication:
    """One element of the file: its attributes, and the name, text and ORCID of each child."""

    kind: str
    line: int
    attributes: Mapping[str, str]
    fields: list[tuple[str, str, str]] = field(default_factory=list)

    def all(self, name: str) -> list[str]:
        return [text for found, text, _ in self.fields if found == name]

    def first(self, name: str) -> str:
        return next(iter(self.all(name)), "")


@loader(
    "dblp",
    title="XML of dblp.org",
    recognise=lambda _name, head: _ROOT.search(head) is not None,
    example="dblp.xml.gz",
)
def dblp(source: SourceInput) -> Iterator[Yield]:
    """Read dblp's XML, a piece of it in memory at a time.

    Parameters
    ----------
    source : SourceInput
        The file.

    Yields
    ------
    PaperRecord, Skipped or Notice
        Publications in their order; those without key or title; how many elements are no papers.

    Raises
    ------
    InputError
        The XML does not parse from some place on, or declares entities.

    Examples
    --------
    >>> text = '<dblp><article key="j/x/L24"><author>Ana L&eacute;vy 0001</author>'
    >>> text += "<title>On Kites.</title><year>2024</year></article></dblp>"
    >>> [record] = dblp.read(SourceInput("x.xml", f'<!DOCTYPE dblp SYSTEM "dblp.dtd">{text}'))
    >>> record.key, record.title, record.authors[0].name
    ('j/x/L24', 'On Kites', 'Ana Lévy')
    """
    others: Counter[str] = Counter()
    for found in _publications(source):
        if found.kind in _NO_PAPERS:
            others[_NO_PAPERS[found.kind]] += 1
            continue
        place = f"line {found.line}"
        key, title = found.attributes.get("key", ""), found.first("title").removesuffix(".")
        if not (key and title):
            yield Skipped(place, f"a publication without a {'title' if key else 'key'}")
        elif found.attributes.get("publtype") == "withdrawn":
            yield Skipped(place, f"{key} was withdrawn")
        else:
            notices: list[str] = []
            yield _record(found, key, title, notices)
            for message in notices:
                yield Notice(place, message)
    if others:
        counted = ", ".join(f"{count} {what}" for what, count in sorted(others.items()))
        yield Notice("", f"{counted}: they are no papers")


def _record(found: _Publication, key: str, title: str, notices: list[str]) -> PaperRecord:
    addresses = [*found.all("ee"), *(u for u in found.all("url") if "://" in u)]
    identifier = next(filter(None, map(doi, addresses)), None)
    arxiv = [arxiv_from_doi(identifier or ""), *map(arxiv_id, addresses)]
    authors = []
    for name, text, written in found.fields:
        if name == "author" and text:
            authors.append(AuthorName(_HOMONYM.sub("", text), orcid(written)))
            if written and not authors[-1].orcid:
                notices.append(f"{written!r} is no ORCID; left out")
    published = iso_date(found.first("year"))
    if found.first("year") and not published:
        notices.append(f"{found.first('year')!r} is no year; left out")
    month = month_number(found.first("month"))
    cited = [cite for cite in found.all("cite") if cite != "..."]
    return PaperRecord(
        key=key,
        title=title,
        arxiv=next(filter(None, arxiv), None),
        doi=identifier,
        dblp=key,
        authors=tuple(authors),
        published=f"{published}-{month:02}" if published and month else published,
        venue=found.first("journal") or found.first("booktitle") or found.first("school") or None,
        pages=found.first("pages") or None,
        url=next(filter(None, map(web_url, addresses)), None),
        references=tuple(dict.fromkeys(f"dblp:{cite}" for cite in cited if cite)),
    )


def _publications(source: SourceInput) -> Iterator[_Publication]:
    remedy = "take the file from dblp.org, or remove the declarations"
    return collected(source, _Handler, remedy, named_dtd=True)


class _Handler(Collector[_Publication]):
    """Collects publications, until they are taken."""

    def __init__(self, line: Callable[[], int | None]) -> None:
        super().__init__(line)
        self._open: _Publication | None = None
        self._depth = 0  # within the publication: its fields are at 1, mark-up in them is deeper
        self._text: list[str] = []
        self._length = 0
        self._orcid = ""

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 - SAX's name
        if self._open is None:
            if name in _PAPERS or name in _NO_PAPERS:
                self._open = _Publication(name, self._line() or 0, dict(attrs.items()))
                self._depth = self._length = 0
            return
        self._depth += 1
        if self._depth > _DEEPEST:
            raise TooMuchError(f"the elements nest more than {_DEEPEST} deep")
        if self._depth == 1:
            self._text = []
            self._orcid = attrs.get("orcid", "")

    def endElement(self, name: str) -> None:  # noqa: N802 - SAX's name
        if self._open is None:
            return
        if self._depth == 0:
            self._done.append(self._open)
            self._open = None
        elif self._depth == 1:
            self._open.fields.append((name, clean_text("".join(self._text)), self._orcid))
        self._depth -= 1

    def characters(self, content: str) -> None:
        if self._open is not None and self._depth:
            self._length += len(content)
            if self._length > _LONGEST:
                raise TooMuchError(f"a publication has more than {_LONGEST:,} characters")
            self._text.append(content)

    def skippedEntity(self, name: str) -> None:  # noqa: N802 - SAX's name
        # dblp's DTD declares the letters of Latin-1 by their names in HTML.
        self.characters(html5.get(f"{name};", f"&{name};"))
