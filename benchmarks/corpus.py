"""A made-up corpus of any size: papers with identifiers, authors and power-law citations.

The same size and seed give the same bytes. Titles are of seven words out of a few hundred, so that
none is another's; authors work in groups; a few papers draw most of the citations, all of them
from later ones.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

__all__ = ["papers", "write"]

_SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ka", "le", "mi", "no", "pu", "ra", "se", "ti", "vo")
_WORDS = tuple(
    f"{a}{b}{c}n" for a in _SYLLABLES for b in _SYLLABLES for c in ("l", "r", "s") if a != b
)
_PAPERS_A_MONTH = 9_000
_AUTHORS = 3


def papers(
    count: int, *, citations: int = 10, seed: int = 1, first: int = 0
) -> Iterator[dict[str, Any]]:
    """Yield papers as objects that the loader ``papers`` reads.

    Parameters
    ----------
    count : int
        How many.
    citations : int
        How many works each cites, where as many came before it.
    seed : int
        Of everything that is drawn.
    first : int
        The number of the first paper: later papers cite those before it too.

    Yields
    ------
    dict
        With id, title, authors, published and references.
    """
    draw = random.Random(f"{seed} {first}")  # noqa: S311 - nobody's secret
    cited: list[int] = []
    for number in range(first, first + count):
        chosen: set[int] = set()
        for _ in range(citations * 4 if number else 0):
            if len(chosen) == min(citations, number):
                break
            # Half of all citations go to a paper by its citations, half to any: a power law.
            popular = cited and draw.random() < 0.5
            chosen.add(draw.choice(cited) if popular else draw.randrange(number))
        cited += chosen
        group = draw.randrange(1 + (first + count) // 4)
        yield {
            "id": _arxiv(number),
            "title": _title(number, draw),
            "published": _date(number),
            "authors": [_name(group * 2 + draw.randrange(6)) for _ in range(_AUTHORS)],
            "references": [f"arXiv:{_arxiv(other)}" for other in sorted(chosen)],
        }


def write(path: Path, found: Iterator[dict[str, Any]]) -> Path:
    """Write papers as JSON lines."""
    with path.open("w", encoding="utf-8") as file:
        for paper in found:
            file.write(json.dumps(paper, separators=(",", ":")) + "\n")
    return path


def _month(number: int) -> tuple[int, int]:
    months = number // _PAPERS_A_MONTH
    return 2015 + months // 12, 1 + months % 12


def _arxiv(number: int) -> str:
    year, month = _month(number)
    return f"{year % 100:02}{month:02}.{number % _PAPERS_A_MONTH + 1:05}"


def _date(number: int) -> str:
    year, month = _month(number)
    return f"{year}-{month:02}-{1 + number % 28:02}"


def _title(number: int, draw: random.Random) -> str:
    # Three words spell the number, so that no two titles are equal.
    base = len(_WORDS)
    own = (_WORDS[number % base], _WORDS[number // base % base], _WORDS[number // base**2])
    words = [*own, *(draw.choice(_WORDS) for _ in range(4))]
    return " ".join(words).capitalize()


def _name(number: int) -> str:
    base = len(_WORDS)
    given, family = _WORDS[number % base], _WORDS[number // base % base] + _WORDS[number // base**2]
    return f"{given.capitalize()} {family.capitalize()}"
