"""The benchmark of stages measures every stage of a whole load."""

from pathlib import Path

import pytest

from benchmarks import corpus
from benchmarks.stages import exponent, staged


def test_each_stage_is_named_once_with_what_it_took(tmp_path: Path) -> None:
    source = corpus.write(tmp_path / "corpus.jsonl", corpus.papers(60))
    found = staged(str(tmp_path / "corpus.kgl"), str(source))
    names = [stage["stage"] for stage in found["stages"]]
    assert len(set(names)) == len(names)
    assert {"parsing the file", "joining records", "making edges", "writing"} <= set(names)
    assert found["changes"] > 60
    assert found["file_mb"] > 0


@pytest.mark.parametrize("power", [1.0, 1.5, 2.0])
def test_the_exponent_is_the_power_that_made_the_figures(power: float) -> None:
    assert exponent([(n, 7 * n**power) for n in (10, 30, 100)]) == pytest.approx(power)
