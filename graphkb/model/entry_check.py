"""What is wrong with an entry by itself, wherever it stands."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from graphkb.errors import CatalogueError
from graphkb.model.entry import KINDS, Citation, Entry, Problem
from graphkb.model.name import name_key
from graphkb.model.version_pattern import version_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["citation_problems", "entry_problems", "identifier_problems"]

_ARXIV = re.compile(r"arxiv:(?P<year>\d\d)(?P<month>0[1-9]|1[0-2])\.(?P<number>\d{4,5})")
_ARXIV_OLD = re.compile(r"arxiv:[a-z-]+(\.[A-Z]{2})?/(?P<year>\d\d)(0[1-9]|1[0-2])\d{3}")
_DOI = re.compile(r"doi:10\.\d{4,9}/[^\sA-Z]*[^\sA-Z.,;]")
_EARLIEST = 1900


def entry_problems(entry: Entry) -> Iterator[Problem]:
    """Find what is wrong with an entry, whatever others say.

    Parameters
    ----------
    entry : Entry
        From wherever.

    Yields
    ------
    Problem
        With what mends it.

    Examples
    --------
    >>> [problem.what for problem in entry_problems(Entry("PPO", None, "law"))]
    ["the kind 'law' is unknown"]
    """
    if entry.kind not in KINDS:
        known = ", ".join(KINDS)
        yield _problem(entry, f"the kind {entry.kind!r} is unknown", f"known are {known}")
    if entry.match not in (None, "exact", "folded"):
        yield _problem(
            entry, f"match is {entry.match!r}", "leave it out, or write 'exact' or 'folded'"
        )
    yield from _spellings(entry)
    yield from _versions(entry)
    for paper in entry.citations:
        yield from citation_problems(entry, paper)
    for parent in entry.parents:
        if not parent.name:
            yield _problem(entry, "a parent has no name", "name an entry of the catalogue")
        if not parent.why:
            yield _problem(
                entry, f"the parent {parent.name!r} has no why", "say in one line what changes"
            )
        if isinstance(parent.paper, str):
            yield from identifier_problems(entry, parent.paper)


def _problem(entry: Entry, what: str, remedy: str) -> Problem:
    return Problem(entry.place, entry.name, what, remedy)


def _spellings(entry: Entry) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for spelling in entry.spellings:
        key = name_key(spelling)
        if not key:
            yield _problem(
                entry, f"{spelling!r} holds no letter and no digit", "write a spelling that does"
            )
        elif key in first:
            yield _problem(
                entry,
                f"{spelling!r} is {first[key]!r} again",
                "leave it out: case, hyphens, blanks and the plural are folded",
            )
        first.setdefault(key, spelling)
    for spelling in entry.ambiguous:
        if name_key(spelling) not in first:
            yield _problem(
                entry,
                f"the ambiguous {spelling!r} is none of its spellings",
                "write a name, long form or alias of the entry",
            )


def _versions(entry: Entry) -> Iterator[Problem]:
    if entry.versions and entry.kind != "model":
        yield _problem(
            entry, f"a {entry.kind} with versions", "leave versions out: they are of models"
        )
    for pattern in entry.versions:
        try:
            version_pattern(pattern)
        except CatalogueError as error:
            yield _problem(entry, error.what, error.remedy or "")


def citation_problems(entry: Entry, paper: Citation) -> Iterator[Problem]:
    """Find what is wrong with a paper that an entry cites in full."""
    parts = (("id", paper.id), ("title", paper.title), ("year", paper.year))
    missing = [part for part, value in (*parts, ("author", paper.author)) if not value]
    if missing:
        yield _problem(
            entry, f"its paper has no {' and no '.join(missing)}", "complete it, or leave paper out"
        )
    if paper.id:
        yield from identifier_problems(entry, paper.id)
    if not paper.year:
        return
    latest = datetime.now(tz=UTC).year + 1
    stated = _arxiv_year(paper.id)
    if not _EARLIEST <= paper.year <= latest:
        yield _problem(
            entry, f"the year {paper.year} is not plausible", "write the year of the first version"
        )
    elif stated is not None and abs(stated - paper.year) > 1:
        yield _problem(
            entry,
            f"the year {paper.year} does not fit {paper.id}, which is of {stated}",
            "write the year of the first public version, or mend the id",
        )


def identifier_problems(entry: Entry, identifier: str) -> Iterator[Problem]:
    """Find what is wrong with the identifier of a paper that an entry cites."""
    if not (_DOI.fullmatch(identifier) or _arxiv_year(identifier) is not None):
        yield _problem(
            entry,
            f"{identifier!r} is no identifier of a paper",
            "write 'arxiv:2402.03300' without a version, or 'doi:10.…' in lower case",
        )


def _arxiv_year(identifier: str) -> int | None:
    """Return the year that an arXiv id states, or None where it is not well-formed."""
    new = _ARXIV.fullmatch(identifier)
    if new:
        # Numbers have had five digits since January 2015 and the scheme began in April 2007.
        digits = 5 if new["year"] >= "15" else 4
        began = new["year"] + new["month"] >= "0704"
        return 2000 + int(new["year"]) if began and len(new["number"]) == digits else None
    old = _ARXIV_OLD.fullmatch(identifier)
    if old:
        year = int(old["year"])
        return 1900 + year if year >= 91 else 2000 + year
    return None
