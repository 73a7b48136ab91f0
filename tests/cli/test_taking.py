"""topic, view, export, extract, catalogue, loaders: what is taken away."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from command import PAPERS, Run, written


def names(run: Run, *arguments: str) -> list[str]:
    ran = run("topic", *arguments, "--format", "json")
    assert ran.code == 0, ran.err
    return [row["name"] for row in ran.objects]


def test_a_topic_lists_its_seed_first_then_by_relevance(loaded: Run) -> None:
    rows = loaded("topic", "KITE", "--format", "json").objects
    assert list(rows[0]) == ["kind", "name", "support", "relevance", "via", "id"]
    assert (rows[0]["name"], rows[0]["via"]) == ("KITE", [])
    relevance = [row["relevance"] for row in rows[1:]]
    assert relevance == sorted(relevance, reverse=True)
    assert all(row["via"][0]["name"] == "KITE" for row in rows[1:])


def test_each_argument_of_a_topic_is_a_seed(loaded: Run) -> None:
    assert names(loaded, "KITE", "long corridors")[:2] == [
        "KITE",
        "Walking Slowly in Long Corridors",
    ]


def test_a_topic_says_how_much_it_leaves_out(loaded: Run) -> None:
    ran = loaded("topic", "KITE", "--limit", "2")
    assert ran.err.endswith("more are near; --limit shows them\n")


def test_the_options_of_a_topic_bound_it(loaded: Run) -> None:
    assert names(loaded, "KITE", "--hops", "0") == ["KITE"]
    assert "GRPO" not in names(loaded, "KITE", "--exclude", "grpo")
    kinds = loaded("topic", "KITE", "--kind", "benchmark", "--format", "json").objects
    assert {row["kind"] for row in kinds[1:]} <= {"benchmark", "dataset", "environment"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["KIET"], "no entity is called 'KIET'. Did you mean KITE?"),
        (["GRPO xyzzy"], "nothing matches 'xyzzy'. Leave out what matches nothing."),
        (["corridors kite"], "nothing holds all its words together. Give each as a seed"),
        (["KITE", "--kind", "boat"], "there is no kind 'boat'. Use one of paper, method"),
        (["KITE", "--since", "yesterday"], "'yesterday' is no date"),
        (["KITE", "--exclude", "kite"], "both a seed and excluded"),
        (["KITE", " "], "a seed is empty. Give a name, an id or words."),
        (["KITE", "--since", "2025", "--until", "2024-12"], "no date is since 2025 and until 2024"),
    ],
)
def test_a_wrong_topic_is_one_line_with_a_remedy(
    loaded: Run, arguments: list[str], said: str
) -> None:
    ran = loaded("topic", *arguments)
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert said in ran.err


@pytest.mark.parametrize(
    "arguments",
    [["topic", "KITE"], ["view", "KITE", "-o", "x"], ["export", "KITE", "--to", "csv", "-o", "x"]],
    ids=lambda arguments: arguments[0],
)
def test_a_seed_in_an_empty_store_says_that_nothing_is_loaded(
    loaded: Run, arguments: list[str]
) -> None:
    assert loaded("forget", "papers:papers.jsonl").code == 0
    ran = loaded(*arguments)
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert "Nothing is loaded yet; run `graphkb load`." in ran.err


@pytest.mark.parametrize(
    "arguments",
    [["view", "-o", "x.html"], ["export", "--to", "graphml", "-o", "x.graphml"]],
    ids=lambda arguments: arguments[0],
)
def test_an_empty_store_is_written_and_said_to_be_empty(loaded: Run, arguments: list[str]) -> None:
    assert loaded("forget", "papers:papers.jsonl").code == 0
    ran = loaded(*arguments)
    assert ran.code == 0
    assert ran.err.endswith("nothing is loaded yet; run graphkb load\n")


def test_the_help_of_topic_says_what_dates_bound(run: Run) -> None:
    said = " ".join(run("topic", "--help").out.split())
    assert "Only papers of this ISO date or later; all else stays." in said


def test_a_view_is_a_page_and_says_where(loaded: Run, tmp_path: Path) -> None:
    ran = loaded("view", "KITE", "-o", "kite.html")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.startswith("wrote kite.html (")
    assert (tmp_path / "kite.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_a_view_of_a_query_draws_what_it_answers(loaded: Run, tmp_path: Path) -> None:
    ran = loaded("view", "--query", "methods", "-p", "limit=1", "-o", "query.html")
    assert ran.code == 0
    drawn = json.loads(
        (tmp_path / "query.html").read_text("utf-8").split('id="data">')[1].split("</script>")[0]
    )
    assert len(drawn["entities"]) == 1


def test_a_view_of_a_statement_draws_the_edges_among_its_entities(
    loaded: Run, tmp_path: Path
) -> None:
    statement = "MATCH (a)-[r:EXTENDS]->(b) RETURN r"
    assert loaded("view", "--cypher", statement, "-o", "lineage.html").code == 0
    assert '"EXTENDS"' in (tmp_path / "lineage.html").read_text("utf-8")


def test_an_answer_that_names_nothing_is_not_drawn(loaded: Run, tmp_path: Path) -> None:
    ran = loaded("view", "--cypher", "RETURN 1 AS one", "-o", "none.html")
    assert ran.code == 1
    assert "such as m.id AS id" in ran.err
    assert not (tmp_path / "none.html").exists()


def test_a_view_of_everything_needs_no_seed(loaded: Run, tmp_path: Path) -> None:
    assert loaded("view", "-o", "all.html").code == 0
    assert "Walking Slowly" in (tmp_path / "all.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", [["view"], ["export", "--to", "graphml"]], ids=" ".join)
def test_a_failing_write_leaves_the_old_file(
    loaded: Run, tmp_path: Path, command: list[str]
) -> None:
    (tmp_path / "out").write_text("old")
    assert loaded(*command, "KIET", "-o", "out").code == 1
    assert (tmp_path / "out").read_text() == "old"
    (tmp_path / "folder").mkdir()
    ran = loaded(*command, "-o", "folder")
    assert (ran.code, "this is a folder" in ran.err) == (1, True)


def test_an_export_reports_size_and_losses(loaded: Run, tmp_path: Path) -> None:
    ran = loaded("export", "--to", "graphml", "-o", "all.graphml", "--losses", "lost.json")
    assert (ran.code, ran.out) == (0, "")
    wrote, lost = ran.err.splitlines()
    assert wrote.startswith("wrote all.graphml: ")
    assert lost.startswith("  list written as JSON text: ")
    report = json.loads((tmp_path / "lost.json").read_text())
    assert f"{report['entities']} entities, {report['edges']} edges" in wrote
    assert report["format"] == "graphml"
    assert sum(loss["count"] for loss in report["losses"]) == int(lost.split(": ")[1])
    assert "Paper.sources" in {loss["property"] for loss in report["losses"]}


def test_an_export_to_a_dash_is_standard_output(loaded: Run, tmp_path: Path) -> None:
    ran = loaded("export", "KITE", "--to", "dot", "-o", "-")
    assert loaded("export", "KITE", "--to", "dot", "-o", "kite.dot").code == 0
    assert ran.out == (tmp_path / "kite.dot").read_text(encoding="utf-8")
    assert ran.err.startswith("wrote standard output: ")
    assert not (tmp_path / "-").exists()


def test_a_folder_cannot_go_to_standard_output(loaded: Run) -> None:
    ran = loaded("export", "--to", "csv", "-o", "-")
    assert (ran.code, "csv writes a folder: name one with -o" in ran.err) == (2, True)


def test_losses_are_a_file(loaded: Run, tmp_path: Path) -> None:
    ran = loaded("export", "--to", "graphml", "-o", "all.graphml", "--losses", "-")
    assert (ran.code, "--losses writes a file: name one" in ran.err) == (2, True)
    assert not (tmp_path / "-").exists()


def test_nothing_lost_is_an_empty_list_of_losses(loaded: Run, tmp_path: Path) -> None:
    assert loaded("export", "--to", "csv", "-o", "all", "--losses", "lost.json").code == 0
    assert json.loads((tmp_path / "lost.json").read_text())["losses"] == []


def test_protection_against_formulas_is_for_formats_with_cells(loaded: Run) -> None:
    ran = loaded("export", "--to", "graphml", "-o", "all.graphml", "--spreadsheet")
    assert (ran.code, "--spreadsheet is for a format with cells" in ran.err) == (2, True)
    assert loaded("export", "--to", "csv", "-o", "all", "--spreadsheet").code == 0


def test_the_help_of_export_lists_the_formats(run: Run) -> None:
    text = run("export", "--help").out
    for name in ("csv", "graphml", "node-link"):
        assert f"\n  {name}  " in text


def test_extract_writes_a_line_a_record_in_order_with_the_source_s_ids(
    run: Run, papers: str, tmp_path: Path
) -> None:
    ran = run("extract", papers)
    assert (ran.code, ran.err) == (0, "")
    lines = [json.loads(line) for line in ran.out.splitlines()]
    assert [(line["id"], line["title"]) for line in lines] == [
        (paper["id"], paper["title"]) for paper in PAPERS
    ]
    assert [entity["name"] for entity in lines[0]["introduces"]] == ["KITE"]
    for relation in lines[0]["relations"]:
        text = lines[0][relation["field"]]
        assert text[relation["begin"] : relation["stop"]] == relation["evidence"]
    assert not (tmp_path / "graphkb.kgl").exists()


def test_extract_writes_a_file_whole(run: Run, papers: str, tmp_path: Path) -> None:
    ran = run("extract", papers, "-o", "found.jsonl")
    assert (ran.code, ran.out) == (0, "")
    assert (tmp_path / "found.jsonl").read_text(encoding="utf-8") == run("extract", papers).out


def test_extract_looks_at_the_place_before_it_reads(
    run: Run, papers: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graphkb.extract.reader.Reader.read", pytest.fail)
    ran = run("extract", papers, "-o", f"{papers}/found.jsonl")
    assert (ran.code, "it cannot be written" in ran.err) == (1, True)


def test_extract_of_a_listing_gives_graph_ids(run: Run) -> None:
    ids = [json.loads(line)["id"] for line in run("extract", "sample:").out.splitlines()]
    assert len(ids) == 41
    assert all(id_.startswith("title:") for id_ in ids)


def test_extract_tells_what_it_skips(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text(written(PAPERS[:1]) + "{}\n")
    ran = run("extract", "bad.jsonl")
    assert ran.code == 0
    assert ran.err.startswith("skipped line 2: ")


def test_extract_gives_more_with_all(run: Run) -> None:
    def claims(*arguments: str) -> int:
        lines = run("extract", "sample:", *arguments).out.splitlines()
        return sum(len(v) for line in lines for v in json.loads(line).values() if type(v) is list)

    assert claims("--all") > claims()


def test_extract_explains_a_block_a_paper(run: Run, papers: str) -> None:
    ran = run("extract", papers, "--explain")
    assert (ran.code, ran.err) == (0, "")
    blocks = ran.out.rstrip("\n").split("\n\n")
    assert [block.split("  ")[0] for block in blocks] == [paper["id"] for paper in PAPERS]
    assert "\n    + introduces: KITE " in blocks[0]
    assert "“We propose KITE, a variant of GRPO.”" in blocks[0]
    assert "\n    - " in ran.out


def test_extract_explains_as_json_lines(run: Run, papers: str) -> None:
    def explained(*more: str) -> list[dict[str, Any]]:
        out = run("extract", papers, "--explain", "--format", "jsonl", *more).out
        return [json.loads(line) for line in out.splitlines()]

    found, everything = explained(), explained("--all")
    assert [row["id"] for row in found] == [paper["id"] for paper in PAPERS]
    for some, whole in zip(found, everything, strict=True):
        assert whole["unlikely"] == 0
        assert len(whole["explained"]) == len(some["explained"]) + some["unlikely"]


def test_extract_writes_text_only_to_explain(run: Run, papers: str) -> None:
    ran = run("extract", papers, "--format", "text")
    assert (ran.code, ran.out) == (2, "")


def test_extract_reads_standard_input(run: Run, papers: str, tmp_path: Path) -> None:
    given = (tmp_path / papers).read_bytes()
    assert run("extract", "-", stdin=given).out == run("extract", papers).out


def test_the_scorer_accepts_what_extract_writes(run: Run, shared: Path, tmp_path: Path) -> None:
    gold = shared / "data" / "gold"
    assert run("extract", str(gold / "dev.papers.jsonl"), "-o", "found.jsonl").code == 0
    scored = subprocess.run(
        [
            sys.executable,
            str(shared / "tools" / "score_extraction.py"),
            str(tmp_path / "found.jsonl"),
            str(gold / "dev.gold.jsonl"),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "introduces" in scored.stdout


def test_the_catalogue_says_where_each_entry_was_looked_up(run: Run) -> None:
    entries = run("catalogue", "--format", "json").objects
    assert {"kind", "name", "long", "extends", "paper", "looked_up"} == set(entries[0])
    assert all(entry["looked_up"] for entry in entries)


def test_the_catalogue_holds_together(run: Run) -> None:
    ran = run("catalogue", "check")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.endswith(" 0 problems\n")


def test_loaders_lists_what_each_reads(run: Run) -> None:
    found = {row["name"]: row for row in run("loaders", "--format", "json").objects}
    assert found["sample"]["scheme"] == "sample:"
    assert found["hf-listing"]["options"][0].startswith("date: ")


def test_the_catalogue_is_checked_against_a_corpus(run: Run, papers: str) -> None:
    ran = run("catalogue", "check", papers, "--least", "1", "--format", "json")
    assert ran.code == 0
    found = {(row["finding"], row["name"]): row for row in ran.objects}
    assert list(ran.objects[0]) == [
        *("finding", "name", "kind", "papers", "place", "what", "example")
    ]
    assert found["lacking", "KITE"]["papers"] == 1
    assert ("unmentioned", "GRPO") not in found
    assert ran.err.splitlines()[-1].startswith(f"{len(run('catalogue').out.splitlines()) - 2} ent")
    assert ", 0 problems, 3 papers, 1 lacking, " in ran.err


def test_a_corpus_is_told_what_is_skipped_of_it(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text(written(PAPERS[:1]) + "{}\n")
    ran = run("catalogue", "check", "bad.jsonl")
    assert (ran.code, ran.err.splitlines()[0][:16]) == (0, "skipped line 2: ")


def test_a_corpus_that_is_not_there_is_a_failure(run: Run) -> None:
    ran = run("catalogue", "check", "nowhere.jsonl")
    assert (ran.code, ran.out) == (1, "")
    assert "nowhere.jsonl" in ran.err


def test_a_loader_without_a_corpus_is_wrong_usage(run: Run) -> None:
    assert run("catalogue", "check", "--from", "papers").code == 2


def test_an_export_never_replaces_the_store(loaded: Run) -> None:
    before = loaded("digest").out
    ran = loaded("export", "--to", "jsonl", "-o", "graphkb.kgl")
    assert ran.code == 1
    assert "this is a store, which an export would replace. Name another file" in ran.err
    assert loaded("digest").out == before


@pytest.mark.parametrize("losses", ["x", "x/losses.json", "./x/../x"])
def test_losses_are_not_written_into_what_they_are_of(
    loaded: Run, tmp_path: Path, losses: str
) -> None:
    ran = loaded("export", "--to", "csv", "-o", "x", "--losses", losses)
    assert ran.code == 2
    assert "--losses would write into OUT: name a file beside it." in ran.err
    assert not (tmp_path / "x").exists()


@pytest.mark.usefixtures("loaded")
def test_a_full_disk_is_said_to_be_full() -> None:
    called = "from graphkb.cli.main import main; main()"
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            [sys.executable, "-c", called, "topic", "KITE", "--markdown"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert ran.returncode == 1
    assert "there is no space left to write. Make room, then run it again." in ran.stderr


def test_a_page_goes_to_standard_output(loaded: Run, tmp_path: Path) -> None:
    before = set(tmp_path.iterdir())
    assert loaded("view", "KITE", "-o", "page.html").code == 0
    ran = loaded("view", "KITE", "-o", "-")
    assert ran.out == (tmp_path / "page.html").read_text(encoding="utf-8")
    assert ran.err.startswith("wrote standard output (")
    assert set(tmp_path.iterdir()) - before == {tmp_path / "page.html"}


def test_a_page_on_standard_output_is_not_opened(loaded: Run) -> None:
    ran = loaded("view", "KITE", "-o", "-", "--open")
    assert (ran.code, ran.out) == (2, "")
    assert "--open shows a file: name one with -o." in ran.err


@pytest.mark.parametrize("out", ["-", "/dev/stdout"])
def test_an_export_into_a_closed_pipe_is_no_failure(loaded: Run, tmp_path: Path, out: str) -> None:
    assert loaded("load", "sample:").code == 0
    piped = '"$0" export --to graphml -o "$1" | head -1; exit "${PIPESTATUS[0]}"'
    ran = subprocess.run(
        ["bash", "-c", piped, str(Path(sys.executable).with_name("graphkb")), out],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, len(ran.stdout.splitlines())) == (0, 1)
    assert "Broken" not in ran.stderr


@pytest.mark.parametrize("value", ["paper", "=3"])
def test_a_budget_that_is_none_is_told_in_its_own_form(loaded: Run, value: str) -> None:
    ran = loaded("topic", "KITE", "--most", value)
    assert ran.code == 2
    assert f"'{value}' is not KIND=N" in ran.err
