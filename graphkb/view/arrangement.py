"""Where everything of a picture lies: on the map by community, and in time by lineage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphkb.model.schema import relationship_type
from graphkb.query.lineage import LINEAGE_TYPES
from graphkb.view.generations import Generations, generations
from graphkb.view.layout import Link, arrange, communities

if TYPE_CHECKING:
    from graphkb.model.graph import Entity
    from graphkb.view.picture import Line, Picture

__all__ = ["Arrangement", "Community", "arranged"]

# What pulls two nodes together on the map: what a thing comes from more than where it was tried.
_PULL = {
    "INTRODUCES": 1.6,
    "EXTENDS": 1.6,
    "GENERALIZES": 1.6,
    "IMPLEMENTED_IN": 1.4,
    "HAS_CODE": 1.4,
    "EVALUATED_ON": 0.7,
    "MENTIONS": 0.2,
}
_LEAST_MEMBERS = 4
# A community is called after its methods, or else after what it has.
_NAMING = ("Method", "Model", "Benchmark", "Task")


@dataclass(frozen=True, slots=True)
class Community:
    """Entities that are joined to each other more than to the rest.

    Parameters
    ----------
    name : str
        The names of its most important members.
    members : tuple of int
        Their places in the picture's list of entities.
    """

    name: str
    members: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Where everything lies.

    Parameters
    ----------
    places : tuple of (int, int)
        The centre of each entity on the map, in the picture's order, in pixels at zoom 1.
    communities : tuple of Community
        Of four members and more, the largest first.
    lineage : Generations
        The places of the second layout, for what descends from something.
    """

    places: tuple[tuple[int, int], ...]
    communities: tuple[Community, ...]
    lineage: Generations


def arranged(
    picture: Picture, radius: Sequence[float], pinned: Mapping[str, tuple[int, int]]
) -> Arrangement:
    """Place what is drawn at first, then what is drawn on request around it.

    Parameters
    ----------
    picture : Picture
        What is drawn.
    radius : sequence of float
        Of each entity, in pixels at zoom 1.
    pinned : mapping of str to (int, int)
        Where things lie already, by id: they stay there, and the rest is placed around them.

    Returns
    -------
    Arrangement
        The same for the same picture.
    """
    at = {entity.id: number for number, entity in enumerate(picture.entities)}
    boxes = [_box(entity, size) for entity, size in zip(picture.entities, radius, strict=True)]
    shown = [line for line in picture.lines if relationship_type(line.type).shown]
    ends = {end for line in shown for end in (line.start, line.end)}
    first = [
        at[entity.id]
        for entity in picture.entities
        if entity.id not in picture.on_request
        and (entity.id in ends or entity.label == "Paper" or picture.weight[entity.id] >= 1)
    ]
    held = [node for node in first if picture.entities[node].id in pinned]
    first = held + [node for node in first if picture.entities[node].id not in pinned]
    later = sorted(set(range(len(picture.entities))) - set(first))
    links = _links(first, shown, at)
    groups = communities(len(first), links)
    placed = arrange(
        len(first),
        links,
        [boxes[node] for node in first],
        groups=groups,
        pinned=[pinned[picture.entities[node].id] for node in held],
    )
    if later:
        every = first + later
        links = _links(every, picture.lines, at)
        placed = arrange(
            len(every),
            links,
            [boxes[node] for node in every],
            groups=_joined(groups, len(every), links),
            pinned=placed,
        )
    places = dict(zip(first + later, placed, strict=True))
    steps = [(at[line.start], at[line.end]) for line in shown if line.type in LINEAGE_TYPES]
    return Arrangement(
        tuple(places[node] for node in range(len(picture.entities))),
        tuple(_named(picture, first, groups)),
        generations(steps, [_date(entity) for entity in picture.entities], boxes),
    )


def _joined(groups: Sequence[int], count: int, links: Sequence[Link]) -> list[int]:
    """Put the nodes after those that have a group into the group that pulls them most."""
    pull: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    first = len(groups)
    for start, end, weight in links:
        for node, other in ((start, end), (end, start)):
            if node >= first > other:
                pull[node][groups[other]] += weight
    alone = max(groups, default=-1)
    found = list(groups)
    for node in range(first, count):
        pulls = pull.get(node)
        if pulls:
            found.append(min(pulls, key=lambda group: (-pulls[group], group)))
        else:
            alone += 1
            found.append(alone)
    return found


def _links(nodes: Sequence[int], lines: Iterable[Line], at: Mapping[str, int]) -> list[Link]:
    number = {node: place for place, node in enumerate(nodes)}
    pull: dict[tuple[int, int], float] = defaultdict(float)
    for line in lines:
        start, end = number.get(at[line.start]), number.get(at[line.end])
        if start is not None and end is not None:
            pull[start, end] += _PULL.get(line.type, 1.0)
    return [(start, end, weight) for (start, end), weight in pull.items()]


def _named(picture: Picture, nodes: Sequence[int], groups: Sequence[int]) -> Iterable[Community]:
    members: dict[int, list[int]] = defaultdict(list)
    for node, group in zip(nodes, groups, strict=True):
        members[group].append(node)
    for group in sorted(members):
        if len(members[group]) >= _LEAST_MEMBERS:
            inside = [picture.entities[node] for node in members[group]]
            inside.sort(key=lambda entity: (-picture.weight[entity.id], entity.id))
            naming = next(
                (of for label in _NAMING if (of := [e for e in inside if e.label == label])), inside
            )
            name = " · ".join(entity.name for entity in naming[:2])
            yield Community(name, tuple(sorted(members[group])))


def _date(entity: Entity) -> str:
    return str(entity.properties.get("first_stated") or entity.properties.get("published") or "")


def _box(entity: Entity, radius: float) -> tuple[float, float]:
    """Return room for the node with its name beneath, in one or two rows of about 18 letters."""
    letters = min(len(entity.name), 18)
    rows = 1 if len(entity.name) <= 18 else 2
    return max(2.6 * radius, 6.2 * letters), 2.6 * radius + 14 * rows
