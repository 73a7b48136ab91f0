"""A bulk build from beginning to end: what is to be done, where it was stopped, what came of it."""

from __future__ import annotations

import errno
import hashlib
import json
import re
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphkb.build.ground import Builder
from graphkb.bulk.files import Files, Part, Written, table_of
from graphkb.bulk.flow import build_files
from graphkb.bulk.identity import SourceCount
from graphkb.bulk.reading import BulkSource
from graphkb.errors import ExportError, InputError, StrictError
from graphkb.export.csv_folder import csv_options
from graphkb.export.neo4j_import import COMMAND, SCHEMA, write_command, write_schema
from graphkb.export.parquet_folder import split_lists
from graphkb.extract.catalogue import Catalogue
from graphkb.store.neo4j_index import MAKE
from graphkb.store.neo4j_index import NAME as INDEX

if TYPE_CHECKING:
    from graphkb.build.derive import Read
    from graphkb.bulk.engine import Engine

__all__ = ["MANIFEST", "WORK", "BulkReport", "BulkSourceReport", "Work", "partitions_for", "run"]

MANIFEST, WORK = "graphkb-bulk.json", ".graphkb-bulk"
_PLACING = "placing.json"
# The folder of a kind of entities or edges.
_TABLE = re.compile(r"(nodes|relationships)-[A-Za-z_]+")
# Bytes of text that one partition takes up: each is in the memory of one process, some ten times
# as large.
_PARTITION = 24_000_000
_FEWEST, _MOST = 4, 4096
# What is laid down on the way, and the files, for each byte of text.
_DISK = 8
_SPARE = 100_000_000


@dataclass(frozen=True, slots=True)
class BulkSourceReport:
    """What became of one source; as :class:`graphkb.build.report.SourceReport`, counted.

    Parameters
    ----------
    id : str
        ``<loader>:<name>``.
    kept : int
        Papers, entries and repositories that the source delivers.
    cited : int
        Cited works that it tells of beside.
    merged : int
        Records that repeat another one.
    skipped, notices : mapping of str to tuple of int and sequence of str
        By reason: how often, and the first places.
    """

    id: str
    kept: int
    cited: int
    merged: int
    skipped: Mapping[str, tuple[int, Sequence[str]]]
    notices: Mapping[str, tuple[int, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class BulkReport:
    """What a bulk build did.

    Parameters
    ----------
    folder : Path
        Where the files are.
    sources : tuple of BulkSourceReport
        In the order in which they were given.
    entities, edges : mapping of str to int
        How many rows there are of each label and type.
    bytes : int
        Of all files.
    losses : mapping of (str, str) to int
        What the form could not hold, and where: how often.
    was_done : bool
        Whether an earlier run had made these files, of the same sources by the same rules.
    """

    folder: Path
    sources: tuple[BulkSourceReport, ...]
    entities: Mapping[str, int]
    edges: Mapping[str, int]
    bytes: int
    losses: Mapping[tuple[str, str], int]
    was_done: bool


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be done.

    Parameters
    ----------
    sources : tuple of BulkSource
        What to read.
    out : Path
        The folder to write.
    form : {'csv', 'parquet'}
        The form of the files.
    catalogue : Catalogue
        The curated facts.
    builder : Builder
        The version that derives.
    reader : callable or None
        Makes what reads texts; None reads no text.
    partitions : int
        In how many partitions.
    shares : int
        Into how many shares a file is dealt at most.
    """

    sources: tuple[BulkSource, ...]
    out: Path
    form: str
    catalogue: Catalogue
    builder: Builder
    reader: Callable[[Catalogue], Read] | None
    partitions: int
    shares: int
    fingerprint: str = field(init=False)
    """What tells this work from every other: sources as they were, rules, and form."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "fingerprint", self.fingerprint_now())

    def fingerprint_now(self) -> str:
        """Return what tells this work from every other, with the sources as they are now."""
        told = [
            [[one.id, one.place, one.loader, dict(one.options), one.state] for one in self.sources],
            self.builder.content,
            self.form,
            self.partitions,
            self.reader is None,
            INDEX,
        ]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()

    @property
    def folder(self) -> Path:
        """Where what is laid down on the way goes: another Python could not read all of it."""
        return self.out / WORK / f"{self.fingerprint[:16]}-{sys.implementation.cache_tag}"


def partitions_for(sources: Iterable[BulkSource]) -> int:
    """Return in how many partitions sources are brought together.

    Parameters
    ----------
    sources : iterable of BulkSource
        What is read.

    Returns
    -------
    int
        The same on every machine, so that the files are the same.
    """
    size = sum(source.size for source in sources)
    return min(_MOST, max(_FEWEST, -(-size // _PARTITION)))


def run(work: Work, engine: Callable[[Path], Engine], *, strict: bool = False) -> BulkReport:
    """Do the work, or what is left of it.

    Parameters
    ----------
    work : Work
        What is to be done.
    engine : callable
        From the folder of what is laid down to where it runs.
    strict : bool
        Refuse everything where anything would be skipped.

    Returns
    -------
    BulkReport
        What there is now.

    Raises
    ------
    ExportError
        The folder holds what is not ours, or cannot be written, or there is no room.
    StrictError
        With `strict`, something would be skipped.
    InputError
        A source cannot be read, or nothing of it is kept.
    """
    try:
        return _run(work, engine, strict=strict)
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise ExportError(
            f"it cannot be written ({error.strerror or error})",
            where=str(work.out),
            remedy="make room, then run it again: what is done is not done again"
            if full
            else "choose another place with -o",
        ) from error


def _run(work: Work, engine: Callable[[Path], Engine], *, strict: bool) -> BulkReport:
    _check_place(work)
    if (done := _done(work)) is not None:
        if strict:
            _refuse_skipped((one.id, one.skipped) for one in done.sources)
        shutil.rmtree(work.out / WORK, ignore_errors=True)
        return done
    with _alone(work):
        return _built(work, engine, strict=strict)


def _built(work: Work, engine: Callable[[Path], Engine], *, strict: bool) -> BulkReport:
    _clear_other_work(work)
    _check_room(work)
    files = Files((work.folder / "files").absolute(), work.form)
    if not (work.folder / _PLACING).is_file():
        started = engine(work.folder / "stages")
        try:
            counts = build_files(
                started,
                work.sources,
                work.catalogue,
                work.builder,
                work.reader,
                files,
                work.shares,
                lambda found: _check_sources(work, found, strict=strict),
            )
        finally:
            started.stop()
        _plan(work, files, counts)
    return _placed(work)


def _check_place(work: Work) -> None:
    """Refuse a folder with anything that no build of ours made."""
    if work.out.exists() and not work.out.is_dir():
        raise ExportError(
            "a bulk build writes a folder and here is a file",
            where=str(work.out),
            remedy="name another folder with -o",
        )
    if not work.out.is_dir():
        return
    known = {MANIFEST, WORK, *_tops(_manifest(work.out))}
    if any(work.out.glob(f"{WORK}/*/{_PLACING}")):  # stopped while files were put in place
        known |= {COMMAND, SCHEMA, *filter(_is_table, (path.name for path in work.out.iterdir()))}
    foreign = sorted(path.name for path in work.out.iterdir() if path.name not in known)
    if foreign:
        raise ExportError(
            f"the folder holds {foreign[0]}, which is no part of a bulk build",
            where=str(work.out),
            remedy="name a new or an empty folder with -o",
        )


def _manifest(out: Path) -> dict[str, Any]:
    try:
        found = json.loads((out / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _tops(manifest: Mapping[str, Any]) -> set[str]:
    """What a build put right into its folder, and nothing else whatever the manifest says."""
    files = manifest.get("files")
    if not isinstance(files, list) or "fingerprint" not in manifest:
        return set()
    paths = (one.get("path") for one in files if isinstance(one, dict))
    tops = (str(path).partition("/")[0] for path in paths)
    return {COMMAND, SCHEMA, *filter(_is_table, tops)}


def _is_table(name: str) -> bool:
    return _TABLE.fullmatch(name) is not None


def _done(work: Work) -> BulkReport | None:
    """What an earlier run of the same work made, where it is all there."""
    manifest = _manifest(work.out)
    if manifest.get("fingerprint") != work.fingerprint:
        return None
    for one in manifest["files"]:
        path = work.out / one["path"]
        if not path.is_file() or path.stat().st_size != one["bytes"]:
            return None
    if not all((work.out / name).is_file() for name in (COMMAND, SCHEMA)):
        return None
    return _report(work.out, manifest, was_done=True)


def _clear_other_work(work: Work) -> None:
    """Remove what other work, which was stopped, laid down here."""
    folder = work.out / WORK
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.is_dir() and path != work.folder:
            shutil.rmtree(path)
    work.folder.mkdir(parents=True, exist_ok=True)


def _check_room(work: Work) -> None:
    if any(work.folder.iterdir()):
        return  # begun: what is left to do needs less than can be told
    needed = sum(source.size for source in work.sources) * _DISK + _SPARE
    free = shutil.disk_usage(work.out).free
    if needed > free:
        _clear_all(work)
        raise ExportError(
            f"this build would take about {needed / 1e9:.1f} GB of disk on the way, and "
            f"{free / 1e9:.1f} GB are free; nothing was written",
            where=str(work.out),
            remedy="make room, or name a folder on another disk with -o",
        )


def _check_sources(work: Work, counts: Mapping[str, SourceCount], *, strict: bool) -> None:
    places = {source.id: source.place for source in work.sources}
    ordered = {id_: count.remarks.in_order().skipped for id_, count in counts.items()}
    if strict and any(ordered.values()):
        _clear_all(work)
        _refuse_skipped((places[id_], skipped) for id_, skipped in ordered.items())
    for id_, count in counts.items():
        first = next(iter(ordered[id_].items()), None)
        if not count.records:
            why = f"; {', '.join(first[1][1][:1])}: {first[0]}" if first else ""
            raise InputError(
                f"nothing of it can be kept{why}",
                where=places[id_],
                remedy="leave it out, or mend it; what was read of the others is kept for then",
            )


def _refuse_skipped(
    sources: Iterable[tuple[str, Mapping[str, tuple[int, Sequence[str]]]]],
) -> None:
    for place, skipped in sources:
        for reason, (_, found) in skipped.items():
            total = sum(number for number, _ in skipped.values())
            more = f" ({total - 1} more)" if total > 1 else ""
            raise StrictError(
                f"{reason}; nothing was written{more}",
                where=", ".join([place, *found[:1]]),
                remedy="mend the source, or build without --strict",
            )


def _clear_all(work: Work) -> None:
    """Leave nothing of a build that is refused."""
    shutil.rmtree(work.out / WORK)
    if not any(work.out.iterdir()):
        work.out.rmdir()


@contextmanager
def _alone(work: Work) -> Iterator[None]:
    """Keep other builds out of the folder; the system lets go of it however this one ends."""
    folder = work.out / WORK
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("wb") as lock:
        try:
            import fcntl
        except ImportError:  # Windows: nothing keeps others out
            yield
            return
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ExportError(
                "another build is writing this folder",
                where=str(work.out),
                remedy="wait until it has ended, or name another folder with -o",
            ) from None
        yield


def _plan(work: Work, files: Files, counts: Mapping[str, SourceCount]) -> None:
    """Write down what is to be put in place, and put the rest beside it."""
    if work.fingerprint_now() != work.fingerprint:
        raise InputError(
            "a source was changed while it was read",
            where=", ".join(source.place for source in work.sources),
            remedy="run it again when nobody writes it",
        )
    files.clear()
    parts = files.parts()
    written = sorted((one for part in parts for one in part.files), key=lambda one: one.path)
    _write_import(files.folder, work.form, written)
    manifest = {
        "format": work.form,
        "graphkb": work.builder.version,
        "reader": work.builder.reader,
        "catalogue": work.builder.catalogue,
        "texts": work.reader is not None,
        "search": INDEX,
        "partitions": work.partitions,
        "fingerprint": work.fingerprint,
        "sources": [_told(source, counts[source.id]) for source in work.sources],
        "losses": _losses(parts),
        "files": [{name: getattr(one, name) for name in Written.__slots__} for one in written],
    }
    # What the manifest of the files before lists is gone before they all are.
    before = sorted(filter(_is_table, (path.name for path in work.out.iterdir())))
    plan = {"before": before, "manifest": manifest}
    text = json.dumps(plan)
    unfinished = work.folder / "unfinished"
    unfinished.write_text(text + "\n", encoding="utf-8")
    unfinished.replace(work.folder / _PLACING)


def _told(source: BulkSource, count: SourceCount) -> dict[str, Any]:
    remarks = count.remarks.in_order()
    return {
        "id": source.id,
        "files": [{"name": n, "bytes": size} for n, size, _ in source.state],
        "kept": count.records - count.cited,
        "cited": count.cited,
        "merged": remarks.merged,
        "skipped": remarks.skipped,
        "notices": remarks.notices,
    }


def _losses(parts: Iterable[Part]) -> list[tuple[str, str, int]]:
    lost: Counter[tuple[str, str]] = Counter()
    for part in parts:
        for what, where, number in part.losses:
            lost[what, where] += number
    return [(what, where, number) for (what, where), number in sorted(lost.items())]


def _write_import(folder: Path, form: str, written: Sequence[Written]) -> None:
    """Write the command that imports the files, and the schema to declare then."""
    kinds = {(one.kind, one.is_entities): table_of(one.kind, one.is_entities) for one in written}
    # A group of files is named by an expression; each of them begins with the same heads.
    groups = {kind: f"'{table.stem}/.*[.]{form}'" for kind, table in sorted(kinds.items())}
    nodes = [group for (_, is_entities), group in groups.items() if is_entities]
    edges = [group for (_, is_entities), group in groups.items() if not is_entities]
    if form == "csv":
        has_lines = "true" if any(one.has_lines for one in written) else ""
        options = csv_options(has_lines, max((one.longest for one in written), default=0))
        options.append("--auto-skip-subsequent-headers=true")
        splits: list[str] = []
    else:
        options = ["--input-type=parquet"]
        splits = [line for _, table in sorted(kinds.items()) for line in split_lists(table)]
    write_command(folder, nodes, edges, *options)
    # The index that takes longest comes first: the server fills it while it makes the others.
    write_schema(folder, [*splits, MAKE])


def _placed(work: Work) -> BulkReport:
    """Put the files where they were asked for; a run that is stopped here goes on here."""
    made = work.folder / "files"
    plan = json.loads((work.folder / _PLACING).read_bytes())
    manifest = plan["manifest"]
    (work.out / MANIFEST).unlink(missing_ok=True)
    for name in sorted({*plan["before"], *_tops(manifest)}):
        old, new = work.out / name, made / name
        # What is not there any more was put in place by the run that was stopped.
        if new.exists() or name not in _tops(manifest):
            shutil.rmtree(old) if old.is_dir() else old.unlink(missing_ok=True)
        if new.exists():
            new.replace(old)
    # Names of files may hold bytes that are no text.
    text = json.dumps(manifest, indent=1)
    (made / MANIFEST).write_text(text + "\n", encoding="utf-8")
    (made / MANIFEST).replace(work.out / MANIFEST)
    shutil.rmtree(work.out / WORK)
    return _report(work.out, manifest, was_done=False)


def _report(folder: Path, manifest: Mapping[str, Any], *, was_done: bool) -> BulkReport:
    rows: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    for one in manifest["files"]:
        rows[one["is_entities"]][one["kind"]] += one["rows"]
    sources = tuple(
        BulkSourceReport(**{k: v for k, v in one.items() if k != "files"})
        for one in manifest["sources"]
    )
    losses = {(what, where): number for what, where, number in manifest["losses"]}
    total = sum(one["bytes"] for one in manifest["files"])
    return BulkReport(folder, sources, rows[True], rows[False], total, losses, was_done)
