"""search, in a pipe and on a terminal."""

import json
from pathlib import Path

import pytest
from command import Run

PAPERS = [
    {
        "id": "2501.00001",
        "title": "Walking Slowly in Long Corridors",
        "abstract": "We propose KITE, a method for walking. Corridors reward patience.",
    },
    {
        "id": "2502.00002",
        "title": "Running Quickly",
        "abstract": "We propose SPRINT, a method for running. It hacks every corridor.",
    },
]


@pytest.fixture
def loaded(run: Run, tmp_path: Path) -> Run:
    source = tmp_path / "papers.jsonl"
    source.write_text("\n".join(map(json.dumps, PAPERS)), encoding="utf-8")
    assert run("load", str(source)).code == 0
    return run


def test_words_are_found_in_titles_before_abstracts(loaded: Run) -> None:
    rows = loaded("search", "corridors", "--kind", "paper", "--format", "json").objects
    assert [(row["id"], row["matched"]) for row in rows] == [
        ("arxiv:2501.00001", "words"),
        ("arxiv:2502.00002", "abstract"),
    ]


def test_a_row_shows_plainly_what_was_found(loaded: Run) -> None:
    [row] = loaded("search", "reward", "patience", "--format", "json").objects
    assert row["snippet"] == PAPERS[0]["abstract"]


def test_a_misspelling_finds_what_is_meant(loaded: Run) -> None:
    assert loaded("search", "SPRNT", "--format", "json").objects[0]["name"] == "SPRINT"


def test_a_search_is_bounded_by_label_and_date(loaded: Run) -> None:
    asked = loaded("search", "ing", "walking", "--label", "task", "--format", "json")
    assert {row["kind"] for row in asked.objects} <= {"task"}
    since = loaded("search", "corridor", "--since", "2025-02", "--format", "json").objects
    assert [row["id"] for row in since] == ["arxiv:2502.00002"]


def test_an_unknown_kind_is_a_line_with_the_known_ones(loaded: Run) -> None:
    ran = loaded("search", "x", "--kind", "gadget")
    assert ran.code == 1
    assert "there is no kind 'gadget'. Use one of paper, method" in ran.err


def test_a_pipe_gets_no_escape_and_a_terminal_bold(
    loaded: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "\x1b" not in loaded("search", "patience").out
    monkeypatch.setattr("graphkb.cli.searching.terminal_width", lambda: 100)
    shown = loaded("search", "long", "corridors").out
    assert "\x1b[1mLong\x1b[22m \x1b[1mCorridors\x1b[22m" in shown
    for line in shown.splitlines():
        assert line.count("\x1b[1m") == line.count("\x1b[22m")
