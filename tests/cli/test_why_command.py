"""why on three papers: as a text to read, and as rows."""

from pathlib import Path

import pytest
from command import PAPERS, Run, written

from graphkb.cli import why as command

SLOWLY = "Walking Slowly in Long Corridors"
DIRECT = """\
1. KITE ─ outperforms → PPO
     “KITE outperforms PPO on MATH by 2.5%.” (KITE: Knots in Tethered Embeddings, 2024-01-02)

2. KITE ─ extends → GRPO ─ extends → PPO
   KITE extends GRPO
     “We propose KITE, a variant of GRPO.” (KITE: Knots in Tethered Embeddings, 2024-01-02)
   GRPO extends PPO
     curated: """


def test_ways_are_told_hop_by_hop_with_sentence_paper_and_date(loaded: Run) -> None:
    ran = loaded("why", "kite", "PPO")
    assert (ran.code, ran.out[: len(DIRECT)]) == (0, DIRECT)
    assert ran.out.endswith("(Shao 2024, arxiv:2402.03300)\n")


def test_what_is_left_out_is_said_with_the_flag_that_shows_it(loaded: Run) -> None:
    ran = loaded("why", "kite", "PPO", "--limit", "1")
    assert ran.out == DIRECT.split("\n\n")[0] + "\n"
    assert ran.err == "2 more ways with --limit 3\n"
    assert loaded("why", "kite", "PPO", "--limit", "3").err == ""


def test_a_sentence_that_states_two_hops_is_quoted_once(loaded: Run) -> None:
    out = loaded("why", "Llama 2", "GSM8K", "--limit", "1").out
    assert out.count("We fine-tune Llama 2 with PPO and evaluate it on MATH and GSM8K.") == 1


def test_all_statements_are_shown_on_request(loaded: Run, tmp_path: Path) -> None:
    again = [{**PAPERS[0], "id": "2401.00009", "title": "KITE Once More, With Strings"}]
    (tmp_path / "again.jsonl").write_text(written(again), encoding="utf-8")
    loaded("load", "again.jsonl")
    folded = loaded("why", "kite", "PPO", "--limit", "1").out
    assert folded.endswith("     (also: outperforms; --all shows them)\n")
    whole = loaded("why", "kite", "PPO", "--limit", "1", "--all").out
    assert whole.count("“KITE outperforms PPO on MATH by 2.5%.”") == 2
    assert "--all" not in whole


def test_other_formats_are_a_row_a_hop(loaded: Run) -> None:
    rows = loaded("why", "kite", "PPO", "--format", "json").objects
    assert [(row["way"], row["hop"], row["start"], row["type"], row["end"]) for row in rows] == [
        (1, 1, "KITE", "OUTPERFORMS", "PPO"),
        (2, 1, "KITE", "EXTENDS", "GRPO"),
        (2, 2, "GRPO", "EXTENDS", "PPO"),
    ]
    assert rows[0] | {"direction": "to"} == {
        "way": 1,
        "hop": 1,
        "start": "KITE",
        "type": "OUTPERFORMS",
        "direction": "to",
        "end": "PPO",
        "basis": "quoted",
        "date": "2024-01-02",
        "paper": "KITE: Knots in Tethered Embeddings",
        "sentence": "KITE outperforms PPO on MATH by 2.5%.",
        "statements": 1,
        "start_id": "method:kite",
        "end_id": "method:ppo",
        "paper_id": "arxiv:2401.00001",
    }


def test_a_row_against_the_statement_says_from(loaded: Run) -> None:
    [row, *_] = loaded("why", "PPO", "kite", "--format", "json").objects
    assert (row["start"], row["type"], row["direction"], row["end"]) == (
        "PPO", "OUTPERFORMS", "from", "KITE",
    )  # fmt: skip


def test_a_narrow_terminal_gets_narrow_lines(loaded: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "terminal_width", lambda: 40)
    assert max(map(len, loaded("why", "kite", "PPO").out.splitlines())) <= 40


def test_no_way_says_what_is_near_and_what_looks_farther(loaded: Run) -> None:
    ran = loaded("why", "https://github.com/example/kite", SLOWLY, "--hops", "1")
    assert (ran.code, ran.out) == (0, "")
    first, second, third = ran.err.splitlines()
    assert first == f"no way of one hop joins example/kite and {SLOWLY}; --hops 6 looks farther"
    assert second.startswith("  next to ")
    assert "KITE" in second
    assert third.startswith("  next to Walking Slowly in Long Corridors: ")


@pytest.mark.parametrize(
    ("pair", "said"),
    [
        (("kite", "KITE"), "both names mean KITE (method:kite)"),
        (("kite", "KIET"), "no entity is called 'KIET'. Did you mean KITE?"),
    ],
)
def test_a_wrong_question_is_one_line(loaded: Run, pair: tuple[str, str], said: str) -> None:
    ran = loaded("why", *pair)
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert said in ran.err


def test_two_names_are_needed(loaded: Run) -> None:
    assert loaded("why", "kite").code == 2


def test_a_name_that_was_not_quoted_is_told_how(loaded: Run) -> None:
    ran = loaded("why", "kite", "Llama", "2")
    assert ran.code == 2
    assert 'Quote a name of several words: graphkb why GRPO "AIME 2024"' in ran.err
