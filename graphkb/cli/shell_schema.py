"""What the graph holds, as the shell shows it."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from graphkb.errors import NotFoundError
from graphkb.model.schema import (
    ENTITY_TYPES,
    RELATIONSHIP_TYPES,
    EntityType,
    PropertyType,
    RelationshipType,
)

if TYPE_CHECKING:
    from graphkb.cli.session import Session

__all__ = ["schema_names", "show_schema"]

_Row = tuple[str, str, str]


def schema_names() -> list[str]:
    """Return every label and every type of relationship."""
    return [entity.label for entity in ENTITY_TYPES] + [edge.name for edge in RELATIONSHIP_TYPES]


def show_schema(session: Session, name: str) -> None:
    """Show labels and relationships, or what one of them has.

    Parameters
    ----------
    session : Session
        Shows the rows.
    name : str
        A label or a type in any case; empty for the list of all.

    Raises
    ------
    NotFoundError
        The schema has no such name.
    """
    if not name:
        rows = [(entity.label, "", "", entity.meaning) for entity in ENTITY_TYPES]
        rows += [
            (edge.name, ", ".join(edge.starts), ", ".join(edge.ends), edge.meaning)
            for edge in RELATIONSHIP_TYPES
        ]
        session.show(("name", "from", "to", "meaning"), rows)
        return
    wanted = name.strip(":").casefold()
    known = {known.casefold(): known for known in schema_names()}
    if wanted not in known:
        near = get_close_matches(wanted, known, n=1)
        hint = f"did you mean {known[near[0]]}?" if near else "see :schema"
        raise NotFoundError(f"no label and no relationship is called {name[:40]!r}", remedy=hint)
    found = [
        *(
            row
            for entity in ENTITY_TYPES
            if entity.label == known[wanted]
            for row in _label(entity)
        ),
        *(row for edge in RELATIONSHIP_TYPES if edge.name == known[wanted] for row in _type(edge)),
    ]
    session.show(("name", "kind", "meaning"), found)


def _label(entity: EntityType) -> list[_Row]:
    rows = _properties(entity.all_properties)
    for edge in RELATIONSHIP_TYPES:
        if entity.label in edge.starts:
            rows.append((f"-[:{edge.name}]->", "to", f"{' or '.join(edge.ends)}: {edge.meaning}"))
        if entity.label in edge.ends:
            starts = " or ".join(edge.starts)
            rows.append((f"<-[:{edge.name}]-", "from", f"{starts}: {edge.meaning}"))
    return rows


def _type(edge: RelationshipType) -> list[_Row]:
    return [
        ("from", "labels", " or ".join(edge.starts)),
        ("to", "labels", " or ".join(edge.ends)),
        *_properties(edge.properties),
    ]


def _properties(properties: tuple[PropertyType, ...]) -> list[_Row]:
    return [(item.name, item.type, item.meaning) for item in properties]
