"""Union, intersection and difference of topics, and the edges that a union lacks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from functools import cache

from graphkb.model.graph import Edge, Graph
from graphkb.store.protocol import Store
from graphkb.topic.background import background_later, background_within
from graphkb.topic.bounds import Bounds
from graphkb.topic.subgraph import with_sure_edges
from graphkb.topic.topic import Member, Topic

__all__ = ["completed", "difference", "intersection", "union"]


def union(one: Topic, other: Topic) -> Topic:
    """Return what is in one of two topics or in both.

    Parameters
    ----------
    one, other : Topic
        Of one store.

    Returns
    -------
    Topic
        The entities and edges of both, and no others: an edge between what only the one and
        what only the other has is in neither; :func:`completed` reads it. Of a member of both
        the better standing is kept: a seed's, then the higher score with its way. Near and left
        out is what was so of one and is in neither.

    Examples
    --------
    >>> import graphkb
    >>> with graphkb.open(":memory:") as kb:
    ...     _ = kb.load("sample:")
    ...     both = union(kb.topic("GRPO", limit=1), kb.topic("PPO", limit=1))
    >>> both.title, sorted(both.focus())
    ('GRPO or PPO', ['method:grpo', 'method:ppo'])
    """
    graph = Graph.of(
        [*one.graph.entities.values(), *other.graph.entities.values()],
        [*one.graph.edges.values(), *other.graph.edges.values()],
    )
    near = {*one.beyond, *other.beyond}
    return _topic(one, other, "or", graph, near - graph.entities.keys())


def intersection(one: Topic, other: Topic) -> Topic:
    """Return what is in both of two topics.

    Parameters
    ----------
    one, other : Topic
        Of one store.

    Returns
    -------
    Topic
        The entities and edges that both have, each member with the better standing of the two:
        a seed's, then the higher score with its way, which may lead through what is not in it.
        Near and left out is what belongs to, or was near, both and is not in it.
    """
    kept = one.graph.entities.keys() & other.graph.entities.keys()
    graph = one.graph.subgraph(kept)
    joined = {key: edge for key, edge in graph.edges.items() if key in other.graph.edges}
    near = _reached(one) & _reached(other)
    return _topic(one, other, "and", Graph(graph.entities, joined), near - kept)


def difference(one: Topic, other: Topic) -> Topic:
    """Return what is in one topic and not in another.

    Parameters
    ----------
    one, other : Topic
        Of one store.

    Returns
    -------
    Topic
        The members of the one that the other has not, the edges between them, and the results of
        which every end is left; each member with its standing in the one. Near and left out is
        what was so of the one, and neither belongs to nor was near the other.
    """
    gone = other.graph.entities.keys()
    kept = {member.entity.id for member in one.members} - gone
    results = one.graph.entities.keys() - {member.entity.id for member in one.members}
    broken = {
        end
        for edge in one.graph.edges.values()
        for end, far in ((edge.start, edge.end), (edge.end, edge.start))
        if end in results and far not in kept
    }
    graph = one.graph.subgraph(kept | (results - broken - gone))
    return _topic(one, other, "without", graph, {*one.beyond} - _reached(other))


def completed(store: Store, topic: Topic, *, min_confidence: int = 0) -> Topic:
    """Return a topic with every edge that a store has between its members.

    Parameters
    ----------
    store : Store
        Where the topic is from.
    topic : Topic
        Such as a union.
    min_confidence : int
        The least confidence of an edge, per mille.

    Returns
    -------
    Topic
        The same members; beside the edges the results of which all ends are members.
    """
    members = (member.entity for member in topic.members)
    graph = with_sure_edges(store, members, Bounds(min_confidence=min_confidence))
    return replace(topic, graph=graph, background=background_later(store, graph, topic.focus()))


def _topic(one: Topic, other: Topic, word: str, graph: Graph, beyond: Iterable[str]) -> Topic:
    members = (m for topic in (one, other) for m in topic.members if m.entity.id in graph.entities)
    best: dict[str, Member] = {}
    for member in sorted(members, key=_standing):
        best.setdefault(member.entity.id, member)
    return Topic(
        seeds=tuple(dict.fromkeys((*one.seeds, *other.seeds))),
        graph=graph,
        members=tuple(sorted(best.values(), key=_standing)),
        beyond=tuple(sorted(beyond)),
        background=_pooled(one, other, graph, {m.entity.id for m in best.values() if m.seed}),
        name=f"{_operand(one)} {word} {_operand(other)}",
    )


def _standing(member: Member) -> tuple[object, ...]:
    """The order of members; of two standings of one, the shorter way, then any that is the same."""
    way = tuple((step.id, step.type, step.outgoing, step.paper) for step in member.way)
    return (not member.seed, -member.score, member.entity.id, len(way), way)


def _reached(topic: Topic) -> set[str]:
    """What a topic is and what it left out; results come with their papers."""
    return {*topic.beyond, *(member.entity.id for member in topic.members)}


def _operand(topic: Topic) -> str:
    return f"({topic.title})" if topic.name is not None else topic.title


def _pooled(one: Topic, other: Topic, graph: Graph, seeds: Collection[str]) -> Callable[[], Graph]:
    """What stands behind a part of two topics, out of what they are and what stands behind them."""

    def found() -> Graph:
        parts = (one.graph, one.background(), other.graph, other.background())
        edges: list[Edge] = [edge for part in parts for edge in part.edges.values()]
        entities = [entity for part in parts for entity in part.entities.values()]
        return background_within(Graph.of(entities, edges), graph, seeds)

    return cache(found)
