"""Columns hold what rows would, and are checked as rows are."""

import pytest

from graphkb.errors import StoreError
from graphkb.model.graph import Edge, Value
from graphkb.store import Changes, open_store
from graphkb.store.columns import edge_columns
from graphkb.store.values import entity_from_properties

SAID: dict[str, Value] = {"rule": "record", "confidence": 1000, "sources": ("papers:a",)}
DATED: dict[str, Value] = {**SAID, "stated": "2024-02-05"}


def cites(start: str, end: str, said: dict[str, Value]) -> Edge:
    return Edge(start, "CITES", end, start, "Paper", "Paper", said)


def test_edges_that_share_what_is_said_of_them_have_the_columns_of_edges_that_do_not() -> None:
    pairs = [("p:1", "p:2"), ("p:1", "p:3"), ("p:1", "p:4"), ("p:2", "p:3"), ("p:2", "p:4")]
    said = {"p:1": SAID, "p:2": DATED}
    shared = edge_columns([cites(a, b, said[a]) for a, b in pairs])
    apart = edge_columns([cites(a, b, dict(said[a])) for a, b in pairs])
    assert shared.by_name == apart.by_name
    assert shared["stated"].tolist() == [None, None, None, "2024-02-05", "2024-02-05"]
    assert shared["stated"].isna().tolist() == [True, True, True, False, False]


@pytest.mark.parametrize("wrong", [1.5, True, 2**63, None, "high"])
def test_a_wrong_value_that_edges_share_is_refused(wrong: Value) -> None:
    said: dict[str, Value] = {**SAID, "confidence": wrong}
    with pytest.raises(StoreError, match="confidence"):
        edge_columns([cites("p:1", f"p:{n}", said) for n in range(2, 9)])


@pytest.mark.parametrize("places", [(0, 1), (1, 0), (0, 2)])
def test_edges_of_the_same_two_by_two_papers_stay_two_in_whatever_order(
    places: tuple[int, int],
) -> None:
    names = ["method:a", "method:b", "method:c"]
    methods = [entity_from_properties("Method", {"id": i, "name": i}) for i in names]
    edges = [
        Edge(names[places[0]], "EXTENDS", names[places[1]], paper, "Method", "Method", SAID)
        for paper in ("p:1", "p:2")
    ]
    other = Edge("method:b", "EXTENDS", "method:c", "p:3", "Method", "Method", SAID)
    with open_store(":memory:", write=True) as store:
        store.write(Changes(entities=tuple(methods), edges=(edges[0], other, edges[1])))
        assert {edge.key for edge in store.edges()} == {e.key for e in (*edges, other)}
