"""A topic as a value: its graph, and why each thing is in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from graphkb.model.graph import Entity, Graph
from graphkb.model.text import shortened
from graphkb.topic.reason import Step

if TYPE_CHECKING:
    import networkx as nx

    from graphkb.difference.change import Difference
    from graphkb.export.content import GraphContent
    from graphkb.export.frames import Frames

__all__ = ["Member", "Topic"]

_COLUMNS = ("kind", "name", "support", "relevance", "via", "id")
_LONGEST_NAME = 30


@dataclass(frozen=True, slots=True)
class Member:
    """An entity of a topic, and why it is there.

    Parameters
    ----------
    entity : Entity
        The entity.
    score : float
        Its relevance to the seeds.
    seed : bool
        True for what the person named.
    way : tuple of Step
        From a seed to it, both included: why it is there.
    """

    entity: Entity
    score: float
    seed: bool
    way: tuple[Step, ...]

    @property
    def path(self) -> tuple[str, ...]:
        """The ids of the way."""
        return tuple(step.id for step in self.way)

    @property
    def reason(self) -> str:
        """The way for people to read, ``GRPO ← extends ─ DAPO ← introduces ─ it``; of a seed none.

        Long names are cut.
        """
        names = [*(shortened(step.name, _LONGEST_NAME) for step in self.way[:-1]), "it"]
        parts = [
            part for step, name in zip(self.way, names, strict=True) for part in (step.arrow, name)
        ]
        return " ".join(parts[1:]) if len(self.way) > 1 else ""


@dataclass(frozen=True, slots=True)
class Topic:
    """The part of a graph that belongs to some seeds.

    Parameters
    ----------
    seeds : tuple of str
        As the person named them.
    graph : Graph
        Its entities, results among them, and the edges between them.
    members : tuple of Member
        Seeds first, then by relevance; results are not listed.
    beyond : tuple of str
        Ids of what was near and did not fit the limit, sorted.
    background : callable
        Returns what stands behind it and is no part of it, such as the papers that state its
        edges: see :func:`graphkb.topic.background.background`. It asks the store when a report
        needs it; a store that is closed by then is opened again, but for one in memory.
    name : str, optional
        What it is called; by default its seeds, joined.
    """

    seeds: tuple[str, ...]
    graph: Graph
    members: tuple[Member, ...]
    beyond: tuple[str, ...] = ()
    background: Callable[[], Graph] = field(default=Graph, compare=False, repr=False)
    name: str | None = None

    @property
    def left_out(self) -> int:
        """How many entities were near and did not fit the limit."""
        return len(self.beyond)

    @property
    def title(self) -> str:
        """Its name, or the seeds, joined."""
        return " · ".join(self.seeds) if self.name is None else self.name

    def __or__(self, other: object) -> Topic:
        """Return the :func:`~graphkb.topic.sets.union` of two topics of one store."""
        from graphkb.topic.sets import union

        return union(self, other) if isinstance(other, Topic) else NotImplemented

    def __and__(self, other: object) -> Topic:
        """Return the :func:`~graphkb.topic.sets.intersection` of two topics of one store."""
        from graphkb.topic.sets import intersection

        return intersection(self, other) if isinstance(other, Topic) else NotImplemented

    def __sub__(self, other: object) -> Topic:
        """Return the :func:`~graphkb.topic.sets.difference` of two topics of one store."""
        from graphkb.topic.sets import difference

        return difference(self, other) if isinstance(other, Topic) else NotImplemented

    def focus(self) -> tuple[str, ...]:
        """Return the ids of the seeds."""
        return tuple(member.entity.id for member in self.members if member.seed)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of what :meth:`rows` yields."""
        return _COLUMNS

    def rows(self, *, told: bool = False) -> Iterator[tuple[object, ...]]:
        """Yield each member as :attr:`columns` name it.

        Parameters
        ----------
        told : bool
            Whether `via` is a sentence to read instead of a list.

        Yields
        ------
        tuple
            `kind`, `name` and `id` of the entity; `support`, how many papers support it, null
            where that is no question; `relevance`, its score in six digits; and `via`, the way
            from a seed to it: a list of maps, the seed's first and its own last, each with `id`,
            `name`, `edge` (the relationship with the one before), `direction` (``to`` where that
            leads from the one before, else ``from``) and `paper` (the id of one that states it).
            A seed has an empty one.
        """
        for member in self.members:
            entity = member.entity
            kind = str(entity.properties.get("kind", entity.label.lower()))
            if entity.properties.get("stub"):
                kind = "paper (stub)"
            support = entity.properties.get("support")
            via = member.reason if told else [*map(_as_map, member.way)][len(member.way) == 1 :]
            yield (kind, entity.name, support, round(member.score, 6), via, entity.id)

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """Return the topic as networkx takes it.

        Returns
        -------
        networkx.MultiDiGraph
            Nodes by id with `label` and properties; edges keyed by type and paper.
        """
        from graphkb.export.networkx_graph import to_networkx

        return to_networkx(self.graph)

    def to_pandas(self) -> Frames:
        """Return the topic as two DataFrames, ``nodes`` and ``edges``.

        Returns
        -------
        Frames
            As :func:`graphkb.export.frames.to_pandas` makes them.

        Raises
        ------
        MissingExtraError
            pandas is not installed.
        """
        from graphkb.export.frames import to_pandas

        return to_pandas(self.graph)

    def content(self) -> GraphContent:
        """Return the topic as a format writes it."""
        from graphkb.export.content import GraphContent

        return GraphContent(self.graph, self.title, self)

    def export(self, format_name: str, out: str | Path) -> Path:
        """Write the topic in a format; see :func:`graphkb.export.write`.

        Parameters
        ----------
        format_name : str
            A name of ``graphkb export --help``.
        out : str or Path
            The file or folder.

        Returns
        -------
        Path
            What was written.
        """
        from graphkb.export.write import write_export

        return write_export(self.content(), format_name, Path(out)).path

    def text(self, format_name: str = "markdown") -> str:
        """Return the topic in a format of one text file.

        Parameters
        ----------
        format_name : str
            A name of ``graphkb export --help``; the report by default.

        Returns
        -------
        str
            What :meth:`export` would write.

        Raises
        ------
        ExportError
            The format writes a folder.
        """
        from graphkb.export.write import exported_text

        return exported_text(self.content(), format_name)

    def diff(self, other: Topic) -> Difference:
        """Find what came, went and changed from this topic to another.

        Parameters
        ----------
        other : Topic
            Of the same store or another.

        Returns
        -------
        Difference
            Grouped by kind, the most important first.
        """
        from graphkb.difference.comparing import difference_of

        return difference_of(self.content(), other.content())

    def view(self, out: str | Path) -> Path:
        """Write the topic as a page.

        Parameters
        ----------
        out : str or Path
            The HTML file.

        Returns
        -------
        Path
            What was written.
        """
        from graphkb.export.write import replace_file

        return replace_file(Path(out), self._page().encode())

    def _page(self) -> str:
        from graphkb.view.page import render_page

        return render_page(
            self.graph,
            title=self.title,
            focus=self.focus(),
            scores={member.entity.id: member.score for member in self.members},
            reasons={member.entity.id: member.reason for member in self.members if member.reason},
            left_out=self.left_out,
        )

    def __repr__(self) -> str:
        # A notebook keeps this beside the picture: the graph itself would be megabytes.
        counted = f"{len(self.graph.entities)} entities, {len(self.graph.edges)} edges"
        return f"<Topic {self.title!r}: {counted}>"

    def _repr_html_(self) -> str:
        """Return what a notebook shows: the page, framed, and the members as a table."""
        from graphkb.store.html_table import html_table
        from graphkb.view.notebook import framed

        table = html_table(self.columns, self.rows(told=True), total=len(self.members))
        return framed(self._page(), table, title=self.title)


def _as_map(step: Step) -> dict[str, object]:
    direction = "to" if step.outgoing else "from"
    stated = (step.type, direction, step.paper) if step.type else (None, None, None)
    return {
        "id": step.id,
        "name": step.name,
        **dict(zip(("edge", "direction", "paper"), stated, strict=True)),
    }
