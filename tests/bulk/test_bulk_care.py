"""What a bulk build must not touch, must not pass over, and must not do twice at once."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from bulk_graph import digest

import graphkb
from graphkb import without_store
from graphkb.bulk import build
from graphkb.bulk.flow import build_files
from graphkb.errors import ArgumentError, ExportError, InputError, StrictError
from graphkb.export.neo4j_import import COMMAND, SCHEMA

RUN = "from graphkb.cli.main import main; main()"


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    path = tmp_path / "papers.jsonl"
    path.write_text('{"id": "2401.00001", "title": "On Kites"}\n', encoding="utf-8")
    return path


def bulk(*sources: Path, out: Path, **options: object) -> build.BulkReport:
    given = {"processes": 1, "partitions": 2, **options}
    return without_store.bulk(*map(str, sources), out=out, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "manifest",
    [
        {"files": [{"path": "../x"}]},
        {"files": [{"path": "../x"}, {"path": "/x"}], "fingerprint": "0"},
        {"files": 5},
        {"files": [1], "fingerprint": "0"},
        {"files": [{}], "fingerprint": "0"},
    ],
)
def test_a_manifest_of_somebody_else_leads_nowhere_outside(
    papers: Path, tmp_path: Path, manifest: object
) -> None:
    out = tmp_path / "sand" / "out"
    out.mkdir(parents=True)
    (tmp_path / "sand" / "kept").write_text("precious")
    (out / build.MANIFEST).write_text(json.dumps(manifest))
    bulk(papers, out=out)
    assert (tmp_path / "sand" / "kept").read_text() == "precious"


@pytest.mark.parametrize("name", [COMMAND, SCHEMA])
def test_a_script_of_somebody_else_stays(papers: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / name).write_text("mine")
    with pytest.raises(ExportError, match=f"the folder holds {name}"):
        bulk(papers, out=tmp_path / "out")
    assert (tmp_path / "out" / name).read_text() == "mine"


def test_a_script_that_was_taken_away_is_made_again(papers: Path, tmp_path: Path) -> None:
    bulk(papers, out=tmp_path / "out")
    (tmp_path / "out" / COMMAND).unlink()
    assert not bulk(papers, out=tmp_path / "out").was_done
    assert (tmp_path / "out" / COMMAND).is_file()
    assert bulk(papers, out=tmp_path / "out").was_done


def test_strict_refuses_what_was_done_without_it(papers: Path, tmp_path: Path) -> None:
    papers.write_text(papers.read_text() + '{"title": "Nobody\'s"}\n')
    bulk(papers, out=tmp_path / "out")
    with pytest.raises(StrictError, match="line 2"):
        bulk(papers, out=tmp_path / "out", strict=True)


def test_a_source_that_changes_while_it_is_read_is_told(
    papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def touched(*given: object) -> object:
        found = build_files(*given)  # type: ignore[arg-type]
        os.utime(papers, ns=(1, 1))
        return found

    monkeypatch.setattr(build, "build_files", touched)
    with pytest.raises(InputError, match="changed while it was read"):
        bulk(papers, out=tmp_path / "out")
    monkeypatch.undo()
    assert bulk(papers, out=tmp_path / "out").sources[0].kept == 1


def test_another_file_of_one_name_size_and_time_is_another_source(
    papers: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other" / papers.name
    other.parent.mkdir()
    other.write_text(papers.read_text().replace("Kites", "Winds"))
    for path in (papers, other):
        os.utime(path, ns=(1, 1))
        assert not bulk(path, out=tmp_path / "out").was_done


def test_two_builds_into_one_folder_are_kept_apart(
    papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("fcntl")

    def twice(*given: object) -> object:
        with pytest.raises(ExportError, match="another build is writing this folder"):
            without_store.bulk("sample:", out=tmp_path / "out", processes=1)
        return build_files(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(build, "build_files", twice)
    assert bulk(papers, out=tmp_path / "out").sources[0].kept == 1


def test_a_folder_of_catalogues_brings_entries_whichever_file_comes_first(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "a.yaml").write_text(
        "- name: The code\n  kind: repository\n  url: https://github.com/wind/kite\n"
    )
    (folder / "b.yaml").write_text("- name: Kite-PO\n  long: Kite Policy\n  kind: method\n")
    paper = tmp_path / "p.jsonl"
    paper.write_text('{"id": "2401.00001", "title": "On Kites", "abstract": "We use Kite-PO."}\n')
    report = bulk(folder, paper, out=tmp_path / "out")
    assert report.entities["Method"] >= 1


def test_what_lies_behind_links_is_read_once_and_a_broken_one_is_told(
    papers: Path, tmp_path: Path
) -> None:
    folder, elsewhere = tmp_path / "folder", tmp_path / "elsewhere"
    folder.mkdir()
    elsewhere.mkdir()
    (elsewhere / "b.jsonl").write_text('{"id": "2401.00002", "title": "Two"}\n')
    (folder / "a.jsonl").write_text(papers.read_text())
    (folder / "linked").symlink_to(elsewhere)
    (elsewhere / "back").symlink_to(folder)
    report = bulk(folder, out=tmp_path / "out")
    assert (report.sources[0].kept, report.sources[0].merged) == (2, 0)
    (folder / "gone.jsonl").symlink_to(tmp_path / "nowhere")
    with pytest.raises(InputError, match="points to is not there"):
        bulk(folder, out=tmp_path / "out")


def test_what_is_told_of_a_file_in_a_folder_says_which(tmp_path: Path) -> None:
    for day in ("01", "02"):
        part = tmp_path / "works" / f"updated_date=2024-01-{day}" / "part.jsonl"
        part.parent.mkdir(parents=True)
        part.write_text(f'{{"id": "{day}", "title": "T"}}\n{{"title": "U"}}\n')
    (skipped,) = bulk(tmp_path / "works", out=tmp_path / "out").sources[0].skipped.values()
    assert [place.split("/")[0] for place in skipped[1]] == [
        "updated_date=2024-01-01",
        "updated_date=2024-01-02",
    ]


def test_the_folder_to_write_does_not_lie_in_one_that_is_read(papers: Path) -> None:
    with pytest.raises(ExportError, match="which is read"):
        bulk(papers.parent, out=papers.parent / "out")


@pytest.mark.parametrize(
    ("options", "what"),
    [
        ({"options": {"typo": "1"}}, "no option 'typo'"),
        ({"name": "  "}, "the source has no name"),
    ],
)
def test_what_a_load_refuses_is_refused(
    papers: Path, tmp_path: Path, options: dict[str, object], what: str
) -> None:
    with pytest.raises(InputError, match=what):
        bulk(papers, out=tmp_path / "out", **options)


def test_another_loader_than_that_of_the_scheme_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="loader sample reads this, not papers"):
        without_store.bulk("sample:", out=tmp_path / "out", loader="papers")


@pytest.mark.parametrize("given", [{"processes": 0}, {"partitions": -1}])
def test_numbers_below_one_are_refused(papers: Path, tmp_path: Path, given: dict[str, int]) -> None:
    with pytest.raises(ArgumentError, match="Give 1 or more"):
        bulk(papers, out=tmp_path / "out", **given)


def test_a_name_that_is_no_text_is_taken(papers: Path, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"a\xff.jsonl")
    try:
        path.write_text(papers.read_text())
    except OSError:
        pytest.skip("this file system takes texts alone as names")
    assert bulk(path, out=tmp_path / "out").sources[0].kept == 1


def test_processes_run_nothing_of_the_folder_that_one_is_in(papers: Path, tmp_path: Path) -> None:
    (tmp_path / "queue.py").write_text("open('run', 'w').close()\n")
    command = ["bulk", str(papers), "-o", "out", "--processes", "2"]
    subprocess.run([sys.executable, "-P", "-c", RUN, *command], check=True, cwd=tmp_path)
    assert not (tmp_path / "run").exists()


def test_one_orcid_under_two_names_is_named_as_by_a_load(tmp_path: Path) -> None:
    orcid = "https://orcid.org/0000-0002-1825-0097"
    work = {
        "id": "https://openalex.org/W4",
        "display_name": "On kites",
        "publication_year": 2021,
        "authorships": [
            {"author": {"display_name": name, "orcid": orcid}} for name in ("Ada Wind", "Zoe Wind")
        ],
        "referenced_works": [],
    }
    path = tmp_path / "works.jsonl"
    path.write_text(json.dumps(work) + "\n")
    bulk(path, out=tmp_path / "out")
    with graphkb.open(":memory:") as kb:
        kb.load(str(path))
        assert digest(tmp_path / "out") == kb.digest()
