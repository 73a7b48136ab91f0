"""A topic as it was at a time: what was stated by then."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graphkb.model.graph import Graph
from graphkb.query.kind import is_within

if TYPE_CHECKING:
    from graphkb.model.graph import Edge, Entity
    from graphkb.topic.topic import Topic

__all__ = ["as_of"]


def as_of(topic: Topic, since: str | None, until: str | None) -> Topic:
    """Return what of a topic was stated within bounds, so that two times can be compared.

    A topic's own bounds are for its papers alone: methods stay in it whose papers are left out.

    Parameters
    ----------
    topic : Topic
        Found within the same bounds.
    since, until : str or None
        ISO dates of any precision.

    Returns
    -------
    Topic
        Without edges that are stated at another time, and without what nothing joins to the rest
        then. What has no date stays.
    """
    if since is None and until is None:
        return topic
    seeds = frozenset(topic.focus())
    edges = [edge for edge in topic.graph.edges.values() if _stated(edge, since, until)]
    joined = {end for edge in edges for end in (edge.start, edge.end)}
    kept = {
        key: entity
        for key, entity in topic.graph.entities.items()
        if key in seeds or (key in joined and _known(entity, until))
    }
    graph = Graph.of(kept.values(), (e for e in edges if {e.start, e.end} <= kept.keys()))
    return replace(
        topic,
        graph=graph,
        members=tuple(member for member in topic.members if member.entity.key in kept),
    )


def _stated(edge: Edge, since: str | None, until: str | None) -> bool:
    date = edge.properties.get("stated")
    # A curated fact is as old as what it is about, whatever the age of the paper that is cited.
    earliest = None if edge.properties.get("rule") == "catalogue" else since
    return date is None or is_within(str(date), earliest, until)


def _known(entity: Entity, until: str | None) -> bool:
    first = entity.properties.get("first_stated")
    return first is None or is_within(str(first), None, until)
