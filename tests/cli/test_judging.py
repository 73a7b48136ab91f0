"""compare, leaderboard, trends, similar on a small graph."""

import json
from pathlib import Path

import pytest
from command import Run
from small_world import SmallWorld

UP = {"metric": "accuracy", "direction": "up", "unit": "%"}


@pytest.fixture
def small(run: Run, tmp_path: Path) -> Run:
    """Return `run`, with a graph of two rivals in ./graphkb.kgl."""
    world = SmallWorld()
    knot, reef, rope = (world.thing(name) for name in ("Knot", "Reef", "Rope"))
    hard = world.thing("Hard", "benchmark")
    world.thing("Hard-Split", "benchmark")
    early, late = world.paper("1", "2024-01-10", "a"), world.paper("2", "2024-02-10", "b")
    world.say(early, early, "INTRODUCES", knot)
    for paper, thing in ((early, knot), (late, reef)):
        world.say(paper, thing, "EXTENDS", rope)
        world.say(paper, thing, "EVALUATED_ON", hard)
    world.say(early, knot, "OUTPERFORMS", reef)
    world.say(late, reef, "OUTPERFORMS", knot, evidence="Reef \x1b[31mbeats Knot.")
    world.report(early, "80%", 80.0, knot, hard, **UP)
    world.report(late, "78%", 78.0, knot, hard, **UP)
    world.report(late, "82%", 82.0, reef, hard, setting="up to", **UP)
    world.report(late, "+2%", 2.0, reef, hard, reading="gain", against=knot, **UP)
    world.report(early, "7", 7.0, early, hard)
    world.write(str(tmp_path / "graphkb.kgl"))
    return run


def test_leaderboard_shows_places_sentences_and_disputes(small: Run) -> None:
    ran = small("leaderboard", "hard")
    assert ran.out.splitlines() == [
        "Hard (benchmark): 2 papers, 2 groups of authors",
        "",
        "accuracy (%), higher is better",
        "  1  up to 82%  Reef",
        "     “It says 82%.” (On 2, 2024-02-10)",
        "  2  80%  Knot",
        "     “It says 80%.” (On 1, 2024-01-10)",
        "     ≠ 78% “It says 78%.” (On 2, 2024-02-10)",
        "",
        "gain: not ranked, newest first",
        "     +2% accuracy  Reef (against Knot)",
        "     “It says +2%.” (On 2, 2024-02-10)",
    ]
    assert ran.err == "left out: 1 whose sentence does not say whose they are\n"


def test_leaderboard_is_as_of_a_date_and_a_row_a_value_in_other_formats(small: Run) -> None:
    ran = small("leaderboard", "Hard", "--as-of", "2024-01", "--format", "jsonl")
    row = json.loads(ran.out)
    assert (row["rank"], row["subject"], row["value"], row["disputed"]) == (1, "Knot", "80%", False)
    assert (row["sentence"], row["paper_id"]) == ("It says 80%.", "arxiv:1")
    assert "left out: 3 not certainly published by 2024-01" in ran.err


def test_leaderboard_of_nothing_points_elsewhere(small: Run) -> None:
    assert small("leaderboard", "Hard-Split").err == "no number on Hard-Split is listed\n"
    ran = small("leaderboard", "Knot")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == "graphkb: no benchmark is called 'Knot'. Knot is a method.\n"


def test_compare_shows_sections(small: Run) -> None:
    assert small("compare", "Knot", "Reef").out.splitlines() == [
        "Knot (method)",
        "  introduced by On 1 (2024-01-10)",
        "  support: 1 paper, 1 group of authors",
        "",
        "Reef (method)",
        "  support: 0 papers, 0 groups of authors",
        "",
        "Said of the two",
        "  Knot OUTPERFORMS Reef  (contradicted)",
        "    “method:knot OUTPERFORMS method:reef.” (On 1, 2024-01-10)",
        "  Reef OUTPERFORMS Knot  (contradicted)",
        "    “Reef \ufffd[31mbeats Knot.” (On 2, 2024-02-10)",
        "  Reef against Knot: +2% accuracy on Hard (gain)",
        "    “It says +2%.” (On 2, 2024-02-10)",
        "",
        "Descends from",
        "  both: Rope (1 and 1 steps)",
        "",
        "Evaluated on",
        "  both: Hard",
        "",
        "Results on common benchmarks",
        "  Hard, accuracy (%), higher is better",
        "    Knot: 80%",
        "      “It says 80%.” (On 1, 2024-01-10)",
        "    Knot: 78%",
        "      “It says 78%.” (On 2, 2024-02-10)",
        "    Reef: up to 82%",
        "      “It says 82%.” (On 2, 2024-02-10)",
        "",
        "Papers that state something of both",
        "  2024-02-10  On 2",
        "  2024-01-10  On 1",
    ]


def test_compare_gives_rows_by_section(small: Run) -> None:
    rows = small("compare", "Knot", "Reef", "--format", "json").objects
    sections = list(dict.fromkeys(row["section"] for row in rows))
    assert sections == [
        *("is", "said", "margin", "descends from", "evaluated on", "result", "papers"),
    ]
    [said, _] = [row for row in rows if row["section"] == "said"]
    assert (said["of"], said["what"], said["contradicted"]) == ("Knot", "OUTPERFORMS", True)


def test_trends_takes_flags_and_parameters_alike(small: Run) -> None:
    flags = small("trends", "--since", "2024-02", "--kind", "method", "--format", "csv")
    parameters = small("trends", "-p", "since=2024-02", "-p", "kind=method", "--format", "csv")
    assert (flags.out, flags.code) == (parameters.out, 0)
    assert flags.out.splitlines()[0] == (
        "trend,name,kind,papers_before,papers,groups_before,groups,rate_before,rate,z,id"
    )


def test_trends_shows_three_tables(small: Run) -> None:
    out = small("trends", "-p", "since=2024-02", "-p", "limit=3").out.splitlines()
    assert out[0] == (
        "2024-02-01 to 2024-02-29 (1 paper), after 2024-01-01 to 2024-01-31 (1 paper)"
    )
    assert [line for line in out if line.istitle() or line.startswith(("Rose", "Fell", "First"))]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["-p", "since=soon"], 1, "'soon' is no date. Write 2024, 2024-05 or 2024-05-24."),
        (["-p", "from=2024"], 1, "no parameter 'from'. Its parameters: since, until, kind, limit."),
        (["-p", "limit=0"], 1, "limit takes a whole number of at least 1, not '0'"),
        (["--since", "2024", "-p", "since=2024"], 2, "give one of them"),
        (["--since", "1999-01", "--until", "1999-02"], 1, "no paper is published from 1999-01-01"),
    ],
)
def test_trends_tells_what_is_wrong(small: Run, arguments: list[str], code: int, said: str) -> None:
    ran = small("trends", *arguments)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err


def test_similar_shows_the_reasons(small: Run) -> None:
    assert small("similar", "knot", "--limit", "2").out.splitlines() == [
        "  6.77  Reef (support 0)",
        "        both extend Rope; both are evaluated on Hard; is reported better than it; "
        "is reported worse than it",
        "  3.00  Rope (support 2)",
        "        is extended by it",
    ]
    [first, _] = small("similar", "knot", "--limit", "2", "--format", "json").objects
    assert first["reasons"][:2] == ["both extend Rope", "both are evaluated on Hard"]


def test_similar_of_a_loner_says_so(small: Run) -> None:
    assert small("similar", "Hard-Split").err == "Hard-Split shares nothing with anything\n"
