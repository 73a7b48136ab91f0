"""Papers that nobody wrote, one after the other as they appeared, in memory that is flat.

Nearly all of a paper is a function of its number (when it appeared, its identifiers, which sources
know it), so that a later paper can cite it and nobody has to remember it. What is chosen, where it
was not measured (:mod:`benchmarks.popularity`):

- A fifth more papers every year since 2008, as in the fields that grow fast.
- Whom a paper cites: recent work (four years back on average), of which a few papers draw far more
  than the others: the share of papers that are cited k times falls with the third power of k, as
  Redner found it. A tenth of all citations go to classics, the earliest papers most.
- Who wrote it: a team out of a group of forty, in which few write much; one in ten authors comes
  from another group. Four authors a paper on average, spread as the corpus of 2025 has it.

References
----------
S. Redner, How popular is your paper? An empirical study of the citation distribution, European
Physical Journal B 4 (1998), doi:10.1007/s100510050359.
"""

from __future__ import annotations

import math
import random
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from benchmarks.popularity import AUTHORS_LOG_SPREAD

__all__ = ["Identity", "MadePaper", "Papers", "orcid_of"]

FIRST_YEAR, LAST_YEAR, GROWTH = 2008, 2025, 1.2
# Years back, of what is cited for being recent; and the share cited for being a classic.
AGE, CLASSICS = 4.0, 0.1
# How much the numbers of citations of two papers differ: the spread of their logarithm.
CITATIONS_LOG_SPREAD = 0.6
AUTHORS, MOST_AUTHORS, GROUP, PERSONS_A_PAPER, FROM_ELSEWHERE = 4.0, 60, 40, 1.6, 0.1
WITH_ORCID = 0.35
# Of all papers: with an arXiv id and a DOI, with an arXiv id alone, with a DOI alone.
BOTH_IDS, ARXIV_ALONE, DOI_ALONE = 0.35, 0.25, 0.32
# Of papers that one source alone knows, those that it is OpenAlex which knows.
OPENALEX_ALONE = 0.8
# Of papers with both identifiers: OpenAlex knows nothing of the preprint; our own file gives the
# DOI alone, or the arXiv id alone, or else both.
PREPRINT_UNKNOWN, OURS_BY_DOI, OURS_BY_ARXIV = 0.2, 0.45, 0.45

_MASK = 2**64 - 1
_ODD = 0x9E3779B97F4A7C15
_SMALLEST_BLOCK, _LARGEST_BLOCK = 6, 14
_TRIES = 12


@dataclass(frozen=True, slots=True)
class Identity:
    """What names a paper, and where: a function of its number.

    Parameters
    ----------
    number : int
        From 0, in the order of dates.
    openalex : str
        The id that OpenAlex gives it, where OpenAlex knows it; else empty.
    ours : bool
        Whether our own file tells of it.
    openalex_ids, our_ids : tuple of str
        arXiv id and DOI, each empty where that source does not give it.
    """

    number: int
    openalex: str
    ours: bool
    openalex_ids: tuple[str, str]
    our_ids: tuple[str, str]

    @property
    def cited_as(self) -> str:
        """How our own file cites it: an arXiv id or a DOI that some source gives, or nothing."""
        (arxiv, doi), (our_arxiv, our_doi) = self.openalex_ids, self.our_ids
        return arxiv or our_arxiv or doi or our_doi


@dataclass(frozen=True, slots=True)
class MadePaper:
    """A paper.

    Parameters
    ----------
    identity : Identity
        Its names.
    published : str
        ISO date.
    authors : tuple of int
        Persons by number, in order; forty of them are a group.
    cited : tuple of Identity
        Earlier papers, by number.
    """

    identity: Identity
    published: str
    authors: tuple[int, ...]
    cited: tuple[Identity, ...]


@dataclass(frozen=True, slots=True)
class Papers:
    """So many papers; the same size, seed and parameters give the same ones.

    Parameters
    ----------
    count : int
        How many.
    citations : float
        How many works each cites on average; the first ones fewer.
    overlap : float
        The share of papers that both sources tell of.
    seed : int
        Of everything that is drawn.
    """

    count: int
    citations: float = 10.0
    overlap: float = 0.3
    seed: int = 1
    _months: tuple[tuple[int, int], ...] = field(init=False)
    _firsts: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        months = [(y, m) for y in range(FIRST_YEAR, LAST_YEAR + 1) for m in range(1, 13)]
        whole = list(accumulate(GROWTH ** (at / 12) for at in range(len(months))))
        firsts = [0, *(int(self.count * passed / whole[-1]) for passed in whole[:-1])]
        object.__setattr__(self, "_months", tuple(months))
        object.__setattr__(self, "_firsts", tuple(firsts))

    def __iter__(self) -> Iterator[MadePaper]:
        """Yield the papers, the oldest first."""
        draw = random.Random(f"papers {self.seed}")  # noqa: S311 - nobody's secret
        for number in range(self.count):
            identity = self.identity(number)
            yield MadePaper(
                identity,
                self.published(number),
                self._team(number, draw),
                self._cited(identity, draw),
            )

    def published(self, number: int) -> str:
        """Return the day on which a paper appeared."""
        at = bisect_right(self._firsts, number) - 1
        (year, month), first = self._months[at], self._firsts[at]
        after = self._firsts[at + 1] if at + 1 < len(self._firsts) else self.count
        return f"{year}-{month:02}-{1 + (number - first) * 28 // max(1, after - first):02}"

    def identity(self, number: int) -> Identity:
        """Return what names a paper."""
        known, named, told, unknown = self._chances(number)
        alone = self.overlap + (1 - self.overlap) * OPENALEX_ALONE
        openalex = f"W{2_000_000_000 + number}" if known < alone else ""
        ours = known < self.overlap or known >= alone
        arxiv = self._arxiv(number) if named < BOTH_IDS + ARXIV_ALONE else ""
        by_doi = BOTH_IDS + ARXIV_ALONE <= named < BOTH_IDS + ARXIV_ALONE + DOI_ALONE
        doi = f"10.5555/made.{self.seed}.{number}" if named < BOTH_IDS or by_doi else ""
        ids, our_ids = (arxiv, doi), (arxiv, doi)
        if arxiv and doi:
            if unknown < PREPRINT_UNKNOWN:
                ids = ("", doi)
            if told < OURS_BY_DOI:
                our_ids = ("", doi)
            elif told < OURS_BY_DOI + OURS_BY_ARXIV:
                our_ids = (arxiv, "")
        nothing = ("", "")
        return Identity(
            number, openalex, ours, ids if openalex else nothing, our_ids if ours else nothing
        )

    def _chances(self, number: int) -> tuple[float, float, float, float]:
        """Four numbers from 0 to 1 that belong to a number: splitmix64's, cut in pieces."""
        z = (number + 1) * _ODD + self.seed * 0xD1B54A32D192ED03 & _MASK
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & _MASK
        z = (z ^ z >> 27) * 0x94D049BB133111EB & _MASK
        z ^= z >> 31
        return (
            (z & 0xFFFF) / 0x10000,
            (z >> 16 & 0xFFFF) / 0x10000,
            (z >> 32 & 0xFFFF) / 0x10000,
            (z >> 48) / 0x10000,
        )

    def _arxiv(self, number: int) -> str:
        """The arXiv id; none where the month has more papers than its ids have digits for."""
        at = bisect_right(self._firsts, number) - 1
        (year, month), nth = self._months[at], number - self._firsts[at] + 1
        digits = 5 if year >= 2015 else 4
        return f"{year % 100:02}{month:02}.{nth:0{digits}}" if nth < 10**digits else ""

    def _team(self, number: int, draw: random.Random) -> tuple[int, ...]:
        mean = math.log(AUTHORS) - AUTHORS_LOG_SPREAD**2 / 2
        wanted = max(1, min(MOST_AUTHORS, round(draw.lognormvariate(mean, AUTHORS_LOG_SPREAD))))
        groups = 1 + int(number * PERSONS_A_PAPER / GROUP)
        # Groups retire: the oldest two fifths write no more.
        oldest = groups * 2 // 5
        home = draw.randrange(oldest, groups)
        team: dict[int, None] = {}
        for _ in range(wanted * 2):
            away = draw.random() < FROM_ELSEWHERE
            group = draw.randrange(oldest, groups) if away else home
            team[group * GROUP + int(GROUP * draw.random() ** 3)] = None
            if len(team) == wanted:
                break
        return tuple(team)

    def _cited(self, citing: Identity, draw: random.Random) -> tuple[Identity, ...]:
        mean = math.log(self.citations) - CITATIONS_LOG_SPREAD**2 / 2 if self.citations else 0.0
        drawn = draw.lognormvariate(mean, CITATIONS_LOG_SPREAD) if self.citations else 0.0
        wanted = min(citing.number, int(drawn + draw.random()))
        found: dict[int, Identity] = {}
        for _ in range(wanted * _TRIES):
            if len(found) == wanted:
                break
            number = self._drawn(citing.number, draw)
            if number not in found:
                cited = self.identity(number)
                if (citing.openalex and cited.openalex) or (citing.ours and cited.cited_as):
                    found[number] = cited
        return tuple(found[number] for number in sorted(found))

    def _drawn(self, before: int, draw: random.Random) -> int:
        """Draw the number of a cited paper out of those before."""
        if draw.random() < CLASSICS:
            return int(before * draw.random() ** 2)
        years = draw.expovariate(1 / AGE)
        near = int(before * GROWTH**-years)
        # A neighbourhood of any size has its own few that are cited most: a power law.
        size = draw.randint(_SMALLEST_BLOCK, _LARGEST_BLOCK)
        block = near >> size
        if (block + 1) << size > before:
            block -= 1
        if block < 0:
            return int(before * draw.random() ** 2)
        mask = (1 << size) - 1
        rank = int((mask + 1) * draw.random() ** 2)
        return (block << size) + ((rank * 0x9E3779B1 + block * 0x85EBCA77) & mask)


def orcid_of(person: int) -> str:
    """Return the ORCID of a person, with its check digit; nothing where the person has none.

    Examples
    --------
    >>> [orcid_of(person) for person in (0, 3)]
    ['0000-0090-0000-0002', '']
    """
    if (person * _ODD >> 20 & 0xFFFF) / 0x10000 >= WITH_ORCID:
        return ""
    digits = f"{900_000_000 + person:015}"
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    whole = digits + ("X" if check == 10 else str(check))
    return "-".join(whole[at : at + 4] for at in range(0, 16, 4))
