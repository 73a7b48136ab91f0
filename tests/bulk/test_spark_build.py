"""A bulk build on Spark writes what it writes on processes."""

from pathlib import Path

import pytest

from benchmarks.made_paper import Papers
from benchmarks.sources import write
from graphkb import without_store


@pytest.mark.usefixtures("spark")
def test_the_files_are_the_same_on_spark_as_on_processes(tmp_path: Path) -> None:
    write(tmp_path / "sources", Papers(40, 5.0, 0.4, 1), abstracts=True)
    sources = [str(tmp_path / "sources" / one) for one in ("openalex", "papers.jsonl")]
    for engine in ("processes", "spark"):
        without_store.bulk(
            *sources, out=tmp_path / engine, engine=engine, processes=1, partitions=2, form="csv"
        )
    found = [
        {p.relative_to(one): p.read_bytes() for p in one.rglob("*") if p.is_file()}
        for one in (tmp_path / "processes", tmp_path / "spark")
    ]
    assert found[0] == found[1]
    assert found[0]
