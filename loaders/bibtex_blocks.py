"""The entries of a BibTeX file: macros expanded, fields inherited, what does not parse told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from graphkb.loaders.library_log import unheard

from graphkb.model.date import month_number
from graphkb.model.source import Notice, Skipped

if TYPE_CHECKING:
    from bibtexparser.model import Entry

__all__ = ["BibEntry", "bib_entries"]

# Macros may be made of macros, each of twice the one before.
_LONGEST = 100_000
_BRACE = re.compile(r"(?<!\\)[{}]")
_QUOTED = re.compile(r'(?<!\\)[{}"]')
_MACRO = re.compile(r"[^\s#{}\"]+")
_VOLUMES = frozenset({"proceedings", "collection", "mvproceedings", "mvcollection", "xdata", "set"})
# A volume's title, identifiers, pages and authors are not those of a paper in it.
_INHERITED = ("year", "month", "date", "journal", "journaltitle", "booktitle")
_MOST_PARENTS = 8


@dataclass(frozen=True, slots=True)
class BibEntry:
    """One entry.

    Parameters
    ----------
    kind, key : str
        ``article`` in lower case, and the key as written.
    line : int
        Where it begins, from 1.
    fields : mapping of str to str
        LaTeX by the field's name in lower case, macros expanded.
    """

    kind: str
    key: str
    line: int
    fields: Mapping[str, str]

    @property
    def place(self) -> str:
        """For skips and notices."""
        return f"line {self.line}"


class _ValueError(Exception):
    """A value is not written as BibTeX wants it."""


def bib_entries(text: str) -> Iterator[BibEntry | Skipped | Notice]:
    """Yield the entries in order, with what is wrong among them.

    Parameters
    ----------
    text : str
        A BibTeX file.

    Yields
    ------
    BibEntry, Skipped or Notice
        A volume, which only lends its fields, is a notice.

    Examples
    --------
    >>> text = '@string{k = "Kite"}' + chr(10) + '@misc{a, title = k # "s", month = aug}'
    >>> [(entry.line, dict(entry.fields)) for entry in bib_entries(text)]
    [(2, {'title': 'Kites', 'month': 'aug'})]
    """
    macros: dict[str, str] = {}
    found: list[BibEntry | Skipped | Notice] = []
    for block in _blocks(text):
        found += _read(block, macros)
    by_key: dict[str, BibEntry] = {}
    for one in found:
        if isinstance(one, BibEntry):
            by_key.setdefault(one.key.lower(), one)
    for one in found:
        if isinstance(one, BibEntry):
            yield from _whole(one, by_key)
        else:
            yield one


def _blocks(text: str) -> list[Any]:
    # Imported when a bibliography is read.
    from bibtexparser.splitter import Splitter

    with unheard("bibtexparser"):
        return list(Splitter(text.replace("\r\n", "\n").replace("\r", "\n")).split().blocks)


def _read(block: Any, macros: dict[str, str]) -> Iterator[BibEntry | Skipped | Notice]:
    from bibtexparser import model

    place = f"line {(block.start_line or 0) + 1}"
    if isinstance(block, model.DuplicateFieldKeyBlock):
        yield Notice(place, "a field is given twice; the first one is kept")
        yield from _read(block.ignore_error_block, macros)
    elif isinstance(block, model.DuplicateBlockKeyBlock):
        yield from _read(block.ignore_error_block, macros)
    elif isinstance(block, model.ParsingFailedBlock):
        yield Skipped(place, f"this entry does not parse ({_reason(block.error)})")
    elif isinstance(block, model.Entry):
        yield from _entry(block, macros)
    elif isinstance(block, model.String):
        try:
            macros[block.key.lower()] = _expanded(block.value, macros, [])
        except _ValueError as error:
            yield Skipped(place, f"the macro {block.key} {error}")


def _reason(error: Exception) -> str:
    reason = str(getattr(error, "abort_reason", error))
    return " ".join(reason.split()).rstrip(".")[:200]


def _entry(entry: Entry, macros: Mapping[str, str]) -> Iterator[BibEntry | Skipped | Notice]:
    line = (entry.start_line or 0) + 1
    fields: dict[str, str] = {}
    for field in entry.fields:
        name = field.key.lower()
        unknown: list[str] = []
        try:
            value = _expanded(field.value, macros, unknown)
        except _ValueError as error:
            at = f"line {(field.start_line or 0) + 1}"
            yield Skipped(at, f"the field {name} of {entry.key!r} {error}")
            return
        if unknown and not (name == "month" and month_number(value)):
            macro = ", ".join(unknown)
            yield Notice(f"line {line}", f"{name}: no @string defines {macro}; taken as written")
        fields.setdefault(name, value)
    yield BibEntry(entry.entry_type.lower(), entry.key, line, fields)


def _expanded(written: str, macros: Mapping[str, str], unknown: list[str]) -> str:
    """The text of a value: pieces in braces, in quotes, numbers and macros, joined by `#`."""
    pieces: list[str] = []
    at = 0
    while True:
        at += len(written[at:]) - len(written[at:].lstrip())
        mark = written[at : at + 1]
        if mark in ("{", '"'):
            end = _end(written, at)
            pieces.append(written[at + 1 : end])
            at = end + 1
        elif found := _MACRO.match(written, at):
            pieces.append(_named(found[0], macros, unknown))
            at = found.end()
        else:
            raise _ValueError("has no value")
        if sum(map(len, pieces)) > _LONGEST:
            raise _ValueError(f"is longer than {_LONGEST:,} characters")
        rest = written[at:].lstrip()
        if not rest:
            return "".join(pieces)
        if not rest.startswith("#"):
            raise _ValueError("goes on behind its value: a comma is missing")
        at = len(written) - len(rest) + 1


def _end(written: str, at: int) -> int:
    """Where the piece that begins with a brace or a quote ends."""
    depth = 0
    for mark in (_BRACE if written[at] == "{" else _QUOTED).finditer(written, at):
        if mark[0] == '"':
            if depth == 0 and mark.start() > at:
                return mark.start()
        else:
            depth += 1 if mark[0] == "{" else -1
            if depth == 0 and written[at] == "{":
                return mark.start()
    raise _ValueError("does not end: a brace or a quote is missing")


def _named(macro: str, macros: Mapping[str, str], unknown: list[str]) -> str:
    if macro.isdigit():
        return macro
    if macro.lower() not in macros:
        unknown.append(macro)
    return macros.get(macro.lower(), macro)


def _whole(entry: BibEntry, by_key: Mapping[str, BibEntry]) -> Iterator[BibEntry | Notice]:
    """Yield the entry with what it inherits."""
    fields = dict(entry.fields)
    below = entry
    for _ in range(_MOST_PARENTS):
        name = below.fields.get("crossref", "").strip()
        if not name:
            break
        parent = by_key.get(name.lower())
        if parent is None:
            yield Notice(entry.place, f"crossref: there is no entry {name!r}")
            break
        if title := parent.fields.get("title"):
            fields.setdefault("booktitle", title)
        for field in _INHERITED:
            if field in parent.fields:
                fields.setdefault(field, parent.fields[field])
        below = parent
    if entry.kind in _VOLUMES:
        yield Notice(
            entry.place, f"{entry.key!r} is a volume and no paper: only its fields are used"
        )
    else:
        yield replace(entry, fields=fields)
