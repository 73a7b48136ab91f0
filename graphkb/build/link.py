"""Which records are linked, and which links are refused.

Candidate links are sorted by the strength of their rule and then by the records' keys, so that
the order in which sources were loaded cannot matter. A link that would put two different arXiv
ids, or two published DOIs, into one work is refused and kept for the report; so is a link by
title alone between what different authors wrote, or what appeared years apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from graphkb.build.sourced import SourcedRecord

__all__ = ["RefusedLink", "contested", "link_records"]

_WORDS_OF_A_TELLING_TITLE = 5


@dataclass(frozen=True, slots=True)
class RefusedLink:
    """A link between records that was not made.

    Parameters
    ----------
    rule : str
        The rule that proposed it.
    records : tuple of SourcedRecord
        The two records.
    reason : str
        What spoke against it.
    """

    rule: str
    records: tuple[SourcedRecord, SourcedRecord]
    reason: str


def link_records(
    records: Iterable[SourcedRecord],
) -> tuple[list[tuple[SourcedRecord, ...]], tuple[RefusedLink, ...]]:
    """Group the records that are one work.

    Parameters
    ----------
    records : iterable of SourcedRecord
        All records of a store, in any order.

    Returns
    -------
    tuple
        The groups by the rank of their first record, each by rank; and the links that were
        refused, in the order in which they were proposed.
    """
    ordered = sorted(records, key=lambda sourced: sourced.key)
    clusters = _Clusters(ordered)
    _join_by_identifier(clusters, ordered)
    titles = _by_title(ordered)
    for rule, links in (("title, year and first author", _same_author), ("title", _same_title)):
        for group in titles:
            for left, right in links(group):
                clusters.join(rule, left, right)
    return clusters.groups(), tuple(clusters.refused)


def _join_by_identifier(clusters: _Clusters, records: Iterable[SourcedRecord]) -> None:
    by_identifier: dict[str, list[SourcedRecord]] = defaultdict(list)
    for sourced in records:
        for identifier in sourced.identifiers:
            by_identifier[identifier].append(sourced)
    for _, group in sorted(by_identifier.items()):
        # What may not join the first of them may still join another that could not.
        heads: list[SourcedRecord] = []
        for sourced in group:
            if not any(clusters.join("shared identifier", head, sourced) for head in heads):
                heads.append(sourced)


def _by_title(records: Iterable[SourcedRecord]) -> list[list[SourcedRecord]]:
    """The records of each folded title that more than one of them has, sorted by title."""
    groups: dict[str, list[SourcedRecord]] = defaultdict(list)
    for sourced in records:
        if sourced.title_key and not sourced.record.stub:
            groups[sourced.title_key].append(sourced)
    return [group for _, group in sorted(groups.items()) if len(group) > 1]


def _same_author(group: Iterable[SourcedRecord]) -> Iterator[tuple[SourcedRecord, SourcedRecord]]:
    by_author: dict[str, list[SourcedRecord]] = defaultdict(list)
    for sourced in group:
        if sourced.first_author and sourced.year:
            by_author[sourced.first_author].append(sourced)
    for _, written in sorted(by_author.items()):
        for left, right in combinations(written, 2):
            if _years_agree(left, right):
                yield left, right


def _same_title(group: list[SourcedRecord]) -> Iterator[tuple[SourcedRecord, SourcedRecord]]:
    if group[0].title_key.count("-") + 1 < _WORDS_OF_A_TELLING_TITLE:
        return
    for left, right in combinations(group, 2):
        if _authors_agree(left, right) and _years_agree(left, right):
            yield left, right


def _authors_agree(left: SourcedRecord, right: SourcedRecord) -> bool:
    # The catalogue may name a team where another source names a person.
    if left.curated or right.curated:
        return True
    return len({left.first_author, right.first_author} - {None}) < 2


def _years_agree(left: SourcedRecord, right: SourcedRecord) -> bool:
    return left.year is None or right.year is None or abs(left.year - right.year) <= 1


def contested(records: Iterable[SourcedRecord]) -> frozenset[str]:
    """Return the title ids that several works may have, for all that their records say.

    Parameters
    ----------
    records : iterable of SourcedRecord
        All records of a store, in any order; those that have an identifier do not count.

    Returns
    -------
    frozenset of str
        Each is the title id of two records that no rule links.
    """
    bare: dict[str, list[SourcedRecord]] = defaultdict(list)
    for sourced in records:
        if not sourced.identifiers:
            bare[sourced.title_id].append(sourced)
    return frozenset(
        id_
        for id_, group in bare.items()
        if any(not _linkable(left, right) for left, right in combinations(group, 2))
    )


def _linkable(left: SourcedRecord, right: SourcedRecord) -> bool:
    pair = [left, right]
    return bool(left.title_key) and any((*_same_author(pair), *_same_title(pair)))


@dataclass(frozen=True, slots=True)
class _Claims:
    """What the records of a cluster say that another one may contradict."""

    arxiv: frozenset[str]
    dois: frozenset[str]
    authors: frozenset[str]
    years: frozenset[int]

    @classmethod
    def of(cls, sourced: SourcedRecord) -> _Claims:
        return cls(
            frozenset(i for i in sourced.identifiers if i.startswith("arxiv:")),
            frozenset(i for i in sourced.identifiers if i.startswith("doi:")),
            frozenset(filter(None, (None if sourced.curated else sourced.first_author,))),
            frozenset(filter(None, (None if sourced.record.stub else sourced.year,))),
        )

    def __or__(self, other: _Claims) -> _Claims:
        return _Claims(
            self.arxiv | other.arxiv,
            self.dois | other.dois,
            self.authors | other.authors,
            self.years | other.years,
        )

    def contradiction(self, other: _Claims, *, by_title: bool) -> str | None:
        """What speaks against joining the two, in words."""
        for what, claimed in (
            ("two arXiv ids", self.arxiv | other.arxiv),
            ("two published DOIs", self.dois | other.dois),
        ):
            if len(claimed) > 1:
                return f"it would join {what}: {', '.join(sorted(claimed))}"
        if not by_title:
            return None
        if self.authors and other.authors and not self.authors & other.authors:
            names = ", ".join(sorted(self.authors | other.authors))
            return f"other records of the same work name other authors: {names}"
        if self.years and other.years:
            apart = min(abs(one - two) for one in self.years for two in other.years)
            if apart > 1:
                years = ", ".join(str(year) for year in sorted(self.years | other.years))
                return f"other records of the same work name other years: {years}"
        return None


class _Clusters:
    """Union-find that refuses to join what must stay apart."""

    def __init__(self, records: Iterable[SourcedRecord]) -> None:
        self._records = {sourced.key: sourced for sourced in records}
        self._parent = {key: key for key in self._records}
        self._claims = {key: _Claims.of(sourced) for key, sourced in self._records.items()}
        self._apart: set[tuple[str, str]] = set()
        self.refused: list[RefusedLink] = []

    def _root(self, key: str) -> str:
        while self._parent[key] != key:
            self._parent[key] = self._parent[self._parent[key]]
            key = self._parent[key]
        return key

    def join(self, rule: str, left: SourcedRecord, right: SourcedRecord) -> bool:
        """Join the clusters of two records, if nothing speaks against it; tell whether."""
        low, high = sorted((self._root(left.key), self._root(right.key)))
        if low == high:
            return True
        claims = self._claims[low], self._claims[high]
        reason = claims[0].contradiction(claims[1], by_title=rule == "title")
        if reason is not None:
            if (low, high) not in self._apart:
                self._apart.add((low, high))
                self.refused.append(RefusedLink(rule, (left, right), reason))
            return False
        self._parent[high] = low
        self._claims[low] = claims[0] | claims[1]
        del self._claims[high]
        return True

    def groups(self) -> list[tuple[SourcedRecord, ...]]:
        """The records of each cluster by rank, the clusters by their first record's rank."""
        members: dict[str, list[SourcedRecord]] = defaultdict(list)
        for key, sourced in self._records.items():
            members[self._root(key)].append(sourced)
        groups = [tuple(sorted(group, key=lambda s: s.rank)) for group in members.values()]
        return sorted(groups, key=lambda group: group[0].rank)
