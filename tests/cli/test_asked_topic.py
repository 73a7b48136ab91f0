"""What topic, view and export are asked with: seeds from elsewhere, bounds, other topics."""

import json
from pathlib import Path
from typing import Any

import pytest
from command import Run

COMMANDS = [
    ["topic", "--format", "json"],
    ["view", "-o", "out.html"],
    ["export", "--to", "node-link", "-o", "out.json"],
]


def names(run: Run, *arguments: str, stdin: bytes = b"") -> set[str]:
    ran = run("topic", *arguments, "--format", "json", stdin=stdin)
    assert ran.code == 0, ran.err
    return {row["name"] for row in ran.objects}


def seeds(run: Run, *arguments: str, stdin: bytes = b"") -> list[str]:
    ran = run("topic", *arguments, "--format", "json", stdin=stdin)
    assert ran.code == 0, ran.err
    return sorted(row["name"] for row in ran.objects if not row["via"])


def exported(run: Run, *arguments: str) -> set[str]:
    ran = run("export", *arguments, "--to", "node-link", "-o", "out.json")
    assert ran.code == 0, ran.err
    return {node["name"] for node in json.loads(Path("out.json").read_text("utf-8"))["nodes"]}


def drawn(run: Run, *arguments: str) -> set[str]:
    ran = run("view", *arguments, "-o", "out.html")
    assert ran.code == 0, ran.err
    page = Path("out.html").read_text("utf-8")
    data: Any = json.loads(page.split('id="data">')[1].split("</script>")[0])
    return {entity["name"] for entity in data["entities"]}


def test_seeds_come_from_a_file_of_names(loaded: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("KITE  # what I read\n2402.00002\n")
    assert seeds(loaded, "--from", "mine.txt", "PPO") == [
        *("KITE", "On Reward Models, and What They Hide", "PPO")
    ]


def test_seeds_come_from_standard_input(loaded: Run) -> None:
    assert seeds(loaded, "--from", "-", stdin=b"KITE\n") == ["KITE"]


def test_seeds_come_from_a_bibliography_and_what_is_lacking_is_told(
    loaded: Run, tmp_path: Path
) -> None:
    lacking = "".join(f"@misc{{k{n}, title = {{Unheard Of {n}}}}}\n" for n in range(5))
    (tmp_path / "mine.bib").write_text("@misc{k, title = {X}, eprint = {2401.00001}}\n" + lacking)
    ran = loaded("topic", "--from", "mine.bib", "--hops", "0", "--format", "jsonl")
    assert (ran.code, json.loads(ran.out)["id"]) == (0, "arxiv:2401.00001")
    assert ran.err == (
        "5 of 6 in mine.bib are not in the store: 'Unheard Of 0', 'Unheard Of 1', "
        "'Unheard Of 2' and 2 more\n"
    )


def test_a_line_that_names_nothing_fails_with_its_place(loaded: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("KITE\nKIET\n")
    ran = loaded("topic", "--from", "mine.txt")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.endswith("mine.txt:2: no entity is called 'KIET'. Did you mean KITE?\n")


def test_seeds_come_from_an_answer(loaded: Run) -> None:
    statement = "MATCH (m:Method) WHERE m.name = $name RETURN m"
    assert seeds(loaded, "--cypher", statement, "-p", "name=KITE") == ["KITE"]
    assert seeds(loaded, "--query", "methods", "-p", "limit=1", "KITE")[0] == "GRPO"


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--query", "methods", "--cypher", "RETURN 1"], "one of the two"),
        (["-p", "a=1"], "-p goes with"),
        (["--since", "2024"], "--since without a seed"),
        (["--min-support", "2", "--union", "KITE"], "--min-support, --union without a seed"),
        (["--from", "-", "--from", "-"], "read once"),
        (["KITE", "--most", "paper"], "is not KIND=N"),
        (["KITE", "--most", "paper=few"], "'few' is no number"),
        (["KITE", "--min-confidence", "1001"], "0<=x<=1000"),
    ],
    ids=str,
)
def test_what_does_not_go_together_is_wrong_usage(
    loaded: Run, command: list[str], arguments: list[str], said: str
) -> None:
    ran = loaded(*command, *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_a_topic_needs_something_to_grow_from(loaded: Run) -> None:
    ran = loaded("topic")
    assert (ran.code, "--from, --query or --cypher" in ran.err) == (2, True)


@pytest.mark.parametrize("take", [names, exported, drawn])
def test_the_bounds_are_those_of_every_command(loaded: Run, take: Any) -> None:
    everything = take(loaded, "KITE", "--limit", "1000")
    assert {"GRPO", "PPO", "MATH"} <= everything
    bounded = take(loaded, "KITE", "--limit", "1000", "--exclude", "PPO", "--kind", "method")
    assert {"PPO", "MATH"}.isdisjoint(bounded)
    assert "GRPO" in bounded
    assert "GRPO" not in take(loaded, "KITE", "--min-support", "50")
    assert take(loaded, "KITE", "--min-confidence", "1000") < everything


@pytest.mark.parametrize("take", [names, exported, drawn])
def test_topics_are_joined_by_every_command(loaded: Run, take: Any) -> None:
    def of(*arguments: str) -> set[str]:
        found: set[str] = take(loaded, *arguments, "--hops", "1")
        return {name for name in found if not name[0].isdigit()}  # results apart

    kite, other = of("KITE"), of("GSM8K")
    assert kite & other < kite | other
    assert of("KITE", "--union", "GSM8K") == kite | other
    assert of("KITE", "--intersection", "GSM8K") == kite & other
    assert of("KITE", "--difference", "GSM8K") == kite - other
    assert of("KITE", "--union", "GSM8K", "--difference", "PPO") == (kite | other) - of("PPO")


def test_a_union_has_the_edges_between_its_topics(loaded: Run, tmp_path: Path) -> None:
    exported(loaded, "KITE", "--union", "GRPO", "--hops", "0")
    found = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert {edge["type"] for edge in found["edges"]} >= {"EXTENDS"}


def test_nothing_in_common_is_said(loaded: Run) -> None:
    ran = loaded("topic", "KITE", "--hops", "0", "--intersection", "GSM8K", "--format", "json")
    assert (ran.code, ran.objects) == (0, [])
    assert "nothing is in KITE and GSM8K" in ran.err


def test_an_answer_alone_is_taken_as_it_is_and_grows_with_an_option(loaded: Run) -> None:
    statement = "MATCH (m:Method {id: 'method:kite'}) RETURN m.id AS id"
    for take in (exported, drawn):
        assert take(loaded, "--cypher", statement) == {"KITE"}
        assert "GRPO" in take(loaded, "--cypher", statement, "--hops", "1")
        assert "PPO" in take(loaded, "--cypher", statement, "PPO")


def test_the_limit_of_an_export_is_of_a_topic(loaded: Run) -> None:
    ran = loaded("export", "--to", "csv", "-o", "out", "--limit", "3")
    assert (ran.code, "--limit bounds a topic" in ran.err) == (2, True)


def test_the_table_tells_the_way_and_json_holds_it(loaded: Run) -> None:
    assert "KITE ← introduces ─ it" in loaded("topic", "KITE").out
    rows = {row["name"]: row["via"] for row in loaded("topic", "KITE", "--format", "json").objects}
    assert rows["GRPO"][-1] == {
        "id": "method:grpo",
        "name": "GRPO",
        "edge": "EXTENDS",
        "direction": "to",
        "paper": "arxiv:2401.00001",
    }


def test_the_page_of_a_topic_tells_the_way_to_each(loaded: Run) -> None:
    assert loaded("view", "KITE", "-o", "out.html").code == 0
    assert "KITE ─ extends → it" in Path("out.html").read_text("utf-8")


def test_seeds_that_fill_the_limit_are_told(loaded: Run) -> None:
    ran = loaded("topic", "KITE", "GRPO", "PPO", "--limit", "2")
    assert ran.err.startswith("the 3 seeds fill the limit of 2: beside them is what joins them\n")
    assert "fill the limit" not in loaded("topic", "KITE", "GRPO", "--limit", "3").err


def test_a_topic_is_a_report_and_the_same_as_its_export(loaded: Run, tmp_path: Path) -> None:
    ran = loaded("topic", "KITE", "--hops", "1", "--markdown")
    assert ran.code == 0, ran.err
    assert loaded("export", "KITE", "--hops", "1", "--to", "markdown", "-o", "kite.md").code == 0
    assert ran.out == (tmp_path / "kite.md").read_text("utf-8")
    assert ran.out.startswith("# KITE\n")


def test_a_topic_that_is_joined_is_a_report_too(loaded: Run) -> None:
    for option in ("--union", "--intersection", "--difference"):
        assert loaded("topic", "KITE", option, "PPO", "--markdown").code == 0


def test_a_report_is_no_rows(loaded: Run) -> None:
    assert loaded("topic", "KITE", "--markdown", "--format", "json").code == 2
