"""Where the names of a text stand again: every occurrence of every entity and task."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from graphkb.extract.shape import shape

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graphkb.extract.sentences import Document, Sentence
    from graphkb.model.reading import NamedEntity, TaskMention

__all__ = ["Occurrence", "Occurrences"]

_PIECE = re.compile(r"[^\W_]+(?:\.\d+)*(?:\++(?!\w)|\*(?![\w*]))?")


class Occurrence(NamedTuple):
    """A name in a sentence.

    Parameters
    ----------
    name : str
        As the reading calls it.
    group : str
        introduces, methods, models, benchmarks or tasks.
    begin, stop : int
        The span in the sentence's field.
    adjective : str
        What a hyphen joins to it ("based" in "GRPO-based"), else empty.
    """

    name: str
    group: str
    begin: int
    stop: int
    adjective: str = ""


class _Spelling(NamedTuple):
    pieces: tuple[str, ...]
    written: str
    name: str
    group: str


class Occurrences:
    """Finds the names of one reading in its sentences, the longest first.

    Parameters
    ----------
    entities : iterable of NamedEntity
        The names.
    tasks : iterable of TaskMention
        The tasks.
    """

    def __init__(self, entities: Iterable[NamedEntity], tasks: Iterable[TaskMention]) -> None:
        self._by_first: dict[str, list[_Spelling]] = {}
        for entity in entities:
            long = (entity.long,) if entity.long else ()
            for text in dict.fromkeys((entity.name, entity.surface, *long, *entity.aliases)):
                self._add(text, entity.name, entity.group)
        for task in tasks:
            self._add(task.name, task.name, "tasks")
        for spellings in self._by_first.values():
            spellings.sort(key=lambda s: (-len(s.pieces), s.group == "tasks", s.written))

    def _add(self, text: str, name: str, group: str) -> None:
        pieces = tuple(_folded(piece) for piece in _PIECE.findall(text))
        if pieces:
            spelling = _Spelling(pieces, text, name, group)
            self._by_first.setdefault(pieces[0], []).append(spelling)

    def of(self, document: Document) -> list[list[Occurrence]]:
        """Return the occurrences of each sentence of a document, in its order."""
        return [self.within(sentence) for sentence in document.sentences]

    def within(self, sentence: Sentence) -> list[Occurrence]:
        """Return the occurrences of a sentence, in the text's order, none overlapping."""
        pieces = _pieces(sentence.plain)
        by_first = self._by_first
        if by_first.keys().isdisjoint(pieces):
            return []
        spans = _spans(sentence.plain)
        begins = {token.begin - sentence.begin for token in sentence.tokens}
        ends = {token.stop - sentence.begin for token in sentence.tokens}
        found: list[Occurrence] = []
        reached = 0
        for at, piece in enumerate(pieces):
            if at < reached or piece not in by_first:
                continue
            for spelling in by_first[piece]:
                match = self._match(sentence, pieces, spans, at, spelling, begins, ends)
                if match is not None:
                    found.append(match)
                    reached = at + len(spelling.pieces)
                    break
        return found

    def _match(
        self,
        sentence: Sentence,
        pieces: Sequence[str],
        spans: Sequence[tuple[int, int]],
        at: int,
        spelling: _Spelling,
        begins: set[int],
        ends: set[int],
    ) -> Occurrence | None:
        count = len(spelling.pieces)
        if at + count > len(pieces):
            return None
        for offset, wanted in enumerate(spelling.pieces):
            if pieces[at + offset] != wanted:
                return None
            if offset and spans[at + offset][0] - spans[at + offset - 1][1] > 2:
                return None
        begin, stop = spans[at][0], spans[at + count - 1][1]
        if begin not in begins:
            return None
        adjective = ""
        if stop not in ends:
            rest = re.match(r"-([a-z]+)", sentence.plain[stop : stop + 24])
            if rest is None or not _adjectival(sentence, begin, stop):
                return None
            adjective = rest.group(1)
        if count == 1 and not _same_case(sentence.plain[begin:stop], spelling.written):
            return None
        return Occurrence(
            spelling.name,
            spelling.group,
            begin + sentence.begin,
            stop + sentence.begin,
            adjective,
        )


# Names are looked for in a sentence more than once, one after the other.
@lru_cache(maxsize=128)
def _pieces(plain: str) -> list[str]:
    """Return the words between hyphens of a sentence, folded."""
    return list(map(_folded, _PIECE.findall(plain)))


@lru_cache(maxsize=128)
def _spans(plain: str) -> list[tuple[int, int]]:
    """Return where the words between hyphens stand: most sentences are never asked."""
    return [found.span() for found in _PIECE.finditer(plain)]


@lru_cache(maxsize=16384)
def _folded(piece: str) -> str:
    folded = piece.casefold()
    return folded[:-1] if len(folded) > 3 and folded[-1] == "s" and folded[-2] != "s" else folded


def _same_case(written: str, spelling: str) -> bool:
    """A name of one word in capitals, or Capitalised, is not the ordinary word."""
    if sum(c.isupper() for c in spelling) >= 2:
        bare = spelling.removesuffix("s")
        return written in (bare, bare + "s")
    if spelling[:1].isupper():
        return written[:1].isupper() or len(spelling) > 9
    return True


def _adjectival(sentence: Sentence, begin: int, stop: int) -> bool:
    for token in sentence.tokens:
        if token.begin - sentence.begin <= begin < token.stop - sentence.begin:
            rest = sentence.plain[stop : token.stop - sentence.begin]
            return shape(token.text) == "adjective" or rest.islower()
    return False
