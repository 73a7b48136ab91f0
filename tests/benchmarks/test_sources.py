"""Made-up sources: the same seed gives the same bytes, and what both tell of becomes one paper."""

import gzip
import hashlib
import json
import math
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import graphkb
from benchmarks.made_paper import Papers, orcid_of
from benchmarks.popularity import LABELS
from benchmarks.sources import Written, write
from graphkb.knowledge_base import KnowledgeBase
from graphkb.model.graph import Value

PAPERS, CITATIONS = 300, 6.0


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sources")


@pytest.fixture(scope="module")
def written(folder: Path) -> Written:
    return write(folder, Papers(PAPERS, CITATIONS), part=100)


@pytest.fixture(scope="module")
def base(folder: Path, written: Written) -> Iterator[KnowledgeBase]:
    with graphkb.open(str(folder / "made.kgl")) as base:
        for at, part in enumerate(written.parts):
            report = base.load(str(folder / part), name=f"part-{at}")
            assert [(s.skipped, s.notices) for s in report.sources] == [((), ())]
        yield base


def test_the_same_seed_gives_the_same_bytes_and_another_one_others(
    folder: Path, written: Written, tmp_path: Path
) -> None:
    again = write(tmp_path / "again", Papers(PAPERS, CITATIONS), part=100)
    other = write(tmp_path / "other", Papers(PAPERS, CITATIONS, seed=2), part=100)
    first = bytes_of(folder, written)
    assert bytes_of(tmp_path / "again", again) == first != bytes_of(tmp_path / "other", other)


def test_what_both_tell_of_is_one_paper_when_loaded(base: KnowledgeBase, written: Written) -> None:
    assert written.both > PAPERS / 5
    assert written.works + written.ours == PAPERS + written.both
    assert counted(base, "MATCH (p:Paper) RETURN count(p)") == PAPERS
    assert counted(base, "MATCH (p:Paper {stub: true}) RETURN count(p)") == 0


def test_every_citation_leads_to_a_paper_that_is_there(
    base: KnowledgeBase, written: Written
) -> None:
    assert counted(base, "MATCH ()-[c:CITES]->() RETURN count(c)") == written.citations
    assert CITATIONS * 0.9 < written.citations / PAPERS < CITATIONS * 1.1


def test_sources_that_share_no_identifier_are_joined_as_well() -> None:
    told = [paper.identity for paper in Papers(PAPERS)]
    both = [one for one in told if one.openalex and one.ours]
    apart = [
        one
        for one in both
        if not any(a and a == b for a, b in zip(one.openalex_ids, one.our_ids, strict=True))
    ]
    assert 0 < len(apart) < len(both) / 2
    by_doi = [one for one in both if one.our_ids[1] and not one.our_ids[0]]
    by_arxiv = [one for one in both if one.our_ids[0] and not one.our_ids[1]]
    assert by_doi
    assert by_arxiv


def test_the_snapshot_has_parts_by_date_and_a_manifest_that_counts_them(
    folder: Path, written: Written
) -> None:
    works = folder / "openalex/data/jsonl/works"
    manifest = json.loads((works / "manifest.json").read_text(encoding="utf-8"))
    parts = [folder / part for part in written.parts[:-1]]
    counts = [gzip.decompress(part.read_bytes()).count(b"\n") for part in parts]
    assert [entry["meta"]["record_count"] for entry in manifest["files"]] == counts
    assert [entry["url"].rpartition("works/")[2] for entry in manifest["files"]] == [
        part.relative_to(works).as_posix() for part in parts
    ]
    assert max(counts) == 100
    assert sum(counts) == written.works == manifest["record_count"]


def test_there_are_more_papers_every_year() -> None:
    years = Counter(paper.published[:4] for paper in Papers(5_000, 0))
    assert sorted(years, key=years.__getitem__) == sorted(years)
    assert 1.1 < years["2025"] / years["2024"] < 1.3


def test_papers_cite_earlier_ones_and_a_few_draw_most() -> None:
    papers = list(Papers(5_000))
    cited = Counter(other.number for paper in papers for other in paper.cited)
    assert all(other.number < paper.identity.number for paper in papers for other in paper.cited)
    most = [count for _, count in cited.most_common(len(papers) // 100)]
    assert sum(most) > sum(cited.values()) / 10
    assert 2.5 < tail_exponent(list(cited.values()), least=40) < 3.7


def test_most_people_write_little_and_a_few_much() -> None:
    written = Counter(person for paper in Papers(5_000, 0) for person in paper.authors)
    often = sorted(written.values())
    assert often[len(often) // 2] <= 3
    assert often[-1] > 20


def test_an_orcid_has_the_check_digit_of_its_standard() -> None:
    found = [orcid_of(person) for person in range(100)]
    for orcid in filter(None, found):
        digits = orcid.replace("-", "")
        remainder = 0
        for digit in digits[:-1]:
            remainder = (remainder + int(digit)) * 2 % 11
        assert (remainder + (10 if digits[-1] == "X" else int(digits[-1]))) % 11 == 1
    assert 20 < len(list(filter(None, found))) < 50


def test_abstracts_name_things_as_often_as_the_corpus_does(tmp_path: Path) -> None:
    written = write(tmp_path, Papers(120), abstracts=True)
    with graphkb.open(str(tmp_path / "made.kgl")) as base:
        for at, part in enumerate(written.parts):
            base.load(str(tmp_path / part), name=f"part-{at}")
        introduced = counted(
            base, "MATCH (p:Paper {stub: false})-[i:INTRODUCES]->(m:Method) RETURN count(i)"
        )
        leading = counted(
            base, "MATCH (p:Paper)-->(m:Method) WHERE m.name IN $names RETURN count(*)"
        )
    assert LABELS["Method"].introduced * 0.7 < introduced / 120 < LABELS["Method"].introduced * 1.3
    assert leading > 20


def bytes_of(folder: Path, written: Written) -> list[str]:
    return [hashlib.sha256((folder / part).read_bytes()).hexdigest() for part in written.parts]


def counted(base: KnowledgeBase, statement: str) -> int:
    names: dict[str, Value] = {"names": LABELS["Method"].leading}
    [[count]] = base.cypher(statement, names if "$names" in statement else {}).rows
    assert isinstance(count, int)
    return count


def tail_exponent(counts: list[int], least: int) -> float:
    """Hill's estimate."""
    tail = [count for count in counts if count >= least]
    return 1 + len(tail) / math.fsum(math.log(count / (least - 0.5)) for count in tail)
