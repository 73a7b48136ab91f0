"""Which records a change can touch, and which works they were and are.

Records are linked only where they share an identifier or a title, so that what a change can do to
the works lies within the records that can be reached over shared identifiers and titles.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

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
    """

    def __init__(self, store: Store, cited: Mapping[str, SourcedRecord]) -> None:
        self._store = store
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
            join_records([*before, *_cited_by(curated, before)]),
            join_records([*after, *_cited_by(curated, after)]),
        )

    def _reached(
        self, begun: Iterable[SourcedRecord], tokens: Iterable[str] = ()
    ) -> tuple[dict[str, SourcedRecord], dict[str, SourcedRecord]]:
        held: dict[str, SourcedRecord] = {}
        curated: dict[str, SourcedRecord] = {}
        seen: set[str] = set()
        wanted = {*tokens, *(token for sourced in begun for token in _tokens(sourced))}
        while wanted:
            seen |= wanted
            entities = self._entities_with(wanted)
            found = {sourced.key: sourced for sourced in sourced_records(entities)}
            held |= found
            cited = {s.key: s for token in wanted for s in self._curated.get(token, ())}
            curated |= cited
            reached = (*found.values(), *cited.values())
            wanted = {token for s in reached for token in _tokens(s)} - seen
        return held, curated

    def _entities_with(self, tokens: Iterable[str]) -> Iterable[Entity]:
        values: dict[str, list[str]] = defaultdict(list)
        for token in sorted(tokens):
            scheme, _, value = token.partition(":")
            values["title_key" if scheme == "title" else scheme].append(value)
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
        unsettled = {i for i in asked if len(found[i]) != 1 and (found[i] or i in self._curated)}
        if unsettled:
            # Shared by works that may not be one, or lent by the catalogue: join them again.
            held, curated = self._reached((), unsettled)
            joined = join_records([*held.values(), *_cited_by(curated, held.values())])
            ids |= {i: joined.ids[i] for i in unsettled if i in joined.ids}
        return ids

    def _papers_with(self, tokens: Iterable[str]) -> Iterable[tuple[SourcedRecord, str]]:
        entities = tuple(self._entities_with(tokens))
        papers = (str(entity.properties["paper"]) for entity in entities)
        return zip(sourced_records(entities), papers, strict=True)


def _tokens(sourced: SourcedRecord) -> tuple[str, ...]:
    return (*sourced.identifiers, sourced.title_id)


def _cited_by(
    curated: Mapping[str, SourcedRecord], records: Iterable[SourcedRecord]
) -> list[SourcedRecord]:
    """What the catalogue cites and one of the records may be, as when all is derived."""
    return list(touching(tuple(records), curated.values()))
