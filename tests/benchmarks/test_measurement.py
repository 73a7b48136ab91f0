"""What parts tell becomes one form."""

import json
from collections.abc import Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from benchmarks import __main__ as command
from benchmarks.growth import Curve, _foreseen, curves, exponent, meaning
from benchmarks.machine import machine, peak_mb
from benchmarks.measurement import Baseline, Spread, measurements, spread
from benchmarks.part import Part, Setting, Size


def test_a_number_is_a_figure_with_its_unit() -> None:
    found = measurements("p", {"what": "load", "wall_s": 2.5, "papers_a_s": 10, "bound": "3 s"})
    told = [(one.figure, one.unit, one.value.median, one.bound) for one in found]
    assert told == [("wall", "s", 2.5, "3 s"), ("papers", "a second", 10, "3 s")]


def test_several_numbers_are_a_spread() -> None:
    [one] = measurements("p", {"what": "import", "csv_s": [3.0, 1.0, 2.0]})
    assert one.value == Spread(2.0, 1.0, 3.0, 3)


def test_figures_below_others_have_the_names_of_both() -> None:
    [one] = measurements("p", {"what": "write", "times": {"store": {"wall_s": spread([1, 3])}}})
    assert (one.figure, one.unit, one.value) == ("times store wall", "s", Spread(2, 1, 3, 2))


def test_a_baseline_stands_beside_the_figure_of_the_same_name() -> None:
    beside = {"what": "bare", "ms": 2.0, "other_s": 1.0}
    [one] = measurements("p", {"what": "ask", "about": "hub", "ms": 3.0, "baseline": beside})
    assert one.what == "ask hub"
    assert one.baseline == Baseline("bare", Spread(2.0, 2.0, 2.0, 1))
    assert one.ratio == 1.5


def test_a_point_of_a_curve_says_of_how_many_papers_it_is() -> None:
    told = {"what": "load, 10 papers", "curve": "load", "papers": 10, "linear": True, "wall_s": 1}
    [one] = measurements("growth", told)
    assert (one.what, one.papers, one.to_json()["papers"]) == ("load", 10, 10)


def test_truths_and_words_are_no_figures() -> None:
    assert list(measurements("p", {"what": "x", "holds": True, "engine": "neo4j"})) == []


def test_an_exponent_is_that_of_the_power_law() -> None:
    assert exponent({10: 3.0, 100: 3.0 * 10**1.3, 1000: 3.0 * 100**1.3}) == 1.3
    assert exponent({10: 3.0}) is None
    assert [meaning(value) for value in (0.0, 0.6, 1.0, 1.2)] == [
        "constant",
        "less than linear",
        "linear",
        "worse than linear",
    ]


def test_a_look_up_may_grow_as_what_it_is_asked_about() -> None:
    flat = Curve("why hub", "time", "ms", linear=False, points={10: 1.0, 1000: 10.0})
    assert flat.worse
    flat.edges = {10: 2, 1000: 20}
    assert not flat.worse


def test_curves_take_the_least_of_each_size() -> None:
    points = [
        {"curve": "ask", "papers": size, "process_ms": spread([value, value * 9]), "rows": 3}
        for size, value in ((10, 1.0), (100, 2.0))
    ]
    [curve] = curves(points)
    assert curve.points == {10: 1.0, 100: 2.0}
    assert curve.rows == {10: 3, 100: 3}


def test_memory_is_foreseen_in_proportion() -> None:
    assert _foreseen({1_000: 100.0, 10_000: 500.0}, 100_000) == 5_000.0
    assert _foreseen({}, 100_000) == 0.0


def test_the_machine_is_described() -> None:
    told = machine()
    assert told["cores"] >= 1
    assert told["packages"]["kglite"]
    assert peak_mb() > 1


@pytest.fixture
def two_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    def good(_: Setting) -> Iterator[Mapping[str, Any]]:
        yield {"what": "good", "wall_s": 1.0}

    def bad(_: Setting) -> Iterator[Mapping[str, Any]]:
        yield {"what": "before", "wall_s": 1.0}
        raise RuntimeError("it broke")

    made = {"bad": Part("bad", "breaks", bad), "good": Part("good", "does not", good)}
    monkeypatch.setattr(command, "parts", lambda: made)

    def apart(name: str, size: Size, folder: Path) -> Iterator[dict[str, Any]]:
        # In this process: another one would not know the parts of this test.
        with redirect_stdout(StringIO()) as told, redirect_stderr(StringIO()):
            command._measure_here(name, size, folder)
        yield from map(json.loads, told.getvalue().splitlines())

    monkeypatch.setattr(command, "_apart", apart)
    monkeypatch.setattr(command, "say", lambda _: None)


@pytest.mark.usefixtures("two_parts")
def test_a_part_that_fails_is_told_and_the_others_go_on(tmp_path: Path) -> None:
    out = tmp_path / "found.json"
    assert command.main(["--out", str(out), "--remark", "nothing else"]) == 1
    kept = json.loads(out.read_text(encoding="utf-8"))
    assert [one["what"] for one in kept["measurements"]] == ["before", "good"]
    assert kept["failed"] == {"bad": "RuntimeError: it broke"}
    assert (kept["size"], kept["remark"]) == ("small", "nothing else")
    assert kept["machine"]["python"]


@pytest.mark.usefixtures("two_parts")
def test_only_some_parts_can_be_measured_anew(tmp_path: Path) -> None:
    out = tmp_path / "found.json"
    assert command.main(["--out", str(out)]) == 1
    assert command.main(["--only", "good", "--out", str(out)]) == 0
    kept = json.loads(out.read_text(encoding="utf-8"))
    assert [one["what"] for one in kept["measurements"]] == ["before", "good"]
    assert kept["failed"] == {"bad": "RuntimeError: it broke"}


def test_a_part_that_nobody_knows_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        command.main(["--only", "nonsense"])
    assert "no part is called nonsense: there are derived, " in capsys.readouterr().err
