"""What a person's decisions are to records, names and authors: pure, and in any order the same."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from graphkb.build.rejected import Rejected
from graphkb.build.sourced import SCHEMES, SourcedRecord
from graphkb.model.decision import Decision
from graphkb.model.name import name_key

__all__ = ["NO_DECISIONS", "Decisions", "Mark", "opposed", "own_id"]

# A decision that sets two apart, and which of the two something is.
Mark = tuple[str, int]


class Decisions:
    """Decisions, looked up by what they are about.

    Parameters
    ----------
    decisions : iterable of Decision
        All of a store, in any order.
    curated : collection of str
        The ids of the catalogue's methods, models and benchmarks: a name that is joined with one
        goes by its id, and two of them are never joined.

    Attributes
    ----------
    all : tuple of Decision
        Sorted by id.
    rejected : Rejected
        The statements that are wrong.
    """

    def __init__(self, decisions: Iterable[Decision] = (), curated: Collection[str] = ()) -> None:
        self.all = tuple(sorted(decisions, key=lambda decision: decision.id))
        self._by_token: dict[str, list[Decision]] = defaultdict(list)
        for decision in self._of("paper"):
            for token in (*decision.first, *decision.second):
                self._by_token[token].append(decision)
        self._together = _together(self._of("paper", "join"))
        self._homes = _homes(self._of("name", "join"), curated)
        self._apart: dict[str, list[Decision]] = defaultdict(list)
        # What holds in one paper comes before what holds in all.
        for decision in sorted(self._of("name", "apart"), key=lambda d: (not d.paper, d.id)):
            self._apart[_key(decision.second[0])].append(decision)
        self.rejected = Rejected(self._of("edge"), self.home)

    def __bool__(self) -> bool:
        return bool(self.all)

    def _of(self, subject: str, word: str | None = None) -> tuple[Decision, ...]:
        return tuple(
            d for d in self.all if d.subject == subject and (word is None or d.word == word)
        )

    # Papers

    def joins(
        self, records: Iterable[SourcedRecord]
    ) -> tuple[tuple[tuple[Decision, ...], tuple[SourcedRecord, ...]], ...]:
        """Return the joins of papers that speak of some of the records, with these records.

        Parameters
        ----------
        records : iterable of SourcedRecord
            In the order in which they are to come.

        Returns
        -------
        tuple
            Decisions that name one identifier or record come together, each time by id.
        """
        found: dict[tuple[Decision, ...], dict[str, SourcedRecord]] = {}
        for sourced in records if self._by_token else ():
            for decision in self._about(sourced):
                if decision.word == "join":
                    found.setdefault(self._together[decision.id], {})[sourced.key] = sourced
        ordered = sorted(found.items(), key=lambda joined: joined[0][0].id)
        return tuple((decisions, tuple(of.values())) for decisions, of in ordered)

    def marks(self, sourced: SourcedRecord) -> frozenset[Mark]:
        """Return which of two papers that are set apart a record is of, of each such decision.

        What would be of both is of neither.
        """
        tokens = set(_tokens(sourced)) if self._by_token else set()
        found = set()
        for decision in self._about(sourced):
            sides = [
                side
                for side, keys in enumerate((decision.first, decision.second))
                if not tokens.isdisjoint(keys)
            ]
            if decision.word == "apart" and len(sides) == 1:
                found.add((decision.id, sides[0]))
        return frozenset(found)

    def lent(self, records: Iterable[SourcedRecord]) -> tuple[str, ...]:
        """Return every identifier that joins give to a paper of which these are the records."""
        found = {
            token
            for decisions, _ in self.joins(records)
            for decision in decisions
            for token in (*decision.first, *decision.second)
            if token.partition(":")[0] in SCHEMES
        }
        return tuple(sorted(found))

    def together(self, left: SourcedRecord, right: SourcedRecord) -> bool | None:
        """Tell whether two records are decided to be one paper, or two; None where neither."""
        if not self._by_token:
            return None
        if opposed(self.marks(left), self.marks(right)):
            return False
        return any(len(of) == 2 for _, of in self.joins((left, right))) or None

    def reached(self, records: Iterable[SourcedRecord], tokens: Iterable[str] = ()) -> set[str]:
        """Return every key of the papers that joins make one with these records.

        Parameters
        ----------
        records : iterable of SourcedRecord
            Records.
        tokens : iterable of str
            Further identifiers.

        Returns
        -------
        set of str
            As :class:`~graphkb.model.decision.Decision` holds them.
        """
        found = {decisions for decisions, _ in self.joins(records)}
        for token in tokens if self._by_token else ():
            joins = (d for d in self._by_token.get(token, ()) if d.word == "join")
            found.update(self._together[decision.id] for decision in joins)
        return {key for joined in found for d in joined for key in (*d.first, *d.second)}

    def speaks_of(self, identifier: str) -> bool:
        """Tell whether a join of papers names an identifier."""
        return any(d.word == "join" for d in self._by_token.get(identifier, ()))

    def _about(self, sourced: SourcedRecord) -> tuple[Decision, ...]:
        if not self._by_token:
            return ()
        found = {d.id: d for t in _tokens(sourced) for d in self._by_token.get(t, ())}
        return tuple(found.values())

    # Names

    def home(self, id_: str) -> str:
        """Return the id that a name goes by, joins followed."""
        return self._homes.get(id_, id_)

    def is_home(self, id_: str) -> bool:
        """Tell whether other names go by this id."""
        return id_ in self._homes

    def placed(self, id_: str, name: str, paper: str, known: Collection[str]) -> str:
        """Return where a mention belongs.

        Parameters
        ----------
        id_ : str
            Where it would belong had nobody decided anything.
        name : str
            As it is written.
        paper : str
            The id of the paper that names it.
        known : collection of str
            Every id of the paper.

        Returns
        -------
        str
            An id of the graph.
        """
        home = self.home(id_)
        key = name_key(name) if self._apart else ""
        for decision in self._apart.get(key, ()):
            if self.home(decision.first[0]) == home:
                if not decision.paper:
                    return self.home(f"method:{key}")
                if not set(decision.paper).isdisjoint(known):
                    return self.home(own_id(key, paper))
        return home

    def apart_from(self, id_: str) -> frozenset[str]:
        """Return the keys of the names that are set apart from an id in every paper."""
        return frozenset(
            key
            for key, decisions in self._apart.items()
            for decision in decisions
            if not decision.paper and self.home(decision.first[0]) == id_
        )

    def name_groups(self) -> tuple[frozenset[str], ...]:
        """Return what is to be decided at once: ids as ``i <id>``, folded names as ``n <key>``."""
        groups: dict[str, set[str]] = defaultdict(set)
        for id_, home in self._homes.items():
            groups[f"join {home}"].update(_reached_by(id_), _reached_by(home))
        for decisions in self._apart.values():
            for decision in decisions:
                first, second = decision.first[0], decision.second[0]
                for id_ in (first, second, self.home(first), self.home(second)):
                    groups[decision.id].update(_reached_by(id_))
        return tuple(frozenset(group) for _, group in sorted(groups.items()))

    # Authors

    @property
    def of_authors(self) -> tuple[Decision, ...]:
        """The decisions about authors."""
        return self._of("author")

    def author_keys(self) -> frozenset[str]:
        """Return ``key:<folded name>`` and ``orcid:…`` of every author that is decided about."""
        return frozenset(
            token
            for decision in self.of_authors
            for token in (*decision.first, *decision.second)
            if token.startswith(("key:", "orcid:"))
        )


def opposed(left: Iterable[Mark], right: Iterable[Mark]) -> list[str]:
    """Return the decisions that set what bears the one marks apart from what bears the other.

    Parameters
    ----------
    left, right : iterable of Mark
        Marks.

    Returns
    -------
    list of str
        Ids of decisions, sorted.

    Examples
    --------
    >>> opposed([("decision:a", 0)], [("decision:a", 1), ("decision:b", 0)])
    ['decision:a']
    """
    other = set(right)
    return sorted(decision for decision, side in left if (decision, 1 - side) in other)


def own_id(key: str, paper: str) -> str:
    """Return the id of a name that is this one paper's own.

    Parameters
    ----------
    key : str
        The folded name.
    paper : str
        The paper's id.

    Returns
    -------
    str
        ``method:<key>~<hash of the paper>``.
    """
    return f"method:{key}~{hashlib.sha256(paper.encode()).hexdigest()[:8]}"


def _tokens(sourced: SourcedRecord) -> tuple[str, ...]:
    # A title tells what a record is only where no identifier does.
    told = sourced.identifiers or (sourced.title_id,)
    return (*told, f"record:{sourced.key}")


def _together(joins: Iterable[Decision]) -> dict[str, tuple[Decision, ...]]:
    """From each join of papers to all that name an identifier or a record in common with it."""
    groups: dict[str, set[Decision]] = {}
    of_token: dict[str, Decision] = {}
    for decision in joins:
        groups[decision.id] = {decision}
        for token in (*decision.first, *decision.second):
            # A title may be that of several papers.
            if token.startswith("title:"):
                continue
            other = of_token.setdefault(token, decision)
            group = groups[decision.id] | groups[other.id]
            groups |= dict.fromkeys((one.id for one in group), group)
    return {id_: tuple(sorted(group, key=lambda d: d.id)) for id_, group in groups.items()}


def _key(id_: str) -> str:
    return id_.partition(":")[2].partition("~")[0]


def _reached_by(id_: str) -> set[str]:
    return {f"i {id_}", f"n {_key(id_)}"}


def _homes(joins: Iterable[Decision], curated: Collection[str]) -> Mapping[str, str]:
    """From each name that is joined to the id that they all go by: the catalogue's, else that of
    the name that was never the second."""
    members: dict[str, set[str]] = {}
    seconds: dict[str, set[str]] = {}
    for decision in joins:
        one, two = decision.first[0], decision.second[0]
        left, right = members.setdefault(one, {one}), members.setdefault(two, {two})
        both = left | right
        if len(both.intersection(curated)) > 1:
            continue
        later = seconds.get(min(left), set()) | seconds.get(min(right), set()) | {two}
        for id_ in both:
            members[id_] = both
            seconds[id_] = later
    return {
        id_: min(both.intersection(curated) or both - seconds[id_] or both)
        for id_, both in members.items()
        if len(both) > 1
    }


NO_DECISIONS = Decisions()
