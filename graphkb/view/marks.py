"""What came, went or changed, for a page that marks it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from graphkb.model.graph import EdgeKey

__all__ = ["MARKS", "Mark", "MarkStyle", "Marks"]

Mark = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class MarkStyle:
    """How a mark looks and is read; the sign and the dashes tell it without its colour.

    Parameters
    ----------
    mark : {'added', 'removed', 'changed'}
        What became of something.
    word : str
        What the page calls it.
    sign : str
        What stands on a line.
    stroke : str
        The same as an SVG path within the square from -1 to 1, for badges.
    light, dark : str
        The colour on a light and on a dark ground, ``#rrggbb``.
    """

    mark: Mark
    word: str
    sign: str
    stroke: str
    light: str
    dark: str


MARKS = (
    MarkStyle("added", "Came", "+", "M-0.5 0H0.5M0 -0.5V0.5", "#00664b", "#35d0a2"),
    MarkStyle("removed", "Went", "\u2212", "M-0.5 0H0.5", "#b3260b", "#ff8a66"),
    MarkStyle(
        "changed", "Changed", "~", "M-0.5 0.12C-0.3 -0.3 0.3 0.3 0.5 -0.12", "#6a4bb0", "#c3a9ff"
    ),
)
"""In the order of the legend."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What became of what is drawn; what is not named is as it was.

    Parameters
    ----------
    entities : mapping of str to Mark
        By id.
    edges : mapping of EdgeKey to Mark
        By start, type, end and paper.
    changes : mapping of str to tuple of (str, str, str)
        Of an entity that changed: property, value before and value after, as text.
    """

    entities: Mapping[str, Mark] = field(default_factory=dict)
    edges: Mapping[EdgeKey, Mark] = field(default_factory=dict)
    changes: Mapping[str, tuple[tuple[str, str, str], ...]] = field(default_factory=dict)
