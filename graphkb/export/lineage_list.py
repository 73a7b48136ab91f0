"""The lineages of a graph in memory as one nested list: what extends what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from graphkb.model.graph import Edge, Entity
from graphkb.query.lineage import LINEAGE_TYPES
from graphkb.query.order import by_support
from graphkb.query.stated import Stated, stated

__all__ = ["Kinship", "lineage_list"]


@dataclass(frozen=True, slots=True)
class Kinship:
    """A line of the list.

    Parameters
    ----------
    depth : int
        0 for what descends from nothing here.
    entity : Entity
        What the line is of.
    parent : Entity or None
        What it extends or generalises; None at depth 0.
    statements : tuple of Stated
        Who says so, the best to show first; none at depth 0.
    state : {'full', 'again', 'circle'}
        Whether its descendants follow; or stand under another parent; or are above it.
    under : Entity or None
        That other parent.
    """

    depth: int
    entity: Entity
    parent: Entity | None = None
    statements: tuple[Stated, ...] = ()
    state: Literal["full", "again", "circle"] = "full"
    under: Entity | None = None


def lineage_list(
    entities: Mapping[str, Entity],
    edges: Iterable[Edge],
    papers: Mapping[str, Entity],
    first: Sequence[str] = (),
) -> Iterator[Kinship]:
    """Yield the lines of the list, each under what it extends or generalises.

    Each thing stands in full under one parent, of which a curated fact or else the surest
    sentence tells; under others it is named. The weakest statement of a circle is told and not
    followed.

    Parameters
    ----------
    entities : mapping of str to Entity
        By id.
    edges : iterable of Edge
        Of which EXTENDS and GENERALIZES between these entities count.
    papers : mapping of str to Entity
        By id: those that state edges.
    first : sequence of str
        Ids; the trees that hold them come before the others.

    Yields
    ------
    Kinship
        The oldest root first, then by the date of what descends from it.
    """
    said: dict[tuple[str, str], list[Edge]] = defaultdict(list)
    for edge in edges:
        ends = {edge.start, edge.end}
        if edge.type in LINEAGE_TYPES and len(ends) == 2 and ends <= entities.keys():
            said[edge.start, edge.end].append(edge)
    statements = {pair: stated(found, papers) for pair, found in said.items()}
    main: dict[str, str] = {}
    children: dict[str, list[str]] = defaultdict(list)
    for child, parent in sorted(statements, key=lambda pair: _strength(statements[pair], pair)):
        children[parent].append(child)
        if child not in main and child not in _up(parent, main):
            main[child] = parent
    trees: dict[str, bool] = {}
    for id_ in {*main, *children}:
        *_, root = _up(id_, main)
        trees[root] = trees.get(root, False) or id_ in first
    for root in sorted(trees, key=lambda id_: (not trees[id_], _age(entities[id_]))):
        yield from _tree(entities, root, main, children, statements)


def _up(id_: str, main: Mapping[str, str]) -> Iterator[str]:
    """It, what it stands under, what that stands under, and so on."""
    yield id_
    while id_ in main:
        id_ = main[id_]
        yield id_


def _strength(found: Sequence[Stated], pair: tuple[str, str]) -> tuple[object, ...]:
    best = found[0]
    sure = best.edge.properties.get("confidence", 1000)
    return (not best.curated, -sure if isinstance(sure, int) else 0, best.date or "9", pair)


def _age(entity: Entity) -> tuple[object, ...]:
    date = entity.properties.get("published") or entity.properties.get("first_stated") or "9"
    return (str(date)[:4], by_support(entity))


def _tree(
    entities: Mapping[str, Entity],
    root: str,
    main: Mapping[str, str],
    children: Mapping[str, Sequence[str]],
    statements: Mapping[tuple[str, str], tuple[Stated, ...]],
) -> Iterator[Kinship]:
    yield Kinship(0, entities[root])
    # A stack of what is still to be told: a lineage may be deeper than Python can recurse.
    stack = _below(root, 1, entities, children)
    while stack:
        depth, id_, parent = stack.pop()
        found = statements[id_, parent]
        if main.get(id_) == parent:
            yield Kinship(depth, entities[id_], entities[parent], found)
            stack += _below(id_, depth + 1, entities, children)
        elif id_ in _up(parent, main):
            yield Kinship(depth, entities[id_], entities[parent], found, "circle")
        else:
            under = entities[main[id_]] if id_ in main else None
            yield Kinship(depth, entities[id_], entities[parent], found, "again", under)


def _below(
    id_: str, depth: int, entities: Mapping[str, Entity], children: Mapping[str, Sequence[str]]
) -> list[tuple[int, str, str]]:
    ordered = sorted(children.get(id_, ()), key=lambda child: _age(entities[child]), reverse=True)
    return [(depth, child, id_) for child in ordered]
