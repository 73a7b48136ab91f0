"""A Mermaid flowchart, for Markdown on GitHub and elsewhere.

References
----------
Mermaid, https://mermaid.js.org/syntax/flowchart.html; what a renderer refuses by default:
https://mermaid.js.org/config/schema-docs/config.html (maxEdges, maxTextSize).
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from graphkb.export.content import Content
from graphkb.export.diagram import arrows, nodes
from graphkb.export.format import ExportFormat, Loss, losses
from graphkb.view.diagram_text import mermaid_node, mermaid_text
from graphkb.view.style import GROUND, kind_styles, line_styles

__all__ = ["MERMAID"]

_MOST_EDGES = 500
_MOST_CHARACTERS = 50_000


def _write(content: Content, path: Path) -> tuple[Loss, ...]:
    counted: Counter[tuple[str, str]] = Counter()
    names: dict[str, str] = {}
    words = {style.type: style.outward.lower() for style in line_styles()}
    drawn = written = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        written += file.write("flowchart LR\n")
        for style in kind_styles():
            look = f"fill:{GROUND['light']},stroke:{style.light}"
            written += file.write(f"  classDef {style.label.lower()} {look}\n")
        for entity in nodes(content, counted):
            name = names[entity.id] = f"n{len(names)}"
            node = mermaid_node(name, entity.label, entity.name)
            written += file.write(f"  {node}:::{entity.label.lower()}\n")
        for arrow in arrows(content, names, counted):
            line = "-.->" if arrow.curated else "-->"
            many = f" {arrow.papers}" if arrow.papers > 1 else ""
            word = mermaid_text(words[arrow.type] + many)
            start, end = names[arrow.start], names[arrow.end]
            written += file.write(f'  {start} {line}|"{word}"| {end}\n')
            drawn += 1
            if arrow.said:
                counted["sentence left out", arrow.type] += arrow.papers
    if drawn > _MOST_EDGES or written > _MOST_CHARACTERS:
        what = f"more than renderers draw by default ({_MOST_EDGES} arrows, 50,000 characters)"
        counted[f"{what}: give seeds, or a smaller --limit", "flowchart"] += 1
    return losses(counted)


MERMAID = ExportFormat("mermaid", "a Mermaid flowchart: GitHub, Markdown", _write)
