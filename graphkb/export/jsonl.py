"""JSON lines, an entity or an edge each: all that the graph holds, for graphkb and for scripts.

References
----------
https://jsonlines.org; what a line holds is told in ``loaders/graph_jsonl.py``, which reads it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from graphkb.export.content import Content
from graphkb.export.format import ExportFormat, Loss
from graphkb.export.json_pieces import compact

__all__ = ["JSONL"]


def _write(content: Content, path: Path) -> tuple[Loss, ...]:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{compact(line)}\n" for line in _lines(content))
    return ()


def _lines(content: Content) -> Iterator[dict[str, object]]:
    for entity in content.entities():
        told = {"label": entity.label, "id": entity.id, "properties": dict(entity.properties)}
        yield {"entity": told}
    for edge in content.edges():
        ends = {"start": edge.start, "type": edge.type, "end": edge.end, "paper": edge.paper}
        yield {"edge": {**ends, "properties": dict(edge.properties)}}


JSONL = ExportFormat("jsonl", "JSON lines, an entity or an edge each: graphkb, scripts", _write)
