"""The edges that works state, and what becomes of the things at their ends."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from graphkb.build.author import author_entity, author_names
from graphkb.build.claim import claims_of, strongest
from graphkb.build.derive import task_ids
from graphkb.build.ground import record_entity, repository_record_entity
from graphkb.build.recorded import Form, form_of, most_telling, recorded, repositories_told
from graphkb.build.sourced import SourcedRepository
from graphkb.build.support import counts, supported
from graphkb.build.work import Work
from graphkb.bulk.answers import CITED, CitedByCatalogue
from graphkb.bulk.engine import Shared
from graphkb.bulk.files import Files, Tables
from graphkb.bulk.naming import Facts, Named, named_papers
from graphkb.model.graph import Edge, Entity

__all__ = [
    "Ending",
    "LabelAnswer",
    "Labelling",
    "Stating",
    "answer_labels",
    "supporting",
    "telling",
]

_Groups = Iterator[tuple[str, tuple[list[Any], ...]]]


class LabelAnswer(NamedTuple):
    """The label of an artefact or a task."""

    id: str
    label: str


class _Supports(NamedTuple):
    """A paper that counts for a thing, and its authors."""

    paper: str
    authors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Labelling:
    """The step that asks of what kind the things are that a block names."""

    facts: Shared[Facts]

    def __call__(self, _number: int, groups: _Groups) -> Iterator[tuple[str, str]]:
        """Yield ids with the block that asks."""
        facts = self.facts.value
        for key, (blocks, named, answers) in groups:
            if named:
                found = named_papers(blocks, named, answers, facts)
                asked = {id_ for _, id_ in found.placed}
                asked.update(id_ for p in found.papers.values() for id_ in task_ids(p).values())
                yield from ((id_, key) for id_ in asked)


def answer_labels(_number: int, groups: _Groups) -> Iterator[tuple[str, LabelAnswer]]:
    """Yield to each block that asked the label of a thing."""
    for id_, (entities, asking) in groups:
        yield from ((block, LabelAnswer(id_, entities[0].label)) for block in asking)


@dataclass(frozen=True, slots=True)
class Stating:
    """The step that derives what works state, and writes it.

    Parameters
    ----------
    facts : Shared of Facts
        What all steps know.
    curated : Shared of mapping of str to tuple of Edge
        The catalogue's edges by the paper that states them.
    files : Files
        Where papers, results, records and edges go.
    """

    facts: Shared[Facts]
    curated: Shared[Mapping[str, tuple[Edge, ...]]]
    files: Files

    def __call__(self, number: int, groups: _Groups) -> Iterator[tuple[str, Form | _Supports]]:
        """Yield by id the forms in which works tell of a thing, and the papers that count."""
        facts, curated = self.facts.value, self.curated.value
        with self.files.tables("stated", number) as tables:
            for _, (blocks, named, *answers) in groups:
                yield from self._block(blocks, named, answers, facts, curated, tables)

    def _block(
        self,
        blocks: list[Any],
        named: list[Named],
        answers: list[list[Any]],
        facts: Facts,
        curated: Mapping[str, tuple[Edge, ...]],
        tables: Tables,
    ) -> Iterator[tuple[str, Any]]:
        of_works, of_names, of_labels = answers
        found = named_papers(blocks, named, of_names, facts)
        artefacts, labels = found.ids, {answer.id: answer.label for answer in of_labels}
        cited: dict[str, dict[str, str]] = defaultdict(dict)
        people: dict[tuple[str, str], str] = {}
        for answer in of_works:
            if isinstance(answer, CitedByCatalogue):
                continue
            kind, work_id, asked, told = answer
            if kind == CITED:
                cited[work_id][asked] = told
            else:
                people[work_id, asked] = told
        for block in blocks:
            if isinstance(block, SourcedRepository):
                tables.add(repository_record_entity(block))
                yield block.record.repository, block
                continue
            work: Work = block.work
            if not work.delivered:
                continue
            paper = found.entities[work.id]
            tables.add(paper)
            for sourced in work.records:
                if not sourced.curated:
                    tables.add(record_entity(sourced, work.id))
            read = found.papers[work.id]
            tasks = {(work.id, name): id_ for name, id_ in task_ids(read).items()}
            claims = claims_of(read, artefacts, tasks, labels)
            authors = list(_authors(work, people))
            stated = recorded(work, read.stated, authors, cited[work.id])
            edges = strongest((*curated.get(work.id, ()), *claims.edges, *stated.edges))
            naming = set()
            for edge in edges.values():
                tables.join(edge)
                if counts(edge):
                    naming.add(edge.end)
            for entity in (*claims.entities, *stated.entities):
                if entity.label == "Result":
                    tables.add(entity)
                elif entity.label != "Author":
                    yield entity.id, form_of(entity)
            if not paper.properties["stub"]:
                ids = tuple(author.id for author in authors)
                yield from ((id_, _Supports(work.id, ids)) for id_ in naming)


def _authors(work: Work, people: Mapping[tuple[str, str], str]) -> Iterator[Entity]:
    """The authors of a work in order, each once."""
    seen = set()
    for name, author in author_names(work).items():
        key = f"orcid:{author.orcid}" if author.orcid else name
        first = people.get((work.id, name))
        entity = author_entity(author, key, first or "", alone=first is None)
        if entity.id not in seen:
            seen.add(entity.id)
            yield entity


def telling(_number: int, stated: Iterator[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    """Yield what works tell of organisations and repositories, forms counted."""
    counted: dict[str, Counter[Form]] = defaultdict(Counter)
    for id_, found in stated:
        if isinstance(found, SourcedRepository):
            yield id_, found
        elif not isinstance(found, _Supports):
            counted[id_][found] += 1
    yield from counted.items()


def supporting(_number: int, stated: Iterator[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    """Yield the papers that count for things."""
    return ((id_, found) for id_, found in stated if isinstance(found, _Supports))


@dataclass(frozen=True, slots=True)
class Ending:
    """The last step: it writes what many works tell of together.

    Parameters
    ----------
    files : Files
        Where to.
    """

    files: Files

    def __call__(self, number: int, groups: _Groups) -> Iterator[str]:
        """Yield nothing."""
        with self.files.tables("shared", number) as tables:
            for _, (entities, papers, told) in groups:
                if entities:
                    authors = dict(papers)
                    tables.add(supported(entities[0], authors.keys(), authors))
                if told:
                    tables.add(_displayed(told))
        return iter(())


def _displayed(told: list[Counter[Form] | SourcedRepository]) -> Entity:
    forms: Counter[Form] = Counter()
    listed = [one for one in told if isinstance(one, SourcedRepository)]
    forms.update(map(form_of, repositories_told(listed)))
    for one in told:
        if isinstance(one, Counter):
            forms.update(one)
    return most_telling(forms)
