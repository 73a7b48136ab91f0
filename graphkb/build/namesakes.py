"""Which names a change of papers touches, decided again from every paper that shares them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from graphkb.build.curated import called_for
from graphkb.build.decided import NO_DECISIONS, Decisions
from graphkb.build.derive import artefact_entities, mentions, task_entities, told_tasks
from graphkb.build.naming import (
    Mention,
    Names,
    artefact_entries,
    entry_id,
    long_key,
    resolve_names,
)
from graphkb.build.scope import Scope
from graphkb.extract.catalogue import Catalogue, Entry
from graphkb.model.graph import Edge, Entity
from graphkb.model.name import name_key
from graphkb.model.reading import NamedEntity
from graphkb.model.schema import ARTEFACT_LABELS, KIND_LABELS
from graphkb.store.protocol import Store

__all__ = ["Settled", "settled"]

_NAMING = ("INTRODUCES", "MENTIONS")


@dataclass(frozen=True)
class Settled:
    """What the names of the papers in scope are, and what they were.

    Parameters
    ----------
    ids, task_ids : mapping of (str, str) to str
        From paper and name to the id of the artefact, and of the task.
    entities : mapping of str to Entity
        Artefacts and tasks that were decided again, without their support.
    nodes : set of str
        The ids that were decided again: what is not among `entities` is gone.
    called, uncalled : tuple of Entry
        The catalogue's entries that enter the graph, and that leave it.
    """

    ids: Mapping[tuple[str, str], str]
    task_ids: Mapping[tuple[str, str], str]
    entities: Mapping[str, Entity]
    nodes: set[str]
    called: tuple[Entry, ...] = ()
    uncalled: tuple[Entry, ...] = ()


def settled(
    store: Store,
    scope: Scope,
    catalogue: Catalogue,
    work_ids: Callable[[], Mapping[str, str]],
    decisions: Decisions = NO_DECISIONS,
) -> Settled:
    """Decide the names of the papers in scope, and take in papers whose names move by that.

    Parameters
    ----------
    store : Store
        What holds the graph.
    scope : Scope
        The papers; it grows.
    catalogue : Catalogue
        The curated facts.
    work_ids : callable
        Gives a mapping from the identifiers of the papers that introduce entries to the ids of
        their works; asked only where there are names.
    decisions : Decisions
        What persons decided.

    Returns
    -------
    Settled
        As if the names of all papers had been resolved.
    """
    return _Settling(store, scope, catalogue, work_ids, decisions).settled()


class _Settling:
    def __init__(
        self,
        store: Store,
        scope: Scope,
        catalogue: Catalogue,
        work_ids: Callable[[], Mapping[str, str]],
        decisions: Decisions,
    ) -> None:
        self._store = store
        self._decisions = decisions
        self._scope = scope
        self._catalogue = catalogue
        self._work_ids = work_ids
        self._entries = artefact_entries(catalogue)
        self._held: dict[str, Entity] = {}
        self._of_token: dict[str, set[str]] = defaultdict(set)

    def settled(self) -> Settled:
        scope = self._scope
        named_before = self._named_by(scope.ids)
        if not any(p.reading.entities or p.reading.tasks for p in scope.papers.values()) and not (
            named_before
        ):
            return Settled({}, {}, {}, set())
        self._look_up()
        work_ids = self._work_ids()
        while True:
            tokens, nodes = self._closed(
                {
                    *(t for m in mentions(scope.papers.values()) for t in self._tokens(m.entity)),
                    *(f"i {edge.end}" for edge in named_before if edge.end_label != "Task"),
                }
            )
            places = self._places(nodes)
            others = scope.others(places)
            sharing = [
                mention
                for mention in mentions(others.values())
                if tokens.intersection(self._tokens(mention.entity))
            ]
            names = resolve_names(
                (*mentions(scope.papers.values()), *sharing),
                self._catalogue,
                work_ids,
                self._decisions,
            )
            moved = self._moved(names, places, sharing)
            if not moved:
                break
            scope.add(moved)
            named_before = self._named_by(scope.ids)
        tasks, task_ids = self._tasks(named_before)
        called, uncalled = self._called(names, nodes, named_before, places)
        left = {entry_id(entry) for entry in uncalled}
        stay = (self._entries[id_] for id_ in (nodes & self._entries.keys()) - left)
        entries = (*called, *stay)
        decided = {e.id: e for e in artefact_entities(names, entries)}
        return Settled(
            names.ids,
            task_ids,
            decided | {e.id: e for e in tasks},
            nodes | decided.keys() | left | self._task_nodes,
            called,
            uncalled,
        )

    def _look_up(self) -> None:
        """Note by which folded names each artefact of the store may be meant."""
        self._held = {entity.id: entity for entity in self._store.entities(ARTEFACT_LABELS)}
        for id_, entity in self._held.items():
            for token in self._tokens_of_node(id_, entity):
                self._of_token[token].add(id_)

    def _tokens_of_node(self, id_: str, entity: Entity) -> set[str]:
        told = entity.properties
        spelled = {str(told["name"]), str(told.get("long_name", "")), *_list(told, "aliases")}
        if id_ in self._entries:
            spelled.update(self._entries[id_].spellings)
        folded = {token for name in spelled if name for token in _folded(name)}
        return folded | {f"i {id_}", *(f"i {sense}" for sense in _list(told, "senses"))}

    def _tokens(self, entity: NamedEntity) -> set[str]:
        tokens = {*_folded(entity.name), f"i method:{name_key(entity.name)}"}
        if entity.long:
            tokens.update(_folded(entity.long))
        if entity.entry:
            tokens.add(f"i {entry_id(self._catalogue.entry(entity.entry))}")
        return tokens

    def _closed(self, tokens: set[str]) -> tuple[set[str], set[str]]:
        """The tokens and nodes that are joined to some tokens, over any number of steps."""
        nodes: set[str] = set()
        groups = self._decisions.name_groups()
        new = tokens
        while new:
            found = {id_ for token in new for id_ in self._of_token.get(token, ())} - nodes
            nodes |= found
            reached = {
                token for id_ in found for token in self._tokens_of_node(id_, self._held[id_])
            }
            decided = (group for group in groups if not group.isdisjoint(new))
            new = reached.union(*decided) - tokens
            tokens = tokens | new
        return tokens, nodes

    def _named_by(self, papers: Iterable[str]) -> list[Edge]:
        return list(_of_texts(self._store.edges_out("Paper", papers, _NAMING)))

    def _places(self, nodes: Iterable[str]) -> dict[str, set[str]]:
        """The nodes among these that each paper outside names."""
        places: dict[str, set[str]] = defaultdict(set)
        for edge in self._naming(nodes):
            if edge.start not in self._scope.ids:
                places[edge.start].add(edge.end)
        return dict(places)

    def _naming(self, nodes: Iterable[str]) -> Iterator[Edge]:
        """The edges by which texts name these nodes."""
        by_label: dict[str, list[str]] = defaultdict(list)
        for id_ in sorted(nodes):
            by_label[self._held[id_].label].append(id_)
        for label, ids in by_label.items():
            yield from _of_texts(self._store.edges_in(label, ids, _NAMING))

    def _moved(
        self, names: Names, places: Mapping[str, set[str]], sharing: Iterable[Mention]
    ) -> set[str]:
        """The papers outside of which a name leads elsewhere now, or to another label."""
        relabelled = {
            id_
            for id_, artefact in names.artefacts.items()
            if id_ in self._held and self._held[id_].label != KIND_LABELS[artefact.kind]
        }
        now: dict[str, set[str]] = defaultdict(set)
        for mention in sharing:
            now[mention.paper].add(names.ids[mention.paper, mention.entity.name])
        return {
            paper for paper, before in places.items() if before != now[paper] or before & relabelled
        }

    def _tasks(
        self, named_before: Iterable[Edge]
    ) -> tuple[tuple[Entity, ...], dict[tuple[str, str], str]]:
        papers = self._scope.papers
        wanted = {edge.end for edge in named_before if edge.end_label == "Task"}
        own = task_entities(papers.values(), self._catalogue)
        wanted |= {task.id for task in own.values()}
        self._task_nodes = wanted
        naming = self._store.edges_in("Task", sorted(wanted), ["MENTIONS"])
        others = self._scope.others(edge.start for edge in naming if edge.start not in papers)
        entities = task_entities((*papers.values(), *others.values()), self._catalogue)
        ids = {place: task.id for place, task in entities.items() if place[0] in papers}
        kept = {t.id: t for t in (*told_tasks(self._catalogue), *entities.values())}
        return tuple(task for id_, task in kept.items() if id_ in wanted), ids

    def _called(
        self,
        names: Names,
        nodes: set[str],
        named_before: Iterable[Edge],
        places: Mapping[str, set[str]],
    ) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
        """The entries that enter the graph, and those that leave it."""
        before = {id_ for id_, entity in self._held.items() if entity.properties.get("curated")}
        named = {edge.end for edge in named_before}.union(*places.values())
        after = {entry_id(e): e for e in called_for(self._catalogue, names.artefacts)}
        called = tuple(entry for id_, entry in after.items() if id_ not in before)
        lost = (named & before & nodes) - names.artefacts.keys()
        if not lost:
            return called, ()
        # Whether another entry still calls for one that nothing names any more, all of them tell.
        mentioned = {*names.artefacts, *(edge.end for edge in self._naming(before - nodes))}
        after = {entry_id(e): e for e in called_for(self._catalogue, mentioned)}
        return called, tuple(self._entries[id_] for id_ in sorted(before - after.keys()))


def _of_texts(edges: Iterable[Edge]) -> Iterator[Edge]:
    """Those edges that a text states, not the catalogue."""
    return (edge for edge in edges if edge.properties.get("rule") != "catalogue")


def _folded(name: str) -> tuple[str, str]:
    """A name as a key and as a long form: what may be one thing shares one of the two."""
    return f"n {name_key(name)}", f"l {long_key(name)}"


def _list(told: Mapping[str, object], name: str) -> tuple[str, ...]:
    found = told.get(name, ())
    return found if isinstance(found, tuple) else ()
