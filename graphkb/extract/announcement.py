"""The words with which authors announce what is theirs: "we propose", "called", "our"."""

from __future__ import annotations

from graphkb.extract.pattern import Pattern

__all__ = ["CALLED", "NEEDS", "OWN", "PROPOSE", "STRONG"]

STRONG = r"(?:propos|introduc|present|unveil|releas|launch|coin)"
_WEAK = (
    r"(?:develop|design|construct|curat|build|creat|devis|formulat|describ|open-sourc|publish|"
    r"offer|establish|"
    r"collect|train|provid|explor|contribut|synthesi[sz]|assembl|instantiat|deriv|obtain|"
    r"compil|adopt)"
)
_AUTHOR = (
    r"(?:\bwe\b|\b(?:this|our|the present) (?:paper|work|study|report|article|survey)\b|"
    r"\bthis technical report\b)"
)
_ADVERBS = r"(?:\s*,?\s*(?:[a-z]+ly|also|further|then|first|thus|here|now|next|instead|hereby|and))"

# A verb with which authors say that something is theirs; the name follows.
PROPOSE: tuple[Pattern, ...] = (
    Pattern(
        "propose",
        rf"{_AUTHOR}{_ADVERBS}{{0,3}}\s+{STRONG}(?:e|es|s|ed)?\b",
        "In this paper, we further propose AdaR",
        "they propose AdaR",
    ),
    Pattern(
        "propose-weak",
        rf"{_AUTHOR}{_ADVERBS}{{0,3}}\s+{_WEAK}(?:e|es|s|ed|t|ing|ts)?\b",
        "we build AdaR",
        "we run AdaR",
    ),
    Pattern(
        "propose-too",
        rf"(?:,\s*|\s)(?:and|then|as well as|while)\s+(?:[a-z]+ly\s+|also\s+|further\s+|then\s+)?"
        rf"{STRONG}(?:e|es|s|ed|ing)?\b",
        "we show, and introduce AdaR",
        "we introduce AdaR",
    ),
    Pattern(
        "proposing",
        rf"(?:\bby|\bthrough|^)\s*{STRONG}ing\b",
        "by introducing AdaR",
        "we introduce AdaR",
    ),
)

# Words that give a name to what was just described.
CALLED: tuple[Pattern, ...] = (
    Pattern(
        "called",
        r"\b(?:called|named|dubbed|termed|coined|titled|entitled|denoted(?: as| by)?|"
        r"referred to as|"
        r"(?:which|that) we (?:call|name|term|dub|refer to as)|"
        r"we (?:call|name|term|dub|refer to)(?: (?:it|this|these|our|the|resulting|"
        r"[a-z]+)){0,3}?(?: as)?)\s+",
        "a framework called AdaR",
        "we recall AdaR",
    ),
    Pattern("namely", r"\b(?:namely|i\.e\.),?\s+", "one method, namely AdaR", "many AdaR"),
)

OWN: tuple[Pattern, ...] = (
    Pattern(
        "our",
        r"\b(?:our|the proposed|our proposed|our (?:method|approach|framework|model|system|"
        r"benchmark|dataset),)\s+",
        "our AdaR improves",
        "hour AdaR",
    ),
    Pattern(
        "core",
        r"\b(?:central to|core of|heart of|key (?:idea|component|"
        r"innovation))\b[^.;]{0,60}?\b(?:is|are|lies)\s+"
        r"(?:our |the |a |an )?",
        "At the core of it is the AdaR",
        "the score is AdaR",
    ),
)

_STRONG_STEMS = ("propos", "introduc", "present", "unveil", "releas", "launch", "coin")
# A pattern is found only where the sentence, in lower case, has one of these.
NEEDS: dict[str, tuple[str, ...]] = {
    "propose": _STRONG_STEMS,
    "propose-weak": ("we", "paper", "work", "study", "report", "article", "survey"),
    "propose-too": _STRONG_STEMS,
    "proposing": _STRONG_STEMS,
    "called": ("call", "name", "dub", "term", "coin", "title", "denoted", "refer"),
    "namely": ("namely", "i.e."),
    "our": ("our", "the proposed"),
    "core": ("central to", "core of", "heart of", "key "),
}
