"""What stands behind a topic and is no part of it: who states and introduces what it holds."""

from __future__ import annotations

from collections import defaultdict

from graphkb.model.graph import Graph
from graphkb.model.schema import ARTEFACT_LABELS
from graphkb.store.protocol import Store

__all__ = ["background", "background_within"]


def background(store: Store, graph: Graph) -> Graph:
    """Find the papers by which a graph is stated, who introduces its things, and the authors.

    Parameters
    ----------
    store : Store
        Where the graph was taken from.
    graph : Graph
        A part of the store's.

    Returns
    -------
    Graph
        Papers that the graph has not and that state its edges or introduce its methods, models
        and benchmarks; the authors of all papers; INTRODUCES and AUTHORED_BY between all these.

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
    introducing = [
        edge
        for label in ARTEFACT_LABELS
        if by_label[label]
        for edge in store.edges_in(label, by_label[label], ["INTRODUCES"])
        if edge.key not in graph.edges
    ]
    stating = {edge.paper for edge in (*graph.edges.values(), *introducing)}
    behind = store.entities_by_id(
        sorted((stating | {edge.start for edge in introducing}) - graph.entities.keys()), "Paper"
    )
    written = list(store.edges_out("Paper", sorted({*by_label["Paper"], *behind}), ["AUTHORED_BY"]))
    authors = store.entities_by_id(
        sorted({edge.end for edge in written} - graph.entities.keys()), "Author"
    )
    return Graph.of(
        [*behind.values(), *authors.values()],
        [*introducing, *(edge for edge in written if edge.key not in graph.edges)],
    )


def background_within(pool: Graph, graph: Graph) -> Graph:
    """Find the same of a graph where nothing but a larger one is at hand.

    Parameters
    ----------
    pool : Graph
        Topics and what stands behind them.
    graph : Graph
        A part of these topics.

    Returns
    -------
    Graph
        What :func:`background` finds in the store.
    """
    introducing = [
        edge
        for edge in pool.edges.values()
        if edge.type == "INTRODUCES" and edge.end in graph.entities and edge.key not in graph.edges
    ]
    named = {edge.paper for edge in (*graph.edges.values(), *introducing)}
    named |= {edge.start for edge in introducing}
    papers = {id_ for id_ in named if id_ in pool.entities} - graph.entities.keys()
    written = [
        edge
        for edge in pool.edges.values()
        if edge.type == "AUTHORED_BY" and (edge.start in papers or edge.start in graph.entities)
    ]
    authors = {edge.end for edge in written} - graph.entities.keys()
    return Graph.of(
        [pool.entities[id_] for id_ in papers | authors],
        [*introducing, *(edge for edge in written if edge.key not in graph.edges)],
    )
