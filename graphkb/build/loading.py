"""Bringing a store from what it holds to what its records, old and new, call for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from graphkb.build.change import changes_between, stages
from graphkb.build.derive import Built, Read, build
from graphkb.build.ground import (
    COMPLETE,
    Builder,
    builtin_entity,
    record_entities,
    source_entity,
    sourced_records,
)
from graphkb.build.intake import Intake
from graphkb.build.link import RefusedLink
from graphkb.build.report import SourceReport
from graphkb.errors import NotFoundError, SourceConflictError
from graphkb.extract.catalogue import Catalogue
from graphkb.model.graph import Entity, Graph
from graphkb.model.source import Notice
from graphkb.store.protocol import Changes, Store

__all__ = ["Loading", "check_conflict"]

Progress = Callable[[int, int], None]


class Loading:
    """The work of one load, forget or rebuild on an open store.

    Parameters
    ----------
    store : Store
        Open for writing, unless nothing but a dry run is asked of it.
    builder : Builder
        The version that derives.
    catalogue : Catalogue
        The curated facts.
    read : callable
        The reader of one paper.
    progress : callable, optional
        Told how many papers of how many have been read.
    """

    def __init__(
        self,
        store: Store,
        builder: Builder,
        catalogue: Catalogue,
        read: Read,
        progress: Progress | None = None,
    ) -> None:
        self._store = store
        self._builder = builder
        self._catalogue = catalogue
        self._read = read
        self._progress = progress

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
        for id_ in same:
            wanted[id_] = held[id_]
        built = None
        changes = Changes()
        if len(same) < len(wanted) or not self._is_current(held):
            sources = [s for id_, s in held.items() if id_ not in wanted and not _is_builtin(s)]
            records = [record for s in sources for record in self._store.records(s.id)]
            new = [record for i in intakes for record in record_entities(i.id, i.records)]
            built = self._build([*records, *new])
            changes = self._changes(built, [*sources, *wanted.values(), *records, *new])
            if not dry_run:
                self._write(changes)
        reports = [self._report(intake, held, same, built) for intake in intakes]
        return tuple(reports), len(changes)

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
        return self._rederive(s for s in held.values() if s.id != source)

    def rebuild(self) -> int:
        """Derive every entity and edge again from the records.

        Returns
        -------
        int
            How many entities and edges were written or deleted.
        """
        return self._rederive(self._sources().values())

    def pending(self) -> Changes:
        """Return what a rebuild would change."""
        return self._pending(self._sources().values())

    def _rederive(self, sources: Iterable[Entity]) -> int:
        changes = self._pending(sources)
        self._write(changes)
        return len(changes)

    def _pending(self, sources: Iterable[Entity]) -> Changes:
        kept = [source for source in sources if not _is_builtin(source)]
        records = [record for source in kept for record in self._store.records(source.id)]
        return self._changes(self._build(records), [*kept, *records])

    def _sources(self) -> dict[str, Entity]:
        return {s.id: s for s in sorted(self._store.entities(["Source"]), key=lambda s: s.id)}

    def _is_current(self, held: Mapping[str, Entity]) -> bool:
        """Whether the store is as this version derives it, with nothing left unfinished."""
        return (
            self._builder.source in held
            and held[self._builder.source].properties["content"] == self._builder.content
            and all(source.properties["state"] == COMPLETE for source in held.values())
        )

    def _build(self, records: Iterable[Entity]) -> Built:
        return build(
            sourced_records(records),
            self._catalogue,
            self._read,
            self._builder.source,
            self._progress,
        )

    def _changes(self, built: Built, ground: Sequence[Entity]) -> Changes:
        ground = [*ground, builtin_entity(self._builder)] if ground else []
        entities = {**built.graph.entities, **{entity.key: entity for entity in ground}}
        wanted = Graph(entities, built.graph.edges)
        return changes_between(self._store.entities(), self._store.edges(), wanted)

    def _write(self, changes: Changes) -> None:
        """Write the changes at once, where the store can, else in stages."""
        parts: Iterable[Changes] = (changes,)
        if self._store.engine == "neo4j":
            from graphkb.store import neo4j

            if len(changes) > neo4j.ATOMIC_SIZE:
                parts = stages(changes, builtin_entity(self._builder))
        for part in parts:
            if part:
                self._store.write(part)

    def _report(
        self,
        intake: Intake,
        held: Mapping[str, Entity],
        same: set[str],
        built: Built | None,
    ) -> SourceReport:
        before = held.get(intake.id)
        whole = before is not None and before.properties["state"] == COMPLETE
        outcome = "unchanged" if intake.id in same else "replaced" if whole else "loaded"
        joined = 0
        apart: list[Notice] = []
        if built is not None:
            for work in built.works:
                own = sum(s.source == intake.id for s in work.records)
                delivered = sum(not s.curated for s in work.records)
                joined += own if own and delivered > 1 else 0
            apart = [n for link in built.refused for n in _refusals(link, intake.id)]
        return SourceReport(
            intake.id,
            outcome,  # type: ignore[arg-type]
            len(intake.records),
            intake.merged,
            joined,
            intake.skipped,
            (*intake.notices, *apart),
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


def _is_builtin(source: Entity) -> bool:
    return source.properties.get("loader") == "builtin"
