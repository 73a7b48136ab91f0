"""eval: the table, the errors, the difference, and what is wrong with its files."""

import json
from pathlib import Path

import pytest
from command import Run

GOLD = {
    "id": "2401.00001",
    "introduces": [{"name": "KITE", "long": None, "kind": "method"}],
    "mentions_methods": [{"name": "GRPO", "long": None}, {"name": "knot tying", "long": None}],
}


@pytest.fixture
def scored(run: Run, papers: str, tmp_path: Path) -> Run:
    """Return `run`, with found.jsonl and gold.jsonl of different papers."""
    assert run("extract", papers, "-o", "found.jsonl").code == 0
    (tmp_path / "gold.jsonl").write_text(json.dumps(GOLD) + "\n", encoding="utf-8")
    return run


def test_eval_prints_a_row_a_key(scored: Run) -> None:
    rows = scored("eval", "found.jsonl", "gold.jsonl", "--common", "--format", "json").objects
    assert rows[0] == {"key": "introduces", "precision": 1.0, "recall": 1.0, "f1": 1.0, "n": 1}


def test_eval_lists_errors_with_class_and_sentence(scored: Run) -> None:
    ran = scored("eval", "found.jsonl", "gold.jsonl", "--common", "--errors", "2")
    assert "methods: missed (1)\n  2401.00001  knot tying\n" in ran.out
    row = json.loads(
        scored(
            "eval", "found.jsonl", "gold.jsonl", "--common", "--errors", "1", "--format", "jsonl"
        ).out.splitlines()[0]
    )
    assert list(row) == ["paper", "key", "side", "what", "label", "instead", "sentence"]


def test_eval_tells_the_difference_to_an_earlier_table(scored: Run, tmp_path: Path) -> None:
    pair = ("eval", "found.jsonl", "gold.jsonl", "--common")
    kept = scored(*pair, "--format", "json").out.replace('"f1": 1.0', '"f1": 0.9')
    (tmp_path / "table.json").write_text(kept, encoding="utf-8")
    rows = scored(*pair, "--against", "table.json", "--format", "json").objects
    assert (rows[0]["precision_points"], rows[0]["f1_points"]) == (0.0, 10.0)
    assert "+10.0" in scored(*pair, "--against", "table.json").out


def test_eval_names_papers_that_one_file_lacks(scored: Run) -> None:
    ran = scored("eval", "found.jsonl", "gold.jsonl")
    assert ran.code == 1
    assert "2 of 3 predicted papers are not annotated: own-key, 2402.00002" in ran.err
    assert "--common" in ran.err


def test_eval_refuses_files_that_share_no_paper(scored: Run, tmp_path: Path) -> None:
    (tmp_path / "other.jsonl").write_text('{"id": "other"}\n')
    ran = scored("eval", "other.jsonl", "gold.jsonl", "--common")
    assert (ran.code, "no paper of the one is in the other" in ran.err) == (1, True)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"id": "a"}\n{"id": \n', "bad.jsonl:2: no JSON at column 8"),
        ('{"id": "a"}\n["b"]\n', "bad.jsonl:2: a list instead of an object"),
        ('{"title": "a"}\n', "bad.jsonl:1: there is no id"),
        ('{"id": "a"}\n{"id": "a"}\n', "bad.jsonl:2: the id a stands in line 1 too"),
        ('{"id": "a", "methods": {}}\n', "bad.jsonl:1: methods: an object instead of a list"),
        ('{"id": "a", "methods": [{}]}\n', "bad.jsonl:1: methods[0].name: null instead of a text"),
        ('{"id": "a", "relations": ["b"]}\n', "relations[0]: a text instead of an object"),
        ('{"id": "a", "repos": [3]}\n', "bad.jsonl:1: repos[0]: a number instead of a text"),
        ('{"id": true}\n', "bad.jsonl:1: there is no id"),
        ('{"id": 1, "tasks": [{"name": "a", "kind": 1}]}\n', "tasks[0].kind: a number instead"),
        ("\n", "bad.jsonl: it holds no record"),
        ("[" * 100_000, "bad.jsonl:1: no JSON at column 1"),
    ],
)
def test_eval_tells_where_a_file_is_wrong(
    scored: Run, tmp_path: Path, text: str, told: str
) -> None:
    (tmp_path / "bad.jsonl").write_text(text)
    for pair in (("bad.jsonl", "gold.jsonl"), ("found.jsonl", "bad.jsonl")):
        ran = scored("eval", *pair)
        assert (ran.code, ran.out) == (1, "")
        assert told in ran.err


@pytest.mark.parametrize("text", ["{}", "[3]", '[{"key": "tasks"}]', "nothing"])
def test_eval_refuses_a_table_that_is_none(scored: Run, tmp_path: Path, text: str) -> None:
    (tmp_path / "table.json").write_text(text)
    ran = scored("eval", "found.jsonl", "gold.jsonl", "--common", "--against", "table.json")
    assert ran.code == 1
    assert "graphkb eval --format json" in ran.err


def test_eval_says_that_a_file_is_not_there(run: Run) -> None:
    ran = run("eval", "found.jsonl", "gold.jsonl")
    assert (ran.code, "found.jsonl: it cannot be read" in ran.err) == (1, True)
