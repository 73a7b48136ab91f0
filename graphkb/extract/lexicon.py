"""The catalogue as an automaton: all its spellings found in one pass over a text.

References
----------
A. V. Aho and M. J. Corasick, "Efficient string matching: an aid to bibliographic search",
Communications of the ACM 18(6):333-340, 1975.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from graphkb.extract.pattern import lower_case
from graphkb.model.version_pattern import head_of, version_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graphkb.extract.catalogue import Catalogue, Entry

__all__ = ["Hit", "Lexicon", "fold", "variants"]

Case = Literal["exact", "camel", "capital", "folded"]

_HYPHENS = dict.fromkeys(map(ord, "-\u2010\u2011\u2012\u2013\u2014"), " ")


class Hit(NamedTuple):
    """A spelling of the catalogue in the text.

    Parameters
    ----------
    entries : tuple of Entry
        What it may be; several where the spelling is ambiguous.
    begin, stop : int
        Its span, a plural s included.
    version : bool
        Whether it is no spelling of the entry, but a version of the family that the entry is.
    """

    entries: tuple[Entry, ...]
    begin: int
    stop: int
    version: bool = False


@dataclass(frozen=True, slots=True)
class _Spelling:
    text: str
    case: Case
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class _Word:
    """What begins or stands where a folded text does."""

    length: int
    spellings: tuple[_Spelling, ...]
    versions: tuple[tuple[str, Entry], ...]


def fold(text: str) -> str:
    """Fold case, hyphens and dashes to lower case and blanks, each character to one character.

    Examples
    --------
    >>> fold("Chain-of-Thought"), len(fold("İstanbul"))
    ('chain of thought', 8)
    """
    return lower_case(text).translate(_HYPHENS)


_RECENT = 64


class Lexicon:
    """Finds the spellings of a catalogue.

    A spelling of one token with two capitals or a digit is found in this case only, a long one in
    mixed case with any two capitals; a phrase or a lower-case word in any case; a single
    Capitalised word only capitalised. Hyphens and blanks are equal, a plural s is allowed.

    Parameters
    ----------
    catalogue : Catalogue
        The entries.

    Examples
    --------
    >>> from graphkb.extract.catalogue import Catalogue, Entry
    >>> lexicon = Lexicon(Catalogue([Entry("CoT", "chain of thought", "method")]))
    >>> text = "Chain-of-Thoughts, or CoT, is no cot."
    >>> [text[hit.begin:hit.stop] for hit in lexicon.hits(text)]
    ['Chain-of-Thoughts', 'CoT']
    """

    def __init__(self, catalogue: Catalogue) -> None:
        import ahocorasick

        self._kinds = {
            text: entry.kind
            for entry in reversed(catalogue.entries)
            if entry.kind != "task"
            for text in entry.spellings
        }
        spellings: dict[str, dict[tuple[str, Case], list[Entry]]] = {}
        for entry in catalogue.entries:
            for text in dict.fromkeys(entry.spellings):
                case = _case(entry, text)
                for variant in variants(text, entry.kind):
                    same = spellings.setdefault(fold(variant), {})
                    owners = same.setdefault((variant, case), [])
                    if entry not in owners:
                        owners.append(entry)
        versions: dict[str, list[tuple[str, Entry]]] = {}
        for entry in catalogue.entries:
            for pattern in entry.versions:
                versions.setdefault(fold(head_of(pattern)), []).append((pattern, entry))
        self._automaton: Any = ahocorasick.Automaton()
        for folded in dict.fromkeys((*spellings, *versions)):
            if folded.strip():
                words = tuple(
                    _Spelling(text, case, tuple(owners))
                    for (text, case), owners in spellings.get(folded, {}).items()
                )
                word = _Word(len(folded), words, tuple(versions.get(folded, ())))
                self._automaton.add_word(folded, word)
        # Names and tasks are looked for in the same sentences, one after the other.
        self._recent: dict[str, list[Hit]] = {}
        self._empty = not spellings and not versions
        if not self._empty:
            self._automaton.make_automaton()

    def hits(self, text: str) -> list[Hit]:
        """Find the longest spellings that stand between word boundaries.

        Parameters
        ----------
        text : str
            Any text; markup should be masked.

        Returns
        -------
        list of Hit
            In the text's order, none overlapping another.
        """
        if self._empty:
            return []
        known = self._recent.get(text)
        if known is not None:
            return known
        found = sorted(self._all(text), key=lambda hit: (hit.begin, -hit.stop, hit.version))
        hits: list[Hit] = []
        reached = 0
        for at, hit in enumerate(found):
            if hit.begin >= reached:
                hits.append(_of_closest(hit, found[at + 1 :]) if hit.version else hit)
                reached = hit.stop
        if len(self._recent) >= _RECENT:
            self._recent.clear()
        self._recent[text] = hits
        return hits

    def kind_of(self, spelling: str) -> str | None:
        """Return the kind of the entry that has exactly this spelling, or None."""
        return self._kinds.get(spelling)

    def _all(self, text: str) -> Iterator[Hit]:
        word: _Word
        for last, word in self._automaton.iter(fold(text)):
            begin, stop = last - word.length + 1, last + 1
            if begin and (text[begin - 1].isalnum() or text[begin - 1] == "_"):
                continue
            for pattern, family in word.versions:
                version = _compiled(pattern).match(text, begin)
                if version:
                    yield Hit((family,), begin, version.end(), version=True)
            after = text[stop : stop + 2]
            if after[:1] == "s" and not after[1:].isalnum() and text[stop - 1] != "s":
                end = stop + 1
            elif (
                after[:1].isalnum()
                or after[:1] == "_"
                or (after[:1] == "." and after[1:].isdigit() and text[stop - 1].isalnum())
            ):
                continue
            else:
                end = stop
            if after[:1] in ("+", "*") and text[stop - 1].isalnum():
                continue
            as_written = text[begin:stop]
            entries = _unique(
                entry
                for spelling in word.spellings
                if _fits(spelling, as_written)
                for entry in spelling.entries
                # "Adams" is no plural of what must be spelled exactly so.
                if end == stop or entry.match != "exact"
            )
            if entries:
                yield Hit(entries, begin, end)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    # When the first text has the family's name: most texts name few families.
    return version_pattern(pattern)


def _of_closest(version: Hit, others: Iterable[Hit]) -> Hit:
    """Give a version to the closest family: "DeepSeek-V3.2-Exp" to DeepSeek-V3.2, if it is one."""
    for other in others:
        if other.begin != version.begin:
            break
        if not other.version and all(entry.kind == "model" for entry in other.entries):
            return version._replace(entries=other.entries)
    return version


def _unique(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple({entry.id: entry for entry in entries}.values())


def _fits(spelling: _Spelling, as_written: str) -> bool:
    if spelling.case == "folded":
        return True
    if spelling.case == "camel":
        return sum(c.isupper() for c in as_written) >= 2
    if spelling.case == "capital":
        return as_written[:1].isupper()
    return spelling.text.translate(_HYPHENS) == as_written.translate(_HYPHENS)


def _case(entry: Entry, text: str) -> Case:
    if entry.match:
        return "exact" if entry.match == "exact" else "folded"
    letters = sum(c.isalpha() for c in text)
    capitals = sum(c.isupper() for c in text)
    parts = _SEPARATOR.split(text)
    if len(parts) > 1:
        # "GPT 4o" or "A-GEM" is spelled one way only, a phrase or "SWE-bench" in many.
        short = letters < 7 and any(sum(c.isupper() or c.isdigit() for c in p) > 1 for p in parts)
        return "exact" if short else "folded"
    if capitals >= 2 or any(c.isdigit() for c in text):
        # A long name such as GenEval or ALFWorld is written in capitals of one's choice.
        return "camel" if letters >= 6 and capitals >= 2 and not text.isupper() else "exact"
    return "capital" if text[:1].isupper() else "folded"


_SEPARATOR = re.compile(r"[- ]")
_BEFORE_DIGIT = re.compile(r"(?<=[A-Za-z])[- ](?=\d)")
_AT_DIGIT = re.compile(r"(?<=[A-Za-z]{2})(?=\d)")


def variants(text: str, kind: str) -> tuple[str, ...]:
    """Write a spelling with and without the hyphen before a number, where models vary in it.

    Parameters
    ----------
    text, kind : str
        A spelling and the kind of its entry.

    Returns
    -------
    tuple of str
        The spelling first.
    """
    variants = {text: None}
    if kind in ("model", "benchmark", "dataset"):
        variants[_BEFORE_DIGIT.sub("", text)] = None
        if kind == "model":
            variants[_AT_DIGIT.sub("-", text, count=1)] = None
    return tuple(variants)
