"""Which author names are one person, conservatively."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import pairwise

from msgspec import structs

from graphkb.build.decided import NO_DECISIONS, Decisions, Mark, opposed
from graphkb.build.paper import described
from graphkb.build.work import Work
from graphkb.model.graph import Entity
from graphkb.model.name import id_key
from graphkb.model.record import AuthorName

__all__ = ["Authorship", "author_entities", "author_entity", "author_names", "same_people"]

Authorship = Mapping[str, tuple[Entity, ...]]
_Named = tuple[str, str]
_ORCID = "orcid:"


def author_entities(works: Iterable[Work], decisions: Decisions = NO_DECISIONS) -> Authorship:
    """Return the Author entities of each work, in order.

    An ORCID is one person. A name without one is the same person in two works only where these
    share another author's name too; else each work keeps its own. What a person decided comes
    before all of that.

    Parameters
    ----------
    works : iterable of Work
        All works.
    decisions : Decisions
        What persons decided.

    Returns
    -------
    mapping of str to tuple of Entity
        By the work's id.
    """
    works = tuple(works)
    named = {work.id: author_names(work) for work in works}
    known = {work.id: work.known_as for work in works} if decisions.of_authors else {}
    people = _People(named, decisions, known)
    namesakes = people.namesakes()
    found: dict[str, tuple[Entity, ...]] = {}
    for work_id, names in named.items():
        entities = {}
        for name, author in names.items():
            key, first_work = people.first(name, work_id, author)
            entity = author_entity(author, key, first_work, alone=namesakes[key] == 1)
            entities[entity.id] = entity
        found[work_id] = tuple(entities.values())
    return found


def author_entity(author: AuthorName, key: str, first_work: str, *, alone: bool) -> Entity:
    """Return the Author entity of a name in a work.

    Parameters
    ----------
    author : AuthorName
        The name as the work gives it.
    key : str
        The folded name; ``orcid:…`` of who has one.
    first_work : str
        The first work of the person; of nobody else of that name.
    alone : bool
        Whether nobody else has the name.

    Returns
    -------
    Entity
        The author.
    """
    orcid = key.removeprefix(_ORCID) if key.startswith(_ORCID) else None
    if orcid:
        id_ = f"author:{orcid}"
    elif alone:
        id_ = f"author:{key}"
    else:
        digest = hashlib.sha256(first_work.encode()).hexdigest()
        id_ = f"author:{key}~{digest[:8]}"
    told = described(name=author.name, orcid=orcid, key=None if orcid else key)
    return Entity("Author", id_, told)


def same_people(key: str, works: Iterable[tuple[str, Iterable[str]]]) -> Iterator[tuple[str, str]]:
    """Yield pairs of works in which a name is one person: it stands there with another one twice.

    Parameters
    ----------
    key : str
        The folded name.
    works : iterable of (str, iterable of str)
        The works that have it, each with the folded names of all its authors.

    Yields
    ------
    tuple of str
        An earlier work and a later one: links enough, not all that there are.

    Examples
    --------
    >>> list(same_people("li", [("a", ["li", "wu"]), ("b", ["li"]), ("c", ["wu", "li"])]))
    [('a', 'c')]
    """
    seen_with: dict[str, str] = {}
    for work_id, names in works:
        for other in names:
            if other == key:
                continue
            if other in seen_with:
                yield seen_with[other], work_id
            else:
                seen_with[other] = work_id


def author_names(work: Work) -> dict[str, AuthorName]:
    """Return the authors of the first record that names any, with any record's ORCID.

    Parameters
    ----------
    work : Work
        Its records in order of precedence.

    Returns
    -------
    dict
        By folded name.
    """
    named = [s.record.authors for s in work.records if not s.curated and s.record.authors]
    orcids = {id_key(a.name): a.orcid for authors in reversed(named) for a in authors if a.orcid}
    return {
        key: author
        if author.orcid or key not in orcids
        else structs.replace(author, orcid=orcids[key])
        for author in (named[0] if named else ())
        for key in (id_key(author.name),)
    }


class _People:
    """From each name in a work to the person's first: two works of one share two names."""

    def __init__(
        self,
        named: Mapping[str, Mapping[str, AuthorName]],
        decisions: Decisions,
        known: Mapping[str, frozenset[str]],
    ) -> None:
        self._parent: dict[_Named, _Named] = {}
        self._marks: dict[_Named, frozenset[Mark]] = {}
        for work_id, names in sorted(named.items()):
            for key, author in names.items():
                occurrence = _occurrence(key, work_id, author)
                self._parent[occurrence] = occurrence
        if decisions.of_authors:
            self._decide(named, decisions, known)
        self._join_by_works(named)

    def first(self, key: str, work_id: str, author: AuthorName) -> _Named:
        """Return the first name and work of a person; of one with an ORCID that."""
        return self._root(_occurrence(key, work_id, author))

    def namesakes(self) -> Counter[str]:
        """Count the people of each name."""
        return Counter(key for key, _ in {self._root(one) for one in self._parent})

    def _root(self, occurrence: _Named) -> _Named:
        parent = self._parent
        while parent[occurrence] != occurrence:
            parent[occurrence] = parent[parent[occurrence]]
            occurrence = parent[occurrence]
        return occurrence

    def _join(self, left: _Named, right: _Named) -> None:
        # The first stays the root, so that it stands for the person; an ORCID comes before names.
        low, high = sorted((self._root(left), self._root(right)), key=_precedence)
        if low == high or high[0].startswith(_ORCID):
            return
        marks = self._marks.get(low, frozenset()), self._marks.get(high, frozenset())
        if all(marks) and opposed(*marks):
            return
        self._parent[high] = low
        if marks[1]:
            self._marks[low] = marks[0] | marks[1]

    def _decide(
        self,
        named: Mapping[str, Mapping[str, AuthorName]],
        decisions: Decisions,
        known: Mapping[str, frozenset[str]],
    ) -> None:
        joined: list[list[_Named]] = []
        for decision in decisions.of_authors:
            sides: list[dict[_Named, None]] = []
            for keys in (decision.first, decision.second):
                found = _named_by(keys, named, known)
                sides.append(dict.fromkeys(found))
            if decision.word == "join":
                joined.append([*sides[0], *sides[1]])
                continue
            for side, own in enumerate(sides):
                for occurrence in own:
                    if occurrence not in sides[1 - side]:
                        before = self._marks.get(occurrence, frozenset())
                        self._marks[occurrence] = before | {(decision.id, side)}
        for together in joined:
            for occurrence in together:
                self._parent.setdefault(occurrence, occurrence)
            for left, right in pairwise(together):
                self._join(left, right)

    def _join_by_works(self, named: Mapping[str, Mapping[str, AuthorName]]) -> None:
        works_of: dict[str, list[str]] = defaultdict(list)
        for work_id, names in sorted(named.items()):
            for key, author in names.items():
                if not author.orcid:
                    works_of[key].append(work_id)
        for key, work_ids in works_of.items():
            if len(work_ids) > 1:
                for first, other in same_people(key, ((id_, named[id_]) for id_ in work_ids)):
                    self._join((key, first), (key, other))


def _occurrence(key: str, work_id: str, author: AuthorName) -> _Named:
    return (f"{_ORCID}{author.orcid}", "") if author.orcid else (key, work_id)


def _precedence(occurrence: _Named) -> tuple[bool, _Named]:
    return not occurrence[0].startswith(_ORCID), occurrence


def _named_by(
    keys: Collection[str],
    named: Mapping[str, Mapping[str, AuthorName]],
    known: Mapping[str, frozenset[str]],
) -> Iterator[_Named]:
    """The names in works that the keys of a decision are of."""
    yield from ((key, "") for key in sorted(keys) if key.startswith(_ORCID))
    for work_id, names in sorted(named.items()):
        if known[work_id].isdisjoint(keys):
            continue
        for key, author in names.items():
            if not author.orcid and f"key:{key}" in keys:
                yield key, work_id
