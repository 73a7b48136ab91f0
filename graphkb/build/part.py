"""The part of the graph that a change of records reaches, derived again.

Everything in the graph belongs either to one paper (the paper itself, every edge that it states,
its results) or to a name that papers share (methods, tasks, authors, organisations, repositories,
papers that are only cited). A change of records changes papers; the shared names of these papers
are derived again from all papers that share them; where that moves a name of another paper (an
acronym becomes ambiguous, a majority calls a thing a benchmark now) that paper is changed too,
until nothing moves. What is not reached is neither read nor written.

The result is what :func:`graphkb.build.derive.build` gives for all records: that is tested on
random worlds, and it is what ``graphkb doctor`` compares.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from msgspec import structs

from graphkb.build.author import Authorship, author_entities, author_names
from graphkb.build.claim import claims_of, linked_repositories, strongest
from graphkb.build.curated import cited_by, cited_records, citing_entries, curated_edges
from graphkb.build.decided import NO_DECISIONS, Decisions
from graphkb.build.derive import Read, stub
from graphkb.build.ground import all_records, record_entity
from graphkb.build.link import RefusedLink
from graphkb.build.namesakes import Settled, settled
from graphkb.build.naming import entry_id
from graphkb.build.reach import Reach, Touched
from graphkb.build.recorded import displayed, recorded, repositories_told, told_by
from graphkb.build.scope import Scope
from graphkb.build.sourced import SourcedRecord, SourcedRepository
from graphkb.build.support import counts, supported
from graphkb.build.work import Work
from graphkb.extract.catalogue import Catalogue
from graphkb.model.graph import Edge, EdgeKey, Entity, Graph
from graphkb.model.progress import Progress
from graphkb.model.schema import ARTEFACT_LABELS, RELATIONSHIP_TYPES
from graphkb.store.protocol import Store

__all__ = ["Part", "derive_part"]

_CLAIMS = tuple(d.name for d in RELATIONSHIP_TYPES if set(ARTEFACT_LABELS) & set(d.starts))
_SUPPORTING = tuple(
    d.name for d in RELATIONSHIP_TYPES if set(ARTEFACT_LABELS) & set(d.ends) and d.name != "OF"
)


@dataclass(frozen=True, slots=True)
class Part:
    """What a change reaches, as it is in the store and as it should be.

    Parameters
    ----------
    held : Graph
        Entities and edges of the store, records among them.
    wanted : Graph
        What they become.
    works : tuple of Work
        The works of the reached records, after the change.
    refused : tuple of RefusedLink
        Links between reached records that were not made.
    """

    held: Graph
    wanted: Graph
    works: tuple[Work, ...]
    refused: tuple[RefusedLink, ...]


def derive_part(
    store: Store,
    gone: Sequence[SourcedRecord],
    new: Sequence[SourcedRecord],
    catalogue: Catalogue,
    read: Read,
    builtin: str,
    progress: Progress | None = None,
    decisions: Decisions = NO_DECISIONS,
) -> Part | None:
    """Derive what a change of records reaches.

    Parameters
    ----------
    store : Store
        Whole, and derived by this version with this catalogue.
    gone : sequence of SourcedRecord
        Records of the store that are taken away.
    new : sequence of SourcedRecord
        Records that are added; a record whose content changed is gone and new.
    catalogue : Catalogue
        The curated facts.
    read : callable
        From title and abstract to what is stated there, at or above the threshold.
    builtin : str
        The id of the built-in source.
    progress : callable, optional
        Told of each stage how far it is.
    decisions : Decisions
        What persons decided.

    Returns
    -------
    Part or None
        Where `held` is replaced by `wanted`, the store holds what all its records derive. None
        where the change names an author about whom something was decided: that may move papers
        anywhere, and everything is to be derived.
    """
    reach = Reach(store, cited_records(catalogue, builtin), decisions)
    touched = reach.touched(gone, new)
    decided = decisions.author_keys()
    if decided and not decided.isdisjoint(_author_keys(touched)):
        return None
    scope = Scope(store, reach, touched, read, progress, decisions)
    return _Deriving(store, catalogue, builtin, reach, touched, scope, decisions).part()


def _author_keys(touched: Touched) -> Iterator[str]:
    for work in (*touched.gone.values(), *touched.new.values()):
        for key, author in author_names(work).items():
            yield f"key:{key}"
            if author.orcid:
                yield f"orcid:{author.orcid}"


class _Deriving:
    """One change on its way through the graph."""

    def __init__(
        self,
        store: Store,
        catalogue: Catalogue,
        builtin: str,
        reach: Reach,
        touched: Touched,
        scope: Scope,
        decisions: Decisions,
    ) -> None:
        self._store = store
        self._decisions = decisions
        self._catalogue = catalogue
        self._builtin = builtin
        self._reach = reach
        self._touched = touched
        self._scope = scope
        self._held: dict[EdgeKey, Edge] = {}
        self._wanted: list[Edge] = []
        self._told: list[Entity] = []
        self._candidates: set[str] = set()
        self._regrouped: set[str] = set()

    def part(self) -> Part:
        """Follow the change."""
        scope = self._scope
        scope.add(self._citing())
        introducing = [e.paper.id for e in self._catalogue.entries if e.paper]
        names = settled(
            self._store,
            scope,
            self._catalogue,
            lambda: self._ids(introducing),
            self._decisions,
        )
        self._hold(self._stated())
        curated = self._curated(names)
        authors = self._authors()
        labels = {id_: entity.label for id_, entity in names.entities.items()}
        work_ids = self._ids(
            cited for w in scope.works.values() for s in w.records for cited in s.record.references
        )
        for id_, paper in scope.papers.items():
            claims = claims_of(paper, names.ids, names.task_ids, labels, self._decisions)
            work = self._accepted(scope.works[id_])
            stated = recorded(work, paper.stated, authors.get(id_, ()), work_ids)
            self._told += (*claims.entities, *stated.entities)
            self._wanted += (*claims.edges, *stated.edges)
        edges = strongest((*self._wanted, *curated))
        self._tell_of_others(edges)
        entities = {**names.entities, **displayed(self._told), **scope.entities}
        entities |= self._stubs(edges)
        self._candidates |= names.nodes | scope.ids
        self._candidates |= {e.end for e in self._held.values() if e.end_label == "Result"}
        return self._compared(entities, edges)

    def _ids(self, identifiers: Iterable[str], *, before: bool = False) -> dict[str, str]:
        """From identifiers to the ids of their works, after the change or before it."""
        touched = self._touched
        settled_ids = touched.before.ids if before else touched.after.ids
        known = touched.before.ids.keys() | touched.after.ids.keys()
        asked = dict.fromkeys(identifiers)
        ids = self._reach.resolved(i for i in asked if i not in known)
        return ids | {i: settled_ids[i] for i in asked if i in settled_ids}

    def _hold(self, edges: Iterable[Edge]) -> None:
        self._held.update((edge.key, edge) for edge in edges)

    def _citing(self) -> set[str]:
        """The papers that cite what goes by another id now."""
        left = {old for old, _ in self._touched.moved.values()}
        return {edge.start for edge in self._store.edges_in("Paper", sorted(left), ["CITES"])}

    def _stated(self) -> Iterable[Edge]:
        """Every edge that the papers in scope state in the store."""
        changed = self._touched.gone.keys() | self._touched.new.keys()
        naming: dict[str, set[str]] = defaultdict(set)
        for edge in self._store.edges_out("Paper", sorted(self._scope.ids)):
            # Whose name is whose is asked for the changed works alone.
            if edge.type != "AUTHORED_BY" or edge.start in changed:
                yield edge
            if edge.end_label == "Result" or edge.end_label in ARTEFACT_LABELS:
                naming[edge.end_label].add(edge.end)
        for label, ids in naming.items():
            types = () if label == "Result" else _CLAIMS
            for edge in self._store.edges_out(label, sorted(ids), types):
                if edge.paper in self._scope.ids:
                    yield edge

    def _curated(self, names: Settled) -> list[Edge]:
        """The curated edges that the change touches; those of the store are held."""
        citing = citing_entries(self._catalogue)
        touched = self._touched
        entries = {entry_id(entry): entry for entry in (*names.called, *names.uncalled)}
        known = {*touched.before.ids, *touched.after.ids, *self._scope.ids}
        for identifier in known & citing.keys():
            leads = {
                ids.get(identifier, identifier) for ids in (touched.before.ids, touched.after.ids)
            }
            if identifier in touched.moved or leads & self._scope.ids:
                entries |= {entry_id(entry): entry for entry in citing[identifier]}
        present = self._store.entities_by_id(entries).keys()
        entered = {entry_id(entry) for entry in names.called}
        left = {entry_id(entry) for entry in names.uncalled}
        cited = [c.id for e in entries.values() for c in cited_by(self._catalogue, e)]
        old = curated_edges(
            [entry for id_, entry in entries.items() if id_ in present and id_ not in entered],
            self._catalogue,
            self._ids(cited, before=True),
            self._builtin,
            self._decisions,
        )
        new = curated_edges(
            [
                entry
                for id_, entry in entries.items()
                if id_ in entered or (id_ in present and id_ not in left)
            ],
            self._catalogue,
            self._ids(cited),
            self._builtin,
            self._decisions,
        )
        wanted = list(new)
        quoted = self._hold_curated([*old, *wanted])
        return [edge for edge in wanted if edge.key not in quoted]

    def _hold_curated(self, edges: Sequence[Edge]) -> set[EdgeKey]:
        """Hold those of the edges that the store has; return those that it has as quotations."""
        keys = {edge.key for edge in edges}
        starts: dict[tuple[str, str], set[str]] = defaultdict(set)
        for edge in edges:
            starts[edge.start_label, edge.type].add(edge.start)
        quoted = set()
        for (label, type_), ids in starts.items():
            for edge in self._store.edges_out(label, sorted(ids), [type_]):
                if edge.key not in keys:
                    continue
                if edge.paper in self._scope.ids or edge.properties.get("rule") == "catalogue":
                    self._held[edge.key] = edge
                else:
                    quoted.add(edge.key)
        return quoted

    def _authors(self) -> Authorship:
        """The authors of the changed works; of others, whose names are other people now, edges."""
        touched = self._touched
        accepted = self._accepted
        changed = {i: accepted(w) for i, w in touched.new.items() if w.delivered}
        people = [
            named
            for work in (*map(accepted, touched.gone.values()), *changed.values())
            for named in author_names(work).items()
        ]
        keys = {key for key, author in people if not author.orcid}
        nodes = {e.id: e for e in self._store.entities_with("Author", "key", sorted(keys))}
        orcids = sorted({f"author:{author.orcid}" for _, author in people if author.orcid})
        written = list(self._store.edges_in("Author", [*nodes, *orcids], ["AUTHORED_BY"]))
        away = touched.gone.keys() | changed.keys()
        held = self._reach.works_of(sorted({e.start for e in written} - away))
        others = {id_: accepted(work) for id_, work in held.items()}
        found = author_entities([*changed.values(), *others.values()], self._decisions)
        now = {
            (id_, author.properties.get("key")): author for id_ in others for author in found[id_]
        }
        ids = {*nodes, *orcids, *(a.id for id_ in changed for a in found[id_])}
        for edge in written:
            author = nodes.get(edge.end)
            if edge.start in others and author is not None:
                moved = now[edge.start, author.properties["key"]]
                ids.add(moved.id)
                if moved.id != edge.end:
                    self._held[edge.key] = edge
                    self._wanted.append(structs.replace(edge, end=moved.id))
                    self._regrouped.add(edge.start)
        self._candidates |= ids
        self._told += (a for id_ in others for a in found[id_] if a.id in ids)
        return {id_: found[id_] for id_ in changed}

    def _accepted(self, work: Work) -> Work:
        return work.accepted(self._decisions)

    def _tell_of_others(self, edges: Mapping[EdgeKey, Edge]) -> None:
        """Note how papers outside name the organisations and repositories that are touched."""
        for label, type_ in (("Organization", "AFFILIATED_WITH"), ("Repository", "HAS_CODE")):
            ids = {
                edge.end
                for edge in (*self._held.values(), *edges.values())
                if edge.end_label == label
            }
            self._candidates |= ids
            joined = self._store.edges_in(label, sorted(ids), [type_])
            others = sorted({edge.start for edge in joined} - self._scope.ids)
            works = map(self._accepted, self._reach.works_of(others).values())
            told = [entity for work in works for entity in told_by(work)]
            if label == "Repository":
                for paper in self._scope.others(others).values():
                    told += linked_repositories(paper.reading)
                known = self._store.entities_with("Record", "repository", sorted(ids))
                listed = (s for s in all_records(known) if isinstance(s, SourcedRepository))
                told += repositories_told(listed)
            self._told += (entity for entity in told if entity.id in ids)

    def _stubs(self, edges: Mapping[EdgeKey, Edge]) -> dict[str, Entity]:
        """The papers among the touched ones that edges speak of and no source delivers."""
        scope = self._scope
        spoken: set[str] = set(scope.ids)
        for edge in (*self._held.values(), *edges.values()):
            spoken.update(_papers_of(edge))
        spoken -= scope.works.keys()
        held = self._store.entities_by_id(sorted(spoken))
        ids = sorted(
            id_
            for id_ in spoken
            if id_ in scope.ids or id_ not in held or held[id_].properties["stub"]
        )
        # What a record tells of a cited work stays, whoever cites it besides.
        told = self._reach.works_of(id_ for id_ in ids if id_ not in scope.ids)
        ids = [id_ for id_ in ids if id_ not in told]
        sources: dict[str, set[str]] = {id_: set() for id_ in ids}
        cites = self._store.edges_in("Paper", ids, ["CITES"])
        introduces = self._store.edges_out("Paper", ids, ["INTRODUCES"])
        kept = (e for e in (*cites, *introduces) if e.key not in self._held)
        speaking: dict[str, int] = defaultdict(int)
        for edge in (*kept, *edges.values()):
            for id_ in _papers_of(edge):
                if id_ in sources:
                    speaking[id_] += 1
                    sources[id_].update(edge.properties.get("sources", ()))  # type: ignore[arg-type]
        self._candidates.update(ids)
        works = {work.id: work for work in self._touched.after.works}
        cited = cited_records(self._catalogue, self._builtin)
        return {id_: stub(id_, sources[id_], works, cited) for id_ in ids if speaking[id_]}

    def _compared(self, entities: Mapping[str, Entity], edges: Mapping[EdgeKey, Edge]) -> Part:
        """Set what the store has of all this against what it should have."""
        counting = {edge.end for edge in (*self._held.values(), *edges.values()) if counts(edge)}
        regrouped = self._store.edges_out(
            "Paper", sorted(self._regrouped), ["INTRODUCES", "MENTIONS"]
        )
        counting.update(edge.end for edge in regrouped)
        asked = self._candidates | entities.keys() | counting
        held = self._store.entities_by_id(sorted(asked))
        wanted = {id_: held[id_] for id_ in counting - self._candidates if id_ in held}
        wanted |= entities
        wanted |= self._supported(wanted, edges)
        before, after = self._touched.before.works, self._touched.after.works
        return Part(
            Graph.of((*held.values(), *_records(before)), self._held.values()),
            Graph.of((*wanted.values(), *_records(after)), edges.values()),
            tuple(work for work in after if work.delivered),
            self._touched.after.refused,
        )

    def _supported(
        self, entities: Mapping[str, Entity], edges: Mapping[EdgeKey, Edge]
    ) -> dict[str, Entity]:
        """The artefacts and tasks among the entities, with their support."""
        by_label: dict[str, list[str]] = defaultdict(list)
        for id_, entity in sorted(entities.items()):
            if entity.label in (*ARTEFACT_LABELS, "Task"):
                by_label[entity.label].append(id_)
        supporting: list[Edge] = [edge for edge in edges.values() if counts(edge)]
        for label, ids in by_label.items():
            types = () if label == "Task" else _SUPPORTING
            found = self._store.edges_in(label, ids, types)
            supporting += (e for e in found if counts(e) and e.key not in self._held)
        delivered = self._delivered({edge.paper for edge in supporting})
        papers: dict[str, set[str]] = defaultdict(set)
        for edge in supporting:
            if edge.paper in delivered:
                papers[edge.end].add(edge.paper)
        authors: dict[str, set[str]] = defaultdict(set)
        written = self._store.edges_out("Paper", sorted(delivered), ["AUTHORED_BY"])
        kept = (edge for edge in written if edge.key not in self._held)
        for edge in (*kept, *(e for e in edges.values() if e.type == "AUTHORED_BY")):
            authors[edge.start].add(edge.end)
        return {
            id_: supported(entities[id_], papers[id_], authors)
            for ids in by_label.values()
            for id_ in ids
        }

    def _delivered(self, papers: set[str]) -> set[str]:
        own = {
            id_
            for id_ in papers & self._scope.works.keys()
            if self._scope.entities[id_].properties["stub"] is False
        }
        others = self._store.entities_by_id(sorted(papers - self._scope.ids))
        return own | {id_ for id_, e in others.items() if e.properties["stub"] is False}


def _papers_of(edge: Edge) -> Iterable[str]:
    """The papers that an edge may be the only one to speak of."""
    if edge.type == "CITES":
        yield edge.end
    elif edge.type == "INTRODUCES":
        yield edge.start


def _records(works: Iterable[Work]) -> Iterable[Entity]:
    for work in works:
        for sourced in work.records:
            if not sourced.curated:
                yield record_entity(sourced, work.id)
