"""Ground truth in the store: sources and their records as entities, and back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from graphkb.build.paper import described
from graphkb.build.sourced import (
    Sourced,
    SourcedAssertion,
    SourcedEntry,
    SourcedRecord,
    SourcedRepository,
    sourced,
)
from graphkb.model.decision import Decision
from graphkb.model.graph import Entity
from graphkb.model.record import (
    AssertedRecord,
    EntryRecord,
    PaperRecord,
    Record,
    record_from_json,
    records_digest,
)
from graphkb.model.release import VERSION as RELEASE

__all__ = [
    "Builder",
    "SourceTotals",
    "all_records",
    "asserted_record_entity",
    "builtin_entity",
    "current_builder",
    "decision_entity",
    "decisions_of",
    "entry_record_entity",
    "record_entity",
    "repository_record_entity",
    "source_entity",
    "source_of_totals",
    "sourced_records",
]

COMPLETE = "complete"
LOADING = "loading"


@dataclass(frozen=True, slots=True)
class Builder:
    """What a derived graph depends on beside the records.

    Parameters
    ----------
    version : str
        Of graphkb.
    reader : str
        Version of the rules of extraction.
    catalogue : str
        Digest of the curated facts.
    """

    version: str
    reader: str
    catalogue: str

    @property
    def source(self) -> str:
        """The id of the built-in source."""
        return f"builtin:{self.version}"

    @property
    def content(self) -> str:
        """The digest that tells two builders apart."""
        text = f"{self.version}\n{self.reader}\n{self.catalogue}"
        return hashlib.sha256(text.encode()).hexdigest()


def current_builder() -> Builder:
    """Return what this version derives with, beside the records."""
    from graphkb.extract.catalogue import load_catalogue
    from graphkb.extract.reader import VERSION

    return Builder(RELEASE, VERSION, load_catalogue().digest)


def builtin_entity(builder: Builder) -> Entity:
    """Return the built-in source, which stands for the version that built the graph."""
    return Entity(
        "Source",
        builder.source,
        described(
            name=builder.version,
            loader="builtin",
            state=COMPLETE,
            papers=0,
            records=0,
            content=builder.content,
        ),
    )


def source_entity(
    id_: str, records: Sequence[Record], place: str, *, state: str = COMPLETE
) -> Entity:
    """Return the Source entity of what a load read.

    Parameters
    ----------
    id_ : str
        ``<loader>:<name>``.
    records : sequence of Record
        Its records.
    place : str
        Where they were read from.
    state : str
        complete, or loading while the rest of the graph is not written.

    Returns
    -------
    Entity
        The source.
    """
    totals = SourceTotals(
        sum(map(_is_paper, records)),
        len(records),
        sum(isinstance(record, EntryRecord) for record in records),
        sum(isinstance(record, AssertedRecord) for record in records),
        records_digest(records),
    )
    return source_of_totals(id_, totals, place, state=state)


@dataclass(frozen=True, slots=True)
class SourceTotals:
    """What a source delivered, in numbers.

    Parameters
    ----------
    papers, records, entries, asserted : int
        How many records are of papers that it delivers; of anything; of entries; as asserted.
    content : str
        The digest of the records (:func:`graphkb.model.record.records_digest`).
    """

    papers: int
    records: int
    entries: int
    asserted: int
    content: str


def source_of_totals(
    id_: str, totals: SourceTotals, place: str, *, state: str = COMPLETE
) -> Entity:
    """Return the Source entity of a source of which the numbers are known.

    Parameters
    ----------
    id_, place, state
        As of :func:`source_entity`.
    totals : SourceTotals
        The numbers.

    Returns
    -------
    Entity
        The source.
    """
    loader, _, name = id_.partition(":")
    return Entity(
        "Source",
        id_,
        described(
            name=name,
            loader=loader,
            state=state,
            papers=totals.papers,
            records=totals.records,
            entries=totals.entries or None,
            asserted=totals.asserted or None,
            content=totals.content,
            place=place,
        ),
    )


def _is_paper(record: Record) -> bool:
    """Whether a source delivers a paper by the record, instead of telling of one that is cited."""
    if isinstance(record, AssertedRecord):
        entity = record.entity
        return entity.label == "Paper" and entity.properties.get("stub") is not True
    return isinstance(record, PaperRecord) and not record.stub


def record_entity(sourced: SourcedRecord, paper: str) -> Entity:
    """Return the Record entity of a record.

    Parameters
    ----------
    sourced : SourcedRecord
        The record, with its source.
    paper : str
        The id of the paper that it is a record of.

    Returns
    -------
    Entity
        With the payload, and what later loads look it up by.
    """
    record = sourced.record
    identifiers = dict(identifier.split(":", 1) for identifier in sourced.identifiers)
    return Entity(
        "Record",
        sourced.key,
        described(
            name=record.title,
            source=sourced.source,
            payload=sourced.payload,
            paper=paper,
            title_key=sourced.title_id.removeprefix("title:"),
            **identifiers,
        ),
    )


def repository_record_entity(sourced_repository: SourcedRepository) -> Entity:
    """Return the Record entity of a record of a repository.

    Parameters
    ----------
    sourced_repository : SourcedRepository
        The record, with its source.

    Returns
    -------
    Entity
        With the payload, and the repository that it is looked up by.
    """
    record = sourced_repository.record
    return Entity(
        "Record",
        sourced_repository.key,
        described(
            name=record.name,
            source=sourced_repository.source,
            payload=sourced_repository.payload,
            repository=record.repository,
        ),
    )


def decision_entity(decision: Decision) -> Entity:
    """Return the Decision entity of a person's decision."""
    return Entity(
        "Decision",
        decision.id,
        described(
            name=decision.title,
            word=decision.word,
            subject=decision.subject,
            payload=decision.to_json(),
            note=decision.note,
        ),
    )


def decisions_of(entities: Iterable[Entity]) -> tuple[Decision, ...]:
    """Return the decisions that Decision entities hold, sorted by id."""
    found = (Decision.from_json(str(entity.properties["payload"])) for entity in entities)
    return tuple(sorted(found, key=lambda decision: decision.id))


def entry_record_entity(sourced_entry: SourcedEntry) -> Entity:
    """Return the Record entity of an entry.

    Parameters
    ----------
    sourced_entry : SourcedEntry
        The record, with its source.

    Returns
    -------
    Entity
        With the payload.
    """
    record = sourced_entry.record
    return Entity(
        "Record",
        sourced_entry.key,
        described(
            name=record.entry.name, source=sourced_entry.source, payload=sourced_entry.payload
        ),
    )


def asserted_record_entity(assertion: SourcedAssertion) -> Entity:
    """Return the Record entity of an entity as asserted.

    It is looked up by its source alone: what is looked up by a paper is what that is derived from.

    Parameters
    ----------
    assertion : SourcedAssertion
        The record, with its source.

    Returns
    -------
    Entity
        With the payload.
    """
    record = assertion.record
    return Entity(
        "Record",
        assertion.key,
        described(name=record.entity.name, source=assertion.source, payload=assertion.payload),
    )


def all_records(entities: Iterable[Entity]) -> Iterator[Sourced]:
    """Yield the records that Record entities hold, of whatever kind."""
    for entity in entities:
        record = record_from_json(str(entity.properties["payload"]))
        yield sourced(str(entity.properties["source"]), record)


def sourced_records(entities: Iterable[Entity]) -> Iterator[SourcedRecord]:
    """Yield the records of papers that Record entities hold."""
    return (found for found in all_records(entities) if isinstance(found, SourcedRecord))
