"""The works that records are of, and the id of each.

The displayed id is the best that the records give; every other one that a part of them would give
is a former id, so that what a person noted down still leads to the work.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from msgspec import Struct, structs

from graphkb.build.decided import NO_DECISIONS, Decisions
from graphkb.build.link import Link, RefusedLink, contested, link_records
from graphkb.build.sourced import SCHEMES, SourcedRecord

__all__ = ["Work", "Works", "join_records"]


class Work(Struct, frozen=True):
    """The records that are one work.

    Parameters
    ----------
    id : str
        The id by which it is displayed.
    former_ids : tuple of str
        Every other id that a part of the records would give, but those of other works.
    records : tuple of SourcedRecord
        In order of precedence.
    """

    id: str
    former_ids: tuple[str, ...]
    records: tuple[SourcedRecord, ...]

    @property
    def delivered(self) -> bool:
        """Whether a source delivered the paper, instead of only citing it."""
        return any(not sourced.curated for sourced in self.records)

    @property
    def known_as(self) -> frozenset[str]:
        """Every id that its records give it."""
        return frozenset((self.id, *(i for s in self.records for i in _given(s))))

    def accepted(self, decisions: Decisions) -> Work:
        """The work without what a person rejected of its records."""
        if not decisions.rejected:
            return self
        kept = decisions.rejected.records(self.known_as, self.records)
        return structs.replace(self, records=kept)


@dataclass(frozen=True, slots=True)
class Works:
    """Every work, and the links that were refused.

    Parameters
    ----------
    works : tuple of Work
        Sorted by id.
    ids : mapping of str to str
        From each identifier of a record to the id of its work.
    refused : tuple of RefusedLink
        In the order in which they were proposed.
    links : tuple of Link
        What joined the records of each work.
    """

    works: tuple[Work, ...]
    ids: Mapping[str, str]
    refused: tuple[RefusedLink, ...]
    links: tuple[Link, ...] = ()


def join_records(records: Iterable[SourcedRecord], decisions: Decisions = NO_DECISIONS) -> Works:
    """Join the records that are one work.

    Parameters
    ----------
    records : iterable of SourcedRecord
        All records of a store, in any order.
    decisions : Decisions
        What persons decided.

    Returns
    -------
    Works
        The works, independent of the order of the records.

    Examples
    --------
    >>> from graphkb.model.record import PaperRecord
    >>> first = SourcedRecord("a:x", PaperRecord(key="1", title="On the Joy of Five Words"))
    >>> second = SourcedRecord(
    ...     "b:y", PaperRecord(key="2", title="On the joy of five words", arxiv="2401.00001")
    ... )
    >>> [work.id for work in join_records([first, second]).works]
    ['arxiv:2401.00001']
    """
    records = tuple(records)
    linked = link_records(records, decisions)
    lent = _lent(linked.groups, decisions) if decisions else {}
    works = _works(linked.groups, contested(records, decisions), lent)
    ids = {i: work.id for work in reversed(works) for i in lent.get(work.records[0].key, ())}
    ids |= {i: work.id for work in reversed(works) for s in work.records for i in s.identifiers}
    ids |= {work.id: work.id for work in works}
    shown = tuple(sorted(works, key=lambda work: work.id))
    return Works(shown, ids, linked.refused, linked.links)


def _lent(
    groups: tuple[tuple[SourcedRecord, ...], ...], decisions: Decisions
) -> dict[str, list[str]]:
    """By the key of a group's first record, the ids that no record has and a person gave it."""
    stated = {i for group in groups for sourced in group for i in sourced.identifiers}
    return {
        group[0].key: [i for i in decisions.lent(group) if i not in stated]
        for group in groups
        # What only the catalogue cites is no paper of the store that could be lent any.
        if any(not sourced.curated for sourced in group)
    }


def _given(sourced: SourcedRecord) -> tuple[str, ...]:
    return sourced.identifiers or (sourced.title_id,)


def _works(
    groups: Iterable[tuple[SourcedRecord, ...]],
    shared: frozenset[str],
    lent: Mapping[str, list[str]],
) -> list[Work]:
    """Give each group an id of its own, and all others that it would have had, or is lent."""
    taken: dict[str, tuple[tuple[SourcedRecord, ...], list[str]]] = {}
    for group in groups:
        possible = _ids(group, shared)
        # Two works may share an identifier: the one of higher rank goes by it.
        own = (first.hashed_id for first in group[:1])
        id_ = next(id_ for id_ in chain(possible, own) if id_ not in taken)
        taken[id_] = (group, [*possible, *lent.get(group[0].key, ())])
    return [
        Work(id_, tuple(former for former in possible if former not in taken), group)
        for id_, (group, possible) in taken.items()
    ]


def _ids(group: tuple[SourcedRecord, ...], shared: frozenset[str]) -> list[str]:
    """Every id that a part of the records would give the group, the best first."""
    identifiers = {identifier for sourced in group for identifier in sourced.identifiers}
    bare = sorted((s for s in group if not s.identifiers), key=lambda s: s.key)
    hashed = [
        s.hashed_id
        for s in sorted(group, key=lambda s: s.key)
        if not shared.isdisjoint(s.identifiers or (s.title_id,))
    ]
    titles = sorted({s.title_id for s in bare})
    return [
        *sorted(identifiers, key=lambda i: (SCHEMES.index(i.partition(":")[0]), i)),
        *hashed,
        *titles,
    ]
