"""``node-link``: node-link JSON as graphkb exports it, or networkx and d3 write it.

One object with the lists ``nodes`` and ``edges`` (``links`` in older releases of networkx). Each
node is an entity and each edge a relationship, as asserted: no text is read for statements. A node
needs ``id`` and ``label`` and may have ``name``, by default its id; an edge needs ``source``,
``target``, ``type`` and, where it does not start at a Paper, ``paper``, the id of the paper that
states it. What other members are called and mean is in ``docs/schema.md``; what the schema does not
know is skipped with its place. Of ``graph`` and of an edge's ``key`` nothing is kept.

References
----------
networkx, ``node_link_data``: https://networkx.org/documentation/stable/reference/readwrite/
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graphkb.loaders.json_objects import first_objects
from graphkb.loaders.json_window import Window

from graphkb.errors import InputError
from graphkb.model.assertion import Assertions
from graphkb.model.source import Skipped, SourceInput, Yield, loader

__all__ = ["node_link"]

_EDGES = ("edges", "links")
# A list may go on beyond what is looked at, and its members may be a line each.
_BEGINNING = re.compile(
    r'\s*\{\s*(?:"(?:directed|multigraph|graph)"\s*:\s*(?:true|false|\{[^{}]*\})\s*,\s*)+'
    r'"(?:nodes|edges|links)"\s*:\s*\['
)


def _recognise(_name: str, head: str) -> bool:
    if _BEGINNING.match(head):
        return True
    found = next(first_objects(head), {})
    lists = {name for name in ("nodes", *_EDGES) if isinstance(found.get(name), list)}
    return bool(lists) and (len(lists) > 1 or "multigraph" in found or "directed" in found)


@loader(
    "node-link",
    title="Node-link JSON with labels and types of graphkb, as it exports",
    recognise=_recognise,
    example="grpo.json",
)
def node_link(source: SourceInput) -> Iterator[Yield]:
    """Read node-link JSON, a node or an edge at a time.

    Parameters
    ----------
    source : SourceInput
        The file.

    Yields
    ------
    AssertedRecord, Skipped or Notice
        An entity with the edges out of it each; what was left out comes before.

    Raises
    ------
    InputError
        The JSON does not parse from some place on, or its edges have no direction.

    Examples
    --------
    >>> text = '{"directed": true, "nodes": [{"id": "task:a", "label": "Task"}], "edges": []}'
    >>> [record] = node_link.read(SourceInput("x.json", text))
    >>> record.entity.label, record.entity.name
    ('Task', 'task:a')
    """
    assertions = Assertions()
    window = Window(source)
    for key in window.fields():
        if key not in ("nodes", *_EDGES) or window.peek() != "[":
            if window.value() is False and key == "directed":
                raise InputError(
                    "the edges of this graph have no direction",
                    where=source.name,
                    remedy="write a DiGraph or a MultiDiGraph",
                )
            continue
        for place, member in window.members(f"$.{key}"):
            if not isinstance(member, dict):
                yield Skipped(place, "no object")
            elif key == "nodes":
                rest = {name: value for name, value in member.items() if name != "id"}
                yield from assertions.node(place, member.get("id"), rest)
            else:
                start, end = member.get("source"), member.get("target")
                rest = {n: v for n, v in member.items() if n not in ("source", "target", "key")}
                yield from assertions.edge(place, start, end, rest)
    window.end()
    yield from assertions.records()
