"""What Neo4j's bulk import reads, whatever the files are: columns, what they hold, the command.

One file a label and one a relationship type. The heads of the columns say type and role as the
import wants them.

References
----------
Neo4j operations manual, "Import": header format and options of ``neo4j-admin database import``.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

from graphkb.export.content import Columns, Content
from graphkb.model.schema import (
    ENTITY_TYPES,
    RELATIONSHIP_TYPES,
    PropertyType,
    entity_type,
    relationship_type,
)
from graphkb.store import statements

__all__ = [
    "COMMAND",
    "LIST_SEPARATOR",
    "SCHEMA",
    "Column",
    "Table",
    "edge_table",
    "entity_table",
    "held",
    "tables",
    "whole_text",
    "write_command",
    "write_schema",
]

COMMAND, SCHEMA = "import.sh", "schema.cypher"
LIST_SEPARATOR = "\x1f"
_BOUND = 2**63
_REPLACEMENT = "\ufffd"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Parameters
    ----------
    declared : PropertyType
        What its values are; of the ends of an edge their ids.
    role : str
        What the import makes of it beside a property: ``ID``, ``START_ID``, ``END_ID`` or nothing.
    """

    declared: PropertyType
    role: str = ""

    @property
    def head(self) -> str:
        """What heads the column where it is more than a property; else nothing."""
        name = self.declared.name if self.role.startswith("ID") else ""
        return f"{name}:{self.role}" if self.role else ""


@dataclass(frozen=True, slots=True)
class Table:
    """All entities of a label, or all edges of a type, to be read once.

    Parameters
    ----------
    kind : str
        The label or type.
    is_entities : bool
        Which of the two.
    columns : tuple of Column
        In order.
    batches : iterator of Columns
        By the names of the columns' properties; none of them is empty.
    """

    kind: str
    is_entities: bool
    columns: tuple[Column, ...]
    batches: Iterator[Columns]

    @property
    def stem(self) -> str:
        """The name of its file without the ending."""
        return f"{'nodes' if self.is_entities else 'relationships'}-{self.kind}"


def tables(content: Content) -> Iterator[Table]:
    """Yield what a content holds, table by table; a kind of which it has nothing is left out.

    Parameters
    ----------
    content : Content
        What to write.

    Yields
    ------
    Table
        Entities first. A table is to be read before the next is taken.
    """
    for label in sorted(one.label for one in ENTITY_TYPES):
        yield from _begun(entity_table(label, content.entity_columns(label)))
    for name in sorted(one.name for one in RELATIONSHIP_TYPES):
        yield from _begun(edge_table(name, content.edge_columns(name)))


def entity_table(label: str, batches: Iterator[Columns]) -> Table:
    """Return the table of the entities of a label."""
    told = [one for one in entity_type(label).all_properties if one.derived]
    # Ground truth has ids of its own: a source may have the id of a paper.
    space = f"({label})" if entity_type(label).ground else ""
    columns = tuple(Column(one, f"ID{space}" if one.name == "id" else "") for one in told)
    return Table(label, True, columns, batches)


def edge_table(type_: str, batches: Iterator[Columns]) -> Table:
    """Return the table of the edges of a type."""
    ends = [Column(PropertyType(end, "str", ""), f"{end.upper()}_ID") for end in ("start", "end")]
    told = map(Column, relationship_type(type_).properties)
    return Table(type_, False, (ends[0], *told, ends[1]), batches)


def _begun(table: Table) -> Iterator[Table]:
    """The table, unless there is nothing in it."""
    first = next(table.batches, None)
    if first is not None:
        yield replace(table, batches=chain((first,), table.batches))


def held(
    table: Table,
    column: Column,
    values: Sequence[Any],
    counted: Counter[tuple[str, str]],
    *,
    mend: bool = True,
) -> Sequence[Any]:
    """Return the values of a column as the import can hold them, and count what it cannot.

    Parameters
    ----------
    table : Table
        Of which table.
    column : Column
        Of which column.
    values : sequence
        As a content gives them.
    counted : Counter
        By what happened and to which property; added to.
    mend : bool
        False leaves texts as they are, for who notices by the encoding that one is none.

    Returns
    -------
    sequence
        One a value: text for a list, else of the same type; None where there is none.
    """
    where = f"{table.kind}.{column.declared.name}"
    match column.declared.type:
        case "str":
            return _told(values, where, counted) if mend else values
        case "list":
            joined = _joined(values, where, counted)
            return _told(joined, where, counted) if mend else joined
        case "int":
            return _within(values, where, counted)
        case "float" | "bool":
            return values


def _told(values: Sequence[Any], where: str, counted: Counter[tuple[str, str]]) -> Sequence[Any]:
    """Texts without halves of surrogate pairs, which no file of UTF-8 holds."""
    # All of them at once: a look at each takes ten times as long.
    text = "".join(filter(None, values))
    try:
        if not text.isascii():
            text.encode()
    except UnicodeEncodeError:
        return [value and whole_text(value, where, counted) for value in values]
    return values


def whole_text(value: str, where: str, counted: Counter[tuple[str, str]]) -> str:
    """Return a text without lone halves of surrogate pairs, which are no characters.

    Parameters
    ----------
    value : str
        Any text.
    where : str
        Of which property.
    counted : Counter
        By what happened and to which property; added to.

    Returns
    -------
    str
        With U+FFFD for each of them.

    Examples
    --------
    >>> whole_text("a\\ud800b", "Paper.name", Counter())
    'a\ufffdb'
    """
    # Two halves that belong together are one character.
    halves = value.encode("utf-16", "surrogatepass")
    mended = halves.decode("utf-16", "replace")
    counted["half of a surrogate pair replaced", where] += mended.encode("utf-16") != halves
    return mended


def _joined(values: Sequence[Any], where: str, counted: Counter[tuple[str, str]]) -> Sequence[Any]:
    """Lists as text."""
    join = LIST_SEPARATOR.join
    first = values[0]
    if first and values.count(first) == len(values) and not any(LIST_SEPARATOR in t for t in first):
        return [join(first)] * len(values)  # what came from one source, as most have it
    joined = [None if value is None else join(value) for value in values]
    present = list(filter(None, values))
    separators = sum(map(len, present)) - len(present)
    if "".join(filter(None, joined)).count(LIST_SEPARATOR) != separators:
        for row, value in enumerate(values):
            if value and any(LIST_SEPARATOR in item for item in value):
                counted["unit separator in a list replaced", where] += 1
                mended = (item.replace(LIST_SEPARATOR, _REPLACEMENT) for item in value)
                joined[row] = LIST_SEPARATOR.join(mended)
    return joined


def _within(values: Sequence[Any], where: str, counted: Counter[tuple[str, str]]) -> Sequence[Any]:
    """Integers that 64 bits hold."""
    try:
        array("q", [value for value in values if value is not None] if None in values else values)
    except OverflowError:
        pass
    else:
        return values
    beyond = [row for row, v in enumerate(values) if v is not None and not -_BOUND <= v < _BOUND]
    counted["integer beyond 64 bits left out", where] += len(beyond)
    return [None if row in beyond else v for row, v in enumerate(values)] if beyond else values


def write_command(folder: Path, nodes: Iterable[str], edges: Iterable[str], *more: str) -> None:
    """Write the command that imports a folder, as a shell script that runs as it stands.

    Parameters
    ----------
    folder : Path
        Where to.
    nodes, edges : iterable of str
        The names of the files.
    *more : str
        Options that the files need.
    """
    files = [*(f"--nodes={name}" for name in nodes), *(f"--relationships={n}" for n in edges)]
    options = ["--overwrite-destination", "--id-type=string", '--report-file="$report"', *more]
    command = ['neo4j-admin database import full "${1:-neo4j}"', *options, *files]
    lines = [_BEFORE, " \\\n  ".join(command), _AFTER] if files else [_NOTHING]
    path = folder / COMMAND
    path.write_text(_HEAD + "".join(lines), encoding="utf-8")
    path.chmod(0o755)


_HEAD = f"""\
#!/bin/sh
# Imports this folder into Neo4j 5.26 or later while its server is stopped:
#     sh {COMMAND} [DATABASE]
# Whatever the database held is replaced. Then start the server, and run in this folder
#     cypher-shell --file {SCHEMA}
"""
_NOTHING = "echo 'There is nothing to import.'\n"
_BEFORE = f"""\
CDPATH= cd -- "$(dirname -- "$0")" || exit 1
command -v neo4j-admin >/dev/null || {{
  echo "{COMMAND}: no neo4j-admin on PATH; it is in the folder bin of a Neo4j" >&2
  exit 127
}}
report="${{TMPDIR:-/tmp}}/graphkb-import-$$.report"
"""
# Neo4j makes the report also where there is nothing to tell.
_AFTER = """
status=$?
[ -s "$report" ] || rm -f "$report"
exit "$status"
"""


def write_schema(folder: Path, before: Iterable[str] = ()) -> None:
    """Write the constraints and indexes that graphkb declares, as Cypher to run after the import.

    Parameters
    ----------
    folder : Path
        Where to.
    before : iterable of str
        Statements that come before them.
    """
    lines = [*before]
    for label in sorted(one.label for one in ENTITY_TYPES):
        lines.append(statements.constraint(label))
        lines += [statements.index(label, name) for name in statements.indexed_properties(label)]
    (folder / SCHEMA).write_text("".join(f"{line};\n" for line in lines), encoding="utf-8")
