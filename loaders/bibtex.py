r"""``bibtex``: a bibliography in BibTeX, as people keep them by hand or export them.

Kept of each entry: title, abstract, authors, date (``year`` with ``month``, or ``date``), the
journal or book as venue, pages, DOI, arXiv identifier, address, and repositories that an address
names. Macros and ``#`` are expanded, fields of a ``crossref`` entry inherited, LaTeX decoded. An
arXiv identifier is taken from ``eprint``, from an arXiv DOI, or from where people write it: the
journal (``arXiv preprint arXiv:2402.03300``), the volume, the pages, a note, the address. The key
of a record is the entry's. BibTeX holds no references.

An entry that does not parse is skipped with its line, and those around it are read; an entry
without a title too. A volume (``@proceedings``, ``@collection``) lends its fields and is no paper.
Not kept: publisher, number, editor, series, keywords and the other fields.

References
----------
BibTeX: https://ctan.org/pkg/bibtex. Its fields of today: https://ctan.org/pkg/biblatex
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from graphkb.loaders.bibtex_blocks import BibEntry, bib_entries
from graphkb.loaders.json_field import repository_id
from graphkb.loaders.latex import LatexError, plain_text, with_letters

from graphkb.model.date import iso_date, month_number
from graphkb.model.identifier import arxiv_from_doi, arxiv_id, doi, web_url
from graphkb.model.record import AuthorName, PaperRecord
from graphkb.model.source import Notice, Skipped, SourceInput, Yield, loader
from graphkb.model.text import clean_text

__all__ = ["bibtex"]

_ENTRY = re.compile(
    r"^[ \t]*@[ \t]*(?!comment|preamble)[A-Za-z]{1,40}[ \t]*\{\s{0,9}[^\s{},=]{0,200}\s{0,9},",
    re.MULTILINE | re.IGNORECASE,
)
_ARXIV = re.compile(
    r"(?:arxiv[^0-9/]{0,30}(?:/(?:abs|pdf|html)/)?|\babs/|\bcorr\b[^0-9/]{0,20})"
    r"(?P<id>[0-9]{4}\.[0-9]{4,5}(?![0-9])|[a-z-]{2,12}(?:\.[a-z]{2})?/[0-9]{7}(?![0-9]))",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://[^\s{}<>\"]+", re.IGNORECASE)
_PREPRINT = re.compile(r"\s*(?:arxiv\b|corr\s*$|corr\s*,|.*\barxiv\.org\b)", re.IGNORECASE)
_ESCAPED = re.compile(r"\{\\([_%#&~$])\}|\\([_%#&~$])(?:\{\})?")
_WRAPPED = re.compile(r"\\url\{([^{}]*)\}")
_WITH_ADDRESS = ("url", "howpublished", "note")
_WITH_ARXIV = ("journal", "journaltitle", "volume", "number", "pages", *_WITH_ADDRESS)


@dataclass(slots=True)
class _Reading:
    """One entry being read, with what is to be said of it."""

    entry: BibEntry
    notices: list[str] = field(default_factory=list)

    def raw(self, name: str) -> str:
        return self.entry.fields.get(name, "")

    def text(self, name: str) -> str:
        """A field as plain text; what LaTeX means by an unknown command is left out and told."""
        return self.plain(self.raw(name), name)

    def plain(self, written: str, name: str) -> str:
        text, unknown = plain_text(written)
        if unknown:
            commands = ", ".join(f"\\{command}" for command in unknown[:5])
            self.notices.append(f"{name}: the LaTeX of {commands} is not known and is left out")
        return clean_text(text)


@loader(
    "bibtex",
    title="A bibliography in BibTeX",
    recognise=lambda _name, head: _ENTRY.search(head) is not None,
    example="library.bib",
)
def bibtex(source: SourceInput) -> Iterator[Yield]:
    """Read a BibTeX file.

    Parameters
    ----------
    source : SourceInput
        The text, which is read whole: an entry may inherit from one behind it.

    Yields
    ------
    PaperRecord, Skipped or Notice
        Entries in their order; those that do not parse or have no title; fields that mean nothing.

    Examples
    --------
    >>> text = r"@misc{kite, title={The {KITE}}, author={L{\\'e}vy, Ana}, year=2024, month=may}"
    >>> [record] = bibtex.read(SourceInput("mine.bib", text))
    >>> record.title, record.authors[0].name, record.published
    ('The KITE', 'Ana Lévy', '2024-05')
    """
    seen: dict[str, PaperRecord] = {}
    others = 0
    for found in bib_entries(source.text):
        if not isinstance(found, BibEntry):
            yield found
            continue
        reading = _Reading(found)
        try:
            record, more = _record(reading)
        except LatexError as error:
            yield Skipped(found.place, f"the entry {found.key!r} cannot be read: {error}")
            continue
        if isinstance(record, str):
            yield Skipped(found.place, record)
        elif seen.setdefault(record.key, record) != record:
            yield Skipped(found.place, f"the key {record.key!r} stands above with other content")
        else:
            others += more
            for message in reading.notices:
                yield Notice(found.place, message)
            yield record
    if others:
        yield Notice("", f"{others} entries name only their first authors (`and others`)")


def _record(reading: _Reading) -> tuple[PaperRecord | str, bool]:
    """The record, or why there is none; and whether it lacks authors."""
    entry = reading.entry
    key = clean_text(entry.key)
    if not key:
        return "the entry has no key", False
    title = reading.text("title")
    if not title:
        return f"the entry {entry.key!r} has no title", False
    authors, others = _authors(reading)
    identifier = _doi(reading)
    addresses = _addresses(entry.fields)
    journal = next(filter(None, map(reading.text, ("journal", "journaltitle", "booktitle"))), "")
    pages = reading.text("pages")
    return PaperRecord(
        key=key,
        title=title,
        abstract=reading.text("abstract"),
        arxiv=_arxiv(reading, identifier),
        doi=identifier,
        authors=authors,
        published=_published(reading),
        venue=None if _PREPRINT.match(journal) else journal or None,
        pages=None if "arxiv" in pages.lower() else pages or None,
        url=next(filter(None, map(web_url, addresses)), None),
        repositories=tuple(dict.fromkeys(filter(None, map(repository_id, addresses)))),
    ), others


def _authors(reading: _Reading) -> tuple[tuple[AuthorName, ...], bool]:
    from bibtexparser.middlewares.names import (
        parse_single_name_into_parts,
        split_multiple_persons_names,
    )

    names: list[str] = []
    others = False
    # The accents first: bibtexparser takes the tilde of one for a space.
    for written in split_multiple_persons_names(with_letters(reading.raw("author"))):
        if written.strip().lower() in ("others", "et al.", "et al"):
            others = True
            continue
        parts = parse_single_name_into_parts(written, strict=False)
        ordered = " ".join((*parts.first, *parts.von, *parts.last, *parts.jr))
        if name := reading.plain(ordered, "author"):
            names.append(name)
    return tuple(map(AuthorName, names)), others


def _doi(reading: _Reading) -> str | None:
    written = _unescaped(reading.raw("doi")).strip("{} ")
    found = doi(written)
    if written and not found:
        reading.notices.append(f"doi: {written[:200]!r} is no DOI; left out")
    return found or next(filter(None, map(doi, _addresses(reading.entry.fields))), None)


def _arxiv(reading: _Reading, identifier: str | None) -> str | None:
    """The arXiv identifier; where an entry gives several, that of its own field for it."""
    fields = reading.entry.fields
    prefix = (fields.get("archiveprefix") or fields.get("eprinttype") or "arxiv").strip().lower()
    eprint = arxiv_id(_unescaped(fields.get("eprint", ""))) if prefix == "arxiv" else None
    written = [_unescaped(fields.get(name, "")) for name in _WITH_ARXIV]
    found = [eprint, arxiv_from_doi(identifier or "")]
    found += [arxiv_id(one["id"]) for text in written for one in _ARXIV.finditer(text)]
    given = list(dict.fromkeys(filter(None, found)))
    if len(given) > 1:
        shown = ", ".join(given[:5])
        reading.notices.append(
            f"it names more than one arXiv identifier ({shown}); the first counts"
        )
    return given[0] if given else None


def _published(reading: _Reading) -> str | None:
    written = reading.text("date") or reading.text("year")
    published = iso_date(written.partition("/")[0])
    if written and not published:
        reading.notices.append(f"{written[:100]!r} is no date; left out")
    month = reading.text("month")
    if not (published and len(published) == 4 and month):
        return published
    number = month_number(month)
    if number is None:
        reading.notices.append(f"{month[:100]!r} is no month; left out")
        return published
    return f"{published}-{number:02}"


def _addresses(fields: Mapping[str, str]) -> list[str]:
    texts = (_unescaped(fields.get(name, "")) for name in _WITH_ADDRESS)
    return [found[0].rstrip(".,;") for text in texts for found in _ADDRESS.finditer(text)]


def _unescaped(text: str) -> str:
    """LaTeX's escapes out of an address or an identifier, in which nothing else is LaTeX."""
    text = _ESCAPED.sub(lambda found: found[1] or found[2], text)
    return _WRAPPED.sub(r"\1", text.replace(r"\textunderscore", "_"))
