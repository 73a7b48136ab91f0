"""Every named query gives on both stores the rows that a real Neo4j gave."""

import json
from pathlib import Path

import pytest
from golden_graph import QUESTIONS, golden_graph

from graphkb.query.named import named_queries, run_query
from graphkb.store import open_store
from graphkb.store.protocol import Changes

GOLDEN = json.loads((Path(__file__).parent / "golden_rows.json").read_text(encoding="utf-8"))


@pytest.fixture
def golden_url(store_url: str) -> str:
    graph = golden_graph()
    with open_store(store_url, write=True) as store:
        store.write(
            Changes(entities=tuple(graph.entities.values()), edges=tuple(graph.edges.values()))
        )
    return store_url


def test_every_query_gives_the_golden_rows(golden_url: str) -> None:
    with open_store(golden_url) as store:
        for name, query in named_queries().items():
            for asked in QUESTIONS.get(name, [{}]):
                rows = run_query(store, query, asked)
                found = {"columns": list(rows.columns), "rows": [list(row) for row in rows.rows]}
                assert found == GOLDEN[f"{name} {json.dumps(asked)}"], f"{name} {asked}"


def test_the_golden_rows_cover_every_query_with_some_rows_each() -> None:
    asked = {key.split(" ")[0] for key in GOLDEN}
    assert asked == set(named_queries())
    for name in asked:
        assert any(a["rows"] for key, a in GOLDEN.items() if key.split(" ")[0] == name), name


@pytest.mark.parametrize("name", sorted(named_queries()))
def test_the_header_declares_the_columns_that_come(name: str) -> None:
    answers = [answer for key, answer in GOLDEN.items() if key.split(" ")[0] == name]
    assert {tuple(answer["columns"]) for answer in answers} == {named_queries()[name].column_names}
