"""The graph as a pure function of records, catalogue and reader."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from msgspec import structs

from graphkb.build.asserted import Remark, overlaid, with_asserted_support
from graphkb.build.author import author_entities
from graphkb.build.claim import ReadPaper, claims_of, strongest
from graphkb.build.curated import called_for, cited_records, curated_edges
from graphkb.build.decided import NO_DECISIONS, Decisions
from graphkb.build.link import RefusedLink
from graphkb.build.naming import Artefact, Mention, Names, Naming, entry_id, resolve_names
from graphkb.build.paper import described, paper_entity, stub_entity
from graphkb.build.recorded import displayed, recorded
from graphkb.build.sourced import SourcedAssertion, SourcedRecord
from graphkb.build.support import with_support
from graphkb.build.work import Work, join_records
from graphkb.extract.catalogue import Catalogue, Entry
from graphkb.model.graph import Edge, EdgeKey, Entity, Graph
from graphkb.model.name import name_key
from graphkb.model.progress import Progress, watched
from graphkb.model.reading import Reading
from graphkb.model.schema import KIND_LABELS

__all__ = [
    "Built",
    "Read",
    "artefact_entities",
    "artefact_entity",
    "build",
    "mentions",
    "read_paper",
    "read_papers",
    "stub",
    "task_entities",
    "task_entity",
    "task_ids",
    "told_tasks",
    "touching",
]

Read = Callable[[str, str], Reading]
ReadAll = Callable[[Iterable[tuple[str, str]]], Iterator[Reading]]


@dataclass(frozen=True, slots=True)
class Built:
    """A derived graph, with what a report tells of how it came about.

    Parameters
    ----------
    graph : Graph
        Entities and edges, without sources and records.
    works : tuple of Work
        Which records are one paper; works that only the catalogue cites are left out.
    refused : tuple of RefusedLink
        Links between records that were not made.
    remarks : tuple of Remark
        What the graph does not hold as it is asserted.
    """

    graph: Graph
    works: tuple[Work, ...]
    refused: tuple[RefusedLink, ...]
    remarks: tuple[Remark, ...] = ()


def build(
    records: Iterable[SourcedRecord],
    catalogue: Catalogue,
    read: Read,
    builtin: str,
    progress: Progress | None = None,
    repositories: Iterable[Entity] = (),
    decisions: Decisions = NO_DECISIONS,
    asserted: Collection[SourcedAssertion] = (),
) -> Built:
    """Derive the graph.

    Parameters
    ----------
    records : iterable of SourcedRecord
        All records of the store, in any order.
    catalogue : Catalogue
        The curated facts.
    read : callable
        From title and abstract to what is stated there, at or above the threshold.
    builtin : str
        The id of the built-in source, ``builtin:<version>``.
    progress : callable, optional
        Told of each stage how far it is.
    repositories : iterable of Entity
        What records of repositories tell of them.
    decisions : Decisions
        What persons decided.
    asserted : collection of SourcedAssertion
        Entities and edges that sources assert, in any order.

    Returns
    -------
    Built
        Equal for equal arguments, whatever the order of the records.
    """

    def begin(stage: str) -> None:
        if progress:
            progress(stage, 0, 0)

    records = tuple(records)
    begin("joining records")
    cited = cited_records(catalogue, builtin)
    joined = join_records([*records, *touching(records, cited.values(), decisions)], decisions)
    delivered = tuple(work for work in joined.works if work.delivered)
    work_ids = joined.ids
    entities = {work.id: paper_entity(work) for work in delivered}
    papers = read_papers(entities.values(), read, decisions, progress)
    begin("telling names apart")
    names = resolve_names(mentions(papers), catalogue, work_ids, decisions)
    entries = called_for(catalogue, names.artefacts)
    tasks = task_entities(papers, catalogue)
    entities |= {e.id: e for e in artefact_entities(names, entries)}
    entities |= {e.id: e for e in told_tasks(catalogue)}
    entities |= {e.id: e for e in tasks.values()}
    labels = {id_: entity.label for id_, entity in entities.items()}
    task_ids = {place: task.id for place, task in tasks.items()}
    told: list[Entity] = [*repositories]
    stating = [work.accepted(decisions) for work in delivered]
    authors = author_entities(stating, decisions)

    def edges() -> Iterator[Edge]:
        yield from curated_edges(entries, catalogue, work_ids, builtin, decisions)
        both = list(zip(stating, papers, strict=True))
        for work, paper in watched(progress, "making edges", both):
            claims = claims_of(paper, names.ids, task_ids, labels, decisions)
            stated = recorded(work, paper.stated, authors[work.id], work_ids)
            told.extend((*claims.entities, *stated.entities))
            yield from claims.edges
            yield from stated.edges

    kept = strongest(edges())
    begin("putting the graph in order")
    entities |= displayed(told)
    entities |= _stubs(kept.values(), entities, joined.works, cited)
    if asserted:
        over = overlaid(entities, kept, asserted, delivered, decisions)
        kept = over.edges
        entities = over.entities | _stubs(kept.values(), over.entities, joined.works, cited)
        supported = with_asserted_support(with_support(entities, kept.values()), over.entities)
        return Built(_sorted(supported, kept), delivered, joined.refused, over.remarks)
    entities = with_support(entities, kept.values())
    return Built(_sorted(entities, kept), delivered, joined.refused)


def _sorted(entities: Mapping[str, Entity], edges: Mapping[EdgeKey, Edge]) -> Graph:
    return Graph(
        {id_: entities[id_] for id_ in sorted(entities)}, {k: edges[k] for k in sorted(edges)}
    )


def read_papers(
    entities: Iterable[Entity],
    read: Read,
    decisions: Decisions = NO_DECISIONS,
    progress: Progress | None = None,
) -> list[ReadPaper]:
    """Read the texts of delivered papers.

    Parameters
    ----------
    entities : iterable of Entity
        The papers.
    read, progress
        As in :func:`build`; a reader with a `read_all` of its own is given all of the texts at
        once, and yields the readings in their order.
    decisions : Decisions
        What persons decided.

    Returns
    -------
    list of ReadPaper
        In the order of the papers.
    """
    entities = list(entities)
    read_all: ReadAll | None = getattr(read, "read_all", None)
    if read_all is not None:
        found = read_all(_text(entity) for entity in entities if not entity.properties["stub"])
        one_by_one: Read = lambda _title, _abstract: next(found)  # noqa: E731
    else:
        one_by_one = read
    return [
        read_paper(entity, one_by_one, decisions)
        for entity in watched(progress, "reading papers", entities)
    ]


def _text(entity: Entity) -> tuple[str, str]:
    return str(entity.properties["title"]), str(entity.properties.get("abstract", ""))


def read_paper(entity: Entity, read: Read, decisions: Decisions = NO_DECISIONS) -> ReadPaper:
    """Read the text of a delivered paper.

    Parameters
    ----------
    entity : Entity
        The paper.
    read : callable
        As in :func:`build`.
    decisions : Decisions
        What persons decided.

    Returns
    -------
    ReadPaper
        With what was found in it.
    """
    told = entity.properties
    title, abstract = _text(entity)
    published = told.get("published")
    known = frozenset((entity.id, *told.get("former_ids", ())))  # type: ignore[misc]
    # What is only cited is told of in somebody else's words, if in any.
    reading = Reading() if told["stub"] else read(title, abstract)
    return ReadPaper(
        entity.id,
        title,
        abstract,
        str(published) if published else None,
        told.get("sources", ()),  # type: ignore[arg-type]
        decisions.rejected.reading(known, reading) if decisions.rejected else reading,
        known,
    )


def mentions(papers: Iterable[ReadPaper]) -> Iterable[Mention]:
    """Yield every method, model and benchmark that papers name."""
    for paper in papers:
        for entity in paper.reading.entities:
            yield Mention(paper.id, paper.stated or "", entity, paper.known_as)


def artefact_entities(names: Names, entries: Iterable[Entry]) -> Iterable[Entity]:
    """Yield what papers name and what the catalogue is called for, without their support."""
    called = {entry_id(entry): entry for entry in entries}
    for id_ in sorted({*names.artefacts, *called}):
        yield artefact_entity(names.artefacts.get(id_) or Artefact(id_, called[id_], Naming({})))


def artefact_entity(artefact: Artefact) -> Entity:
    """Return the entity of a method, model or benchmark, without its support."""
    return Entity(
        KIND_LABELS[artefact.kind],
        artefact.id,
        described(
            name=artefact.name,
            long_name=artefact.long_name,
            aliases=list(artefact.aliases),
            kind=artefact.kind,
            first_stated=_first_stated(artefact),
            ambiguous=True if artefact.ambiguous else None,
            senses=list(artefact.senses),
            curated=True if artefact.entry else None,
        ),
    )


def _first_stated(artefact: Artefact) -> str | None:
    """The first date of a paper that introduces or names it.

    A curated thing whose introducing paper is not known is older than whatever was loaded: no
    date is better than that of the first paper that happens to name it.
    """
    dates = [artefact.naming.first] if artefact.naming.first else []
    if artefact.entry is not None:
        if artefact.entry.paper is None or not artefact.entry.paper.year:
            return None
        dates.append(str(artefact.entry.paper.year))
    return min(dates, default=None)


def task_entities(
    papers: Iterable[ReadPaper], catalogue: Catalogue
) -> dict[tuple[str, str], Entity]:
    """Return the Task entity of each task that each paper names, by paper and name."""
    ids = {(paper.id, name): id_ for paper in papers for name, id_ in task_ids(paper).items()}
    spelled: dict[str, Counter[str]] = defaultdict(Counter)
    for (_, name), id_ in ids.items():
        spelled[id_][name] += 1
    entities = {id_: task_entity(id_, counted, catalogue) for id_, counted in spelled.items()}
    return {place: entities[id_] for place, id_ in ids.items()}


def task_ids(paper: ReadPaper) -> dict[str, str]:
    """Return the id of each task that a paper names, by its name."""
    return {task.name: task.entry or f"task:{name_key(task.name)}" for task in paper.reading.tasks}


def told_tasks(catalogue: Catalogue) -> Iterable[Entity]:
    """Yield the tasks that loaded sources bring, as if no paper named them.

    Parameters
    ----------
    catalogue : Catalogue
        The curated facts.

    Yields
    ------
    Entity
        In any order.
    """
    entries = _task_entries(catalogue)
    return (
        task_entity(id_, Counter(), catalogue) for id_ in sorted(catalogue.told) if id_ in entries
    )


@lru_cache(maxsize=4)
def _task_entries(catalogue: Catalogue) -> Mapping[str, Entry]:
    return {entry.id: entry for entry in catalogue.entries if entry.kind == "task"}


def task_entity(id_: str, counted: Mapping[str, int], catalogue: Catalogue) -> Entity:
    """Return the entity of a task, without its support.

    Parameters
    ----------
    id_ : str
        Its id.
    counted : mapping of str to int
        How many papers name it in each spelling; none of a task that only a source brings.
    catalogue : Catalogue
        The curated facts.

    Returns
    -------
    Entity
        Named as the catalogue does, else as most papers do.
    """
    entry = _task_entries(catalogue).get(id_)
    name = entry.name if entry else min(counted, key=lambda n: (-counted[n], n))
    aliases = {*counted, *(entry.spellings if entry else ())} - {name}
    return Entity("Task", id_, described(name=name, aliases=sorted(aliases)))


def touching(
    records: Iterable[SourcedRecord],
    cited: Iterable[SourcedRecord],
    decisions: Decisions = NO_DECISIONS,
) -> Iterable[SourcedRecord]:
    """Yield the papers cited by the catalogue that may be one work with a record."""
    records = tuple(records)
    identifiers = {identifier for sourced in records for identifier in sourced.identifiers}
    identifiers.update(decisions.lent(records))
    titles = {sourced.title_key for sourced in records}
    for sourced in cited:
        if sourced.title_key in titles or identifiers.intersection(sourced.identifiers):
            yield sourced


def _stubs(
    edges: Iterable[Edge],
    entities: Mapping[str, Entity],
    works: Iterable[Work],
    cited: Mapping[str, SourcedRecord],
) -> dict[str, Entity]:
    """The papers that edges speak of and no source delivered, with the sources of the edges."""
    missing: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        for id_, label in ((edge.start, edge.start_label), (edge.end, edge.end_label)):
            if label == "Paper" and id_ not in entities:
                missing[id_].update(edge.properties.get("sources", ()))  # type: ignore[arg-type]
    by_id = {work.id: work for work in works} if missing else {}
    return {id_: stub(id_, sources, by_id, cited) for id_, sources in missing.items()}


def stub(
    id_: str,
    sources: Iterable[str],
    works: Mapping[str, Work],
    cited: Mapping[str, SourcedRecord],
) -> Entity:
    """Return a paper that is spoken of and that no source delivered.

    Parameters
    ----------
    id_ : str
        Its id.
    sources : iterable of str
        The sources that speak of it.
    works : mapping of str to Work
        With what is known of papers that only the catalogue cites, by id.
    cited : mapping of str to SourcedRecord
        What the catalogue knows of the papers that it cites.

    Returns
    -------
    Entity
        With the title, where the catalogue gives it.
    """
    work = works.get(id_) or (Work(id_, (), (cited[id_],)) if id_ in cited else None)
    if work is None:
        return stub_entity(id_, sources)
    entity = paper_entity(work)
    return structs.replace(
        entity, properties={**entity.properties, "sources": tuple(sorted(sources))}
    )
