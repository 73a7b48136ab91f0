"""A small graph with whatever files trip over, and one with sources and records."""

from pathlib import Path

import pytest
from odd_graph import ODD_TEXTS, odd_graph

import graphkb
from graphkb.model.graph import Graph


@pytest.fixture(scope="session")
def odd() -> Graph:
    """Return a graph of odd texts."""
    return odd_graph(ODD_TEXTS)


@pytest.fixture(scope="session")
def sample_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the address of a store that holds the sample."""
    url = str(Path(tmp_path_factory.mktemp("sample")) / "graph.kgl")
    with graphkb.open(url) as base:
        base.load("sample:")
    return url
