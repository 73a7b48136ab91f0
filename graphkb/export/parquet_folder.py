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
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphkb.errors import MissingExtraError
from graphkb.export.content import Columns, Content
from graphkb.export.format import ExportFormat, Loss, losses
from graphkb.export.neo4j_import import Table, held, tables, write_command, write_schema
from graphkb.store import statements

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["PARQUET"]

# Rows that are together in the file: a reader holds that many, and so does the writer.
_GROUP = 50_000


def _write(content: Content, path: Path) -> tuple[Loss, ...]:
    try:
        import pyarrow.parquet as pq  # noqa: F401 - before anything is written
    except ModuleNotFoundError:
        raise MissingExtraError(
            "Parquet needs pyarrow", remedy="install it: pip install 'graphkb-papers[parquet]'"
        ) from None
    path.mkdir()
    counted: Counter[tuple[str, str]] = Counter()
    nodes: list[str] = []
    edges: list[str] = []
    lists: list[str] = []
    for table in tables(content):
        name = f"{table.stem}.parquet"
        _file(path / name, table, counted)
        (nodes if table.is_entities else edges).append(name)
        of_lists = (c.declared.name for c in table.columns if c.declared.type == "list")
        lists += [statements.split_text(table.kind, name) for name in of_lists]
    write_command(path, nodes, edges, "--input-type=parquet")
    write_schema(path, lists)
    return losses(counted)


def _file(path: Path, table: Table, counted: Counter[tuple[str, str]]) -> None:
    import pyarrow.parquet as pq

    schema = _schema(table)
    # Statistics of long texts are of no use, and their cutting differs from version to version.
    with pq.ParquetWriter(path, schema, compression="zstd", write_statistics=False) as writer:
        for group in _groups(table, schema, counted):
            writer.write_table(group, row_group_size=_GROUP)


def _groups(
    table: Table, schema: pa.Schema, counted: Counter[tuple[str, str]]
) -> Iterator[pa.Table]:
    import pyarrow as pa

    batches: list[pa.RecordBatch] = []
    for batch in table.batches:
        batches.append(_batch(table, batch, schema, counted))
        if sum(one.num_rows for one in batches) >= _GROUP:
            yield pa.Table.from_batches(batches)
            batches.clear()
    if batches:
        yield pa.Table.from_batches(batches)


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
