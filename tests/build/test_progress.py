"""A load tells of each of its stages how far it is."""

import json
from pathlib import Path

import pytest

import graphkb
from graphkb.model.progress import BYTES, WRITING
from graphkb.store import neo4j as neo4j_store

Told = list[tuple[str, int, int]]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    lines = (json.dumps({"id": str(n), "title": f"Flying Kite {n}"}) for n in range(250))
    (tmp_path / "papers.jsonl").write_text("\n".join(lines))
    return tmp_path / "papers.jsonl"


def load(url: str, source: Path) -> tuple[Told, int]:
    told: Told = []
    with graphkb.open(url) as base:
        report = base.load(str(source), progress=lambda *at: told.append(at))
    return told, report.changes


def test_a_first_load_tells_of_every_stage_in_order(store_url: str, source: Path) -> None:
    told, _ = load(store_url, source)
    stages = [
        stage for stage in dict.fromkeys(stage for stage, *_ in told) if "saving" not in stage
    ]
    assert stages == [
        f"{BYTES}{source}",
        "looking what is there",
        "joining records",
        "reading papers",
        "telling names apart",
        "making edges",
        "putting the graph in order",
        "comparing with the store",
        "writing",
    ]


def test_the_file_is_passed_to_its_last_byte(embedded_url: str, source: Path) -> None:
    told, _ = load(embedded_url, source)
    size = source.stat().st_size
    assert [at for at in told if at[0].startswith(BYTES)][-1] == (f"{BYTES}{source}", size, size)


def test_what_is_written_is_counted_to_the_last_row(store_url: str, source: Path) -> None:
    told, changes = load(store_url, source)
    written = [done for stage, done, total in told if stage == WRITING and total == changes]
    assert written == sorted(written)
    assert written[-1] == changes


def test_more_papers_for_a_store_are_counted_too(store_url: str, source: Path) -> None:
    load(store_url, source)
    more = source.with_name("more.jsonl")
    more.write_text('{"id": "more", "title": "One More Kite"}')
    told, changes = load(store_url, more)
    assert (WRITING, changes, changes) in told
    assert ("reading papers", 1, 1) in told


@pytest.mark.neo4j
def test_parts_of_a_large_write_are_counted_as_one(
    neo4j_url: str, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(neo4j_store, "ATOMIC_SIZE", 10)
    told, _ = load(neo4j_url, source)
    written = [at for at in told if at[0] == WRITING]
    assert {total for _, _, total in written} == {written[-1][1]}
    assert [done for _, done, _ in written] == sorted(done for _, done, _ in written)
