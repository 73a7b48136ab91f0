"""A statement with the paper that makes it, and which of several is the best to show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graphkb.model.graph import Edge, Entity

__all__ = ["Stated", "basis", "best_first", "sentence", "stated"]

_BASES = {"catalogue": "curated", "record": "source"}
_SUMMARY = "graphkb's summary"
_CERTAIN = 1000


@dataclass(frozen=True, slots=True)
class Stated:
    """An edge with the paper that states it.

    Parameters
    ----------
    edge : Edge
        The edge, with its evidence.
    paper : Entity or None
        The paper; of a curated edge the paper cited.
    """

    edge: Edge
    paper: Entity | None

    @property
    def basis(self) -> str:
        """What it rests on: quoted, curated, source, or graphkb's summary."""
        return basis(self.edge, self.paper)

    @property
    def curated(self) -> bool:
        """Whether it is a curated fact, which quotes nothing."""
        return self.basis == "curated"

    @property
    def sentence(self) -> str | None:
        """The sentence; of a curated fact the reason."""
        return sentence(self.edge)

    @property
    def date(self) -> str | None:
        """The ISO date of the paper, as precise as it is known."""
        found = self.edge.properties.get("stated")
        return None if found is None else str(found)

    @property
    def title(self) -> str:
        """The paper's title; its id where the store does not hold it."""
        return self.edge.paper if self.paper is None else self.paper.name


def basis(edge: Edge, paper: Entity | None) -> str:
    """Tell what an edge rests on.

    Parameters
    ----------
    edge : Edge
        An edge.
    paper : Entity or None
        The paper that states it.

    Returns
    -------
    str
        quoted, curated, source, or graphkb's summary: what its sentence is.
    """
    found = _BASES.get(str(edge.properties.get("rule")), "quoted")
    summed_up = paper is not None and paper.properties.get("summary")
    return _SUMMARY if found == "quoted" and summed_up else found


def sentence(edge: Edge) -> str | None:
    """Return the sentence of an edge, or the reason of a curated one."""
    said = edge.properties.get("evidence") or edge.properties.get("reason")
    return None if said is None else str(said)


def stated(edges: Iterable[Edge], papers: Mapping[str, Entity]) -> tuple[Stated, ...]:
    """Join edges with their papers, the best to show first.

    Parameters
    ----------
    edges : iterable of Edge
        In any order.
    papers : mapping of str to Entity
        By id; those that are not there are not named.

    Returns
    -------
    tuple of Stated
        As :func:`best_first` orders them.
    """
    return best_first(Stated(edge, papers.get(edge.paper)) for edge in edges)


def best_first(statements: Iterable[Stated]) -> tuple[Stated, ...]:
    """Order statements: the surest first, a quotation before what quotes nothing, then the oldest.

    A curated fact is certain: what another paper says in passing comes after it.

    Parameters
    ----------
    statements : iterable of Stated
        In any order.

    Returns
    -------
    tuple of Stated
        The same whatever the order was.
    """
    return tuple(sorted(statements, key=_order))


def _order(said: Stated) -> tuple[object, ...]:
    confidence = said.edge.properties.get("confidence", _CERTAIN)
    sure = confidence if isinstance(confidence, int) else _CERTAIN
    return (-sure, said.edge.properties.get("evidence") is None, said.date or "9", said.edge.key)
