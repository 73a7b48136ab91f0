"""GraphML, for Gephi, yEd, Cytoscape and networkx.

References
----------
The GraphML file format, http://graphml.graphdrawing.org.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

from graphkb.export.content import Content
from graphkb.export.format import ExportFormat, Loss, losses
from graphkb.export.networkx_graph import to_networkx
from graphkb.model.graph import Graph

__all__ = ["GRAPHML"]

# What XML forbids, and the carriage return, which its readers turn into a line feed.
_NO_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _write(content: Content, path: Path) -> tuple[Loss, ...]:
    import networkx as nx

    counted: Counter[tuple[str, str]] = Counter()
    converted = to_networkx(Graph.of(content.entities(), content.edges()))
    for _, data in converted.nodes(data=True):
        _flatten(data, data["label"], counted)
    for _, _, data in converted.edges(data=True):
        _flatten(data, data["type"], counted)
    nx.write_graphml_xml(converted, path, infer_numeric_types=False)
    return losses(counted)


def _flatten(data: dict[str, Any], owner: str, counted: Counter[tuple[str, str]]) -> None:
    """Make attributes what GraphML knows: no lists, no characters that XML forbids."""
    for name, value in data.items():
        place = f"{owner}.{name}"
        text = value
        if isinstance(value, list):
            text = json.dumps(value, ensure_ascii=False)
            counted["list written as JSON text", place] += 1
        if isinstance(text, str):
            text, dropped = _NO_XML.subn("\ufffd", text)
            if dropped:
                counted["character that XML cannot hold replaced", place] += dropped
        data[name] = text


GRAPHML = ExportFormat("graphml", "GraphML: Gephi, yEd, Cytoscape, networkx", _write)
