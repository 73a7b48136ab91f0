"""The page on quality says what was measured."""

import json
from pathlib import Path

import pytest
import quality_page
from quality_page import kept, page, scores_table, thresholds_table

from graphkb.evaluation.table import read_table
from graphkb.extract.confidence import THRESHOLDS

ROW = {"key": "tasks", "precision": 0.5, "recall": 0.25, "f1": 1 / 3, "n": 8}


def test_the_page_holds_the_tables_that_were_kept() -> None:
    text = quality_page.PAGE.read_text(encoding="utf-8")
    assert page(text) == text, "run scripts/evaluate.py --write"


def test_tables_stand_side_by_side() -> None:
    text = scores_table([[ROW], [{**ROW, "key": "results"}]])
    assert "| tasks | 0.500 | 0.250 | 0.333 | 8 |  |  |  |  |" in text
    assert "| results |  |  |  |  | 0.500 | 0.250 | 0.333 | 8 |" in text


def test_a_kept_table_can_be_compared_with() -> None:
    for name in ("development", "unread"):
        rows = read_table(quality_page.FOLDER / f"{name}.json")
        assert [row["key"] for row in rows[:2]] == ["introduces", "methods"]


def test_the_thresholds_of_the_page_are_those_of_the_reader() -> None:
    rows = kept("reliability")["rows"]
    assert {row["kind"]: row["threshold"] for row in rows}.items() <= THRESHOLDS.items(), (
        "run scripts/evaluate.py --write"
    )
    assert thresholds_table(rows).count("\n") == len(rows) + 2


def test_what_is_kept_says_of_which_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quality_page, "FOLDER", tmp_path / "quality")
    quality_page.keep("unread", 2, [ROW])
    held = json.loads((tmp_path / "quality" / "unread.json").read_text())
    assert (held["papers"], held["rows"]) == (2, [ROW])
    assert held["reader"]


def test_a_page_without_a_table_s_place_is_refused() -> None:
    with pytest.raises(ValueError, match="0 places for version"):
        page("# A page\n")
