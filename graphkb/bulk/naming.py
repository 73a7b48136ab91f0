"""What the names in papers mean, decided from what all papers say of each name.

See :mod:`graphkb.build.naming`: the long forms that go with a name, in whatever paper, tell whether
it means several things. Papers ask under each name; a thing of the graph is added up of the forms
in which papers name it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from graphkb.build.claim import ReadPaper
from graphkb.build.derive import Read, artefact_entity, mentions, read_paper, task_entity, task_ids
from graphkb.build.naming import (
    Artefact,
    Mention,
    Naming,
    Places,
    artefact_entries,
    long_forms,
    long_key,
)
from graphkb.build.paper import paper_entity
from graphkb.bulk.engine import Shared
from graphkb.bulk.identity import Block
from graphkb.extract.catalogue import Catalogue
from graphkb.model.graph import Entity
from graphkb.model.name import name_key
from graphkb.model.reading import Reading

__all__ = [
    "Deciding",
    "Facts",
    "NameAnswer",
    "Named",
    "NamedPapers",
    "Placing",
    "ReadingTexts",
    "Sensing",
    "SpellingOut",
    "added",
    "answer_names",
    "answer_senses",
    "asked_names",
    "named_papers",
    "told_long_forms",
    "united_longs",
]

_METHOD, _TASK, _LONG = "method:", "task:", "l "
_NOTHING = Reading()

_Groups = Iterator[tuple[str, tuple[list[Any], ...]]]


class Named(NamedTuple):
    """What was read in the text of a work."""

    work: str
    reading: Reading


class NameAnswer(NamedTuple):
    """What all papers say of a name: its long forms; or of a long form: what it spells out."""

    token: str
    told: Mapping[str, str] | str


class Facts(NamedTuple):
    """What all steps know.

    Parameters
    ----------
    catalogue : Catalogue
        The curated facts.
    work_ids : mapping of str to str
        From an identifier that the catalogue cites to the id of its work, where that is another.
    """

    catalogue: Catalogue
    work_ids: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ReadingTexts:
    """The step that reads the texts of works.

    Parameters
    ----------
    reader : callable
        Makes a reader from a catalogue.
    catalogue : Shared of Catalogue
        What it knows.
    """

    reader: Callable[[Catalogue], Read]
    catalogue: Shared[Catalogue]

    def __call__(
        self, _number: int, blocks: Iterator[tuple[str, Any]]
    ) -> Iterator[tuple[str, Named]]:
        """Yield what is stated in each text; nothing of a text that states nothing."""
        read: Read | None = None
        for block, found in blocks:
            if isinstance(found, Block) and found.work.delivered:
                paper = paper_entity(found.work)
                read = read or self.reader(self.catalogue.value)
                reading = read_paper(paper, read).reading
                if reading != _NOTHING:
                    yield block, Named(paper.id, reading)


def told_long_forms(
    _number: int, named: Iterator[tuple[str, Named]]
) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each name with the long forms that a paper has of it."""
    for _, found in named:
        for key, longs in long_forms(found.reading.entities).items():
            yield f"{_METHOD}{key}", longs


def united_longs(one: dict[str, str], other: dict[str, str]) -> dict[str, str]:
    """Return the long forms of both, in the spelling that stands for each."""
    for long, spelled in other.items():
        one[long] = min(spelled, one.get(long, spelled))
    return one


@dataclass(frozen=True, slots=True)
class SpellingOut:
    """The step from the long forms of a name to what each of them spells out."""

    facts: Shared[Facts]

    def __call__(
        self, _number: int, pairs: Iterator[tuple[str, dict[str, str]]]
    ) -> Iterator[tuple[str, tuple[str, str]]]:
        """Yield each long form with the name, and the id of the thing."""
        facts = self.facts.value
        for id_, longs in pairs:
            key = id_.removeprefix(_METHOD)
            places = Places({key: longs}, facts.catalogue, facts.work_ids, {})
            for long, spelled in places.spelled_out(key):
                yield f"{_LONG}{long}", (key, spelled)


def asked_names(_number: int, named: Iterator[tuple[str, Named]]) -> Iterator[tuple[str, str]]:
    """Yield each name, and what it would be as a long form, with the block that asks."""
    for block, found in named:
        asked = set()
        for entity in found.reading.entities:
            if not entity.entry:
                asked.add(f"{_METHOD}{name_key(entity.name)}")
                if not entity.long:
                    asked.add(f"{_LONG}{long_key(entity.name)}")
        yield from ((token, block) for token in asked)


def answer_names(_number: int, groups: _Groups) -> Iterator[tuple[str, NameAnswer]]:
    """Yield to each block that asked what all papers say of a name, where they say anything."""
    for token, (longs, spelled, asking) in groups:
        told = longs[0] if longs else min(spelled)[1] if spelled else None
        if told is not None:
            yield from ((block, NameAnswer(token, told)) for block in set(asking))


class NamedPapers(NamedTuple):
    """The works of a block of which something was read, and what their names mean.

    Parameters
    ----------
    entities : mapping of str to Entity
        The papers, by the work's id.
    papers : mapping of str to ReadPaper
        What was read in them.
    placed : tuple of (Mention, str)
        Each mention with the id of the artefact.
    """

    entities: Mapping[str, Entity]
    papers: Mapping[str, ReadPaper]
    placed: tuple[tuple[Mention, str], ...]

    @property
    def ids(self) -> dict[tuple[str, str], str]:
        """From paper and name to the id of the artefact."""
        # Of a name that stands twice in a text, what stands last is the name's.
        return {(mention.paper, mention.entity.name): id_ for mention, id_ in self.placed}


def named_papers(
    blocks: list[Any], named: list[Named], answers: list[NameAnswer], facts: Facts
) -> NamedPapers:
    """Return what was read in the works of a block, and what their names mean.

    Parameters
    ----------
    blocks : list of Block
        The works of the block, and what else there is of it.
    named : list of Named
        What was read.
    answers : list of NameAnswer
        What all papers say of these names.
    facts : Facts
        What all steps know.

    Returns
    -------
    NamedPapers
        Every delivered work; of one in which nothing was read an empty reading.
    """
    readings = {found.work: found.reading for found in named}
    longs = {a.token.removeprefix(_METHOD): a.told for a in answers if not isinstance(a.told, str)}
    of_long = {a.token.removeprefix(_LONG): a.told for a in answers if isinstance(a.told, str)}
    places = Places(longs, facts.catalogue, facts.work_ids, of_long)
    entities, papers = {}, {}
    for block in blocks:
        if isinstance(block, Block) and block.work.delivered:
            entity = paper_entity(block.work)
            reading = readings.get(entity.id, _NOTHING)
            entities[entity.id] = entity
            papers[entity.id] = read_paper(entity, lambda _t, _a, r=reading: r)  # type: ignore[misc]
    ordered = sorted(
        mentions(papers.values()),
        key=lambda m: (m.paper, m.entity.field, m.entity.begin, m.entity.name),
    )
    return NamedPapers(entities, papers, tuple((m, places.of(m.paper, m.entity)) for m in ordered))


@dataclass(frozen=True, slots=True)
class Placing:
    """The step from what papers name to the things of the graph."""

    facts: Shared[Facts]

    def __call__(
        self, _number: int, groups: _Groups
    ) -> Iterator[tuple[str, Naming | Counter[str]]]:
        """Yield how a paper names each thing: a naming of an artefact, a count of a task's."""
        facts = self.facts.value
        for _, (blocks, named, answers) in groups:
            if not named:
                continue
            found = named_papers(blocks, named, answers, facts)
            by_id: dict[str, list[Mention]] = defaultdict(list)
            for mention, id_ in found.placed:
                by_id[id_].append(mention)
            yield from ((id_, Naming.of(told)) for id_, told in by_id.items())
            for paper in found.papers.values():
                yield from ((id_, Counter([name])) for name, id_ in task_ids(paper).items())


def added(one: Any, other: Any) -> Any:
    """Return both namings, or both counts, as one."""
    if isinstance(one, Counter):
        one.update(other)
        return one
    return one | other


@dataclass(frozen=True, slots=True)
class Sensing:
    """The step from ambiguous names to what they may mean."""

    facts: Shared[Facts]

    def __call__(self, _number: int, groups: _Groups) -> Iterator[tuple[str, str]]:
        """Yield each id that an ambiguous name may be, with that of the name."""
        facts = self.facts.value
        for id_, (namings, longs) in groups:
            if namings and id_.startswith(_METHOD):
                for sense in _places(id_, longs, facts).senses(id_):
                    if sense != id_:
                        yield sense, id_


def answer_senses(_number: int, groups: _Groups) -> Iterator[tuple[str, str]]:
    """Yield to each ambiguous name an id that it may be, where papers name that."""
    for sense, (namings, asking) in groups:
        if namings:
            yield from ((id_, sense) for id_ in asking)


@dataclass(frozen=True, slots=True)
class Deciding:
    """The step from namings to entities."""

    facts: Shared[Facts]

    def __call__(self, _number: int, groups: _Groups) -> Iterator[tuple[str, Entity]]:
        """Yield artefacts and tasks without support, by id: named ones, and those called for."""
        facts = self.facts.value
        entries = artefact_entries(facts.catalogue)
        for id_, (namings, longs, senses, called) in groups:
            if not (namings or called):
                continue
            if id_.startswith(_TASK):
                counted = namings[0] if namings else {}
                yield id_, task_entity(id_, counted, facts.catalogue)
                continue
            places = _places(id_, longs, facts)
            known = set(senses)
            artefact = Artefact(
                id_,
                entries.get(id_),
                namings[0] if namings else Naming({}),
                bool(namings) and places.is_ambiguous(id_),
                tuple(sense for sense in places.senses(id_) if sense in known),
            )
            yield id_, artefact_entity(artefact)


def _places(id_: str, longs: list[dict[str, str]], facts: Facts) -> Places:
    known = {id_.removeprefix(_METHOD): longs[0]} if longs else {}
    return Places(known, facts.catalogue, facts.work_ids, {})
