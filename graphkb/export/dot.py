"""DOT, for Graphviz.

References
----------
The DOT language, https://graphviz.org/doc/info/lang.html.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from graphkb.export.content import Content
from graphkb.export.diagram import Arrow, arrows, nodes
from graphkb.export.format import ExportFormat, Loss, losses
from graphkb.view.diagram_text import dot_attributes, dot_shape
from graphkb.view.style import kind_styles, line_styles

__all__ = ["DOT"]


def _write(content: Content, path: Path) -> tuple[Loss, ...]:
    counted: Counter[tuple[str, str]] = Counter()
    names: dict[str, str] = {}
    kinds = {style.label: style.light for style in kind_styles()}
    lines = {style.type: style for style in line_styles()}
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write("digraph graphkb {\n")
        file.write(f"  graph [{dot_attributes({'label': content.title, 'overlap': 'prism'})}];\n")
        file.write('  node [fontname="sans-serif"];\n')
        file.write('  edge [fontname="sans-serif", fontsize=10];\n')
        for entity in nodes(content, counted):
            name = names[entity.id] = f"n{len(names)}"
            look = {
                "label": entity.name,
                "tooltip": entity.id,
                "shape": dot_shape(entity.label),
                "color": kinds[entity.label],
            }
            file.write(f"  {name} [{dot_attributes(look)}];\n")
        for arrow in arrows(content, names, counted):
            style = lines[arrow.type]
            look = {
                "label": _label(arrow, style.outward),
                "tooltip": arrow.said,
                "color": style.light,
                "style": "dashed" if arrow.curated else "solid",
            }
            file.write(f"  {names[arrow.start]} -> {names[arrow.end]} [{dot_attributes(look)}];\n")
        file.write("}\n")
    return losses(counted)


def _label(arrow: Arrow, word: str) -> str:
    return f"{word.lower()} ({arrow.papers})" if arrow.papers > 1 else word.lower()


DOT = ExportFormat("dot", "DOT: Graphviz", _write)
