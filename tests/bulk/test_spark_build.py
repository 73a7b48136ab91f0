"""A bulk build on Spark writes what it writes on processes."""

import os
import subprocess
import sys
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
    assert contents(tmp_path / "processes") == contents(tmp_path / "spark") != {}


@pytest.mark.usefixtures("spark")
def test_executors_that_work_in_folders_of_their_own_write_into_the_one_that_was_named(
    tmp_path: Path,
) -> None:
    """A cluster of one executor, and paths as a person names them."""
    import pyspark

    write(tmp_path, Papers(10, 3.0, 0.4, 1))
    # Executors work in a folder of Spark's, which is not to be filled.
    (tmp_path / "home").mkdir()
    for part in Path(pyspark.__file__).parent.iterdir():
        (tmp_path / "home" / part.name).symlink_to(part)
    common = ["papers.jsonl", "--to", "csv", "--no-texts", "--partitions", "1"]
    cluster = ["--spark", "--master", "local-cluster[1,1,1024]"]
    for more in (["-o", "here"], [*cluster, "-o", "there"]):
        subprocess.run(
            [sys.executable, "-m", "graphkb", "bulk", *common, *more],
            check=True,
            capture_output=True,
            cwd=tmp_path,
            env={**os.environ, "SPARK_HOME": str(tmp_path / "home")},
        )
    assert contents(tmp_path / "here") == contents(tmp_path / "there") != {}


def contents(folder: Path) -> dict[Path, bytes]:
    return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
