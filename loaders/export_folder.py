"""Folders of tables that graphkb exported, a file a label and one a type, whatever the files are.

The file's name says what it holds (``nodes-Method``, ``relationships-EXTENDS``), the heads of its
columns which property each is: ``id:ID`` of a node, ``:START_ID`` and ``:END_ID`` of an edge, then
names, with a type behind a colon where the files have none. Lists are text, joined by the unit
separator U+001F.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from graphkb.errors import InputError
from graphkb.model.asserted_check import TYPES, entity_properties
from graphkb.model.assertion import Assertions
from graphkb.model.schema import ENTITY_TYPES, relationship_type
from graphkb.model.source import Skipped, SourceInput, Yield

__all__ = ["Rows", "folder_assertions", "is_folder_of"]

# From a file to its rows: the heads of the columns first.
Rows = Callable[[Path, str], Iterator[Sequence[object]]]

_SEPARATOR = "\x1f"
_GROUND = frozenset(declared.label for declared in ENTITY_TYPES if declared.ground)
_LABELS = frozenset(declared.label for declared in ENTITY_TYPES)


def is_folder_of(head: str, format_name: str) -> bool:
    """Tell whether a text is the list of files of a folder that was exported in a format."""
    try:
        told = json.loads(head)
    except (ValueError, RecursionError):
        return False
    return isinstance(told, dict) and told.get("format") == format_name and "files" in told


def folder_assertions(
    source: SourceInput, suffix: str, rows_of: Rows, *, written: bool = False
) -> Iterator[Yield]:
    """Yield what the files of a folder assert.

    Parameters
    ----------
    source : SourceInput
        A folder.
    suffix : str
        How its files end, ``.parquet``.
    rows_of : callable
        Reads a file.
    written : bool
        Whether every value is text.

    Yields
    ------
    AssertedRecord, Skipped or Notice
        An entity with the edges out of it each; what was left out comes before.

    Raises
    ------
    InputError
        The source is no folder, holds no such file, or one that cannot be read.
    """
    if source.folder is None:
        raise InputError(
            "this is the list of a folder's files", where=source.name, remedy="name the folder"
        )
    kinds = re.compile(rf"(nodes|relationships)-([A-Za-z_]+){re.escape(suffix)}")
    paths = sorted(path for path in source.folder.iterdir() if kinds.fullmatch(path.name))
    if not paths:
        raise InputError(
            f"the folder holds no file such as nodes-Paper{suffix}",
            where=source.name,
            remedy="name a folder that `graphkb export` wrote",
        )
    assertions = Assertions(written=written)
    for path in paths:
        found = kinds.fullmatch(path.name)
        assert found is not None  # noqa: S101 - as it was chosen
        kind = found[2]
        rows = rows_of(path, f"{source.name}/{path.name}")
        if found[1] == "nodes" and kind in _GROUND:
            assertions.leave_out(kind, sum(1 for _ in rows) - 1)
        elif kind in (_LABELS if found[1] == "nodes" else TYPES):
            yield from _taken(assertions, path.name, kind, rows)
        else:
            yield Skipped(path.name, f"the schema knows no {kind}")
    yield from assertions.records()


def _taken(
    assertions: Assertions, name: str, kind: str, rows: Iterator[Sequence[object]]
) -> Iterator[Yield]:
    heads = [_name(str(head)) for head in next(rows, ())]
    lists = _lists(kind)
    for number, row in enumerate(rows, 1):
        given = {
            head: value.split(_SEPARATOR) if head in lists and isinstance(value, str) else value
            for head, value in zip(heads, row, strict=False)
            if value is not None and value != ""
        }
        place = f"{name}, row {number}"
        if kind in _LABELS:
            given.pop(":LABEL", None)
            id_ = given.pop("id", None)
            yield from assertions.node(place, id_, {**given, "label": kind})
        else:
            given.pop(":TYPE", None)
            start, end = given.pop(":START_ID", None), given.pop(":END_ID", None)
            yield from assertions.edge(place, start, end, {**given, "type": kind})


def _name(head: str) -> str:
    """The property of a column, or its role where it is none."""
    return head.partition(":")[0] or head.partition("(")[0]


def _lists(kind: str) -> frozenset[str]:
    declared = (
        entity_properties(kind).values() if kind in _LABELS else relationship_type(kind).properties
    )
    return frozenset(one.name for one in declared if one.type == "list")
