"""How long the layout takes, and how much of a graph's neighbourhoods it keeps on the plane.

Beside each figure is that of networkx.spring_layout on the same graph in the same run.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np

from graphkb.model.graph import Graph
from graphkb.view.layout import Link, arrange

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Places = NDArray[np.float64]

__all__ = ["LaidOut", "laid_out", "links_of", "methods_of"]

_NEAREST = 10
_BOX = (90.0, 36.0)


@dataclass(frozen=True)
class LaidOut:
    """Two layouts of a graph.

    Parameters
    ----------
    nodes, lines : int
        How large the graph is.
    seconds, spring_seconds : float
        How long ours and spring_layout took.
    near, spring_near : float
        Of each node's ten nearest on the plane, the share that are its neighbours in the graph.
    most_near : float
        The most that this share can be, as many nodes have fewer than ten neighbours.
    kept, spring_kept : float
        Of each node's neighbours (at most ten count), the share that are among its ten nearest.
    """

    nodes: int
    lines: int
    seconds: float
    spring_seconds: float
    near: float
    spring_near: float
    most_near: float
    kept: float
    spring_kept: float


def laid_out(count: int, links: list[Link], *, springs: bool = True) -> LaidOut:
    """Lay a graph out in both ways.

    Parameters
    ----------
    count : int
        How many nodes there are.
    links : list of Link
        Its lines.
    springs : bool
        Whether spring_layout is run, which takes minutes where a graph is large; else its figures
        are not numbers.
    """
    begin = time.perf_counter()
    ours = np.array(arrange(count, links, [_BOX] * count), dtype=float)
    seconds = time.perf_counter() - begin
    plain: nx.Graph[int] = nx.Graph()
    plain.add_nodes_from(range(count))
    plain.add_edges_from((a, b) for a, b, _ in links if a != b)
    near, kept, most = _near(plain, ours)
    spring_seconds = spring_near = spring_kept = float("nan")
    if springs:
        begin = time.perf_counter()
        placed = nx.spring_layout(plain, seed=1)
        spring_seconds = time.perf_counter() - begin
        theirs = np.array([placed[node] for node in range(count)])
        spring_near, spring_kept, _ = _near(plain, theirs)
    return LaidOut(
        nodes=count,
        lines=len(links),
        seconds=seconds,
        spring_seconds=spring_seconds,
        near=near,
        spring_near=spring_near,
        most_near=most,
        kept=kept,
        spring_kept=spring_kept,
    )


def links_of(graph: Graph) -> list[Link]:
    """Return a graph's edges as lines between numbers."""
    at = {id_: number for number, id_ in enumerate(graph.entities)}
    return [(at[edge.start], at[edge.end], 1.0) for edge in graph.edges.values()]


def methods_of(graph: Graph) -> Graph:
    """Return the methods that relate to each other, with what relates them."""
    methods = {id_ for id_, entity in graph.entities.items() if entity.label == "Method"}
    edges = [e for e in graph.edges.values() if {e.start, e.end} <= methods and e.start != e.end]
    joined = {end for edge in edges for end in (edge.start, edge.end)}
    return Graph.of([graph.entities[id_] for id_ in sorted(joined)], edges)


def _near(graph: nx.Graph[int], places: Places) -> tuple[float, float, float]:
    near, kept, most = [], [], []
    for node in graph:
        known = set(graph[node])
        if not known:
            continue
        away = np.hypot(*(places - places[node]).T)
        away[node] = np.inf
        both = len(set(np.argsort(away, kind="stable")[:_NEAREST].tolist()) & known)
        near.append(both / _NEAREST)
        kept.append(both / min(len(known), _NEAREST))
        most.append(min(len(known), _NEAREST) / _NEAREST)
    return float(np.mean(near)), float(np.mean(kept)), float(np.mean(most))
