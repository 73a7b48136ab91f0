"""What the files of a bulk build hold, read by readers that are not ours."""

import csv
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from graphkb.model.graph import Edge, Entity, Graph, Value, graph_digest
from graphkb.model.schema import entity_type, relationship_type
from graphkb.store import neo4j_index
from graphkb.store.neo4j_keys import HIDDEN
from graphkb.store.text_index import SEARCHED

READ: dict[str, Callable[[str], Value]] = {
    "str": str,
    "int": int,
    "float": float,
    "bool": {"true": True, "false": False}.__getitem__,
    "list": lambda text: tuple(text.split("\x1f")),
}


def read_back(folder: Path) -> Graph:
    """Return the graph; two rows of one key, or an edge without its ends, is a failure."""
    entities: dict[str, Entity] = {}
    rows: list[tuple[str, dict[str, Value]]] = []
    for place in sorted(folder.iterdir()):
        what, _, kind = place.name.partition("-")
        for row in _rows(place) if what in ("nodes", "relationships") else ():
            if what == "relationships":
                rows.append((kind, _told(row, relationship_type(kind).properties)))
                continue
            told = _told(row, entity_type(kind).all_properties)
            found_by = {name: told.pop(name) for name in HIDDEN if name in told}
            expected = neo4j_index.found_by(kind, told) if kind in SEARCHED else {}
            assert found_by == {name: text for name, text in expected.items() if text}
            entity = Entity(kind, str(told.pop("id")), told)
            assert entity.key not in entities, entity
            entities[entity.key] = entity
    edges: dict[tuple[str, str, str, str], Edge] = {}
    for kind, told in rows:
        start, end, paper = (str(told.pop(name)) for name in ("start", "end", "paper"))
        labels = entities[start].label, entities[end].label
        edge = Edge(start, kind, end, paper, *labels, told)
        assert edge.key not in edges, edge
        edges[edge.key] = edge
    return Graph(entities, edges)


def digest(folder: Path) -> str:
    graph = read_back(folder)
    return graph_digest(graph.entities.values(), graph.edges.values())


def _rows(place: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(place.glob("*.csv")):
        with path.open(newline="", encoding="utf-8") as file:
            yield from csv.DictReader(file)
    for path in sorted(place.glob("*.parquet")):
        yield from pq.read_table(path).to_pylist()


def _told(row: dict[str, Any], declared: Sequence[Any]) -> dict[str, Value]:
    types = {one.name: one.type for one in declared}
    told: dict[str, Value] = {}
    for head, value in row.items():
        name, _, role = head.partition(":")
        if role.startswith(("START_ID", "END_ID")):
            told[role.partition("_")[0].lower()] = value
        elif name and value not in ("", None):
            read = READ[types.get(name, "str")]
            told[name] = read(value) if isinstance(value, str) else value
    return told
