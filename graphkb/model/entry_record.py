"""An entry of the catalogue as a record: what a person's own list says of a method or a task."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from typing import Any

from graphkb.model.entry import Citation, Entry, Parent

__all__ = ["EntryRecord", "entry_of"]

_LISTS = ("aliases", "ambiguous", "versions")
_PARENTS = ("extends", "generalizes")


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
        return cls(entry_of(json.loads(text)["entry"]))


def _content(value: Entry | Parent | Citation) -> dict[str, object]:
    given = {f.name: (getattr(value, f.name), f.default) for f in fields(value) if f.compare}
    return {name: told for name, (told, default) in given.items() if told not in (default, None)}


def entry_of(told: dict[str, Any]) -> Entry:
    """Return the entry of which a JSON object tells; what it leaves out is not given.

    Parameters
    ----------
    told : dict
        Its properties by name; it is changed.

    Returns
    -------
    Entry
        With the place, where the object gives it.
    """
    for name in _LISTS:
        if name in told:
            told[name] = tuple(told[name])
    for name in _PARENTS:
        if name in told:
            told[name] = tuple([_parent(parent) for parent in told[name]])
    if "paper" in told:
        told["paper"] = _citation(told["paper"])
    told.setdefault("long", None)
    told.setdefault("kind", "")
    return Entry(**told)


def _parent(told: dict[str, Any]) -> Parent:
    paper = told.get("paper")
    whole = _citation(paper) if isinstance(paper, dict) else paper
    return Parent(told.get("name", ""), told.get("why", ""), whole)


def _citation(told: dict[str, Any]) -> Citation:
    get = told.get
    return Citation(get("id", ""), get("title", ""), get("year", 0), get("author", ""))
