"""Deciding, and asking why things are one, on both engines."""

import json
from pathlib import Path

import pytest
from command import Ran, Run, written

ONE: dict[str, object] = {
    "id": "2401.00001",
    "title": "KITE: Knots in Tethered Embeddings",
    "abstract": "We propose KITE, a variant of GRPO. KITE outperforms PPO on MATH by 2.5%.",
    "published": "2024-01-02",
    "authors": ["Ada Lovelace", "Bob Bell"],
}
TWO: dict[str, object] = {
    "id": "own",
    "title": "KITE: Knots in Tethered Embeddings",
    "abstract": "",
    "authors": ["Ada Lovelace", "Bob Bell"],
}
THREE: dict[str, object] = {
    "id": "2402.00002",
    "title": "Knots in Tethers, Revisited",
    "abstract": "We propose KITE-X, a method that fine-tunes Llama 2, and evaluate it on MATH.",
    "authors": ["Ada Lovelace", "Cy Cole"],
}


@pytest.fixture
def at(run: Run, store_url: str, tmp_path: Path) -> Run:
    """Return `run` on a store with three records, once an engine."""

    def run_at(*arguments: str) -> Ran:
        return run("--db", store_url, *arguments)

    (tmp_path / "a.jsonl").write_text(written([ONE]))
    (tmp_path / "b.jsonl").write_text(written([TWO, THREE]))
    assert run_at("load", "a.jsonl", "b.jsonl").code == 0
    return run_at


@pytest.fixture
def here(run: Run, tmp_path: Path) -> Run:
    """Return `run` on an embedded store with three records."""
    (tmp_path / "all.jsonl").write_text(written([ONE, TWO, THREE]))
    assert run("load", "all.jsonl").code == 0
    return run


def decided(ran: Ran) -> str:
    assert ran.code == 0, ran.err
    return ran.err.partition(": ")[0]


def test_decisions_are_made_listed_kept_through_forgetting_and_revoked(at: Run) -> None:
    before = at("digest").out
    apart = decided(at("decide", "apart", "2401.00001", "papers:b.jsonl#own", "--note", "me"))
    join = decided(at("decide", "join", "2401.00001", "2402.00002"))
    reject = decided(at("decide", "reject", "KITE", "outperforms", "PPO"))
    assert at("doctor").code == 0
    both = at("digest").out
    listed = at("decide", "list", "--format", "json").objects
    assert {row["id"]: row["state"] for row in listed} == dict.fromkeys(
        (apart, join, reject), "loaded"
    )
    assert [row["note"] for row in listed if row["id"] == apart] == ["me"]

    assert at("forget", "papers:b.jsonl").code == 0
    listed = at("decide", "list", "--format", "json").objects
    assert {row["id"]: row["state"] for row in listed}[apart] == "not loaded"
    assert at("load", "b.jsonl").code == 0
    assert at("digest").out == both
    assert at("doctor").code == 0

    for one in (apart, join, reject):
        assert at("decide", "revoke", one.removeprefix("decision:")[:8]).code == 0
    assert at("digest").out == before
    assert at("decide", "list", "--format", "json").objects == []


def test_identity_tells_the_records_of_a_paper_their_rules_and_what_was_refused(here: Run) -> None:
    rows = here("identity", "2401.00001", "--format", "json").objects
    assert [(row["part"], row["rule"]) for row in rows] == [
        ("record", "first: arxiv:2401.00001"),
        ("record", "title"),
    ]
    here("decide", "apart", "2401.00001", "papers:all.jsonl#own")
    rows = here("identity", "2401.00001", "--format", "json").objects
    assert [row["part"] for row in rows] == ["record", "refused", "decision"]
    assert "a person set them apart" in rows[1]["rule"]
    assert rows[1]["id"] == "papers:all.jsonl#own"


def test_identity_tells_the_spellings_of_a_name_and_the_catalogues_entry(here: Run) -> None:
    rows = here("identity", "GRPO", "--format", "json").objects
    (spelled,) = [row for row in rows if row["part"] == "spelling"]
    assert spelled["rule"] == "a spelling in the catalogue"
    assert spelled["with"] == ["arxiv:2401.00001"]
    (entry,) = [row for row in rows if row["part"] == "catalogue"]
    assert entry["with"] == ["arxiv:2402.03300"]


def test_identity_tells_an_authors_works_and_whose_names_they_share(here: Run) -> None:
    here("decide", "apart", "2401.00001", "papers:all.jsonl#own")
    (author, *_) = here("identity", "Bob Bell", "--format", "json").objects
    assert (author["part"], author["rule"]) == ("work", "shares Ada Lovelace")
    rows = here("identity", "Ada Lovelace", "--format", "json").objects
    assert [row["part"] for row in rows if row["part"] != "work"] == ["namesake"]


def test_two_names_are_joined_and_set_apart_again_by_revoking(here: Run) -> None:
    join = decided(here("decide", "join", "KITE", "KITE-X"))
    assert here("identity", "KITE-X", "--format", "json").objects[1]["rule"] == "a person's word"
    refused = here("decide", "apart", "KITE", "KITE-X")
    assert refused.code == 1
    assert join in refused.err
    assert "revoke" in refused.err
    assert here("decide", "revoke", join).code == 0
    assert here("identity", "KITE-X", "--format", "json").objects[0]["id"] == "method:kitex"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("join", "KITE", "2401.00001"), "cannot be decided about together"),
        (("join", "2401.00001", "papers:all.jsonl#own"), "are one already"),
        (("join", "GRPO", "PPO"), "the catalogue has"),
        (("join", "KITE", "nothing of that name"), "no entity is called"),
        (("apart", "2401.00001", "2401.00001"), "are one paper"),
        (("apart", "KITE", "KITE"), "--paper"),
        (("reject", "KITE", "uses", "PPO"), "no edge KITE USES PPO"),
        (("reject", "KITE", "adores", "PPO"), "there is no relationship"),
        (("reject", "2401.00001", "reports", "KITE"), "belongs to a number"),
        (("revoke", "ffff"), "no decision is"),
    ],
)
def test_what_cannot_be_decided_says_why_and_what_to_do(
    here: Run, arguments: tuple[str, ...], told: str
) -> None:
    before = here("digest").out
    ran = here("decide", *arguments)
    assert ran.code == 1
    assert told in ran.err
    assert here("digest").out == before


def test_decisions_that_contradict_each_other_name_each_other(here: Run) -> None:
    apart = decided(here("decide", "apart", "2401.00001", "2402.00002"))
    ran = here("decide", "join", "2401.00001", "2402.00002")
    assert ran.code == 1
    assert apart in ran.err


def test_a_decision_is_in_a_csv_of_the_whole_graph_and_in_no_topic(
    here: Run, tmp_path: Path
) -> None:
    decided(here("decide", "join", "KITE", "KITE-X"))
    assert here("export", "--to", "csv", "-o", "whole").code == 0
    assert (tmp_path / "whole" / "nodes-Decision.csv").exists()
    assert here("export", "KITE", "--to", "csv", "-o", "part").code == 0
    assert not (tmp_path / "part" / "nodes-Decision.csv").exists()
    assert here("export", "--to", "node-link", "-o", "graph.json").code == 0
    labels = {n.get("label") for n in json.loads((tmp_path / "graph.json").read_text())["nodes"]}
    assert "Decision" not in labels


def test_show_and_identity_tell_what_else_the_records_say_and_which_do(
    here: Run, tmp_path: Path
) -> None:
    other = {**ONE, "published": "2024-03", "abstract": "", "authors": ["Ada Lovelace"]}
    (tmp_path / "other.jsonl").write_text(written([other]))
    assert here("load", "other.jsonl").code == 0
    shown = here("show", "2401.00001").out
    assert "2024-01-02 (papers:all.jsonl)" in shown
    assert "also: 2024-03 (papers:other.jsonl)" in shown
    rows = here("identity", "2401.00001", "--format", "json").objects
    (date,) = [row for row in rows if (row["part"], row["name"]) == ("field", "published")]
    assert date["rule"] == "says 2024-03; shown is 2024-01-02"
    assert date["with"] == ["papers:other.jsonl"]
