"""A lineage as a drawing: which things and which arrows, before any format has its say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphkb.model.text import NONCHARACTERS, visible

if TYPE_CHECKING:
    from graphkb.model.graph import Entity
    from graphkb.query.lineage import Lineage

__all__ = ["Arrow", "Thing", "arrows", "things"]

_LONGEST = 48


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity of the drawing.

    Parameters
    ----------
    name : str
        Whole, as one line without control characters.
    shown : str
        What fits into a box.
    about : str
        Its kind where it is no method, year and support; may be empty.
    label : str
        Of the schema.
    date : str
        When it was first stated, or empty.
    """

    name: str
    shown: str
    about: str
    label: str
    date: str


@dataclass(frozen=True, slots=True)
class Arrow:
    """A step of the drawing, from the later to the earlier.

    Parameters
    ----------
    child, parent : int
        Places in the list of things.
    type : str
        EXTENDS or GENERALIZES.
    papers : int
        How many papers state it.
    curated : bool
        True where the catalogue alone states it.
    said : str
        The best sentence with its paper, or the reason of what is curated; one line.
    """

    child: int
    parent: int
    type: str
    papers: int
    curated: bool
    said: str

    @property
    def word(self) -> str:
        """What the arrow says, with the number of papers where there are several."""
        verb = self.type.lower()
        return verb if self.papers < 2 or self.curated else f"{verb}, {self.papers} papers"


def things(found: Lineage) -> tuple[Thing, ...]:
    """Return the entities of a lineage, the one that it is about first.

    Parameters
    ----------
    found : Lineage
        As :func:`graphkb.query.lineage.lineage` finds it.

    Returns
    -------
    tuple of Thing
        In the lineage's order.
    """
    return tuple(map(_thing, found.nodes))


def arrows(found: Lineage) -> tuple[Arrow, ...]:
    """Return the steps of a lineage, each once though it is met on the way up and on the way down.

    Parameters
    ----------
    found : Lineage
        As :func:`graphkb.query.lineage.lineage` finds it.

    Returns
    -------
    tuple of Arrow
        By the places of child and parent, then by type.
    """
    at: Mapping[str, int] = {entity.id: place for place, entity in enumerate(found.nodes)}
    known: dict[tuple[int, int, str], Arrow] = {}
    for step in found.steps:
        key = (at[step.child.id], at[step.parent.id], step.type)
        best = step.statements[0]
        source = "curated" if best.curated else best.title
        known[key] = Arrow(
            *key,
            papers=len({said.edge.paper for said in step.statements if not said.curated}),
            curated=not step.extracted,
            said=_plain(f"{best.sentence or 'stated by the source'} ({source})"),
        )
    return tuple(known[key] for key in sorted(known))


def _thing(entity: Entity) -> Thing:
    name = _plain(entity.name)
    date = str(entity.properties.get("first_stated") or entity.properties.get("published") or "")
    about = [] if entity.label == "Method" else [entity.label.lower()]
    about += [date[:4]] if date else []
    support = entity.properties.get("support")
    if isinstance(support, int):
        about.append("1 paper" if support == 1 else f"{support} papers")
    shown = name if len(name) <= _LONGEST else name[: _LONGEST - 1].rstrip() + "…"
    return Thing(name, shown, " · ".join(about), entity.label, _plain(date))


def _plain(text: str) -> str:
    return NONCHARACTERS.sub("\ufffd", visible(text))
