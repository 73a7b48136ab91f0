"""The questions of the façade: what a person asks of a graph, each as one method."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from graphkb.arguments import checks_arguments

if TYPE_CHECKING:
    from graphkb.query.comparison import Comparison
    from graphkb.query.count import Count
    from graphkb.query.describe import Description
    from graphkb.query.leaderboard import Leaderboard
    from graphkb.query.lineage import Lineage
    from graphkb.query.search import Found
    from graphkb.query.similar import Similarity
    from graphkb.query.timeline import Timeline
    from graphkb.query.trends import Trends
    from graphkb.query.why import Explanation
    from graphkb.store.protocol import PlanStep, Rows, Store, Stream

__all__ = ["Asking"]


@checks_arguments
class Asking(ABC):
    """What answers questions about the graph of a store."""

    @property
    @abstractmethod
    def store(self) -> Store:
        """The store, opened for reading."""

    def digest(self) -> str:
        """Return the SHA-256 of the canonical form of graph and records.

        Returns
        -------
        str
            64 hexadecimal digits.
        """
        from graphkb.model.graph import graph_digest

        return graph_digest(self.store.entities(), self.store.edges())

    def cypher(
        self,
        statement: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> Rows:
        """Answer a Cypher statement that only reads.

        Parameters
        ----------
        statement : str
            Cypher.
        parameters : mapping, optional
            Values for ``$name``.
        limit : int, optional
            Most rows.
        timeout : float, optional
            Seconds.

        Returns
        -------
        Rows
            Columns and rows.

        Raises
        ------
        QueryError
            The statement is wrong, would write, or took too long; on the embedded store also
            where Neo4j would answer otherwise, or where it names what no graph of this schema
            has (on Neo4j, whose graph may hold more, the log warns of such a name).
        """
        self._look_at(statement, parameters)
        return self.store.cypher(statement, parameters, limit=limit, timeout=timeout, own=False)

    def stream(
        self,
        statement: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> Stream:
        """Answer a Cypher statement that only reads, row by row.

        Parameters
        ----------
        statement, parameters, limit, timeout
            As in :meth:`cypher`.

        Returns
        -------
        Stream
            To be used in a ``with``; it has ``columns``, and ``cut`` when all rows were read.

        Raises
        ------
        QueryError
            As :meth:`cypher`; while rows are read, too.

        Examples
        --------
        >>> import graphkb
        >>> with graphkb.open(":memory:") as kb:
        ...     _ = kb.load("sample:")
        ...     with kb.stream("MATCH (m:Method {id: 'method:ppo'}) RETURN m.name AS name") as rows:
        ...         print(rows.columns, next(iter(rows)))
        ('name',) ('PPO',)
        """
        self._look_at(statement, parameters)
        return self.store.stream(statement, parameters, limit=limit, timeout=timeout, own=False)

    def explain(
        self, statement: str, parameters: Mapping[str, Any] | None = None
    ) -> tuple[PlanStep, ...]:
        """Return the engine's plan for a Cypher statement, which is not run.

        Parameters
        ----------
        statement, parameters
            As in :meth:`cypher`.

        Returns
        -------
        tuple of PlanStep
            In the order of showing.

        Raises
        ------
        QueryError
            The statement is wrong or would write.

        Examples
        --------
        >>> import graphkb
        >>> with graphkb.open(":memory:") as kb:
        ...     _ = kb.load("sample:")
        ...     [s.operator for s in kb.explain("MATCH (m:Method) RETURN m.id AS id LIMIT 3")]
        ['Match', 'Return', 'Limit']
        """
        self._look_at(statement, parameters)
        return self.store.explain(statement, parameters)

    def _look_at(self, statement: str, parameters: Mapping[str, Any] | None) -> None:
        from graphkb.store.lint import look_at

        look_at(statement, parameters, engine=self.store.engine)

    def query(self, name: str, **parameters: object) -> Rows:
        """Answer a named query.

        Parameters
        ----------
        name : str
            A name that :func:`queries` lists.
        **parameters
            Its parameters; names of entities are resolved as :meth:`show` does.

        Returns
        -------
        Rows
            Columns and rows.

        Raises
        ------
        NotFoundError
            No query, or no entity, has that name.
        QueryError
            A parameter is missing, unknown or of the wrong type.

        Examples
        --------
        >>> import graphkb
        >>> with graphkb.open(":memory:") as kb:
        ...     _ = kb.load("sample:")
        ...     kb.query("ancestors", method="PPO").rows[0][1]
        'TRPO'
        """
        from graphkb.query.named import named_query, run_query

        return run_query(self.store, named_query(name), parameters)

    def search(
        self,
        text: str,
        *,
        limit: int | None = 20,
        kinds: Collection[str] = (),
        since: str | None = None,
        until: str | None = None,
    ) -> tuple[Found, ...]:
        """Find entities by names, titles and abstracts.

        Parameters
        ----------
        text : str
            An id, a name or the beginning of one, or words, all of which must be found.
        limit, kinds, since, until
            As in :func:`graphkb.query.search.search`.

        Returns
        -------
        tuple of Found
            The best first; each says what matched, and shows it in its snippet.

        Raises
        ------
        QueryError
            A kind or a date is none.
        """
        from graphkb.query.search import search

        return search(self.store, text, limit=limit, kinds=kinds, since=since, until=until)

    def show(self, name: str) -> Description:
        """Describe an entity: its properties, and its edges with their sentences.

        Parameters
        ----------
        name : str
            An id, name, alias, former id, or the beginning of one name.

        Returns
        -------
        Description
            The entity and its statements.

        Raises
        ------
        NotFoundError
            Nothing is called so; the error names what is near.
        """
        from graphkb.query.describe import describe
        from graphkb.query.resolve import resolve

        return describe(self.store, resolve(self.store, name))

    def stats(self) -> tuple[Count, ...]:
        """Count entities and relationships by label and type.

        Returns
        -------
        tuple of Count
            In the schema's order.
        """
        from graphkb.query.count import count

        return count(self.store)

    def lineage(
        self, name: str, *, up: bool = True, down: bool = True, depth: int = 5, limit: int = 20
    ) -> Lineage:
        """Find what a method, model or benchmark descends from, and what came of it.

        Parameters
        ----------
        name : str
            As :meth:`show` takes it; of several things of the name it is the method that is meant.
        up, down, depth, limit
            As in :func:`graphkb.query.lineage.lineage`.

        Returns
        -------
        Lineage
            Two trees, each step with the sentences that state it.

        Raises
        ------
        NotFoundError
            Nothing is called so.
        QueryError
            It is neither a method nor a model nor a benchmark.

        Examples
        --------
        >>> import graphkb
        >>> with graphkb.open(":memory:") as kb:
        ...     _ = kb.load("sample:")
        ...     found = kb.lineage("GRPO", down=False)
        >>> [step.parent.name for step in found.steps if step.depth == 1]
        ['REINFORCE', 'PPO']
        """
        from graphkb.model.schema import ARTEFACT_LABELS
        from graphkb.query.lineage import lineage
        from graphkb.query.resolve import resolve_first

        entity = resolve_first(self.store, name, ARTEFACT_LABELS)
        return lineage(self.store, entity, up=up, down=down, depth=depth, limit=limit)

    def timeline(self, name: str) -> Timeline:
        """Find the papers that take up a method, model or benchmark, by date.

        Parameters
        ----------
        name : str
            As :meth:`lineage` takes it.

        Returns
        -------
        Timeline
            Each paper once, with the most telling relationship that it states.

        Raises
        ------
        NotFoundError
            Nothing is called so.
        QueryError
            It is neither a method nor a model nor a benchmark.

        Examples
        --------
        >>> import graphkb
        >>> with graphkb.open(":memory:") as kb:
        ...     _ = kb.load("sample:")
        ...     found = kb.timeline("BNPO")
        >>> [(taken.date, taken.type) for taken in found.papers]
        [('2025-06-03', 'INTRODUCES')]
        """
        from graphkb.model.schema import ARTEFACT_LABELS
        from graphkb.query.resolve import resolve_first
        from graphkb.query.timeline import timeline

        return timeline(self.store, resolve_first(self.store, name, ARTEFACT_LABELS))

    def why(self, one: str, other: str, *, limit: int | None = None, hops: int = 4) -> Explanation:
        """Find the ways that join two things, the most meaningful first.

        Parameters
        ----------
        one, other : str
            As :meth:`show` takes them.
        limit, hops
            As in :func:`graphkb.query.why.why`.

        Returns
        -------
        Explanation
            The ways, each hop with the sentences that state it.

        Raises
        ------
        NotFoundError
            Nothing is called so.
        QueryError
            Both names mean one thing.

        Examples
        --------
        >>> import graphkb
        >>> with graphkb.open(":memory:") as kb:
        ...     _ = kb.load("sample:")
        ...     found = kb.why("GRPO", "TRPO")
        >>> [entity.name for entity in found.ways[0].entities]
        ['GRPO', 'PPO', 'TRPO']
        """
        from graphkb.query.resolve import resolve
        from graphkb.query.why import why

        start, end = resolve(self.store, one), resolve(self.store, other)
        return why(self.store, start, end, limit=limit, hops=hops)

    def compare(self, one: str, other: str, *, limit: int = 20) -> Comparison:
        """Put two methods, models, benchmarks or papers side by side.

        Parameters
        ----------
        one, other, limit
            As in :func:`graphkb.query.comparison.compare`.

        Returns
        -------
        Comparison
            What they are, share and differ in, and what is said of the two.

        Raises
        ------
        NotFoundError
            Nothing is called so.
        QueryError
            Both names mean one thing, or a thing that is not compared.

        Examples
        --------
        >>> import graphkb
        >>> with graphkb.open(":memory:") as kb:
        ...     _ = kb.load("sample:")
        ...     found = kb.compare("GRPO", "PPO")
        >>> [common.entity.name for common in found.aspects[0].both][:2]
        ['TRPO', 'policy gradient']
        """
        from graphkb.query.comparison import compare

        return compare(self.store, one, other, limit=limit)

    def leaderboard(
        self, benchmark: str, *, as_of: str | None = None, limit: int = 20
    ) -> Leaderboard:
        """Rank what papers report on a benchmark.

        Parameters
        ----------
        benchmark, as_of, limit
            As in :func:`graphkb.query.leaderboard.leaderboard`.

        Returns
        -------
        Leaderboard
            A board a metric; gains, ratios and bounds apart.

        Raises
        ------
        NotFoundError
            No benchmark is called so.
        QueryError
            The date is none.

        Examples
        --------
        >>> import graphkb
        >>> with graphkb.open(":memory:") as kb:
        ...     _ = kb.load("sample:")
        ...     board = kb.leaderboard("AIME 2024").boards[0]
        >>> [(place.rank, place.best.text) for place in board.standings]
        [(1, '79.9%')]
        """
        from graphkb.query.leaderboard import leaderboard

        return leaderboard(self.store, benchmark, as_of=as_of, limit=limit)

    def trends(
        self,
        *,
        since: str | None = None,
        until: str | None = None,
        kinds: Collection[str] = (),
        limit: int = 20,
    ) -> Trends:
        """Find what rose and what fell between two adjacent periods of one length.

        Parameters
        ----------
        since, until, kinds, limit
            As in :func:`graphkb.query.trends.trends`.

        Returns
        -------
        Trends
            What rose, what fell, and what is new.

        Raises
        ------
        QueryError
            A date is none, a kind is unknown, or a period has no papers.

        Examples
        --------
        >>> import graphkb
        >>> with graphkb.open(":memory:") as kb:
        ...     _ = kb.load("sample:")
        ...     str(kb.trends(since="2025-10").later)
        '2025-10-01 to 2025-12-31'
        """
        from graphkb.query.trends import trends

        return trends(self.store, since=since, until=until, kinds=kinds, limit=limit)

    def similar(self, name: str, *, limit: int = 20) -> Similarity:
        """Find what is most like a method, model, benchmark, paper or task.

        Parameters
        ----------
        name, limit
            As in :func:`graphkb.query.similar.similar`.

        Returns
        -------
        Similarity
            The most alike first, with the reasons.

        Raises
        ------
        NotFoundError
            Nothing is called so.
        QueryError
            It is an author, a repository or the like.

        Examples
        --------
        >>> import graphkb
        >>> with graphkb.open(":memory:") as kb:
        ...     _ = kb.load("sample:")
        ...     [one.entity.name for one in kb.similar("PPO", limit=2).found]
        ['GRPO', 'TRPO']
        """
        from graphkb.query.similar import similar

        return similar(self.store, name, limit=limit)
