"""Which Spark a bulk build runs on, and what is said where there is none."""

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graphkb.bulk.session import find_java, spark_context
from graphkb.bulk.spark import SparkEngine
from graphkb.errors import GraphKBError, MissingExtraError

if TYPE_CHECKING:
    from pyspark import SparkContext


def java_of(folder: Path, version: str) -> None:
    program = folder / "bin" / "java"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\"' >&2\n")
    program.chmod(0o755)


def test_without_pyspark_the_extra_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'graphkb-papers\[spark\]'"):
        spark_context(tmp_path)


def test_without_java_the_remedy_is_to_install_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(GraphKBError, match="no java in JAVA_HOME") as caught:
        find_java()
    assert "Install Java 17 or later" in str(caught.value)


@pytest.mark.parametrize("version", ["1.8.0_402", "11.0.22"])
def test_a_java_that_is_too_old_is_named_with_its_version(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, version: str
) -> None:
    java_of(tmp_path, version)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    number = version.removeprefix("1.").partition(".")[0]
    with pytest.raises(GraphKBError, match=f"17 or later, and .*java is Java {number}"):
        find_java()


def test_a_java_that_is_new_enough_is_taken(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    java_of(tmp_path, "21.0.2")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert find_java() == str(tmp_path / "bin" / "java")


def test_a_session_that_is_there_is_used_and_left_running_by_spark_engines(
    spark: "SparkContext", tmp_path: Path
) -> None:
    SparkEngine(tmp_path / "one", 2).stop()
    assert SparkEngine(tmp_path / "other", 2).start([1]).collected() == [1]
    assert spark.parallelize([1, 2], 2).count() == 2


def test_what_spark_brings_together_it_does_not_exchange(
    spark: "SparkContext", tmp_path: Path
) -> None:
    engine = SparkEngine(tmp_path, 2)
    first, second = (engine.placed(name, engine.start([("a", 1)])) for name in "xy")
    kept = first.kept("kept")
    tracker = spark.statusTracker()
    spark.setJobGroup("joined", "joined")
    parts = engine.together(first, second, kept)
    planned = engine.planned(parts, _counted).collect()
    (job,) = tracker.getJobIdsForGroup("joined")
    info = tracker.getJobInfo(job)
    assert info is not None
    ran = [stage for one in info.stageIds if (stage := tracker.getStageInfo(one))]
    assert [stage.numTasks for stage in ran if stage.numCompletedTasks] == [2]
    assert len(planned) == 2


def _counted(number: int, frames: object) -> list[int]:  # noqa: ARG001
    return [number]


@pytest.mark.usefixtures("spark")
def test_a_session_of_its_own_is_quiet_and_ends_with_spark_engine(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from graphkb.bulk.spark import SparkEngine\n"
        "engine = SparkEngine(Path(sys.argv[1]), 2, master='local[1]')\n"
        "print(sorted(engine.placed('p', engine.start([('a', 1), ('b', 2)])).collected()))\n"
        "engine.stop()\n"
        "from pyspark import SparkContext\n"
        "print(SparkContext._active_spark_context)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "work")],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONWARNINGS": "error"},
    )
    assert ran.stdout == "[('a', 1), ('b', 2)]\nNone\n"
    assert ran.stderr == ""
    assert (tmp_path / "work" / "spark.log").is_file()
