"""Bringing a store from what it holds to what its records, old and new, call for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from graphkb.build.asserted import Remark
from graphkb.build.change import changes_between, stages
from graphkb.build.decided import Decisions
from graphkb.build.derive import Read, build
from graphkb.build.ground import (
    COMPLETE,
    Builder,
    all_records,
    asserted_record_entity,
    builtin_entity,
    decision_entity,
    decisions_of,
    entry_record_entity,
    record_entity,
    repository_record_entity,
    source_entity,
)
from graphkb.build.intake import Intake
from graphkb.build.link import DECIDED, RefusedLink
from graphkb.build.memory import refuse_what_does_not_fit
from graphkb.build.naming import artefact_entries
from graphkb.build.online import tell_what_is_faster
from graphkb.build.part import derive_part
from graphkb.build.recorded import repositories_told
from graphkb.build.report import SourceReport
from graphkb.build.sourced import (
    Sourced,
    SourcedAssertion,
    SourcedEntry,
    SourcedRecord,
    SourcedRepository,
    sourced,
)
from graphkb.build.work import Work
from graphkb.errors import DecisionError, NotFoundError, SourceConflictError
from graphkb.extract.catalogue import Catalogue, Contribution, Merged, merge
from graphkb.model.decision import Decision
from graphkb.model.graph import Entity, Graph
from graphkb.model.progress import SAVING, WRITING, Progress
from graphkb.model.record import AssertedRecord, EntryRecord, PaperRecord
from graphkb.model.source import Notice
from graphkb.store.protocol import Changes, Store

__all__ = ["Loading", "check_conflict"]

ReadWith = Callable[[Catalogue], Read]

# Where more than this share of the records changes, to derive everything again is quicker.
SHARE = 0.2


@dataclass(frozen=True, slots=True)
class _Derived:
    """What is to be written, and what a report tells of how it came about."""

    changes: Changes
    works: tuple[Work, ...]
    refused: tuple[RefusedLink, ...]
    merged: Merged | None = None
    remarks: tuple[Remark, ...] = ()


class Loading:
    """The work of one load, forget or rebuild on an open store.

    Parameters
    ----------
    store : Store
        Open for writing, unless nothing but a dry run is asked of it.
    builder : Builder
        The version that derives.
    catalogue : Catalogue
        The curated facts that come with graphkb; entries of the store's sources are put to them.
    read_with : callable
        From the catalogue of a store to the reader of one paper.
    progress : callable, optional
        Told of each stage how far it is.
    share : float, optional
        Where more than this share of the records changes, everything is derived again.
    """

    def __init__(
        self,
        store: Store,
        builder: Builder,
        catalogue: Catalogue,
        read_with: ReadWith,
        progress: Progress | None = None,
        *,
        share: float | None = None,
    ) -> None:
        self._store = store
        self._builder = builder
        self._catalogue = catalogue
        self._read_with = read_with
        self._progress = progress
        self._share = SHARE if share is None else share

    def load(
        self, intakes: Sequence[Intake], *, dry_run: bool = False
    ) -> tuple[tuple[SourceReport, ...], int]:
        """Add or replace sources.

        Parameters
        ----------
        intakes : sequence of Intake
            Sources with different ids.
        dry_run : bool
            Count, and write nothing.

        Returns
        -------
        tuple
            A report a source, and how many entities and edges were written or deleted.
        """
        held = self._sources()
        wanted = {i.id: source_entity(i.id, i.records, i.place) for i in intakes}
        same = {id_ for id_, source in wanted.items() if _holds(held.get(id_), source)}
        other = {i.id: i for i in intakes if i.id not in same}
        derived = _Derived(Changes(), (), ())
        if other or not self._is_current(held):
            records = [record for intake in other.values() for record in intake.records]
            refuse_what_does_not_fit(records, _records_of(held), self._store.url)
            if self._store.engine == "neo4j" and not held and not dry_run:
                tell_what_is_faster(records)
            sources = held | {id_: wanted[id_] for id_ in other}
            derived = self._derived(
                held,
                sources,
                {id_: [sourced(id_, r) for r in i.records] for id_, i in other.items()},
            )
            if not dry_run:
                self._write(derived.changes)
        elif any(held[id_].properties.get("entries") for id_ in same):
            derived = replace(derived, merged=self._merged(self._entries(held)))
        reports = [self._report(intake, held, same, derived) for intake in intakes]
        return tuple(reports), len(derived.changes)

    def forget(self, source: str) -> int:
        """Bring the store to where it would be had the source never been loaded.

        Parameters
        ----------
        source : str
            Its id.

        Returns
        -------
        int
            How many entities and edges were written or deleted.

        Raises
        ------
        NotFoundError
            No source of that id was loaded; the curated facts are built in.
        """
        held = self._sources()
        if source not in held or _is_builtin(held[source]):
            known = ", ".join(id_ for id_, s in held.items() if not _is_builtin(s)) or "none"
            what = f"no source {source!r} was loaded"
            if source.startswith("builtin:"):
                what = f"{source} is built in and cannot be forgotten"
            raise NotFoundError(what, remedy=f"loaded sources: {known}")
        rest = {id_: entity for id_, entity in held.items() if id_ != source}
        changes = self._derived(held, rest, {source: []}).changes
        self._write(changes)
        return len(changes)

    def rebuild(self) -> int:
        """Derive every entity and edge again from the records.

        Returns
        -------
        int
            How many entities and edges were written or deleted.
        """
        changes = self.pending()
        self._write(changes)
        return len(changes)

    def decisions(self) -> tuple[Decision, ...]:
        """Return what persons decided, sorted by id."""
        return decisions_of(self._store.entities(["Decision"]))

    def decide(
        self,
        decisions: Iterable[Decision],
    ) -> int:
        """Bring the store to where it would be had these decisions been made, and no others.

        Parameters
        ----------
        decisions : iterable of Decision
            All that are to hold.

        Returns
        -------
        int
            How many entities and edges were written or deleted.

        Raises
        ------
        DecisionError
            Of papers, one would be joined with what it is set apart from.
        """
        decided = tuple(decisions)
        derived = self._whole(self._sources(), {}, decided)
        if {decision.id for decision in decided} - {one.id for one in self.decisions()}:
            self._check(derived.refused)
        self._write(derived.changes)
        return len(derived.changes)

    def facts(self) -> tuple[Catalogue, Read, str, Decisions]:
        """Return what is derived with: catalogue, reader, built-in source and decisions."""
        catalogue = self._merged(self._entries(self._sources())).catalogue
        read = self._read_with(catalogue)
        return catalogue, read, self._builder.source, self._decided(catalogue)

    def _check(self, refused: Iterable[RefusedLink]) -> None:
        """Refuse a decision that makes another one, or itself, impossible."""
        against = [link for link in refused if link.rule.startswith(DECIDED)]
        if not against:
            return
        # What later loads made impossible is no reason to refuse what is decided now.
        before = {(link.rule, link.records) for link in self._whole(self._sources(), {}).refused}
        for link in against:
            if (link.rule, link.records) not in before:
                left, right = link.records
                raise DecisionError(
                    f"{link.rule}, makes {left.key} and {right.key} one; {link.reason}",
                    remedy="revoke the one or the other, see graphkb decide list",
                )

    def _decided(
        self, catalogue: Catalogue, decisions: Iterable[Decision] | None = None
    ) -> Decisions:
        found = self.decisions() if decisions is None else decisions
        return Decisions(found, artefact_entries(catalogue))

    def pending(self) -> Changes:
        """Return what a rebuild would change."""
        return self._whole(self._sources(), {}).changes

    def _sources(self) -> dict[str, Entity]:
        return {s.id: s for s in sorted(self._store.entities(["Source"]), key=lambda s: s.id)}

    def _is_current(self, held: Mapping[str, Entity]) -> bool:
        """Whether the store is as this version derives it, with nothing left unfinished."""
        return (
            self._builder.source in held
            and held[self._builder.source].properties["content"] == self._builder.content
            and all(source.properties["state"] == COMPLETE for source in held.values())
        )

    def _derived(
        self,
        held: dict[str, Entity],
        sources: dict[str, Entity],
        contents: Mapping[str, Sequence[Sourced]],
    ) -> _Derived:
        """Derive what other contents of some sources change: what they reach, or everything."""
        self._begin("looking what is there")
        if not self._is_current(held):
            return self._whole(sources, contents)
        gone: list[Sourced] = []
        new: list[Sourced] = []
        for id_, content in contents.items():
            before = set(all_records(self._store.records(id_))) if id_ in held else set()
            after = set(content)
            gone += (record for record in before if record not in after)
            new += (record for record in content if record not in before)
        rest = _records_of(held) - len(gone)
        papers_gone = [one for one in gone if isinstance(one, SourcedRecord)]
        papers_new = [one for one in new if isinstance(one, SourcedRecord)]
        changed = len(gone) + len(new)
        if (
            changed > self._share * rest
            or all(map(_is_builtin, sources.values()))
            or changed > len(papers_gone) + len(papers_new)
            # What is asserted lies over all that is derived.
            or any("asserted" in source.properties for source in (held | sources).values())
        ):
            return self._whole(sources, contents)
        catalogue = self._merged(self._entries(held)).catalogue
        part = derive_part(
            self._store,
            sorted(papers_gone, key=lambda sourced: sourced.key),
            papers_new,
            catalogue,
            self._read_with(catalogue),
            self._builder.source,
            self._progress,
            self._decided(catalogue),
        )
        if part is None:
            return self._whole(sources, contents)
        written = {id_: s for id_, s in sources.items() if id_ in contents}
        changes = changes_between(
            (*part.held.entities.values(), *(held[id_] for id_ in contents if id_ in held)),
            part.held.edges.values(),
            Graph(
                {**part.wanted.entities, **{entity.key: entity for entity in written.values()}},
                part.wanted.edges,
            ),
        )
        return _Derived(changes, part.works, part.refused)

    def _whole(
        self,
        sources: Mapping[str, Entity],
        contents: Mapping[str, Sequence[Sourced]],
        decisions: Iterable[Decision] | None = None,
    ) -> _Derived:
        """Derive everything from the records of the sources: these contents, else as stored."""
        kept = [source for source in sources.values() if not _is_builtin(source)]
        records = [
            one
            for source in kept
            for one in (
                contents[source.id]
                if source.id in contents
                else all_records(self._store.records(source.id))
            )
        ]
        repositories = [one for one in records if isinstance(one, SourcedRepository)]
        merged = self._merged(records)
        built = build(
            (one for one in records if isinstance(one, SourcedRecord)),
            merged.catalogue,
            self._read_with(merged.catalogue),
            self._builder.source,
            self._progress,
            repositories_told(repositories),
            (decided := self._decided(merged.catalogue, decisions)),
            asserted := [one for one in records if isinstance(one, SourcedAssertion)],
        )
        ground = [*kept, builtin_entity(self._builder)] if kept else []
        ground += map(decision_entity, decided.all)
        ground += map(repository_record_entity, repositories)
        ground += (entry_record_entity(one) for one in records if isinstance(one, SourcedEntry))
        ground += map(asserted_record_entity, asserted)
        ground += (
            record_entity(sourced, work.id)
            for work in built.works
            for sourced in work.records
            if not sourced.curated
        )
        entities = {**built.graph.entities, **{entity.key: entity for entity in ground}}
        wanted = Graph(entities, built.graph.edges)
        self._begin("comparing with the store")
        changes = changes_between(self._store.entities(), self._store.edges(), wanted)
        return _Derived(changes, built.works, built.refused, merged, built.remarks)

    def _entries(self, held: Mapping[str, Entity]) -> Iterator[Sourced]:
        """The records of the sources of the store that bring entries."""
        for id_, source in held.items():
            if source.properties.get("entries"):
                yield from all_records(self._store.records(id_))

    def _merged(self, records: Iterable[Sourced]) -> Merged:
        """The catalogue of a store whose sources bring these records."""
        entries = (one for one in records if isinstance(one, SourcedEntry))
        told = (Contribution(one.source, one.record.entry) for one in entries)
        return merge(self._catalogue, self._builder.source, told)

    def _write(self, changes: Changes) -> None:
        """Write the changes at once, where the store can, else in stages."""
        parts: Iterable[Changes] = (changes,)
        if self._store.engine == "neo4j":
            from graphkb.store import neo4j

            if len(changes) > neo4j.ATOMIC_SIZE:
                parts = stages(changes, builtin_entity(self._builder))
        parts = list(parts)
        total, before = sum(map(len, parts)), 0

        def tell(stage: str, done: int, of: int) -> None:
            if self._progress:
                at = (before + done, total) if stage == WRITING else (done, of)
                self._progress(stage, *at)

        for part in parts:
            if part:
                self._store.write(part, tell)
                before += len(part)
        if total and self._store.engine == "embedded":
            tell(SAVING, 0, 0)

    def _begin(self, stage: str) -> None:
        if self._progress:
            self._progress(stage, 0, 0)

    def _report(
        self,
        intake: Intake,
        held: Mapping[str, Entity],
        same: set[str],
        derived: _Derived,
    ) -> SourceReport:
        before = held.get(intake.id)
        whole = before is not None and before.properties["state"] == COMPLETE
        outcome = "unchanged" if intake.id in same else "replaced" if whole else "loaded"
        joined = 0
        for work in derived.works:
            stated = [s for s in work.records if not s.curated and not s.stub]
            own, delivered = sum(s.source == intake.id for s in stated), len(stated)
            joined += own if own and delivered > 1 else 0
        cited = sum(isinstance(r, PaperRecord) and r.stub for r in intake.records)
        apart = [n for link in derived.refused for n in _refusals(link, intake.id)]
        apart += _remarks(derived.merged, intake)
        apart += [Notice(r.place, r.message) for r in derived.remarks if r.source == intake.id]
        asserted = [r for r in intake.records if isinstance(r, AssertedRecord)]
        return SourceReport(
            intake.id,
            outcome,  # type: ignore[arg-type]
            len(intake.records) - cited,
            intake.merged,
            joined,
            intake.skipped,
            (*intake.notices, *apart),
            cited,
            sum(len(record.edges) for record in asserted),
        )


def check_conflict(
    intake: Intake, held: Entity | None, accepted: Iterable[Intake], *, named: bool
) -> None:
    """Refuse a source whose id is taken by another content from another place.

    Parameters
    ----------
    intake : Intake
        The source to load.
    held : Entity or None
        The source of that id in the store.
    accepted : iterable of Intake
        The sources of the same load that come before it.
    named : bool
        True where the person named the source, which then replaces what was there.

    Raises
    ------
    SourceConflictError
        Its id is taken.
    """
    remedy = "give it another name with --as NAME, or replace the loaded one with --as its name"
    for other in accepted:
        if other.id == intake.id and set(other.records) != set(intake.records):
            raise SourceConflictError(
                f"{other.place} of the same load has the id {intake.id} too", remedy=remedy
            )
    if held is None or named:
        return
    wanted = source_entity(intake.id, intake.records, intake.place)
    same = held.properties["content"] == wanted.properties["content"]
    if not same and held.properties.get("place") != intake.place:
        raise SourceConflictError(
            f"{intake.id} was loaded from {held.properties.get('place')} with other content",
            remedy=remedy,
        )


def _holds(held: Entity | None, source: Entity) -> bool:
    """Whether the store holds this content of a source, whole."""
    return (
        held is not None
        and held.properties["content"] == source.properties["content"]
        and held.properties["state"] == COMPLETE
    )


def _refusals(link: RefusedLink, source: str) -> Iterator[Notice]:
    """Tell of a link that was not made, once, by a record of the source."""
    left, right = link.records
    if source in (left.source, right.source):
        own, other = (left, right) if left.source == source else (right, left)
        what = f"not taken for the same work as {other.key} ({link.rule}): {link.reason}"
        yield Notice(f"record {own.record.key}", what)


def _remarks(merged: Merged | None, intake: Intake) -> Iterator[Notice]:
    """Tell of what a source's entries say otherwise than the catalogue."""
    entries = (record.entry for record in intake.records if isinstance(record, EntryRecord))
    places = {entry.id: entry.place for entry in entries}
    for remark in merged.remarks if merged else ():
        if remark.source == intake.id:
            id_ = remark.entry.id
            yield Notice(places.get(id_) or f"record {id_}", remark.message)


def _records_of(held: Mapping[str, Entity]) -> int:
    """How many records the sources of a store brought."""
    return sum(int(str(source.properties["records"])) for source in held.values())


def _is_builtin(source: Entity) -> bool:
    return source.properties.get("loader") == "builtin"
