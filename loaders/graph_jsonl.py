"""``graph-jsonl``: graphkb's own JSON lines, an entity or an edge each; nothing is lost in them.

A line is ``{"entity": {"label", "id", "properties"}}`` or ``{"edge": {"start", "type", "end",
"paper", "properties"}}``, in any order. They come back as asserted: no text is read for statements.
What the labels, types and properties are is in ``docs/schema.md``; what it does not know is skipped
with its line.

References
----------
https://jsonlines.org
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graphkb.loaders.json_objects import first_objects, objects

from graphkb.model.assertion import Assertions
from graphkb.model.source import Skipped, SourceInput, Yield, loader

__all__ = ["graph_jsonl"]

_PARTS = {"entity": ("label", "id"), "edge": ("type", "start", "end")}


def _recognise(_name: str, head: str) -> bool:
    return any(_part(found) is not None for found in first_objects(head))


def _part(found: dict[str, Any]) -> str | None:
    """Whether an object is an entity or an edge of ours."""
    for name, needed in _PARTS.items():
        told = found.get(name)
        if isinstance(told, dict) and all(key in told for key in needed):
            return name
    return None


@loader(
    "graph-jsonl",
    title="JSON lines of entities and edges, as graphkb exports",
    recognise=_recognise,
    example="grpo.jsonl",
)
def graph_jsonl(source: SourceInput) -> Iterator[Yield]:
    """Read entities and edges, a line at a time.

    Parameters
    ----------
    source : SourceInput
        The file.

    Yields
    ------
    AssertedRecord, Skipped or Notice
        An entity with the edges out of it each; what was left out comes before.

    Examples
    --------
    >>> line = '{"entity": {"label": "Task", "id": "task:a", "properties": {"name": "a"}}}'
    >>> [record] = graph_jsonl.read(SourceInput("x.jsonl", line))
    >>> record.entity.label, record.entity.name
    ('Task', 'a')
    """
    assertions = Assertions()
    for place, found in objects(source, what="an entity or an edge is an object"):
        if isinstance(found, Skipped):
            yield found
            continue
        part = _part(found)
        told = found[part] if part else {}
        properties = told.get("properties", {})
        if part is None or not isinstance(properties, dict):
            needed = "; ".join(f"`{n}` with {', '.join(k)}" for n, k in _PARTS.items())
            yield Skipped(place, f"neither an entity nor an edge: {needed}, and properties")
        elif part == "entity":
            given = {**properties, "label": told["label"]}
            yield from assertions.node(place, told["id"], given)
        else:
            given = {**properties, "type": told["type"], "paper": told.get("paper")}
            yield from assertions.edge(place, told["start"], told["end"], given)
    yield from assertions.records()
