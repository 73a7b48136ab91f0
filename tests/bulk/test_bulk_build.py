"""A bulk build as a person meets it: stopped, asked for again, refused; and what it says."""

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from bulk_graph import digest
from click.testing import CliRunner, Result

import graphkb
from graphkb import without_store
from graphkb.bulk import build
from graphkb.bulk.workers import Workers
from graphkb.cli.main import cli
from graphkb.errors import (
    ArgumentError,
    ExportError,
    GraphKBError,
    InputError,
    StrictError,
    UnknownFormatError,
)

ROOT = Path(__file__).resolve().parents[2]
RUN = "from graphkb.cli.main import main; main()"
LINES = [
    {"id": "2401.00001", "title": "On Kites", "references": ["arXiv:2402.03300"]},
    {"id": "2401.00002", "title": "On Strings", "authors": ["Ada Lovelace"]},
    {"id": "2401.00002", "title": "On Strings", "authors": ["Ada Lovelace"]},
    {"title": "Nobody's"},
]


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    path = tmp_path / "papers.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in LINES), encoding="utf-8")
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["bulk", *map(str, arguments)])


def contents(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_it_tells_what_was_read_kept_and_skipped_with_reason_and_place(
    papers: Path, tmp_path: Path
) -> None:
    result = run(papers, "-o", tmp_path / "out")
    assert result.exit_code == 0
    assert result.output.splitlines()[:2] == [
        "papers:papers.jsonl: 4 read, 2 kept, 1 repeated, 1 skipped",
        "  skipped line 4: no id: give each paper one of its own",
    ]


def test_the_same_again_is_not_done_again(papers: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    without_store.bulk(str(papers), out=out, processes=1)
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    again = without_store.bulk(str(papers), out=out, processes=1)
    assert again.was_done
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == before


def test_a_file_that_was_taken_away_is_made_again(papers: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    without_store.bulk(str(papers), out=out, processes=1)
    before = contents(out)
    next((out / "nodes-Paper").iterdir()).unlink()
    assert not without_store.bulk(str(papers), out=out, processes=1).was_done
    assert contents(out) == before


def test_other_sources_take_the_place_of_the_files(papers: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    without_store.bulk("sample:", out=out, processes=1)
    without_store.bulk(str(papers), out=out, processes=1)
    without_store.bulk(str(papers), out=tmp_path / "fresh", processes=1)
    assert contents(out) == contents(tmp_path / "fresh")


def test_a_build_that_is_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [sys.executable, "-c", RUN, "bulk", "sample:", "-o", str(out)]
    process = subprocess.Popen([*command, "--processes", "2"], start_new_session=True)
    deadline = time.monotonic() + 60
    while not list(out.glob(f"{build.WORK}/*/stages/1-works/contents.pickle")):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    stages = next(out.glob(f"{build.WORK}/*/stages"))
    done = {p: p.stat().st_mtime_ns for p in stages.glob("[01]-*/contents.pickle")}
    told: list[str] = []
    without_store.bulk(
        "sample:", out=out, processes=2, progress=lambda name, _done, _total: told.append(name)
    )
    assert done
    assert not {path.parent.name for path in done} & set(told)
    without_store.bulk("sample:", out=tmp_path / "fresh", processes=1)
    assert contents(out) == contents(tmp_path / "fresh")


def test_a_build_that_is_stopped_while_files_are_put_in_place_goes_on_there(
    papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    without_store.bulk("sample:", out=out, processes=1)
    replace, moved = Path.replace, 0

    def stopping(path: Path, target: Path) -> Path:
        nonlocal moved
        if path.name.startswith(("nodes-", "relationships-")):
            moved += 1
            if moved == 3:
                raise KeyboardInterrupt
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", stopping)
    with pytest.raises(KeyboardInterrupt):
        without_store.bulk(str(papers), out=out, processes=1)
    monkeypatch.undo()
    without_store.bulk(str(papers), out=out, processes=1)
    without_store.bulk(str(papers), out=tmp_path / "fresh", processes=1)
    assert contents(out) == contents(tmp_path / "fresh")


def test_strict_refuses_what_would_be_skipped_and_leaves_nothing(
    papers: Path, tmp_path: Path
) -> None:
    with pytest.raises(StrictError, match="no id") as caught:
        without_store.bulk(str(papers), out=tmp_path / "out", processes=1, strict=True)
    assert caught.value.where == f"{papers}, line 4"
    assert not contents(tmp_path / "out")


def test_a_folder_of_somebody_else_is_left_alone(papers: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.tex").write_text("x", encoding="utf-8")
    with pytest.raises(ExportError, match="thesis"):
        without_store.bulk(str(papers), out=tmp_path / "out", processes=1)


def test_a_disk_that_is_too_small_is_told_before_anything_is_read(
    papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "_SPARE", 1 << 60)
    with pytest.raises(ExportError, match="GB of disk"):
        without_store.bulk(str(papers), out=tmp_path / "out", processes=1)


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("-", "standard input"),
        ("arxiv:2401.00001", "a service is not asked in bulk"),
        ("gone.jsonl", "no such file"),
    ],
)
def test_what_cannot_be_read_in_parts_is_refused(source: str, what: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=what):
        without_store.bulk(source, out=tmp_path / "out")


def test_a_graph_as_asserted_is_for_a_store(tmp_path: Path) -> None:
    with graphkb.open(":memory:") as base:
        base.load("sample:")
        base.export("jsonl", tmp_path / "graph.jsonl")
    with pytest.raises(InputError, match="asserted"):
        without_store.bulk(str(tmp_path / "graph.jsonl"), out=tmp_path / "out")


def test_a_source_of_which_nothing_is_kept_is_named(papers: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.jsonl"
    empty.write_text('{"title": "Nobody"}\n', encoding="utf-8")
    with pytest.raises(InputError, match="nothing of it can be kept; line 1: no id") as caught:
        without_store.bulk(
            str(papers), str(empty), out=tmp_path / "out", loader="papers", processes=1
        )
    assert caught.value.where == str(empty)


def test_a_folder_of_files_is_one_source(papers: Path, tmp_path: Path) -> None:
    snapshot = tmp_path / "snapshot"
    for number, line in enumerate(LINES[:2]):
        part = snapshot / f"updated_date=2026-01-0{number + 1}" / "part_0000.jsonl"
        part.parent.mkdir(parents=True)
        part.write_text(json.dumps(line) + "\n", encoding="utf-8")
    (snapshot / "manifest.json").write_text("{}", encoding="utf-8")
    report = without_store.bulk(str(snapshot), out=tmp_path / "out", processes=1)
    assert [(one.id, one.kept) for one in report.sources] == [("papers:snapshot", 2)]
    # As if the files had been one.
    with graphkb.open(":memory:") as base:
        base.load(str(papers), name="snapshot")
        assert digest(tmp_path / "out") == base.digest()


def test_the_datasets_of_a_release_are_one_source(tmp_path: Path) -> None:
    titled = {"externalids": None, "title": "A Study of Kites in the Wind", "authors": None}
    datasets: dict[str, list[object]] = {
        "papers": [{"corpusid": n, "year": 2000 + n, **titled} for n in (1, 2)],
        "abstracts": [{"corpusid": 1, "abstract": "We propose KiteNet, a kind of Transformer."}],
        "citations": [{"citingcorpusid": a, "citedcorpusid": b} for a, b in ((1, 2), (2, 9))],
    }
    lines = []
    for name, told in datasets.items():
        part = tmp_path / "release" / name / "20260101_00000_part.gz"
        part.parent.mkdir(parents=True)
        written = [json.dumps(one) for one in told]
        part.write_bytes(gzip.compress("\n".join(written).encode()))
        lines += written
    (tmp_path / "release" / "README.txt").write_text("of the service")
    (tmp_path / "all.jsonl").write_text("\n".join(lines))
    without_store.bulk(str(tmp_path / "release"), out=tmp_path / "out", processes=2)
    with graphkb.open(":memory:") as base:
        base.load(str(tmp_path / "all.jsonl"), name="release")
        assert digest(tmp_path / "out") == base.digest()


def test_copied_pages_in_a_folder_are_read_and_what_tells_of_them_is_not(tmp_path: Path) -> None:
    page = (ROOT / "samples" / "hf-papers-2025-12-29.txt").read_text(encoding="utf-8")
    (tmp_path / "pages").mkdir()
    for name in ("daily-2025-12-28.txt", "daily-2025-12-29.txt"):
        (tmp_path / "pages" / name).write_text(page, encoding="utf-8")
    for name in ("README.md", "RELEASE_NOTES.txt", "LICENSE"):
        (tmp_path / "pages" / name).write_text("of the folder")
    report = without_store.bulk(
        str(tmp_path / "pages"), out=tmp_path / "out", processes=1, texts=False
    )
    [source] = report.sources
    assert (source.id, source.kept, source.merged) == ("hf-listing:pages", 41, 41)


def test_what_no_loader_reads_in_a_folder_is_named_with_its_place(
    papers: Path, tmp_path: Path
) -> None:
    strange = tmp_path / "release" / "tldrs" / "part_0000.jsonl"
    strange.parent.mkdir(parents=True)
    strange.write_text('{"corpusid": 1, "model": "m", "text": "Kites."}\n')
    papers.rename(tmp_path / "release" / "papers.jsonl")
    with pytest.raises(UnknownFormatError, match="corpusid, model, text") as caught:
        without_store.bulk(str(tmp_path / "release"), out=tmp_path / "out", processes=1)
    assert caught.value.where == str(strange)
    assert str(caught.value.remedy).startswith("move the file away, or name the folders")


def test_a_source_may_be_a_path_and_is_nothing_else(papers: Path, tmp_path: Path) -> None:
    report = without_store.bulk(papers, out=tmp_path / "out", processes=1)
    assert [one.id for one in report.sources] == [f"papers:{papers.name}"]
    with pytest.raises(ArgumentError, match="sources of bulk cannot be 3"):
        without_store.bulk(3, out=tmp_path / "other")  # type: ignore[arg-type]


def test_without_texts_records_alone_tell(tmp_path: Path) -> None:
    report = without_store.bulk("sample:", out=tmp_path / "out", processes=1, texts=False)
    assert set(report.entities) == {"Organization", "Paper", "Record", "Source"}


def test_a_process_that_ends_is_told_with_what_to_do() -> None:
    with Workers(2) as workers, pytest.raises(GraphKBError, match="exit code 3") as caught:
        list(workers.run([(os._exit, (3,))]))
    assert "--partitions" in str(caught.value.remedy)


def test_an_error_of_a_process_is_the_person_s_error(tmp_path: Path) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_bytes(b'{"id": "a", "title": "On Kites"}\n' * 40_000 + b"\xff\xfe\n")
    with pytest.raises(InputError, match="UTF-8"):
        without_store.bulk(str(broken), out=tmp_path / "out", processes=2)


def test_what_is_said_of_places_comes_in_their_order(tmp_path: Path) -> None:
    lines: list[dict[str, object]] = [
        {"id": f"2401.{at:05}", "title": f"Kite {at}"} for at in range(1, 13)
    ]
    del lines[9]["id"]
    lines[1]["title"] = 7
    (tmp_path / "papers.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    told = run(tmp_path / "papers.jsonl", "-o", tmp_path / "out").output.splitlines()[1:3]
    assert [line.split(":")[0] for line in told] == ["  skipped line 2", "  skipped line 10"]


@pytest.mark.parametrize("processes", [1, 2])
def test_a_disk_that_fills_is_told_and_the_build_goes_on_when_there_is_room(
    papers: Path, tmp_path: Path, processes: int
) -> None:
    """A limit of the size of files fails as a full disk does: in the middle of a write."""
    resource = pytest.importorskip("resource")
    command = [sys.executable, "-c", RUN, "bulk", str(papers), "-o", "out"]
    command += ["--processes", str(processes)]
    limited = subprocess.run(
        command,
        check=False,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200)),
    )
    assert (limited.returncode, limited.stderr) == (
        1,
        "graphkb: out: it cannot be written (File too large). Choose another place with -o.\n",
    )
    subprocess.run(command, check=True, cwd=tmp_path)
    assert run(papers, "-o", tmp_path / "new").exit_code == 0
    assert contents(tmp_path / "out") == contents(tmp_path / "new")


def test_a_place_below_a_file_is_told(papers: Path) -> None:
    with pytest.raises(ExportError, match=r"cannot be written \(Not a directory\)"):
        without_store.bulk(papers, out=papers / "out", processes=1)


def test_standard_output_is_no_folder(papers: Path) -> None:
    result = run(papers, "-o", "-")
    assert (result.exit_code, "bulk writes a folder" in result.output) == (2, True)
