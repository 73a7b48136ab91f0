"""An entry of the catalogue as a record: what a person's own list says of a method or a task."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from graphkb.model.entry import Citation, Entry, Parent

__all__ = ["EntryRecord"]


@dataclass(frozen=True, slots=True)
class EntryRecord:
    """One entry as one source has it.

    Parameters
    ----------
    entry : Entry
        What the source says of a method, framework, model, benchmark, dataset, environment or
        task.

    Examples
    --------
    >>> record = EntryRecord(Entry("Dr. GRPO", None, "method", aliases=("GRPO Done Right",)))
    >>> record.key, EntryRecord.from_json(record.to_json()) == record
    ('method:drgrpo', True)
    """

    entry: Entry

    @property
    def key(self) -> str:
        """The id of the record within its source: two entries of one id are one entry."""
        return self.entry.id

    def to_json(self) -> str:
        """Return the canonical JSON of the record, which alone has a key ``entry``.

        Returns
        -------
        str
            One line of JSON: sorted keys, defaults left out, no place.
        """
        return json.dumps(
            {"entry": _content(self.entry)},
            sort_keys=True,
            ensure_ascii=False,
            separators=(",", ":"),
            default=_content,
        )

    @classmethod
    def from_json(cls, text: str) -> EntryRecord:
        """Build the record that :meth:`to_json` wrote.

        Parameters
        ----------
        text : str
            Canonical JSON.

        Returns
        -------
        EntryRecord
            Equal to the record that was written.
        """
        told: dict[str, Any] = json.loads(text)["entry"]
        for name in ("aliases", "ambiguous", "versions"):
            told[name] = tuple(told.get(name, ()))
        for name in ("extends", "generalizes"):
            told[name] = tuple(_parent(parent) for parent in told.get(name, ()))
        if "paper" in told:
            told["paper"] = Citation(**told["paper"])
        return cls(Entry(**{"long": None, **told}))


def _content(value: Entry | Parent | Citation) -> dict[str, object]:
    given = {f.name: (getattr(value, f.name), f.default) for f in fields(value) if f.compare}
    return {name: told for name, (told, default) in given.items() if told not in (default, None)}


def _parent(told: Mapping[str, Any]) -> Parent:
    paper = told.get("paper")
    whole = Citation(**paper) if isinstance(paper, dict) else paper
    return Parent(told["name"], told["why"], whole)
