"""Everything that the graph holds of one entity."""

from __future__ import annotations

from dataclasses import dataclass

from graphkb.build.conflict import Conflict, conflicts
from graphkb.build.ground import all_records
from graphkb.model.graph import Edge, Entity
from graphkb.model.schema import RELATIONSHIP_TYPES
from graphkb.query.stated import basis, sentence
from graphkb.store.protocol import Store

__all__ = ["Description", "Statement", "conflicting_fields", "describe"]

# Bare mentions, which pictures leave out, come last.
_BY_WEIGHT = sorted(RELATIONSHIP_TYPES, key=lambda declared: not declared.shown)
_ORDER = {declared.name: at for at, declared in enumerate(_BY_WEIGHT)}


@dataclass(frozen=True, slots=True)
class Statement:
    """An edge of the entity, with the entity at its other end and the paper that states it.

    Parameters
    ----------
    edge : Edge
        The edge.
    outgoing : bool
        True where the entity is its start.
    other : Entity
        The entity at the other end.
    paper : Entity or None
        The paper that states it.
    """

    edge: Edge
    outgoing: bool
    other: Entity
    paper: Entity | None

    @property
    def basis(self) -> str:
        """What it rests on: quoted, curated, source, or graphkb's summary."""
        return basis(self.edge, self.paper)

    @property
    def sentence(self) -> str | None:
        """The sentence; of a curated fact the reason."""
        return sentence(self.edge)


@dataclass(frozen=True, slots=True)
class Description:
    """An entity and its statements.

    Parameters
    ----------
    entity : Entity
        The entity.
    statements : tuple of Statement
        In the schema's order of relationships, mentions last; outgoing first, then by date and
        name.
    conflicts : tuple of Conflict
        Fields about which its records disagree, each with what is displayed and what else is said.
    """

    entity: Entity
    statements: tuple[Statement, ...]
    conflicts: tuple[Conflict, ...] = ()

    @property
    def id(self) -> str:
        """The entity's id."""
        return self.entity.id

    @property
    def name(self) -> str:
        """The entity's name."""
        return self.entity.name


def describe(store: Store, entity: Entity) -> Description:
    """Collect what a store holds of an entity.

    Parameters
    ----------
    store : Store
        Where to look.
    entity : Entity
        The entity, as :func:`graphkb.query.resolve.resolve` found it.

    Returns
    -------
    Description
        Its properties and edges.
    """
    _, edges = store.neighbourhood([entity.id])
    ids = {id_ for edge in edges for id_ in (edge.start, edge.end, edge.paper)}
    others = store.entities_by_id(ids)
    statements = [
        Statement(
            edge,
            edge.start == entity.id,
            others[edge.end if edge.start == entity.id else edge.start],
            others.get(edge.paper),
        )
        for edge in edges
    ]
    return Description(
        entity, tuple(sorted(statements, key=_order)), conflicting_fields(store, entity)
    )


def conflicting_fields(store: Store, entity: Entity) -> tuple[Conflict, ...]:
    """Return the fields of an entity about which its records disagree.

    Parameters
    ----------
    store : Store
        Where to look.
    entity : Entity
        Of papers and repositories there are records.

    Returns
    -------
    tuple of Conflict
        By the name of the field.
    """
    known_by = {"Paper": "paper", "Repository": "repository"}.get(entity.label)
    if known_by is None:
        return ()
    return conflicts(entity, all_records(store.entities_with("Record", known_by, [entity.id])))


def _order(statement: Statement) -> tuple[object, ...]:
    edge = statement.edge
    return (
        _ORDER[edge.type],
        not statement.outgoing,
        str(edge.properties.get("stated", "")),
        statement.other.name,
        edge.key,
    )
