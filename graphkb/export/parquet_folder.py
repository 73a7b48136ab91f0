"""A folder of Parquet files in the form that Neo4j's bulk import reads.

One file a label and one a relationship type, the import's command, and the constraints and indexes
to declare then. Types are those of the columns. The import of Neo4j 5.26 takes no list in whatever
form: it refuses a list of Parquet (``Unexpected repetition``) and a column typed ``string[]``
(``is not a supported property value``). So a list is text here, joined by the unit separator
U+001F, and the first statements of ``schema.cypher`` make lists of them in the database. Empty text
is in the files, but the import takes it for none.

References
----------
Neo4j operations manual, "Import": Parquet; the Apache Parquet format.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from graphkb.errors import MissingExtraError
from graphkb.export.content import Columns, Content
from graphkb.export.format import ExportFormat, Loss, losses
from graphkb.export.neo4j_import import Table, held, tables, write_command, write_schema
from graphkb.store import statements

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["PARQUET", "ParquetFile", "split_lists"]

# Rows that are together in the file: a reader holds that many, and so does the writer.
_GROUP = 50_000


def _write(content: Content, path: Path) -> tuple[Loss, ...]:
    _pyarrow_parquet()  # before anything is written
    path.mkdir()
    counted: Counter[tuple[str, str]] = Counter()
    nodes: list[str] = []
    edges: list[str] = []
    lists: list[str] = []
    for table in tables(content):
        name = f"{table.stem}.parquet"
        _file(path / name, table, counted)
        (nodes if table.is_entities else edges).append(name)
        lists += split_lists(table)
    write_command(path, nodes, edges, "--input-type=parquet")
    write_schema(path, lists)
    return losses(counted)


def split_lists(table: Table) -> list[str]:
    """Return the statements that make lists of the texts that stand for them in a database."""
    of_lists = (c.declared.name for c in table.columns if c.declared.type == "list")
    return [statements.split_text(table.kind, name) for name in of_lists]


def _file(path: Path, table: Table, counted: Counter[tuple[str, str]]) -> None:
    with ParquetFile(path, table) as file:
        for batch in table.batches:
            file.write(batch)
    counted.update(file.counted)


class ParquetFile:
    """A file of a table, written batch by batch; to be used in a ``with``.

    Parameters
    ----------
    path : Path
        The file, which is made.
    table : Table
        Its kind and columns; its batches are not read here.

    Raises
    ------
    MissingExtraError
        pyarrow is not installed.
    """

    def __init__(self, path: Path, table: Table) -> None:
        pq = _pyarrow_parquet()
        self.name = path.name
        self.rows = 0
        self.counted: Counter[tuple[str, str]] = Counter()
        self._table = table
        self._schema = _schema(table)
        self._batches: list[pa.RecordBatch] = []
        self._held = 0
        # Statistics of long texts are of no use; their cutting differs from version to version.
        self._writer = pq.ParquetWriter(
            path, self._schema, compression="zstd", write_statistics=False
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._group()
        self._writer.close()

    def write(self, batch: Columns) -> None:
        """Write rows, which begin where the last ones end."""
        made = _batch(self._table, batch, self._schema, self.counted)
        self._batches.append(made)
        self._held += made.num_rows
        self.rows += made.num_rows
        if self._held >= _GROUP:
            self._group()

    def _group(self) -> None:
        import pyarrow as pa

        if self._batches:
            group = pa.Table.from_batches(self._batches)
            self._writer.write_table(group, row_group_size=_GROUP)
        self._batches, self._held = [], 0


def _pyarrow_parquet() -> Any:
    try:
        import pyarrow.parquet as pq
    except ModuleNotFoundError:
        raise MissingExtraError(
            "Parquet needs pyarrow", remedy="install it: pip install 'graphkb-papers[parquet]'"
        ) from None
    return pq


def _batch(
    table: Table, batch: Columns, schema: pa.Schema, counted: Counter[tuple[str, str]]
) -> pa.RecordBatch:
    import pyarrow as pa

    arrays: list[Any] = []
    for column, field in zip(table.columns, schema, strict=False):
        values = held(table, column, batch[column.declared.name], counted)
        if empty := column.declared.type in ("str", "list") and sum(v == "" for v in values):
            where = f"{table.kind}.{column.declared.name}"
            counted["empty text, which the import leaves out", where] += empty
        arrays.append(pa.array(values, field.type))
    arrays.append(pa.repeat(table.kind, len(arrays[0])))
    return pa.record_batch(arrays, schema=schema)


def _schema(table: Table) -> pa.Schema:
    import pyarrow as pa

    types = {"int": pa.int64(), "float": pa.float64(), "bool": pa.bool_()}
    fields = [
        (column.head or column.declared.name, types.get(column.declared.type, pa.string()))
        for column in table.columns
    ]
    return pa.schema([*fields, (":LABEL" if table.is_entities else ":TYPE", pa.string())])


PARQUET = ExportFormat(
    "parquet",
    "a folder of Parquet files for neo4j-admin database import",
    _write,
    folder=True,
    ground=True,
)
