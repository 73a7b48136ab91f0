"""Reading sources in shares: which files, by which loader, and the step that reads them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct

from graphkb.build.contract import breach
from graphkb.build.intake import (
    as_typed,
    check_options,
    checked_name,
    citing_too,
    guarded,
    told_too,
)
from graphkb.build.opening import opened
from graphkb.build.sourced import Sourced, SourcedEntry, sourced
from graphkb.errors import (
    InputError,
    NotFoundError,
    SourceConflictError,
    UnknownFormatError,
)
from graphkb.loaders import loaders, recognise
from graphkb.model.record import AssertedRecord, EntryRecord, PaperRecord, Record
from graphkb.model.source import Loader, Notice, Share, Skipped, SourceInput
from graphkb.model.text import clean_text

__all__ = [
    "BulkSource",
    "Reading",
    "Remarks",
    "Taken",
    "bulk_sources",
    "distinct",
    "entries_of",
    "read_shares",
    "shares_of",
]

REMARKS = "!"
"""What begins the key of remarks, which no record's key begins with."""

# Files that tell of those beside them.
_TELLING = {"manifest", "readme", "release_notes", "license", "changelog"}
# What people pack their files with; an unpacked file is so many times as large, about.
_PACKED = {".gz": 5, ".bz2": 6, ".xz": 7, ".zst": 5}
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class BulkSource:
    """A source, and the files that it is read from.

    Parameters
    ----------
    id : str
        ``<loader>:<name>``.
    place : str
        Where it is: an absolute path, or a scheme with its argument.
    loader : str
        The loader's name.
    files : tuple of str
        Paths in order; a scheme with its argument.
    options : mapping of str to str
        For the loader.
    brings_entries : bool
        Whether it tells of methods, as the catalogue does, instead of papers.
    """

    id: str
    place: str
    loader: str
    files: tuple[str, ...]
    options: Mapping[str, str] = field(default_factory=dict)
    brings_entries: bool = False

    @property
    def size(self) -> int:
        """About how many bytes its text has."""
        paths = [Path(file) for file in self.files]
        return sum(p.stat().st_size * _PACKED.get(p.suffix, 1) for p in paths if p.is_file())

    @property
    def state(self) -> list[tuple[str, int, int]]:
        """What tells that a file was changed: name, size and time of the change."""
        known = [(n, Path(f).stat()) for n, f in enumerate(self.files) if Path(f).is_file()]
        return [(self.shown(n), one.st_size, one.st_mtime_ns) for n, one in known]

    def shown(self, file: int) -> str:
        """Return the name of a file, with the folders that it lies in below the source's."""
        path = Path(self.files[file])
        return path.relative_to(self.place).as_posix() if len(self.files) > 1 else path.name


@dataclass(frozen=True, slots=True)
class Reading:
    """A share of one file of a source, to be read by one process."""

    source: BulkSource
    file: int
    share: Share


class Taken(Struct, frozen=True):
    """A record as it was read, and where: what comes first of two with one key is kept."""

    place: tuple[int, int, int]
    sourced: Sourced


@dataclass(slots=True)
class Remarks:
    """What a report tells of a source, to be added up.

    Parameters
    ----------
    merged : int
        Records that repeat another one.
    skipped, notices : dict of str to tuple of int and list of str
        By reason: how often, and where first.
    """

    merged: int = 0
    skipped: dict[str, tuple[int, list[str]]] = field(default_factory=dict)
    notices: dict[str, tuple[int, list[str]]] = field(default_factory=dict)

    def add(self, found: Skipped | Notice, file: str = "") -> None:
        """Count what was found."""
        place = f"{file}, {found.place}" if file and found.place else file or found.place
        if isinstance(found, Skipped):
            _count(self.skipped, found.reason, 1, [place])
        else:
            _count(self.notices, found.message, 1, [place])

    def __or__(self, other: Remarks) -> Remarks:
        """Return what both tell."""
        both = Remarks(self.merged + other.merged, dict(self.skipped), dict(self.notices))
        for mine, theirs in ((both.skipped, other.skipped), (both.notices, other.notices)):
            for reason, (number, places) in theirs.items():
                _count(mine, reason, number, places)
        return both

    def in_order(self) -> Remarks:
        """Return the same, what stands first in the source first."""

        def place(item: tuple[str, tuple[int, list[str]]]) -> tuple[str, str]:
            reason, (_, places) = item
            return _in_order(places[0] if places else ""), reason

        skipped, notices = (sorted(one.items(), key=place) for one in (self.skipped, self.notices))
        return Remarks(self.merged, dict(skipped), dict(notices))

    def __bool__(self) -> bool:
        return bool(self.merged or self.skipped or self.notices)


def _count(
    counted: dict[str, tuple[int, list[str]]], reason: str, number: int, places: list[str]
) -> None:
    known, first = counted.get(reason, (0, []))
    counted[reason] = known + number, sorted({*first, *places} - {""}, key=_in_order)[:_SHOWN]


def _in_order(place: str) -> str:
    """What brings line 9 before line 10."""
    return re.sub(r"[0-9]+", lambda found: found[0].zfill(20), place)


def bulk_sources(
    sources: Iterable[str],
    *,
    loader: str | None = None,
    name: str | None = None,
    options: Mapping[str, str] | None = None,
) -> tuple[BulkSource, ...]:
    """Find out what sources are, and by which loader they are read.

    Parameters
    ----------
    sources : iterable of str
        Paths of files, or of folders all of whose files are one source (a snapshot); ``sample:``.
    loader : str, optional
        The loader to take; by default the one that recognises the content.
    name : str, optional
        The name of the one source in its id.
    options : mapping of str to str, optional
        For the loader.

    Returns
    -------
    tuple of BulkSource
        In their order; what was named twice once.

    Raises
    ------
    InputError
        One is not there, is no source that can be read in parts, or is a graph as asserted.
    SourceConflictError
        Two have one id.
    """
    found: dict[str, BulkSource] = {}
    for source in dict.fromkeys(sources):
        one = _bulk_source(source, loader, name, options or {})
        if one.id in found and found[one.id] != one:
            raise SourceConflictError(
                f"{found[one.id].place} has the id {one.id} too",
                where=source,
                remedy="put the files of one source into a folder and name that, or rename one",
            )
        found[one.id] = one
    return tuple(found.values())


def _bulk_source(
    source: str, loader: str | None, name: str | None, options: Mapping[str, str]
) -> BulkSource:
    known = loaders()
    if loader is not None and loader not in known:
        raise NotFoundError(
            f"there is no loader {loader!r}", remedy=f"use one of {', '.join(sorted(known))}"
        )
    if source == "-":
        raise InputError(
            "standard input cannot be read by several processes",
            where=source,
            remedy="write it to a file, and name that",
        )
    scheme = next(
        (one for one in known.values() if one.scheme and source.startswith(f"{one.scheme}:")), None
    )
    if scheme is not None and loader not in (None, scheme.name):
        raise InputError(
            f"loader {scheme.name} reads this, not {loader}",
            where=source,
            remedy="leave out --from",
        )
    if scheme is not None and scheme.live is not None:
        raise InputError(
            "a service is not asked in bulk",
            where=source,
            remedy="load it with `graphkb load`, or name a file with its dump",
        )
    if scheme is not None and scheme.fetch is not None:
        given = scheme.fetch(source.partition(":")[2])
        check_options(scheme, options)
        shown = checked_name(given.name if name is None else name, source)
        return BulkSource(f"{scheme.name}:{shown}", source, scheme.name, (source,))
    folder = Path(source).resolve() if Path(source).is_dir() else None
    files = [source] if folder is None else _files(folder)
    chosen = known[loader] if loader else None
    brings_entries = False
    for number, file in enumerate(files):
        of_folder = folder is not None
        found = _look(file, source, chosen, known, name, options, of_folder=of_folder)
        if number == 0:
            first = found
        elif found.loader is not first.loader:
            raise InputError(
                f"{Path(file).name} is for loader {found.loader.name}, and the files before it "
                f"for {first.loader.name}",
                where=source,
                remedy="name the loader of all of them with --from, or move the file away",
            )
        brings_entries = brings_entries or found.brings_entries
    if name is None:
        name = first.name if folder is None else folder.name
    return BulkSource(
        f"{first.loader.name}:{checked_name(name, source)}",
        first.place if folder is None else str(folder),
        first.loader.name,
        tuple(files) if folder is not None else (str(Path(source).resolve()),),
        options,
        brings_entries,
    )


def _files(folder: Path) -> list[str]:
    """The files of a snapshot in order, without what only tells of them."""
    found = [
        path
        for path in sorted(_below(folder, frozenset({folder})))
        if path.stem.lower() not in _TELLING
    ]
    if not found:
        raise InputError(
            "there is no file in this folder", where=str(folder), remedy="name one with files"
        )
    return [str(path) for path in found]


def _below(folder: Path, above: frozenset[Path]) -> Iterator[Path]:
    """The files of a folder and of those in it, through links too, but not in circles."""
    for path in folder.iterdir():
        if path.name.startswith((".", "_")):
            continue
        if not path.exists():
            raise InputError(
                "what this link points to is not there",
                where=str(path),
                remedy="mend it, or remove it",
            )
        if path.is_file():
            yield path
        elif path.is_dir() and (resolved := path.resolve()) not in above:
            yield from _below(path, above | {resolved})


class _Seen(NamedTuple):
    """What a look at a file found: its loader, its name and place, and whether it has entries."""

    loader: Loader
    name: str
    place: str
    brings_entries: bool


def _look(
    file: str,
    source: str,
    chosen: Loader | None,
    known: Mapping[str, Loader],
    name: str | None,
    options: Mapping[str, str],
    *,
    of_folder: bool,
) -> _Seen:
    with opened(file, name, options) as (given, place):
        if given.folder is not None:
            raise _is_asserted(source)
        head, more = given.head()
        try:
            loader = chosen or recognise(given.name, head, more=more, known=known)
        except UnknownFormatError as error:
            error.where = as_typed(error.where or given.name, given.name, file)
            if of_folder:
                error.remedy = (
                    "move the file away, or name the folders beside it one by one; "
                    f"or {error.remedy}"
                )
            raise
        check_options(loader, options)
        records = (one for one in guarded(loader, given) if not isinstance(one, Skipped | Notice))
        brings_entries = False
        for record in records:
            if isinstance(record, AssertedRecord):
                raise _is_asserted(source)
            brings_entries = brings_entries or isinstance(record, EntryRecord)
            # A catalogue, which may begin with repositories, has no paper in it.
            if isinstance(record, PaperRecord) or loader.shared or brings_entries:
                break
        return _Seen(loader, given.name, place, brings_entries)


def _is_asserted(source: str) -> InputError:
    return InputError(
        "this is a graph as asserted, which lies over what is derived of all papers",
        where=source,
        remedy="load it with `graphkb load` into the store that has the papers",
    )


def shares_of(sources: Iterable[BulkSource], most: int, size: int = 1 << 25) -> list[Reading]:
    """Deal out the files of sources.

    Parameters
    ----------
    sources : iterable of BulkSource
        What to read.
    most : int
        Into how many shares a file is dealt at most: each has to pass over the others' lines.
    size : int
        Of a share, in bytes of text, about; where there is much to read, a quarter of what each
        of so many as `most` has to read.

    Returns
    -------
    list of Reading
        What one process is to read at once, each.
    """
    sources = tuple(sources)
    size = max(size, sum(source.size for source in sources) // (4 * most))
    found = []
    for source in sources:
        may = loaders()[source.loader].shared
        for number, file in enumerate(source.files):
            length = replace(source, files=(file,)).size
            count = max(1, min(most, -(-length // size))) if may else 1
            found += [Reading(source, number, Share(index, count)) for index in range(count)]
    return found


def entries_of(source: BulkSource) -> list[SourcedEntry]:
    """Return the entries that a source brings: a catalogue, which fits into memory.

    Parameters
    ----------
    source : BulkSource
        The source.

    Returns
    -------
    list of SourcedEntry
        Those that are kept.
    """
    shares = [Reading(source, number, Share(0, 1)) for number in range(len(source.files))]
    found: dict[str, list[Taken]] = {}
    for key, taken in read_shares(0, iter(shares)):
        if isinstance(taken, Taken):
            found.setdefault(key, []).append(taken)
    kept = (sourced for _, sourced in distinct(0, iter([(k, (v, [])) for k, v in found.items()])))
    return [one for one in kept if isinstance(one, SourcedEntry)]


def read_shares(_number: int, readings: Iterator[Reading]) -> Iterator[tuple[str, Any]]:
    """Read shares of files: the first step of a bulk build.

    Parameters
    ----------
    readings : iterator of Reading
        What to read.

    Yields
    ------
    tuple
        A record's key with what was :class:`Taken`; and for each source, under
        ``!<id>``, :class:`Remarks`.

    Raises
    ------
    InputError
        A file is not there any more, or is not in the format from some place on.
    """
    for reading in readings:
        remarks = Remarks()
        source = reading.source
        shown = clean_text(source.shown(reading.file)) if len(source.files) > 1 else ""
        for place, found in _yields(reading):
            if isinstance(found, Skipped | Notice):
                remarks.add(found, shown)
            elif isinstance(found, AssertedRecord):
                raise _is_asserted(source.place)
            elif (reason := breach(found)) is not None:
                remarks.add(Skipped(f"record {found.key[:60]}", reason), shown)
            else:
                one = sourced(source.id, found)
                yield one.key, Taken((reading.file, *place), one)
        yield f"{REMARKS}{source.id}", remarks


def _yields(
    reading: Reading,
) -> Iterator[tuple[tuple[int, int], Record | Skipped | Notice]]:
    """What a loader makes of a share, with the line that it is at and a number."""
    source = reading.source
    loader = loaders()[source.loader]
    path = source.files[reading.file]
    fetched = None
    if loader.fetch is not None and path.startswith(f"{loader.scheme}:"):
        fetched = nullcontext((loader.fetch(path.partition(":")[2]), path))
    with fetched or opened(path, None, source.options) as (given, _):
        at = _Place(given, reading.share)
        if reading.share.index == 0:
            yield from (((0, 0), remark) for remark in given.remarks)
        for number, found in enumerate(guarded(loader, at.source), 1):
            yield (at.line, number), found


class _Place:
    """The input of a loader, and the line that it has come to."""

    def __init__(self, given: SourceInput, share: Share) -> None:
        self.line = 0
        self.source = replace(given, share=_Told(share.index, share.count, self))


@dataclass(frozen=True)
class _Told(Share):
    """A share that tells which line was taken last."""

    place: _Place

    def of(self, lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
        for number, line in super().of(lines):
            self.place.line = number
            yield number, line


def distinct(
    _number: int, groups: Iterator[tuple[str, tuple[list[Any], ...]]]
) -> Iterator[tuple[str, Any]]:
    """Keep one record of each key: the second step of a bulk build.

    Parameters
    ----------
    groups : iterator of tuple
        Each key with all that was :class:`Taken` of it, in any order; and with what the catalogue
        cites under it.

    Yields
    ------
    tuple
        The key with its record; :class:`Remarks` as they come, and those that are made here.
    """
    made: dict[str, Remarks] = {}
    for key, (found, cited) in groups:
        if cited:
            yield key, cited[0]
            continue
        if key.startswith(REMARKS):
            yield from ((key, remarks) for remarks in found)
            continue
        found.sort(key=lambda taken: taken.place)
        kept = found[0].sourced
        cites: dict[str, None] = {}
        for taken in found[1:]:
            other = taken.sourced.record
            more = told_too(kept.record, other)
            if more is not None:
                cites.update(more)
                continue
            remarks = made.setdefault(kept.source, Remarks())
            if other == kept.record:
                remarks.merged += 1
            else:
                reason = "another record of this source has this key and other content"
                remarks.add(Skipped(f"record {other.key}", reason))
        yield key, sourced(kept.source, citing_too(kept.record, cites)) if cites else kept
    yield from ((f"{REMARKS}{source}", remarks) for source, remarks in made.items())
