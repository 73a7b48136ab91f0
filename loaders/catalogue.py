"""``catalogue``: somebody's own methods, benchmarks, models, tasks and repositories.

YAML, a list of entries in the shape of graphkb's own catalogue, or a table in CSV (separated by
commas, semicolons or tabs) of one entry a row; ``docs/catalogue.md`` describes both. An entry of
kind ``repository`` is a repository's record; every other one is put to the catalogue of the store:
its spellings are recognised in papers, and its paper and parents are curated facts of this source.

An entry with anything wrong is skipped with its line and what mends it; the others are kept. A
list is read an entry at a time, so that YAML that is broken is broken in one entry only. Aliases
and anchors of YAML are refused, as are entries of more than a MiB or of many levels.

References
----------
https://yaml.org/spec/1.1/, https://www.rfc-editor.org/rfc/rfc4180
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from graphkb.loaders.catalogue_csv import COLUMNS, csv_rows, delimiter_of
from graphkb.loaders.catalogue_row import REPOSITORY, REPOSITORY_KEYS, problem_text, repository_row

from graphkb.errors import CatalogueError, InputError
from graphkb.model.entry import KINDS, Citation, Entry, Parent, Problem
from graphkb.model.entry_check import entry_problems
from graphkb.model.entry_file import EntryReader, entry_nodes
from graphkb.model.identifier import arxiv_from_doi, arxiv_id, doi
from graphkb.model.name import name_key
from graphkb.model.record import EntryRecord, RepositoryRecord
from graphkb.model.source import Notice, Skipped, SourceInput, Yield, loader

__all__ = ["catalogue"]

_LONGEST = 1 << 20
_DEEPEST = 8
_SILENT = re.compile(r"\s*(?:#|$)|---(?:\s|$)|\.\.\.\s*$|%")
_DASH = re.compile(r" *-(?:\s|$)")
_NAME = re.compile(r"""(?:^|[\s{,-])["']?name["']?\s*:""")
_KIND = re.compile(
    rf"""(?:^|[\s{{,-])["']?kind["']?\s*:\s*["']?(?:{"|".join((*KINDS, REPOSITORY))})\b"""
)
_LOOKED_AT = 50


def _recognise(name: str, head: str) -> bool:
    if delimiter_of(head) is not None:
        return True
    text = SourceInput(name, head)
    try:
        items = islice(_items(text), _LOOKED_AT)
        return any(_NAME.search(item) and _KIND.search(item) for _, item in items)
    except InputError:
        return False


@loader(
    "catalogue",
    title="Your own methods, benchmarks, models, tasks and repositories, as YAML or CSV",
    recognise=_recognise,
    example="my-methods.yaml",
)
def catalogue(source: SourceInput) -> Iterator[Yield]:
    """Read entries and repositories.

    Parameters
    ----------
    source : SourceInput
        The text.

    Yields
    ------
    EntryRecord, RepositoryRecord, Skipped or Notice
        In their order.

    Examples
    --------
    >>> text = "- {name: Kite-PO, kind: method, aliases: [Kite Policy Optimization]}"
    >>> [record] = catalogue.read(SourceInput("mine.yaml", text))
    >>> record.key, record.entry.aliases
    ('method:kitepo', ('Kite Policy Optimization',))
    """
    delimiter = delimiter_of(source.head()[0])
    rows = csv_rows(source, delimiter) if delimiter else _yaml_rows(source)
    seen: dict[str, str] = {}
    for row in rows:
        if not isinstance(row, Entry):
            yield row
            continue
        entry = _normalised(row)
        lean = _without_repeated(entry)
        told = _problems(lean)
        if told:
            yield Skipped(entry.place, told)
        elif (first := seen.setdefault(lean.id, entry.place)) != entry.place:
            yield Skipped(entry.place, f"its name is that of the entry at {first}; merge the two")
        else:
            dropped = [s for s in entry.spellings if s not in lean.spellings]
            if dropped:
                names = ", ".join(map(repr, dropped))
                what = "case, hyphens, blanks and the plural are folded anyway"
                yield Notice(entry.place, f"left out as other spellings say it: {names}; {what}")
            yield EntryRecord(lean)


def _problems(entry: Entry) -> str:
    if entry.kind not in KINDS:
        known = ", ".join((*KINDS, REPOSITORY))
        what = f"its kind {entry.kind!r} is unknown" if entry.kind else "it has no kind"
        return f"{what}; known are {known}"
    return problem_text(entry_problems(entry))


def _yaml_rows(source: SourceInput) -> Iterator[Entry | RepositoryRecord | Skipped | Notice]:
    for first, text in _items(source):
        place = f"line {first}"
        if len(text) > _LONGEST:
            yield Skipped(place, f"the entry is longer than {_LONGEST:,} characters; shorten it")
            continue
        try:
            _check_levels(text)
            nodes = entry_nodes(text, place, first)
        except CatalogueError as error:
            line = (error.where or "").rpartition(":")[2]
            yield Skipped(f"line {line}" if line.isdigit() else place, error.clause)
            continue
        for node in nodes:
            problems: list[Problem] = []
            reader = EntryReader(node, f"line {first + node.start_mark.line}", problems)
            row: Entry | RepositoryRecord | Skipped | None = (
                repository_row(reader.texts(REPOSITORY_KEYS, "a repository"), place)
                if reader.kind == REPOSITORY
                else reader.entry()
            )
            if problems or row is None:
                yield Skipped(place, problem_text(problems))
            else:
                yield row


def _items(source: SourceInput) -> Iterator[tuple[int, str]]:
    """The items of the list with the numbers of their first lines, each as its own text."""
    indent = -1
    begun, size = 0, 0
    lines: list[str] = []
    for number, line in source.lines():
        if indent < 0:
            if _SILENT.match(line):
                continue
            if not _DASH.match(line):
                raise InputError(
                    "the file holds no list of entries",
                    where=f"{source.name}:{number}",
                    remedy="begin each entry with '- name:', or write a table whose columns are "
                    f"among {', '.join(COLUMNS)}",
                )
            indent = line.index("-")
        if _DASH.match(line) and line.index("-") == indent:
            if lines:
                yield begun, "\n".join(lines)
            begun, size, lines = number, 0, []
        elif line.rstrip() in ("---", "..."):
            continue
        if size <= _LONGEST:
            lines.append(line)
        size += len(line) + 1
    if lines:
        yield begun, "\n".join(lines)


def _check_levels(text: str) -> None:
    """Refuse what is nested too deeply for a parser in C, and what repeats itself."""
    import yaml

    base = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    level = 0
    try:
        for event in yaml.parse(text, Loader=base):
            level += isinstance(event, yaml.CollectionStartEvent)
            level -= isinstance(event, yaml.CollectionEndEvent)
            if level > _DEEPEST:
                raise CatalogueError("the entry is nested too deeply", remedy="write flat lists")
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise CatalogueError(
                    "the entry has an anchor or an alias of YAML",
                    remedy="write it out, and quote texts that begin with & or *",
                )
    except yaml.YAMLError:
        return  # the one who reads it says what is wrong


def _normalised(entry: Entry) -> Entry:
    """The entry with every identifier of a paper as the graph writes it, where it is one."""

    def parent(one: Parent) -> Parent:
        paper = one.paper
        return replace(one, paper=_known(paper) if isinstance(paper, str) else _cited(paper))

    return replace(
        entry,
        paper=_cited(entry.paper),
        extends=tuple(map(parent, entry.extends)),
        generalizes=tuple(map(parent, entry.generalizes)),
    )


def _cited(paper: Citation | None) -> Citation | None:
    return replace(paper, id=_known(paper.id)) if paper else None


def _known(text: str) -> str:
    bare = text.removeprefix("doi:")
    if arxiv := arxiv_id(text) or arxiv_from_doi(bare):
        return f"arxiv:{arxiv}"
    return f"doi:{found}" if (found := doi(bare)) else text


def _without_repeated(entry: Entry) -> Entry:
    """The entry without spellings that fold to the key of another one of its own."""
    seen = {name_key(entry.name)} - {""}
    long = entry.long if entry.long and _first(entry.long, seen) else None
    return replace(entry, long=long, aliases=tuple(a for a in entry.aliases if _first(a, seen)))


def _first(spelling: str, seen: set[str]) -> bool:
    key = name_key(spelling)
    known = key in seen
    # One without a letter is no repetition but a mistake, of which the check tells.
    if key:
        seen.add(key)
    return not known
