"""The results of the façade: topics, pages and exports, each as one method."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graphkb.export.write import Exported
    from graphkb.model.graph import Graph
    from graphkb.store.protocol import Rows, Store
    from graphkb.topic.seed import Seed
    from graphkb.topic.topic import Topic

__all__ = ["Taking"]


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
            exclude=exclude,
            budgets=budgets,
            min_support=min_support,
            min_confidence=min_confidence,
        )

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

    def export(self, format_name: str, out: str | Path, *seeds: str, limit: int = 60) -> Exported:
        """Write the graph, or the topic of some seeds, in a format.

        Parameters
        ----------
        format_name : str
            A name that :func:`export_formats` lists.
        out : str or Path
            The file or folder.
        *seeds : str
            As in :meth:`topic`; without any the whole graph is written.
        limit : int
            Most entities of the topic.

        Returns
        -------
        Exported
            What was written, and what the format could not hold.

        Raises
        ------
        ExportError
            The place cannot be written.
        """
        from graphkb.export.content import StoreContent
        from graphkb.export.format import export_format
        from graphkb.export.write import write_export

        if seeds:
            return write_export(self.topic(*seeds, limit=limit).content(), format_name, Path(out))
        whole = StoreContent(self.store, ground=export_format(format_name).ground)
        return write_export(whole, format_name, Path(out))

    def view(
        self,
        out: str | Path,
        *seeds: str,
        rows: Rows | None = None,
        limit: int | None = None,
        title: str | None = None,
    ) -> Path:
        """Write the graph, the topic of some seeds, or what an answer names, as a page to explore.

        Parameters
        ----------
        out : str or Path
            The HTML file.
        *seeds : str
            As in :meth:`topic`; without any, and without rows, the whole graph is drawn.
        rows : Rows, optional
            An answer of :meth:`query` or :meth:`cypher`: the entities whose ids, nodes or
            relationships are in it are drawn, with all edges among them.
        limit : int, optional
            Most entities: 60 of a topic, else 2,000 by default.
        title : str, optional
            The page's title.

        Returns
        -------
        Path
            What was written.

        Raises
        ------
        ExportError
            Seeds and rows were given, the rows name nothing, or the place cannot be written.
        """
        from graphkb.errors import ExportError
        from graphkb.export.write import replace_file
        from graphkb.view.page import render_page

        if seeds and rows is not None:
            raise ExportError(
                "a page is of seeds or of an answer", remedy="leave one of the two out"
            )
        if seeds:
            return self.topic(*seeds, limit=limit or 60).view(out)
        graph = self.graph() if rows is None else self._drawn(rows)
        page = render_page(graph, title=title or "Papers and methods", limit=limit or 2000)
        return replace_file(Path(out), page.encode())

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
