"""Noun phrases of every length that may name a task, and where they stand.

A phrase ends in a word that heads tasks' names (`graphkb.extract.task.HEADS`), in a word that is
built like one ("-tion", "-ing"), or in a task of the catalogue, and grows to the left until a word
that modifies nothing. A single word is a candidate where it is known to head tasks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graphkb.extract.pattern import words
from graphkb.extract.task import HEADS
from graphkb.model.name import name_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphkb.extract.learned.wording import Wording
    from graphkb.extract.lexicon import Lexicon

__all__ = ["NO_MODIFIER", "Phrase", "phrases"]

_MOST_WORDS = 4
_ENDINGS = ("tion", "sion", "ing", "ment", "sis", "qa", "ery", "use")
_NO_HEAD = words(
    """
    introducing using leveraging including existing remaining outperforming achieving improving
    enabling ensuring providing requiring making surpassing addressing combining demonstrating
    performing exceeding during employing following being having resulting showing spanning
    covering generating according allowing training-free attention information representation
    precision evaluation-time because use distribution dimension resolution computation
    limitation position function contribution version transition duration supervision iteration
    question motion action interaction-based decision solution section extension environment
    movement judgment element improvement advancement development
    """
)
NO_MODIFIER = words(
    """
    a an the this that these those its their his her our we it they and or of in on for with by to
    from as at is are was were be been being not no can could will may also using use uses used via
    during between across through into than then when while where which who how what why but if so
    both each every all any some same first second third two three four five such other have has
    had do does toward towards under over against about without within per only even just very like
    including e.g i.e etc introduce present propose achieve achieves enable enables improve improves
    improving enabling achieving enhance enhancing advancing more most new novel existing current
    recent previous prior despite
    """
)


class Phrase(NamedTuple):
    """A noun phrase at one place.

    Parameters
    ----------
    line : Wording
        Its sentence.
    first, last : int
        Its words.
    entry : str or None
        The catalogue's task that ends it or is it.
    how : str
        catalogue, inside (holds a catalogue's task), strong, weak or ending.
    """

    line: Wording
    first: int
    last: int
    entry: str | None
    how: str

    @property
    def begin(self) -> int:
        """Where it begins in its field."""
        return self.line.sentence.tokens[self.first].begin

    @property
    def stop(self) -> int:
        """Where it ends in its field."""
        return self.line.sentence.tokens[self.last].stop

    @property
    def alone(self) -> bool:
        """Whether it could be no longer: what stands before it cannot belong to it."""
        words_, gaps, first = self.line.words, self.line.gaps, self.first
        return not first or gaps[first] != "" or words_[first - 1] in NO_MODIFIER

    @property
    def text(self) -> str:
        """The words as written."""
        sentence = self.line.sentence
        return sentence.text[self.begin - sentence.begin : self.stop - sentence.begin]


def phrases(lines: Sequence[Wording], lexicon: Lexicon) -> dict[str, list[Phrase]]:
    """Find the noun phrases that may name tasks, each length of them.

    Parameters
    ----------
    lines : sequence of Wording
        The text's sentences.
    lexicon : Lexicon
        The catalogue's automaton.

    Returns
    -------
    dict of str to list of Phrase
        By the name's key; the places in the text's order.
    """
    found: dict[str, list[Phrase]] = {}
    for line in lines:
        for phrase in _of_line(line, lexicon):
            found.setdefault(name_key(phrase.text), []).append(phrase)
    return found


def _of_line(line: Wording, lexicon: Lexicon) -> Iterator[Phrase]:
    sentence = line.sentence
    known: dict[int, tuple[int, str]] = {}
    for hit in lexicon.hits(sentence.plain):
        entry = next((e for e in hit.entries if e.kind == "task"), None)
        if entry is None:
            continue
        first = line.begins.get(hit.begin + sentence.begin)
        last = line.ends.get(hit.stop + sentence.begin)
        if first is not None and last is not None:
            known[last] = (first, entry.id)
            yield Phrase(line, first, last, entry.id, "catalogue")
    for last, word in enumerate(line.words):
        entry_first, entry_id = known.get(last, (None, None))
        how = HEADS.get(word)
        if entry_id is not None:
            how = "inside"
        elif how is None:
            bare = word.removesuffix("s")
            if not bare.endswith(_ENDINGS) or bare in _NO_HEAD or len(bare) < 5:
                continue
            how = "ending"
        yield from _lengths(line, last, how, entry_first, entry_id)


def _lengths(
    line: Wording, last: int, how: str, known: int | None, entry: str | None
) -> Iterator[Phrase]:
    first = last
    if known is None and (how != "ending" or "-" in line.words[last]):
        yield Phrase(line, last, last, None, how)
    while first > 0 and last - first < _MOST_WORDS - 1 and not line.gaps[first]:
        word = line.words[first - 1]
        if word in NO_MODIFIER or word.isdigit():
            break
        first -= 1
        if known is None or first < known:
            yield Phrase(line, first, last, entry, how)
