"""When papers took a method up, and what they did with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphkb.errors import QueryError
from graphkb.model.schema import ARTEFACT_LABELS

if TYPE_CHECKING:
    from graphkb.model.graph import Entity
    from graphkb.store.protocol import Store

__all__ = ["TIMELINE_TYPES", "Taken", "Timeline", "timeline"]

TIMELINE_TYPES = (
    *("INTRODUCES", "EXTENDS", "GENERALIZES", "USES", "EVALUATED_ON", "OUTPERFORMS"),
    *("COMPARED_WITH", "SURVEYS", "ANALYZES", "CRITIQUES"),
)
"""What a paper may state of a method, the most telling first."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A paper that states something of the method.

    Parameters
    ----------
    paper : Entity
        The paper; never a stub.
    type : str
        The most telling of the relationships that it states.
    date : str or None
        When it was published, as precisely as is known.
    """

    paper: Entity
    type: str
    date: str | None


@dataclass(frozen=True, slots=True)
class Timeline:
    """The papers that state something of a method, model or benchmark.

    Parameters
    ----------
    entity : Entity
        What it is about.
    papers : tuple of Taken
        By date and id, those without a date last.
    """

    entity: Entity
    papers: tuple[Taken, ...]


def timeline(store: Store, entity: Entity) -> Timeline:
    """Find the papers that introduce, extend, use or otherwise take up a method.

    Parameters
    ----------
    store : Store
        Where to look.
    entity : Entity
        A method, model or benchmark, as :func:`graphkb.query.resolve.resolve` found it.

    Returns
    -------
    Timeline
        Each paper once; those that only mention it, and those that no source delivered, are left
        out.

    Raises
    ------
    QueryError
        The entity is of another kind.
    """
    if entity.label not in ARTEFACT_LABELS:
        raise QueryError(
            f"{entity.name} is of the kind {entity.label.lower()}, which has no timeline",
            remedy="name a method, a model or a benchmark",
        )
    edges = list(store.edges_in(entity.label, [entity.id], TIMELINE_TYPES))
    # Its smaller id comes first, whichever of the two the paper is about.
    edges += store.edges_out(entity.label, [entity.id], ["COMPARED_WITH"])
    telling: dict[str, str] = {}
    for edge in edges:
        known = telling.setdefault(edge.paper, edge.type)
        telling[edge.paper] = min(known, edge.type, key=TIMELINE_TYPES.index)
    papers = store.entities_by_id(sorted(telling))
    found = [
        Taken(paper, telling[id_], None if date is None else str(date))
        for id_, paper in papers.items()
        for date in [paper.properties.get("published") or paper.properties.get("year")]
        if not paper.properties.get("stub")
    ]
    return Timeline(
        entity, tuple(sorted(found, key=lambda one: (one.date or "9999", one.paper.id)))
    )
