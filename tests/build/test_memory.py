"""A load that the memory cannot hold is refused before it begins."""

from pathlib import Path

import pytest

import graphkb
from graphkb.build import memory
from graphkb.errors import StoreError

PAPER = '{"id": "1", "title": "Flying Kites in the Wind", "abstract": ""}\n'


@pytest.fixture
def source(tmp_path: Path) -> str:
    (tmp_path / "papers.jsonl").write_text(PAPER)
    return str(tmp_path / "papers.jsonl")


def test_what_does_not_fit_is_refused_and_nothing_is_written(
    embedded_url: str, source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "available_memory", lambda: 50_000_000)
    refused = pytest.raises(StoreError, match=r"about 0\.1 GB of memory, and 0\.1 GB are free")
    with graphkb.open(embedded_url) as base, refused:
        base.load(source)
    assert not Path(embedded_url).exists()


def test_where_the_system_does_not_tell_a_load_is_tried(
    embedded_url: str, source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "available_memory", lambda: None)
    with graphkb.open(embedded_url) as base:
        assert base.load(source).sources[0].kept == 1


def test_the_system_tells_what_is_free() -> None:
    free = memory.available_memory()
    assert free is None or free > memory.needed_memory([])
