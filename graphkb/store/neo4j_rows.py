"""The driver's answers as plain values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import neo4j.graph
import neo4j.spatial
import neo4j.time

from graphkb.store.neo4j_keys import HIDDEN

__all__ = ["element_ids", "plain"]


def plain(value: Any, ids: Mapping[str, str]) -> Any:
    """Turn a value of a record into one that both stores give alike.

    Parameters
    ----------
    value : object
        As the driver gave it.
    ids : mapping of str to str
        The element id of each node that a relationship in the rows begins or ends at, to its id.

    Returns
    -------
    object
        None, bool, int, float, str, lists and dicts of them; the keys of a dict are sorted, and
        those of what graphkb keeps to search by left out.

    Examples
    --------
    >>> plain({"b": [1, 2.5], "a": neo4j.time.Date(2024, 2, 5)}, {})
    {'a': '2024-02-05', 'b': [1, 2.5]}
    """
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, list):
        return [plain(item, ids) for item in value]
    if isinstance(value, dict):
        return {key: plain(value[key], ids) for key in sorted(value) if key not in HIDDEN}
    if isinstance(value, neo4j.graph.Node):
        properties = dict(value)
        id_ = properties.pop("id", None)
        return {"id": id_, "labels": sorted(value.labels), "properties": plain(properties, ids)}
    if isinstance(value, neo4j.graph.Relationship):
        return {
            "start": _end(value.start_node, ids),
            "type": value.type,
            "end": _end(value.end_node, ids),
            "properties": plain(dict(value), ids),
        }
    if isinstance(value, neo4j.graph.Path):
        return {
            "nodes": [plain(node, ids) for node in value.nodes],
            "relationships": [plain(edge, ids) for edge in value.relationships],
        }
    if isinstance(value, neo4j.time.Date | neo4j.time.DateTime | neo4j.time.Time):
        return value.to_native().isoformat()
    if isinstance(value, neo4j.time.Duration):
        return {"days": value.days, "months": value.months, "seconds": value.seconds}
    if isinstance(value, neo4j.spatial.WGS84Point):
        return {"latitude": value.latitude, "longitude": value.longitude}
    if isinstance(value, neo4j.spatial.Point):
        return list(value)
    return str(value)


def element_ids(
    rows: Iterable[Iterable[Any]], look_up: Callable[[list[str]], Mapping[str, str]]
) -> dict[str, str]:
    """Map the element ids that relationships in the rows name to the nodes' ids.

    The server sends of a relationship's ends nothing but these.

    Parameters
    ----------
    rows : iterable of iterable
        The values of the records.
    look_up : callable
        Asked once for the element ids of nodes that are not in the rows themselves.

    Returns
    -------
    dict of str to str
        Complete for the rows.
    """
    known: dict[str, str] = {}
    wanted: set[str] = set()
    stack: list[Any] = [list(row) for row in rows]
    while stack:
        value = stack.pop()
        if isinstance(value, list):
            stack.extend(value)
        elif isinstance(value, dict):
            stack.extend(value.values())
        elif isinstance(value, neo4j.graph.Node):
            known[value.element_id] = value.get("id")
        elif isinstance(value, neo4j.graph.Relationship):
            wanted.update(node.element_id for node in value.nodes if node is not None)
        elif isinstance(value, neo4j.graph.Path):
            stack.extend((*value.nodes, *value.relationships))
    missing = sorted(wanted - known.keys())
    if missing:
        known.update(look_up(missing))
    return known


def _end(node: neo4j.graph.Node | None, ids: Mapping[str, str]) -> str | None:
    return None if node is None else ids.get(node.element_id)
