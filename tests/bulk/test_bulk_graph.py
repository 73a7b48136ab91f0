"""A bulk build holds what a load of the same sources holds, however they are dealt out."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

import pytest
from bulk_graph import digest
from graphkb.loaders import loaders
from hypothesis import given, settings
from hypothesis import strategies as st
from test_invariants import BUILDER, CATALOGUE, World, loaded, reads, worlds

import graphkb
from benchmarks.made_paper import Papers
from benchmarks.sources import write
from graphkb import without_store
from graphkb.bulk import reading
from graphkb.bulk.files import Files
from graphkb.bulk.flow import build_files
from graphkb.bulk.processes import ProcessEngine
from graphkb.bulk.reading import BulkSource
from graphkb.model.record import AuthorName, PaperRecord, record_from_json
from graphkb.model.source import Loader, SourceInput, Yield


def _records(source: SourceInput) -> Iterator[Yield]:
    for _, line in source.lines():
        yield record_from_json(line)


RECORDS = Loader("test", "records as they are", _records, lambda _name, _head: False, shared=True)


@pytest.fixture
def knows_records(monkeypatch: pytest.MonkeyPatch) -> None:
    known = MappingProxyType({**loaders(), RECORDS.name: RECORDS})
    monkeypatch.setattr(reading, "loaders", lambda: known)


def built(folder: Path, sources: Sequence[BulkSource], partitions: int, shares: int) -> str:
    engine = ProcessEngine(folder / "work", partitions)
    files = Files(folder / "files", "csv")
    build_files(engine, sources, CATALOGUE, BUILDER, reads, files, shares)
    return digest(folder / "files")


@pytest.mark.usefixtures("knows_records")
class TestWorlds:
    @given(worlds.map(World), st.integers(1, 5), st.integers(1, 3))
    def test_any_records_in_any_partitions_give_the_graph_of_a_load(
        self, world: World, partitions: int, shares: int
    ) -> None:
        with TemporaryDirectory() as name:
            folder = Path(name)
            sources = [
                source(folder, number, records) for number, records in enumerate(world.sources)
            ]
            expected = loaded(world, range(len(sources)))
            assert built(folder, sources, partitions, shares) == expected

    @settings(max_examples=10)
    @given(st.lists(st.sampled_from(("Ada L", "Bob B", "Eve E")), min_size=1, max_size=3))
    def test_hundreds_of_papers_of_one_title_give_the_graph_of_a_load(
        self, names: list[str]
    ) -> None:
        records = [
            PaperRecord(
                key=str(number),
                title="A Letter to the Editor of a Journal on Kites" if number % 2 else "Kites",
                authors=(AuthorName(names[number % len(names)]), AuthorName(f"Co {number % 7}")),
                published=str(2000 + number % 5),
            )
            for number in range(120)
        ]
        with TemporaryDirectory() as name:
            expected = loaded(World([records]), [0])
            assert built(Path(name), [source(Path(name), 0, records)], 4, 2) == expected


def source(folder: Path, number: int, records: Sequence[PaperRecord]) -> BulkSource:
    path = folder / str(number)
    path.write_text("".join(f"{record.to_json()}\n" for record in records), encoding="utf-8")
    return BulkSource(f"test:{number}", f"place/{number}", "test", (str(path),))


@pytest.fixture(scope="module")
def overlapping(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Two sources that tell of the same papers, with abstracts."""
    folder = tmp_path_factory.mktemp("overlapping")
    write(folder, Papers(150, 5.0, 0.4, 1), abstracts=True)
    parts = sorted((folder / "openalex").rglob("part_*.gz"))
    return [str(parts[0]), str(folder / "papers.jsonl")]


def loaded_digest(*sources: str) -> str:
    with graphkb.open(":memory:") as base:
        report = base.load(*sources)
        assert not report.failures
        return base.digest()


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_sources_that_overlap_give_the_graph_of_a_load(
    overlapping: list[str], form: str, tmp_path: Path
) -> None:
    without_store.bulk(*overlapping, out=tmp_path / "out", form=form, processes=2)
    assert digest(tmp_path / "out") == loaded_digest(*overlapping)


def test_the_files_are_the_same_however_many_processes_made_them(
    overlapping: list[str], tmp_path: Path
) -> None:
    for processes in (1, 2, 3):
        without_store.bulk(*overlapping, out=tmp_path / str(processes), processes=processes)
    found = [
        {p.relative_to(one): p.read_bytes() for p in one.rglob("*") if p.is_file()}
        for one in sorted(tmp_path.iterdir())
    ]
    assert found[0] == found[1] == found[2]


def test_a_catalogue_of_a_persons_own_and_repositories_give_the_graph_of_a_load(
    tmp_path: Path,
) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text(
        "- name: Kite-PO\n  long: Kite Policy Optimization\n  kind: method\n"
        "  paper: {id: arxiv:2401.00001, title: On Kites, year: 2024, author: Wind}\n"
        "  extends: [{name: GRPO, why: has a string}]\n"
        "- name: kite stabilisation\n  kind: task\n"
        "- name: The code\n  kind: repository\n  url: https://github.com/wind/kite\n  stars: 5\n",
        encoding="utf-8",
    )
    papers = tmp_path / "papers.jsonl"
    paper = {
        "id": "2401.00001",
        "title": "On Kites",
        "abstract": "We use Kite-PO and PPO. Code is at https://github.com/wind/kite.",
        "repositories": ["https://github.com/wind/kite", "https://github.com/wind/tail"],
        "references": ["arXiv:2402.03300", "10.1000/gone"],
    }
    papers.write_text(json.dumps(paper) + "\n", encoding="utf-8")
    sources = [str(mine), str(papers)]
    without_store.bulk(*sources, out=tmp_path / "out", processes=1)
    assert digest(tmp_path / "out") == loaded_digest(*sources)
