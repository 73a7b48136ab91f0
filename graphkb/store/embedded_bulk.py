"""The first write of an embedded store: a graph of its own, made column by column.

The engine's bulk calls are several times as fast as statements, but they know no transaction. So
they fill a graph that nobody sees, which then takes the place of the empty one as a whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from operator import attrgetter, lt
from typing import TYPE_CHECKING, Any

from graphkb.store import statements
from graphkb.store.columns import Columns, edge_columns, entity_columns
from graphkb.store.plan import missing_end
from graphkb.store.values import Row, batches, edge_row, entity_row

if TYPE_CHECKING:
    import kglite

    from graphkb.model.graph import Edge, Entity

__all__ = ["filled"]

_EDGES_AT_ONCE = 50_000

_Ids = Mapping[str, frozenset[str]]


def filled(
    entities: Iterable[Entity], edges: Iterable[Edge], tell: Callable[[int], object]
) -> kglite.KnowledgeGraph:
    """Make a graph in memory.

    Parameters
    ----------
    entities : iterable of Entity
        In any order.
    edges : iterable of Edge
        In any order.
    tell : callable
        Told how many more have been put in.

    Returns
    -------
    kglite.KnowledgeGraph
        Without constraints and indexes.

    Raises
    ------
    StoreError
        A value is not what the schema declares, or an edge has an end that is not among the
        entities.
    """
    import kglite

    graph = kglite.KnowledgeGraph()
    by_label: dict[str, list[Entity]] = defaultdict(list)
    by_triple: dict[tuple[str, str, str], list[Edge]] = defaultdict(list)
    for entity in entities:
        by_label[entity.label].append(entity)
    for edge in edges:
        by_triple[edge.start_label, edge.type, edge.end_label].append(edge)
    ids = {}
    for label, found in by_label.items():
        ids[label] = _add_entities(graph, label, found)
        tell(len(found))
    for triple, of_triple in by_triple.items():
        _add_edges(graph, triple, of_triple, ids, tell)
    return graph


def _add_entities(
    graph: kglite.KnowledgeGraph, label: str, entities: Sequence[Entity]
) -> frozenset[str]:
    """Add the entities of a label and return their ids."""
    found = entity_columns(label, entities).by_name
    ids = frozenset(found["id"].values)
    if len(ids) < len(entities):
        # The bulk call would mix what is said of one thing twice.
        _run(graph, statements.upsert_entities(label), map(entity_row, entities))
    else:
        # The engine gives the name as title too.
        columns = Columns({name: found[name] for name in found if name != "title"})
        graph.add_nodes(_frame(columns), label, "id", "name")
    return ids


def _add_edges(
    graph: kglite.KnowledgeGraph,
    triple: tuple[str, str, str],
    edges: Sequence[Edge],
    ids: _Ids,
    tell: Callable[[int], object],
) -> None:
    start, type_, end = triple
    starts, ends = list(map(attrgetter("start"), edges)), list(map(attrgetter("end"), edges))
    known = ids.get(start, frozenset()), ids.get(end, frozenset())
    if not (known[0].issuperset(starts) and known[1].issuperset(ends)):
        present = known[0].intersection(starts) | known[1].intersection(ends)
        raise missing_end([edge_row(edge) for edge in edges], present, "embedded store")
    if _repeat(starts, ends):
        # Papers state the same of the same two: the bulk call would make one edge of them.
        _run(graph, statements.upsert_edges(*triple), map(edge_row, edges))
        tell(len(edges))
        return
    # Not all at once: the engine holds a second copy of what it is given.
    for first in range(0, len(edges), _EDGES_AT_ONCE):
        columns = edge_columns(edges[first : first + _EDGES_AT_ONCE])
        graph.add_relationships(_frame(columns), type_, start, "from_id", end, "to_id")
        tell(len(columns["paper"]))


def _repeat(starts: Sequence[str], ends: Sequence[str]) -> bool:
    """Whether two edges join the same two."""

    def pairs() -> Iterator[tuple[str, str]]:
        return zip(starts, ends, strict=True)

    # A load gives them in order, where one look is enough.
    if all(map(lt, pairs(), islice(pairs(), 1, None))):
        return False
    return len(set(pairs())) < len(starts)


def _run(graph: kglite.KnowledgeGraph, statement: str, rows: Iterable[Row]) -> None:
    for batch in batches(rows):
        graph.cypher(statement, params={"rows": batch}, timeout_ms=0)


def _frame(columns: Columns) -> Any:
    """The columns as what the engine's annotations call a data frame: it reads no more of one."""
    return columns
