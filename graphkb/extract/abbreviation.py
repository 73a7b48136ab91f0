"""Which short form stands for which long form: "Group Relative Policy Optimization (GRPO)".

References
----------
A. S. Schwartz and M. A. Hearst, "A simple algorithm for identifying abbreviation definitions in
biomedical text", Pacific Symposium on Biocomputing 8:451-462, 2003.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from graphkb.extract.pattern import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphkb.extract.sentences import Sentence

__all__ = ["Abbreviation", "abbreviations", "long_form"]

_PARENTHESIS = re.compile(r"\(([^()]{2,120})\)")
_SHORT = re.compile(r"\s*([^\W_](?:[\w.+*^/&-]{0,18}[\w+*])?)\s*(?=[,;:]|$)")
_SHORT_BEFORE = re.compile(r"([^\W_][\w.+*^-]{1,18})\s*$")
_STANDS = re.compile(r"([^\W_][\w.+*^-]{1,18})\s*,?\s+(?:stands for|short for|which stands for)\s+")
_SAYING = ("stands for", "short for")
_PHRASE = re.compile(r"[^,.;:()]*")
_INITIAL = re.compile(r"(?<![^\W_])[^\W_]")
_REPEATED = re.compile(r"([A-Z])([2-4])(?=[A-Z]|$)")
_WORD_BREAK = re.compile(r"[\s/]+")
_STOP_FIRST = words(
    """
    a an the of for with by to and or in on our we via using called named novel new as from
    termed dubbed propose introduce present this their its
    """
)


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form with its long form; both spans count in the sentence's field."""

    short: str
    short_begin: int
    short_stop: int
    long: str
    long_begin: int
    long_stop: int


def long_form(short: str, before: str) -> int | None:
    """Find where the long form of a short form begins, by Schwartz and Hearst's algorithm.

    Both are read backwards: each letter or digit of the short form has to occur in the text, in
    order, its first one at the beginning of a word.

    Parameters
    ----------
    short : str
        The short form.
    before : str
        The words before it that may hold the long form, which ends where this text ends.

    Returns
    -------
    int or None
        The offset in `before`.

    Examples
    --------
    >>> before = "we use direct preference optimization"
    >>> before[long_form("DPO", before):]
    'direct preference optimization'
    >>> long_form("GRPO", before) is None
    True
    """
    at = len(before) - 1
    for number in range(len(short) - 1, -1, -1):
        wanted = short[number].lower()
        if not wanted.isalnum():
            continue
        while at >= 0 and (
            before[at].lower() != wanted or (number == 0 and at > 0 and before[at - 1].isalnum())
        ):
            at -= 1
        if at < 0:
            return None
        at -= 1
    return at + 1


def abbreviations(sentence: Sentence) -> list[Abbreviation]:
    """Find the abbreviations that a sentence defines.

    Understood are "long form (SF)", "SF (long form)" and "SF, short for long form", with plurals
    ("diffusion models (DMs)"), hyphens and mixed case (ST-AR, AdaR).

    Parameters
    ----------
    sentence : Sentence
        A sentence or title.

    Returns
    -------
    list of Abbreviation
        In the text's order.
    """
    return list(_found(sentence.plain, sentence.text, sentence.begin))


# Those of a text are asked for twice: by what is introduced, and to spell names out. The strings of
# a sentence know their hash by then; a sentence's own would be made of all its words each time.
@lru_cache(maxsize=256)
def _found(plain: str, text: str, offset: int) -> tuple[Abbreviation, ...]:
    if "(" not in plain and not any(said in plain for said in _SAYING):
        return ()
    return tuple(_find(plain, text, offset))


def _find(plain: str, text: str, offset: int) -> Iterator[Abbreviation]:
    make = partial(_make, plain, text, offset)
    for found in _PARENTHESIS.finditer(plain):
        inner = found.group(1)
        short = _SHORT.match(inner)
        if short and _is_short(short.group(1)):
            begin = _long_begin(short.group(1), plain, found.start())
            if begin is not None:
                at = found.start(1) + short.start(1)
                yield make(at, at + len(short.group(1)), begin, found.start())
                continue
        before = _SHORT_BEFORE.search(plain, max(0, found.start() - 40), found.start())
        if before and _is_short(before.group(1)) and " " in inner.strip():
            start = len(inner) - len(inner.lstrip())
            end = len(re.split(r"[;]", inner)[0].rstrip())
            begin_in = long_form(before.group(1), inner[start:end])
            if begin_in == 0:
                yield make(
                    before.start(1),
                    before.end(1),
                    found.start(1) + start,
                    found.start(1) + end,
                )
    if not any(said in plain for said in _SAYING):
        return
    for found in _STANDS.finditer(plain):
        if not _is_short(found.group(1)):
            continue
        rest = plain[found.end() : found.end() + 120]
        stop = _PHRASE.match(rest)
        phrase = rest[: stop.end()].rstrip() if stop else ""
        words_of = phrase.split()
        letters = sum(c.isalnum() for c in found.group(1))
        # As many words as letters is the likeliest long form, then the shortest that fits.
        for count in (letters, *range(2, min(len(words_of), letters + 4) + 1)):
            candidate = " ".join(words_of[:count])
            initials = "".join(word[0] for word in words_of[:count]).casefold()
            if phrase.startswith(candidate) and (
                initials == found.group(1).casefold() or long_form(found.group(1), candidate) == 0
            ):
                yield make(
                    found.start(1),
                    found.end(1),
                    found.end(),
                    found.end() + len(candidate),
                )
                break


def _make(
    plain: str, text: str, offset: int, begin: int, stop: int, long_begin: int, long_stop: int
) -> Abbreviation:
    while long_stop > long_begin and plain[long_stop - 1].isspace():
        long_stop -= 1
    while long_begin < long_stop and plain[long_begin].isspace():
        long_begin += 1
    return Abbreviation(
        text[begin:stop],
        offset + begin,
        offset + stop,
        text[long_begin:long_stop],
        offset + long_begin,
        offset + long_stop,
    )


def _is_short(word: str) -> bool:
    """Two to twenty characters with a capital, which no ordinary or plain Capitalised word has."""
    bare = word.removesuffix("s")
    capitals = sum(c.isupper() for c in bare)
    return 2 <= len(word) <= 20 and (
        capitals >= 2
        or (capitals == 1 and not word[0].isupper())
        or (capitals >= 1 and any(c.isdigit() for c in word))
    )


def _by_initials(short: str, before: str) -> int | None:
    """Find the last words whose initials are the short form's letters, one a word."""
    letters = [c for c in short.casefold() if c.isalnum()]
    starts = [found.start() for found in _INITIAL.finditer(before)][-len(letters) :]
    if [before[at].casefold() for at in starts] == letters and len(letters) > 1:
        return starts[0]
    return None


def _long_begin(short: str, plain: str, stop: int) -> int | None:
    """Where the long form begins that ends at an offset, or None."""
    letters = sum(c.isalnum() for c in short)
    window = plain[max(0, stop - 40 * (letters + 5)) : stop]
    offset = stop - len(window)
    breaks = [found.end() for found in _WORD_BREAK.finditer(window.rstrip())]
    most = min(letters + 5, letters * 2)
    first = breaks[-most] if len(breaks) >= most else 0
    # Words do not reach over the end of a clause.
    clause = max(window.rfind(mark, 0) for mark in (", ", "; ", ": ", ") ", "( "))
    first = max(first, clause + 2 if clause >= 0 else 0)
    # "A2PR" stands for "AAPR".
    spelled = _REPEATED.sub(lambda found: found.group(1) * int(found.group(2)), short)
    for form in dict.fromkeys((short, short.removesuffix("s"), spelled)):
        # Reading backwards stops early where a letter recurs: "Proximal [Policy Optimization]".
        begin = _by_initials(form, window[first:])
        if begin is None:
            begin = long_form(form, window[first:].rstrip())
        if begin is None:
            continue
        begin += first
        words = window[begin:].split()
        if not words or len(window[begin:].strip()) <= len(short) or len(words) > letters + 4:
            continue
        if words[0].lower() in _STOP_FIRST and form[0].lower() != words[0][0].lower():
            continue
        if short.lower() in (word.lower() for word in words):
            continue
        return offset + begin
    return None
