"""What every part of a report needs: names, citations, and a book of what has been told."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from graphkb.export.citation import Citations, authors_by_paper, linked, shown
from graphkb.export.excerpt import Excerpt
from graphkb.model.graph import Edge, Entity
from graphkb.query.stated import Stated
from graphkb.view.address import entity_links

__all__ = ["Telling", "counted", "date_of", "kind_of"]


class Telling:
    """A report in the making.

    Parameters
    ----------
    part : Excerpt
        What it is about.
    """

    def __init__(self, part: Excerpt) -> None:
        self.part = part
        self.edges = tuple(part.all_edges())
        self.known = {**part.behind.entities, **part.graph.entities}
        self.papers = {id_: held for id_, held in self.known.items() if held.label == "Paper"}
        self.cite = Citations(self.papers, authors_by_paper(self.edges, self.known))
        self.introducing = self._introducing()
        self._entities: set[str] = set()
        self._told: set[tuple[str, str, str, str]] = set()

    def _introducing(self) -> dict[str, list[Edge]]:
        found: dict[str, list[Stated]] = defaultdict(list)
        for edge in self.edges:
            if edge.type == "INTRODUCES":
                found[edge.end].append(Stated(edge, self.papers.get(edge.paper)))
        return {
            id_: [said.edge for said in sorted(every, key=_first)] for id_, every in found.items()
        }

    @property
    def told_entities(self) -> Counter[str]:
        """How many entities of the content were named, by label."""
        held = self.part.graph.entities
        return Counter(held[id_].label for id_ in self._entities if id_ in held)

    @property
    def told_edges(self) -> Counter[str]:
        """How many edges of the content were told, by type."""
        return Counter(key[1] for key in self._told if key in self.part.graph.edges)

    def name(self, entity: Entity) -> str:
        """Return the name of an entity: a paper's title as a link, all else in bold."""
        self._entities.add(entity.id)
        text = shown(entity.name, entity.id)
        links = entity_links(entity.id, entity.properties)
        if entity.label in ("Paper", "Repository"):
            return linked(text, links[0][1]) if links else f"*{text}*"
        return f"**{text}**"

    def names(self, entities: Iterable[Entity], most: int) -> str:
        """Return names joined by commas, and how many more there are."""
        every = list(entities)
        more = [f"{len(every) - most} more"] if len(every) > most else []
        return ", ".join([*(self.name(entity) for entity in every[:most]), *more])

    def quoted(self, edge: Edge) -> str:
        """Return the sentence of an edge with its citation; see :class:`Citations`."""
        self._told.add(edge.key)
        return self.cite.quoted(edge)

    def tell(self, edges: Iterable[Edge]) -> None:
        """Note that edges are told by words of the report itself."""
        self._told.update(edge.key for edge in edges)

    def note(self, ids: Iterable[str]) -> None:
        """Note that entities are told without their names."""
        self._entities.update(ids)


def _first(said: Stated) -> tuple[object, ...]:
    return (not said.curated, said.date or "9", said.edge.key)


def kind_of(entity: Entity) -> str:
    """Return what a thing is: its kind, or its label in small letters."""
    return str(entity.properties.get("kind") or entity.label.lower())


def date_of(entity: Entity) -> str | None:
    """Return the date of a paper, or when a thing was first stated."""
    found = entity.properties.get("published") or entity.properties.get("first_stated")
    return None if found is None else str(found)


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun.

    Parameters
    ----------
    number : int
        How many.
    one, many : str
        The noun of one and of several, by default with an s.

    Returns
    -------
    str
        Thousands are parted by commas.

    Examples
    --------
    >>> counted(1, "paper"), counted(3783, "paper"), counted(2, "repository", "repositories")
    ('1 paper', '3,783 papers', '2 repositories')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"
