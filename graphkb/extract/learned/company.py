"""What a word is like, by the company that it keeps in thousands of abstracts.

A classifier that has seen a few hundred annotated abstracts knows few words. Words that stand
among like neighbours get the same class, so that what was learned of "video" also tells of
"audio"; and of a word that heads or opens noun phrases the table says how often these stand
in the places where tasks stand. Nothing of it is annotated. ``scripts/word_company.py`` makes the
table from the titles and abstracts of a corpus, without the annotated papers.

References
----------
J. R. Firth, "A synopsis of linguistic theory 1930-1955", Studies in Linguistic Analysis, 1957.

O. Levy, Y. Goldberg and I. Dagan, "Improving distributional similarity with lessons learned from
word embeddings", TACL 3:211-225, 2015: positive pointwise mutual information with smoothed
contexts, factorised.
"""

from __future__ import annotations

import json
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

__all__ = ["PLACES", "Company", "company"]

# Where a noun phrase may stand: before "task" or "benchmark", after a preposition of purpose, after
# a verb, in the title, before punctuation, in a list, in the first sentence.
PLACES = ("task", "purpose", "verb", "title", "end", "list", "first")


class Company(NamedTuple):
    """What is known of a word.

    Parameters
    ----------
    coarse, fine : str
        Its class among 64 and among 256; empty for a word that is too rare.
    head, opening : tuple of str
        How often, against the average, noun phrases that end, or begin, with it stand in each of
        `PLACES`, in thirds of an octave, and how many there are: as features.
    """

    coarse: str
    fine: str
    head: tuple[str, ...]
    opening: tuple[str, ...]


@cache
def _table() -> dict[str, list[list[int]]]:
    path = files("graphkb.extract.learned") / "company.json"
    table: dict[str, list[list[int]]] = json.loads(path.read_text(encoding="utf-8"))
    return table


@lru_cache(maxsize=32768)
def company(word: str) -> Company:
    """Return what is known of a word; of a compound that is too rare, the class of its last part.

    Parameters
    ----------
    word : str
        In lower case.

    Returns
    -------
    Company

    Examples
    --------
    >>> company("image").fine == company("audio").fine
    True
    >>> company("no-such-word-zzz")
    Company(coarse='', fine='', head=(), opening=())
    """
    classes, head, opening = _table().get(word, _NOTHING)
    coarse, fine = map(str, classes) if classes else ("", "")
    if not classes and "-" in word:
        last = company(word.rpartition("-")[2])
        if last.coarse:
            coarse, fine = f"-{last.coarse}", f"-{last.fine}"
    return Company(coarse, fine, _named("head", head), _named("opening", opening))


_NOTHING: list[list[int]] = [[], [], []]
_TAGS = (*PLACES, "count")


def _named(which: str, profile: list[int]) -> tuple[str, ...]:
    return tuple(
        f"{which} {place} {value}"
        for place, value in zip((*PLACES, "count"), profile, strict=False)
    )
