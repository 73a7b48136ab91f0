"""In which order differences are told, and what a row of them says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from graphkb.model.graph import Edge, Entity
from graphkb.model.schema import ENTITY_TYPES, RELATIONSHIP_TYPES
from graphkb.query.stated import Stated

if TYPE_CHECKING:
    from graphkb.difference.change import Changed, Difference

__all__ = [
    "BULK",
    "COLUMNS",
    "KINDS_IN_ORDER",
    "clause",
    "edge_rank",
    "entity_rank",
    "rows",
    "said_of",
]

COLUMNS = (
    *("change", "kind", "name", "property", "before", "after"),
    *("date", "paper", "sentence", "basis", "start", "end", "id"),
)

# What matters most comes first: what descends from what, then what there is, then what is said.
_FIRST = (
    *("EXTENDS", "GENERALIZES", "Method", "Model", "Benchmark", "INTRODUCES", "OUTPERFORMS"),
    *("COMPARED_WITH", "USES", "EVALUATED_ON", "APPLIED_TO", "SURVEYS", "ANALYZES", "CRITIQUES"),
    *("Paper", "Result", "Task", "Repository", "IMPLEMENTED_IN", "HAS_CODE"),
)

# What is mostly told by what it belongs to: counted, and listed only when asked for.
BULK = frozenset(
    {
        *("MENTIONS", "CITES", "AUTHORED_BY", "AFFILIATED_WITH", "Author", "Organization"),
        *("Result", "REPORTS", "OF", "ON", "AGAINST", "HAS_CODE"),
    }
)

_ALL = (
    *(declared.label for declared in ENTITY_TYPES if not declared.ground),
    *(declared.name for declared in RELATIONSHIP_TYPES),
)
KINDS_IN_ORDER = (*_FIRST, *(kind for kind in _ALL if kind not in _FIRST))
"""Labels and relationship types in the order in which differences are told."""

_PLACE = {kind: at for at, kind in enumerate(KINDS_IN_ORDER)}


def entity_rank(entity: Entity) -> tuple[object, ...]:
    """Return where an entity comes among others: by kind, then the better supported first."""
    known = entity.properties
    support, upvotes = (known.get(name, 0) for name in ("support", "upvotes"))
    weight = next((value for value in (support, upvotes) if isinstance(value, int) and value), 0)
    place = _PLACE.get(entity.label, len(_PLACE))
    return (place, bool(known.get("stub")), -weight, str(known.get("name", "")), entity.id)


def edge_rank(edge: Edge, names: Mapping[str, str]) -> tuple[object, ...]:
    """Return where an edge comes among others: by type, read before curated, then the surer."""
    confidence = edge.properties.get("confidence")
    sure = confidence if isinstance(confidence, int) else 0
    curated = edge.properties.get("rule") == "catalogue"
    ends = [names.get(id_, id_) for id_ in (edge.start, edge.end)]
    return (_PLACE.get(edge.type, len(_PLACE)), curated, -sure, *ends, *edge.key)


def said_of(found: Difference, edge: Edge) -> Stated:
    """Return an edge with the paper that states it."""
    return Stated(edge, found.known.get(edge.paper))


def clause(found: Difference, edge: Edge) -> str:
    """Return an edge as a clause: the names of its ends, and what it states between them."""
    start, end = (
        found.known[id_].name if id_ in found.known else id_ for id_ in (edge.start, edge.end)
    )
    return f"{start} {edge.type} {end}"


def rows(found: Difference) -> Iterator[tuple[object, ...]]:
    """Yield a row for each thing that came or went and for each property that changed.

    Parameters
    ----------
    found : Difference
        The difference.

    Yields
    ------
    tuple
        Values of :data:`COLUMNS`: `change` is added, removed, changed, or renamed where an entity
        has another id.
    """
    for group in found.groups():
        for word, things in (("added", group.added), ("removed", group.removed)):
            for thing in things:
                yield _row(found, word, thing)
        for pair in group.changed:
            yield from _changes(found, pair)


def _changes(
    found: Difference, pair: Changed[Entity] | Changed[Edge]
) -> Iterator[tuple[object, ...]]:
    for one in pair.properties:
        word = "renamed" if one.name == "id" else "changed"
        values = tuple(list(v) if isinstance(v, tuple) else v for v in (one.before, one.after))
        yield _row(found, word, pair.after, (one.name, *values))


def _row(
    found: Difference,
    word: str,
    thing: Entity | Edge,
    changed: tuple[object, ...] = (None, None, None),
) -> tuple[object, ...]:
    if isinstance(thing, Edge):
        said = said_of(found, thing)
        told = (said.date, said.title, said.sentence, said.basis)
        ends = (thing.start, thing.end, thing.paper)
        return (word, thing.type, clause(found, thing), *changed, *told, *ends)
    known = thing.properties
    kind = known.get("kind", thing.label.lower())
    if word == "removed" and thing.id in found.now:
        changed = ("id", thing.id, found.now[thing.id])
    date = known.get("published", known.get("first_stated"))
    return (word, kind, thing.name, *changed, date, *[None] * 5, thing.id)
