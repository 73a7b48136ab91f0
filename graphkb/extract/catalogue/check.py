"""Whether the catalogue holds together: what a file can say and still be wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkb.model.entry import Citation, Entry, Parent, Problem
from graphkb.model.entry_check import entry_problems
from graphkb.model.name import name_key, title_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graphkb.extract.catalogue.collection import Catalogue

__all__ = ["check", "way_back"]


def check(catalogue: Catalogue) -> tuple[Problem, ...]:
    """Find everything in a catalogue that has to be mended.

    Parameters
    ----------
    catalogue : Catalogue

    Returns
    -------
    tuple of Problem
        Sorted by place; empty where nothing is wrong.

    Examples
    --------
    >>> from graphkb.extract.catalogue import parse_catalogue
    >>> [problem.what for problem in check(parse_catalogue("- {name: PPO, kind: law}", "x.yaml"))]
    ["the kind 'law' is unknown", 'it does not say where it was looked up']
    """
    problems = [
        *catalogue.malformed,
        *(problem for entry in catalogue.entries for problem in _of_entry(entry, catalogue)),
        *_same_ids(catalogue),
        *_shared_spellings(catalogue),
        *_disagreeing_papers(catalogue),
        *_cycles(catalogue),
    ]
    return tuple(sorted(problems, key=lambda problem: (_file_and_line(problem), problem.entry)))


def _file_and_line(problem: Problem) -> tuple[str, int]:
    file, _, line = problem.place.rpartition(":")
    return (file, int(line)) if line.isdigit() else (problem.place, 0)


def _problem(entry: Entry, what: str, remedy: str) -> Problem:
    return Problem(entry.place, entry.name, what, remedy)


def _of_entry(entry: Entry, catalogue: Catalogue) -> Iterator[Problem]:
    """What can be seen wrong in one entry."""
    yield from entry_problems(entry)
    if not entry.looked_up:
        yield _problem(
            entry, "it does not say where it was looked up", "name the page or file in looked_up"
        )
    if entry.kind == "model" and not entry.developer:
        yield _problem(entry, "a model without a developer", "name the organisation in developer")
    yield from _parents(entry, catalogue)


def _parents(entry: Entry, catalogue: Catalogue) -> Iterator[Problem]:
    seen = set()
    for parent in entry.parents:
        found = catalogue.parent(parent)
        if not parent.name:
            continue
        if found is None:
            known = catalogue.by_key(name_key(parent.name))
            remedy = f"write {known[0].name!r}" if known else "add that entry, or leave it out"
            yield _problem(entry, f"no entry has the name of the parent {parent.name!r}", remedy)
        elif found.id in seen:
            yield _problem(entry, f"the parent {parent.name!r} is there twice", "leave one of them")
        else:
            seen.add(found.id)
        yield from _stated(entry, parent, catalogue)


def _stated(entry: Entry, parent: Parent, catalogue: Catalogue) -> Iterator[Problem]:
    """Whether a paper can be named that states the lineage: the graph draws none without."""
    if catalogue.citation(entry, parent) is None:
        whole = "{id: …, title: …, year: …, author: …}"
        if parent.paper is None:
            yield _problem(
                entry,
                f"no paper is named for its parent {parent.name!r}",
                f"give the parent a paper: {whole}, or leave the parent out",
            )
            return
        yield _problem(
            entry,
            f"no entry cites {parent.paper} in full, which is to state its parent {parent.name!r}",
            f"write the whole paper: {whole}",
        )


def _same_ids(catalogue: Catalogue) -> Iterator[Problem]:
    for entry in catalogue.entries:
        other = catalogue.entry(entry.id)
        if other is not entry:
            yield _problem(
                entry,
                f"its id {entry.id} is also that of {other.place}",
                "merge the two, or give one another name and keep this one as an ambiguous alias",
            )


def _shared_spellings(catalogue: Catalogue) -> Iterator[Problem]:
    """Spellings that several entries have and not all of these declare ambiguous."""
    for entry in catalogue.entries:
        declared = {name_key(spelling) for spelling in entry.ambiguous}
        for key in dict.fromkeys(name_key(spelling) for spelling in entry.spellings):
            others = [other for other in catalogue.by_key(key) if other.id != entry.id]
            if others and key not in declared:
                names = ", ".join(f"{other.name} ({other.place})" for other in others)
                yield _problem(
                    entry,
                    f"{key!r} is also a spelling of {names}",
                    "take it from all but one of them, or list it under ambiguous in each",
                )


def _disagreeing_papers(catalogue: Catalogue) -> Iterator[Problem]:
    """One paper that is cited in two ways."""
    first: dict[str, tuple[Entry, Citation]] = {}
    cited = ((entry, paper) for entry in catalogue.entries for paper in entry.citations)
    for entry, paper in cited:
        if not paper.id:
            continue
        other, known = first.setdefault(paper.id, (entry, paper))
        if _folded(paper) != _folded(known):
            yield _problem(
                entry,
                f"{paper.id} has another title, year or author at {other.place}",
                "look the paper up and mend the wrong one",
            )


def _folded(paper: Citation) -> tuple[str, int, str]:
    return title_key(paper.title), paper.year, paper.author.casefold()


def _cycles(catalogue: Catalogue) -> Iterator[Problem]:
    """Entries that are their own ancestors; a cycle is told once, at its first entry by id."""
    told: set[str] = set()
    for entry in catalogue.entries:
        path = way_back(entry, catalogue)
        if path and not told.intersection(step.id for step in path):
            told.update(step.id for step in path)
            names = " → ".join(step.name for step in (*path, entry))
            yield _problem(entry, f"it is its own ancestor: {names}", "take out one of these steps")


def way_back(entry: Entry, catalogue: Catalogue) -> tuple[Entry, ...]:
    """Return the shortest path over parents from an entry to itself, without its last step.

    Parameters
    ----------
    entry : Entry
        Where the path begins and would end.
    catalogue : Catalogue
        What knows the parents.

    Returns
    -------
    tuple of Entry
        Empty where there is none.
    """
    came: dict[str, tuple[Entry, ...]] = {entry.id: (entry,)}
    front: Iterable[Entry] = (entry,)
    while front:
        following: list[Entry] = []
        for child in front:
            for parent in filter(None, map(catalogue.parent, child.parents)):
                if parent.id == entry.id:
                    return came[child.id]
                if parent.id not in came:
                    came[parent.id] = (*came[child.id], parent)
                    following.append(parent)
        front = following
    return ()
