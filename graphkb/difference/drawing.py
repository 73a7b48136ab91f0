"""The picture of a difference: what changed most notably, what it touches, and marks on it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from graphkb.difference.change import moved_edge
from graphkb.difference.telling import BULK, edge_rank, entity_rank
from graphkb.model.graph import Edge, Entity, Graph, Value
from graphkb.view.marks import Marks
from graphkb.view.page import render_page

if TYPE_CHECKING:
    from graphkb.difference.change import Difference
    from graphkb.view.marks import Mark

__all__ = ["MOST_DRAWN", "difference_page", "drawn_ids"]

MOST_DRAWN = 2_000
"""No page of a difference draws more entities than this."""

_TOLD = 300


def difference_page(found: Difference, *, limit: int = 200) -> str:
    """Render a difference as one self-contained HTML document.

    Parameters
    ----------
    found : Difference
        What came, went and changed.
    limit : int
        Most entities, at most :data:`MOST_DRAWN`.

    Returns
    -------
    str
        The document, byte-identical for the same difference.
    """
    ids = drawn_ids(found, min(limit, MOST_DRAWN))
    kept = frozenset(ids)
    entities: dict[str, Entity] = {id_: found.known[id_] for id_ in ids if id_ in found.known}
    marks: dict[str, Mark] = {}
    changes: dict[str, tuple[tuple[str, str, str], ...]] = {}
    # What is drawn came or went, whatever kinds and types are told.
    whole = found if found.whole is None else found.whole
    for pair in whole.entities.changed:
        if pair.after.id in kept:
            entities[pair.after.id] = pair.after
            marks[pair.after.id] = "changed"
            changes[pair.after.id] = tuple(
                (one.name, _text(one.before), _text(one.after)) for one in pair.properties
            )
    for mark, things in (("added", whole.entities.added), ("removed", whole.entities.removed)):
        for entity in things:
            if entity.id in kept:
                entities[entity.id] = entity
                marks[entity.id] = "added" if mark == "added" else "removed"
    edges: dict[tuple[str, str, str, str], Edge] = {edge.key: edge for edge in found.between}
    edge_marks: dict[tuple[str, str, str, str], Mark] = {}
    for edge, edge_mark in _marked(found):
        edges[edge.key] = edge
        edge_marks[edge.key] = edge_mark
    inside = [edge for edge in edges.values() if {edge.start, edge.end} <= entities.keys()]
    # Statements speak of papers that need not be drawn.
    papers = {edge.paper for edge in inside} - kept
    graph = Graph.of(entities.values(), inside)
    place = {id_: 1 - number / (len(ids) + 1) for number, id_ in enumerate(ids)}
    one, other = found.titles
    return render_page(
        graph,
        title=f"{one} → {other}",
        subtitle=_subtitle(found),
        focus=[id_ for id_ in found.focus if id_ in entities],
        scores=place,
        left_out=len(drawn_ids(found, None)) - len(ids),
        limit=max(len(entities), 1),
        behind={id_: found.known[id_] for id_ in sorted(papers) if id_ in found.known},
        marks=Marks(marks, edge_marks, changes),
    )


def drawn_ids(found: Difference, limit: int | None) -> tuple[str, ...]:
    """Return what of a difference is drawn.

    Parameters
    ----------
    found : Difference
        What came, went and changed.
    limit : int or None
        The most entities.

    Returns
    -------
    tuple of str
        Ids: the seeds, the ends of what came and went, then what changed; the most notable first.
    """
    chosen: dict[str, None] = {}

    def take(*ids: str) -> None:
        new = [id_ for id_ in dict.fromkeys(ids) if id_ not in chosen]
        if limit is None or len(chosen) + len(new) <= limit:
            chosen.update(dict.fromkeys(new))

    take(*(id_ for id_ in found.focus if id_ in found.known))
    names = {id_: entity.name for id_, entity in found.known.items()}
    loud = [
        *(edge for edge in found.edges.added if edge.type not in BULK),
        *(moved_edge(edge, found.renamed) for edge in found.edges.removed if edge.type not in BULK),
    ]
    for edge in sorted(loud, key=lambda edge: edge_rank(edge, names)):
        take(edge.start, edge.end)
    quiet = (*found.entities.added, *found.entities.removed)
    for entity in sorted(quiet, key=entity_rank):
        if entity.label not in BULK:
            take(entity.id)
    for edge_pair in found.edges.changed:
        if edge_pair.after.type not in BULK:
            take(edge_pair.after.start, edge_pair.after.end)
    for pair in found.entities.changed:
        if pair.after.label not in BULK:
            take(pair.after.id)
    return tuple(chosen)


def _marked(found: Difference) -> Iterator[tuple[Edge, Mark]]:
    renamed = found.renamed
    for edge in found.edges.removed:
        yield moved_edge(edge, renamed), "removed"
    for pair in found.edges.changed:
        yield pair.after, "changed"
    for edge in found.edges.added:
        yield edge, "added"


def _subtitle(found: Difference) -> str:
    parts = []
    for name, part in (("entities", found.entities), ("relationships", found.edges)):
        if len(part):
            counts = (len(part.added), len(part.removed), len(part.changed))
            parts.append("{} {} came, {} went, {} changed".format(counts[0], name, *counts[1:]))
    return "; ".join(parts)


def _text(value: Value | None) -> str:
    if value is None:
        return "none"
    text = ", ".join(value) if isinstance(value, tuple) else value
    told = text if isinstance(text, str) else json.dumps(text)
    return told if len(told) <= _TOLD else f"{told[: _TOLD - 1]}…"
