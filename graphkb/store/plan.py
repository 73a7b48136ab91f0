"""Which statements, with which rows and in which order, write a set of changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphkb.errors import StoreError
from graphkb.store import statements
from graphkb.store.values import Row, edge_key_row, edge_row, entity_key_row, entity_row

if TYPE_CHECKING:
    from graphkb.model.graph import Entity
    from graphkb.store.protocol import Changes

__all__ = ["Step", "missing_end", "plan"]


@dataclass(frozen=True, slots=True)
class Step:
    """One statement over many rows.

    Parameters
    ----------
    statement : str
        Takes ``$rows``.
    rows : sequence of dict
        To be given to it in batches.
    counted : bool
        True where the statement returns how many rows it wrote, which must be all of them.
    """

    statement: str
    rows: Sequence[Row]
    counted: bool


def plan(changes: Changes, row_of: Callable[[Entity], Row] = entity_row) -> tuple[Step, ...]:
    """Check changes against the schema and turn them into the steps that write them.

    Parameters
    ----------
    changes : Changes
        What is to be written.
    row_of : callable
        What makes a row of an entity: a store may keep more of it than the schema says.

    Returns
    -------
    tuple of Step
        In the order of :class:`~graphkb.store.protocol.Changes`; each may be run any number of
        times.

    Raises
    ------
    StoreError
        A value is not what the schema declares; nothing has been written then.

    Examples
    --------
    >>> from graphkb.model.graph import Entity
    >>> from graphkb.store import Changes
    >>> [step] = plan(Changes(entities=(Entity("Task", "task:a", {"name": "a"}),)))
    >>> step.counted, len(step.rows)
    (True, 1)
    """
    edges_away: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    entities_away: dict[str, list[Row]] = defaultdict(list)
    entities: dict[str, list[Row]] = defaultdict(list)
    edges: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for edge in changes.delete_edges:
        edges_away[edge.start_label, edge.type, edge.end_label].append(edge_key_row(edge))
    for entity in changes.delete_entities:
        entities_away[entity.label].append(entity_key_row(entity))
    for entity in changes.entities:
        entities[entity.label].append(row_of(entity))
    for edge in changes.edges:
        edges[edge.start_label, edge.type, edge.end_label].append(edge_row(edge))
    return (
        *(Step(statements.delete_edges(*k), rows, False) for k, rows in edges_away.items()),
        *(Step(statements.delete_entities(k), rows, False) for k, rows in entities_away.items()),
        *(Step(statements.upsert_entities(k), rows, True) for k, rows in entities.items()),
        *(Step(statements.upsert_edges(*k), rows, True) for k, rows in edges.items()),
    )


def missing_end(rows: Sequence[Row], present: Collection[str], where: str) -> StoreError:
    """Return the error for edges of which an end is not in the store.

    Parameters
    ----------
    rows : sequence of dict
        Rows of edges.
    present : collection of str
        The ids among their ends that are in the store.
    where : str
        The store.

    Returns
    -------
    StoreError
        It names the first id that is missing.
    """
    lacking = sorted({row[end] for row in rows for end in ("from_id", "to_id")} - set(present))
    what = f"an edge begins or ends at {lacking[0]!r}" if lacking else "an edge has an end"
    return StoreError(
        f"{what}, which is not in the store under the label that the edge says",
        where=where,
        remedy="derive the graph again: graphkb rebuild",
    )
