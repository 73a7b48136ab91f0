"""What works ask of each other: who is cited, and who wrote several of them.

Each work asks under the identifiers that it cites and the names of its authors; what is known of an
identifier or a name is brought there, and the answers go back to the block of the work.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

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

__all__ = ["Answering", "AuthorAnswer", "CitedAnswer", "CitedByCatalogue", "asked_by_works"]

_IDENTIFIER, _PERSON, _ORCID = "i ", "a ", "o "


class _Known(NamedTuple):
    """That an identifier is that of a work; one that only the catalogue cites comes with it."""

    id: str
    undelivered: Work | None


class _Cites(NamedTuple):
    """That a work cites an identifier, by the word of some sources."""

    block: str
    work: str
    sources: tuple[str, ...]


class _Wrote(NamedTuple):
    """That a work names an author, among others."""

    block: str
    work: str
    author: AuthorName
    names: tuple[str, ...]


class CitedAnswer(NamedTuple):
    """The id of the work that an identifier leads to, where that is another."""

    work: str
    identifier: str
    id: str


class AuthorAnswer(NamedTuple):
    """The first work of the person behind a name that several people have."""

    work: str
    name: str
    first: str


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
            yield f"{_IDENTIFIER}{identifier}", _Known(work.id, None if work.delivered else work)
        if not work.delivered:
            continue
        cited: dict[str, set[str]] = defaultdict(set)
        own = {identifier for sourced in work.records for identifier in sourced.identifiers}
        for sourced in work.records:
            for identifier in sourced.record.references:
                if identifier not in own:
                    cited[identifier].add(sourced.source)
        for identifier, sources in cited.items():
            asked = _Cites(block, work.id, tuple(sorted(sources)))
            yield f"{_IDENTIFIER}{identifier}", asked
        names = author_names(work)
        for name, author in names.items():
            if author.orcid:
                yield f"{_ORCID}{author.orcid}", _Wrote(block, work.id, author, ())
            else:
                yield f"{_PERSON}{name}", _Wrote(block, work.id, author, tuple(names))


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
    ) -> Iterator[tuple[str, CitedAnswer | AuthorAnswer | CitedByCatalogue]]:
        """Yield answers under blocks; what the catalogue cites under nothing."""
        catalogue = self.cited_by_catalogue.value
        with self.files.tables("known", number) as tables:
            for key, (found,) in groups:
                if key.startswith(_IDENTIFIER):
                    identifier = key.removeprefix(_IDENTIFIER)
                    yield from _cited(identifier, found, identifier in catalogue, tables)
                elif key.startswith(_ORCID):
                    _write_authors(tables, [(one.author, key, "", True) for one in found])
                else:
                    yield from _people(key.removeprefix(_PERSON), found, tables)


def _cited(
    identifier: str, found: list[Any], is_of_catalogue: bool, tables: Tables
) -> Iterator[tuple[str, CitedAnswer | CitedByCatalogue]]:
    known = next((one for one in found if isinstance(one, _Known)), None)
    citing = [one for one in found if isinstance(one, _Cites)]
    if known and known.id != identifier:
        for one in citing:
            yield one.block, CitedAnswer(one.work, identifier, known.id)
    if is_of_catalogue:
        sources = frozenset(source for one in citing for source in one.sources)
        id_ = known.id if known else identifier
        work = known.undelivered if known else None
        yield "", CitedByCatalogue(identifier, id_, known is not None and not work, sources, work)
    elif known is None:
        tables.add(stub_entity(identifier, {source for one in citing for source in one.sources}))


def _people(name: str, found: list[_Wrote], tables: Tables) -> Iterator[tuple[str, AuthorAnswer]]:
    found.sort(key=lambda one: one.work)
    above: dict[str, str] = {}
    for left, right in same_people(name, ((wrote.work, wrote.names) for wrote in found)):
        join(above, left, right)
    first = {one.work: least(above, one.work) for one in found}
    alone = len(set(first.values())) == 1
    _write_authors(tables, [(one.author, name, first[one.work], alone) for one in found])
    for one in found:
        if not alone:
            yield one.block, AuthorAnswer(one.work, name, first[one.work])


def _write_authors(tables: Tables, found: list[tuple[AuthorName, str, str, bool]]) -> None:
    """Write the authors of one name or ORCID, each in the form that is displayed."""
    forms: dict[str, Counter[Form]] = defaultdict(Counter)
    for author, key, first, alone in found:
        folded = key.replace(_ORCID, "orcid:", 1) if key.startswith(_ORCID) else key
        entity = author_entity(author, folded, first, alone=alone)
        forms[entity.id][form_of(entity)] += 1
    for counted in forms.values():
        tables.add(most_telling(counted))
