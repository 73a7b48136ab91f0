"""Lower-case noun phrases by their head noun: the modifiers that belong to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkb.extract.pattern import words

if TYPE_CHECKING:
    from graphkb.extract.sentences import Sentence

__all__ = ["NO_MODIFIER", "phrase_begin"]

NO_MODIFIER = words(
    """
    a an the this that these those its their our his her we they it and or of in on for with by
    to from as at is are was were be been being not no novel new efficient effective simple
    standard traditional existing current recent prior previous advanced strong better best good
    high low more most less large small many several various different such other both each
    every all any some same first second third two three four five single multiple key main core
    major important specific general generic proposed state-of-the-art powerful robust scalable
    flexible comprehensive significant substantial extensive systematic can could will may also
    using use uses used via during between across through into than then when while where which
    who how what why if but so additional further improved improving improve improves enhanced
    enhancing enhance better-quality high-quality require requires enabling enable enables
    achieve achieving support supports supporting without within per full overall final initial
    original underlying respective corresponding accurate precise challenging faster slow fast
    limited poor superior excellent performance tackle address perform performing performs model
    models language llm llms vlm mllm mllms vlms lmm lmms ai task tasks only even just very
    unified diverse broad wide ability capability capabilities effectively like including e.g
    i.e etc over under against about toward towards beyond excel excels remain remains face
    faces boost boosts ensure ensuring facilitate facilitates propose introduce present explore
    study investigate understand understanding impressive remarkable promising great greater
    joint end-to-end high-fidelity fine-grained real-world large-scale human-like consistent
    realistic successful generating generate training-free zero-shot few-shot
    """
)


def phrase_begin(sentence: Sentence, head: int, most: int) -> int:
    """Return the index of the first token of the noun phrase that ends in a head noun.

    Parameters
    ----------
    sentence : Sentence
        The sentence.
    head : int
        The index of the head noun among its tokens.
    most : int
        How many modifiers at most.

    Returns
    -------
    int
        `head` itself where nothing before it modifies it.

    Examples
    --------
    >>> from graphkb.extract.sentences import Document
    >>> sentence = Document.of("", "We study long-horizon web navigation.").sentences[0]
    >>> sentence.tokens[phrase_begin(sentence, 4, 3)].text
    'long-horizon'
    """
    first = head
    while first > 0 and head - first < most:
        before = sentence.tokens[first - 1]
        if sentence.between(before.stop, sentence.tokens[first].begin) != " ":
            break
        word = before.text.casefold()
        if word in NO_MODIFIER or not before.text[0].isalnum() or before.text.isdigit():
            break
        if word.endswith(("ly", "ize", "izes", "ized", "ates", "ated", "ves", "ing")) and (
            not word.endswith("ing") or word in _VERBS
        ):
            break
        first -= 1
    return first


_VERBS = words(
    """
    achieving enabling improving using advancing solving performing evaluating generating
    enhancing including covering bridging requiring supporting facilitating making existing
    leveraging combining following exploring promoting boosting addressing demonstrating
    integrating optimizing unifying targeting tackling providing
    """
)
