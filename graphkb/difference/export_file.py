"""An export read back as the graph that was exported."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from graphkb.errors import InputError
from graphkb.model.graph import Edge, Entity, Graph, Value
from graphkb.model.schema import ENTITY_TYPES, RELATIONSHIP_TYPES

__all__ = ["read_export"]

_LABELS = frozenset(declared.label for declared in ENTITY_TYPES)
_TYPES = frozenset(declared.name for declared in RELATIONSHIP_TYPES)


def read_export(path: Path) -> Graph:
    """Read an export of graphkb.

    Parameters
    ----------
    path : Path
        Node-link JSON.

    Returns
    -------
    Graph
        What was exported.

    Raises
    ------
    InputError
        It is no export that can be read back, or is damaged.
    """
    remedy = "name a store, or an export --to node-link"
    if path.is_dir():
        raise InputError("the folder cannot be read back", where=str(path), remedy=remedy)
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError, RecursionError) as error:
        raise InputError(
            "it is neither a store nor an export that can be read back",
            where=str(path),
            remedy=remedy,
        ) from error
    if not isinstance(told, dict) or not isinstance(told.get("nodes"), list):
        raise InputError("the JSON holds no list of nodes", where=str(path), remedy=remedy)
    nodes = [
        _entity(node, f"{path}, $.nodes[{number}]") for number, node in enumerate(told["nodes"])
    ]
    graph = Graph.of(nodes, [])
    links = told.get("edges", told.get("links"))
    if not isinstance(links, list):
        raise InputError("the JSON holds no list of edges", where=str(path), remedy=remedy)
    edges = [
        _edge(link, graph.entities, f"{path}, $.edges[{number}]")
        for number, link in enumerate(links)
    ]
    return Graph.of(nodes, edges)


def _entity(node: Any, where: str) -> Entity:
    known = _taken(node, ("id", "label", "name"), where)
    if known["label"] not in _LABELS:
        raise InputError(f"there is no label {known['label']!r}", where=where)
    return Entity(known["label"], known["id"], _properties(node, ("id", "label")))


def _edge(link: Any, entities: Mapping[str, Entity], where: str) -> Edge:
    known = _taken(link, ("source", "target", "type", "paper"), where)
    if known["type"] not in _TYPES:
        raise InputError(f"there is no relationship {known['type']!r}", where=where)
    for id_ in (known["source"], known["target"]):
        if id_ not in entities:
            raise InputError(f"there is no node {id_!r}", where=where)
    start, end = entities[known["source"]], entities[known["target"]]
    own = _properties(link, ("source", "target", "type", "paper", "key"))
    return Edge(start.id, known["type"], end.id, known["paper"], start.label, end.label, own)


def _taken(told: Any, names: tuple[str, ...], where: str) -> dict[str, str]:
    held = told if isinstance(told, dict) else {}
    found = {name: held[name] for name in names if isinstance(held.get(name), str)}
    for name in names:
        if name not in found:
            raise InputError(f"it has no text {name!r}", where=where)
    return found


def _properties(told: Mapping[str, Any], without: tuple[str, ...]) -> dict[str, Value]:
    return {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in told.items()
        if name not in without and value is not None
    }
