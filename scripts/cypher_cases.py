"""The cases and statements of ../shared/data/cypher: their graphs, schemas and answers."""

import datetime as dt
import json
import math
import os
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from graphkb.store.embedded import EmbeddedStore
from graphkb.store.guard import check_statement
from graphkb.store.lint import Held, NamesOfGraph, check

SHARED = Path(os.environ.get("GRAPHKB_SHARED") or Path(__file__).resolve().parents[2] / "shared")
FOLDER = SHARED / "data" / "cypher"

KINDS: dict[type, str] = {
    bool: "boolean",
    int: "integer",
    float: "float",
    str: "string",
    list: "list",
    dt.date: "date",
}


def lines(name: str) -> list[dict[str, Any]]:
    """Return the objects of a file of one JSON object a line; none where it is absent."""
    path = FOLDER / name
    if not path.is_file():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def fixture() -> dict[str, Any]:
    """Return the graph that the statements were asked of."""
    graph = json.loads((FOLDER / "fixture.json").read_text(encoding="utf-8"))
    edges = [{**edge, "src": edge["start"], "dst": edge["end"]} for edge in graph["relationships"]]
    return {"nodes": graph["nodes"], "relationships": edges}


def names_of(graph: Mapping[str, Any]) -> NamesOfGraph:
    """Return the schema of a case's own graph: what its nodes and relationships have."""
    held: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    count: dict[str, int] = defaultdict(int)
    types: dict[str, dict[str, Held]] = {}
    ends: dict[str, tuple[set[str], set[str]]] = {}
    for node in graph["nodes"]:
        count[node["label"]] += 1
        for key, value in node["props"].items():
            held[node["label"]][key].append(KINDS.get(type(dated(value)), ""))
    label = {node["props"]["id"]: node["label"] for node in graph["nodes"]}
    for edge in graph["relationships"]:
        properties = types.setdefault(edge["type"], {})
        for key, value in edge["props"].items():
            properties[key] = Held(KINDS.get(type(value), ""))
        starts, stops = ends.setdefault(edge["type"], (set(), set()))
        starts.add(label[edge["src"]])
        stops.add(label[edge["dst"]])
    return NamesOfGraph(
        {
            of: {key: Held(kinds[0], len(kinds) == count[of]) for key, kinds in properties.items()}
            for of, properties in held.items()
        },
        types,
        {of: (frozenset(a), frozenset(b)) for of, (a, b) in ends.items()},
    )


def dated(value: Any) -> Any:
    """Turn the data's way of writing a date into a date."""
    if isinstance(value, dict):
        if value.keys() == {"$date"}:
            return dt.date.fromisoformat(value["$date"])
        return {key: dated(item) for key, item in value.items()}
    return [dated(item) for item in value] if isinstance(value, list) else value


@contextmanager
def store_of(graph: Mapping[str, Any]) -> Iterator[EmbeddedStore]:
    """Make a case's graph in an embedded store."""
    with EmbeddedStore(":memory:", write=True) as store:
        made = store._open_graph()  # noqa: SLF001 - a graph that no load of ours would make
        made.read_only(False)
        for node in graph["nodes"]:
            made.cypher(
                f"MERGE (n:{node['label']} {{id: $id}}) SET n += $properties",
                params={"id": node["props"]["id"], "properties": dated(node["props"])},
            )
        for edge in graph["relationships"]:
            made.cypher(
                f"MATCH (a {{id: $a}}) MATCH (b {{id: $b}}) CREATE (a)-[r:{edge['type']}]->(b) "
                "SET r += $properties",
                params={"a": edge["src"], "b": edge["dst"], "properties": edge["props"]},
            )
        made.read_only(True)
        yield store


def answer(case: Mapping[str, Any]) -> list[str]:
    """Return the rows of our store for the statement of a case, on the case's own graph."""
    with store_of(case["graph"]) as store:
        return comparable(store.cypher(case["statement"], case["params"]).rows)


def look_at(statement: str, names: NamesOfGraph, parameters: Mapping[str, Any]) -> None:
    """Look at a statement as the façade does, with the schema of its own graph."""
    check(check_statement(statement), names, dated(dict(parameters)))


def comparable(rows: Any) -> list[str]:
    """Return rows in a form and an order in which those of two engines can be compared."""
    return sorted(json.dumps(plain(row), sort_keys=True, ensure_ascii=False) for row in rows)


def plain(value: Any) -> Any:
    """Return a value as the data writes those that JSON has not."""
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "inf"
    return value.partition(":")[2] if isinstance(value, str) and value.startswith("?D") else value
