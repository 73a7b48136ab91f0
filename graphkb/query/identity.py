"""What makes up an entity, by which rule, and what was kept out of it and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from graphkb.build.author import author_names
from graphkb.build.conflict import Conflict
from graphkb.build.curated import cited_records
from graphkb.build.decided import Decisions
from graphkb.build.derive import Read
from graphkb.build.link import Link
from graphkb.build.namesakes import settled
from graphkb.build.naming import artefact_entries, long_key
from graphkb.build.reach import Reach, Touched
from graphkb.build.scope import Scope
from graphkb.build.sourced import SourcedRecord
from graphkb.build.work import Work, Works
from graphkb.extract.catalogue import Catalogue
from graphkb.model.graph import Entity
from graphkb.model.name import name_key
from graphkb.model.reading import NamedEntity
from graphkb.model.schema import ARTEFACT_LABELS
from graphkb.query.describe import conflicting_fields
from graphkb.store.protocol import Store

__all__ = ["Identity", "Part", "identity"]


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that an entity is made of, or that was kept out of it.

    Parameters
    ----------
    part : str
        record, refused, field, spelling, catalogue, sense, work, namesake or decision.
    name : str
        What it is called.
    id : str
        Its id: of a record, a paper, an entity, a decision.
    rule : str
        Why it is, or is not, a part.
    papers : tuple of str
        The other records, the papers, or of a field the sources, that the rule rests on.
    """

    part: str
    name: str
    id: str
    rule: str
    papers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Identity:
    """An entity and what makes it up.

    Parameters
    ----------
    entity : Entity
        The entity.
    parts : tuple of Part
        What it is made of first.
    """

    entity: Entity
    parts: tuple[Part, ...]


def identity(
    store: Store,
    entity: Entity,
    catalogue: Catalogue,
    read: Read,
    builtin: str,
    decisions: Decisions,
) -> Identity:
    """Tell why an entity is one thing.

    Parameters
    ----------
    store : Store
        What holds it.
    entity : Entity
        A paper, method, model, benchmark, author or anything else.
    catalogue : Catalogue
        The curated facts.
    read : callable
        From title and abstract to what is stated there.
    builtin : str
        The id of the built-in source.
    decisions : Decisions
        What persons decided.

    Returns
    -------
    Identity
        Of a paper its records, the links that were refused and the fields about which the records
        disagree; of a name its spellings, senses
        and catalogue entry; of an author the works; of all the decisions about it.
    """
    reach = Reach(store, cited_records(catalogue, builtin), decisions)
    parts: Iterable[Part] = ()
    if entity.label == "Paper":
        parts = _of_paper(entity, reach)
    elif entity.label in ARTEFACT_LABELS:
        parts = _Names(store, reach, catalogue, read, decisions).parts(entity)
    elif entity.label == "Author":
        parts = _of_author(store, entity, reach, decisions)
    fields = _disagreeing(entity, conflicting_fields(store, entity))
    return Identity(entity, (*parts, *fields, *_decided(entity, decisions)))


def _of_paper(paper: Entity, reach: Reach) -> Iterator[Part]:
    works = reach.around([paper.id])
    work = next((work for work in works.works if work.id == paper.id), None)
    if work is None:
        return
    rules = _rules(work, works.links)
    for sourced in work.records:
        rule, others = rules[sourced.key]
        part = "catalogue" if sourced.curated else "record"
        yield Part(part, sourced.record.title, sourced.key, rule, others)
    own = {sourced.key for sourced in work.records}
    for refused in works.refused:
        for inner, outer in (refused.records, refused.records[::-1]):
            if inner.key in own and outer.key not in own:
                what = f"{refused.rule}: {refused.reason}"
                yield Part("refused", outer.record.title, outer.key, what, (inner.key,))


def _disagreeing(entity: Entity, found: Iterable[Conflict]) -> Iterator[Part]:
    for conflict in found:
        for said in conflict.others:
            rule = f"says {said.value}; shown is {conflict.shown.value}"
            yield Part("field", conflict.field, entity.id, rule, said.sources)


def _rules(work: Work, links: Iterable[Link]) -> dict[str, tuple[str, tuple[str, ...]]]:
    """By which rule each record came to the first one, and by which other record."""
    joined: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for link in links:
        left, right = (sourced.key for sourced in link.records)
        joined[left].append((link.rule, right))
        joined[right].append((link.rule, left))
    first = work.records[0]
    rules: dict[str, tuple[str, tuple[str, ...]]] = {first.key: (_own(first), ())}
    reached = [first.key]
    for key in reached:
        for rule, other in joined[key]:
            if other not in rules:
                rules[other] = (rule, (key,))
                reached.append(other)
    return rules


def _own(sourced: SourcedRecord) -> str:
    return f"first: {', '.join(sourced.identifiers) or 'no identifier, its title'}"


class _Names:
    """The spellings of a name in the papers that name it."""

    def __init__(
        self,
        store: Store,
        reach: Reach,
        catalogue: Catalogue,
        read: Read,
        decisions: Decisions,
    ) -> None:
        self._store = store
        self._reach = reach
        self._catalogue = catalogue
        self._read = read
        self._decisions = decisions
        self._entries = artefact_entries(catalogue)

    def parts(self, entity: Entity) -> Iterator[Part]:
        """Yield what a name is made of."""
        edges = self._store.edges_in(entity.label, [entity.id], ["INTRODUCES", "MENTIONS"])
        papers = {e.start for e in edges if e.properties.get("rule") != "catalogue"}
        nothing = Touched(Works((), {}, ()), Works((), {}, ()))
        scope = Scope(self._store, self._reach, nothing, self._read, decisions=self._decisions)
        scope.add(papers)
        introducing = [e.paper.id for e in self._catalogue.entries if e.paper]
        names = settled(
            self._store,
            scope,
            self._catalogue,
            lambda: self._reach.resolved(introducing),
            self._decisions,
        )
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for paper in scope.papers.values():
            for named in paper.reading.entities:
                if names.ids.get((paper.id, named.name)) == entity.id:
                    for spelled, rule in self._spellings(entity, named, paper.id, paper.known_as):
                        found[spelled, rule].add(paper.id)
        for (spelled, rule), naming in sorted(found.items()):
            yield Part("spelling", spelled, entity.id, rule, tuple(sorted(naming)))
        if entry := self._entries.get(entity.id):
            cited = (entry.paper.id,) if entry.paper else ()
            spellings = ", ".join(sorted(entry.spellings))
            yield Part("catalogue", entry.name, entity.id, f"its spellings: {spellings}", cited)
        senses: tuple[str, ...] = entity.properties.get("senses", ())  # type: ignore[assignment]
        held = self._store.entities_by_id(senses)
        for id_ in senses:
            if id_ in held:
                yield Part("sense", held[id_].name, id_, "the bare name may mean this")

    def _spellings(
        self, entity: Entity, named: NamedEntity, paper: str, known: frozenset[str]
    ) -> Iterator[tuple[str, str]]:
        yield named.name, self._rule(entity, named, paper, known)
        for alias in named.aliases:
            if alias != named.name:
                yield alias, f"the text calls {named.name} so too"
        if named.long and named.long != named.name:
            yield named.long, f"spelled out as {named.name}"

    def _rule(self, entity: Entity, named: NamedEntity, paper: str, known: frozenset[str]) -> str:
        own = f"method:{name_key(named.name)}"
        if self._decisions:
            before = entity.id if self._decisions.home(own) == own else own
            placed = self._decisions.placed(before, named.name, paper, known)
            if before != entity.id and placed == entity.id:
                return "a person's word"
        if named.entry:
            return "a spelling in the catalogue"
        if own == entity.id:
            return "the same letters and digits"
        if long_key(named.name) == long_key(str(entity.properties.get("long_name", ""))):
            return "the long form"
        return "its long form tells which of several it is"


def _of_author(store: Store, author: Entity, reach: Reach, decisions: Decisions) -> Iterator[Part]:
    written = {e.start for e in store.edges_in("Author", [author.id], ["AUTHORED_BY"])}
    works = {id_: work.accepted(decisions) for id_, work in reach.works_of(sorted(written)).items()}
    names = {id_: author_names(work) for id_, work in works.items()}
    of_name: dict[str, set[str]] = defaultdict(set)
    for id_, named in names.items():
        for key in named:
            of_name[key].add(id_)
    own = author.properties.get("key")
    for id_, work in sorted(works.items()):
        others = [key for key in names[id_] if len(of_name[key]) > 1 and key != own]
        shared = [names[id_][key].name for key in others]
        sharing = sorted({other for key in others for other in of_name[key]} - {id_})
        if author.properties.get("orcid"):
            rule = "ORCID" if _has_orcid(names[id_], author) else "a person's word"
        elif shared:
            rule = f"shares {', '.join(shared)}"
        else:
            rule = "the only work" if len(works) == 1 else "a person's word"
        title = work.records[0].record.title
        yield Part("work", title, id_, rule, tuple(sharing))
    if isinstance(own, str):
        for other in sorted(store.entities_with("Author", "key", [own]), key=lambda e: e.id):
            if other.id != author.id:
                yield Part("namesake", other.name, other.id, "no other author's name in common")


def _has_orcid(names: Mapping[str, object], author: Entity) -> bool:
    orcid = author.properties.get("orcid")
    return any(getattr(name, "orcid", None) == orcid for name in names.values())


def _decided(entity: Entity, decisions: Decisions) -> Iterator[Part]:
    former: Iterable[str] = entity.properties.get("former_ids", ())  # type: ignore[assignment]
    told = entity.properties
    ids = {entity.id, *former, f"key:{told.get('key')}", f"orcid:{told.get('orcid')}"}
    for decision in decisions.all:
        keys = {*decision.first, *decision.second}
        keys |= {decisions.home(key) for key in keys}
        if not keys.isdisjoint(ids):
            yield Part("decision", decision.title, decision.id, decision.note or decision.word)
