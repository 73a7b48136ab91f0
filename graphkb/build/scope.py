"""The papers whose edges are derived again, growing while a change is followed."""

from __future__ import annotations

from collections.abc import Iterable

from graphkb.build.claim import ReadPaper
from graphkb.build.decided import NO_DECISIONS, Decisions
from graphkb.build.derive import Read, read_paper, read_papers
from graphkb.build.paper import paper_entity
from graphkb.build.reach import Reach, Touched
from graphkb.build.work import Work
from graphkb.model.graph import Entity
from graphkb.model.progress import Progress
from graphkb.store.protocol import Store

__all__ = ["Scope"]


class Scope:
    """Papers that are derived again.

    Parameters
    ----------
    store : Store
        What holds the graph.
    reach : Reach
        Looks up records in it.
    touched : Touched
        The works that the change of records touches.
    read : callable
        From title and abstract to what is stated there.
    progress : callable, optional
        Told of each stage how far it is.
    decisions : Decisions
        What persons decided.

    Attributes
    ----------
    ids : set of str
        Every paper whose edges are taken away: gone, new, changed or otherwise reached.
    works : dict of str to Work
        Those of them that are delivered after the change.
    entities : dict of str to Entity
        Their papers.
    papers : dict of str to ReadPaper
        What they say.
    """

    def __init__(
        self,
        store: Store,
        reach: Reach,
        touched: Touched,
        read: Read,
        progress: Progress | None = None,
        decisions: Decisions = NO_DECISIONS,
    ) -> None:
        self._store = store
        self._decisions = decisions
        self._reach = reach
        self._read = read
        self._others: dict[str, ReadPaper] = {}
        self.ids: set[str] = {*touched.gone, *touched.new}
        self.works: dict[str, Work] = {i: w for i, w in touched.new.items() if w.delivered}
        self.entities: dict[str, Entity] = {i: paper_entity(w) for i, w in self.works.items()}
        papers = read_papers(self.entities.values(), read, decisions, progress)
        self.papers: dict[str, ReadPaper] = {paper.id: paper for paper in papers}

    def add(self, papers: Iterable[str]) -> None:
        """Take in papers whose records did not change."""
        wanted = sorted(set(papers) - self.ids)
        self.ids.update(wanted)
        self.works |= self._reach.works_of(wanted)
        for id_, entity in self._store.entities_by_id(wanted).items():
            self.entities[id_] = entity
            if id_ not in self._others:
                self._others[id_] = read_paper(entity, self._read, self._decisions)
            self.papers[id_] = self._others.pop(id_)

    def others(self, papers: Iterable[str]) -> dict[str, ReadPaper]:
        """Return papers of the store that stay outside, read."""
        wanted = [id_ for id_ in dict.fromkeys(papers) if id_ not in self.ids]
        missing = [id_ for id_ in wanted if id_ not in self._others]
        for id_, entity in self._store.entities_by_id(missing).items():
            self._others[id_] = read_paper(entity, self._read, self._decisions)
        return {id_: self._others[id_] for id_ in wanted}
