"""lineage on three papers: as a tree to read, and as rows."""

from pathlib import Path

import pytest
from command import Run

from graphkb.cli import lineage as command
from graphkb.model.graph import Edge, Entity
from graphkb.store import Changes, open_store

TREE = """\
KITE · 2024 · 1 paper · 1 group
  introduced in KITE: Knots in Tethered Embeddings, 2024-01-02

descends from
└── ● GRPO · 2024 · 1 paper · 1 group
    ├── ○ REINFORCE · 1992 · 0 papers
    │   └── … 1 step more with --depth 3
    └── ○ PPO · 2017 · 1 paper · 1 group
        └── … 1 step more with --depth 3

── extends   ══ generalizes   ● said by a paper   ○ curated   ◉ both
papers introduce, use, extend or evaluate on it; groups of them have no author in common
"""


def test_a_lineage_is_a_tree_with_years_and_support(loaded: Run) -> None:
    ran = loaded("lineage", "kite", "--up", "--depth", "2")
    assert (ran.code, ran.out, ran.err) == (0, TREE, "")


def test_the_sentence_behind_a_step_is_shown_on_request(loaded: Run) -> None:
    out = loaded("lineage", "kite", "--up", "--depth", "2", "--evidence").out
    assert "    │ “We propose KITE, a variant of GRPO.” (KITE: Knots in Tethered" in out
    assert "        │ curated: " in out


def test_a_narrow_terminal_gets_narrow_lines(loaded: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "terminal_width", lambda: 48)
    lines = loaded("lineage", "kite", "--evidence").out.splitlines()
    assert max(map(len, lines)) <= 48
    assert "    │ “We propose KITE, a variant of GRPO.”" in lines


def test_down_alone_leaves_out_what_was_before(loaded: Run) -> None:
    out = loaded("lineage", "PPO", "--down", "--depth", "2").out
    assert "descends from" not in out
    assert "└── ○ GRPO · 2024 · 1 paper · 1 group\n    └── ● KITE · 2024" in out


def test_both_flags_are_both_trees(loaded: Run) -> None:
    assert loaded("lineage", "GRPO", "--up", "--down").out == loaded("lineage", "GRPO").out


def test_a_hostile_name_steers_no_terminal(loaded: Run) -> None:
    red = Entity("Method", "method:red", {"name": "RED\x1b[31m\n", "support": 1})
    says = {"rule": "test", "evidence": "RED\x1b[31m extends GRPO."}
    edge = Edge(red.id, "EXTENDS", "method:grpo", "arxiv:2401.00001", "Method", "Method", says)
    with open_store("graphkb.kgl", write=True) as store:
        store.write(Changes(entities=(red,), edges=(edge,)))
    for asked in (("lineage", "GRPO", "--evidence"), ("why", "GRPO", "method:red")):
        out = loaded(*asked).out
        assert "RED\ufffd[31m" in out
        assert "\x1b" not in out


def test_other_formats_are_a_row_a_step(loaded: Run) -> None:
    [first, *_] = loaded("lineage", "kite", "--format", "json").objects
    assert first == {
        "direction": "ancestors",
        "depth": 1,
        "child": "KITE",
        "type": "EXTENDS",
        "parent": "GRPO",
        "basis": "quoted",
        "year": 2024,
        "support": 1,
        "groups": 1,
        "statements": 1,
        "paper": "KITE: Knots in Tethered Embeddings",
        "date": "2024-01-02",
        "sentence": "We propose KITE, a variant of GRPO.",
        "child_id": "method:kite",
        "parent_id": "method:grpo",
        "paper_id": "arxiv:2401.00001",
    }


@pytest.mark.parametrize("format_name", ["table", "csv", "jsonl", "markdown"])
def test_every_format_of_rows_is_there(loaded: Run, format_name: str) -> None:
    ran = loaded("lineage", "kite", "--up", "--format", format_name)
    assert ran.code == 0
    assert "We propose KITE, a variant of GRPO." in ran.out


def test_what_has_no_lineage_says_so(loaded: Run) -> None:
    out = loaded("lineage", "GSM8K").out
    assert "descends from: nothing that is known" in out
    assert "what came of it: nothing that is known" in out
    assert "curated" not in out.split("descends from")[1]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("KIET", "no entity is called 'KIET'. Did you mean KITE?"),
        ("2401.00001", "KITE: Knots in Tethered Embeddings is a paper; lineages are of methods"),
        ("2401.00001", "It introduces KITE."),
    ],
)
def test_a_wrong_name_is_one_line(loaded: Run, name: str, said: str) -> None:
    ran = loaded("lineage", name)
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert said in ran.err


def test_a_picture_goes_to_standard_output(loaded: Run) -> None:
    ran = loaded("lineage", "kite", "--up", "--depth", "1", "--picture", "mermaid")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith('flowchart RL\n  n0(["KITE, 2024 · 1 paper"])\n')


def test_a_picture_goes_to_a_file_on_request(loaded: Run) -> None:
    ran = loaded("lineage", "kite", "--picture", "svg", "-o", "kite.svg")
    assert (ran.code, ran.out, ran.err) == (0, "", "wrote kite.svg\n")
    assert Path("kite.svg").read_bytes().startswith(b"<svg ")


def test_a_picture_tells_what_the_limit_left_out(loaded: Run) -> None:
    kites = [Entity("Method", f"method:kite{n}", {"name": f"KITE{n}"}) for n in range(5)]
    paper = "arxiv:2401.00001"
    edges = [
        Edge(kite.id, "EXTENDS", "method:grpo", paper, "Method", "Method", {"rule": "test"})
        for kite in kites
    ]
    with open_store("graphkb.kgl", write=True) as store:
        store.write(Changes(entities=tuple(kites), edges=tuple(edges)))
    ran = loaded("lineage", "GRPO", "--down", "--limit", "4", "--picture", "dot")
    assert ran.err == "2 steps more from GRPO; --limit allows more\n"


@pytest.mark.parametrize(
    "options", [["-o", "x"], ["--picture", "dot", "--evidence"], ["--picture", "gif"]]
)
def test_what_does_not_go_with_a_picture_is_wrong_usage(loaded: Run, options: list[str]) -> None:
    assert loaded("lineage", "kite", *options).code == 2
