"""load, sources, forget, rebuild: what is kept, what is refused, and what is said of it."""

import bz2
import gzip
import lzma
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from command import PAPERS, Run, written

import graphkb

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

SOURCE = "papers:papers.jsonl"
COMMAND = str(Path(sys.executable).with_name("graphkb"))


def test_a_load_reports_each_source_and_prints_nothing_on_standard_output(
    run: Run, papers: str
) -> None:
    ran = run("load", papers)
    assert (ran.code, ran.out) == (0, "")
    said, changes = ran.err.splitlines()
    assert said == f"{SOURCE}: loaded; 3 read, 3 kept, 0 repeated, 0 skipped"
    assert int(changes.removesuffix(" changes")) > 0


def test_the_same_again_changes_nothing(loaded: Run, papers: str) -> None:
    before = loaded("digest").out
    assert "0 changes" in loaded("load", papers).err
    assert loaded("digest").out == before


def test_the_same_from_another_folder_changes_nothing(loaded: Run, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere"
    other.mkdir()
    (other / "papers.jsonl").write_bytes((tmp_path / "papers.jsonl").read_bytes())
    ran = loaded("load", "elsewhere/papers.jsonl")
    assert ran.code == 0
    assert f"{SOURCE}: unchanged" in ran.err
    assert "0 changes" in ran.err


def test_the_same_given_twice_in_one_load_is_loaded_once(run: Run, papers: str) -> None:
    assert run("load", papers, f"./{papers}").code == 0
    assert [s["papers"] for s in run("sources", "--format", "json").objects] == [3]
    assert run("doctor").code == 0


def test_other_content_of_the_same_place_replaces_and_says_so(loaded: Run, tmp_path: Path) -> None:
    (tmp_path / "papers.jsonl").write_text(written(PAPERS[:1]))
    ran = loaded("load", "papers.jsonl")
    assert (ran.code, ran.err.split(";")[0]) == (0, f"{SOURCE}: replaced")
    assert loaded("sources", "--format", "json").objects[0]["papers"] == 1


@pytest.fixture
def elsewhere(tmp_path: Path) -> str:
    """Return another file of the same name with other content."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "papers.jsonl").write_text(written(PAPERS[:1]))
    return "elsewhere/papers.jsonl"


def test_other_content_from_another_place_asks_for_a_name(loaded: Run, elsewhere: str) -> None:
    before = loaded("digest").out
    ran = loaded("load", elsewhere)
    assert ran.code == 1
    assert "--as NAME" in ran.err
    assert loaded("digest").out == before


def test_a_name_makes_it_another_source(loaded: Run, elsewhere: str) -> None:
    assert loaded("load", elsewhere, "--as", "other").code == 0
    found = loaded("sources", "--format", "json").objects
    assert [s["id"] for s in found] == ["papers:other", SOURCE]


def test_the_name_of_a_loaded_source_replaces_it(loaded: Run, elsewhere: str) -> None:
    ran = loaded("load", elsewhere, "--as", "papers.jsonl")
    assert (ran.code, ran.err.split(";")[0]) == (0, f"{SOURCE}: replaced")


def test_one_bad_source_is_named_and_the_others_load(run: Run, papers: str) -> None:
    ran = run("load", "gone.jsonl", papers)
    assert ran.code == 1
    assert "gone.jsonl: not loaded; no such file" in ran.err
    assert len(run("sources", "--format", "json").objects) == 1


BROKEN = written(PAPERS) + '{"id": "x"}\n'


def test_what_is_skipped_is_named_with_its_place(run: Run, tmp_path: Path) -> None:
    (tmp_path / "papers.jsonl").write_text(BROKEN)
    ran = run("load", "papers.jsonl")
    assert ran.code == 0
    assert "4 read, 3 kept, 0 repeated, 1 skipped" in ran.err
    assert "  skipped line 4: paper 'x' has no title" in ran.err


@pytest.mark.parametrize("sources", [("papers.jsonl",), ("gone.jsonl",)])
def test_strict_turns_a_skip_into_a_refusal_with_nothing_written(
    run: Run, tmp_path: Path, sources: tuple[str, ...]
) -> None:
    (tmp_path / "papers.jsonl").write_text(BROKEN)
    (tmp_path / "good.jsonl").write_text(written(PAPERS))
    ran = run("load", "good.jsonl", *sources, "--strict")
    assert ran.code == 3
    assert "nothing was written" in ran.err
    assert not (tmp_path / "graphkb.kgl").exists()


def test_strict_refuses_a_conflict_with_nothing_written(
    loaded: Run, elsewhere: str, tmp_path: Path
) -> None:
    (tmp_path / "good.jsonl").write_text(written(PAPERS[:1]))
    before = loaded("digest").out
    assert loaded("load", "good.jsonl", elsewhere, "--strict").code == 3
    assert loaded("digest").out == before


def test_a_dry_run_creates_nothing(run: Run, papers: str, tmp_path: Path) -> None:
    ran = run("load", papers, "--dry-run")
    assert ran.code == 0
    assert "changes would be made (dry run)" in ran.err
    assert ": would be loaded; " in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["papers.jsonl"]


def test_a_dry_run_writes_nothing(loaded: Run, elsewhere: str) -> None:
    before = loaded("digest").out
    assert "0 changes" not in loaded("load", elsewhere, "--as", "new", "--dry-run").err
    assert loaded("digest").out == before


PACKED: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": zstd.compress,
}


@pytest.mark.parametrize("suffix", PACKED)
def test_a_compressed_file_is_the_source_of_its_bare_name(
    loaded: Run, tmp_path: Path, suffix: str
) -> None:
    packed = PACKED[suffix]((tmp_path / "papers.jsonl").read_bytes())
    (tmp_path / f"papers.jsonl{suffix}").write_bytes(packed)
    ran = loaded("load", f"papers.jsonl{suffix}")
    assert f"{SOURCE}: unchanged" in ran.err


@pytest.mark.parametrize("suffix", PACKED)
def test_a_cut_off_compressed_file_is_named(run: Run, tmp_path: Path, suffix: str) -> None:
    packed = PACKED[suffix](written(PAPERS).encode())
    (tmp_path / f"p.jsonl{suffix}").write_bytes(packed[:-9])
    ran = run("load", f"p.jsonl{suffix}")
    assert ran.code == 1
    assert "damaged or cut off" in ran.err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "picture.jpg: not loaded; the file is empty"),
        (b"\x00\x01\x02", "picture.jpg: not loaded; this is a binary file. Copy its text"),
        (b"\x89PNG\r\n\x1a\n\x00", "picture.jpg: not loaded; this is a binary file. Copy its text"),
        (b"%PDF-1.7\n%text", "picture.jpg: not loaded; this is a PDF file. Copy its text"),
        (b"one\ntwo \xff three", "picture.jpg:2: not loaded; byte 8 is no UTF-8 text"),
        (b"Dear all", "picture.jpg: not loaded; no loader recognises this"),
        (b"% mine\n@Article{kite,\n", "line 2: this entry does not parse"),
        (b'{"data": [], "meta": 1}', "no loader takes JSON with the keys data, meta"),
        (b'{"a": 1}\n{"a": 2}\n', "no loader takes JSON lines with the keys a"),
        (b'[{"name": "x"}]', "no loader takes a JSON array of objects with the keys name"),
        (b'{"data":\n [1,\n  2', "picture.jpg:3: not loaded; this JSON is cut off"),
        (b'{"data":\n [1,,\n  2]}', "picture.jpg:2: not loaded; this JSON is broken"),
        (b"\x28\xb5\x2f\xfd\x00", "damaged or cut off"),
        ("KITE".encode("utf-16"), "byte 0 is no UTF-8 text"),
    ],
)
def test_a_file_that_is_no_source_is_refused(
    run: Run, tmp_path: Path, content: bytes, said: str
) -> None:
    (tmp_path / "picture.jpg").write_bytes(content)
    ran = run("load", "picture.jpg")
    assert ran.code == 1
    assert said in ran.err
    assert ran.err.count("picture.jpg") == 1
    assert not (tmp_path / "graphkb.kgl").exists()


GOLD = '{"id": "%d", "title": "A Kite", "pages": []}\n'


def test_a_source_of_which_nothing_is_kept_fails_with_its_reasons_folded(
    run: Run, tmp_path: Path, papers: str
) -> None:
    (tmp_path / "gold.jsonl").write_text("".join(GOLD % number for number in range(450)))
    ran = run("load", "./gold.jsonl", papers, "--from", "papers")
    assert ran.code == 1
    [said] = [line for line in ran.err.splitlines() if "gold" in line]
    assert said.startswith(
        "./gold.jsonl: not loaded; nothing that loader papers read of it can be kept; "
        "lines 1-450 (450): 'pages' is a list, not text. "
    )
    assert [s["id"] for s in run("sources", "--format", "json").objects] == [SOURCE]


def test_nothing_is_written_where_the_only_source_keeps_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_text(GOLD % 1)
    assert run("load", "gold.jsonl", "--from", "papers").code == 1
    assert not (tmp_path / "graphkb.kgl").exists()


def test_a_source_that_holds_no_paper_fails(run: Run, tmp_path: Path) -> None:
    (tmp_path / "none.json").write_text("[]")
    ran = run("load", "none.json", "--from", "papers")
    assert (ran.code, "none.json: not loaded; it holds no paper" in ran.err) == (1, True)


def test_equal_reasons_of_skips_are_told_once(run: Run, tmp_path: Path) -> None:
    good = written(PAPERS[:1])
    (tmp_path / "p.jsonl").write_text(good + "[]\n" * 3 + good + "[]\n" * 2)
    ran = run("load", "p.jsonl")
    assert [line.partition(": ")[0] for line in ran.err.splitlines() if "skipped " in line] == [
        "  skipped line 2, line 3, line 4, … and 2 more"
    ]


@pytest.mark.parametrize("source", ["http://x/y", "gopher:2402.03300"])
def test_a_scheme_that_there_is_not_is_told_with_those_that_there_are(
    run: Run, source: str
) -> None:
    ran = run("load", source)
    assert ran.code == 1
    scheme = source.partition(":")[0]
    assert f"{source}: not loaded; there is no scheme {scheme}:" in ran.err
    assert re.search("schemes: .*arxiv:, .*sample:", ran.err)


def test_a_file_with_a_colon_in_its_name_is_a_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "notes:kites.jsonl").write_text(written(PAPERS))
    assert run("load", "notes:kites.jsonl").code == 0


def test_an_empty_source_is_wrong_usage(run: Run) -> None:
    ran = run("load", "")
    assert (ran.code, "a SOURCE is empty" in ran.err) == (2, True)


def test_the_curated_facts_cannot_be_forgotten(loaded: Run) -> None:
    ran = loaded("forget", f"builtin:{graphkb.__version__}")
    assert ran.code == 1
    assert "is built in and cannot be forgotten" in ran.err


def test_a_conflict_names_the_source_as_it_was_typed(loaded: Run, elsewhere: str) -> None:
    assert loaded("load", elsewhere).err.startswith(f"{elsewhere}: not loaded; {SOURCE} was loaded")


def test_a_folder_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    told = "this is a folder. Name the files in it, or a folder that `graphkb export` wrote"
    assert told in run("load", "folder").err


def test_a_file_that_cannot_be_read_is_named(run: Run) -> None:
    if not Path("/proc/self/mem").exists():
        pytest.skip("no file here that opens and cannot be read")
    ran = run("load", "/proc/self/mem")
    assert (ran.code, "cannot be read" in ran.err) == (1, True)


def test_an_unknown_option_is_refused_with_those_that_there_are(run: Run, papers: str) -> None:
    ran = run("load", papers, "-o", "colour=red")
    assert ran.code == 1
    assert "loader papers has no option 'colour'" in ran.err


@pytest.mark.parametrize("option", ["date", "=x", ""])
def test_an_option_without_key_or_value_is_wrong_usage(run: Run, papers: str, option: str) -> None:
    assert run("load", papers, "-o", option).code == 2


def test_an_unknown_loader_is_refused_with_those_that_there_are(run: Run, papers: str) -> None:
    ran = run("load", papers, "--from", "word")
    assert ran.code == 1
    assert "there is no loader 'word'. Use one of aminer, arxiv, " in ran.err


def test_a_scheme_is_not_read_by_another_loader(run: Run) -> None:
    ran = run("load", "sample:", "--from", "papers")
    assert (ran.code, "loader sample reads this, not papers" in ran.err) == (1, True)


def test_standard_input_needs_a_name(run: Run) -> None:
    assert "--as NAME" in run("load", "-", stdin=written(PAPERS).encode()).err
    ran = run("load", "-", "--as", "mine", stdin=gzip.compress(written(PAPERS).encode()))
    assert (ran.code, ran.err.split(":")[:2]) == (0, ["papers", "mine"])


def test_a_name_is_for_one_source(run: Run, papers: str) -> None:
    assert run("load", papers, "sample:", "--as", "x").code == 2
    assert run("load", "-", "-", "--as", "x").code == 2


def test_a_name_has_letters(run: Run, papers: str) -> None:
    assert run("load", papers, "--as", "\x07 ").code == 1


def test_forgetting_gives_the_graph_of_never_having_loaded(loaded: Run, elsewhere: str) -> None:
    before = loaded("digest").out
    loaded("load", elsewhere, "--as", "other")
    ran = loaded("forget", "papers:other")
    assert (ran.code, ran.err.splitlines()[0]) == (0, "papers:other: forgotten")
    assert loaded("digest").out == before


def test_forgetting_what_was_not_loaded_names_what_was(loaded: Run) -> None:
    ran = loaded("forget", "papers:x")
    assert (ran.code, SOURCE in ran.err) == (1, True)


def test_a_rebuild_of_a_sound_store_changes_nothing(loaded: Run) -> None:
    assert loaded("rebuild").err == "0 changes\n"


def test_sources_has_its_columns_and_the_builtin_one_with_all(loaded: Run) -> None:
    rows = loaded("sources", "--format", "csv").out.splitlines()
    assert rows == [
        "id,loader,name,papers,records,state",
        f"{SOURCE},papers,papers.jsonl,3,3,complete",
    ]
    ids = [s["id"] for s in loaded("sources", "--all", "--format", "json").objects]
    assert ids == [f"builtin:{graphkb.__version__}", SOURCE]


def test_an_interrupted_load_leaves_the_store_as_it_was(loaded: Run, tmp_path: Path) -> None:
    before = loaded("digest").out
    process = subprocess.Popen(
        [COMMAND, "--db", "graphkb.kgl", "load", "-", "--as", "late"],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
    )
    assert process.stdin is not None
    # More than a pipe holds: when all of it is written, the command is reading.
    process.stdin.write(b" " * 1_000_000)
    process.stdin.flush()
    process.send_signal(signal.SIGINT)
    said = process.communicate(timeout=60)[1]
    assert process.returncode == 130
    assert b"interrupted; `graphkb --db graphkb.kgl sources` says" in said
    assert b"Traceback" not in said
    assert loaded("digest").out == before
    assert loaded("doctor").code == 0
