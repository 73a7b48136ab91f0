"""Seeds that a file names: papers in any format that a loader reads, or names, one a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from graphkb.build.intake import records_of, take_in
from graphkb.build.opening import opened
from graphkb.build.sourced import SourcedRecord
from graphkb.errors import InputError, NotFoundError, UnknownFormatError
from graphkb.loaders import recognise
from graphkb.model.graph import Entity
from graphkb.model.name import name_key
from graphkb.model.record import PaperRecord, Record, RepositoryRecord
from graphkb.model.source import Loader, SourceInput
from graphkb.model.text import shortened
from graphkb.model.word import encoded_key
from graphkb.query.kind import LEFT_OUT
from graphkb.query.resolve import holds_nothing, is_storable, possible_ids, resolve
from graphkb.store.protocol import Store
from graphkb.topic.seed import Seed

__all__ = ["seed_of_file"]

_COMMENT = re.compile(r"(?:^|\s)#.*")
# Shorter titles are those of different works too often.
_TELLING_WORDS = 5
_MOST_TOLD = 3
# What names so little is no list of names: looking for what is near each line would take long.
_MOST_WRONG = 20
_LONGEST_TOLD = 80


def seed_of_file(store: Store, source: str) -> Seed:
    """Find the entities that a file names.

    Parameters
    ----------
    store : Store
        Where to look.
    source : str
        A path, or ``-`` for standard input: a file that a loader recognises, of which each paper
        is looked for by its identifiers, former ones too, and then by its title; or text, of
        which each line is a name, an alias or an id, from ``#`` on a comment.

    Returns
    -------
    Seed
        With what the store does not hold as `absent`: titles of papers, and lines that are ids.

    Raises
    ------
    InputError
        It cannot be read.
    NotFoundError
        Names of a text are none of the store, told by line with what is near; or the store holds
        nothing of what the file names.
    """
    if source != "-" and not Path(source).exists():
        # A scheme, or the error for a file that is not there.
        return _seed(store, source, *_of_records(store, take_in(source).records))
    with opened(source, "-" if source == "-" else None, {}) as (given, place):
        chosen = _recognised(given, source)
        if chosen is None:
            return _seed(store, source, *_of_lines(store, given, source))
        records = records_of(chosen, given, f"{chosen.name}:{given.name}", place).records
        return _seed(store, source, *_of_records(store, records))


def _seed(store: Store, source: str, found: Iterable[str], absent: Sequence[str]) -> Seed:
    text = "standard input" if source == "-" else Path(source).name
    ids = tuple(dict.fromkeys(found))
    if not ids and absent:
        empty = holds_nothing(store)
        raise NotFoundError(
            f"the store holds nothing of the {len(absent)} that it names, such as {absent[0]!r}",
            where=source,
            remedy="nothing is loaded yet; run `graphkb load`" if empty else "load it first",
        )
    if not ids:
        raise NotFoundError("it names nothing", where=source, remedy="name something in it")
    return Seed(text, ids, named=True, absent=tuple(absent))


def _recognised(given: SourceInput, source: str) -> Loader | None:
    """The loader of a format; none for text of which nobody knows one."""
    head, more = given.head()
    try:
        return recognise(given.name, head, more=more)
    except UnknownFormatError as error:
        if head.strip() and head.lstrip()[0] not in "{[<@":
            return None
        raise InputError(
            error.what,
            where=source,
            remedy="give a file that `graphkb load` reads, or names and ids, one a line",
        ) from error


def _of_records(store: Store, records: Iterable[Record]) -> tuple[list[str], list[str]]:
    """The ids of what records are of, and the names of what is not there."""
    papers: list[SourcedRecord] = []
    others: list[str] = []
    for record in records:
        if not isinstance(record, PaperRecord):
            others.append(_id_of(record))
        elif not record.stub:
            papers.append(SourcedRecord("", record))
    known = store.entities_by_id(sorted({*others, *(i for paper in papers for i in _ids(paper))}))
    works = {paper.key: _by_id(paper, known) for paper in papers}
    works |= _by_name(store, [paper for paper in papers if works[paper.key] is None])
    found = [id_ for id_ in works.values() if id_ is not None]
    found += [id_ for id_ in others if id_ in known and known[id_].label not in LEFT_OUT]
    absent = [paper.record.title for paper in papers if works[paper.key] is None]
    return found, [*absent, *(id_ for id_ in others if id_ not in known)]


def _id_of(record: Record) -> str:
    """The id of the entity that a record tells of, other than a paper."""
    return record.repository if isinstance(record, RepositoryRecord) else record.key


def _by_id(paper: SourcedRecord, known: Iterable[str]) -> str | None:
    return next((id_ for id_ in _ids(paper) if id_ in known), None)


def _ids(paper: SourcedRecord) -> tuple[str, ...]:
    """The ids that a load would give it."""
    return paper.identifiers or (paper.title_id,)


def _by_name(store: Store, papers: Sequence[SourcedRecord]) -> dict[str, str | None]:
    """Papers by what was their id once, or else by their title."""
    index = store.text_index(abstracts=False)
    keys = {encoded_key(text) for paper in papers for text in (*_ids(paper), paper.record.title)}
    named = sorted(index.called(keys, ["Paper"]), key=lambda one: one.rank) if keys else []
    formerly = {id_: one.id for one in reversed(named) for id_ in one.former_ids}
    titled: dict[str, list[str]] = {}
    for one in named:
        titled.setdefault(one.keys[0], []).append(one.id)
    entities = store.entities_by_id([one.id for one in named])
    return {
        paper.key: next((formerly[i] for i in _ids(paper) if i in formerly), None)
        or next(
            (
                id_
                for id_ in titled.get(name_key(paper.record.title), ())
                if _may_be(paper, entities[id_])
            ),
            None,
        )
        for paper in papers
    }


def _may_be(paper: SourcedRecord, entity: Entity) -> bool:
    """Whether a paper of the same title is the same work as far as both are known."""
    for scheme in ("arxiv", "doi"):
        stated = [i for i in paper.identifiers if i.startswith(f"{scheme}:")]
        held = [entity.id, *_texts(entity.properties.get("former_ids"))]
        if stated and any(id_.startswith(f"{scheme}:") for id_ in held):
            return False
    year = entity.properties.get("year")
    if paper.year is None or not isinstance(year, int):
        return len(paper.record.title.split()) >= _TELLING_WORDS
    return abs(paper.year - year) <= 1


def _texts(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _of_lines(store: Store, given: SourceInput, source: str) -> tuple[list[str], list[str]]:
    """The ids of what lines name, and those that are ids of what is not there."""
    lines = [(number, text) for number, line in given.lines() if (text := _content(line))]
    ids = {i for _, text in lines for i in possible_ids(text) if is_storable(i)}
    known = store.entities_by_id(sorted(ids))
    found: list[str] = []
    absent: list[str] = []
    errors: list[NotFoundError] = []
    for number, text in lines:
        try:
            found.append(_named(store, text, known))
        except NotFoundError as error:
            if len(possible_ids(text)) > 1:
                absent.append(text)
            else:
                errors.append(_placed(error, f"{source}:{number}", text))
        if len(errors) == _MOST_WRONG:
            break
    if errors:
        raise _all(errors)
    return found, absent


def _content(line: str) -> str:
    return _COMMENT.sub("", line).strip()


def _named(store: Store, text: str, known: Mapping[str, Entity]) -> str:
    return next((i for i in possible_ids(text) if i in known), None) or resolve(store, text).id


def _placed(error: NotFoundError, where: str, text: str) -> NotFoundError:
    """The error with its place; without the line where that is prose."""
    if len(text) <= _LONGEST_TOLD:
        return NotFoundError(error.what, where=where, remedy=error.remedy)
    what = f"no entity is called {shortened(text, _LONGEST_TOLD)!r}"
    return NotFoundError(what, where=where, remedy="write one name or id a line")


def _all(errors: Sequence[NotFoundError]) -> NotFoundError:
    """One error for the lines that name nothing, the first few told."""
    if len(errors) == 1:
        return errors[0]
    told = [f"{error.where}: {_clause(error)}" for error in errors[1:_MOST_TOLD]]
    if len(errors) == _MOST_WRONG:
        told.append("and so on")
    elif len(errors) > _MOST_TOLD:
        told.append(f"and {len(errors) - _MOST_TOLD} more")
    return NotFoundError(
        "; ".join([_clause(errors[0]), *told]),
        where=errors[0].where,
        remedy="mend these lines, or put # before them",
    )


def _clause(error: NotFoundError) -> str:
    near = error.remedy if error.remedy and error.remedy.startswith("did you mean") else None
    return f"{error.what} ({near})" if near else error.what
