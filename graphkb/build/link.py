"""Which records are linked, and which links are refused.

Candidate links are sorted by the strength of their rule and then by the records' keys, so that
the order in which sources were loaded cannot matter. A link that would put two different arXiv
ids, or two published DOIs, into one work is refused and kept for the report; so is a link by
title alone between what different authors wrote, or what appeared years apart, and one by an
identifier between records whose titles and first authors both differ: a template's DOI that was
never replaced, the DOI of the proceedings, an id copied from another entry.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from graphkb.build.decided import NO_DECISIONS, Decisions, Mark, opposed
from graphkb.build.sourced import SourcedRecord

__all__ = [
    "DECIDED",
    "Link",
    "Linked",
    "RefusedLink",
    "contested",
    "link_records",
    "title_tokens",
]

DECIDED = "a person's word"

_WORDS_OF_A_TELLING_TITLE = 5
# Of the words of the shorter title, the share that a title and a changed form of it have in common.
_LEAST_SHARED_WORDS = 0.3
# Parts that every volume has: whoever writes two in a year has not written one.
_PARTS_OF_VOLUMES = frozenset(
    {
        "acknowledgements",
        "afterword",
        "appendix",
        "contents",
        "correction",
        "corrigendum",
        "discussion",
        "editorial",
        "epilogue",
        "errata",
        "erratum",
        "foreword",
        "guest-editorial",
        "in-memoriam",
        "index",
        "introduction",
        "letter-to-the-editor",
        "obituary",
        "preface",
        "prologue",
        "reply",
        "table-of-contents",
    }
)


@dataclass(frozen=True, slots=True)
class Link:
    """A link between records that joined them, or what they were joined with by then.

    Parameters
    ----------
    rule : str
        The rule that proposed it; a decision's with its id.
    records : tuple of SourcedRecord
        The two records.
    """

    rule: str
    records: tuple[SourcedRecord, SourcedRecord]


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


@dataclass(frozen=True, slots=True)
class Linked:
    """Records grouped into works.

    Parameters
    ----------
    groups : tuple of tuple of SourcedRecord
        By the rank of their first record, each by rank.
    links : tuple of Link
        What joined them, in the order in which it did: a tree over each group.
    refused : tuple of RefusedLink
        What was not joined, in the order in which it was proposed.
    """

    groups: tuple[tuple[SourcedRecord, ...], ...]
    links: tuple[Link, ...]
    refused: tuple[RefusedLink, ...]


def link_records(records: Iterable[SourcedRecord], decisions: Decisions = NO_DECISIONS) -> Linked:
    """Group the records that are one work.

    A person's join is the strongest rule, and the only one that may put two arXiv ids into one
    work; what a person set apart is refused whatever rule proposes it, also where other records
    would join it.

    Parameters
    ----------
    records : iterable of SourcedRecord
        All records of a store, in any order.
    decisions : Decisions
        What persons decided.

    Returns
    -------
    Linked
        The groups, the links and the refused links.
    """
    ordered = sorted(records, key=lambda sourced: sourced.key)
    # A person may join whatever records; the rules join what has something in common.
    related, alone = (ordered, []) if decisions else _related(ordered)
    clusters = _Clusters(related, decisions)
    for decided, records_of in decisions.joins(related):
        _join_group(clusters, f"{DECIDED}, {' and '.join(d.id for d in decided)}", records_of)
    _join_by_identifier(clusters, related)
    titles = _by_title(related)
    for rule, links in (("title, year and first author", _same_author), ("title", _same_title)):
        for group in titles:
            for left, right in links(group):
                clusters.join(rule, left, right)
    groups = (*clusters.groups(), *((sourced,) for sourced in alone))
    ranked = tuple(sorted(groups, key=lambda group: group[0].rank))
    return Linked(ranked, tuple(clusters.links), tuple(clusters.refused))


def _related(
    records: Iterable[SourcedRecord],
) -> tuple[list[SourcedRecord], list[SourcedRecord]]:
    """The records that share an identifier or a title with another, and those that do not."""
    shared = Counter(token for sourced in records for token in _tokens(sourced))
    sides: tuple[list[SourcedRecord], list[SourcedRecord]] = [], []
    for sourced in records:
        sides[all(shared[token] == 1 for token in _tokens(sourced))].append(sourced)
    return sides


def _tokens(sourced: SourcedRecord) -> tuple[str, ...]:
    # No folded title is an identifier, which has a colon.
    return (*sourced.identifiers, sourced.title_key) if sourced.title_key else sourced.identifiers


def _join_by_identifier(clusters: _Clusters, records: Iterable[SourcedRecord]) -> None:
    by_identifier: dict[str, list[SourcedRecord]] = defaultdict(list)
    for sourced in records:
        for identifier in sourced.identifiers:
            by_identifier[identifier].append(sourced)
    for _, group in sorted(by_identifier.items()):
        _join_group(clusters, "shared identifier", group)


def _join_group(clusters: _Clusters, rule: str, group: Iterable[SourcedRecord]) -> None:
    # What may not join the first of them may still join another that could not.
    heads: list[SourcedRecord] = []
    for sourced in group:
        if not any(clusters.join(rule, head, sourced) for head in heads):
            heads.append(sourced)


def _by_title(records: Iterable[SourcedRecord]) -> list[list[SourcedRecord]]:
    """The records of each folded title that more than one of them has, sorted by title."""
    groups: dict[str, list[SourcedRecord]] = defaultdict(list)
    for sourced in records:
        if sourced.title_key and not sourced.stub:
            groups[sourced.title_key].append(sourced)
    return [group for _, group in sorted(groups.items()) if len(group) > 1]


def title_tokens(sourced: SourcedRecord) -> Iterator[tuple[str, str | None]]:
    """Yield what a record has in common with every other that a rule of titles may link it with.

    Parameters
    ----------
    sourced : SourcedRecord
        The record.

    Yields
    ------
    tuple of str and (str or None)
        The token, and the author who must be the same too where both have one.
    """
    if not sourced.title_key or sourced.stub:
        return
    author = None if sourced.curated else sourced.first_author
    if _is_telling(sourced.title_key):
        yield sourced.title_key, author
    # Of a short title the rule asks for the author, also where the catalogue names them.
    elif sourced.first_author and sourced.year and sourced.title_key not in _PARTS_OF_VOLUMES:
        yield sourced.title_key, sourced.first_author


def _is_telling(title_key: str) -> bool:
    return title_key.count("-") + 1 >= _WORDS_OF_A_TELLING_TITLE


def _same_author(group: Iterable[SourcedRecord]) -> Iterator[tuple[SourcedRecord, SourcedRecord]]:
    by_author: dict[str, list[SourcedRecord]] = defaultdict(list)
    for sourced in group:
        if sourced.first_author and sourced.year and sourced.title_key not in _PARTS_OF_VOLUMES:
            by_author[sourced.first_author].append(sourced)
    for _, written in sorted(by_author.items()):
        for left, right in combinations(written, 2):
            if _years_agree(left, right):
                yield left, right


def _same_title(group: list[SourcedRecord]) -> Iterator[tuple[SourcedRecord, SourcedRecord]]:
    if not _is_telling(group[0].title_key):
        return
    for left, right in combinations(group, 2):
        if _authors_agree(left, right) and _years_agree(left, right):
            yield left, right


def _authors_agree(left: SourcedRecord, right: SourcedRecord) -> bool:
    # The catalogue may name a team where another source names a person.
    if left.curated or right.curated:
        return True
    return len({left.first_author, right.first_author} - {None}) < 2


def _differ(left: SourcedRecord, right: SourcedRecord) -> bool:
    """Whether two records say that they are of different works, whatever identifier they share."""
    if left.curated or right.curated or _authors_agree(left, right):
        return False
    # A work may go by one name in each of two scripts, and so may who wrote it.
    titles = (left.title_key, right.title_key)
    if not all(titles) or titles[0].isascii() != titles[1].isascii():
        return False
    words = [set(title.split("-")) for title in titles]
    return len(words[0] & words[1]) < _LEAST_SHARED_WORDS * min(map(len, words))


def _years_agree(left: SourcedRecord, right: SourcedRecord) -> bool:
    return left.year is None or right.year is None or abs(left.year - right.year) <= 1


def contested(
    records: Iterable[SourcedRecord], decisions: Decisions = NO_DECISIONS
) -> frozenset[str]:
    """Return the ids that several works may have, for all that their records say.

    Parameters
    ----------
    records : iterable of SourcedRecord
        All records of a store, in any order.
    decisions : Decisions
        What persons decided.

    Returns
    -------
    frozenset of str
        Title ids of two records without identifiers that no rule links, and identifiers of two
        records that say that they are different works.
    """
    bare: dict[str, list[SourcedRecord]] = defaultdict(list)
    identified: dict[str, list[SourcedRecord]] = defaultdict(list)
    for sourced in records:
        if not sourced.identifiers:
            bare[sourced.title_id].append(sourced)
        for identifier in sourced.identifiers:
            identified[identifier].append(sourced)
    titles = (
        id_
        for id_, group in bare.items()
        if any(not _linkable(left, right, decisions) for left, right in combinations(group, 2))
    )
    identifiers = (
        identifier
        for identifier, group in identified.items()
        if any(_differ(left, right) for left, right in combinations(group, 2))
    )
    return frozenset((*titles, *identifiers))


def _linkable(left: SourcedRecord, right: SourcedRecord, decisions: Decisions) -> bool:
    if (decided := decisions.together(left, right)) is not None:
        return decided
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
            frozenset(filter(None, (None if sourced.stub else sourced.year,))),
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
            ("two arXiv ids", (self.arxiv, other.arxiv)),
            ("two published DOIs", (self.dois, other.dois)),
        ):
            # A work has several by a person's word alone: with one of them it does not disagree.
            if all(claimed) and claimed[0].isdisjoint(claimed[1]):
                return f"it would join {what}: {', '.join(sorted(claimed[0] | claimed[1]))}"
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

    def __init__(self, records: Iterable[SourcedRecord], decisions: Decisions) -> None:
        self._records = {sourced.key: sourced for sourced in records}
        self._parent = {key: key for key in self._records}
        self._claims = {key: _Claims.of(sourced) for key, sourced in self._records.items()}
        self._marks: dict[str, frozenset[Mark]] = {
            key: marks for key, s in self._records.items() if (marks := decisions.marks(s))
        }
        self._apart: set[tuple[str, str]] = set()
        self.links: list[Link] = []
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
        reason = self._set_apart(low, high)
        if reason is None and not rule.startswith(DECIDED):
            reason = claims[0].contradiction(claims[1], by_title=rule == "title")
            if reason is None and _differ(left, right):
                reason = "titles and first authors differ"
        if reason is not None:
            if (low, high) not in self._apart:
                self._apart.add((low, high))
                self.refused.append(RefusedLink(rule, (left, right), reason))
            return False
        self._parent[high] = low
        self._claims[low] = claims[0] | claims[1]
        del self._claims[high]
        if marks := self._marks.pop(high, frozenset()):
            self._marks[low] = self._marks.get(low, frozenset()) | marks
        self.links.append(Link(rule, (left, right)))
        return True

    def _set_apart(self, low: str, high: str) -> str | None:
        marks = [self._marks.get(root, frozenset()) for root in (low, high)]
        found = opposed(*marks) if all(marks) else ()
        return f"a person set them apart ({', '.join(found)})" if found else None

    def groups(self) -> list[tuple[SourcedRecord, ...]]:
        """The records of each cluster by rank."""
        members: dict[str, list[SourcedRecord]] = defaultdict(list)
        for key, sourced in self._records.items():
            members[self._root(key)].append(sourced)
        return [tuple(sorted(group, key=lambda s: s.rank)) for group in members.values()]
