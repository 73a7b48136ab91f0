"""``csv``: a folder of CSV files as graphkb exports it.

A file a label, ``nodes-Method.csv``, and a file a type, ``relationships-EXTENDS.csv``; what their
columns are is told in ``graphkb/export/csv_folder.py``. Entities and edges come back as asserted:
no text is read for statements. The sources, records and decisions of the exported store stay with
it. What the schema does not know is skipped with its file and row.

References
----------
RFC 4180, https://www.rfc-editor.org/rfc/rfc4180.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from graphkb.loaders.export_folder import folder_assertions, is_folder_of

from graphkb.errors import InputError
from graphkb.model.source import SourceInput, Yield, loader

__all__ = ["csv_folder"]

# The library's own bound, 128 KiB, is less than an abstract may have.
_LONGEST = 64 << 20


@loader(
    "csv",
    title="A folder of CSV files, as graphkb exports",
    recognise=lambda _name, head: is_folder_of(head, "csv"),
    example="grpo-csv/",
)
def csv_folder(source: SourceInput) -> Iterator[Yield]:
    """Read a folder, a row at a time.

    Parameters
    ----------
    source : SourceInput
        The folder.

    Yields
    ------
    AssertedRecord, Skipped or Notice
        An entity with the edges out of it each; what was left out comes before.

    Raises
    ------
    InputError
        It is no such folder, or one of its files is damaged.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as name:
    ...     text = "id:ID,name:string,:LABEL\\ntask:a,a,Task\\n"
    ...     _ = Path(name, "nodes-Task.csv").write_text(text, encoding="utf-8")
    ...     [record] = csv_folder.read(SourceInput("whole", "", folder=Path(name)))
    >>> record.entity.label, record.entity.name
    ('Task', 'a')
    """
    before = csv.field_size_limit(_LONGEST)
    try:
        yield from folder_assertions(source, ".csv", _rows, written=True)
    finally:
        csv.field_size_limit(before)


def _rows(path: Path, where: str) -> Iterator[Sequence[object]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.reader(file, strict=True)
    except (csv.Error, OSError, ValueError) as error:
        raise InputError(
            f"this is no CSV that can be read ({error})", where=where, remedy="export it again"
        ) from error
