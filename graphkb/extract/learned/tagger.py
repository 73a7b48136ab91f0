"""How likely each span of a text is a technical term: a log-linear model of spans.

A span's score is a sum over its words and their neighbours, so that what a word gives at each
place (before, first, last, inside, after) is worked out once a word and all spans of a text are
scored in one pass. It was learned from many papers whose keywords are known, not from the
hand-annotated ones; ``scripts/train_terms.py`` fits it. Beside the score a table tells how often
a phrase was a keyword where it stood. Both are features for the stages that decide.

References
----------
S. Sarawagi and W. W. Cohen, "Semi-Markov conditional random fields for information extraction",
Advances in Neural Information Processing Systems 17, 2004: features of whole segments; here each
segment is judged by itself.
M. Mintz et al., "Distant supervision for relation extraction without labeled data", ACL 2009.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from graphkb.extract.learned.wording import stem
from graphkb.extract.pattern import words
from graphkb.extract.shape import shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from graphkb.extract.learned.wording import Wording

__all__ = ["LONGEST", "PLACES", "Tagger", "spans_of", "term_key", "word_features"]

# A term has no more words.
LONGEST = 5
# Where a word may stand to a span; a feature has one weight for each.
PLACES = ("two before", "before", "first", "last", "after", "two after", "inside", "between")

_CLOSED = words(
    """
    a an the this that these those it its their our we you they i he she his her us them and or but
    nor so if as than then while of in on at by for with without within from to into onto through
    via per over under between among across during before after is are was were be been being am do
    does did has have had can could may might will would shall should must not no which who whom
    whose what when where why how all any each both every some such same other another many much
    more most less least few several various different only also even just very too thus hence yet
    still however moreover furthermore e.g i.e etc et al using use uses used based propose
    introduce present achieve achieves show shows demonstrate
    """
)
_NOTHING = (0.0,) * (len(PLACES) + 1)
# How many words' weights are kept ready.
_MOST_KNOWN = 65536
_NO_WORD = re.compile(r"[^0-9a-z]+")


def term_key(text: str) -> str:
    """Return letters and digits only, case folded, without a plural's s.

    Examples
    --------
    >>> term_key("Vision-Language Models")
    'visionlanguagemodel'
    """
    key = _NO_WORD.sub("", text.casefold())
    return key[:-1] if len(key) > 4 and key.endswith("s") and not key.endswith("ss") else key


@lru_cache(maxsize=65536)
def word_features(word: str) -> tuple[str, ...]:
    """Describe a word: its stem, endings, beginning, shape and the parts that hyphens join.

    Examples
    --------
    >>> word_features("self-training")
    ('w=self-train', 's=ing', 'S=ning', 'p=sel', 'h=lower', 'y=train', 'x=self')
    """
    lower = word.lower()
    found = [
        f"w={stem(lower)}",
        f"s={lower[-3:]}",
        f"S={lower[-4:]}",
        f"p={lower[:3]}",
        f"h={shape(word)}",
    ]
    if "-" in lower:
        parts = lower.split("-")
        found.extend((f"y={stem(parts[-1])}", f"x={stem(parts[0])}"))
    if lower in _CLOSED:
        found.append("closed")
    return tuple(found)


def spans_of(line: Wording) -> Iterator[tuple[int, int]]:
    """Return the first and last word of each span that may be a term.

    Neither is a closed-class word or a number, and nothing but blanks stands within.
    """
    count = len(line.words)
    may = [not (word in _CLOSED or word.isdigit()) for word in line.words]
    for first in range(count):
        if not may[first]:
            continue
        for last in range(first, min(count, first + LONGEST)):
            if last > first and line.gaps[last]:
                break
            if may[last]:
                yield first, last


class _Words(dict[str, tuple[float, ...]]):
    """What words give at each place; last, 1 where a span may begin or end with the word, or 0."""

    def __init__(self, weights: Mapping[str, Sequence[float]]) -> None:
        super().__init__()
        self._weights = weights

    def __missing__(self, word: str) -> tuple[float, ...]:
        weights, lower = self._weights, word.lower()
        rows = [weights[f] for f in word_features(word) if f in weights]
        summed = tuple(map(sum, zip(*rows, strict=True))) if rows else _NOTHING[:-1]
        found = (*summed, float(lower not in _CLOSED and not lower.isdigit()))
        if len(self) < _MOST_KNOWN:
            self[word] = found
        return found


@dataclass(frozen=True)
class Tagger:
    """Scores spans.

    Parameters
    ----------
    words : mapping of str to sequence of float
        A word feature's weight at each of `PLACES`.
    around : mapping of str to float
        The weights of what is no word: punctuation, edges, the length, the sentence, bias.
    phrases : mapping of str to sequence of int
        For keys of frequent terms: in how many papers it was a keyword, in how many it stood, and
        in how many it was written like a name.

    Examples
    --------
    >>> from graphkb.extract.learned.wording import wordings
    >>> from graphkb.extract.sentences import Document
    >>> weights = {"w=via": [0, 1.5, 0, 0, 0, 0, 0, 0], "w=sampl": [0, 0, 0, 2.0, 0, 0, 0, 0]}
    >>> tagger = Tagger(weights, {"": -3.0}, {})
    >>> line = wordings(Document.of("", "We train via rejection sampling."))[0]
    >>> {span: score for span, score in tagger.terms(line).items() if score > 0}
    {(3, 4): 0.5}
    """

    words: Mapping[str, Sequence[float]]
    around: Mapping[str, float]
    phrases: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Tagger:
        """Return the tagger of a weights file's object."""
        return cls(stored["words"], stored["around"], stored["phrases"])

    @cached_property
    def _known(self) -> _Words:
        return _Words(self.words)

    def terms(self, line: Wording) -> dict[tuple[int, int], float]:
        """Return the log-odds of each span of a sentence that may be a term.

        Parameters
        ----------
        line : Wording
            The sentence.

        Returns
        -------
        dict of (int, int) to float
            By first and last word, as `spans_of` gives them.
        """
        around, gaps = self.around, line.gaps
        count = len(line.words)
        known = list(map(self._known.__getitem__, [text for text, _, _ in line.sentence.tokens]))
        # A neighbour that is not there gives nothing.
        padded = [_NOTHING, _NOTHING, *known, _NOTHING, _NOTHING]
        bias = around[""] + sum(around.get(f"flag {flag}", 0.0) for flag in line.flags)
        left, right = self._gaps
        plain = right.get("", 0.0)
        may = [vector[8] for vector in known]
        ends = [
            vector[3] + after[4] + beyond[5] + (right.get(gap, 0.0) if gap else plain)
            if vector[8]
            else 0.0
            for vector, after, beyond, gap in zip(
                known, padded[3:], padded[4:], gaps[1:], strict=False
            )
        ]
        found = {}
        for first in range(count):
            if not may[first]:
                continue
            score = (
                bias
                + known[first][2]
                + padded[first + 1][1]
                + padded[first][0]
                + left.get(gaps[first], 0.0)
            )
            last = first
            for length in self._lengths:
                score += known[last][6]
                if may[last]:
                    found[first, last] = score + length + ends[last]
                if last > first:
                    # It stands between the ends of every longer span.
                    score += known[last][7]
                last += 1
                if last == count or gaps[last]:
                    break
        return found

    @cached_property
    def _gaps(self) -> tuple[dict[str, float], dict[str, float]]:
        def beside(side: str) -> dict[str, float]:
            start = len(side) + 1
            return {k[start:]: v for k, v in self.around.items() if k.startswith(f"{side} ")}

        return beside("left"), beside("right")

    @cached_property
    def _lengths(self) -> tuple[float, ...]:
        return tuple(self.around.get(f"length {n}", 0.0) for n in range(1, LONGEST + 1))
