"""A record with the source that delivered it, and the ids that it gives."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from graphkb.model.date import year_of
from graphkb.model.identifier import arxiv_from_doi
from graphkb.model.name import bounded_key, title_key
from graphkb.model.record import (
    AssertedRecord,
    EntryRecord,
    PaperRecord,
    Record,
    RepositoryRecord,
)

__all__ = [
    "SCHEMES",
    "Sourced",
    "SourcedAssertion",
    "SourcedEntry",
    "SourcedRecord",
    "SourcedRepository",
    "sourced",
]

# From the best to the last by which a work is displayed.
SCHEMES = ("arxiv", "doi", "openalex", "s2", "dblp", "aminer")


@dataclass(frozen=True)
class SourcedRecord:
    """A record and the source that delivered it.

    To another process it goes as its JSON, with what tells which records are one work: most steps
    only pass it on, so that the record is made there when it is looked at and not before.

    Parameters
    ----------
    source : str
        The source's id.
    record : PaperRecord
        The record.
    curated : bool
        True for what the catalogue cites: it lends identifiers and a title, but delivers no paper.
    """

    source: str
    record: PaperRecord
    curated: bool = False

    def __reduce__(self) -> tuple[Any, ...]:
        told = (self.payload, self.key, self.identifiers, self.title_key, self.first_author)
        return _from_process, (self.source, self.curated, self.stub, *told)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> PaperRecord:
            if name != "record":
                raise AttributeError(f"a SourcedRecord has no {name}")
            self.__dict__["record"] = PaperRecord.from_json(self.payload)
            return self.__dict__["record"]

    @cached_property
    def payload(self) -> str:
        """The record's canonical JSON."""
        return self.record.to_json()

    @cached_property
    def stub(self) -> bool:
        """Whether the source only tells of the paper: see :class:`PaperRecord`."""
        return self.record.stub

    @cached_property
    def key(self) -> str:
        """The id of the record in the whole store: the first ``#`` in it ends the source's id."""
        return _key(self.source, self.record)

    @cached_property
    def identifiers(self) -> tuple[str, ...]:
        """``scheme:value``, one a scheme: arXiv's own DOI is an arXiv id where none is given."""
        record = self.record
        of_doi = arxiv_from_doi(record.doi) if record.doi else None
        values = (
            record.arxiv or of_doi,
            None if of_doi else record.doi,
            record.openalex,
            record.s2,
            record.dblp,
            record.aminer,
        )
        return tuple(f"{scheme}:{v}" for scheme, v in zip(SCHEMES, values, strict=True) if v)

    @cached_property
    def title_key(self) -> str:
        """The folded title; empty for a title of signs."""
        return title_key(self.record.title)

    @cached_property
    def title_id(self) -> str:
        """The id that the title gives where the source knows no identifier."""
        return f"title:{bounded_key(self.title_key, self.record.title)}"

    @cached_property
    def hashed_id(self) -> str:
        """The id that tells the work apart from others of its title."""
        text = f"{self.year or ''}\n{self.first_author or ''}\n{self.key}"
        return f"{self.title_id}~{hashlib.sha256(text.encode()).hexdigest()[:8]}"

    @cached_property
    def year(self) -> int | None:
        """The year of publication, where the source states it."""
        return year_of(self.record.published)

    @cached_property
    def first_author(self) -> str | None:
        """The folded family name of the first author, where the source names authors."""
        if not self.record.authors:
            return None
        return title_key(self.record.authors[0].name).rpartition("-")[2] or None

    @cached_property
    def rank(self) -> tuple[bool, bool, bool, int, str]:
        """The precedence of its fields: arXiv, publisher, listing, curated; then cited works."""
        schemes = [identifier.partition(":")[0] for identifier in self.identifiers]
        level = 0 if "arxiv" in schemes else 1 if "doi" in schemes else 2
        return (self.stub, self.curated, self.record.summary, level, self.key)


def _from_process(
    source: str,
    curated: bool,
    stub: bool,
    payload: str,
    key: str,
    identifiers: tuple[str, ...],
    title_key: str,
    first_author: str | None,
) -> SourcedRecord:
    found = object.__new__(SourcedRecord)
    found.__dict__.update(
        source=source,
        curated=curated,
        stub=stub,
        payload=payload,
        key=key,
        identifiers=identifiers,
        title_key=title_key,
        first_author=first_author,
    )
    return found


@dataclass(frozen=True)
class SourcedRepository:
    """A record of a repository and the source that delivered it.

    Parameters
    ----------
    source : str
        The source's id.
    record : RepositoryRecord
        The record.
    """

    source: str
    record: RepositoryRecord

    @property
    def payload(self) -> str:
        """The record's canonical JSON."""
        return self.record.to_json()

    @property
    def key(self) -> str:
        """The id of the record in the whole store."""
        return _key(self.source, self.record)


@dataclass(frozen=True)
class SourcedEntry:
    """An entry of the catalogue and the source that delivered it.

    Parameters
    ----------
    source : str
        The source's id.
    record : EntryRecord
        The record.
    """

    source: str
    record: EntryRecord

    @property
    def payload(self) -> str:
        """The record's canonical JSON."""
        return self.record.to_json()

    @property
    def key(self) -> str:
        """The id of the record in the whole store."""
        return _key(self.source, self.record)


@dataclass(frozen=True)
class SourcedAssertion:
    """An entity with its edges as asserted, and the source that asserts them.

    Parameters
    ----------
    source : str
        The source's id.
    record : AssertedRecord
        The record.
    """

    source: str
    record: AssertedRecord

    @property
    def payload(self) -> str:
        """The record's canonical JSON."""
        return self.record.to_json()

    @property
    def key(self) -> str:
        """The id of the record in the whole store."""
        return _key(self.source, self.record)


Sourced = SourcedRecord | SourcedRepository | SourcedEntry | SourcedAssertion


def sourced(source: str, record: Record) -> Sourced:
    """Return a record with the source that delivered it.

    Parameters
    ----------
    source : str
        The source's id.
    record : Record
        The record.

    Returns
    -------
    SourcedRecord, SourcedRepository, SourcedEntry or SourcedAssertion
        By what the record is of.
    """
    if isinstance(record, AssertedRecord):
        return SourcedAssertion(source, record)
    if isinstance(record, EntryRecord):
        return SourcedEntry(source, record)
    if isinstance(record, RepositoryRecord):
        return SourcedRepository(source, record)
    return SourcedRecord(source, record)


def _key(source: str, record: Record) -> str:
    escaped = source.replace("%", "%25").replace("#", "%23")
    return f"{escaped}#{record.key}"
