"""A value of a row as text: for people, and for files."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from typing import Any

__all__ = ["as_json", "is_number", "plain", "readable"]

# What a terminal may obey, and what no UTF-8 can hold. JSON escapes what is below the space.
_STEERING = re.compile("[\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_NODE = {"id", "labels", "properties"}
_RELATIONSHIP = {"start", "type", "end", "properties"}
_PATH = {"nodes", "relationships"}


def is_number(value: object) -> bool:
    """Tell whether a value is a number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def readable(value: object, null: str = "") -> str:
    """Return a value for people to read.

    Parameters
    ----------
    value : object
        A plain value.
    null : str
        What None is shown as.

    Returns
    -------
    str
        A list of texts joined by commas; a node, relationship or path as Cypher draws it; any
        other list or map as JSON.

    Examples
    --------
    >>> readable(["a", "b"]), readable(True), readable(None, "null")
    ('a, b', 'true', 'null')
    >>> readable({"id": "method:ppo", "labels": ["Method"], "properties": {"support": 3}})
    '(:Method {id: "method:ppo", support: 3})'
    """
    if value is None:
        return null
    if isinstance(value, list | tuple):
        if all(isinstance(item, str) for item in value):
            return ", ".join(value)
        return _inner(value)
    if isinstance(value, dict):
        return _drawn(value)
    return plain(value)


def plain(value: object) -> str:
    """Return a value as a cell: text as it is, None as nothing, all else as JSON."""
    if value is None:
        return ""
    value = _finite(value)
    return value if isinstance(value, str) else as_json(value)


def as_json(value: object) -> str:
    """Return a value as JSON without what a terminal would obey.

    Parameters
    ----------
    value : object
        A plain value.

    Returns
    -------
    str
        One line; NaN and the infinities, which JSON has not, are texts.

    Examples
    --------
    >>> as_json({"a": [1.5, float("inf"), "\\x9b"]})
    '{"a": [1.5, "Infinity", "\\\\u009b"]}'
    """
    text = json.dumps(_finite(value), ensure_ascii=False)
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _inner(value: object) -> str:
    """A value within another, where texts need quotes."""
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_inner, value))}]"
    return as_json(value) if isinstance(value, str) else readable(value, "null")


def _drawn(value: Mapping[str, Any]) -> str:
    keys = value.keys()
    if keys == _NODE and isinstance(value["labels"], list):
        return _node(value)
    if keys == _RELATIONSHIP and isinstance(value["properties"], dict):
        return f"({value['start']})-{_relationship(value)}->({value['end']})"
    if keys == _PATH and all(isinstance(value[key], list) for key in keys):
        return _path(value["nodes"], value["relationships"])
    return _map(value)


def _node(node: Mapping[str, Any]) -> str:
    labels = "".join(f":{label}" for label in node["labels"])
    held = node["properties"]
    first = {"id": node["id"], **({"name": held["name"]} if "name" in held else {})}
    return f"({labels} {_map({**first, **held})})"


def _relationship(edge: Mapping[str, Any]) -> str:
    held = edge["properties"]
    return f"[:{edge['type']} {_map(held)}]" if held else f"[:{edge['type']}]"


def _path(nodes: list[Any], edges: list[Any]) -> str:
    """A path by names alone: with every property of every node nobody could read it."""
    parts = [f"({_name(nodes[0])})"] if nodes else []
    for at, edge in enumerate(edges):
        there = edge["start"] == nodes[at]["id"]
        arrow = f"-[:{edge['type']}]->" if there else f"<-[:{edge['type']}]-"
        parts.append(f"{arrow}({_name(nodes[at + 1])})")
    return "".join(parts)


def _name(node: Mapping[str, Any]) -> str:
    return str(node["properties"].get("name", node["id"]))


def _map(value: Mapping[str, Any]) -> str:
    return "{" + ", ".join(f"{key}: {_inner(held)}" for key, held in value.items()) + "}"


def _finite(value: Any) -> Any:
    """The value with NaN and the infinities, which JSON has not, as texts."""
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, dict):
        return {key: _finite(held) for key, held in value.items()}
    return [_finite(held) for held in value] if isinstance(value, list | tuple) else value
