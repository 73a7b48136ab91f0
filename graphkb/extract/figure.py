"""Figures in a sentence that may be reported: not counts, sizes, years or versions."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from graphkb.extract.pattern import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphkb.extract.occurrence import Occurrence
    from graphkb.extract.sentences import Sentence

__all__ = ["CUES", "Value", "values"]

_FIGURE = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_PERCENT = r"\\?%"
_WORDS = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
_MOST = 40
_DIGIT = re.compile(r"\d|\b(?:times|fold)\b")
# Listings strip LaTeX's backslashes, so that words touch figures: "0.73rightarrow0.90", "sim3x".
_NUMBER = re.compile(
    r"(?=[-+\u2212\dtfsen])"  # what a figure begins with: the rest is tried at few places only
    r"(?:(?<![\w.,/@-])|(?<=rightarrow)|(?<=\bsim)|(?<=\bapprox))"
    rf"(?:(?P<sign>[+\u2212-])?(?P<first>{_FIGURE})"
    rf"(?:\s?{_PERCENT}(?=\s?[-~\u2013]+\s?\d))?"
    rf"(?:\s?(?:-{{1,3}}|\u2013|~)\s?(?P<second>{_FIGURE}))?"
    r"(?P<unit>\s?\\?%|\spercent\b|\s?\$?\\times\b\$?(?!\s?\d)|\s?times\b(?!\s?\d)"
    r"|\s?[xX\u00d7](?![\w\u00d7])|[- ]?fold\b"
    r"|\s(?:percentage |absolute )?points?\b|\s?pp\b|\s?(?:FPS|fps|ms|dB)\b)?"
    r"(?:(?=\\?rightarrow)|(?![\w%]|-(?!points?\b)[a-z]|\.\d|,\d))"
    rf"|(?P<word>{'|'.join(_WORDS)})(?P<word_unit>[- ]?fold\b|\stimes\b))"
)
_UNITS = {
    "percent": "%",
    "times": "x",
    "X": "x",
    "\u00d7": "x",
    "fold": "x",
    "-fold": "x",
    "point": "points",
    "percentage point": "points",
    "percentage points": "points",
    "absolute points": "points",
    "absolute point": "points",
    "pp": "points",
    "fps": "FPS",
}

_COUNTED = re.compile(
    r"^\s?(?:[a-z-]+ )?(?:billion|million|thousand|trillion|samples?|tasks?|examples?|images?|"
    r"videos?|tokens?|parameters?|hours?|"
    r"gpus?|layers?|steps?|epochs?|questions?|languages?|models?|datasets?|benchmarks?|"
    r"categories|domains?|"
    r"scenarios?|instances?|problems?|papers?|pairs?|years?|days?|frames?|seconds?|minutes?|"
    r"stages?|"
    r"iterations?|participants?|annotators?|experts?|people|users?|clips?|scenes?|types?|"
    r"dimensions?|"
    r"subjects?|environments?|tools?|apps?|applications?|repositories|documents?|rounds?|"
    r"turns?|of "
    r"(?:the )?(?:parameters|data|training|tokens|samples|gold|layers|weights|annotat))",
    re.IGNORECASE,
)
_SCORED = re.compile(r"\b(?:scores?|accuracy|rate|fid|elo|to|of)\s+(?:of\s+|to\s+)?$")
_ARROW = re.compile(r"\s*(?:\\?rightarrow|\u2192|-{1,2}>)\s*")
_TO = re.compile(r"\s*(?:points?\s*)?(?:down |up )?to\s+(?:an? |only |just |over |about )?")
_PREPOSITION = re.compile(r"\s*(?:on|in|for|to|and|with)\b")

# What the sentence does with the number, looked for before it.
CUES: tuple[Pattern, ...] = (
    Pattern(
        "from-to",
        r"\bfrom\s+[\d.]+\s?\\?%?\s*(?:points?\s*)?\s*(?:to|\u2192|->)\s*$",
        "from 9.4% to ",
        "to ",
        "absolute",
    ),
    Pattern("from", r"\bfrom(?: an?)?(?: [a-z-]+){0,3}\s*$", "from ", "up by ", "start"),
    Pattern(
        "by",
        r"\bby(?: an?)?(?: (?:average|up to|approximately|about|over|around|nearly|at least|"
        r"more than|absolute|a|an|"
        r"significant|margins?|of|relative|factor|the|only|as much as|roughly|to)\b){0,5}\s*$",
        "improves by up to ",
        "above ",
        "gain",
    ),
    Pattern(
        "achieve",
        r"\b(?:achiev\w*|reach\w*|attain\w*|obtain\w*|scor\w+|yield\w*|record\w*|get\w*|"
        r"deliver\w*|hit\w*|at|of|"
        r"with|is|to|exceed\w*|surpass\w*|only|just|accuracy|rate|score)(?: (?:an?|the|up to|"
        r"over|only|just|average|"
        r"scores?|state-of-the-art|new|sota|of|accuracy|impressive|approximately|about|nearly|"
        r"around|"
        r"absolute|relative|mere|success|rate|remarkable|overall|mean|than|more|"
        r"average of)\b){0,5}\s*\(?$",
        "achieves an average of ",
        "archives ",
        "absolute",
    ),
    Pattern("bracket", r"[(\[]\s*$", "MATH (", "MATH ", "absolute"),
    Pattern(
        "and",
        r"(?:\band|,|/|vs\.?)\s*(?:an?\s+|up to\s+|the\s+)?$",
        "80.1% and ",
        "nothing",
        "same",
    ),
)


@dataclass(frozen=True, slots=True)
class Value:
    """A number in a sentence, in offsets of the sentence.

    Parameters
    ----------
    begin, stop : int
        Its span, sign and unit within.
    text : str
        The text there.
    number : float
        The figure; of a range the upper end.
    unit : str
        ``%``, ``x``, ``points``, ``ms`` …, empty for none.
    cue : str
        The name of the pattern that its left side matches, ``bare`` for none.
    paired : bool
        Whether it is one of "from 9.4% to 22.4%".
    """

    begin: int
    stop: int
    text: str
    number: float
    unit: str
    cue: str
    paired: bool = False

    @property
    def kind(self) -> str:
        """What kind of figure it is: percent, times, other, decimal or integer."""
        if self.unit:
            return {"%": "percent", "x": "times"}.get(self.unit, "other")
        return "decimal" if "." in self.text else "integer"


def values(sentence: Sentence, within: Sequence[Occurrence], *, bare: bool = False) -> list[Value]:
    """Find the figures of a sentence.

    Parameters
    ----------
    sentence : Sentence
        The sentence.
    within : sequence of Occurrence
        Its names: a figure within a name is none.
    bare : bool, optional
        Whether whole numbers without a unit count that stand where a result may stand; else only
        those after a word such as "score", "accuracy" or "to".

    Returns
    -------
    list of Value
        In the text's order; the first 40, which no prose exceeds: what does is a table.
    """
    if _DIGIT.search(sentence.plain) is None:
        return []
    found = list(islice(_values(sentence, within, bare=bare), _MOST))
    return _paired(found, sentence.plain)


def _values(sentence: Sentence, within: Sequence[Occurrence], *, bare: bool) -> Iterator[Value]:
    plain, text = sentence.plain, sentence.text
    # Both come in the text's order: one walk over the names.
    names = [(o.begin - sentence.begin, o.stop - sentence.begin) for o in within]
    passed = 0
    for found in _NUMBER.finditer(text):
        begin, stop = found.span()
        while passed < len(names) and names[passed][1] <= begin:
            passed += 1
        if passed < len(names) and names[passed][0] < stop:
            continue
        written = (found.group("unit") or found.group("word_unit") or "").strip()
        unit = written.strip("$").lstrip("\\")
        unit = _UNITS.get(unit, unit)
        word = found.group("word")
        raw = str(_WORDS[word]) if word else found.group("second") or found.group("first")
        raw = raw.replace(",", "")
        if len(raw) > 18:
            continue
        before, after = plain[max(0, begin - 110) : begin], plain[stop : stop + 60]
        if unit == "" and _COUNTED.match(after):
            continue
        cue = next((p.name for p in CUES if p.regex.search(before)), "bare")
        sign = found.group("sign") or ""
        if unit == "" and "." not in raw and not _may_report(before, after, cue, sign, bare=bare):
            continue
        if sign == "-" and begin and plain[begin - 1] not in " (":
            begin, sign = begin + 1, ""
        number = -float(raw) if sign in ("-", "\u2212") else float(raw)
        yield Value(begin, stop, text[begin:stop], number, unit, cue)


def _may_report(before: str, after: str, cue: str, sign: str, *, bare: bool) -> bool:
    """Whether a bare whole number may report: as a rule it is a count, a year, a size."""
    if bare and (cue != "bare" or sign or before[-1:] == ">"):
        return True
    if not _SCORED.search(before):
        return False
    return not re.match(r"\s*[a-z]", after) or _PREPOSITION.match(after) is not None


def _paired(values: list[Value], plain: str) -> list[Value]:
    """Mark both numbers of "from 9.4% to 22.4%" and of "9.4% -> 22.4%"."""
    for number in range(len(values) - 1):
        first, second = values[number], values[number + 1]
        between = plain[first.stop : second.begin]
        if len(between) < 16 and (
            _ARROW.fullmatch(between) or (first.cue == "from" and _TO.fullmatch(between))
        ):
            values[number] = replace(first, cue="from", paired=True)
            values[number + 1] = replace(second, cue="from-to", paired=True)
    return values
