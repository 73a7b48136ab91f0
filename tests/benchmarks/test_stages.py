"""The benchmark of stages measures every stage of a whole load."""

from pathlib import Path

from benchmarks import corpus
from benchmarks.stages import staged


def test_each_stage_is_named_once_with_what_it_took(tmp_path: Path) -> None:
    source = corpus.write(tmp_path / "corpus.jsonl", corpus.papers(60))
    found = staged(str(tmp_path / "corpus.kgl"), str(source))
    names = [stage["stage"] for stage in found["stages"]]
    assert len(set(names)) == len(names)
    assert {"parsing the file", "joining records", "making edges", "writing"} <= set(names)
    assert found["changes"] > 60
    assert found["file_mb"] > 0
