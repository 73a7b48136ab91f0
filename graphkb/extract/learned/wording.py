"""A sentence as words with what stands between them, made once for all learned stages."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING

from graphkb.extract.pattern import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphkb.extract.learned.tagger import Tagger
    from graphkb.extract.sentences import Document, Sentence

__all__ = ["Wording", "stem", "wordings"]

_OWN = words("we our ours us")
_IT = words("it its")
_PROPOSING = words(
    "propos introduc present develop releas term call dub nam design contribut construct"
)
_RESULT = words(
    """
    experiment evaluat achiev result outperform improv state-of-the-art sota accuracy surpass gain
    scor success benchmark demonstrat exceed empirical extensiv
    """
)
_OTHERS = words(
    """
    however existing recent previous prior current conventional traditional whil although despit
    typical often fail suffer struggl limit limitation unlik challeng rely recently existed
    """
)
_VERBS = words(
    """
    us leverag employ adopt exploit apply combin integrat incorporat build extend generaliz
    outperform surpass exceed compar match beat propos introduc present develop releas train
    fine-tun finetun pretrain distill evaluat test validat benchmark analyz study investigat
    examin explor show reveal find demonstrat achiev improv enhanc boost replac eliminat avoid
    reduc accelerat optimiz unify bridg fail suffer struggl rely requir bas power driv deriv
    formulat cast view inspir motivat adapt modify revisit rethink enabl support survey review
    appl construct collect curat compris contain consist includ featur call nam term design
    """
)


@lru_cache(maxsize=32768)
def stem(word: str) -> str:
    """Cut a lower-case word's ending off, roughly.

    Examples
    --------
    >>> [stem(word) for word in ("models", "improves", "improving", "used", "class")]
    ['model', 'improv', 'improv', 'us', 'class']
    """
    for ending in ("ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and not word.endswith("ss") and len(word) > len(ending) + 1:
            return word[: -len(ending)]
    return word


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence's words.

    Parameters
    ----------
    sentence : Sentence
        The sentence.
    number : int
        Its place in the document, the title 0.
    words, stems : list of str
        Lower case; their stems.
    gaps : list of str
        What stands before each word, and at the end: empty for a blank, else punctuation.
    begins, ends : dict of int to int
        The word that begins, or ends, at an offset of the field.
    flags : tuple of str
        What kind of sentence it is: own, it, proposing, result, others, title, first, last.
    verbs : list of int
        The indices of words that are verbs of statements.
    terms : dict of (int, int) to float
        For the first and last word of each span that may be a term the log-odds that it is one,
        as `graphkb.extract.learned.tagger` judges; empty where nothing was learned.
    phrases : mapping of str to sequence of int
        The tagger's table of frequent terms.
    """

    sentence: Sentence
    number: int
    words: list[str]
    stems: list[str]
    gaps: list[str]
    begins: dict[int, int]
    ends: dict[int, int]
    flags: tuple[str, ...]
    verbs: list[int]
    terms: Mapping[tuple[int, int], float] = field(default_factory=dict)
    phrases: Mapping[str, Sequence[int]] = field(default_factory=dict)


def wordings(document: Document, tagger: Tagger | None = None) -> list[Wording]:
    """Return the wording of each sentence of a document, in its order.

    Parameters
    ----------
    document : Document
        The split text.
    tagger : Tagger, optional
        Scores the spans that may be terms.

    Returns
    -------
    list of Wording

    Examples
    --------
    >>> from graphkb.extract.sentences import Document
    >>> wording = wordings(Document.of("", "We propose Foo (F), a method."))[0]
    >>> wording.gaps, wording.flags
    (['', '', '', '(', '),', '', '.'], ('own', 'proposing', 'last'))
    """
    last = len(document.sentences) - 1
    return [
        _wording(sentence, number, number == last, tagger)
        for number, sentence in enumerate(document.sentences)
    ]


_BLANK = re.compile(r"\s+")


def _wording(sentence: Sentence, number: int, last: bool, tagger: Tagger | None) -> Wording:
    tokens, plain, offset = sentence.tokens, sentence.plain, sentence.begin
    texts, begins, ends = zip(*tokens, strict=True) if tokens else ((), (), ())
    lower = list(map(str.lower, texts))
    stems = list(map(stem, lower))
    between = [
        plain[stop - offset : begin - offset]
        for stop, begin in zip((offset, *ends), (*begins, offset + len(plain)), strict=True)
    ]
    # Nearly all are a blank.
    gaps = ["" if text == " " else _BLANK.sub("", text)[:3] for text in between]
    seen = set(stems)
    flags = []
    if not _OWN.isdisjoint(lower):
        flags.append("own")
    if not _IT.isdisjoint(lower[:3]):
        flags.append("it")
    if not _PROPOSING.isdisjoint(seen):
        flags.append("proposing")
    if not _RESULT.isdisjoint(seen) or "%" in plain:
        flags.append("result")
    if not _OTHERS.isdisjoint(seen) or not _OTHERS.isdisjoint(lower):
        flags.append("others")
    if sentence.field == "title":
        flags.append("title")
    elif number <= 1 and not last:
        flags.append("first")
    elif last:
        flags.append("last")
    terms: dict[tuple[int, int], float] = {}
    line = Wording(
        sentence,
        number,
        lower,
        stems,
        gaps,
        dict(zip(begins, count(), strict=False)),
        dict(zip(ends, count(), strict=False)),
        tuple(flags),
        [index for index, word in enumerate(stems) if word in _VERBS],
        terms,
        {} if tagger is None else tagger.phrases,
    )
    if tagger is not None:
        terms.update(tagger.terms(line))
    return line
