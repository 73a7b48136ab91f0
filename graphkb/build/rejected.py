"""Statements that a person rejected, taken out of what a paper's text and records say."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from msgspec import structs

from graphkb.build.sourced import SourcedRecord
from graphkb.extract.candidate import GROUP_OF_KIND
from graphkb.model.decision import Decision
from graphkb.model.identifier import repository
from graphkb.model.name import id_key, name_key
from graphkb.model.reading import NamedEntity, Reading
from graphkb.model.record import AuthorName, Organization, PaperRecord

__all__ = ["Rejected", "organization_id"]

_ROLE = "mentioned"


class Rejected:
    """The rejected statements of a store.

    Parameters
    ----------
    decisions : iterable of Decision
        Their word is reject.
    home : callable
        From the id of a name to the one that it goes by.
    """

    def __init__(self, decisions: Iterable[Decision], home: Callable[[str], str]) -> None:
        self._decisions = tuple(decisions)
        self._home = home

    def __bool__(self) -> bool:
        return bool(self._decisions)

    def edge(
        self, start: Collection[str], relationship: str, end: str, paper: Collection[str]
    ) -> bool:
        """Tell whether an edge between names, or from a paper to a name, is rejected.

        Parameters
        ----------
        start : collection of str
            The ids of its start: of a paper all of them.
        relationship : str
            Its type.
        end : str
            The id of its end.
        paper : collection of str
            All ids of the paper that states it.

        Returns
        -------
        bool
            True where it must not be.
        """
        for decision in self._decisions:
            if decision.relationship != relationship or not _holds_in(decision, paper):
                continue
            first, second = self._ids(decision.first), self._ids(decision.second)
            if not first.isdisjoint(start) and end in second:
                return True
            if relationship == "COMPARED_WITH" and end in first and not second.isdisjoint(start):
                return True
        return False

    def _ids(self, keys: Iterable[str]) -> set[str]:
        return {self._home(key) for key in keys}

    def reading(self, known: Collection[str], reading: Reading) -> Reading:
        """Return what a text says without the names and links that were rejected in it.

        Parameters
        ----------
        known : collection of str
            Every id of the paper.
        reading : Reading
            What was found in its text.

        Returns
        -------
        Reading
            An introduction that was rejected is a mention; a mention that was rejected is gone,
            with every statement about it.
        """
        for decision in self._decisions:
            if not _is_of(decision, known):
                continue
            keys = {key[5:] for key in decision.second if key.startswith("name:")}
            if decision.relationship == "INTRODUCES":
                reading = structs.replace(
                    reading,
                    entities=tuple(
                        _mentioned(e) if name_key(e.name) in keys else e for e in reading.entities
                    ),
                )
            elif decision.relationship == "MENTIONS":
                reading = _without_names(reading, keys)
            elif decision.relationship == "HAS_CODE":
                reading = _without_links(reading, decision.second)
        return reading

    def records(
        self, known: Collection[str], records: Iterable[SourcedRecord]
    ) -> tuple[SourcedRecord, ...]:
        """Return records without the authors, organisations, code and citations rejected in them.

        Parameters
        ----------
        known : collection of str
            Every id of their paper.
        records : iterable of SourcedRecord
            The records of one paper.

        Returns
        -------
        tuple of SourcedRecord
            In the same order.
        """
        records = tuple(records)
        for decision in self._decisions:
            if _is_of(decision, known):
                records = tuple(
                    replace(s, record=_without(s.record, decision.relationship, decision.second))
                    for s in records
                )
        return records


def organization_id(organization: Organization) -> str:
    """Return the id of an organisation: known by its handle at the source, else by its name."""
    return f"org:{id_key(organization.handle or organization.name)}"


def _is_of(decision: Decision, known: Collection[str]) -> bool:
    """Whether a decision is about what a paper itself states."""
    return not set(decision.first).isdisjoint(known) and _holds_in(decision, known)


def _holds_in(decision: Decision, known: Collection[str]) -> bool:
    return not decision.paper or not set(decision.paper).isdisjoint(known)


def _mentioned(entity: NamedEntity) -> NamedEntity:
    if entity.group != "introduces":
        return entity
    group = GROUP_OF_KIND[entity.kind]
    return structs.replace(entity, group=group, role=_ROLE if group == "benchmarks" else None)


def _without_names(reading: Reading, keys: Collection[str]) -> Reading:
    names = (*(e.name for e in reading.entities), *(t.name for t in reading.tasks))
    gone = {name for name in names if name_key(name) in keys}
    if not gone:
        return reading
    relations = (r for r in reading.relations if gone.isdisjoint((r.source, r.target)))
    results = (r for r in reading.results if r.subject not in gone)
    return structs.replace(
        reading,
        entities=tuple(entity for entity in reading.entities if entity.name not in gone),
        tasks=tuple(task for task in reading.tasks if task.name not in gone),
        relations=tuple(structs.replace(r, on=None) if r.on in gone else r for r in relations),
        results=tuple(
            structs.replace(
                r,
                benchmark=None if r.benchmark in gone else r.benchmark,
                baseline=None if r.baseline in gone else r.baseline,
            )
            for r in results
        ),
    )


def _without_links(reading: Reading, repositories: Collection[str]) -> Reading:
    def gone(url: str) -> bool:
        found = repository(url)
        return found is not None and found.id in repositories

    return structs.replace(
        reading,
        links=tuple(link for link in reading.links if not gone(link.url)),
        relations=tuple(relation for relation in reading.relations if not gone(relation.target)),
    )


def _without(record: PaperRecord, relationship: str | None, ends: Collection[str]) -> PaperRecord:
    if relationship == "CITES":
        kept = tuple(cited for cited in record.references if cited not in ends)
        return structs.replace(record, references=kept)
    if relationship == "AUTHORED_BY":
        return structs.replace(record, authors=tuple(a for a in record.authors if not _is(a, ends)))
    if relationship == "AFFILIATED_WITH":
        left = tuple(o for o in record.organizations if organization_id(o) not in ends)
        return structs.replace(record, organizations=left)
    if relationship == "HAS_CODE":
        ours = (url for url in record.repositories if _repository_id(url) not in ends)
        return structs.replace(record, repositories=tuple(ours))
    return record


def _is(author: AuthorName, ends: Collection[str]) -> bool:
    return f"key:{id_key(author.name)}" in ends or f"orcid:{author.orcid}" in ends


def _repository_id(url: str) -> str | None:
    found = repository(url.removeprefix("repo:"))
    return found.id if found else None
