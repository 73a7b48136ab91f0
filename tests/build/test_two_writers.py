"""Two loads at once give the graph of one after the other."""

import subprocess
import sys
from pathlib import Path

import pytest
from kill_loads import papers

import graphkb

SCRIPT = """
import sys
import graphkb

with graphkb.open(sys.argv[1]) as base:
    base.load(sys.argv[2])
"""


@pytest.fixture
def sources(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / "first.jsonl", tmp_path / "second.jsonl"]
    for path, first in zip(paths, (0, 15), strict=True):
        path.write_text(papers(first, 30))
    return paths


def at_once(url: str, sources: list[Path]) -> list[subprocess.CompletedProcess[str]]:
    """Load each source in a process of its own, all at the same time."""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", SCRIPT, url, str(source)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for source in sources
    ]
    ended = []
    for process in running:
        out, err = process.communicate(timeout=300)
        ended.append(subprocess.CompletedProcess(process.args, process.returncode, out, err))
    return ended


def one_after_the_other(sources: list[Path], folder: Path) -> str:
    with graphkb.open(str(folder / "alone.kgl")) as base:
        for source in sources:
            base.load(str(source))
        return base.digest()


@pytest.mark.neo4j
def test_two_loads_into_one_server_give_the_graph_of_one_after_the_other(
    neo4j_url: str, sources: list[Path], tmp_path: Path
) -> None:
    assert [ended.stderr for ended in at_once(neo4j_url, sources) if ended.returncode] == []
    with graphkb.open(neo4j_url) as base:
        assert base.digest() == one_after_the_other(sources, tmp_path)
        assert base.doctor() == ()


def test_of_two_loads_into_one_file_one_may_be_told_who_holds_it(
    embedded_url: str, sources: list[Path], tmp_path: Path
) -> None:
    for ended, source in zip(at_once(embedded_url, sources), sources, strict=True):
        if ended.returncode:
            assert "is being written by process" in ended.stderr
            with graphkb.open(embedded_url) as base:
                base.load(str(source))
    with graphkb.open(embedded_url) as base:
        assert base.digest() == one_after_the_other(sources, tmp_path)
        assert base.doctor() == ()
