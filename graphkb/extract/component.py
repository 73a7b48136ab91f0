"""What belongs to what a paper introduces: variants by name, components in Title Case."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from graphkb.extract.candidate import Candidate
from graphkb.extract.kind import kind_of_name, kind_of_phrase
from graphkb.extract.pattern import Pattern
from graphkb.extract.shape import is_generic, is_name, shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphkb.extract.sentences import Document, Sentence

__all__ = ["CONTEXTS", "components"]

# What stands before a phrase in Title Case that names a part of the paper's own work.
CONTEXTS: tuple[Pattern, ...] = (
    Pattern(
        "enumerated",
        r"(?:\(?(?:i{1,3}|iv|v|[1-6]|[a-e])\)|\b(?:first|second|third)(?:ly)?,)\s*(?:the |a |"
        r"an |we \w+ )?"
        r"(?:[a-z-]+ ){0,2}$",
        "two parts: (1) a ",
        "in one ",
    ),
    Pattern(
        "parts",
        r"\b(?:components?|modules?|stages?|techniques?|innovations?|strategies|designs?|"
        r"tasks?|agents?|ideas|steps?|"
        r"phases?|pillars|contributions|mechanisms)\b[^.;]{0,30}?(?::|,|--|\(|including|"
        r"such as|namely)\s*"
        r"(?:the |an? )?(?:[a-z-]+ ){0,2}$",
        "two components: a ",
        "components of ",
    ),
    Pattern(
        "made",
        r"\b(?:propos\w+|introduc\w+|present\w*|develop\w*|design\w*|devis\w+|employ\w*|"
        r"incorporat\w+|featur\w+|"
        r"compris\w+|integrat\w+|consist\w* of|combin\w+|adopt\w*|construct\w*|creat\w+|"
        r"leverag\w+|us(?:es?|ing)|via|"
        r"through|with|called|named|termed|by|is)\s+(?:a |an |the |our |its |two |"
        r"three )?(?:[a-z-]+,? ){0,3}$",
        "it incorporates a new ",
        "of the ",
    ),
    Pattern(
        "listed", r"(?:\band|,|;)\s+(?:finally |an? |the )?(?:[a-z-]+ ){0,2}$", "A, and a ", "the "
    ),
)
_OWN = re.compile(r"\b(?:we|our)\b", re.IGNORECASE)
_SIZE = re.compile(r"\d+(?:\.\d+)?[BM]$")


def components(document: Document, names: Sequence[str]) -> list[Candidate]:
    """Find variants of the introduced names, and components in Title Case.

    Parameters
    ----------
    document : Document
        The split text.
    names : sequence of str
        What the paper surely introduces, as written.

    Returns
    -------
    list of Candidate
        Each with group ``introduces``.
    """
    found: list[Candidate] = []
    wanted = [name for name in dict.fromkeys(names) if len(name) > 2]
    for sentence in document.sentences:
        if sentence.field == "title":
            continue
        found.extend(_variants(sentence, wanted))
        found.extend(_title_case(sentence))
    return found


def _variants(sentence: Sentence, names: Sequence[str]) -> Iterator[Candidate]:
    known = {name.casefold() for name in names}
    wanted = [name.casefold().split("-") for name in names if " " not in name]
    for token in sentence.tokens:
        # A variant has a part more than the name.
        if "-" not in token.text or not is_name(token.text) or token.text.casefold() in known:
            continue
        parts = token.text.casefold().split("-")
        for pieces in wanted:
            if len(parts) <= len(pieces):
                continue
            places = [
                at
                for at in range(len(parts) - len(pieces) + 1)
                if parts[at : at + len(pieces)] == pieces
            ]
            if not places:
                continue
            where = "first" if places[0] == 0 else "later"
            what = "size" if _SIZE.search(token.text) else "name"
            kind = "model" if what == "size" else kind_of_name(token.text) or "model"
            yield Candidate(
                "introduces",
                kind,
                sentence,
                token.begin,
                token.stop,
                f"introduce:variant:{where}:{what}",
            )
            break


def _title_case(sentence: Sentence) -> Iterator[Candidate]:
    tokens = sentence.tokens
    capital = [_capitalised(token.text) for token in tokens]
    reached = 1
    for at in range(1, len(tokens) - 1):
        # Most words are in lower case.
        if not (capital[at] and capital[at + 1]) or at < reached:
            continue
        last = _phrase(sentence, at, capital)
        if last == at:
            continue
        begin, stop = tokens[at].begin, tokens[last].stop
        before = sentence.between(begin - 80, begin)
        context = next((p.name for p in CONTEXTS if p.regex.search(before)), "bare")
        after = sentence.between(stop, stop + 60)
        noun = kind_of_phrase(after.lstrip()) if after.startswith(" ") else None
        whose = "own" if _OWN.search(sentence.plain) else "other"
        yield Candidate(
            "introduces",
            noun or "method",
            sentence,
            begin,
            stop,
            f"introduce:title-case:{context}:{whose}{'-noun' if noun else ''}",
        )
        reached = last + 1


def _phrase(sentence: Sentence, at: int, capital: Sequence[bool]) -> int:
    """Return the last token of the phrase in Title Case that begins at a Capitalised token."""
    tokens = sentence.tokens
    last = at
    while (
        last + 1 < len(tokens)
        and last - at < 5
        and capital[last + 1]
        and sentence.between(tokens[last].stop, tokens[last + 1].begin) == " "
    ):
        last += 1
    return last


@lru_cache(maxsize=32768)
def _capitalised(word: str) -> bool:
    if is_generic(word):
        return False
    what = shape(word)
    return what == "title" or (what in ("part", "camel") and word[0].isupper())
