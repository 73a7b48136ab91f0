"""The results of the façade: topics, pages and exports, each as one method."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from graphkb.arguments import checks_arguments

if TYPE_CHECKING:
    from typing import Unpack

    from graphkb.difference.change import Difference
    from graphkb.difference.operand import HasStore
    from graphkb.export.content import Content
    from graphkb.export.write import Exported
    from graphkb.model.graph import Graph
    from graphkb.store.protocol import Rows, Store
    from graphkb.topic.bounds import TopicOptions
    from graphkb.topic.seed import Seed
    from graphkb.topic.topic import Topic

__all__ = ["Taking"]

_WHOLE = "Papers and methods"
_DRAWN = 2000


@checks_arguments
class Taking(ABC):
    """What takes parts of a store's graph away."""

    @property
    @abstractmethod
    def store(self) -> Store:
        """The store, opened for reading."""

    def topic(
        self,
        *seeds: str | Seed,
        limit: int = 60,
        hops: int = 3,
        since: str | None = None,
        until: str | None = None,
        kinds: Collection[str] = (),
        exclude: Collection[str] = (),
        budgets: Mapping[str, int] | None = None,
        min_support: int = 0,
        min_confidence: int = 0,
    ) -> Topic:
        """Find the part of the graph that belongs to some seeds.

        Parameters
        ----------
        *seeds : str or Seed
            Names, aliases, ids or words; each is one seed.
        limit, hops, since, until, kinds, exclude, budgets, min_support, min_confidence
            As in :func:`graphkb.topic.find.find_topic`.

        Returns
        -------
        Topic
            Connected, and the same for the same graph.

        Raises
        ------
        NotFoundError
            A seed names nothing.
        """
        from graphkb.topic.find import find_topic

        return find_topic(
            self.store,
            seeds,
            limit=limit,
            hops=hops,
            since=since,
            until=until,
            kinds=kinds,
            exclude=(exclude,) if isinstance(exclude, str) else exclude,
            budgets=budgets,
            min_support=min_support,
            min_confidence=min_confidence,
        )

    def diff(
        self, other: str | Path | HasStore, *seeds: str | Seed, **bounds: Unpack[TopicOptions]
    ) -> Difference:
        """Find what came, went and changed from this graph to another.

        Parameters
        ----------
        other : str, Path or KnowledgeBase
            A store, or an export that can be read back.
        *seeds, **bounds
            As in :meth:`topic`: the topics of both are compared; without seeds, all of both.

        Returns
        -------
        Difference
            Grouped by kind, the most important first.

        Raises
        ------
        NotFoundError
            There is no such store, or a seed names nothing in one of them.
        """
        from graphkb.difference.operand import diff

        return diff(self, other, *seeds, **bounds)

    def diff_topics(
        self,
        one: str | Seed,
        other: str | Seed,
        bounds: tuple[TopicOptions, TopicOptions] = ({}, {}),
    ) -> Difference:
        """Find what came, went and changed from one topic of this graph to another.

        Parameters
        ----------
        one, other : str or Seed
            Names, aliases, ids or words.
        bounds : tuple of two dicts
            What :meth:`topic` takes beside each: ``({"until": "2025-01"}, {"until": "2025-12"})``
            compares a topic with itself at another time.

        Returns
        -------
        Difference
            Grouped by kind, the most important first.

        Raises
        ------
        NotFoundError
            A seed names nothing.
        """
        from graphkb.difference.operand import diff_topics

        return diff_topics(self, (one, other), bounds)

    def seed_of_file(self, source: str | Path) -> Seed:
        """Find the entities that a file names, as a seed of a topic.

        Parameters
        ----------
        source : str or Path
            Papers in any format that a loader reads, or names and ids, one a line; ``-`` is
            standard input.

        Returns
        -------
        Seed
            For :meth:`topic`; `absent` is what the store does not hold.

        Raises
        ------
        NotFoundError
            A line names nothing, or nothing of the file is in the store.
        """
        from graphkb.topic.seed_file import seed_of_file

        return seed_of_file(self.store, str(source))

    def seed_of_rows(self, rows: Rows, text: str = "an answer") -> Seed:
        """Find the entities that the rows of an answer name, as a seed of a topic.

        Parameters
        ----------
        rows : Rows
            Of :meth:`query` or :meth:`cypher`.
        text : str
            What the seed is to be called.

        Returns
        -------
        Seed
            For :meth:`topic`.

        Raises
        ------
        NotFoundError
            The rows name nothing.
        """
        from graphkb.topic.seed import seed_of_rows

        return seed_of_rows(self.store, rows, text)

    def completed(self, topic: Topic, *, min_confidence: int = 0) -> Topic:
        """Return a topic with every edge that the store has between its members.

        Parameters
        ----------
        topic : Topic
            Such as a union of two, which has the edges of both alone.
        min_confidence : int
            The least confidence of an edge, per mille.

        Returns
        -------
        Topic
            The same members.
        """
        from graphkb.topic.sets import completed

        return completed(self.store, topic, min_confidence=min_confidence)

    def graph(self, *, ground: bool = False) -> Graph:
        """Return the whole graph.

        Parameters
        ----------
        ground : bool
            Whether sources and records are part of it.

        Returns
        -------
        Graph
            Entities and edges.
        """
        from graphkb.model.graph import Graph
        from graphkb.model.schema import ENTITY_TYPES

        labels = [d.label for d in ENTITY_TYPES if ground or not d.ground]
        return Graph.of(self.store.entities(labels), self.store.edges())

    def export(
        self,
        format_name: str,
        out: str | Path,
        *seeds: str | Seed | Topic,
        rows: Rows | None = None,
        title: str | None = None,
        spreadsheet: bool = False,
        tell: Callable[[int, int], object] | None = None,
        **growth: Unpack[TopicOptions],
    ) -> Exported:
        """Write the graph, the topic of some seeds, or what an answer names, in a format.

        Parameters
        ----------
        format_name : str
            A name that :func:`export_formats` lists.
        out : str or Path
            The file or folder.
        *seeds : str, Seed or Topic
            One topic, or seeds as in :meth:`topic`; without any, and without rows, the whole
            graph is written.
        rows : Rows, optional
            An answer of :meth:`query` or :meth:`cypher`: what it names is written, with all edges
            among it.
        title : str, optional
            What heads it; by default a topic's own.
        spreadsheet : bool
            True makes what a spreadsheet would take for a formula harmless, and counts it as
            lost; only of a format with cells.
        tell : callable, optional
            Told from time to time how many entities and edges of how many were taken.
        **growth
            As in :meth:`topic`.

        Returns
        -------
        Exported
            What was written, and what the format could not hold.

        Raises
        ------
        ExportError
            The place cannot be written, the rows name nothing, or the format has no cells.
        QueryError
            There is more than one thing to write, or growth without a seed.
        """
        from graphkb.export.content import GraphContent, StoreContent
        from graphkb.export.format import export_format
        from graphkb.export.write import write_export

        content: Content
        topic = self._topic_of(seeds, rows, growth)
        if topic is not None:
            content = topic.content() if title is None else replace(topic.content(), title=title)
        elif rows is not None:
            content = GraphContent(self._drawn(rows), title or "An answer")
        else:
            ground = export_format(format_name).ground
            content = StoreContent(self.store, ground=ground, title=title or _WHOLE)
        return write_export(content, format_name, Path(out), spreadsheet=spreadsheet, tell=tell)

    def view(
        self,
        out: str | Path,
        *seeds: str | Seed | Topic,
        rows: Rows | None = None,
        title: str | None = None,
        **growth: Unpack[TopicOptions],
    ) -> Path:
        """Write the graph, the topic of some seeds, or what an answer names, as a page to explore.

        Parameters
        ----------
        out : str or Path
            The HTML file.
        *seeds : str, Seed or Topic
            One topic, or seeds as in :meth:`topic`; without any, and without rows, the whole
            graph is drawn.
        rows : Rows, optional
            An answer of :meth:`query` or :meth:`cypher`: the entities whose ids, nodes or
            relationships are in it are drawn, with all edges among them.
        title : str, optional
            The page's title; by default a topic's own.
        **growth
            As in :meth:`topic`; but where no topic grows, `limit` is of what is drawn, by
            default 2,000.

        Returns
        -------
        Path
            What was written.

        Raises
        ------
        ExportError
            The rows name nothing, or the place cannot be written.
        QueryError
            There is more than one thing to draw, or growth without a seed.
        """
        from graphkb.export.write import replace_file
        from graphkb.view.page import render_page

        limit = _DRAWN if seeds else growth.pop("limit", _DRAWN)
        topic = self._topic_of(seeds, rows, growth)
        if topic is not None:
            return (topic if title is None else replace(topic, name=title)).view(out)
        graph = self.graph() if rows is None else self._drawn(rows)
        page = render_page(graph, title=title or _WHOLE, limit=limit)
        return replace_file(Path(out), page.encode())

    def _topic_of(
        self, seeds: Sequence[str | Seed | Topic], rows: Rows | None, growth: TopicOptions
    ) -> Topic | None:
        """The one topic that was given, or that grows from what was given; none without any."""
        from graphkb.errors import QueryError
        from graphkb.topic.topic import Topic

        given: list[Topic] = []
        named: list[str | Seed] = []
        for seed in seeds:
            if isinstance(seed, Topic):
                given.append(seed)
            else:
                named.append(seed)
        if len(given) + bool(named) + (rows is not None) > 1:
            raise QueryError(
                "this is of one topic, of seeds or of an answer",
                remedy="join topics with |, and make seeds of rows by seed_of_rows",
            )
        if growth and not named:
            raise QueryError(
                f"{', '.join(growth)} without a seed to grow from",
                remedy="name a method, a paper or some words",
            )
        if named:
            return self.topic(*named, **growth)
        return given[0] if given else None

    def _drawn(self, rows: Rows) -> Graph:
        from graphkb.errors import ExportError
        from graphkb.topic.subgraph import ids_in, subgraph

        graph = subgraph(self.store, ids_in(rows))
        if not graph.entities:
            raise ExportError(
                "the answer names nothing that can be drawn",
                remedy="return ids, nodes or relationships, such as m.id AS id",
            )
        return graph
