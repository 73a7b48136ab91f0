"""Node-link JSON, for networkx, d3 and whatever reads JSON.

References
----------
networkx, `node_link_graph`: nodes with `id`, edges with `source`, `target` and `key`.
"""

from __future__ import annotations

from pathlib import Path

from graphkb.export.content import Content
from graphkb.export.format import ExportFormat, Loss
from graphkb.export.json_pieces import write_list
from graphkb.export.networkx_graph import edge_attributes, edge_key, node_attributes

__all__ = ["NODE_LINK"]


def _write(content: Content, path: Path) -> tuple[Loss, ...]:
    # Not by networkx: its releases differ in how they name the list of edges.
    nodes = ({**node_attributes(entity), "id": entity.id} for entity in content.entities())
    edges = (
        {**edge_attributes(edge), "source": edge.start, "target": edge.end, "key": edge_key(edge)}
        for edge in content.edges()
    )
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('{"directed":true,"multigraph":true,"graph":{},"nodes":')
        write_list(file, nodes)
        file.write(',"edges":')
        write_list(file, edges)
        file.write("}\n")
    return ()


NODE_LINK = ExportFormat("node-link", "node-link JSON: networkx, d3, scripts", _write)
