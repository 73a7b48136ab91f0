"""Where our pictures place what is exported, and in which colours, for formats that hold both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice

from graphkb.export.content import Content
from graphkb.model.graph import Graph
from graphkb.view.style import kind_styles, line_styles

__all__ = ["MOST", "Places", "placed"]

MOST = 3_000
"""Of more entities the places are left out: to lay them out takes longer than all the rest."""

_PLAIN = "#62676d"


@dataclass(frozen=True, slots=True)
class Places:
    """Places, sizes and colours.

    Parameters
    ----------
    at : mapping of str to (int, int)
        By id, in pixels at zoom 1, downwards and to the right; of what pictures do not draw,
        such as results, there is none.
    radius : mapping of str to float
        Of the same.
    """

    at: Mapping[str, tuple[int, int]]
    radius: Mapping[str, float]
    _kinds: Mapping[str, str] = field(
        default_factory=lambda: {k.label: k.light for k in kind_styles()}
    )
    _lines: Mapping[str, str] = field(
        default_factory=lambda: {k.type: k.light for k in line_styles()}
    )

    def colour(self, label: str) -> str:
        """Return the colour of a label on a light ground, ``#rrggbb``."""
        return self._kinds.get(label, _PLAIN)

    def line_colour(self, type_: str) -> str:
        """Return the colour of a relationship type on a light ground, ``#rrggbb``."""
        return self._lines.get(type_, _PLAIN)


def placed(content: Content, counted: Counter[tuple[str, str]]) -> Places:
    """Lay a content out as the page does, unless it is too large.

    Parameters
    ----------
    content : Content
        What is exported.
    counted : Counter
        Takes the entities that get no place because there are too many.

    Returns
    -------
    Places
        The same for the same content.
    """
    entities = list(islice(content.entities(), MOST + 1))
    if len(entities) > MOST:
        counted[f"places left out: more than {MOST:,} entities", "position"] += 1
        return Places({}, {})
    # Only now: numpy and the layout are not needed for what is not laid out.
    from graphkb.view.arrangement import arranged
    from graphkb.view.payload import radius
    from graphkb.view.picture import picture_of

    graph = Graph.of(entities, content.edges())
    topic = content.topic
    picture = picture_of(graph, focus=topic.focus() if topic else (), limit=MOST)
    sizes = [radius(entity, picture.weight[entity.id]) for entity in picture.entities]
    ids = [entity.id for entity in picture.entities]
    found = arranged(picture, sizes, {}).places
    return Places(dict(zip(ids, found, strict=True)), dict(zip(ids, sizes, strict=True)))
