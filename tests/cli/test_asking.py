"""queries, query, cypher, search, show, stats, digest, doctor on three papers."""

import json
from pathlib import Path

import pytest
from command import Run

from graphkb.errors import StoreError
from graphkb.store import Changes, open_store


def test_queries_lists_names_titles_parameters_and_tags(run: Run) -> None:
    found = {q["name"]: q for q in run("queries", "--format", "json").objects}
    assert list(found["used-by"])[:4] == ["name", "title", "params", "tags"]
    assert found["used-by"]["params"] == [
        {"name": "method", "type": "method", "default": None},
        {"name": "limit", "type": "integer", "default": 50},
    ]
    assert found["used-by"]["tags"][0] == "methods"


def test_queries_says_what_is_behind_a_query_after_that(run: Run) -> None:
    [found] = run("queries", "used-by", "--format", "json").objects
    assert list(found)[4:] == ["example", "parameters", "columns", "statement"]
    assert found["example"] == "graphkb query used-by -p method=GRPO"
    assert found["parameters"][1]["most"] == 10000
    assert found["columns"][0]["name"] == "date"


def test_queries_for_reading_are_grouped_and_show_an_example(run: Run) -> None:
    lines = run("queries").out.splitlines()
    [line] = [line for line in lines if " used-by " in line]
    assert line.startswith(" methods ")
    assert line.endswith(" graphkb query used-by -p method=GRPO")
    groups = [line.split()[0] for line in lines[2:]]
    assert groups == sorted(groups)


def test_a_query_that_is_named_is_described_with_all_that_it_takes_and_gives(run: Run) -> None:
    out = run("queries", "used-by").out
    for part in (
        "integer 1..10000",
        "must be given",
        "string?",
        "tags: methods",
        "MATCH (m:Method",
    ):
        assert part in out


def test_queries_of_a_tag_are_listed_alone(run: Run) -> None:
    found = run("queries", "--tag", "methods", "--tag", "interactive", "--format", "json").objects
    assert "used-by" in [query["name"] for query in found]
    assert all({"methods", "interactive"} <= set(query["tags"]) for query in found)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["use-by"], "there is no query 'use-by'. Did you mean used-by?"),
        (["--tag", "method"], "there is no tag 'method'. Did you mean methods?"),
        (["--tag", "zzz"], "there is no tag 'zzz'. The tags are methods, "),
    ],
)
def test_a_query_or_tag_that_is_not_there_is_said(
    run: Run, arguments: list[str], said: str
) -> None:
    ran = run("queries", *arguments)
    assert (ran.code, ran.out) == (1, "")
    assert said in ran.err


def test_a_query_resolves_names_and_converts_numbers(loaded: Run) -> None:
    ran = loaded("query", "ancestors", "-p", "method=kite", "--format", "json")
    assert [row["ancestor"] for row in ran.objects][:2] == ["GRPO", "PPO"]
    assert len(loaded("query", "methods", "-p", "limit=1", "--format", "json").objects) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ancestor"], "there is no query 'ancestor'. Did you mean ancestors?"),
        (["ancestors"], "query ancestors needs method: the method (method). Add -p"),
        (["methods", "-p", "x=1"], "has no parameter 'x'. Its parameters: limit (integer"),
        (["methods", "-p", "limit=few"], "limit takes a whole number from 1 to 10000, not 'few'"),
        (["methods", "-p", "limit=0"], "limit takes a whole number from 1 to 10000, not '0'"),
        (["ancestors", "-p", "method=KIET"], "no method is called 'KIET'. Did you mean KITE?"),
        (["ancestors", "-p", "method=MATH"], "no method is called 'MATH'. MATH is a benchmark."),
    ],
)
def test_a_wrong_question_is_told_how_to_ask(loaded: Run, arguments: list[str], said: str) -> None:
    ran = loaded("query", *arguments)
    assert (ran.code, ran.out) == (1, "")
    assert said in ran.err


def test_cypher_is_read_from_standard_input_with_a_dash(loaded: Run) -> None:
    ran = loaded("cypher", "-", "--format", "csv", stdin="\ufeffRETURN 'é' AS x".encode())
    assert ran.out == "x\né\n"
    assert "no UTF-8" in loaded("cypher", "-", stdin=b"RETURN '\xff'").err


def test_a_parameter_of_cypher_is_json_or_text(loaded: Run) -> None:
    given = {"a": "1", "b": "[1, 2]", "c": "plain", "d": '"1"', "e": "null", "f": "NaN"}
    arguments = [part for key, value in given.items() for part in ("-p", f"{key}={value}")]
    ran = loaded(
        "cypher", "RETURN $a AS a, $b AS b, $c AS c, $d AS d, $e AS e, $f AS f", *arguments,
        "--format", "json",
    )  # fmt: skip
    assert ran.objects == [{"a": 1, "b": [1, 2], "c": "plain", "d": "1", "e": None, "f": "NaN"}]


def test_rows_that_were_cut_off_are_mentioned(loaded: Run) -> None:
    ran = loaded("cypher", "UNWIND [1, 2, 3] AS x RETURN x", "--limit", "2", "--format", "csv")
    assert (ran.out, ran.err) == ("x\n1\n2\n", "cut after 2 rows; --limit allows more\n")


@pytest.mark.parametrize(
    "statement",
    ["CREATE (n:Task {id: 'x', name: 'x'})", "MATCH (n) DETACH DELETE n", "RETURN", "", "MATCH (n"],
)
def test_a_statement_that_writes_or_is_wrong_is_one_line_and_its_place(
    loaded: Run, statement: str
) -> None:
    before = loaded("digest").out
    ran = loaded("cypher", statement)
    assert (ran.code, ran.out) == (1, "")
    assert [line for line in ran.err.splitlines() if not line.startswith("  ")][1:] == []
    assert loaded("digest").out == before


def test_a_search_finds_names_aliases_and_words(loaded: Run) -> None:
    def first(text: str) -> tuple[str, str]:
        row = loaded("search", text, "--format", "json").objects[0]
        return row["name"], row["matched"]

    assert first("kite") == ("KITE", "name")
    assert first("Group Relative Policy Optimization") == ("GRPO", "alias")
    assert first("long corridors") == ("Walking Slowly in Long Corridors", "words")
    assert loaded("search", "policy", "--limit", "1", "--format", "csv").out.count("\n") == 2


def test_a_search_without_a_match_prints_no_row(loaded: Run) -> None:
    ran = loaded("search", "xyzzy", "--format", "csv")
    assert (ran.code, ran.out) == (0, "kind,name,matched,snippet,support,date,id\n")
    assert ran.err == "nothing matches 'xyzzy'\n"


@pytest.mark.parametrize("arguments", [["stats"], ["search", "GRPO"]], ids=lambda a: a[0])
def test_an_empty_store_gives_no_row_and_says_that_nothing_is_loaded(
    loaded: Run, arguments: list[str]
) -> None:
    assert loaded("forget", "papers:papers.jsonl").code == 0
    ran = loaded(*arguments, "--format", "jsonl")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == "nothing is loaded yet; run graphkb load\n"


def test_an_empty_store_has_a_digest(loaded: Run) -> None:
    assert loaded("forget", "papers:papers.jsonl").code == 0
    ran = loaded("digest")
    assert (ran.code, len(ran.out), ran.err) == (0, 65, "")


def test_show_prints_facts_then_statements_with_their_sentences(loaded: Run) -> None:
    lines = loaded("show", "kite").out.splitlines()
    assert lines[0].split() == ["name", "KITE"]
    at = lines.index("KITE EXTENDS …")
    assert lines[at + 1 : at + 4] == [
        "  GRPO",
        "    “We propose KITE, a variant of GRPO.”",
        "    (KITE: Knots in Tethered Embeddings, 2024-01-02)",
    ]


def test_show_says_curated_and_does_not_quote(loaded: Run) -> None:
    lines = loaded("show", "GRPO").out.splitlines()
    at = lines.index("GRPO EXTENDS …")
    assert lines[at + 3] == "    (curated)"
    assert "“" not in lines[at + 2]


def test_show_says_whose_summary_it_is(run: Run) -> None:
    assert run("load", "sample:").code == 0
    lines = run("show", "ComRoPE").out.splitlines()
    at = lines.index("… INTRODUCES ComRoPE")
    assert lines[at + 3].startswith("    (graphkb's summary")
    assert "“" not in lines[at + 2]


def test_show_names_no_paper_twice(loaded: Run) -> None:
    lines = loaded("show", "KITE").out.splitlines()
    at = lines.index("… INTRODUCES KITE")
    assert lines[at + 1 : at + 4 : 2] == [
        "  KITE: Knots in Tethered Embeddings",
        "    (2024-01-02)",
    ]


def test_show_in_other_formats_is_a_row_a_statement(loaded: Run) -> None:
    rows = loaded("show", "KITE", "--format", "json").objects
    extends = next(row for row in rows if row["relationship"] == "EXTENDS")
    assert extends == {
        "relationship": "EXTENDS",
        "direction": "to",
        "name": "GRPO",
        "date": "2024-01-02",
        "paper": "KITE: Knots in Tethered Embeddings",
        "basis": "quoted",
        "sentence": "We propose KITE, a variant of GRPO.",
        "id": "method:grpo",
    }


def test_show_takes_ids_and_addresses_in_any_spelling(loaded: Run) -> None:
    for text in ("arxiv:2401.00001", "https://arxiv.org/abs/2401.00001v2", "2401.00001"):
        assert loaded("show", text).out.splitlines()[0].split(None, 1)[1].startswith("KITE: Knots")


def test_stats_counts_papers_and_stubs_apart(loaded: Run) -> None:
    counted = {r["name"]: r["count"] for r in loaded("stats", "--format", "json").objects}
    assert counted["Paper"] == 3
    assert counted["Paper (stub)"] > 0
    assert counted["Record"] == 3


def test_the_digest_is_64_hexadecimal_digits(loaded: Run) -> None:
    digest = loaded("digest").out
    assert len(digest) == 65
    assert int(digest, 16)


def test_the_doctor_finds_nothing_wrong_in_a_sound_store(loaded: Run) -> None:
    ran = loaded("doctor")
    assert (ran.code, ran.out, ran.err) == (0, "", "all is well\n")


def test_the_doctor_finds_a_missing_entity_and_a_rebuild_mends_it(
    loaded: Run, tmp_path: Path
) -> None:
    before = loaded("digest").out
    with open_store(str(tmp_path / "graphkb.kgl"), write=True) as store:
        [repository] = store.entities(["Repository"])
        edges = store.neighbourhood([repository.id])[1]
        store.write(Changes(delete_edges=edges, delete_entities=(repository,)))
    ran = loaded("doctor", "--format", "json")
    assert ran.code == 1
    assert "repo:github.com/example/kite" in {finding["where"] for finding in ran.objects}
    assert loaded("rebuild").code == 0
    assert loaded("digest").out == before


def test_a_store_that_another_process_writes_is_named(
    loaded: Run, tmp_path: Path, papers: str
) -> None:
    with open_store(str(tmp_path / "graphkb.kgl"), write=True):
        (tmp_path / papers).write_text(json.dumps({"id": "1", "title": "New", "abstract": ""}))
        ran = loaded("load", papers)
    assert (ran.code, "is being written by" in ran.err) == (1, True)


def test_a_damaged_store_is_one_line_with_a_remedy(loaded: Run, tmp_path: Path) -> None:
    path = tmp_path / "graphkb.kgl"
    path.write_bytes(path.read_bytes()[:-200])
    ran = loaded("stats")
    assert (ran.code, ran.err.count("\n")) == (1, 1)
    with pytest.raises(StoreError):
        open_store(str(path))
