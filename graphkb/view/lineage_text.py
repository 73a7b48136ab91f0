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

from typing import TYPE_CHECKING

from graphkb.view.diagram_text import dot_attributes, dot_shape, mermaid_node, mermaid_text
from graphkb.view.lineage_drawing import Arrow, Thing, arrows, things
from graphkb.view.style import GROUND, kind_styles

if TYPE_CHECKING:
    from graphkb.query.lineage import Lineage

__all__ = ["lineage_dot", "lineage_mermaid"]


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
        lines.append(f"  {mermaid_node(f'n{at}', thing.label, _label(thing, ', '))}")
    for arrow in arrows(found):
        line = "-.->" if arrow.curated else "==>" if arrow.type == "GENERALIZES" else "-->"
        lines.append(f'  n{arrow.child} {line}|"{mermaid_text(arrow.word)}"| n{arrow.parent}')
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
            "shape": dot_shape(thing.label),
            "color": colours[thing.label],
        }
        lines.append(f"  n{at} [{dot_attributes(attributes)}{', penwidth=3' if at == 0 else ''}];")
    lines += [
        f"  n{arrow.child} -> n{arrow.parent} [{dot_attributes(_line(arrow))}];"
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
