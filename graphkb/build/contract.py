"""What a record must be, so that every store can hold it: loaders may be anybody's."""

from __future__ import annotations

from collections.abc import Iterator

from graphkb.model.asserted_check import asserted_fault
from graphkb.model.entry import Entry
from graphkb.model.entry_check import entry_problems
from graphkb.model.identifier import repository
from graphkb.model.name import name_key
from graphkb.model.record import (
    AssertedRecord,
    EntryRecord,
    PaperRecord,
    Record,
    RepositoryRecord,
)
from graphkb.model.text import unfit_name

__all__ = ["breach"]

_CITED = ("arxiv", "doi", "openalex", "s2", "dblp", "aminer")


def breach(record: Record) -> str | None:
    """Return why a record cannot be held.

    Parameters
    ----------
    record : Record
        As a loader yielded it.

    Returns
    -------
    str or None
        What is wrong with it; None where it can be held.

    Examples
    --------
    >>> from graphkb.model.record import PaperRecord
    >>> breach(PaperRecord(key="1", title="A title")) is None
    True
    >>> breach(PaperRecord(key="1", title="x" * 5000))
    'its title is longer than 4,000 bytes'
    """
    try:
        return _breach(record)
    except UnicodeEncodeError:
        return "it holds half a character (a lone surrogate)"


def _breach(record: Record) -> str | None:
    for name in ("abstract", "published", "venue", "pages", "url", "language"):
        (getattr(record, name, None) or "").encode()
    if isinstance(record, AssertedRecord):
        return asserted_fault(record)
    for what, text in _named(record):
        if fault := unfit_name(text):
            return f"{what} {fault}"
    if isinstance(record, RepositoryRecord):
        if repository(record.repository.removeprefix("repo:")) is None:
            return f"{record.repository[:60]!r} is no id of a repository"
        return None
    if isinstance(record, EntryRecord):
        return next((f"{p.what}; {p.remedy}" for p in entry_problems(record.entry)), None)
    if record.stub and not any(getattr(record, scheme) for scheme in _CITED):
        return "it is a cited work, and has no identifier to be known by"
    for cited in record.references:
        scheme, _, value = cited.partition(":")
        if scheme not in _CITED or not value:
            return f"it cites {cited[:60]!r}, which is no id of a paper"
    return None


def _named(record: PaperRecord | RepositoryRecord | EntryRecord) -> Iterator[tuple[str, str]]:
    """The texts of a record that become ids or names, with what each is."""
    yield "its key", record.key
    if isinstance(record, RepositoryRecord):
        yield "its name", record.name
        yield "its id", record.repository
        return
    if isinstance(record, EntryRecord):
        yield from _named_of_entry(record.entry)
        return
    yield "its title", record.title
    for scheme in _CITED:
        if (value := getattr(record, scheme)) is not None:
            yield f"its {scheme} identifier", value
    for author in record.authors:
        yield "an author's name", author.name
    for organization in record.organizations:
        yield "an organisation's name", organization.name
        if organization.handle is not None:
            yield "an organisation's handle", organization.handle
    for cited in record.references:
        yield "the id of a cited work", cited


def _named_of_entry(entry: Entry) -> Iterator[tuple[str, str]]:
    for spelling in entry.spellings:
        yield "a name", spelling
        yield "the key of a name", name_key(spelling)
    for pattern in entry.versions:
        yield "a pattern of versions", pattern
    for parent in entry.parents:
        yield "a parent's name", parent.name
        yield "why a parent is one", parent.why
    for paper in entry.citations:
        yield "a cited paper's id", paper.id
        yield "a cited paper's title", paper.title
        yield "a cited paper's author", paper.author
    for what, text in (("its developer", entry.developer), ("looked_up", entry.looked_up)):
        if text:
            yield what, text
