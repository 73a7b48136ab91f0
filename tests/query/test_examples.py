"""The example in the header of every named query runs, and gives what the header declares."""

from pathlib import Path

import pytest

from graphkb.knowledge_base import open as open_base
from graphkb.query.named import named_queries, run_query

# What the sample does not hold: authors, citations, variants of a model, and papers that
# contradict each other or call different things the same.
PAPERS = Path(__file__).parent / "example_papers.jsonl"


@pytest.fixture
def example_url(store_url: str) -> str:
    """Return the address of a store that holds the sample, and some papers beside it."""
    with open_base(store_url) as base:
        base.load("sample:", str(PAPERS))
    return store_url


def test_every_example_gives_rows_of_the_declared_columns_and_types(example_url: str) -> None:
    wrong = []
    with open_base(example_url) as base:
        for name, query in named_queries().items():
            answer = run_query(base.store, query, query.example)
            if answer.columns != query.column_names:
                wrong.append(f"{name} gives the columns {answer.columns}")
            if not answer.rows:
                wrong.append(f"{query.example_command}: no rows")
            wrong += [
                f"{name}: {column.name} is {column.declared}, not {value!r}"
                for row in answer.rows
                for column, value in zip(query.columns, row, strict=True)
                if not column.holds(value)
            ]
    assert wrong == []
