"""``parquet``: a folder of Parquet files as graphkb exports it.

A file a label, ``nodes-Method.parquet``, and a file a type, ``relationships-EXTENDS.parquet``; what
their columns are is told in ``graphkb/export/parquet_folder.py``. Entities and edges come back as
asserted: no text is read for statements. The sources, records and decisions of the exported store
stay with it. What the schema does not know is skipped with its file and row.

References
----------
The Apache Parquet format, https://parquet.apache.org/docs/file-format/.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from graphkb.loaders.export_folder import folder_assertions, is_folder_of

from graphkb.errors import InputError, MissingExtraError
from graphkb.model.source import SourceInput, Yield, loader

__all__ = ["parquet"]

_BATCH = 5_000


@loader(
    "parquet",
    title="A folder of Parquet files, as graphkb exports",
    recognise=lambda _name, head: is_folder_of(head, "parquet"),
    example="grpo-parquet/",
)
def parquet(source: SourceInput) -> Iterator[Yield]:
    """Read a folder, some thousand rows at a time.

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
    MissingExtraError
        pyarrow is not installed.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> import pyarrow as pa, pyarrow.parquet as pq
    >>> with TemporaryDirectory() as name:
    ...     table = pa.table({"id:ID": ["task:a"], "name": ["a"], ":LABEL": ["Task"]})
    ...     pq.write_table(table, Path(name, "nodes-Task.parquet"))
    ...     [record] = parquet.read(SourceInput("whole", "", folder=Path(name)))
    >>> record.entity.label, record.entity.name
    ('Task', 'a')
    """
    yield from folder_assertions(source, ".parquet", _rows)


def _rows(path: Path, where: str) -> Iterator[Sequence[object]]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ModuleNotFoundError as error:
        raise MissingExtraError(
            f"Parquet needs {error.name}",
            remedy="install it: pip install 'graphkb-papers[parquet]'",
        ) from None
    try:
        with pq.ParquetFile(path) as file:
            yield list(file.schema_arrow.names)
            for batch in file.iter_batches(_BATCH):
                columns = [column.to_pylist() for column in batch.columns]
                yield from zip(*columns, strict=True)
    except (pa.ArrowException, OSError, ValueError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise InputError(
            f"this is no Parquet that can be read ({reason})", where=where, remedy="export it again"
        ) from error
