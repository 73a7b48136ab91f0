"""Cytoscape.js JSON, for web pages with Cytoscape.js and for the Cytoscape desktop program.

References
----------
Cytoscape.js, "Elements JSON" and "Style", https://js.cytoscape.org.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from graphkb.export.content import Content
from graphkb.export.format import ExportFormat, Loss, losses
from graphkb.export.json_pieces import compact, write_list
from graphkb.export.networkx_graph import edge_attributes, node_attributes
from graphkb.export.places import Places, placed
from graphkb.model.graph import Edge, Entity
from graphkb.view.style import kind_styles, line_styles

__all__ = ["CYTOSCAPE"]

_SHAPES = {
    "Paper": "rectangle",
    "Model": "diamond",
    "Benchmark": "triangle",
    "Task": "hexagon",
    "Repository": "vee",
    "Author": "star",
    "Organization": "pentagon",
}
_ARROWS = {"bar": "tee", "box": "square"}


def _write(content: Content, path: Path) -> tuple[Loss, ...]:
    counted: Counter[tuple[str, str]] = Counter()
    places = placed(content, counted)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        layout = "preset" if places.at else "cose"
        head = {"title": content.title, "generated_by": "graphkb"}
        file.write(
            f'{{"data":{compact(head)},"format_version":"1.0","layout":{{"name":"{layout}"}},'
        )
        file.write('"elements":{"nodes":')
        write_list(file, (_node(entity, places) for entity in content.entities()))
        file.write(',"edges":')
        write_list(file, (_edge(number, edge) for number, edge in enumerate(content.edges())))
        file.write('},"style":')
        write_list(file, _style())
        file.write("}\n")
    return losses(counted)


def _node(entity: Entity, places: Places) -> dict[str, Any]:
    told = {"data": {**node_attributes(entity), "id": entity.id}, "classes": entity.label}
    at = places.at.get(entity.id)
    return told if at is None else {**told, "position": {"x": at[0], "y": at[1]}}


def _edge(number: int, edge: Edge) -> dict[str, Any]:
    ends = {"id": f"e{number}", "source": edge.start, "target": edge.end, "interaction": edge.type}
    return {"data": {**edge_attributes(edge), **ends}, "classes": edge.type}


def _style() -> list[dict[str, Any]]:
    """How our pictures look, as Cytoscape.js can say it."""
    text = {"label": "data(name)", "font-size": 10, "text-wrap": "ellipsis", "width": 20}
    found: list[dict[str, Any]] = [
        {"selector": "node", "style": {**text, "height": 20, "text-max-width": "160px"}},
        {"selector": "edge", "style": {"curve-style": "bezier", "arrow-scale": 0.8}},
    ]
    for kind in kind_styles():
        style = {"background-color": kind.light, "shape": _SHAPES.get(kind.label, "ellipse")}
        found.append({"selector": f".{kind.label}", "style": style})
    for line in line_styles():
        look = {
            "line-color": line.light,
            "target-arrow-color": line.light,
            "target-arrow-shape": _ARROWS.get(line.arrow, line.arrow),
            "line-style": "dotted" if line.dotted else "solid",
            "width": line.width,
        }
        found.append({"selector": f".{line.type}", "style": look})
    found.append({"selector": '[rule = "catalogue"]', "style": {"line-style": "dashed"}})
    return found


CYTOSCAPE = ExportFormat("cytoscape", "Cytoscape.js JSON: Cytoscape, web pages", _write)
