"""The rows of a catalogue that is a table: one entry a row, its lists separated by ``|``."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping

from graphkb.loaders.catalogue_row import REPOSITORY, REPOSITORY_KEYS, repository_row

from graphkb.model.entry import Citation, Entry, Parent
from graphkb.model.entry_file import stated_year
from graphkb.model.record import RepositoryRecord
from graphkb.model.source import Notice, Skipped, SourceInput
from graphkb.model.text import clean_text

__all__ = ["COLUMNS", "csv_rows", "delimiter_of"]

COLUMNS = {
    "name": "the name that people use",
    "kind": "method, framework, model, benchmark, dataset, environment, task or repository",
    "long": "the name spelled out",
    "aliases": "other spellings, separated by `|`",
    "ambiguous": "those of its spellings that also mean something else, separated by `|`",
    "paper": "the paper that introduced it: `arxiv:…` or `doi:…`",
    "title": "that paper's title",
    "year": "the year of its first public version",
    "author": "the family name of its first author",
    "extends": "what it is a variant of and why, `PPO: has no critic`, several separated by `|`",
    "generalizes": "what it has as a special case, likewise",
    "match": "`exact` or `folded` where every spelling is matched so",
    "developer": "of a model: the organisation behind it",
    "versions": "of a model: how its versions are called, `Claude # {Opus,Haiku}`",
    "looked_up": "where this was looked up",
    "url": "of a repository: its address",
    "stars": "of a repository: its stars",
    "language": "of a repository: its main language",
}

_ENTRY = tuple(c for c in COLUMNS if c not in ("url", "stars", "language"))
_PAPER = ("paper", "title", "year", "author")


def delimiter_of(head: str) -> str | None:
    """Return what separates the columns of a table of a catalogue.

    Parameters
    ----------
    head : str
        The start of a text.

    Returns
    -------
    str or None
        A comma, a semicolon or a tab; None where the first line is no header of such a table.

    Examples
    --------
    >>> delimiter_of("name;kind;long\\nPPO;method;"), delimiter_of("name,kind,colour\\n")
    (';', None)
    """
    header = head.lstrip("\r\n").partition("\n")[0]
    for delimiter in ",;\t":
        columns = _columns(header, delimiter)
        if {"name", "kind"} <= set(columns) <= COLUMNS.keys() and len(set(columns)) == len(columns):
            return delimiter
    return None


def _columns(header: str, delimiter: str) -> list[str]:
    try:
        return [name.strip().lower() for name in next(csv.reader([header], delimiter=delimiter))]
    except (csv.Error, StopIteration):
        return []


def csv_rows(
    source: SourceInput, delimiter: str
) -> Iterator[Entry | RepositoryRecord | Skipped | Notice]:
    """Yield what each row of a table says.

    Parameters
    ----------
    source : SourceInput
        The text.
    delimiter : str
        As :func:`delimiter_of` tells.

    Yields
    ------
    Entry, RepositoryRecord, Skipped or Notice
        The place of an entry is its row's first line.
    """
    lines = (f"{line}\n" for _, line in source.lines())
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    columns: list[str] = []
    while True:
        place = f"line {reader.line_num + 1}"
        try:
            cells = [clean_text(cell) for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error as error:
            yield Skipped(place, f"the row is broken ({error}); close each quotation mark")
            continue
        if not any(cells):
            continue
        if not columns:
            columns = [name.lower() for name in cells]
        elif len(cells) > len(columns) and any(cells[len(columns) :]):
            what = f"the row has {len(cells)} cells, and the header {len(columns)}"
            yield Skipped(place, f'{what}; put what holds {delimiter!r} in "…"')
        else:
            texts = {name: cell for name, cell in zip(columns, cells, strict=False) if cell}
            yield from _row(texts, place)


def _row(
    texts: Mapping[str, str], place: str
) -> Iterator[Entry | RepositoryRecord | Skipped | Notice]:
    kind = texts.get("kind", "")
    own = REPOSITORY_KEYS if kind == REPOSITORY else _ENTRY
    for name in (name for name in texts if name not in own):
        yield Notice(place, f"{name} is left out: it is nothing that a {kind or 'row'} has")
    if kind == REPOSITORY:
        yield repository_row(texts, place)
    elif "name" not in texts:
        yield Skipped(place, "an entry has no name; give it the name that people use")
    elif (year := texts.get("year")) and stated_year(year) is None:
        yield Skipped(place, f"its year is {year[:40]!r}; write the year with four digits")
    else:
        yield _entry(texts, place)


def _entry(texts: Mapping[str, str], place: str) -> Entry:
    get = texts.get
    id_, title, year, author = (get(name, "") for name in _PAPER)
    cited = any(name in texts for name in _PAPER)
    return Entry(
        name=texts["name"],
        long=get("long"),
        kind=get("kind", ""),
        aliases=_list(get("aliases", "")),
        paper=Citation(id_, title, stated_year(year) or 0, author) if cited else None,
        extends=_parents(get("extends", "")),
        generalizes=_parents(get("generalizes", "")),
        ambiguous=_list(get("ambiguous", "")),
        match=get("match"),
        developer=get("developer"),
        versions=_list(get("versions", "")),
        looked_up=get("looked_up", ""),
        place=place,
    )


def _list(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, (part.strip() for part in cell.split("|"))))


def _parents(cell: str) -> tuple[Parent, ...]:
    halves = (part.partition(":") for part in _list(cell))
    return tuple(Parent(name.strip(), why.strip()) for name, _, why in halves)
