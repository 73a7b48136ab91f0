"""Why something belongs to a topic: the way from a seed to it, step by step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from graphkb.model.graph import Edge, Entity
from graphkb.query.neighbours import hop_cost

__all__ = ["Step", "ways"]

_CERTAIN = 1000


@dataclass(frozen=True, slots=True)
class Step:
    """One entity on the way from a seed, and the edge that leads to it.

    Parameters
    ----------
    id, name : str
        The entity.
    type : str
        The relationship with the entity before; empty for the seed, where the way begins.
    outgoing : bool
        True where that leads from the entity before to this one.
    paper : str
        The id of the paper that states it, as one of perhaps many; empty for the seed.
    """

    id: str
    name: str
    type: str = ""
    outgoing: bool = True
    paper: str = ""

    @property
    def arrow(self) -> str:
        """The edge as a person reads it between two names: ``← extends ─``; none of a seed."""
        words = self.type.lower().replace("_", " ")
        if not words:
            return ""
        return f"─ {words} →" if self.outgoing else f"← {words} ─"


def ways(
    paths: Iterable[Sequence[str]], entities: Mapping[str, Entity], edges: Iterable[Edge]
) -> Iterator[tuple[Step, ...]]:
    """Name the steps of paths.

    Parameters
    ----------
    paths : iterable of sequence of str
        Ids, each joined with the one before by some edge.
    entities : mapping of str to Entity
        What the ids name.
    edges : iterable of Edge
        Of those between two ids the one that says most is told: lineage before use before
        mention, then the more certain, as :func:`graphkb.query.neighbours.hop_cost` has it.

    Yields
    ------
    tuple of Step
        Of each path, in its order.

    Examples
    --------
    >>> a, b = (Entity("Method", f"method:{n}", {"name": n.upper()}) for n in "ab")
    >>> edge = Edge(b.id, "EXTENDS", a.id, "arxiv:1", "Method", "Method", {})
    >>> [way] = ways([(a.id, b.id)], {a.id: a, b.id: b}, [edge])
    >>> way[0].name, way[1].arrow, way[1].name
    ('A', '← extends ─', 'B')
    """
    between: dict[frozenset[str], list[Edge]] = defaultdict(list)
    for edge in edges:
        between[frozenset((edge.start, edge.end))].append(edge)
    for path in paths:
        way = [Step(path[0], entities[path[0]].name)]
        for before, id_ in pairwise(path):
            edge = min(between[frozenset((before, id_))], key=_told_first)
            way.append(Step(id_, entities[id_].name, edge.type, edge.start == before, edge.paper))
        yield tuple(way)


def _told_first(edge: Edge) -> tuple[int, str, str, str]:
    confidence = edge.properties.get("confidence")
    stated = confidence if isinstance(confidence, int) else _CERTAIN
    return (hop_cost(edge.type, stated), edge.type, edge.start, edge.paper)
