"""A graph of networkx as a source: its nodes and edges as asserted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from graphkb.build.contract import breach
from graphkb.build.intake import Intake
from graphkb.errors import ArgumentError, InputError
from graphkb.model.asserted_check import LABELS, TYPES
from graphkb.model.assertion import Assertions, SkippedPart
from graphkb.model.record import AssertedRecord
from graphkb.model.schema import RelationshipType, relationship_type
from graphkb.model.source import Notice, Skipped, Yield

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["LOADER", "networkx_intake"]

LOADER = "networkx"


def networkx_intake(graph: nx.Graph[Any], name: str) -> Intake:
    """Read a graph of networkx.

    Parameters
    ----------
    graph : networkx.Graph
        Of any kind; edges without direction are turned as their type goes.
    name : str
        The name of the source.

    Returns
    -------
    Intake
        What attributes were left out is among the skipped.

    Raises
    ------
    InputError
        A node has no label, an edge no type or no paper; or they are not what the schema knows.
    ArgumentError
        It is no graph.
    """
    if not all(hasattr(graph, name) for name in ("nodes", "edges", "is_directed")):
        raise ArgumentError(
            f"this is no graph of networkx: {type(graph).__name__}",
            where="from_networkx",
            remedy="give a networkx.Graph, or a kind of it",
        )
    assertions = Assertions()
    kept = _Kept()
    for node, given in graph.nodes(data=True):
        kept.take(assertions.node(f"node {_id(node)!r}", _id(node), _named(given)))
    for start, end, given in graph.edges(data=True):
        one, other = (start, end) if graph.is_directed() else _directed(graph, start, end, given)
        place = f"edge {_id(one)!r} - {_id(other)!r} ({given.get('type')})"
        kept.take(assertions.edge(place, _id(one), _id(other), _named(given)))
    kept.take(assertions.records())
    if not kept.records:
        raise InputError("the graph has no nodes", where=name, remedy="add a node with a `label`")
    return Intake(
        f"{LOADER}:{name}", LOADER, tuple(kept.records), 0, tuple(kept.skipped), tuple(kept.notices)
    )


class _Kept:
    """What is kept of a graph: every node and edge, or an error."""

    def __init__(self) -> None:
        self.records: list[AssertedRecord] = []
        self.skipped: list[Skipped] = []
        self.notices: list[Notice] = []

    def take(self, found: Iterable[Yield]) -> None:
        for one in found:
            if isinstance(one, Notice):
                self.notices.append(one)
            elif isinstance(one, SkippedPart):
                self.skipped.append(one)
            elif isinstance(one, Skipped):
                raise InputError(one.reason, where=one.place, remedy=_REMEDY)
            elif isinstance(one, AssertedRecord):
                if fault := breach(one):
                    raise InputError(fault, where=f"node {one.key!r}", remedy=_REMEDY)
                self.records.append(one)


_REMEDY = (
    f"give every node a `label` ({', '.join(LABELS)}) and every edge a `type` "
    f"({', '.join(TYPES)}) and a `paper`, the id of the paper that states it"
)


def _id(node: object) -> object:
    """A node as an id: whole numbers of numpy too."""
    if type(node).__module__ == "numpy" and hasattr(node, "tolist"):
        return node.tolist()
    return node


def _named(given: Mapping[Any, Any]) -> dict[str, object]:
    return {str(name): value for name, value in given.items()}


def _directed(
    graph: nx.Graph[Any], start: Any, end: Any, given: Mapping[Any, Any]
) -> tuple[Any, Any]:
    """The ends of an edge without direction, as its type goes."""
    type_ = given.get("type")
    if type_ not in TYPES:
        return start, end
    declared = relationship_type(type_)
    one, other = (graph.nodes[node].get("label") for node in (start, end))
    forth, back = _fits(declared, one, other), _fits(declared, other, one)
    if forth and back and start != end and type_ != "COMPARED_WITH":
        raise InputError(
            f"an edge of type {type_} may go from {_id(start)!r} to {_id(end)!r} or back",
            where=f"edge {_id(start)!r} - {_id(end)!r}",
            remedy="give a DiGraph or a MultiDiGraph, whose edges have a direction",
        )
    return (end, start) if back and not forth else (start, end)


def _fits(declared: RelationshipType, start: object, end: object) -> bool:
    return start in declared.starts and end in declared.ends
