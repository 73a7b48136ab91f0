"""diff."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from command import PAPERS, Run, written

NEW: dict[str, object] = {
    "id": "2403.00003",
    "title": "TWINE: Two Windings",
    "abstract": "We propose TWINE, a variant of KITE. TWINE outperforms GRPO on MATH by 1.5%.",
    "published": "2024-03-01",
}


@pytest.fixture
def two(run: Run, tmp_path: Path) -> Run:
    """Return `run`, with three papers in old.kgl and a fourth in new.kgl and graphkb.kgl."""
    (tmp_path / "papers.jsonl").write_text(written(PAPERS), encoding="utf-8")
    (tmp_path / "more.jsonl").write_text(written([NEW]), encoding="utf-8")
    for name, sources in (
        ("old", ["papers.jsonl"]),
        ("new", ["papers.jsonl", "more.jsonl"]),
        ("graphkb", ["papers.jsonl", "more.jsonl"]),
    ):
        ran = run("--db", f"{name}.kgl", "load", *sources)
        assert ran.code == 0, ran.err
    return run


def test_what_came_is_told_by_kind_with_its_sentence(two: Run) -> None:
    ran = two("diff", "old.kgl", "new.kgl")
    assert ran.code == 0
    assert ran.out.startswith("old.kgl → new.kgl\n\n kind")
    assert "\nEXTENDS\n  + TWINE EXTENDS KITE\n      “We propose TWINE" in ran.out
    assert "\nPaper\n  + TWINE: Two Windings (2024-03-01)\n" in ran.out
    assert ran.out.index("\nEXTENDS\n") < ran.out.index("\nMethod\n") < ran.out.index("\nPaper\n")


def test_turned_round_what_came_went(two: Run) -> None:
    there = two("diff", "old.kgl", "new.kgl", "--format", "json").objects
    back = two("diff", "new.kgl", "old.kgl", "--format", "json").objects
    came = {row["id"] for row in there if row["change"] == "added"}
    assert came == {row["id"] for row in back if row["change"] == "removed"}
    assert "\n  - TWINE EXTENDS KITE\n" in two("diff", "new.kgl", "old.kgl").out


def test_the_report_quotes_and_cites(two: Run) -> None:
    ran = two("diff", "old.kgl", "new.kgl", "--markdown", "--limit", "1")
    assert ran.out.startswith("# What changed from old.kgl to new.kgl\n\n| kind | before |")
    assert "\n## Extends\n\n### Came: 1\n\n- TWINE EXTENDS KITE\n  “We propose TWINE" in ran.out
    assert "KITE: support 1 → 2, support groups 1 → 2\n" in ran.out
    assert "## Mentions" not in ran.out


def test_a_report_is_of_no_other_format(two: Run) -> None:
    assert two("diff", "old.kgl", "--markdown", "--format", "csv").code == 2


def test_without_b_the_store_of_db_is_after(two: Run) -> None:
    named, left_out = two("diff", "old.kgl", "graphkb.kgl"), two("diff", "old.kgl")
    assert named.out == left_out.out


def test_equal_stores_do_not_differ(two: Run) -> None:
    ran = two("diff", "new.kgl", "graphkb.kgl", "--exit-code")
    assert (ran.code, ran.out) == (0, "new.kgl → graphkb.kgl\n\nno difference\n")


def test_the_exit_code_tells_a_difference_from_a_failure(two: Run) -> None:
    assert two("diff", "old.kgl", "new.kgl", "--exit-code").code == 4
    assert two("diff", "old.kgl", "gone.kgl", "--exit-code").code == 1
    # What is not told does not count either.
    assert two("diff", "old.kgl", "new.kgl", "--exit-code", "--type", "SURVEYS").code == 0


@pytest.mark.parametrize("format_name", ["node-link", "jsonl", "graphml"])
def test_an_export_is_compared_as_the_store_is(two: Run, format_name: str) -> None:
    name = f"old.{format_name}"
    assert two("--db", "old.kgl", "export", "--to", format_name, "-o", name).code == 0
    assert two("diff", name, "old.kgl", "--sources").out.endswith("no difference\n")
    exported, stored = (
        two("diff", one, "new.kgl", "--format", "csv").out for one in (name, "old.kgl")
    )
    assert exported == stored


def test_an_export_that_does_not_come_back_is_told_with_those_that_do(two: Run) -> None:
    assert two("export", "--to", "obsidian", "-o", "folder").code == 0
    ran = two("diff", "folder", "new.kgl")
    assert ran.code == 1
    assert "neither a store nor an export that can be read back. Export the graph --to" in ran.err


def test_the_topic_of_a_name_is_compared_in_both(two: Run) -> None:
    rows = two("diff", "old.kgl", "new.kgl", "--topic", "KITE", "--format", "json").objects
    assert ("added", "TWINE") in {(row["change"], row["name"]) for row in rows}


def test_two_topics_of_one_store_are_compared(two: Run) -> None:
    ran = two("diff", "KITE", "Llama 2", "--topics", "--nodes", "4")
    assert ran.code == 0, ran.err
    assert ran.out.startswith("KITE → Llama 2\n")


def test_a_topic_is_compared_with_itself_at_another_time(two: Run) -> None:
    ran = two("diff", "KITE", "KITE", "--topics", "--until", "2024-02", "--until", "2024-12")
    assert ran.out.startswith("KITE until 2024-02 → KITE until 2024-12\n")
    assert "\nPaper\n  + TWINE: Two Windings (2024-03-01)\n" in ran.out


def test_values_that_changed_are_shown_on_request(two: Run) -> None:
    ran = two("diff", "old.kgl", "new.kgl", "--properties", "--kind", "method")
    assert "  ~ KITE\n      support: 1 → 2\n" in ran.out
    assert "  ~ KITE: support 1 → 2, support_groups 1 → 2\n" in two("diff", "old.kgl").out


def test_what_changed_in_its_sources_only_is_counted(two: Run, tmp_path: Path) -> None:
    (tmp_path / "again.jsonl").write_text(written(PAPERS), encoding="utf-8")
    assert two("--db", "new.kgl", "load", "again.jsonl").code == 0
    ran = two("diff", "graphkb.kgl", "new.kgl")
    assert ran.out.endswith("no difference\n")
    assert "changed in what is ignored only; --sources tells those" in ran.err
    assert two("diff", "graphkb.kgl", "new.kgl", "--sources").out.count("sources") > 3


def test_each_kind_is_bounded_and_says_how_many_more(two: Run) -> None:
    ran = two("diff", "old.kgl", "new.kgl", "--limit", "0", "--kind", "paper")
    assert "\nPaper\n  … 1 more came; --limit allows more\n" in ran.out
    rows = two("diff", "old.kgl", "new.kgl", "--limit", "1", "--format", "jsonl").out
    told = [(row["change"], row["kind"], row["id"]) for row in map(json.loads, rows.splitlines())]
    assert len(set(told)) == len({(change, kind) for change, kind, _ in told})


def test_bulk_is_counted_and_listed_when_asked_for(two: Run) -> None:
    ran = two("diff", "old.kgl", "new.kgl")
    assert "counted only: Result" in ran.out
    assert "\nMENTIONS\n" not in ran.out
    assert "\nMENTIONS\n  + " in two("diff", "old.kgl", "new.kgl", "--type", "mentions").out


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["gone.kgl", "new.kgl"], 1, "there is no store and no export 'gone.kgl'. Name a file,"),
        (["KITE", "PPO"], 1, "two topics of one store are compared by graphkb diff TOPIC TOPIC"),
        (["papers.jsonl", "new.kgl"], 1, "papers.jsonl: it holds papers, not a graph. Load it,"),
        ([".", "new.kgl"], 1, "graphkb: "),
        (["ftp://x", "new.kgl"], 1, "no store is named by ftp://"),
        (["old.kgl", "new.kgl", "--kind", "boat"], 1, "there is no kind 'boat'. Use one of"),
        (["old.kgl", "new.kgl", "--type", "TIES"], 1, "there is no relationship 'TIES'"),
        (["old.kgl", "new.kgl", "--topic", "TWINE"], 1, "old.kgl: no entity is called 'TWINE'"),
        (["KITE", "--topics"], 2, "--topics compares two topics: name both."),
        (["old.kgl", "new.kgl", "--since", "2024"], 2, "go with --topic or --topics"),
        (["old.kgl", "new.kgl", "--open"], 2, "--open goes with -o"),
        (["KITE", "PPO", "--topics", *["--until", "2024"] * 3], 2, "or twice: for A, then for B"),
    ],
)
def test_what_cannot_be_compared_is_one_line_with_a_remedy(
    two: Run, arguments: list[str], code: int, said: str
) -> None:
    ran = two("diff", *arguments)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"nodes": [{"id": "a"}], "edges": []}', "broken.json: "),
        (
            '{"nodes": [{"id": "a", "label": "Task"}, {"id": "b", "label": "Boat"}], "edges": []}',
            "not all of it can be compared: $.nodes[1]",
        ),
        (
            '{"nodes": [{"id": "p", "label": "Paper"}],'
            ' "edges": [{"source": "p", "target": "q", "type": "CITES"}]}',
            "an edge leads to 'q', which is not in it",
        ),
    ],
)
def test_a_damaged_export_is_told_with_its_place(
    two: Run, tmp_path: Path, text: str, said: str
) -> None:
    (tmp_path / "broken.json").write_text(text, encoding="utf-8")
    ran = two("diff", "broken.json", "new.kgl")
    assert ran.code == 1
    assert said in ran.err


def test_hostile_names_steer_no_terminal_and_leave_csv_whole(run: Run, tmp_path: Path) -> None:
    title = "=cmd|'/c calc'!A1 \"quoted\", \x1b[31mred\x07 \u202eevil"
    (tmp_path / "odd.jsonl").write_text(
        json.dumps({"id": "2404.00004", "title": title, "abstract": "We propose GNARL."}),
        encoding="utf-8",
    )
    (tmp_path / "papers.jsonl").write_text(written(PAPERS), encoding="utf-8")
    assert run("--db", "old.kgl", "load", "papers.jsonl").code == 0
    assert run("--db", "new.kgl", "load", "papers.jsonl", "odd.jsonl").code == 0
    for how in (["--markdown"], *(["--format", one] for one in ("text", "table", "markdown"))):
        out = run("diff", "old.kgl", "new.kgl", *how).out
        assert not {"\x1b", "\x07", "\u202e"} & set(out)
    rows = list(
        csv.DictReader(io.StringIO(run("diff", "old.kgl", "new.kgl", "--format", "csv").out))
    )
    found = [row["name"] for row in rows if row["kind"] == "paper" and row["change"] == "added"]
    stored = run(
        "--db",
        "new.kgl",
        "cypher",
        'MATCH (p:Paper {id: "arxiv:2404.00004"}) RETURN p.title AS t',
        "--format",
        "json",
    )
    assert found == [stored.objects[0]["t"]]


def test_a_page_is_written_beside_the_answer(two: Run, tmp_path: Path) -> None:
    ran = two("diff", "old.kgl", "new.kgl", "-o", "new.html")
    assert "wrote new.html" in ran.err
    assert "EXTENDS" in ran.out
    assert "<title>old.kgl → new.kgl</title>" in (tmp_path / "new.html").read_text("utf-8")


@pytest.mark.parametrize("name", ["parquet", "csv"])
def test_a_folder_is_compared_and_a_file_of_it_leads_to_it(two: Run, name: str) -> None:
    assert two("--db", "old.kgl", "export", "--to", name, "-o", "x").code == 0
    assert two("diff", "x", "old.kgl", "--exit-code").code == 0
    assert two("diff", "x", "new.kgl", "--exit-code").code == 4
    ran = two("diff", f"x/nodes-Paper.{name}", "old.kgl")
    assert ran.code == 1
    assert "it is one file of the folder of an export. Name the folder: x." in ran.err


def test_a_page_is_not_mixed_with_the_answer(two: Run) -> None:
    ran = two("diff", "old.kgl", "new.kgl", "-o", "-")
    assert (ran.code, ran.out) == (2, "")
    assert "Standard output has the report: name a file for the page with -o." in ran.err
