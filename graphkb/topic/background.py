"""What stands behind a topic and is no part of it: who states and introduces what it holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Protocol

from graphkb.errors import StoreClosedError
from graphkb.model.graph import Edge, Entity, Graph
from graphkb.model.schema import ARTEFACT_LABELS

if TYPE_CHECKING:
    from graphkb.store.protocol import Store

__all__ = ["background", "background_later", "background_within"]

_OF_THINGS = ("EVALUATED_ON", "IMPLEMENTED_IN")
_IN_MEMORY = ":memory:"
_OF_PAPERS = ("AUTHORED_BY", "HAS_CODE")


class _Reader(Protocol):
    """What of a store is asked."""

    def entities_by_id(self, ids: Iterable[str], label: str | None = None) -> dict[str, Entity]: ...

    def edges_out(
        self, label: str, ids: Iterable[str], types: Iterable[str] = ()
    ) -> Iterable[Edge]: ...

    def edges_in(
        self, label: str, ids: Iterable[str], types: Iterable[str] = ()
    ) -> Iterable[Edge]: ...


def background(store: _Reader, graph: Graph, seeds: Collection[str] = ()) -> Graph:
    """Find who states a graph and introduces its things, the authors, the code, the benchmarks.

    Parameters
    ----------
    store : Store
        Where the graph was taken from; or what answers as one.
    graph : Graph
        A part of the store's.
    seeds : collection of str
        Ids of the methods and models whose kin is asked for, too: what extends the same, and what
        is used beside them in a paper, with the benchmarks that these are evaluated on.

    Returns
    -------
    Graph
        Papers that the graph has not and that state its edges or introduce its methods, models
        and benchmarks; the authors and the repositories of all papers; the benchmarks that its
        methods and models are evaluated on; and the edges that say so, none of the graph's own.

    Examples
    --------
    >>> import graphkb
    >>> with graphkb.open(":memory:") as kb:
    ...     _ = kb.load("sample:")
    ...     found = background(kb.store, kb.topic("RLHF", limit=1).graph)
    >>> sorted(found.entities)
    ['arxiv:1706.03741']
    """
    by_label: dict[str, list[str]] = defaultdict(list)
    for entity in graph.entities.values():
        by_label[entity.label].append(entity.id)
    edges: list[Edge] = []
    for label in ARTEFACT_LABELS:
        if by_label[label]:
            edges += store.edges_in(label, by_label[label], ["INTRODUCES"])
            edges += store.edges_out(label, by_label[label], _OF_THINGS)
    edges += _of_kin(store, [graph.entities[id_] for id_ in seeds])
    stating = {edge.paper for edge in (*graph.edges.values(), *edges)}
    papers = store.entities_by_id(sorted(stating - graph.entities.keys()), "Paper")
    edges += store.edges_out("Paper", sorted({*by_label["Paper"], *papers}), _OF_PAPERS)
    ends: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        ends[edge.start_label].add(edge.start)
        ends[edge.end_label].add(edge.end)
    others = [
        entity
        for label, ids in sorted(ends.items())
        for entity in store.entities_by_id(
            sorted(ids - graph.entities.keys() - papers.keys()), label
        ).values()
    ]
    return Graph.of(
        [*papers.values(), *others], [edge for edge in edges if edge.key not in graph.edges]
    )


def background_later(
    store: Store, graph: Graph, seeds: Collection[str] = ()
) -> Callable[[], Graph]:
    """Find the same when it is asked for, and once: most topics are never asked.

    A topic outlives the ``with`` of its store. Of a store that was closed meanwhile the place is
    opened once more, and what is there now is told.

    Parameters
    ----------
    store, graph, seeds
        As in :func:`background`.

    Returns
    -------
    callable
        Raises StoreClosedError where the store was in memory alone and is gone.
    """

    def found() -> Graph:
        try:
            return background(store, graph, seeds)
        except StoreClosedError:
            if store.url == _IN_MEMORY:
                raise StoreClosedError(
                    "what stands behind a topic was in memory alone, and the store is closed",
                    where=store.url,
                    remedy="export the topic, or call its background(), before that",
                ) from None
        from graphkb.store import open_store

        with open_store(store.url) as again:
            return background(again, graph, seeds)

    return cache(found)


def background_within(pool: Graph, graph: Graph, seeds: Collection[str] = ()) -> Graph:
    """Find the same of a graph where nothing but a larger one is at hand.

    Parameters
    ----------
    pool : Graph
        Topics and what stands behind them.
    graph : Graph
        A part of these topics.
    seeds : collection of str
        As in :func:`background`.

    Returns
    -------
    Graph
        What :func:`background` finds in the store.
    """
    return background(_Pool(pool), graph, seeds)


class _Pool:
    """A graph in memory that is asked as a store is."""

    def __init__(self, graph: Graph) -> None:
        self._entities = graph.entities
        self._out: dict[str, list[Edge]] = defaultdict(list)
        self._in: dict[str, list[Edge]] = defaultdict(list)
        for edge in graph.edges.values():
            self._out[edge.start].append(edge)
            self._in[edge.end].append(edge)

    def entities_by_id(self, ids: Iterable[str], label: str | None = None) -> dict[str, Entity]:
        found = ((id_, self._entities.get(id_)) for id_ in ids)
        return {id_: e for id_, e in found if e is not None and label in (None, e.label)}

    def edges_out(
        self, label: str, ids: Iterable[str], types: Iterable[str] = ()
    ) -> Iterator[Edge]:
        found = (edge for id_ in ids for edge in self._out[id_])
        return (edge for edge in found if edge.type in types and edge.start_label == label)

    def edges_in(self, label: str, ids: Iterable[str], types: Iterable[str] = ()) -> Iterator[Edge]:
        found = (edge for id_ in ids for edge in self._in[id_])
        return (edge for edge in found if edge.type in types and edge.end_label == label)


def _of_kin(store: _Reader, seeds: Sequence[Entity]) -> list[Edge]:
    """The edges that the gaps of the seeds are found by; see the named query ``gaps``."""
    found: list[Edge] = []
    for seed in seeds:
        if seed.label not in ("Method", "Model"):
            continue
        parents = list(store.edges_out(seed.label, [seed.id], ["EXTENDS"]))
        uses = list(store.edges_in(seed.label, [seed.id], ["USES"]))
        siblings = [
            edge
            for label, ids in _grouped((e.end_label, e.end) for e in parents)
            for edge in store.edges_in(label, ids, ["EXTENDS"])
        ]
        stated = {(edge.start, edge.paper) for edge in uses}
        beside = [
            edge
            for label, ids in _grouped((e.start_label, e.start) for e in uses)
            for edge in store.edges_out(label, ids, ["USES"])
            if (edge.start, edge.paper) in stated
        ]
        kin = [(e.start_label, e.start) for e in siblings] + [(e.end_label, e.end) for e in beside]
        found += [*parents, *siblings, *uses, *beside]
        for label, ids in _grouped(one for one in kin if one[0] in ARTEFACT_LABELS):
            found += store.edges_out(label, ids, ["EVALUATED_ON"])
        found += store.edges_out(seed.label, [seed.id], ["EVALUATED_ON"])
    return found


def _grouped(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    ids: dict[str, set[str]] = defaultdict(set)
    for label, id_ in pairs:
        ids[label].add(id_)
    return [(label, sorted(of_label)) for label, of_label in sorted(ids.items())]
