"""An entity with the edges out of it as a record: what another graph holds, told again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from graphkb.model.graph import Edge, Entity

__all__ = ["AssertedRecord"]


@dataclass(frozen=True, slots=True)
class AssertedRecord:
    """One entity of a graph as one source has it, with the edges that start at it.

    It is taken at its word: its text is not read, its values stay as they are.

    Parameters
    ----------
    entity : Entity
        What the source holds; no source, record or decision.
    edges : tuple of Edge
        Those out of it, in order of their keys; each key once.

    Examples
    --------
    >>> record = AssertedRecord(Entity("Task", "task:a", {"name": "a", "aliases": ("A",)}))
    >>> record.key, AssertedRecord.from_json(record.to_json()) == record
    ('task:a', True)
    """

    entity: Entity
    edges: tuple[Edge, ...] = ()

    def __hash__(self) -> int:
        return hash(self.entity.id)

    @property
    def key(self) -> str:
        """The id of the record within its source: that of the entity."""
        return self.entity.id

    def to_json(self) -> str:
        """Return the canonical JSON of the record, which alone has a key ``asserted``.

        Returns
        -------
        str
            One line of JSON with sorted keys; what every edge of it shares is not repeated.
        """
        entity = self.entity
        told: dict[str, Any] = {
            "label": entity.label,
            "id": entity.id,
            "properties": dict(entity.properties),
        }
        if self.edges:
            told["edges"] = [
                [edge.type, edge.end, edge.end_label, edge.paper, dict(edge.properties)]
                for edge in self.edges
            ]
        return json.dumps(
            {"asserted": told}, sort_keys=True, ensure_ascii=False, separators=(",", ":")
        )

    @classmethod
    def from_json(cls, text: str) -> AssertedRecord:
        """Build the record that :meth:`to_json` wrote.

        Parameters
        ----------
        text : str
            Canonical JSON.

        Returns
        -------
        AssertedRecord
            Equal to the record that was written.
        """
        told = json.loads(text)["asserted"]
        label, id_ = told["label"], told["id"]
        return cls(
            Entity(label, id_, _held(told["properties"])),
            tuple(
                Edge(id_, type_, end, paper, label, end_label, _held(properties))
                for type_, end, end_label, paper, properties in told.get("edges", ())
            ),
        )


def _held(properties: dict[str, Any]) -> dict[str, Any]:
    return {k: tuple(v) if isinstance(v, list) else v for k, v in properties.items()}
