"""Both stores answer every named query alike on the packaged sample, each with its example."""

from pathlib import Path

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


def test_rows_that_one_store_lacks_are_told() -> None:
    with graphkb.open(":memory:") as full, graphkb.open(":memory:") as empty:
        full.load("sample:")
        (found,) = compare(full, empty, ["methods"])
    assert (found.rows, found.difference) == (20, "20 rows, and 0 on Neo4j")
