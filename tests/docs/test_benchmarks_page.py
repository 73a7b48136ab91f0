"""The page on benchmarks says what was measured."""

from typing import Any

import benchmarks_page
import pytest
from benchmarks_page import growth_table, kept, machine_text, page, parts_tables, worse_list

from benchmarks.part import parts


def point(papers: int, value: float, what: str = "load") -> dict[str, Any]:
    spread = {"median": value, "min": value, "max": value, "runs": 1}
    told = {"part": "growth", "what": what, "figure": "process", "unit": "s"}
    return {**told, "value": spread, "papers": papers}


def fitted(value: float, bound: str, what: str = "load") -> dict[str, Any]:
    one = point(0, value, what)
    del one["papers"], one["unit"]
    return {**one, "figure": "exponent of process", "bound": bound}


def test_the_page_holds_what_was_kept() -> None:
    text = benchmarks_page.PAGE.read_text(encoding="utf-8")
    assert page(text) == text, "run scripts/benchmarks_page.py"


def test_what_was_kept_is_of_parts_that_there_are() -> None:
    for name in ("growth", "served", "small"):
        held = kept(name)
        assert {one["part"] for one in held["measurements"]} <= parts().keys()
        assert held["machine"]["processor"]
        assert held["remark"]


def test_a_curve_is_a_line_with_its_exponent() -> None:
    text = growth_table([point(1000, 2.0), point(10_000, 22.0), fitted(1.04, "1.05")])
    assert "| what | figure | 1,000 | 10,000 | exponent | may be | that is |" in text
    assert "| load | process, s | 2 | 22 | 1.04 | 1.05 | linear |" in text


def test_what_is_worse_than_it_may_be_is_named() -> None:
    good = [point(10, 1.0), point(100, 9.0), fitted(0.95, "1.05")]
    bad = [point(10, 1.0, "why"), point(100, 5.0, "why"), fitted(0.7, "0.15", "why")]
    text = worse_list([*good, *bad])
    assert "1 of 2 curves are worse" in text
    assert "- why, process: 1 → 5 s, exponent 0.70 where 0.15 may be" in text


def test_a_measurement_is_a_row_with_its_spread_and_baseline() -> None:
    value = {"median": 2.0, "min": 1.0, "max": 4.5, "runs": 3}
    beside = {"what": "bare | plain", "figure": {**value, "median": 1.0}}
    one = {"part": "scale", "what": "load", "figure": "wall", "unit": "s", "value": value}
    text = parts_tables([{**one, "baseline": beside, "ratio": 2.0, "bound": "3 s"}])
    assert "### scale" in text
    assert "| load | wall, s | 2 | 1 to 4.5 | 3 | bare \\| plain: 1 | 2.00 | 3 s |" in text


def test_a_part_that_failed_is_told() -> None:
    held = {**kept("small"), "failed": {"page": "no browser"}}
    assert "page failed: no browser" in machine_text({"small": held})


def test_a_page_without_a_table_s_place_is_refused() -> None:
    with pytest.raises(ValueError, match="0 places for machine"):
        page("# A page\n")
