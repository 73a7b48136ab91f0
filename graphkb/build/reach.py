"""Which records a change can touch, and which works they were and are.

Records are linked only where they share an identifier or a title, so that what a change can do to
the works lies within the records that can be reached over shared identifiers and titles.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from graphkb.build.decided import NO_DECISIONS, Decisions
from graphkb.build.derive import touching
from graphkb.build.ground import sourced_records
from graphkb.build.sourced import SCHEMES, SourcedRecord
from graphkb.build.work import Work, Works, join_records
from graphkb.model.graph import Entity
from graphkb.store.protocol import Store

__all__ = ["Reach", "Touched"]


@dataclass(frozen=True)
class Touched:
    """The works of the reached records, before a change and after it.

    Parameters
    ----------
    before, after : Works
        Works that only the catalogue cites among them.
    """

    before: Works
    after: Works

    @cached_property
    def gone(self) -> dict[str, Work]:
        """The works that are not there any more, or not as they were, by id."""
        after = {work.id: work for work in self.after.works}
        return {work.id: work for work in self.before.works if after.get(work.id) != work}

    @cached_property
    def new(self) -> dict[str, Work]:
        """The works that were not there, or not as they are now, by id."""
        before = {work.id: work for work in self.before.works}
        return {work.id: work for work in self.after.works if before.get(work.id) != work}

    @cached_property
    def moved(self) -> dict[str, tuple[str, str]]:
        """From each identifier that leads elsewhere now: to where it led, and where it leads."""
        ends = {}
        for identifier in {*self.before.ids, *self.after.ids}:
            old = self.before.ids.get(identifier, identifier)
            new = self.after.ids.get(identifier, identifier)
            if old != new:
                ends[identifier] = (old, new)
        return ends


class Reach:
    """Looks up in a store which records are touched.

    Parameters
    ----------
    store : Store
        Whose graph is whole.
    cited : mapping of str to SourcedRecord
        What the catalogue knows of the papers that it cites.
    decisions : Decisions
        What persons decided.
    """

    def __init__(
        self,
        store: Store,
        cited: Mapping[str, SourcedRecord],
        decisions: Decisions = NO_DECISIONS,
    ) -> None:
        self._store = store
        self._decisions = decisions
        self._curated: dict[str, list[SourcedRecord]] = defaultdict(list)
        for sourced in cited.values():
            for token in _tokens(sourced):
                self._curated[token].append(sourced)

    def touched(self, gone: Iterable[SourcedRecord], new: Iterable[SourcedRecord]) -> Touched:
        """Return the works that a change of records touches.

        Parameters
        ----------
        gone : iterable of SourcedRecord
            Records of the store that are taken away.
        new : iterable of SourcedRecord
            Records that are added.

        Returns
        -------
        Touched
            Complete: no record outside is linked to one of theirs, before or after.
        """
        gone, new = tuple(gone), tuple(new)
        held, curated = self._reached([*gone, *new])
        lost = {sourced.key for sourced in gone}
        kept = [sourced for key, sourced in held.items() if key not in lost]
        before = [*kept, *gone]
        after = [*kept, *new]
        return Touched(
            self._joined(before, curated),
            self._joined(after, curated),
        )

    def around(self, papers: Iterable[str]) -> Works:
        """Return the works of some papers and of whatever their records might be one work with.

        Parameters
        ----------
        papers : iterable of str
            Ids of papers.

        Returns
        -------
        Works
            With the links that joined their records, and those that were refused.
        """
        records = [s for work in self.works_of(papers).values() for s in work.records]
        held, curated = self._reached([s for s in records if not s.curated])
        return self._joined(held.values(), curated)

    def _joined(
        self, records: Iterable[SourcedRecord], curated: Mapping[str, SourcedRecord]
    ) -> Works:
        """Join records as when all is derived, with what the catalogue cites and one may be."""
        records = tuple(records)
        cited = touching(records, curated.values(), self._decisions)
        return join_records([*records, *cited], self._decisions)

    def _reached(
        self, begun: Iterable[SourcedRecord], tokens: Iterable[str] = ()
    ) -> tuple[dict[str, SourcedRecord], dict[str, SourcedRecord]]:
        held: dict[str, SourcedRecord] = {}
        curated: dict[str, SourcedRecord] = {}
        seen: set[str] = set()
        begun, tokens = tuple(begun), tuple(tokens)
        wanted = {*tokens, *(token for sourced in begun for token in _tokens(sourced))}
        wanted |= self._decisions.reached(begun, tokens)
        while wanted:
            seen |= wanted
            entities = self._entities_with(wanted)
            found = {sourced.key: sourced for sourced in sourced_records(entities)}
            held |= found
            cited = {s.key: s for token in wanted for s in self._curated.get(token, ())}
            curated |= cited
            reached = (*found.values(), *cited.values())
            wanted = {token for s in reached for token in _tokens(s)}
            wanted = (wanted | self._decisions.reached(reached)) - seen
        return held, curated

    def _entities_with(self, tokens: Iterable[str]) -> Iterable[Entity]:
        values: dict[str, list[str]] = defaultdict(list)
        for token in sorted(tokens):
            scheme, _, value = token.partition(":")
            values["title_key" if scheme == "title" else scheme].append(value)
        if keys := values.pop("record", []):
            found = self._store.entities_by_id(keys)
            yield from (entity for entity in found.values() if entity.label == "Record")
        for name, wanted in values.items():
            yield from self._store.entities_with("Record", name, wanted)

    def works_of(self, papers: Iterable[str]) -> dict[str, Work]:
        """Return the works of papers that the store holds.

        Parameters
        ----------
        papers : iterable of str
            Ids of delivered papers.

        Returns
        -------
        dict
            By id; without the ids that they had before, and without what the catalogue adds.
        """
        found: dict[str, list[SourcedRecord]] = defaultdict(list)
        entities = tuple(self._store.entities_with("Record", "paper", papers))
        for entity, sourced in zip(entities, sourced_records(entities), strict=True):
            found[str(entity.properties["paper"])].append(sourced)
        return {
            id_: Work(id_, (), tuple(sorted(records, key=lambda s: s.rank)))
            for id_, records in found.items()
        }

    def resolved(self, identifiers: Iterable[str]) -> dict[str, str]:
        """Return the papers that identifiers of works lead to in the store.

        Parameters
        ----------
        identifiers : iterable of str
            ``scheme:value``.

        Returns
        -------
        dict
            From the identifier to the paper's id; without those that no record states.
        """
        asked = [i for i in dict.fromkeys(identifiers) if i.partition(":")[0] in SCHEMES]
        found: dict[str, set[str]] = defaultdict(set)
        for sourced, paper in self._papers_with(asked):
            for identifier in sourced.identifiers:
                found[identifier].add(paper)
        ids = {i: next(iter(papers)) for i, papers in found.items() if len(papers) == 1}
        unsettled = {
            i
            for i in asked
            if (len(found[i]) != 1 and (found[i] or i in self._curated))
            or self._decisions.speaks_of(i)
        }
        if unsettled:
            # Shared by works that may not be one, or lent by the catalogue: join them again.
            held, curated = self._reached((), unsettled)
            joined = self._joined(held.values(), curated)
            ids |= {i: joined.ids[i] for i in unsettled if i in joined.ids}
        return ids

    def _papers_with(self, tokens: Iterable[str]) -> Iterable[tuple[SourcedRecord, str]]:
        entities = tuple(self._entities_with(tokens))
        papers = (str(entity.properties["paper"]) for entity in entities)
        return zip(sourced_records(entities), papers, strict=True)


def _tokens(sourced: SourcedRecord) -> tuple[str, ...]:
    return (*sourced.identifiers, sourced.title_id)
