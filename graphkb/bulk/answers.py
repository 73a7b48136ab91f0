"""What works ask of each other: who is cited, and who wrote several of them.

Each work asks under the identifiers that it cites and the names of its authors; what is known of an
identifier or a name is brought there, and the answers go back to the block of the work.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from graphkb.build.author import author_entity, author_names, same_people
from graphkb.build.paper import stub_entity
from graphkb.build.recorded import Form, form_of, most_telling
from graphkb.build.sourced import SourcedRepository
from graphkb.build.work import Work
from graphkb.bulk.engine import Shared
from graphkb.bulk.files import Files, Tables
from graphkb.bulk.identity import Block
from graphkb.model.groups import join, least
from graphkb.model.record import AuthorName

__all__ = ["CITED", "PERSON", "Answering", "CitedByCatalogue", "WorkAnswer", "asked_by_works"]

_ORCID = "o "


# Of what there are tens for each paper, plain tuples: they go to other processes in a fraction of
# the time that objects of a class take.
_Known = tuple[str, Work | None]
"""The work that an identifier is of; one that only the catalogue cites comes with it."""

_Cites = tuple[str, str, tuple[str, ...]]
"""Of a block a work that cites an identifier, by the word of some sources."""

_Wrote = tuple[str, str, str, str | None, tuple[str, ...]]
"""Of a block a work that names an author, their name and ORCID there, and whom else it names."""

CITED, PERSON = "i ", "a "

WorkAnswer = tuple[str, str, str, str]
"""``CITED``: a work, an identifier that it cites, and the id of what that leads to, where that is
another. ``PERSON``: a work, an author's name, and the first work of that person, where several
people have the name."""


@dataclass(frozen=True, slots=True)
class CitedByCatalogue:
    """What became of an identifier that the catalogue cites.

    Parameters
    ----------
    identifier : str
        As the catalogue has it.
    id : str
        Of the work that it leads to; itself, where it leads to none.
    delivered : bool
        Whether a source delivered the work.
    sources : frozenset of str
        Those of the works that cite it.
    work : Work or None
        The work that it leads to, where only the catalogue cites that.
    """

    identifier: str
    id: str
    delivered: bool
    sources: frozenset[str]
    work: Work | None


def asked_by_works(
    _number: int, blocks: Iterator[tuple[str, Block | SourcedRepository]]
) -> Iterator[tuple[str, Any]]:
    """Yield what is known of identifiers, and what works ask of identifiers and names."""
    for block, found in blocks:
        if isinstance(found, SourcedRepository):
            continue
        work = found.work
        for identifier in found.ids:
            yield f"{CITED}{identifier}", (work.id, None if work.delivered else work)
        if not work.delivered:
            continue
        own = {identifier for sourced in work.records for identifier in sourced.identifiers}
        cited: dict[str, tuple[str, ...]] = {}
        for sourced in work.records:
            stating = (sourced.source,)
            for identifier in sourced.record.references:
                if identifier not in own:
                    known = cited.get(identifier)
                    cited[identifier] = (*known, sourced.source) if known else stating
        for identifier, sources in cited.items():
            yield f"{CITED}{identifier}", (block, work.id, sources)
        authors = author_names(work)
        names = tuple(authors)
        # An author with two names in one work has the last, as in a load.
        for orcid, author in {a.orcid: a for a in authors.values() if a.orcid}.items():
            yield f"{_ORCID}{orcid}", (block, work.id, author.name, orcid, ())
        for name, author in authors.items():
            if not author.orcid:
                yield f"{PERSON}{name}", (block, work.id, author.name, None, names)


@dataclass(frozen=True, slots=True)
class Answering:
    """The step that answers; it writes the authors, and the papers that are only cited.

    Parameters
    ----------
    cited_by_catalogue : Shared of frozenset of str
        Identifiers of which the catalogue speaks: whether these become papers is known later.
    files : Files
        Where to.
    """

    cited_by_catalogue: Shared[frozenset[str]]
    files: Files

    def __call__(
        self, number: int, groups: Iterator[tuple[str, tuple[list[Any], ...]]]
    ) -> Iterator[tuple[str, WorkAnswer | CitedByCatalogue]]:
        """Yield answers under blocks; what the catalogue cites under nothing."""
        catalogue = self.cited_by_catalogue.value
        with self.files.tables("known", number) as tables:
            for key, (found,) in groups:
                if key.startswith(CITED):
                    identifier = key.removeprefix(CITED)
                    yield from _cited(identifier, found, identifier in catalogue, tables)
                elif key.startswith(_ORCID):
                    _write_authors(tables, [(_author(one), key, "", True) for one in found])
                else:
                    yield from _people(key.removeprefix(PERSON), found, tables)


def _cited(
    identifier: str, found: list[Any], is_of_catalogue: bool, tables: Tables
) -> Iterator[tuple[str, WorkAnswer | CitedByCatalogue]]:
    known: _Known | None = None
    citing: list[_Cites] = []
    for one in found:
        if len(one) == 2:
            known = one
        else:
            citing.append(one)
    id_, undelivered = known or (identifier, None)
    if id_ != identifier:
        for block, work, _ in citing:
            yield block, (CITED, work, identifier, id_)
    if is_of_catalogue:
        delivered = known is not None and undelivered is None
        yield "", CitedByCatalogue(identifier, id_, delivered, _sources(citing), undelivered)
    elif known is None:
        tables.add(stub_entity(identifier, _sources(citing)))


def _sources(citing: list[_Cites]) -> frozenset[str]:
    return frozenset(source for *_, sources in citing for source in sources)


def _people(name: str, found: list[_Wrote], tables: Tables) -> Iterator[tuple[str, WorkAnswer]]:
    found.sort(key=itemgetter(1))
    above: dict[str, str] = {}
    for left, right in same_people(name, ((work, names) for _, work, *_, names in found)):
        join(above, left, right)
    first = {work: least(above, work) for _, work, *_ in found}
    alone = len(set(first.values())) == 1
    _write_authors(tables, [(_author(one), name, first[one[1]], alone) for one in found])
    if not alone:
        for block, work, *_ in found:
            yield block, (PERSON, work, name, first[work])


def _author(wrote: _Wrote) -> AuthorName:
    _, _, name, orcid, _ = wrote
    return AuthorName(name, orcid)


def _write_authors(tables: Tables, found: list[tuple[AuthorName, str, str, bool]]) -> None:
    """Write the authors of one name or ORCID, each in the form that is displayed."""
    forms: dict[str, Counter[Form]] = defaultdict(Counter)
    for author, key, first, alone in found:
        folded = key.replace(_ORCID, "orcid:", 1) if key.startswith(_ORCID) else key
        entity = author_entity(author, folded, first, alone=alone)
        forms[entity.id][form_of(entity)] += 1
    for counted in forms.values():
        tables.add(most_telling(counted))
