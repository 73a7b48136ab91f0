"""Both stores answer every named query alike on the packaged sample, each with its example."""

from pathlib import Path

import pytest
from compare_stores import compare, copy

import graphkb


def test_every_query_has_the_same_rows_on_both_stores(tmp_path: Path, neo4j_url: str) -> None:
    with (
        graphkb.open(str(tmp_path / "sample.kgl")) as embedded,
        graphkb.open(neo4j_url) as server,
    ):
        embedded.load("sample:")
        copy(embedded, neo4j_url)
        found = list(compare(embedded, server))
        assert embedded.digest() == server.digest()
    assert [one for one in found if one.difference] == []
    assert sum(one.rows > 0 for one in found) > len(found) / 2


@pytest.mark.parametrize("only", ["methods"])
def test_a_row_that_differs_is_told(tmp_path: Path, only: str) -> None:
    paths = [str(tmp_path / name) for name in ("one.kgl", "two.kgl")]
    with graphkb.open(paths[0]) as one, graphkb.open(paths[1]) as two:
        for base in (one, two):
            base.load("sample:")
        two.join("PINE", "PTP")
        two.set_apart("PPO", "Proximal Policy Optimization")
        (found,) = compare(one, two, [only])
    assert found.rows == 20
    assert "on Neo4j" in found.difference or not found.difference
