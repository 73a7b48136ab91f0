"""Starting a bulk build: from what a person asks for to the work and the engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from graphkb.build.ground import current_builder
from graphkb.bulk.build import BulkReport, Work, partitions_for, run
from graphkb.bulk.reading import bulk_sources
from graphkb.errors import ArgumentError, ExportError, GraphKBError, InputError
from graphkb.extract.accepting import AcceptingReader
from graphkb.extract.catalogue import load_catalogue
from graphkb.extract.parallel import usable_cores
from graphkb.model.progress import Progress

if TYPE_CHECKING:
    from graphkb.bulk.engine import Engine

__all__ = ["ENGINES", "FORMS", "bulk_build"]

FORMS = ("csv", "parquet")
ENGINES = ("processes", "spark")


def bulk_build(
    sources: Sequence[str],
    out: Path,
    *,
    form: str,
    engine: str,
    loader: str | None,
    name: str | None,
    options: Mapping[str, str] | None,
    processes: int | None,
    partitions: int | None,
    master: str | None,
    texts: bool,
    strict: bool,
    progress: Progress | None,
) -> BulkReport:
    """Build; see :func:`graphkb.without_store.bulk`."""
    if not sources:
        raise InputError("there is nothing to build of", remedy="name a file or a folder")
    for what, given, known in (("form", form, FORMS), ("engine", engine, ENGINES)):
        if given not in known:
            raise GraphKBError(
                f"there is no {what} {given!r}", remedy=f"use one of {', '.join(known)}"
            )
    for source in sources:
        if Path(source).is_dir() and out.resolve().is_relative_to(Path(source).resolve()):
            raise ExportError(
                f"it lies in the folder {source}, which is read",
                where=str(out),
                remedy="name a folder beside it with -o",
            )
    for what, number in (("processes", processes), ("partitions", partitions)):
        if number is not None and number < 1:
            raise ArgumentError(f"{what} is {number}", remedy="give 1 or more")
    cores = usable_cores() if processes is None else processes
    found = bulk_sources(sources, loader=loader, name=name, options=options)
    count = partitions or partitions_for(found)
    work = Work(
        found,
        out,
        form,
        load_catalogue(),
        current_builder(),
        AcceptingReader if texts else None,
        count,
        # On a cluster nobody knows how many will read.
        cores if engine == "processes" else count,
    )

    def started(folder: Path) -> Engine:
        if engine == "spark":
            from graphkb.bulk.spark import SparkEngine

            local = None if processes is None else f"local[{processes}]"
            return SparkEngine(folder, count, master=master or local, progress=progress)
        from graphkb.bulk.processes import ProcessEngine

        return ProcessEngine(folder, count, cores, progress)

    return run(work, started, strict=strict)
