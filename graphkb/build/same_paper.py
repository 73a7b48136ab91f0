"""Which asserted papers are a paper that the graph has already, or one with each other.

What is asserted moves nothing that records of papers derive: a delivered paper keeps its id and its
records, and an asserted one that shares an identifier with it is that paper. Titles join nothing
here, for what they say of years and authors is not asserted; a `title:` id is only itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from msgspec import structs

from graphkb.build.decided import Decisions, Mark, opposed
from graphkb.build.sourced import SCHEMES, SourcedAssertion, SourcedRecord
from graphkb.build.work import Work
from graphkb.model.graph import Entity
from graphkb.model.record import PaperRecord

__all__ = ["same_papers"]

# Of these, two different ones are two papers.
_TELLING = ("arxiv:", "doi:")


@dataclass(slots=True)
class _Paper:
    """What is known of one id, or of several that are one paper."""

    ids: set[str]
    identifiers: set[str]
    sources: set[str] = field(default_factory=set)
    delivered: set[str] = field(default_factory=set)
    marks: set[Mark] = field(default_factory=set)
    decided: set[str] = field(default_factory=set)

    def may_be(self, other: _Paper) -> bool:
        """Whether nothing speaks against both being one paper."""
        if opposed(self.marks, other.marks):
            return False
        if not self.decided.isdisjoint(other.identifiers | other.ids):
            return True
        if not other.decided.isdisjoint(self.identifiers | self.ids):
            return True
        # A source knows its own papers apart, and so do the records.
        if self.sources & other.sources or (self.delivered and other.delivered):
            return False
        return not any(
            (own := _of(self.identifiers, scheme))
            and (others := _of(other.identifiers, scheme))
            and own.isdisjoint(others)
            for scheme in _TELLING
        )

    def take(self, other: _Paper) -> None:
        """Become both."""
        for name in self.__slots__:
            getattr(self, name).update(getattr(other, name))

    @property
    def id(self) -> str:
        """The delivered paper's id, else the best of its own."""
        return min(self.delivered or self.ids, key=_rank)


def same_papers(
    asserted: Mapping[str, Sequence[SourcedAssertion]],
    works: Iterable[Work],
    stubs: Iterable[Entity],
    decisions: Decisions,
) -> dict[str, str]:
    """Return the ids by which the graph knows asserted papers, and those only cited.

    Parameters
    ----------
    asserted : mapping of str to sequence of SourcedAssertion
        What sources assert of papers, by the asserted id.
    works : iterable of Work
        The delivered papers.
    stubs : iterable of Entity
        The papers of the graph that are only cited.
    decisions : Decisions
        What persons decided.

    Returns
    -------
    dict
        From every id and identifier of a paper to the id by which the graph knows it.
    """
    papers = {entity.id: _Paper({entity.id}, _identifiers(entity)) for entity in stubs}
    former: dict[str, set[str]] = defaultdict(set)
    for id_, assertions in asserted.items():
        paper = papers.setdefault(id_, _Paper({id_}, set()))
        for one in assertions:
            paper.sources.add(one.source)
            paper.identifiers |= _identifiers(one.record.entity)
            former[id_].update(_former(one.record.entity))
            if decisions:
                _decide(paper, one, decisions)
    leading: dict[str, str] = {}
    for work in works:
        identifiers = {i for sourced in work.records for i in sourced.identifiers}
        known = {work.id, *work.former_ids, *identifiers}
        paper = _Paper({work.id}, {i for i in known if not i.startswith("title:")})
        paper.delivered.add(work.id)
        for sourced in work.records if decisions else ():
            paper.marks |= decisions.marks(sourced)
        if work.id in papers:
            paper.take(papers[work.id])
        papers[work.id] = paper
        former[work.id].update(i for i in work.former_ids if i.startswith("title:"))
    for first, second in sorted(_links(papers, former), key=lambda link: [*map(_rank, link)]):
        left, right = _leader(leading, first), _leader(leading, second)
        if left != right and papers[left].may_be(papers[right]):
            papers[left].take(papers[right])
            leading[right] = left
    ids = {id_: papers[_leader(leading, id_)].id for id_ in papers}
    for id_ in sorted(papers, key=_rank):
        for identifier in sorted(papers[id_].identifiers | former[id_]):
            ids.setdefault(identifier, ids[id_])
    return ids


def _links(
    papers: Mapping[str, _Paper], former: Mapping[str, set[str]]
) -> Iterator[tuple[str, str]]:
    """Yield the pairs of ids that share an identifier, or of which one was the other's."""
    holders: dict[str, set[str]] = defaultdict(set)
    for id_, paper in papers.items():
        for identifier in paper.identifiers | paper.decided:
            holders[identifier].add(id_)
        for title in former.get(id_, ()):
            if title in papers:
                holders[title].update((id_, title))
    for token, sharing in holders.items():
        if token in papers:
            sharing.add(token)
        first, *others = sorted(sharing, key=_rank)
        yield from ((first, other) for other in others)


def _leader(leading: Mapping[str, str], id_: str) -> str:
    while id_ in leading:
        id_ = leading[id_]
    return id_


def _identifiers(entity: Entity) -> set[str]:
    """The identifiers of a paper, its former ones too, without those that its title gave."""
    told = entity.properties
    found = {f"{scheme}:{told[scheme]}" for scheme in ("arxiv", "doi") if scheme in told}
    return found | {i for i in (entity.id, *_listed(entity)) if i.partition(":")[0] in SCHEMES}


def _former(entity: Entity) -> set[str]:
    return {i for i in _listed(entity) if i.startswith("title:")}


def _listed(entity: Entity) -> tuple[str, ...]:
    return entity.properties.get("former_ids", ())  # type: ignore[return-value]


def _of(identifiers: Iterable[str], scheme: str) -> set[str]:
    return {identifier for identifier in identifiers if identifier.startswith(scheme)}


def _rank(id_: str) -> tuple[int, str]:
    scheme = id_.partition(":")[0]
    return SCHEMES.index(scheme) if scheme in SCHEMES else len(SCHEMES), id_


def _decide(paper: _Paper, assertion: SourcedAssertion, decisions: Decisions) -> None:
    """Note what persons decided of an asserted paper."""
    entity = assertion.record.entity
    record = PaperRecord(key=entity.id, title=entity.name)
    for identifier in sorted(_identifiers(entity), key=_rank, reverse=True):
        scheme, _, value = identifier.partition(":")
        record = structs.replace(record, **{scheme: value})
    sourced = SourcedRecord(assertion.source, record)
    paper.marks |= decisions.marks(sourced)
    paper.decided |= decisions.reached([sourced]) - paper.ids - paper.identifiers
