"""From what the reader found in a paper to edges that quote their sentences."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from graphkb.build.decided import NO_DECISIONS, Decisions
from graphkb.build.paper import described
from graphkb.model.graph import Edge, Entity, Value
from graphkb.model.identifier import repository
from graphkb.model.reading import Field, Reading, ReportedResult
from graphkb.model.schema import relationship_type

__all__ = [
    "Claims",
    "ReadPaper",
    "claims_of",
    "linked_repositories",
    "repository_entity",
    "strongest",
]

PAPER = "PAPER"
_READ = ("INTRODUCES", "MENTIONS", "HAS_CODE")


@dataclass(frozen=True, slots=True)
class ReadPaper:
    """A paper with what was read in it.

    Parameters
    ----------
    id : str
        The paper's id.
    title, abstract : str
        The text that was read.
    stated : str or None
        The paper's ISO date.
    sources : tuple of str
        The sources that delivered the paper.
    reading : Reading
        What was found, and accepted.
    known_as : frozenset of str
        Every id of the paper.
    """

    id: str
    title: str
    abstract: str
    stated: str | None
    sources: tuple[str, ...]
    reading: Reading
    known_as: frozenset[str] = frozenset()

    def text(self, field: Field) -> str:
        """Return the text of a field."""
        return self.title if field == "title" else self.abstract


@dataclass(frozen=True, slots=True)
class Claims:
    """The edges of one paper's text, and the entities that only it has.

    Parameters
    ----------
    entities : tuple of Entity
        Its results and the repositories that it links.
    edges : tuple of Edge
        Not yet one a key; see :func:`strongest`.
    """

    entities: tuple[Entity, ...]
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class _Evidence:
    """The span of one field, and who read it."""

    field: Field
    begin: int
    stop: int
    rule: str
    confidence: int


def claims_of(
    paper: ReadPaper,
    artefacts: Mapping[tuple[str, str], str],
    tasks: Mapping[tuple[str, str], str],
    labels: Mapping[str, str],
    decisions: Decisions = NO_DECISIONS,
) -> Claims:
    """Return what one paper's text states.

    Parameters
    ----------
    paper : ReadPaper
        The paper and its reading.
    artefacts : mapping of (str, str) to str
        From paper id and name to the id of the method, model or benchmark.
    tasks : mapping of (str, str) to str
        Likewise to the id of the task; one name may be both.
    labels : mapping of str to str
        The label of each of these ids.
    decisions : Decisions
        What persons decided.

    Returns
    -------
    Claims
        Edges whose evidence is the span [begin, stop) of their field. An edge whose ends the
        schema does not allow (evaluated on something that is a model by the other papers' word)
        is left out: the mention remains.
    """
    stating = _Stating(paper, artefacts, tasks, labels, decisions)
    edges = [edge for edge in stating.edges() if edge is not None]
    return Claims(tuple(stating.entities.values()), tuple(edges))


def strongest(edges: Iterable[Edge]) -> dict[tuple[str, str, str, str], Edge]:
    """Keep one edge a start, type, end and paper.

    Of several, quotations come before curated facts, then the highest confidence, then the first
    place in the text.

    Parameters
    ----------
    edges : iterable of Edge
        In any order.

    Returns
    -------
    dict
        Edges by key.
    """
    kept: dict[tuple[str, str, str, str], Edge] = {}
    for edge in edges:
        known = kept.get(edge.key)
        if known is None or _precedence(edge) < _precedence(known):
            kept[edge.key] = edge
    return kept


def _precedence(edge: Edge) -> tuple[object, ...]:
    found = edge.properties
    return (
        "evidence" not in found,
        -int(found.get("confidence", 0)),  # type: ignore[arg-type]
        found.get("field") != "title",
        found.get("begin", 0),
        str(sorted(found.items())),
    )


class _Stating:
    """One paper's statements, on the way from names to ids."""

    def __init__(
        self,
        paper: ReadPaper,
        artefacts: Mapping[tuple[str, str], str],
        tasks: Mapping[tuple[str, str], str],
        labels: Mapping[str, str],
        decisions: Decisions,
    ) -> None:
        self._paper = paper
        self._rejected = decisions.rejected
        self._artefacts = artefacts
        self._tasks = tasks
        self._labels = labels
        self.entities = {e.id: e for e in linked_repositories(paper.reading)}

    def edges(self) -> Iterator[Edge | None]:
        reading = self._paper.reading
        named = [(e, self._artefacts[self._paper.id, e.name]) for e in reading.entities]
        introduced = {id_ for entity, id_ in named if entity.group == "introduces"}
        for entity, id_ in named:
            evidence = _Evidence(entity.field, *entity.sentence, entity.rule, entity.confidence)
            if entity.group == "introduces":
                yield self._of_paper("INTRODUCES", id_, evidence)
            elif id_ not in introduced:
                yield self._of_paper("MENTIONS", id_, evidence, role=entity.role)
        for task in reading.tasks:
            evidence = _Evidence(task.field, *task.sentence, task.rule, task.confidence)
            yield self._of_paper("MENTIONS", self._tasks[self._paper.id, task.name], evidence)
        for relation in reading.relations:
            evidence = _Evidence(
                relation.field, relation.begin, relation.stop, relation.rule, relation.confidence
            )
            on = self._artefacts.get((self._paper.id, relation.on)) if relation.on else None
            yield self._edge(relation.source, relation.type, relation.target, evidence, on=on)
        for link in reading.links:
            evidence = _Evidence(link.field, *link.sentence, link.rule, link.confidence)
            if link.kind == "repository":
                yield self._edge(PAPER, "HAS_CODE", link.url, evidence)
        for result in reading.results:
            yield from self._result(result)

    def _result(self, result: ReportedResult) -> Iterator[Edge | None]:
        evidence = _Evidence(result.field, *result.sentence, result.rule, result.confidence)
        entity = self._result_entity(result)
        self.entities[entity.id] = entity
        start = (entity.id, "Result")
        yield self._between((self._paper.id, "Paper"), "REPORTS", start, evidence)
        for relationship, name in (
            ("OF", result.subject or PAPER),
            ("ON", result.benchmark),
            ("AGAINST", result.baseline),
        ):
            ends = relationship_type(relationship).ends
            if name and (end := self._end(name, ends)):
                yield self._between(start, relationship, end, evidence)

    def _result_entity(self, result: ReportedResult) -> Entity:
        place = f"{self._paper.id}\n{result.field}\n{result.begin}\n{result.stop}"
        place += f"\n{result.benchmark or ''}\n{result.subject or ''}"
        on = f" on {result.benchmark}" if result.benchmark else ""
        name = f"{result.value} {result.metric or result.reading}{on}"
        return Entity(
            "Result",
            f"result:{hashlib.sha256(place.encode()).hexdigest()[:16]}",
            described(
                name=name,
                reading=result.reading,
                metric=result.metric,
                direction=result.direction,
                value=float(result.number),
                value_text=result.value,
                unit=result.unit,
                setting=result.note,
            ),
        )

    def _of_paper(
        self, relationship: str, end: str, evidence: _Evidence, **own: str | None
    ) -> Edge | None:
        start = (self._paper.id, "Paper")
        return self._between(start, relationship, (end, self._labels[end]), evidence, **own)

    def _edge(
        self, start: str, relationship: str, end: str, evidence: _Evidence, **own: str | None
    ) -> Edge | None:
        declared = relationship_type(relationship)
        begins = self._end(start, declared.starts)
        ends = self._end(end, declared.ends) if begins else None
        if begins is None or ends is None:
            return None
        return self._between(begins, relationship, ends, evidence, **own)

    def _between(
        self,
        start: tuple[str, str],
        relationship: str,
        end: tuple[str, str],
        evidence: _Evidence,
        **own: str | None,
    ) -> Edge | None:
        if start[0] == end[0]:
            return None
        if relationship == "COMPARED_WITH" and start[1] != "Paper":
            start, end = sorted((start, end))
        # Names and code are rejected in the reading: who names a thing is looked up by its edges.
        if self._rejected and relationship not in _READ:
            known = self._paper.known_as
            starts = known if start[1] == "Paper" else {start[0]}
            if self._rejected.edge(starts, relationship, end[0], known):
                return None
        properties: dict[str, Value] = described(
            field=evidence.field,
            begin=evidence.begin,
            stop=evidence.stop,
            evidence=self._paper.text(evidence.field)[evidence.begin : evidence.stop],
            rule=evidence.rule,
            confidence=evidence.confidence,
            stated=self._paper.stated,
            sources=list(self._paper.sources),
            **own,
        )
        return Edge(start[0], relationship, end[0], self._paper.id, start[1], end[1], properties)

    def _end(self, name: str, allowed: Collection[str]) -> tuple[str, str] | None:
        """The id and label, of the labels allowed there, of what a reading calls by this name."""
        if name == PAPER:
            return (self._paper.id, "Paper") if "Paper" in allowed else None
        for ids in (self._artefacts, self._tasks):
            id_ = ids.get((self._paper.id, name))
            if id_ is not None and self._labels[id_] in allowed:
                return id_, self._labels[id_]
        if "Repository" in allowed and (found := repository_entity(name)):
            return found.id, "Repository"
        return None


def linked_repositories(reading: Reading) -> tuple[Entity, ...]:
    """Return the repositories that a text links, each as it is first written.

    Parameters
    ----------
    reading : Reading
        What was found in the text.

    Returns
    -------
    tuple of Entity
        Repository entities with different ids.
    """
    found: dict[str, Entity] = {}
    for link in reading.links:
        if link.kind == "repository" and (entity := repository_entity(link.url)):
            found.setdefault(entity.id, entity)
    return tuple(found.values())


def repository_entity(url: str) -> Entity | None:
    """Return the Repository entity of a URL.

    Parameters
    ----------
    url : str
        As written, or the id of a repository.

    Returns
    -------
    Entity or None
        None where the URL leads to no repository.
    """
    found = repository(url.removeprefix("repo:"))
    if found is None:
        return None
    name = f"{found.owner}/{found.name}"
    return Entity("Repository", found.id, described(name=name, url=found.url))
