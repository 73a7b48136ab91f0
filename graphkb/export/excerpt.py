"""What a report is about: a topic, or of a whole graph the part that most papers support."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from graphkb.export.content import Content
from graphkb.model.graph import Edge, Entity, Graph
from graphkb.model.schema import ARTEFACT_LABELS, RELATIONSHIP_TYPES
from graphkb.query.order import by_support
from graphkb.topic.topic import Topic

__all__ = ["Excerpt", "excerpt"]

# Of a whole graph: as many things as a person reads about at one sitting.
_MOST = 120
_OF_RESULTS = ("OF", "ON", "AGAINST")


@dataclass(frozen=True)
class Excerpt:
    """A graph that fits into memory, and what stands behind it.

    Parameters
    ----------
    title : str
        What heads the report.
    graph : Graph
        What is told.
    behind : Graph
        What is named where it is told: papers that state edges, authors, code, benchmarks.
    order : tuple of str
        Ids of the graph's entities but results, the most important first.
    seeds : tuple of str
        Ids of what a topic grew from; none of a whole graph.
    reasons : mapping of str to str
        Why a member is in the topic, by id, for people to read.
    left_out : int
        How many entities are not told: near the topic, or of the whole graph.
    entities, edges : Counter
        How many the content has, by label and by type.
    """

    title: str
    graph: Graph
    behind: Graph = field(default_factory=Graph)
    order: tuple[str, ...] = ()
    seeds: tuple[str, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)
    left_out: int = 0
    entities: Counter[str] = field(default_factory=Counter)
    edges: Counter[str] = field(default_factory=Counter)

    def entity(self, id_: str) -> Entity | None:
        """Return an entity of the graph or behind it."""
        return self.graph.entities.get(id_) or self.behind.entities.get(id_)

    def all_edges(self) -> Iterable[Edge]:
        """Return the edges of the graph, then those behind it."""
        return (*self.graph.edges.values(), *self.behind.edges.values())


def excerpt(content: Content) -> Excerpt:
    """Read of a content what a report tells.

    Parameters
    ----------
    content : Content
        A topic, or a whole graph of any size.

    Returns
    -------
    Excerpt
        Of a whole graph the methods, models and benchmarks that most papers support, what is said
        of any two of them, who introduces them, and the numbers on the benchmarks.
    """
    topic = content.topic
    return _of_topic(content, topic) if topic is not None else _of_whole(content)


def _of_topic(content: Content, topic: Topic) -> Excerpt:
    entities, edges = tuple(content.entities()), tuple(content.edges())
    return Excerpt(
        content.title,
        Graph.of(entities, edges),
        content.background(),
        tuple(member.entity.id for member in topic.members),
        topic.focus(),
        {member.entity.id: member.reason for member in topic.members},
        topic.left_out,
        Counter(entity.label for entity in entities),
        Counter(edge.type for edge in edges),
    )


def _of_whole(content: Content) -> Excerpt:
    counted = content.entity_counts()
    chosen = heapq.nsmallest(_MOST, content.entities(ARTEFACT_LABELS), key=by_support)
    edges, results = _edges_about(content, chosen)
    introducing = {edge.start for edge in edges if edge.type == "INTRODUCES"}
    code = list(content.edges_of("Paper", introducing, ("HAS_CODE",)))
    # Only now is it known which papers, results, subjects and repositories have to be named.
    needed: dict[str, set[str]] = {"Paper": {edge.paper for edge in (*edges, *results)}}
    for edge in (*edges, *results, *code):
        needed.setdefault(edge.start_label, set()).add(edge.start)
        needed.setdefault(edge.end_label, set()).add(edge.end)
    named = [one for label, ids in needed.items() for one in content.entities_of(label, ids)]
    graph = Graph.of([*chosen, *named], [*edges, *results, *code])
    papers = sorted(
        (graph.entities[id_] for id_ in introducing if id_ in graph.entities),
        key=lambda paper: (str(paper.properties.get("published", "9")), paper.id),
    )
    return Excerpt(
        content.title,
        graph,
        order=tuple(entity.id for entity in (*chosen, *papers)),
        left_out=counted.total() - len(graph.entities),
        entities=counted,
        edges=content.edge_counts(),
    )


def _edges_about(content: Content, chosen: Iterable[Entity]) -> tuple[list[Edge], list[Edge]]:
    """The edges among these things, and those of the numbers on them."""
    ids: dict[str, set[str]] = defaultdict(set)
    for entity in chosen:
        ids[entity.label].add(entity.id)
    every = {id_ for of_label in ids.values() for id_ in of_label}
    kept: list[Edge] = []
    for label, some in ids.items():
        types = [one.name for one in RELATIONSHIP_TYPES if label in one.starts]
        kept += (edge for edge in content.edges_of(label, some, types) if edge.end in every)
        kept += content.edges_of(label, some, ("INTRODUCES",), incoming=True)
    on = content.edges_of("Benchmark", ids["Benchmark"], ("ON",), incoming=True)
    measured = {edge.start for edge in on}
    results = [*content.edges_of("Result", measured, ("REPORTS",), incoming=True)]
    return kept, [*results, *content.edges_of("Result", measured, _OF_RESULTS)]
