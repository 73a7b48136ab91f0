"""What steps of a bulk build write, whatever becomes of the processes that run them."""

from collections.abc import Iterable, Iterator
from itertools import repeat
from pathlib import Path

import pytest

from graphkb.bulk.files import Files
from graphkb.errors import ExportError
from graphkb.model.graph import Edge, Entity

PAPER = Entity("Paper", "arxiv:2402.03300", {"name": "DeepSeekMath"})
EDGE = Edge(PAPER.id, "CITES", "arxiv:1707.06347", PAPER.id, "Paper", "Paper", {})


@pytest.fixture(params=["csv", "parquet"])
def form(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def contents(folder: Path) -> dict[Path, bytes]:
    return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def write(files: Files, papers: Iterable[Entity] = (PAPER,)) -> None:
    with files.tables("stated", 0) as tables:
        for paper in papers:
            tables.add(paper)
        tables.join(EDGE)


def many() -> Iterator[Entity]:
    """So many that some are written before it fails."""
    yield from repeat(PAPER, 10_000)
    raise ZeroDivisionError


def test_a_step_that_runs_twice_at_once_is_written_once(tmp_path: Path, form: str) -> None:
    """As Spark does where an executor is slow, or was thought lost."""
    papers = [PAPER] * 10_000
    write(Files(tmp_path / "once", form), papers)
    files = Files(tmp_path / "twice", form)
    with files.tables("stated", 0) as slow:
        for paper in papers:
            slow.add(paper)
        write(files, papers)
        slow.join(EDGE)
    assert contents(tmp_path / "twice") == contents(tmp_path / "once") != {}
    assert len(files.parts()) == 1


def test_a_step_that_fails_leaves_nothing(tmp_path: Path, form: str) -> None:
    files = Files(tmp_path, form)
    with pytest.raises(ZeroDivisionError):
        write(files, many())
    assert contents(tmp_path) == {}


def test_what_a_killed_process_left_is_cleared(tmp_path: Path, form: str) -> None:
    files = Files(tmp_path, form)
    write(files)
    made = contents(tmp_path)
    killed = files.tables("stated", 0)
    tables = killed.__enter__()
    for paper in repeat(PAPER, 10_000):
        tables.add(paper)
    assert contents(tmp_path) != made
    files.clear()
    assert contents(tmp_path) == made


def test_parts_that_are_not_seen_are_missed(tmp_path: Path) -> None:
    files = Files(tmp_path, "csv")
    for number in (0, 2):
        with files.tables("stated", number):
            pass
    with pytest.raises(ExportError, match=r"of 3 parts .* 1 are not there\. Name a folder"):
        files.check(["stated"], 3)
    with files.tables("stated", 1):
        pass
    files.check(["stated"], 3)
