"""A folder of CSV files in the form that Neo4j's bulk import reads.

One file a label and one a relationship type, each with a typed header, and the command that
imports them. Lists are joined by the unit separator U+001F, which cleaned text cannot hold.

References
----------
Neo4j operations manual, "Import": header format of ``neo4j-admin database import``.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from graphkb.export.content import Content
from graphkb.export.format import ExportFormat, Loss, losses
from graphkb.model.graph import Edge, Entity, Value
from graphkb.model.schema import PropertyType, entity_type, relationship_type

__all__ = ["CSV"]

_TYPES = {"str": "string", "int": "long", "float": "double", "bool": "boolean", "list": "string[]"}
_LIST_SEPARATOR = "\x1f"


def _write(content: Content, path: Path) -> tuple[Loss, ...]:
    path.mkdir()
    counted: Counter[tuple[str, str]] = Counter()
    entities: dict[str, list[Entity]] = defaultdict(list)
    for entity in content.entities():
        entities[entity.label].append(entity)
    edges: dict[str, list[Edge]] = defaultdict(list)
    for edge in content.edges():
        edges[edge.type].append(edge)
    arguments = []
    for label, of_label in sorted(entities.items()):
        declared = [one for one in entity_type(label).all_properties if one.name != "id"]
        # Ground truth has ids of its own: a source may have the id of a paper.
        space = f"({label})" if entity_type(label).ground else ""
        header = [f"id:ID{space}", *map(_head, declared), ":LABEL"]
        nodes = ([e.id, *_cells(label, e.properties, declared, counted), label] for e in of_label)
        name = f"nodes-{label}.csv"
        _file(path / name, header, nodes)
        arguments.append(f"--nodes={name}")
    for type_, of_type in sorted(edges.items()):
        declared = list(relationship_type(type_).properties)
        header = [":START_ID", *map(_head, declared), ":END_ID", ":TYPE"]
        stated = ((e, {**e.properties, "paper": e.paper}) for e in of_type)
        rows = (
            [e.start, *_cells(type_, properties, declared, counted), e.end, type_]
            for e, properties in stated
        )
        name = f"relationships-{type_}.csv"
        _file(path / name, header, rows)
        arguments.append(f"--relationships={name}")
    (path / "import.txt").write_text(_command(arguments), encoding="utf-8")
    return losses(counted)


def _head(declared: PropertyType) -> str:
    return f"{declared.name}:{_TYPES[declared.type]}"


def _cells(
    owner: str,
    properties: Mapping[str, Value],
    declared: Iterable[PropertyType],
    counted: Counter[tuple[str, str]],
) -> list[str]:
    cells = []
    for one in declared:
        value = properties.get(one.name)
        if isinstance(value, tuple) and any(_LIST_SEPARATOR in item for item in value):
            counted["unit separator in a list replaced", f"{owner}.{one.name}"] += 1
            value = tuple(item.replace(_LIST_SEPARATOR, "\ufffd") for item in value)
        cells.append(_cell(value))
    return cells


def _cell(value: Value | None) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return _LIST_SEPARATOR.join(value)
    return repr(value) if isinstance(value, float) else str(value)


def _file(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        # With LF alone the library would leave a bare CR unquoted, which readers take for an end.
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(header)
        writer.writerows(rows)


def _command(arguments: Iterable[str]) -> str:
    lines = [
        "neo4j-admin database import full neo4j --overwrite-destination",
        "--array-delimiter=U+001F --multiline-fields=true --id-type=string",
        *arguments,
    ]
    return "# Run in this folder, the server stopped:\n" + " \\\n  ".join(lines) + "\n"


CSV = ExportFormat(
    "csv", "a folder of CSV files for neo4j-admin database import", _write, folder=True, ground=True
)
