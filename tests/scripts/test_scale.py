"""The made-up corpus of the measurements is the same everywhere, and like a real one in shape."""

from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(autouse=True)
def _importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT))


def test_the_same_size_and_seed_give_the_same_papers() -> None:
    from benchmarks.corpus import papers

    assert list(papers(50)) == list(papers(50))
    assert list(papers(50)) != list(papers(50, seed=2))


def test_no_two_papers_share_an_id_or_a_title() -> None:
    from benchmarks.corpus import papers

    found = list(papers(10_000, citations=0))
    assert len({paper["id"] for paper in found}) == len({paper["title"] for paper in found})
    assert len({paper["id"] for paper in found}) == 10_000


def test_papers_cite_earlier_ones_and_a_few_draw_most_citations() -> None:
    from benchmarks.corpus import papers

    found = list(papers(3_000))
    earlier: set[str] = set()
    drawn: Counter[str] = Counter()
    for paper in found:
        cited = [reference.removeprefix("arXiv:") for reference in paper["references"]]
        assert earlier.issuperset(cited)
        drawn.update(cited)
        earlier.add(paper["id"])
    tenth = sum(count for _, count in drawn.most_common(len(found) // 10))
    assert tenth > 0.4 * drawn.total()


def test_every_part_of_the_measurement_runs(tmp_path: Path) -> None:
    from benchmarks.scale import measure

    first, again, written, added = measure(tmp_path, papers=40, neo4j_papers=0, runs=1)
    assert first["changes"] > 40
    assert again["changes"] == 0
    assert written["written"] == first["changes"]
    assert written["rate"]["in memory"]["process_s"] > 0
    assert added["changes"] >= 100
    assert added["baseline"]["peak_mb"] > 0
