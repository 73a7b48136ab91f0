"""A lineage in the languages of other drawing programs: Mermaid and Graphviz' DOT.

Nothing of a text from outside has a meaning in either: things are called n0, n1 …, and a text
stands in quotes with every character that could end them, or be read as mark-up, written as a
number or an entity.

References
----------
Mermaid: https://mermaid.js.org/syntax/flowchart.html
The DOT language: https://graphviz.org/doc/info/lang.html
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from graphkb.view.lineage_drawing import Arrow, Thing, arrows, things
from graphkb.view.style import GROUND, kind_styles

if TYPE_CHECKING:
    from graphkb.query.lineage import Lineage

__all__ = ["lineage_dot", "lineage_mermaid"]

# Boxes of each kind in both languages; what has none is a plain box.
_MERMAID_SHAPES = {
    "Method": ("([", "])"),
    "Paper": ("[", "]"),
    "Model": ("{{", "}}"),
    "Benchmark": ("[/", "\\]"),
}
_DOT_SHAPES = {"Method": "ellipse", "Paper": "note", "Model": "hexagon", "Benchmark": "trapezium"}
# A stop or a hyphen within a word is itself; at its edge it could begin a list.
_SAFE_IN_MERMAID = re.compile(r"[^\W_]|[\s,·]|(?<=[^\W_])[.\-](?=[^\W_])")


def lineage_mermaid(found: Lineage) -> str:
    """Return a lineage as a Mermaid flowchart, the older to the left.

    Parameters
    ----------
    found : Lineage
        As :func:`graphkb.query.lineage.lineage` finds it.

    Returns
    -------
    str
        Lines; dotted arrows are curated, thick ones generalise.
    """
    colours = {style.label: style.light for style in kind_styles()}
    drawn = things(found)
    lines = ["flowchart RL"]
    for at, thing in enumerate(drawn):
        left, right = _MERMAID_SHAPES.get(thing.label, ("[", "]"))
        lines.append(f'  n{at}{left}"{_mermaid(_label(thing, ", "))}"{right}')
    for arrow in arrows(found):
        line = "-.->" if arrow.curated else "==>" if arrow.type == "GENERALIZES" else "-->"
        lines.append(f'  n{arrow.child} {line}|"{_mermaid(arrow.word)}"| n{arrow.parent}')
    for label in sorted({thing.label for thing in drawn}):
        members = ",".join(f"n{at}" for at, thing in enumerate(drawn) if thing.label == label)
        lines.append(f"  classDef {label.lower()} fill:{GROUND['light']},stroke:{colours[label]}")
        lines.append(f"  class {members} {label.lower()}")
    lines.append("  style n0 stroke-width:3px")
    return "\n".join(lines) + "\n"


def lineage_dot(found: Lineage) -> str:
    """Return a lineage in Graphviz' DOT language, the older to the left.

    Parameters
    ----------
    found : Lineage
        As :func:`graphkb.query.lineage.lineage` finds it.

    Returns
    -------
    str
        Lines; dashed arrows are curated, those with a diamond generalise, and each has its
        sentence as the tool tip.
    """
    colours = {style.label: style.light for style in kind_styles()}
    lines = [
        "digraph lineage {",
        "  rankdir=RL;",
        '  node [fontname="sans-serif"];',
        '  edge [fontname="sans-serif", fontsize=10];',
    ]
    for at, thing in enumerate(things(found)):
        attributes = {
            "label": _label(thing, "\n"),
            "tooltip": thing.name,
            "shape": _DOT_SHAPES.get(thing.label, "box"),
            "color": colours[thing.label],
        }
        lines.append(f"  n{at} [{_attributes(attributes)}{', penwidth=3' if at == 0 else ''}];")
    lines += [
        f"  n{arrow.child} -> n{arrow.parent} [{_attributes(_line(arrow))}];"
        for arrow in arrows(found)
    ]
    return "\n".join([*lines, "}"]) + "\n"


def _label(thing: Thing, joint: str) -> str:
    return joint.join(part for part in (thing.shown, thing.about) if part)


def _line(arrow: Arrow) -> dict[str, str]:
    return {
        "label": arrow.word,
        "tooltip": arrow.said,
        "style": "dashed" if arrow.curated else "solid",
        "arrowhead": "diamond" if arrow.type == "GENERALIZES" else "normal",
    }


def _attributes(attributes: dict[str, str]) -> str:
    return ", ".join(f'{name}="{_dot(text)}"' for name, text in attributes.items())


def _mermaid(text: str) -> str:
    def written(at: int) -> str:
        safe = _SAFE_IN_MERMAID.match(text, at)
        return text[at] if safe else f"#{ord(text[at])};"

    return "".join(map(written, range(len(text))))


def _dot(text: str) -> str:
    # Graphviz reads entities in quoted text, and after a backslash letters that stand for names.
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    escaped = escaped.replace("\\", "\\\\").replace('"', '\\"').replace("`", "&#96;")
    return escaped.replace("\n", "\\n")
