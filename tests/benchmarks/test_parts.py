"""Every part of the benchmarks measures; no time is asserted."""

import gzip
import json
import math
import os
from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from benchmarks.measurement import Measurement, measurements
from benchmarks.part import Setting, Size, parts

TINY = Size("tiny", 1, 80, 0, (40, 80), 40, (), 5.0, 1)
# What a part tells at least, by the beginnings of its measurements.
EXPECTED = {
    "derived": {"a made-up graph of 80 papers"},
    "explorer": {"expanding on a page grown to 60 hub"},
    "export": {"writing the same columns", "export as csv", "the same read and written by pyarrow"},
    "growth": {"load", "load with abstracts", "open and ask by id", "page of a topic", "why hub"},
    "listing": {"graphkb --version", "load into a new embedded store", "named query", "page of"},
    "questions": {
        "query cites hub",
        "query used-by middle",
        "lineage rare",
        "search one word",
        "topic hub",
    },
    "scale": {"first load of 80 papers", "the same load again", "write stage", "a load of"},
    "search": {"the index", "search, all kinds", "resolve, name", "baseline: words"},
    "served": {"bulk build"},
    "side-by-side": {"networkx and pickle", "graphkb load, a file"},
    "sources": {"sources of 8 papers", "sources of 80 papers", "sources of 8 papers with"},
    "texts": {"load of", "the same into a new store", "where the time"},
    "topics": {"mean of 1 methods"},
}


@pytest.fixture
def setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Setting:
    # A part sets the cache of the process that it has for itself.
    for name in ("GRAPHKB_CACHE", "GRAPHKB_DB"):
        monkeypatch.setenv(name, os.environ.get(name, ""))
    monkeypatch.setenv("GRAPHKB_CACHE", str(tmp_path / "cache"))
    return Setting(tmp_path, tmp_path / "nothing", TINY)


def measured(name: str, setting: Setting) -> list[Measurement]:
    told: list[Mapping[str, Any]] = list(parts()[name].measure(setting))
    assert [one for one in told if "error" in one] == []
    return [figure for one in told for figure in measurements(name, one)]


def test_every_part_is_tried_here() -> None:
    assert {*EXPECTED, "page", "extraction"} == parts().keys()


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_part_measures_what_it_says(name: str, setting: Setting) -> None:
    found = measured(name, setting)
    whats = [one.what for one in found]
    assert found
    for beginning in EXPECTED[name]:
        assert any(what.startswith(beginning) for what in whats), beginning
    for one in found:
        assert one.value.min <= one.value.median <= one.value.max, one
        assert math.isfinite(one.value.max), one
        assert one.value.runs >= 1
        if one.baseline is not None:
            assert one.baseline.what
    assert len({(one.what, one.figure, one.papers) for one in found}) == len(found)
    if name == "growth":
        assert_every_curve_of_two_sizes_is_fitted(found)


def test_abstracts_a_second_are_told_beside_what_every_reader_does(setting: Setting) -> None:
    daily = setting.daily
    daily.parent.mkdir(parents=True)
    with gzip.open(daily, "wt", encoding="utf-8") as file:
        for number in range(210):
            told = {"title": f"Paper {number}", "summary": "We introduce FooNet. It uses GRPO."}
            file.write(json.dumps(told) + "\n")
    rates = {one.what for one in measured("extraction", setting) if one.unit == "a second"}
    assert len(rates) == 3


@pytest.mark.browser
def test_pages_are_measured_beside_those_of_pyvis(
    browser: object, setting: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    # There can be one Playwright in a process: that of the tests.
    monkeypatch.setattr("benchmarks.page.opened", lambda: nullcontext(browser))
    size = Size("tiny", 1, 80, 0, (), 20, (30,), 10.0, 1)
    found = measured("page", Setting(setting.folder, setting.shared, size))
    sizes = {one.what for one in found if (one.figure, one.unit) == ("size", "bytes")}
    assert sizes == {"page of 30 entities by graphkb", "page of 30 entities by pyvis"}
    assert any(one.what.startswith("layout of 30") for one in found)


@pytest.mark.neo4j
def test_a_server_is_written_to_in_turns_with_plain_statements(
    neo4j_server: object, setting: Setting
) -> None:
    assert neo4j_server  # so that this is skipped where there is none
    size = Size("tiny", 1, 20, 20, (), 20, (), 5.0, 1)
    found = measured("scale", Setting(setting.folder, setting.shared, size))
    figures = {one.figure for one in found if one.what == "Neo4j, 20 papers"}
    assert {"times UNWIND MERGE wall", "times store wall", "load papers"} <= figures


@pytest.mark.neo4j
def test_every_other_way_is_gone_in_the_same_run(neo4j_server: object, setting: Setting) -> None:
    assert neo4j_server  # so that this is skipped where there is none
    size = Size("tiny", 1, 20, 20, (), 20, (), 5.0, 1)
    found = measured("side-by-side", Setting(setting.folder, setting.shared, size))
    assert {one.what for one in found if one.figure == "wall"} == {
        "networkx and pickle",
        "graphkb load, a file",
        "neo4j-admin, CSV by hand",
        "graphkb bulk, then neo4j-admin",
        "UNWIND with the driver",
        "graphkb load, a server",
        "record at a time",
    }


@pytest.mark.neo4j
def test_a_bulk_build_is_imported_and_its_server_asked(
    neo4j_server: object, setting: Setting
) -> None:
    assert neo4j_server  # so that this is skipped where there is none
    size = Size("tiny", 1, 40, 40, (40,), 20, (), 5.0, 1)
    found = measured("served", Setting(setting.folder, setting.shared, size))
    [whole] = [one for one in found if one.what == "sources to a served Neo4j"]
    assert whole.ratio is not None
    assert whole.ratio > 1
    rows = {one.what: one.value.median for one in found if one.figure == "rows"}
    assert rows["query cited-by hub"] > rows["query cited-by rare"]
    assert rows["topic hub"] > 1
    assert rows["search title"] == rows["entity by id rare"] == 1


def assert_every_curve_of_two_sizes_is_fitted(found: list[Measurement]) -> None:
    sizes: dict[tuple[str, str], set[int | None]] = {}
    for one in found:
        # Nothing at all has no logarithm.
        if one.figure in ("process", "peak", "file") and one.papers and one.value.min > 0:
            sizes.setdefault((one.what, one.figure), set()).add(one.papers)
    fitted = {
        (one.what, one.figure.removeprefix("exponent of "))
        for one in found
        if one.figure.startswith("exponent of ")
    }
    assert {key for key, of in sizes.items() if of == {40, 80}} == fitted
    assert ("load with abstracts", "process") in sizes.keys() - fitted
