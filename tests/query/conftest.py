"""What tests of named queries share: a store that holds the graph of their module."""

from collections.abc import Iterator
from typing import Any

import pytest
from emptied_server import emptied
from small_graph import Asked

from graphkb.model.graph import Graph
from graphkb.query.named import named_query, run_query
from graphkb.store import Changes, open_store


@pytest.fixture(scope="module", params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def ask(request: pytest.FixtureRequest) -> Iterator[Asked]:
    """Return what asks a named query of the module's GRAPH, once an engine."""
    graph: Graph = request.module.GRAPH
    with pytest.MonkeyPatch.context() as environment:
        url = ":memory:"
        if request.param == "neo4j":
            url = emptied(request.getfixturevalue("neo4j_server"), environment)
        with open_store(url, write=True) as store:
            entities, edges = tuple(graph.entities.values()), tuple(graph.edges.values())
            store.write(Changes(entities=entities, edges=edges))

            def asked(name: str, **given: object) -> list[tuple[Any, ...]]:
                rows = run_query(store, named_query(name), given)
                assert rows.columns == named_query(name).column_names
                return list(rows.rows)

            yield asked
