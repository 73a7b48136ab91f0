"""A load that the memory cannot hold is refused before it begins."""

import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

import graphkb
from graphkb.build import memory
from graphkb.build.intake import records_of
from graphkb.build.memory import Room
from graphkb.errors import StoreError, StoreTooLargeError
from graphkb.model.record import PaperRecord
from graphkb.model.source import Skipped, SourceInput, Yield, loader

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


@pytest.fixture
def many(tmp_path: Path) -> str:
    lines = (json.dumps({"id": str(n), "title": f"Flying Kite {n}"}) for n in range(20_000))
    (tmp_path / "many.jsonl").write_text("\n".join(lines))
    return str(tmp_path / "many.jsonl")


def endless(kind: str) -> Iterator[Yield]:
    for n in count():
        yield PaperRecord(str(n), f"Kite {n}") if kind == "papers" else Skipped(f"line {n}", "bad")


@pytest.mark.parametrize("kind", ["papers", "skips"])
@pytest.mark.parametrize("first", [True, False])
def test_what_has_no_end_is_refused_while_it_is_read(
    kind: str, first: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "available_memory", lambda: 90_000_000)
    read = loader("endless", title="", recognise=lambda *_: False)(lambda _: endless(kind))
    given = SourceInput("endless", "")
    with pytest.raises(StoreTooLargeError, match=r"more than 0\.1 GB"):
        records_of(read, given, "endless:x", "x", Room("papers.kgl", first=first))


@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_the_start_of_a_file_tells_that_the_whole_will_not_fit(
    embedded_url: str, many: str, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if suffix:
        import gzip

        Path(many + suffix).write_bytes(gzip.compress(Path(many).read_bytes()))
    monkeypatch.setattr(memory, "_SAMPLE", 10_000)
    monkeypatch.setattr(memory, "available_memory", lambda: 150_000_000)
    # 20,000 papers of 14 kB each: what is told is what all of them would take, not what was read.
    refused = pytest.raises(StoreTooLargeError, match=r"about 0\.[234] GB .* 0\.1 GB are free")
    with graphkb.open(embedded_url) as base, refused as found:
        base.load(many + suffix)
    assert "graphkb bulk SOURCE… -o DIR" in str(found.value)
    assert not Path(embedded_url).exists()


def test_a_file_that_fits_is_not_refused_for_its_start(
    embedded_url: str, many: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "_SAMPLE", 10_000)
    monkeypatch.setattr(memory, "available_memory", lambda: 400_000_000)
    with graphkb.open(embedded_url) as base:
        assert base.load(many, dry_run=True).sources[0].kept == 20_000


def test_what_is_loaded_already_needs_no_room_to_be_derived(
    embedded_url: str, many: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = Path(many).with_name("few.jsonl")
    few.write_text("\n".join(Path(many).read_text().splitlines()[:600]))
    with graphkb.open(embedded_url) as base:
        base.load(str(few))
        monkeypatch.setattr(memory, "available_memory", lambda: 84_000_000)
        assert base.load(str(few)).sources[0].outcome == "unchanged"
        with pytest.raises(StoreTooLargeError):
            base.load(many)
