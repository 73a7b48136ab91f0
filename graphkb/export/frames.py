"""A graph as two tables of pandas: its nodes and its edges."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from graphkb.errors import MissingExtraError
from graphkb.export.networkx_graph import edge_attributes, node_attributes

if TYPE_CHECKING:
    import pandas as pd

    from graphkb.model.graph import Graph

__all__ = ["Frames", "to_pandas"]

_NODES = ("id", "label", "name")
_EDGES = ("start", "type", "end", "paper")


class Frames(NamedTuple):
    """The nodes and edges of a graph, a row each."""

    nodes: pd.DataFrame
    edges: pd.DataFrame


def to_pandas(graph: Graph) -> Frames:
    """Return the graph as two DataFrames.

    Parameters
    ----------
    graph : Graph
        What to convert.

    Returns
    -------
    Frames
        ``nodes`` with id, label, name and a column a property; ``edges`` with start, type, end,
        paper and a column a property. What is not known is NA, and numbers stay whole.

    Raises
    ------
    MissingExtraError
        pandas is not installed.
    """
    try:
        import pandas  # noqa: F401, ICN001 - its absence is told
    except ModuleNotFoundError as error:
        raise MissingExtraError(
            f"DataFrames need {error.name}",
            remedy="install it: pip install 'graphkb-papers[notebook]'",
        ) from None
    entities = [graph.entities[id_] for id_ in sorted(graph.entities)]
    nodes = [{"id": entity.id, **node_attributes(entity)} for entity in entities]
    edges = [
        {"start": edge.start, "end": edge.end, **edge_attributes(edge)}
        for _, edge in sorted(graph.edges.items())
    ]
    return Frames(_frame(nodes, _NODES), _frame(edges, _EDGES))


def _frame(rows: Sequence[dict[str, Any]], first: tuple[str, ...]) -> pd.DataFrame:
    import pandas as pd

    rest = sorted({name for row in rows for name in row} - set(first))
    return pd.DataFrame(rows, columns=[*first, *rest]).convert_dtypes()
