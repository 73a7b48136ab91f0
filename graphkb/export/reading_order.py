"""The order in which papers are read: nothing before what it builds on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from graphkb.export.content import Content
from graphkb.model.graph import Edge

__all__ = ["Ground", "Stage", "builds_on", "stages", "told"]

# What a paper, or what it introduces, has to do with what another one introduced.
_BUILDS = {
    "EXTENDS": "extends",
    "GENERALIZES": "generalises",
    "USES": "uses",
    "SURVEYS": "surveys",
    "ANALYZES": "analyses",
    "CRITIQUES": "criticises",
}
_RANK = {word: at for at, word in enumerate((*_BUILDS.values(), "cites"))}
_KEPT = 3


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a paper comes after another one.

    Parameters
    ----------
    word : str
        extends, generalises, uses, surveys, analyses, criticises or cites.
    what : str
        The id of what the other introduced; of a citation the other's.
    edge : Edge or None
        What states it.
    """

    word: str
    what: str
    edge: Edge | None = None

    @property
    def order(self) -> tuple[object, ...]:
        """A key that puts the best ground first."""
        confidence = self.edge.properties.get("confidence", 0) if self.edge is not None else 0
        sure = confidence if isinstance(confidence, int) else 0
        return (_RANK[self.word], -sure, self.what, self.edge.key if self.edge else ())


@dataclass(frozen=True, slots=True)
class Stage:
    """Papers that can be read once the stages before are.

    Parameters
    ----------
    depth : int
        0 for what builds on nothing here; None of papers that neither build on another one here
        nor are built on.
    papers : tuple of tuple of str
        Ids, in order; those that build on one another in a circle are together.
    """

    depth: int | None
    papers: tuple[tuple[str, ...], ...] = field(default=())


def builds_on(content: Content, behind: Iterable[Edge] = ()) -> dict[str, dict[str, Ground]]:
    """Find what each paper builds on.

    A paper builds on another one where it, or what it introduces, extends, generalises, uses,
    surveys, analyses or criticises what the other introduces; and where it cites it. Of several
    papers that introduce a thing, the one that the catalogue names is its origin, else the oldest.

    Parameters
    ----------
    content : Content
        Read twice; of its edges no more are held than one a pair of papers.
    behind : iterable of Edge
        INTRODUCES of papers that are no part of the content.

    Returns
    -------
    dict of str to dict of str to Ground
        By the id of the paper, then by the id of what it builds on: the best ground.
    """
    origin: dict[str, str] = {}
    introduced: dict[str, list[str]] = defaultdict(list)
    introducing = [*content.edges(("INTRODUCES",)), *behind]
    for edge in sorted((e for e in introducing if e.type == "INTRODUCES"), key=_origin_first):
        origin.setdefault(edge.end, edge.start)
        introduced[edge.end].append(edge.start)
    found: dict[str, dict[str, Ground]] = defaultdict(dict)
    for edge in content.edges(tuple(_BUILDS)):
        on = origin.get(edge.end)
        if on is None:
            continue
        ground = Ground(_BUILDS[edge.type], edge.end, edge)
        starts = [edge.start] if edge.start_label == "Paper" else _introducers(edge, introduced)
        for start in starts:
            _keep(found, start, on, ground)
    # Last, as any other ground is better. There may be millions: they are read as columns, and all
    # who cite a paper share one ground.
    cited: dict[str, Ground] = {}
    for batch in content.edge_columns("CITES"):
        for start, end in zip(batch["start"], batch["end"], strict=True):
            known = found[start]
            if start != end and end not in known:
                known[end] = cited.get(end) or cited.setdefault(end, Ground("cites", end))
    return found


def _introducers(edge: Edge, introduced: Mapping[str, list[str]]) -> list[str]:
    """The papers that introduce a thing of which an edge tells.

    The paper that tells it, where that is one of them: two papers may introduce things of one name.
    """
    every = introduced.get(edge.start, [])
    return [edge.paper] if edge.paper in every else every[:1]


def _origin_first(edge: Edge) -> tuple[object, ...]:
    curated = edge.properties.get("rule") == "catalogue"
    return (not curated, str(edge.properties.get("stated", "9")), edge.key)


def _keep(found: dict[str, dict[str, Ground]], paper: str, on: str, ground: Ground) -> None:
    known = found[paper].get(on)
    if paper != on and (known is None or ground.order < known.order):
        found[paper][on] = ground


def stages(
    papers: Iterable[str],
    grounds: Mapping[str, Mapping[str, Ground]],
    rank: Callable[[str], tuple[object, ...]],
) -> tuple[Stage, ...]:
    """Order papers so that nothing comes before what it builds on.

    A paper's stage is the longest way from it to what builds on nothing. Papers that build on one
    another in a circle are of one stage and stand together, by rank: the older first.

    Parameters
    ----------
    papers : iterable of str
        Ids.
    grounds : mapping
        From :func:`builds_on`; what is not among the papers does not count.
    rank : callable
        A key that orders papers where nothing else does; unique.

    Returns
    -------
    tuple of Stage
        From what builds on nothing upwards; last, where there are any, papers that stand alone.

    References
    ----------
    Tarjan: Depth-first search and linear graph algorithms, 1972.

    Examples
    --------
    >>> cites = {"b": {"a": Ground("cites", "a")}, "c": {"b": Ground("cites", "b")}}
    >>> [stage.papers for stage in stages("abcd", cites, lambda id_: (id_,))]
    [(('a',),), (('b',),), (('c',),), (('d',),)]
    """
    import networkx as nx

    ids = sorted(papers, key=rank)
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(ids)
    for id_ in ids:
        graph.add_edges_from((id_, on) for on in sorted(grounds.get(id_, ())) if on in graph)
    depth: dict[str, int] = {}
    by_depth: dict[int | None, list[tuple[str, ...]]] = defaultdict(list)
    # By the search's nature a component comes after those that it leads to.
    for component in nx.strongly_connected_components(graph):
        below = [depth[on] for id_ in component for on in graph[id_] if on not in component]
        level = max(below, default=-1) + 1
        for id_ in component:
            depth[id_] = level
        alone = len(component) == 1 and all(graph.degree(id_) == 0 for id_ in component)
        by_depth[None if alone else level].append(tuple(sorted(component, key=rank)))
    return tuple(
        Stage(level, tuple(sorted(by_depth[level], key=lambda group: rank(group[0]))))
        for level in sorted(by_depth, key=lambda level: (level is None, level or 0))
    )


def told(grounds: Mapping[str, Ground]) -> list[tuple[str, Ground]]:
    """Return the best few grounds, with what they are of; see :class:`Ground`."""
    return sorted(grounds.items(), key=lambda item: (item[1].order, item[0]))[:_KEPT]
