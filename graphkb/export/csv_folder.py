"""A folder of CSV files in the form that Neo4j's bulk import reads.

One file a label and one a relationship type, each with a typed header; the command that imports
them, and the constraints and indexes to declare then. Lists are joined by the unit separator
U+001F, which cleaned text cannot hold. A cell without a value is empty, and empty text is ``""``:
the import tells them apart.

References
----------
RFC 4180; Neo4j operations manual, "Import": header format of ``neo4j-admin database import``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Self

from graphkb.export.content import Columns, Content
from graphkb.export.format import ExportFormat, Loss, losses
from graphkb.export.neo4j_import import Column, Table, held, tables, write_command, write_schema

__all__ = ["CSV", "CsvFile", "csv_head", "csv_options"]

_TYPES = {"str": "string", "int": "long", "float": "double", "bool": "boolean", "list": "string[]"}
_QUOTED = (",", '"', "\n", "\r")
_DOUBLED = '""'
# What a spreadsheet takes a cell that begins with it for a formula, in either width, or for an end.
_FORMULA = re.compile("[=+\\-@\t\r\n\0\uff1d\uff0b\uff0d\uff20]")
# With LF alone some readers would take a CR in an unquoted cell for an end.
_END = "\r\n"
# The import reads cells up to 4 MB by default; a character has up to four bytes.
_LONG_ROW = 1_000_000

_Counted = Counter[tuple[str, str]]
_Change = Callable[[Sequence[Any], str, _Counted], Sequence[Any]]


def _write(content: Content, path: Path) -> tuple[Loss, ...]:
    return _folder(content, path, lambda values, _where, _counted: values)


def _write_for_spreadsheets(content: Content, path: Path) -> tuple[Loss, ...]:
    return _folder(content, path, _harmless)


def _harmless(values: Sequence[Any], where: str, counted: _Counted) -> Sequence[Any]:
    """Texts that no spreadsheet takes for a formula."""
    formulas = [row for row, value in enumerate(values) if value and _FORMULA.match(value)]
    if not formulas:
        return values
    counted["formula made harmless by a quote before it", where] += len(formulas)
    changed = list(values)
    for row in formulas:
        changed[row] = "'" + changed[row]
    return changed


def _folder(content: Content, path: Path, change: _Change) -> tuple[Loss, ...]:
    path.mkdir()
    counted: _Counted = Counter()
    written = [_file(path, table, change, counted) for table in tables(content)]
    multiline = ",".join(file.name for file in written if file.has_lines)
    longest = max((file.longest for file in written), default=0)
    options = csv_options(multiline, longest)
    nodes = [file.name for file in written if file.is_entities]
    edges = [file.name for file in written if not file.is_entities]
    write_command(path, nodes, edges, *options)
    write_schema(path)
    return losses(counted)


def csv_options(multiline: str, longest: int) -> list[str]:
    """Return the options of the import that files need.

    Parameters
    ----------
    multiline : str
        The files with cells that go over several lines, joined by commas; or ``true`` for all.
    longest : int
        How many characters the longest row has.

    Returns
    -------
    list of str
        Options of ``neo4j-admin database import``.
    """
    options = ["--array-delimiter=U+001F"]
    if multiline:
        # Only these: reading lines within cells takes longer.
        options.append(f"--multiline-fields-format=v2 --multiline-fields={multiline}")
    if longest > _LONG_ROW:
        options.append(f"--read-buffer-size={4 * longest}")
    return options


def _file(folder: Path, table: Table, change: _Change, counted: _Counted) -> CsvFile:
    with CsvFile(folder / f"{table.stem}.csv", table, change) as file:
        for batch in table.batches:
            file.write(batch)
    counted.update(file.counted)
    return file


class CsvFile:
    """A file of a table, written batch by batch; to be used in a ``with``.

    Parameters
    ----------
    path : Path
        The file, which is made.
    table : Table
        Its kind and columns; its batches are not read here.
    change : callable
        What is made of the texts of a column.
    """

    def __init__(
        self, path: Path, table: Table, change: _Change = lambda values, _where, _counted: values
    ) -> None:
        self.name = path.name
        self.is_entities = table.is_entities
        self.rows = 0
        self.longest = 0
        self.counted: _Counted = Counter()
        self._table = table
        self._change = change
        self._marks: set[str] = set()
        self._file = path.open("wb")

    def __enter__(self) -> Self:
        self._file.write(csv_head(self._table))
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    @property
    def has_lines(self) -> bool:
        """Whether a cell goes over several lines, as the import must know."""
        return not self._marks.isdisjoint("\r\n")

    def write(self, batch: Columns) -> None:
        """Write rows, which begin where the last ones end."""
        table, change, marks = self._table, self._change, self._marks
        try:
            text, length, found = _rows(table, batch, change, marks, mend=False)
        except UnicodeEncodeError:
            text, length, found = _rows(table, batch, change, marks, mend=True)
        self._file.write(text)
        self.rows += len(next(iter(batch.values())))
        self.longest = max(self.longest, length)
        self.counted.update(found)


def csv_head(table: Table) -> bytes:
    """Return the first line of a table's file: what the import makes of each column."""
    head = [*map(_head, table.columns), ":LABEL" if table.is_entities else ":TYPE"]
    return (",".join(head) + _END).encode()


def _rows(
    table: Table, batch: Columns, change: _Change, marks: set[str], *, mend: bool
) -> tuple[bytes, int, _Counted]:
    """The rows of a batch, the length of the longest, and what could not be held."""
    counted: _Counted = Counter()
    pattern, filled = [], []
    for column in table.columns:
        cells = _cells(table, column, batch[column.declared.name], change, counted, marks, mend)
        pattern.append("" if cells is None else "%s")
        if cells is not None:
            filled.append(cells)
    # A pattern has empty columns and the kind in it, which need not be joined row by row.
    row = f"{','.join(pattern)},{table.kind}{_END}"
    rows = list(map(row.__mod__, zip(*filled, strict=True)))
    return "".join(rows).encode(), max(map(len, rows)), counted


def _head(column: Column) -> str:
    return column.head or f"{column.declared.name}:{_TYPES[column.declared.type]}"


def _cells(
    table: Table,
    column: Column,
    values: Sequence[Any],
    change: _Change,
    counted: _Counted,
    marks: set[str],
    mend: bool,
) -> Iterable[str] | None:
    """The cells of a column; None where all are empty."""
    if not any(values) and values.count(None) == len(values):
        return None
    kept = held(table, column, values, counted, mend=mend)
    where = f"{table.kind}.{column.declared.name}"
    match column.declared.type:
        case "bool":
            return [_BOOLEANS[value] for value in kept]
        case "int" | "float":
            if None not in kept:
                return map(repr, kept)
            return ["" if value is None else repr(value) for value in kept]
        case "list":
            if "" in kept:
                lost = kept.count("")
                counted["list of one empty text, which the import leaves out", where] += lost
    return _texts(change(kept, where, counted), marks)


_BOOLEANS = {True: "true", False: "false", None: ""}


def _texts(values: Sequence[str | None], marks: set[str]) -> Iterable[str]:
    """The cells of texts; what there is to quote in them is added to the marks."""
    present = list(filter(None, values))
    # All of them at once, since most columns have nothing to quote.
    text = "".join(present)
    found = [mark for mark in _QUOTED if mark in text]
    marks.update(found)
    if not found and len(present) == len(values):
        return present
    if not found and "" not in values:
        return ["" if value is None else value for value in values]
    comma, quote, feed, line = _QUOTED
    return [
        ""
        if value is None
        else value
        if value
        and comma not in value
        and quote not in value
        and feed not in value
        and line not in value
        else f'"{value.replace(quote, _DOUBLED)}"'
        for value in values
    ]


CSV = ExportFormat(
    "csv",
    "a folder of CSV files for neo4j-admin database import",
    _write,
    folder=True,
    ground=True,
    spreadsheet=_write_for_spreadsheets,
)
