"""Growing a topic from its seeds: near, relevant, connected."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache

from graphkb.errors import NotFoundError, QueryError
from graphkb.model.graph import Edge, Entity, Graph
from graphkb.model.schema import ARTEFACT_LABELS
from graphkb.query.kind import LEFT_OUT
from graphkb.query.resolve import resolve
from graphkb.store.protocol import Store
from graphkb.topic.background import background
from graphkb.topic.bounds import Bounds
from graphkb.topic.join import joined
from graphkb.topic.path import strongest_paths
from graphkb.topic.reason import ways
from graphkb.topic.relevance import Weights, edge_weights, personalised_pagerank
from graphkb.topic.seed import Seed, find_seeds
from graphkb.topic.topic import Member, Topic

__all__ = ["find_topic"]

_FRONTIER = 500
_PERIPHERAL = 0.25


def find_topic(
    store: Store,
    seeds: Sequence[str | Seed],
    *,
    limit: int = 60,
    hops: int = 3,
    since: str | None = None,
    until: str | None = None,
    kinds: Collection[str] = (),
    exclude: Collection[str] = (),
    budgets: Mapping[str, int] | None = None,
    min_support: int = 0,
    min_confidence: int = 0,
) -> Topic:
    """Find the part of the graph that belongs to the seeds.

    Parameters
    ----------
    store : Store
        Where to look.
    seeds : sequence of str or Seed
        Names, aliases, ids or words; each is one seed. Or what has been found already, such as
        :func:`graphkb.topic.seed_file.seed_of_file` finds.
    limit : int
        Most entities, results not counted; more only where the named seeds and what joins them
        are more.
    hops : int
        Most steps from a seed.
    since, until : str, optional
        ISO dates that bound the papers, but for those that are seeds by name.
    kinds : collection of str
        Kinds (dataset) and labels (benchmark) that may be in the topic beside the seeds; all by
        default.
    exclude : collection of str
        Names of entities that must not be in it.
    budgets : mapping of str to int, optional
        The most entities of a kind or label beside the seeds.
    min_support : int
        The least support of a method, model, benchmark or task beside the seeds.
    min_confidence : int
        The least confidence of an edge, per mille; others are neither followed nor in the topic.

    Returns
    -------
    Topic
        Connected wherever the graph connects the seeds, the same for the same graph.

    Raises
    ------
    NotFoundError
        A seed or an excluded name names nothing.
    QueryError
        There is no seed, a kind is unknown, a date is none, a number is out of range, or a seed
        is excluded.
    """
    if not seeds:
        raise QueryError("a topic needs a seed", remedy="name a method, a paper or some words")
    barred = {resolve(store, name).id for name in exclude}
    bounds = Bounds(since, until, kinds, barred, budgets or {}, min_support, min_confidence)
    found = find_seeds(store, seeds)
    start = _start(store, found, bounds, limit)
    ball, edges = _ball(store, start, hops, bounds)
    weights = edge_weights(edges)
    shares = personalised_pagerank(weights, start)
    near = _introducing(edges, start)
    scores = {
        id_: share * (1 if id_ in near or _is_central(ball[id_]) else _PERIPHERAL)
        for id_, share in shares.items()
    }
    chosen = _grow(weights, scores, start, limit)
    paths = strongest_paths(weights, start, within=chosen)
    kept = [edge for edge in edges if edge.start in chosen and edge.end in chosen]
    results, result_edges = _results(
        store, [id_ for id_ in chosen if ball[id_].label == "Paper"], chosen, bounds
    )
    reasons = ways((paths[id_] for id_ in chosen), ball, kept)
    members = sorted(
        (
            Member(ball[id_], scores.get(id_, 0.0), id_ in start, way)
            for id_, way in zip(chosen, reasons, strict=True)
        ),
        key=lambda m: (not m.seed, -m.score, m.entity.id),
    )
    graph = Graph.of([*(ball[id_] for id_ in chosen), *results], [*kept, *result_edges])
    return Topic(
        tuple(dict.fromkeys(seed.text for seed in found)),
        graph,
        tuple(members),
        beyond=tuple(sorted(ball.keys() - chosen.keys())),
        background=cache(lambda: background(store, graph, start)),
    )


def _start(store: Store, found: Sequence[Seed], bounds: Bounds, limit: int) -> tuple[str, ...]:
    """The ids to grow from: all that are named, and of what words find as many as there is room."""
    named = [id_ for seed in found if seed.named for id_ in seed.ids]
    for id_ in [id_ for id_ in named if id_ in bounds.barred]:
        raise QueryError(f"{id_} is both a seed and excluded", remedy="leave one of the two out")
    by_words = [id_ for seed in found if not seed.named for id_ in seed.ids]
    known = store.entities_by_id(by_words)
    fitting = [id_ for id_ in by_words if bounds.allows_as_seed(known[id_])]
    if not named and not fitting:
        raise NotFoundError(
            "what the words find is excluded or of another time",
            remedy="leave out --since, --until or --exclude",
        )
    room = max(limit - len(named), 0 if named else 1)
    return tuple(dict.fromkeys([*named, *fitting[:room]]))


def _introducing(edges: Iterable[Edge], start: Collection[str]) -> set[str]:
    """The papers that introduce a seed: they belong to it even where nobody loaded them."""
    return {e.start for e in edges if e.type == "INTRODUCES" and e.end in start}


def _ball(
    store: Store, start: Sequence[str], hops: int, bounds: Bounds
) -> tuple[dict[str, Entity], tuple[Edge, ...]]:
    """Every allowed entity within some steps, and the edges among them.

    Each ring is bounded: of a hub's many neighbours those with the strongest connections are
    followed, the others are not reached through it.
    """
    ball = store.entities_by_id(start)
    edges: dict[tuple[str, str, str, str], Edge] = {}
    frontier = list(start)
    for hop in range(hops + 1):
        _, touching = store.neighbourhood(frontier)
        found = [
            edge
            for edge in touching
            if not {edge.start_label, edge.end_label} & LEFT_OUT and bounds.follows(edge)
        ]
        if hop == hops:
            ring: list[str] = []
        else:
            ring = _ring(store, found, ball, bounds)
        for edge in found:
            if edge.start in ball and edge.end in ball:
                edges[edge.key] = edge
        frontier = ring
        if not frontier:
            break
    return ball, tuple(edges[key] for key in sorted(edges))


def _ring(
    store: Store,
    edges: Iterable[Edge],
    ball: dict[str, Entity],
    bounds: Bounds,
) -> list[str]:
    """Put the next ring into the ball, and return its ids."""
    weights = edge_weights(edges)
    reach: dict[str, float] = {}
    for id_ in weights:
        if id_ not in ball:
            reach[id_] = sum(weights[near][id_] for near in weights[id_] if near in ball)
    wanted = sorted(reach, key=lambda id_: (-reach[id_], id_))
    entities = store.entities_by_id(wanted)
    ring = [id_ for id_ in wanted if id_ in entities and bounds.allows(entities[id_])][:_FRONTIER]
    for id_ in ring:
        ball[id_] = entities[id_]
    return ring


def _is_central(entity: Entity) -> bool:
    """Whether it is what topics are about: things and papers, not stubs, tasks, people or code."""
    if entity.label == "Paper":
        return not entity.properties.get("stub")
    return entity.label in ARTEFACT_LABELS


def _grow(
    weights: Weights, scores: Mapping[str, float], start: Sequence[str], limit: int
) -> dict[str, None]:
    """Choose the seeds, what joins them, and then the best of what is connected to the chosen."""
    chosen: dict[str, None] = {}
    heap: list[tuple[float, str]] = []

    def choose(id_: str) -> None:
        chosen[id_] = None
        for near in weights.get(id_, {}):
            if near not in chosen:
                heapq.heappush(heap, (-scores.get(near, 0.0), near))

    for id_ in (*start, *sorted(joined(weights, start) - {*start})):
        choose(id_)
    while heap and len(chosen) < limit:
        _, id_ = heapq.heappop(heap)
        if id_ not in chosen:
            choose(id_)
    return chosen


def _results(
    store: Store, papers: Collection[str], chosen: Collection[str], bounds: Bounds
) -> tuple[list[Entity], list[Edge]]:
    """The results of chosen papers whose every other end is chosen, and every edge allowed."""
    rows = store.cypher(
        "UNWIND $papers AS id MATCH (p:Paper {id: id}) MATCH (p)-[:REPORTS]->(x:Result) "
        "RETURN x.id AS id ORDER BY x.id",
        {"papers": sorted(papers)},
    )
    ids = [row[0] for row in rows.rows]
    entities, edges = store.neighbourhood(ids)
    outside = {
        end
        for edge in edges
        for end, other in ((edge.start, edge.end), (edge.end, edge.start))
        if end in ids and (other not in chosen or not bounds.follows(edge))
    }
    kept = [entity for entity in entities if entity.id not in outside]
    ids_kept = {entity.id for entity in kept}
    return kept, [e for e in edges if e.start in ids_kept or e.end in ids_kept]
