"""Text and shapes in the languages of other drawing programs: Mermaid and Graphviz' DOT.

Nothing of a text from outside has a meaning in either: a text stands in quotes, with every
character that could end them, or be read as mark-up, written as a number or an entity.

References
----------
Mermaid: https://mermaid.js.org/syntax/flowchart.html
The DOT language: https://graphviz.org/doc/info/lang.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["dot_attributes", "dot_shape", "mermaid_node", "mermaid_text"]

# What has no box of its own is a plain box.
_MERMAID_SHAPES = {
    "Method": ("([", "])"),
    "Paper": ("[", "]"),
    "Model": ("{{", "}}"),
    "Benchmark": ("[/", "\\]"),
    "Task": (">", "]"),
    "Repository": ("[(", ")]"),
}
_DOT_SHAPES = {
    "Method": "ellipse",
    "Paper": "note",
    "Model": "hexagon",
    "Benchmark": "trapezium",
    "Task": "cds",
    "Repository": "cylinder",
}
# A stop or a hyphen within a word is itself; at its edge it could begin a list.
_SAFE_IN_MERMAID = re.compile(r"[^\W_]|[\s,·]|(?<=[^\W_])[.\-](?=[^\W_])")


def mermaid_node(name: str, label: str, text: str) -> str:
    """Return the declaration of a node in a Mermaid flowchart.

    Parameters
    ----------
    name : str
        What edges call it: letters and digits.
    label : str
        A label of the schema, which has a shape.
    text : str
        What is written in it.

    Returns
    -------
    str
        Without a line end.

    Examples
    --------
    >>> print(mermaid_node("n0", "Method", 'say "hi"'))
    n0(["say #34;hi#34;"])
    """
    left, right = _MERMAID_SHAPES.get(label, ("[", "]"))
    return f'{name}{left}"{mermaid_text(text)}"{right}'


def mermaid_text(text: str) -> str:
    """Return what stands between the quotes of a Mermaid text."""

    def written(at: int) -> str:
        safe = _SAFE_IN_MERMAID.match(text, at)
        return text[at] if safe else f"#{ord(text[at])};"

    return "".join(map(written, range(len(text))))


def dot_shape(label: str) -> str:
    """Return Graphviz' name for the shape of a label of the schema."""
    return _DOT_SHAPES.get(label, "box")


def dot_attributes(attributes: Mapping[str, str]) -> str:
    """Return attributes as they stand between the brackets of DOT.

    Parameters
    ----------
    attributes : mapping of str to str
        Names of Graphviz, and any texts.

    Returns
    -------
    str
        In the order given.

    Examples
    --------
    >>> print(dot_attributes({"label": 'say "hi"'}))
    label="say \\"hi\\""
    """
    return ", ".join(f'{name}="{_dot(text)}"' for name, text in attributes.items())


def _dot(text: str) -> str:
    # Graphviz reads entities in quoted text, and after a backslash letters that stand for names.
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    escaped = escaped.replace("\\", "\\\\").replace('"', '\\"').replace("`", "&#96;")
    return escaped.replace("\n", "\\n")
