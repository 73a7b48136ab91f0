"""Progress is shown where somebody sees it."""

import io
import sys

import pytest

from graphkb.cli.progress import stages
from graphkb.model.progress import BYTES


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(monkeypatch: pytest.MonkeyPatch, stage: str, done: int, total: int) -> str:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.setenv("TERM", "xterm")
    with stages("beginning") as tell:
        assert tell is not None
        tell(stage, done, total)
    return terminal.getvalue()


def test_a_stage_is_shown_with_how_much_of_how_much_is_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = shown(monkeypatch, "writing", 5_000, 1_234_567)
    assert "writing" in text
    assert "5,000/1,234,567" in text


def test_a_file_is_counted_in_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    text = shown(monkeypatch, f"{BYTES}papers.jsonl", 5_000_000, 20_000_000)
    assert "reading papers.jsonl" in text
    assert "5.0/20.0 MB" in text


def test_a_name_that_looks_like_markup_is_shown_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    text = shown(monkeypatch, f"{BYTES}[bold]\x1b]0;x\x07.jsonl", 1, 2)
    assert "reading [bold]" in text
    assert "\x1b]0" not in text


def test_where_nobody_sees_it_nobody_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with stages("beginning") as tell:
        assert tell is None
