"""Which records are one work, block by block.

Records that share an identifier, or a title in the way that a rule of :mod:`graphkb.build.link`
looks at, are in one block: a connected component of the graph whose edges are such shared tokens.
No rule looks beyond a block, so that :func:`graphkb.build.work.join_records` gives of the records
of some blocks what it gives of these among all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from msgspec import Struct

from graphkb.build.derive import touching
from graphkb.build.link import title_tokens
from graphkb.build.sourced import Sourced, SourcedRecord, SourcedRepository
from graphkb.build.work import Work, join_records
from graphkb.bulk.engine import Shared
from graphkb.bulk.reading import REMARKS, Remarks
from graphkb.model.record import bucket_digest, bucket_of, payload_digest

__all__ = [
    "Block",
    "Joining",
    "SourceCount",
    "Tokens",
    "counts_of",
    "joins",
    "moving",
    "staying",
]

_DIGEST, _IDENTIFIER, _TITLE, _BARE, _CITED = "#", "i ", "t ", "b ", "c "


class SourceCount(Struct, frozen=True):
    """How many records of a source there are in a partition, and what is to be told of it."""

    papers: int
    records: int
    cited: int
    remarks: Remarks

    def __add__(self, other: SourceCount) -> SourceCount:
        return SourceCount(
            self.papers + other.papers,
            self.records + other.records,
            self.cited + other.cited,
            self.remarks | other.remarks,
        )


@dataclass(frozen=True, slots=True)
class Tokens:
    """The step from records to the tokens by which they may be one work.

    Parameters
    ----------
    cited_titles : Shared of frozenset of str
        The folded titles of what the catalogue cites: whatever shares one is asked about.
    """

    cited_titles: Shared[frozenset[str]]

    def __call__(
        self, _number: int, records: Iterator[tuple[str, Sourced | Remarks]]
    ) -> Iterator[tuple[str, Any]]:
        """Yield tokens with records' keys, digests by bucket, and counts by source."""
        cited_titles = self.cited_titles.value
        counts: dict[str, SourceCount] = {}
        for key, found in records:
            if isinstance(found, Remarks):
                source, told = key.removeprefix(REMARKS), SourceCount(0, 0, 0, found)
            else:
                source = found.source
                if isinstance(found, SourcedRecord) and not found.curated:
                    stub = found.stub
                    told = SourceCount(not stub, 1, stub, Remarks())
                else:
                    told = SourceCount(0, 1, 0, Remarks())
                if not (isinstance(found, SourcedRecord) and found.curated):
                    digest = payload_digest(found.payload)
                    yield f"{_DIGEST}{bucket_of(digest)} {source}", digest
                if isinstance(found, SourcedRecord):
                    for token, author in _tokens(found, cited_titles):
                        yield token, (key, author)
            if not (isinstance(found, SourcedRecord) and found.curated):
                known = counts.get(source)
                counts[source] = told if known is None else known + told
        yield from ((f"{REMARKS}{source}", told) for source, told in counts.items())


def _tokens(found: SourcedRecord, cited_titles: frozenset[str]) -> Iterator[tuple[str, str | None]]:
    """Each token, and what else of the record tells who may be one work with it; None of all."""
    for identifier in found.identifiers:
        yield f"{_IDENTIFIER}{identifier}", None
    if not found.identifiers:
        yield f"{_BARE}{found.title_id}", None
    for token, author in title_tokens(found):
        yield f"{_TITLE}{token}", author
    if found.title_key in cited_titles:
        yield f"{_CITED}{found.title_key}", None


def joins(
    _number: int, groups: Iterator[tuple[str, tuple[list[Any], ...]]]
) -> Iterator[tuple[str, str]]:
    """Yield two keys of records each that are in one block: a star around the least of each group.

    Where all have an author, those of one author are a group; else all that share the token.
    """
    for token, (found,) in groups:
        if token.startswith((_DIGEST, REMARKS)) or len(found) == 1:
            continue
        by_author: dict[str | None, list[str]] = defaultdict(list)
        for key, author in found:
            by_author[author].append(key)
        stars: Iterable[list[str]] = by_author.values()
        if None in by_author:
            stars = [[key for keys in by_author.values() for key in keys]]
        for keys in stars:
            least = min(keys)
            yield from ((least, key) for key in keys if key != least)


def counts_of(
    _number: int, groups: Iterator[tuple[str, tuple[list[Any], ...]]]
) -> Iterator[tuple[str, Any]]:
    """Yield by source the digests of buckets, and the counts of the source."""
    for token, (found,) in groups:
        if token.startswith(REMARKS):
            yield token.removeprefix(REMARKS), sum(found[1:], start=found[0])
        elif token.startswith(_DIGEST):
            bucket, _, source = token.removeprefix(_DIGEST).partition(" ")
            yield source, (bucket, bucket_digest(found))


def moving(
    _number: int, groups: Iterator[tuple[str, tuple[list[Any], ...]]]
) -> Iterator[tuple[str, Sourced]]:
    """Yield the records of a block of another key, that of one of its records, under that."""
    for key, (found, leading) in groups:
        if leading and leading[0] != key:
            yield from ((leading[0], one) for one in found)


def staying(
    _number: int, groups: Iterator[tuple[str, tuple[list[Any], ...]]]
) -> Iterator[tuple[str, Sourced]]:
    """Yield the records under whose keys their blocks are."""
    for key, (found, leading) in groups:
        if not leading or leading[0] == key:
            yield from ((key, one) for one in found if not isinstance(one, Remarks))


class Block(Struct, frozen=True):
    """A work, and what identifies it.

    Parameters
    ----------
    work : Work
        Its records; of one that only the catalogue cites, curated ones alone.
    ids : tuple of str
        The identifiers that lead to it.
    """

    work: Work
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Joining:
    """The step from blocks of records to works."""

    def __call__(
        self, _number: int, groups: Iterator[tuple[str, tuple[list[Sourced], ...]]]
    ) -> Iterator[tuple[str, Block | SourcedRepository]]:
        """Yield works under the keys of their blocks, and records of repositories."""
        block_of: dict[str, str] = {}
        told: list[SourcedRecord] = []
        cited: list[SourcedRecord] = []
        for block, found in groups:
            for one in chain.from_iterable(found):
                if isinstance(one, SourcedRecord):
                    block_of[one.key] = block
                    (cited if one.curated else told).append(one)
                elif isinstance(one, SourcedRepository):
                    yield block, one
        joined = join_records([*told, *touching(told, cited)])
        ids: dict[str, list[str]] = defaultdict(list)
        for identifier, id_ in joined.ids.items():
            ids[id_].append(identifier)
        for work in joined.works:
            yield block_of[work.records[0].key], Block(work, tuple(ids[work.id]))
