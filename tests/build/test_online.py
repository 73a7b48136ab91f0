"""A long first load into a server says before it begins how long it takes, and what is faster."""

import logging
from pathlib import Path

import pytest

import graphkb
from graphkb.build import online
from graphkb.build.online import rows_of
from graphkb.model.record import AuthorName, PaperRecord

PAPER = '{"id": "1", "title": "Flying Kites in the Wind", "authors": ["A. Kite"]}\n'


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(online, "_MANY", 3)
    (tmp_path / "papers.jsonl").write_text(PAPER)
    return str(tmp_path / "papers.jsonl")


def told(url: str, source: str, caplog: pytest.LogCaptureFixture) -> list[str]:
    caplog.clear()
    with graphkb.open(url) as base, caplog.at_level(logging.WARNING, "graphkb.build.online"):
        base.load(source)
        assert base.sources()
    return [message for message in caplog.messages if "import files" in message]


@pytest.mark.neo4j
def test_an_empty_server_is_filled_and_the_faster_way_told_first(
    neo4j_url: str, source: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert told(neo4j_url, source, caplog) == [
        "up to 4 rows go to the server in batches: about 1 minute at 10,000 rows a second. An "
        "empty server is filled sooner from import files: graphkb bulk SOURCE… -o DIR"
    ]
    Path(source).with_name("more.jsonl").write_text(PAPER.replace("1", "2", 1))
    assert told(neo4j_url, str(Path(source).with_name("more.jsonl")), caplog) == []


def test_into_a_file_nothing_is_told(
    embedded_url: str, source: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert told(embedded_url, source, caplog) == []


def test_rows_are_papers_records_authors_and_citations() -> None:
    paper = PaperRecord("1", "T", authors=(AuthorName("A"),), references=("doi:a", "doi:b"))
    assert rows_of([paper]) == 6
