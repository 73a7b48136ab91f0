"""What diagrams in text draw of a content: fewer lines, each thing under a short name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from graphkb.export.content import Content
from graphkb.model.graph import Entity
from graphkb.view.style import kind_styles, line_styles

__all__ = ["Arrow", "arrows", "nodes"]


@dataclass(frozen=True, slots=True)
class Arrow:
    """All edges of one type from one entity to another, drawn as one.

    Parameters
    ----------
    start, type, end : str
        Ids and type.
    papers : int
        How many papers state it.
    curated : bool
        True where none of them does so in its text.
    said : str
        A sentence or reason of the surest of them, or empty.
    """

    start: str
    type: str
    end: str
    papers: int
    curated: bool
    said: str


def nodes(content: Content, counted: Counter[tuple[str, str]]) -> Iterator[Entity]:
    """Yield the entities that pictures draw; count the others.

    Parameters
    ----------
    content : Content
        What is exported.
    counted : Counter
        By what happened and to which label and property.

    Yields
    ------
    Entity
        In the content's order.
    """
    drawn = {style.label for style in kind_styles()}
    for entity in content.entities():
        if entity.label in drawn:
            told = entity.properties.keys() - {"name", "title"}
            counted.update({("property left out", f"{entity.label}.{name}"): 1 for name in told})
            yield entity
        else:
            counted["entity not drawn", entity.label] += 1


def arrows(
    content: Content, names: Mapping[str, str], counted: Counter[tuple[str, str]]
) -> Iterator[Arrow]:
    """Yield the arrows between what is drawn, parallel edges folded; count what is lost.

    Parameters
    ----------
    content : Content
        What is exported.
    names : mapping of str to str
        What is drawn, by id.
    counted : Counter
        By what happened and to which type.

    Yields
    ------
    Arrow
        In the content's order.
    """
    shown = {style.type for style in line_styles()}
    # Edges of one start, type and end come one after the other.
    for (start, type_, end), found in groupby(content.edges(), lambda edge: edge.key[:3]):
        edges = list(found)
        if type_ not in shown or start not in names or end not in names:
            counted["edge not drawn", type_] += len(edges)
            continue
        if len(edges) > 1:
            counted["parallel edges folded into one", type_] += len(edges) - 1
        surest = max(edges, key=lambda edge: int(str(edge.properties.get("confidence", 0))))
        told = surest.properties
        said = str(told.get("evidence") or told.get("reason") or "")
        curated = all(edge.properties.get("rule") == "catalogue" for edge in edges)
        yield Arrow(start, type_, end, len(edges), curated, said)
