"""The façade: everything that a person does with a graph, as methods of one object."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from graphkb.arguments import checks_arguments
from graphkb.asking import Asking
from graphkb.errors import (
    GraphKBError,
    InputError,
    NotFoundError,
    SourceConflictError,
    StoreMissingError,
    StoreTooLargeError,
    StrictError,
)
from graphkb.store import open_store
from graphkb.taking import Taking

if TYPE_CHECKING:
    import networkx as nx

    from graphkb.build.check import Finding
    from graphkb.build.decided import Decisions
    from graphkb.build.intake import Intake
    from graphkb.build.loading import Loading
    from graphkb.build.report import Failure, LoadReport
    from graphkb.model.decision import Decision
    from graphkb.model.graph import Entity
    from graphkb.model.progress import Progress
    from graphkb.model.service import Access
    from graphkb.query.identity import Identity
    from graphkb.store.protocol import Store

__all__ = ["KnowledgeBase", "from_networkx", "open"]


class _Wanted(NamedTuple):
    """A source to load: as it is named, by which loader, and the name in its id."""

    source: str
    loader: str | None
    name: str | None


@checks_arguments
def open(url: str | Path) -> KnowledgeBase:  # noqa: A001 - read as graphkb.open
    """Open the knowledge base at a path or address.

    Parameters
    ----------
    url : str or Path
        A path of the embedded store, ``:memory:``, or ``bolt://…`` or ``neo4j://…`` of a Neo4j.

    Returns
    -------
    KnowledgeBase
        Nothing is created before the first load.

    Examples
    --------
    >>> with open(":memory:") as kb:
    ...     kb.load("sample:").sources[0].kept
    41
    """
    return KnowledgeBase(url)


def from_networkx(
    graph: nx.Graph[Any], url: str | Path = ":memory:", name: str = "networkx"
) -> KnowledgeBase:
    """Open a knowledge base that holds a graph of networkx.

    Nodes and edges are taken as asserted: no text is read. A node needs a `label` and may have a
    `name`, by default its id; an edge needs a `type` and, where it does not start at a Paper, a
    `paper`, the id of what states it. Other attributes are properties of the schema; what the
    schema does not know, None, NaN, and values of another type are left out with a warning.

    Parameters
    ----------
    graph : networkx.Graph
        Of any kind: :meth:`graphkb.topic.topic.Topic.to_networkx` gives one, changed as you like.
    url : str or Path
        As in :func:`open`; where the store holds other sources, the graph is put to them.
    name : str
        The source is called ``networkx:<name>``; one of this name is replaced.

    Returns
    -------
    KnowledgeBase
        Open, with the graph as one of its sources.

    Raises
    ------
    InputError
        A node has no label, or an edge no type or paper, or not one that the schema knows.
    ArgumentError
        It is no graph of networkx.

    Warns
    -----
    UserWarning
        What was left out, with its reasons.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.DiGraph()
    >>> graph.add_node("p", label="Paper", name="On Kites")
    >>> graph.add_node("method:kite", label="Method", name="KITE")
    >>> graph.add_edge("p", "method:kite", type="INTRODUCES")
    >>> with from_networkx(graph) as kb:
    ...     kb.cypher("MATCH (p)-[r:INTRODUCES]->(m) RETURN p.name, r.paper, m.name").rows
    (('On Kites', 'p', 'KITE'),)
    """
    from graphkb.build.networkx_intake import networkx_intake
    from graphkb.build.report import folded
    from graphkb.model.source import Skipped

    intake = networkx_intake(graph, name)
    left_out = [*intake.skipped, *(Skipped(n.place, n.message) for n in intake.notices)]
    if left_out:
        reasons = [f"{fold.reason} ({fold.place})" for fold in folded(left_out)]
        warnings.warn(f"left out of {intake.id}: {'; '.join(reasons)}", stacklevel=2)
    base = KnowledgeBase(url)
    try:
        base._add(intake)  # noqa: SLF001 - of this module
    except BaseException:
        base.close()
        raise
    return base


@checks_arguments
class KnowledgeBase(Asking, Taking):
    """A graph of papers and what they state, in an embedded store or a Neo4j.

    Parameters
    ----------
    url : str or Path
        As in :func:`open`.
    """

    def __init__(self, url: str | Path) -> None:
        self.url = str(url)
        self._held: Store | None = None

    def close(self) -> None:
        """Release the store."""
        if self._held is not None:
            self._held.close()
            self._held = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def store(self) -> Store:
        """The store, opened for reading."""
        if self._held is None:
            self._held = open_store(self.url, write=self.url == ":memory:")
            _tell_unfinished(self._held)
        return self._held

    @contextmanager
    def _writing(self) -> Iterator[Store]:
        """The store opened for writing, and closed so that others see what was written."""
        if self.url == ":memory:":
            yield self.store
            return
        self.close()
        with open_store(self.url, write=True) as store:
            yield store

    # Sources

    def load(
        self,
        *sources: str | Path,
        loader: str | None = None,
        name: str | None = None,
        options: Mapping[str, str] | None = None,
        strict: bool = False,
        dry_run: bool = False,
        offline: bool = False,
        progress: Progress | None = None,
    ) -> LoadReport:
        """Load sources; the same source with the same content again changes nothing.

        Parameters
        ----------
        *sources : str or Path
            Paths, ``-`` for standard input, or schemes (``sample:``, ``arxiv:2402.03300``).
        loader : str, optional
            The loader for all of them; by default each is recognised by its content.
        name : str, optional
            The name of the one source in its id; it also replaces a source of this name that
            came from another place.
        options : mapping of str to str, optional
            For the loader.
        strict : bool
            Refuse everything where anything would be skipped.
        dry_run : bool
            Report and write nothing.
        offline : bool
            Ask no service: what a scheme names comes from the cache of earlier answers.
        progress : callable, optional
            Told of each stage how far it is: its name, how much is done, and of how much (0 where
            nobody knows).

        Returns
        -------
        LoadReport
            What was kept, merged and skipped; sources that failed are named, the others loaded.

        Raises
        ------
        StrictError
            With `strict`, when something would be skipped.
        StoreError
            The store cannot be opened or written.
        """
        from graphkb.model.service import Access

        if name is not None and len(sources) != 1:
            raise InputError(
                "a name was given for more than one source", remedy="load them one by one"
            )
        wanted = [_Wanted(str(source), loader, name) for source in sources]
        access = Access(offline=offline)
        return self._load(wanted, access, options, strict, dry_run, progress)

    def refresh(
        self,
        *sources: str,
        options: Mapping[str, str] | None = None,
        strict: bool = False,
        dry_run: bool = False,
        progress: Progress | None = None,
    ) -> LoadReport:
        """Fetch live sources again from the services that they came from.

        The services are asked even where the cache holds an answer that is still good; what they
        say has not changed is not sent again.

        Parameters
        ----------
        *sources : str
            Ids of loaded sources; by default all that came from a service.
        options, strict, dry_run, progress
            As in :meth:`load`.

        Returns
        -------
        LoadReport
            As of :meth:`load`; a source that cannot be fetched stays as it is.

        Raises
        ------
        NotFoundError
            No source has such an id, or none came from a service.
        """
        from graphkb.loaders import loaders
        from graphkb.model.service import Access

        live = {found.scheme for found in loaders().values() if found.live}
        held = {source.id: source for source in self.sources()}
        places = {
            id_: place
            for id_, source in held.items()
            if (place := str(source.properties.get("place", ""))).partition(":")[0] in live
        }
        for id_ in sources:
            if id_ not in places:
                what = "came from no service" if id_ in held else "was never loaded"
                known = ", ".join(places) or "none"
                raise NotFoundError(
                    f"source {id_!r} {what}", remedy=f"sources that can be fetched again: {known}"
                )
        if not places:
            raise NotFoundError(
                "no source came from a service",
                remedy="load one by a scheme, such as arxiv:2402.03300, or load files again",
            )
        chosen = dict.fromkeys(sources) or places
        wanted = [_Wanted(places[id_], None, str(held[id_].properties["name"])) for id_ in chosen]
        access = Access(renew=True)
        return self._load(wanted, access, options, strict, dry_run, progress)

    def _load(
        self,
        wanted: Iterable[_Wanted],
        access: Access,
        options: Mapping[str, str] | None,
        strict: bool,
        dry_run: bool,
        progress: Progress | None,
    ) -> LoadReport:
        from graphkb.model.collector import resting_collector

        with resting_collector():
            return self._loaded(wanted, access, options, strict, dry_run, progress)

    def _loaded(
        self,
        wanted: Iterable[_Wanted],
        access: Access,
        options: Mapping[str, str] | None,
        strict: bool,
        dry_run: bool,
        progress: Progress | None,
    ) -> LoadReport:
        from graphkb.build.intake import take_in
        from graphkb.build.loading import check_conflict
        from graphkb.build.memory import Room
        from graphkb.build.report import Failure, LoadReport

        room = Room(self.url, first=_is_new(self.url))
        intakes: list[tuple[_Wanted, Intake]] = []
        failures: list[Failure] = []
        for one in wanted:
            try:
                intake = take_in(
                    one.source,
                    loader=one.loader,
                    name=one.name,
                    options=options,
                    access=access,
                    room=room,
                    progress=progress,
                )
                intakes.append((one, intake))
            except StoreTooLargeError:
                raise
            except GraphKBError as error:
                failures.append(Failure(one.source, error))
        if strict:
            _refuse_skips([(one.source, intake) for one, intake in intakes], failures)
        if not intakes:
            return LoadReport((), tuple(failures), dry_run=dry_run)
        with self._looking() if dry_run else self._writing() as store:
            held = {entity.id: entity for entity in store.entities(["Source"])}
            accepted: dict[str, Intake] = {}
            for one, intake in intakes:
                before, known = accepted.values(), held.get(intake.id)
                try:
                    check_conflict(intake, known, before, named=one.name is not None)
                except SourceConflictError as error:
                    failures.append(Failure(one.source, error))
                else:
                    first = accepted.get(intake.id)
                    accepted[intake.id] = first.repeated(one.source) if first else intake
            if strict:
                _refuse_skips((), failures)
            loading = self._loading(store, progress)
            reports, changes = loading.load(tuple(accepted.values()), dry_run=dry_run)
        return LoadReport(reports, tuple(failures), changes, dry_run)

    @contextmanager
    def _looking(self) -> Iterator[Store]:
        """The store for a dry run: what is there, or an empty one in memory."""
        try:
            store = self.store
        except StoreMissingError:
            with open_store(":memory:", write=True) as empty:
                yield empty
        else:
            yield store

    def _add(self, intake: Intake) -> None:
        """Add or replace a source that is read already."""
        from graphkb.model.collector import resting_collector

        with resting_collector(), self._writing() as store:
            self._loading(store).load([intake])

    def forget(self, source: str) -> int:
        """Bring the graph to where it would be had a source never been loaded.

        Parameters
        ----------
        source : str
            The source's id.

        Returns
        -------
        int
            How many entities and edges were written or deleted.

        Raises
        ------
        NotFoundError
            No source has that id.
        """
        self.store  # noqa: B018 - a store that is not there says so, before a write makes one
        with self._writing() as store:
            return self._loading(store).forget(source)

    def rebuild(self, progress: Progress | None = None) -> int:
        """Derive every entity and edge again from the records.

        Parameters
        ----------
        progress : callable, optional
            Told of each stage how far it is: its name, how much is done, and of how much (0 where
            nobody knows).

        Returns
        -------
        int
            How many entities and edges were written or deleted.
        """
        self.store  # noqa: B018 - as in forget
        with self._writing() as store:
            return self._loading(store, progress).rebuild()

    def sources(self, *, builtin: bool = False) -> tuple[Entity, ...]:
        """Return the loaded sources.

        Parameters
        ----------
        builtin : bool
            Whether to list the built-in source of the curated facts too.

        Returns
        -------
        tuple of Entity
            Sorted by id.
        """
        found = [
            s
            for s in self.store.entities(["Source"])
            if builtin or s.properties.get("loader") != "builtin"
        ]
        return tuple(sorted(found, key=lambda s: s.id))

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been loaded."""
        return next(iter(self.store.entities(["Source"])), None) is None

    # Decisions

    def join(self, one: str, two: str, *, note: str | None = None) -> tuple[Decision, int]:
        """Decide that two papers, names or authors are one.

        Parameters
        ----------
        one, two : str
            Names as :meth:`show` takes them; the name of the first stays, unless the catalogue
            has the second.
        note : str, optional
            Kept with the decision: who, when, why.

        Returns
        -------
        tuple
            The decision, and how many entities and edges were written or deleted.

        Raises
        ------
        NotFoundError
            Nothing is called so.
        DecisionError
            They are one already, or another decision says otherwise.

        Examples
        --------
        >>> with open(":memory:") as kb:
        ...     _ = kb.load("sample:")
        ...     kb.join("PINE", "PTP")[0].title
        'join PINE and PTP'
        """
        from graphkb.query.deciding import joined

        return self._decide(lambda store, known: joined(store, known, one, two, note=note))

    def set_apart(
        self, one: str, two: str, *, paper: str | None = None, note: str | None = None
    ) -> tuple[Decision, int]:
        """Decide that two papers, names or authors are not one, whatever rule would join them.

        Parameters
        ----------
        one, two : str
            Names as :meth:`show` takes them; of one paper, two identifiers or ids of records; of
            one name, two spellings.
        paper : str, optional
            The one paper in which the second is another name or author.
        note : str, optional
            Kept with the decision: who, when, why.

        Returns
        -------
        tuple
            The decision, and how many entities and edges were written or deleted.

        Raises
        ------
        NotFoundError
            Nothing is called so.
        DecisionError
            Nothing tells the two apart, or another decision says otherwise.
        """
        from graphkb.query.deciding import set_apart

        return self._decide(
            lambda store, known: set_apart(store, known, one, two, paper=paper, note=note)
        )

    def reject(
        self,
        start: str,
        relationship: str,
        end: str,
        *,
        paper: str | None = None,
        note: str | None = None,
    ) -> tuple[Decision, int]:
        """Decide that an edge is wrong; it stays away on every later load.

        An introduction that is rejected becomes a mention; with a mention everything goes that the
        paper says of the name.

        Parameters
        ----------
        start, end : str
            Names of its ends.
        relationship : str
            Its type.
        paper : str, optional
            The one paper that states it wrongly; by default all that do.
        note : str, optional
            Kept with the decision: who, when, why.

        Returns
        -------
        tuple
            The decision, and how many entities and edges were written or deleted.

        Raises
        ------
        NotFoundError
            There is no such edge.
        DecisionError
            Edges of this type are not decided about.
        """
        from graphkb.query.deciding import rejected

        return self._decide(
            lambda store, _: rejected(store, start, relationship, end, paper=paper, note=note)
        )

    def revoke(self, decision: str) -> tuple[Decision, int]:
        """Take a decision back: the graph is that of never having made it.

        Parameters
        ----------
        decision : str
            Its id, or the beginning of it.

        Returns
        -------
        tuple
            The decision, and how many entities and edges were written or deleted.

        Raises
        ------
        NotFoundError
            There is no such decision, or there are several.
        """
        from graphkb.query.deciding import decision_of_id

        self.store  # noqa: B018 - as in forget
        with self._writing() as store:
            loading = self._loading(store)
            known = loading.decisions()
            revoked = decision_of_id(known, decision)
            return revoked, loading.decide(one for one in known if one.id != revoked.id)

    def decisions(self) -> tuple[tuple[Decision, bool], ...]:
        """Return what was decided.

        Returns
        -------
        tuple of (Decision, bool)
            Sorted by id; each with whether anything that it is about is loaded.
        """
        from graphkb.query.deciding import is_loaded

        *_, known = self._loading(self.store).facts()
        return tuple((one, is_loaded(self.store, known, one)) for one in known.all)

    def identity(self, name: str) -> Identity:
        """Tell what makes up an entity, by which rule, and what was kept out of it and why.

        Parameters
        ----------
        name : str
            As :meth:`show` takes it.

        Returns
        -------
        Identity
            Of a paper its records and refused links; of a method, model or benchmark its
            spellings, senses and catalogue entry; of an author the works and namesakes.

        Raises
        ------
        NotFoundError
            Nothing is called so.

        Examples
        --------
        >>> with open(":memory:") as kb:
        ...     _ = kb.load("sample:")
        ...     kb.identity("arxiv:2506.02864").parts[0].part
        'record'
        """
        from graphkb.query.identity import identity
        from graphkb.query.resolve import resolve

        entity = resolve(self.store, name)
        return identity(self.store, entity, *self._loading(self.store).facts())

    def serve(
        self,
        *,
        port: int = 8717,
        allow_load: bool = False,
        tell: Callable[[str], object] = print,
    ) -> None:
        """Serve the live explorer on loopback until interrupted.

        Parameters
        ----------
        port : int
            0 for any that is free.
        allow_load : bool
            Whether a source that is dropped onto the page is loaded.
        tell : callable, optional
            Told the address once it answers.

        Raises
        ------
        StoreError
            The store cannot be opened, or the port is taken.
        MissingExtraError
            starlette and uvicorn are not installed.
        """
        from graphkb.view.listening import run

        def load(file: Path, name: str) -> LoadReport:
            with open(self.url) as base:
                return base.load(str(file), name=name.split(".")[0])

        if not allow_load:
            self.store  # noqa: B018 - a store that is not there says so, before anybody waits
        self.close()
        run(self.url, port=port, load=load if allow_load else None, tell=tell)

    def _decide(self, decision: Callable[[Store, Decisions], Decision]) -> tuple[Decision, int]:
        self.store  # noqa: B018 - as in forget
        with self._writing() as store:
            loading = self._loading(store)
            *_, known = loading.facts()
            made = decision(store, known)
            kept = (one for one in known.all if one.id != made.id)
            return made, loading.decide((*kept, made))

    def _loading(self, store: Store, progress: Progress | None = None) -> Loading:
        from graphkb.build.ground import current_builder
        from graphkb.build.loading import Loading
        from graphkb.extract.accepting import AcceptingReader
        from graphkb.extract.catalogue import load_catalogue

        return Loading(store, current_builder(), load_catalogue(), AcceptingReader, progress)

    def doctor(self, progress: Progress | None = None) -> tuple[Finding, ...]:
        """Check that the store holds what its records derive, every quotation in its place.

        Parameters
        ----------
        progress : callable, optional
            Told of each stage how far it is: its name, how much is done, and of how much (0 where
            nobody knows).

        Returns
        -------
        tuple of Finding
            Empty where all is well.
        """
        from graphkb.build.check import check_store
        from graphkb.build.ground import current_builder

        loading = self._loading(self.store, progress)
        return tuple(check_store(self.store, current_builder(), loading.pending))


def _is_new(url: str) -> bool:
    """Whether a file is named that is not there yet."""
    return "://" not in url and url != ":memory:" and not Path(url).exists()


def _tell_unfinished(store: Store) -> None:
    """Warn of loads that were killed: until they are finished, answers may be of half a graph."""
    unfinished = [s for s in store.entities(["Source"]) if s.properties.get("state") == "loading"]
    loaded = [s.id for s in unfinished if s.properties.get("loader") != "builtin"]
    for id_ in loaded:
        logging.getLogger(__name__).warning(
            "the load of %s is unfinished; load it again, or run `graphkb forget %s`", id_, id_
        )
    if unfinished and not loaded:
        logging.getLogger(__name__).warning("a rebuild is unfinished; run `graphkb rebuild` again")


def _refuse_skips(intakes: Iterable[tuple[str, Intake]], failures: Iterable[Failure]) -> None:
    """Raise for the first thing that would not be loaded."""
    for failure in failures:
        raise StrictError(
            f"{failure.error.what}; nothing was written",
            where=failure.error.where or failure.source,
            remedy=failure.error.remedy,
        )
    for source, intake in intakes:
        for skipped in intake.skipped:
            more = len(intake.skipped) - 1
            raise StrictError(
                f"{skipped.reason}; nothing was written" + (f" ({more} more)" if more else ""),
                where=f"{source}, {skipped.place}",
                remedy="mend the source, or load it without --strict",
            )
