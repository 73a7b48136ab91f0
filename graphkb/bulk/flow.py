"""The derivation of :func:`graphkb.build.derive.build` in partitions, from sources to files.

The functions that decide are the same; what differs is who brings together what they look at::

    shares ─ records ─ tokens ─ components ─ blocks ─ works ─┬─ cited, people ─┬─ edges ─ files
                                                             └─ texts ─ names ─┘

Each arrow between partitions is an exchange by key. Held as a whole, in every process, are the
catalogue and what became of the papers that it cites; nothing else grows with the sources.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graphkb.build.claim import strongest
from graphkb.build.curated import called_for, cited_records, curated_edges
from graphkb.build.derive import Read, stub, told_tasks
from graphkb.build.ground import (
    Builder,
    SourceTotals,
    builtin_entity,
    entry_record_entity,
    source_of_totals,
)
from graphkb.build.naming import artefact_entries, entry_id
from graphkb.build.sourced import SourcedRecord
from graphkb.bulk.answers import Answering, CitedByCatalogue, asked_by_works
from graphkb.bulk.engine import Engine, PairParts, Parts, Shared
from graphkb.bulk.files import Files
from graphkb.bulk.identity import (
    Joining,
    SourceCount,
    Tokens,
    counts_of,
    joins,
    moving,
    staying,
)
from graphkb.bulk.naming import (
    Deciding,
    Facts,
    Placing,
    ReadingTexts,
    Sensing,
    SpellingOut,
    added,
    answer_names,
    answer_senses,
    asked_names,
    told_long_forms,
    united_longs,
)
from graphkb.bulk.reading import BulkSource, Remarks, distinct, entries_of, read_shares, shares_of
from graphkb.bulk.stating import Ending, Labelling, Stating, answer_labels, supporting, telling
from graphkb.extract.catalogue import Catalogue, Contribution, Entry, merge
from graphkb.model.graph import Edge
from graphkb.model.record import digest_of_buckets

__all__ = ["build_files"]


def build_files(
    engine: Engine,
    sources: Sequence[BulkSource],
    catalogue: Catalogue,
    builder: Builder,
    reader: Callable[[Catalogue], Read] | None,
    files: Files,
    shares: int,
    check: Callable[[Mapping[str, SourceCount]], None] = lambda _: None,
) -> dict[str, SourceCount]:
    """Derive the graph of sources, and write it as import files.

    Parameters
    ----------
    engine : Engine
        Where it runs.
    sources : sequence of BulkSource
        What it is derived from; at least one.
    catalogue : Catalogue
        The curated facts that come with graphkb.
    builder : Builder
        The version that derives.
    reader : callable or None
        Makes what reads texts from the catalogue of these sources; None reads no text.
    files : Files
        Where to.
    shares : int
        Into how many shares a file is dealt at most.
    check : callable
        Given what will be returned as soon as all sources are read; may refuse it.

    Returns
    -------
    dict of str to SourceCount
        By source, how many records are kept, and what a report tells of them.
    """
    flow = _Flow(engine, sources, catalogue, builder, files)
    return flow.run(reader, shares, check)


class _Flow:
    """One build on its way."""

    def __init__(
        self,
        engine: Engine,
        sources: Sequence[BulkSource],
        catalogue: Catalogue,
        builder: Builder,
        files: Files,
    ) -> None:
        self._engine = engine
        self._sources = sources
        self._builder = builder
        self._files = files
        self._entries = [e for s in sources if s.brings_entries for e in entries_of(s)]
        told = (Contribution(one.source, one.record.entry) for one in self._entries)
        self._catalogue = merge(catalogue, builder.source, told).catalogue
        self._cited = cited_records(self._catalogue, builder.source)

    def run(
        self,
        reader: Callable[[Catalogue], Read] | None,
        shares: int,
        check: Callable[[Mapping[str, SourceCount]], None],
    ) -> dict[str, SourceCount]:
        """Take every step; see :func:`build_files`."""
        engine, files = self._engine, self._files
        tokens, records = self._records(shares)
        counted = self._counted(tokens)
        counts = {source: count for source, (count, _) in counted.items()}
        check(counts)
        blocks = engine.components("1-components", tokens.each(joins))
        met = engine.together(records, blocks)
        # Most records are in a block of their own, or its key is theirs: these stay where they are.
        moved = engine.placed("1-blocks", met.each(moving))
        joined = engine.together(met.each_pair(staying), moved).each_pair(Joining())
        works, asked = engine.kept_and_placed(("1-works", "2-asked"), joined, asked_by_works)
        answering = Answering(engine.shared(frozenset(self._cited)), files)
        of_works = engine.placed("2-answers", engine.together(asked).each(answering))
        cited = of_works.each(only_catalogue).collected()
        work_ids = {one.identifier: one.id for one in cited}
        facts = engine.shared(Facts(self._catalogue, work_ids))
        texts = ReadingTexts(reader, engine.shared(self._catalogue)) if reader else nothing
        named = works.each_pair(texts).kept("3-texts")
        longs = engine.merged("4-long-forms", named.each(told_long_forms), united_longs)
        spelled = engine.merged("4-spelled-out", longs.each(SpellingOut(facts)), min)
        asked = engine.placed("4-asked", named.each(asked_names))
        answered = engine.together(longs, spelled, asked).each(answer_names)
        of_names = engine.placed("4-answers", answered)
        # Where nothing is read, nobody need look at the works for names.
        in_papers = engine.together(works if reader else named, named, of_names)
        entities, called = self._entities(facts, in_papers, longs)
        asked = engine.placed("6-asked", in_papers.each(Labelling(facts)))
        of_labels = engine.placed("6-answers", engine.together(entities, asked).each(answer_labels))
        curated = tuple(curated_edges(called, self._catalogue, work_ids, self._builder.source))
        stating = Stating(facts, engine.shared(_by_paper(curated)), files)
        known = engine.together(works, named, of_works, of_names, of_labels)
        stated = known.each(stating).kept("7-stated")
        support = engine.placed("8-support", stated.each(supporting))
        told = engine.placed("8-told", stated.each(telling))
        engine.together(entities, support, told).each(Ending(files)).collected()
        files.check(("known", "stated", "shared"), engine.partitions)
        self._write_few(counted, curated, cited)
        return counts

    def _records(self, shares: int) -> tuple[PairParts, PairParts]:
        """What records have in common with others, by token; and the records, each key once."""
        engine = self._engine
        read = engine.start(shares_of(self._sources, shares)).each(read_shares)
        curated = engine.start([tuple(self._cited.values())]).each(keyed)
        both = engine.placed("0-records", read), engine.placed("0-cited", curated)
        records = engine.together(*both).each_pair(distinct)
        titles = frozenset(one.title_key for one in self._cited.values()) - {""}
        step = Tokens(engine.shared(titles))
        return engine.together(engine.placed("1-tokens", records.each(step))), records

    def _counted(self, tokens: Parts[Any]) -> dict[str, tuple[SourceCount, str]]:
        """By source, its count and the digest of its records."""
        counts = {source.id: SourceCount(0, 0, 0, Remarks()) for source in self._sources}
        buckets: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for source, found in tokens.each(counts_of).collected():
            if isinstance(found, SourceCount):
                counts[source] += found
            else:
                buckets[source].append(found)
        return {id_: (count, digest_of_buckets(buckets[id_])) for id_, count in counts.items()}

    def _entities(
        self, facts: Shared[Facts], in_papers: Parts[Any], longs: PairParts
    ) -> tuple[PairParts, tuple[Entry, ...]]:
        """Methods, models, benchmarks and tasks by id; and the entries that are called for."""
        engine, catalogue = self._engine, self._catalogue
        namings = engine.merged("5-namings", in_papers.each(Placing(facts)), added)
        of_catalogue = Among(engine.shared(frozenset(artefact_entries(catalogue))))
        called = called_for(catalogue, namings.each(of_catalogue).collected())
        ids = [*map(entry_id, called), *(task.id for task in told_tasks(catalogue))]
        asked = engine.placed("5-asked", engine.together(namings, longs).each(Sensing(facts)))
        senses = engine.placed("5-answers", engine.together(namings, asked).each(answer_senses))
        entities = engine.together(
            namings, longs, senses, engine.placed("5-called", engine.start([ids]).each(doubled))
        ).each_pair(Deciding(facts))
        return entities.kept("5-entities"), called

    def _write_few(
        self,
        counted: Mapping[str, tuple[SourceCount, str]],
        curated: Iterable[Edge],
        cited: Iterable[CitedByCatalogue],
    ) -> None:
        """Write what is few: sources, entries, and what the catalogue says of papers not loaded."""
        delivered = {one.id for one in cited if one.delivered}
        edges = strongest(edge for edge in curated if edge.paper not in delivered)
        stubs: dict[str, set[str]] = defaultdict(set)
        works = {}
        for one in cited:
            if not one.delivered and one.sources:
                stubs[one.id] |= one.sources
            if one.work is not None:
                works[one.id] = one.work
        for edge in edges.values():
            if edge.start_label == "Paper":
                stubs[edge.start].update(edge.properties["sources"])  # type: ignore[arg-type]
        with self._files.tables("few", 0) as tables:
            for id_, sources in sorted(stubs.items()):
                tables.add(stub(id_, sources, works, self._cited))
            for edge in edges.values():
                tables.join(edge)
            tables.add(builtin_entity(self._builder))
            for source in self._sources:
                count, digest = counted[source.id]
                entries = sum(one.source == source.id for one in self._entries)
                kept = SourceTotals(count.papers, count.records, entries, 0, digest)
                tables.add(source_of_totals(source.id, kept, source.place))
            for entry in self._entries:
                tables.add(entry_record_entity(entry))


def only_catalogue(_number: int, answers: Iterator[tuple[str, Any]]) -> Iterator[CitedByCatalogue]:
    """Yield what became of what the catalogue cites."""
    return (found for _, found in answers if isinstance(found, CitedByCatalogue))


def nothing(_number: int, _blocks: Iterator[Any]) -> Iterator[Any]:
    """Yield nothing: no text is read."""
    return iter(())


def keyed(
    _number: int, lists: Iterator[tuple[SourcedRecord, ...]]
) -> Iterator[tuple[str, SourcedRecord]]:
    """Yield records by their keys."""
    return ((one.key, one) for found in lists for one in found)


def doubled(_number: int, lists: Iterator[list[str]]) -> Iterator[tuple[str, str]]:
    """Yield ids by themselves."""
    return ((id_, id_) for found in lists for id_ in found)


@dataclass(frozen=True, slots=True)
class Among:
    """The step that yields those keys that are among some."""

    some: Shared[frozenset[str]]

    def __call__(self, _number: int, pairs: Iterator[tuple[str, Any]]) -> Iterator[str]:
        """Yield keys."""
        return (key for key, _ in pairs if key in self.some.value)


def _by_paper(edges: Iterable[Edge]) -> dict[str, tuple[Edge, ...]]:
    found: dict[str, tuple[Edge, ...]] = {}
    for edge in edges:
        found[edge.paper] = (*found.get(edge.paper, ()), edge)
    return found
