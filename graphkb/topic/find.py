"""Growing a topic from its seeds: near, relevant, connected."""

from __future__ import annotations

import heapq
import math
from collections.abc import Collection, Iterable, Mapping, Sequence

from graphkb.errors import NotFoundError, QueryError
from graphkb.model.graph import Entity
from graphkb.query.leaderboard import leaderboard
from graphkb.query.resolve import resolve
from graphkb.store.protocol import Store
from graphkb.topic.background import background_later
from graphkb.topic.bounds import Bounds
from graphkb.topic.grow import Growth
from graphkb.topic.near import Near
from graphkb.topic.path import strongest_paths
from graphkb.topic.reason import ways
from graphkb.topic.relevance import Weights, personalised_pagerank
from graphkb.topic.seed import Seed, find_seeds
from graphkb.topic.subgraph import with_sure_edges
from graphkb.topic.topic import Member, Topic

__all__ = ["find_topic"]

_AT_ONCE = 500
_PERIPHERAL = 0.25
# What a label's shares are raised by, so that code and benchmarks come in beside what they belong
# to; how many of them there may be is for the balance to say.
_PRIOR = {
    "Method": 1.0,
    "Model": 0.8,
    "Benchmark": 1.0,
    "Repository": 3.0,
    "Task": 0.5,
    "Author": 0.1,
    "Organization": 0.1,
    "Result": 0.0,
}
_SUPPORTED, _UPVOTED = 0.25, 0.05
# What the catalogue has, the field names: it counts as if so many papers here rested on it.
_CURATED = 3
# More than this tells of fame and not of belonging.
_MANY = 15
_ORIGIN, _CODE = 0.4, 0.4
# How much more the first on a board counts, and how many places count.
_BEST, _PLACES = 3.0, 10


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
    near = Near(store, store.entities_by_id(start), hops, bounds)
    near.read()
    weights = near.weights()
    shares = personalised_pagerank(weights, start)
    scores = _scores(store, near, weights, shares, start)
    growth = Growth(near, weights, scores, bounds, limit, hops)
    growth.begin(start)
    growth.descend()
    growth.fill()
    chosen = growth.chosen
    graph = with_sure_edges(store, (near.entities[id_] for id_ in chosen), bounds)
    paths = strongest_paths(weights, start, within=chosen, most=hops)
    if len(paths) < len(chosen):
        # What joins seeds may be further from each of them.
        paths = strongest_paths(weights, start, within=chosen) | paths
    reasons = ways((paths[id_] for id_ in chosen), graph.entities, graph.edges.values())
    members = sorted(
        (
            Member(graph.entities[id_], scores.get(id_, 0.0), id_ in start, way)
            for id_, way in zip(chosen, reasons, strict=True)
        ),
        key=lambda m: (not m.seed, -m.score, m.entity.id),
    )
    return Topic(
        tuple(dict.fromkeys(seed.text for seed in found)),
        graph,
        tuple(members),
        beyond=tuple(sorted(near.entities.keys() - chosen.keys())),
        background=background_later(store, graph, start),
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


def _scores(
    store: Store, near: Near, weights: Weights, shares: Mapping[str, float], start: Sequence[str]
) -> dict[str, float]:
    """The relevance of each: its share, by what it is and how many rest on it."""
    near.fetch(heapq.nsmallest(_AT_ONCE, shares, key=lambda id_: (-shares[id_], id_)))
    origins = {paper for papers in near.introducing.values() for paper in papers}
    scores = {
        id_: share * _prior(near.entities.get(id_), id_ in origins) for id_, share in shares.items()
    }
    # The best on a benchmark that is asked for come first, and so do their papers.
    for id_, rank in _standings(store, near, start).items():
        if id_ in scores:
            scores[id_] *= 1 + _BEST / rank
    # What matters is worth its origin: that paper is not left behind for saying other things too.
    for introduced, papers in near.introducing.items():
        for paper in papers & scores.keys():
            scores[paper] = max(scores[paper], _ORIGIN * scores.get(introduced, 0.0))
    for id_ in scores:
        if near.label(id_) == "Repository":
            own = (scores[other] for other in weights[id_] if other not in start)
            scores[id_] = max(scores[id_], _CODE * max(own, default=0.0))
    return scores


def _standings(store: Store, near: Near, start: Iterable[str]) -> dict[str, int]:
    """The ranks of what stands on the boards of benchmarks, and of the papers that report it."""
    found: dict[str, int] = {}
    for id_ in start:
        if near.label(id_) == "Benchmark":
            for board in leaderboard(store, id_, limit=_PLACES).boards:
                for standing in board.standings if board.direction else ():
                    rank = standing.rank or _PLACES
                    subject = standing.best.subject
                    for one in (standing.best.paper, *([subject.id] if subject else [])):
                        found[one] = min(rank, found.get(one, rank))
    return found


def _prior(entity: Entity | None, introduces: bool) -> float:
    """How much a topic is about such an entity; of what is too far to be read, little."""
    if entity is None:
        return _PERIPHERAL
    if entity.label == "Paper":
        if entity.properties.get("stub"):
            return 1.0 if introduces else _PERIPHERAL
        return 1 + _doublings(entity, "upvotes") * _UPVOTED
    least = _CURATED if entity.properties.get("curated") else 0
    return _PRIOR[entity.label] * (1 + _doublings(entity, "support", least) * _SUPPORTED)


def _doublings(entity: Entity, name: str, least: int = 0) -> float:
    count = entity.properties.get(name)
    known = min(count, _MANY) if isinstance(count, int) else 0
    return math.log2(1 + max(known, least))
