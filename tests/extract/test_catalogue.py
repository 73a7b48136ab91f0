"""The curated catalogue: what it reads, what it finds wrong, and that ours is right."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from graphkb.errors import CatalogueError, NotFoundError
from graphkb.extract import catalogue as package
from graphkb.extract.catalogue import (
    Catalogue,
    Citation,
    Entry,
    Parent,
    check,
    load_catalogue,
    parse_catalogue,
)
from graphkb.model.name import name_key

FULL = """
- name: GRPO
  long: Group Relative Policy Optimization
  kind: method
  aliases: [group-wise PPO]
  paper:
    id: arxiv:2402.03300
    title: "DeepSeekMath: Pushing the Limits of Mathematical Reasoning in Open Language Models"
    year: 2024
    author: Shao
  extends:
    - name: PPO
      why: has no critic
      paper: arxiv:2402.03300
  generalizes: []
  looked_up: a list
- name: PPO
  kind: method
  paper:
  looked_up: a list
"""


def entry(**changed: object) -> str:
    """One sound entry in YAML flow style, with some of its keys changed or, by None, left out."""
    keys = {"name": "PPO", "kind": "method", "looked_up": "a list"} | changed
    return "- {" + ", ".join(f"{k}: {v}" for k, v in keys.items() if v is not None) + "}\n"


def paper(**changed: object) -> str:
    keys = {"id": "arxiv:1707.06347", "title": "On PPO", "year": 2017, "author": "Schulman"}
    keys |= changed
    return "{" + ", ".join(f"{k}: '{v}'" for k, v in keys.items() if v is not None) + "}"


def found(text: str) -> list[str]:
    return [problem.what for problem in check(parse_catalogue(text, "x.yaml"))]


# --- reading ---------------------------------------------------------------------------------


def test_an_entry_is_read_with_all_that_it_says() -> None:
    grpo, ppo = parse_catalogue(FULL, "x.yaml").entries
    assert grpo == Entry(
        name="GRPO",
        long="Group Relative Policy Optimization",
        kind="method",
        aliases=("group-wise PPO",),
        paper=Citation(
            "arxiv:2402.03300",
            "DeepSeekMath: Pushing the Limits of Mathematical Reasoning in Open Language Models",
            2024,
            "Shao",
        ),
        extends=(Parent("PPO", "has no critic", "arxiv:2402.03300"),),
        looked_up="a list",
    )
    assert ppo.paper is None


def test_an_entry_knows_its_file_and_line() -> None:
    assert [e.place for e in parse_catalogue(FULL, "x.yaml").entries] == ["x.yaml:2", "x.yaml:17"]


def test_names_that_yaml_takes_for_truth_values_or_numbers_stay_as_written() -> None:
    text = entry(name="No") + entry(name="1.10") + entry(name="2024-01-01")
    assert {e.name for e in parse_catalogue(text, "x.yaml").entries} == {"No", "1.10", "2024-01-01"}


def test_an_empty_file_is_an_empty_catalogue() -> None:
    assert parse_catalogue("# nothing yet\n", "x.yaml").entries == ()


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ("- name: PPO\n  kind: [method\n", "x.yaml:3", "no YAML"),
        ("- name: Dr: GRPO: x\n", "x.yaml:1", "no YAML"),
        ("name: PPO\n", "x.yaml", "no list of entries"),
        ("- name: a\x00b\n", "x.yaml", "no YAML"),
        ("- *nowhere\n", "x.yaml:1", "no YAML"),
    ],
)
def test_a_file_that_is_no_yaml_list_is_an_error_with_its_place(
    text: str, place: str, what: str
) -> None:
    with pytest.raises(CatalogueError, match=what) as caught:
        parse_catalogue(text, "x.yaml")
    assert caught.value.where == place
    assert caught.value.remedy


def test_yaml_tags_make_no_objects() -> None:
    text = "- !!python/object/apply:os.getcwd []\n"
    assert parse_catalogue(text, "x.yaml").entries == ()
    assert found(text)


def test_a_list_that_holds_itself_is_a_problem_and_no_endless_walk() -> None:
    assert found("- &a {name: PPO, kind: method, looked_up: x, aliases: [*a]}\n") == [
        "aliases is a mapping, not a text"
    ]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (entry(year=2017), "an entry has the unknown key 'year'"),
        (entry(paper=paper(venue="x")), "paper has the unknown key 'venue'"),
        (entry(aliases="one"), "aliases is a scalar, not a list"),
        (entry(aliases="[[one]]"), "aliases is a sequence, not a text"),
        (entry(long="{a: b}"), "long is a mapping, not a text"),
        (entry(paper="arxiv:1707.06347"), "paper is a scalar, not a mapping"),
        (entry(extends="[{name: T, why: x, paper: [a]}]"), "extends.paper is a sequence, not a"),
        (entry(extends="[TRPO]"), "extends is a scalar, not a mapping"),
        (entry(paper=paper(year="MMXVII")), "paper.year is 'MMXVII'"),
        ("- PPO\n", "an entry is a scalar, not a mapping"),
        (entry(name=None), "an entry has no name"),
        ("- {name: PPO, name: TRPO, kind: method, looked_up: x}\n", "an entry has the key 'name'"),
    ],
)
def test_what_fits_no_entry_is_a_problem(text: str, what: str) -> None:
    assert any(problem.startswith(what) for problem in found(text))


# --- finding ---------------------------------------------------------------------------------


def test_entries_are_sorted_by_id_whatever_their_order() -> None:
    text = entry(name="TRPO") + entry(name="A2C") + entry(name="code generation", kind="task")
    assert [e.id for e in parse_catalogue(text, "x.yaml").entries] == [
        "method:a2c",
        "method:trpo",
        "task:codegeneration",
    ]


@pytest.mark.parametrize("kind", package.KINDS)
def test_every_kind_but_task_shares_one_space_of_ids(kind: str) -> None:
    space = "task" if kind == "task" else "method"
    assert Entry("X1", None, kind).id == f"{space}:x1"


@pytest.mark.parametrize(
    "spelling", ["GRPO", "grpo", "Group-Relative Policy Optimizations", "Group-wise PPO"]
)
def test_an_entry_is_found_by_name_long_form_and_alias(spelling: str) -> None:
    catalogue = parse_catalogue(FULL, "x.yaml")
    assert [e.name for e in catalogue.by_key(name_key(spelling))] == ["GRPO"]


def test_an_ambiguous_spelling_finds_all_its_senses() -> None:
    text = entry(name="RAFT", ambiguous="[RAFT]") + entry(
        name="Reward rAnked", aliases="[RAFT]", ambiguous="[RAFT]"
    )
    catalogue = parse_catalogue(text, "x.yaml")
    assert [e.name for e in catalogue.by_key("raft")] == ["RAFT", "Reward rAnked"]
    assert check(catalogue) == ()


def test_an_unknown_key_finds_nothing() -> None:
    assert parse_catalogue(FULL, "x.yaml").by_key("nobody") == ()


def test_an_unknown_id_is_an_error_with_a_remedy() -> None:
    with pytest.raises(NotFoundError, match="method:nobody") as caught:
        parse_catalogue(FULL, "x.yaml").entry("method:nobody")
    assert caught.value.remedy


PARENT = entry(name="TRPO")


@pytest.mark.parametrize(
    ("own", "named", "author"),
    [
        (paper(), None, "Schulman"),
        (paper(), paper(id="arxiv:2301.00001", year=2023, author="Else"), "Else"),
        (None, paper(), "Schulman"),
        (paper(), "arxiv:1707.06347", "Schulman"),
    ],
)
def test_a_lineage_is_stated_by_the_paper_that_it_names_else_by_the_entrys_own(
    own: str | None, named: str | None, author: str
) -> None:
    parent = "[{name: TRPO, why: x" + (f", paper: {named}" if named else "") + "}]"
    catalogue = parse_catalogue(PARENT + entry(paper=own, extends=parent), "x.yaml")
    ppo = catalogue.entry("method:ppo")
    stated = catalogue.citation(ppo, ppo.extends[0])
    assert stated is not None
    assert stated.author == author
    assert check(catalogue) == ()


def test_a_bare_id_is_that_of_a_paper_which_some_entry_cites_in_full() -> None:
    text = entry(name="TRPO", paper=paper()) + entry(
        extends="[{name: TRPO, why: x, paper: 'arxiv:1707.06347'}]"
    )
    catalogue = parse_catalogue(text, "x.yaml")
    ppo = catalogue.entry("method:ppo")
    assert catalogue.citation(ppo, ppo.extends[0]) == catalogue.citations["arxiv:1707.06347"]


def test_a_lineage_without_a_paper_is_told() -> None:
    assert found(PARENT + entry(extends="[{name: TRPO, why: x}]")) == [
        "no paper is named for its parent 'TRPO'"
    ]


def test_a_bare_id_that_no_entry_cites_is_told_with_what_to_write() -> None:
    text = PARENT + entry(extends="[{name: TRPO, why: x, paper: 'arxiv:1707.06347'}]")
    (problem,) = check(parse_catalogue(text, "x.yaml"))
    assert problem.what.startswith("no entry cites arxiv:1707.06347 in full")
    assert problem.remedy == "write the whole paper: {id: …, title: …, year: …, author: …}"


def test_a_parents_paper_is_checked_as_an_entrys_own() -> None:
    text = PARENT + entry(extends="[{name: TRPO, why: x, paper: " + paper(author=None) + "}]")
    assert found(text) == ["its paper has no author"]


def test_a_parents_paper_must_be_cited_as_elsewhere() -> None:
    text = entry(name="TRPO", paper=paper()) + entry(
        extends="[{name: TRPO, why: x, paper: " + paper(title="Another") + "}]"
    )
    assert found(text) == ["arxiv:1707.06347 has another title, year or author at x.yaml:2"]


def test_ancestors_are_nearest_first_over_both_relations() -> None:
    text = (
        entry(name="A", extends="[{name: B, why: x}]")
        + entry(name="B", generalizes="[{name: D, why: x}]", extends="[{name: C, why: x}]")
        + entry(name="C", extends="[{name: E, why: x}]")
        + entry(name="D")
        + entry(name="E")
    )
    catalogue = parse_catalogue(text, "x.yaml")
    assert [e.name for e in catalogue.ancestors(catalogue.entry("method:a"))] == list("BCDE")


def test_ancestors_of_a_cycle_end() -> None:
    text = entry(name="A", extends="[{name: B, why: x}]") + entry(
        name="B", extends="[{name: A, why: x}]"
    )
    catalogue = parse_catalogue(text, "x.yaml")
    assert [e.name for e in catalogue.ancestors(catalogue.entry("method:a"))] == ["B"]


# --- digest ----------------------------------------------------------------------------------


def test_the_digest_is_that_of_the_content_not_of_its_order_or_place() -> None:
    one, two = entry(name="A"), entry(name="B", aliases="[x1, x2]")
    again = entry(name="B", aliases="[x2, x1]")
    first = parse_catalogue(one + two, "x.yaml").digest
    assert first == parse_catalogue("\n\n" + again + one, "y.yaml").digest
    assert len(first) == 64


@pytest.mark.parametrize(
    "changed",
    [
        {"name": "TRPO"},
        {"kind": "framework"},
        {"aliases": "[x1]"},
        {"looked_up": "another list"},
        {"paper": paper()},
        {"extends": "[{name: TRPO, why: x}]"},
        {"extends": "[{name: TRPO, why: x, paper: " + paper() + "}]"},
        {"generalizes": "[{name: TRPO, why: x}]"},
        {"match": "exact"},
        {"versions": "['PPO#']"},
        {"developer": "them"},
        {"ambiguous": "[PPO]"},
        {"long": "Proximal"},
    ],
)
def test_the_digest_changes_with_every_part_of_the_content(changed: dict[str, str]) -> None:
    before = parse_catalogue(entry(), "x.yaml").digest
    assert parse_catalogue(entry(**changed), "x.yaml").digest != before


# --- check -----------------------------------------------------------------------------------


def test_a_sound_catalogue_has_no_problem() -> None:
    assert check(parse_catalogue(FULL, "x.yaml")) == ()


def test_a_problem_says_where_who_what_and_what_to_do() -> None:
    (problem,) = check(parse_catalogue("\n\n" + entry(kind="law"), "x.yaml"))
    assert (problem.place, problem.entry) == ("x.yaml:3", "PPO")
    assert problem.what == "the kind 'law' is unknown"
    assert "framework" in problem.remedy


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (entry(looked_up=None), "it does not say where it was looked up"),
        (entry(kind=None), "the kind '' is unknown"),
        (entry(kind="model"), "a model without a developer"),
        (entry(match="loose"), "match is 'loose'"),
        (entry(name="'!?'"), "'!?' holds no letter and no digit"),
        (entry(aliases="[ppo]"), "'ppo' is 'PPO' again"),
        (entry(aliases="[P-P-O]"), "'P-P-O' is 'PPO' again"),
        (entry(ambiguous="[RAFT]"), "the ambiguous 'RAFT' is none of its spellings"),
        (entry(extends="[{name: TRPO, why: x}]"), "no entry has the name of the parent 'TRPO'"),
        (entry(extends="[{why: x}]"), "a parent has no name"),
        (
            entry(extends="[{name: T1}]") + entry(name="T1"),
            "the parent 'T1' has no why",
        ),
        (
            entry(extends="[{name: T1, why: x}]", generalizes="[{name: t1, why: y}]")
            + entry(name="T1"),
            "the parent 't1' is there twice",
        ),
        (
            entry(extends="[{name: T1, why: x, paper: '1707.06347'}]") + entry(name="T1"),
            "'1707.06347' is no identifier of a paper",
        ),
    ],
)
def test_an_unsound_entry_is_told(text: str, what: str) -> None:
    assert [problem for problem in found(text) if problem.startswith(what)]


@pytest.mark.parametrize("part", ["id", "title", "year", "author"])
def test_a_paper_needs_id_title_year_and_author(part: str) -> None:
    assert found(entry(paper=paper(**{part: None}))) == [f"its paper has no {part}"]


@pytest.mark.parametrize(
    "identifier",
    ["arxiv:1707.06347", "arxiv:0705.0001", "arxiv:1412.6980", "doi:10.1162/neco.1997.9.8.1735"],
)
def test_well_formed_identifiers_pass(identifier: str) -> None:
    year = {"0": 2007, "1": 2015, "d": 1997}[identifier.split(":")[1][0]]
    year = 2017 if "1707" in identifier else year
    assert found(entry(paper=paper(id=identifier, year=year))) == []


def test_an_arxiv_id_of_the_old_scheme_passes() -> None:
    assert found(entry(paper=paper(id="arxiv:cs/0306050", year=2003))) == []


@pytest.mark.parametrize(
    "identifier",
    [
        "1707.06347",
        "arXiv:1707.06347",
        "arxiv:1707.06347v2",
        "arxiv:1713.06347",
        "arxiv:1707.6347",
        "arxiv:1412.06980",
        "arxiv:0612.0001",
        "https://doi.org/10.1000/x",
        "doi:10.1000/ABC",
        "doi:10.1000/x.",
        "doi:11.1000/x",
    ],
)
def test_malformed_identifiers_are_told(identifier: str) -> None:
    assert found(entry(paper=paper(id=identifier, year=2014))) == [
        f"{identifier!r} is no identifier of a paper"
    ]


@pytest.mark.parametrize(
    ("year", "fits"), [(2015, False), (2016, True), (2018, True), (2019, False)]
)
def test_a_year_agrees_with_the_arxiv_id_within_one(year: int, fits: bool) -> None:
    problems = found(entry(paper=paper(year=year)))
    assert (problems == []) is fits


@pytest.mark.parametrize("year", [17, 1899, 3017])
def test_an_implausible_year_is_told(year: int) -> None:
    assert found(entry(paper=paper(id="doi:10.1000/x", year=year))) == [
        f"the year {year} is not plausible"
    ]


def test_a_spelling_that_two_entries_share_is_told_of_each_that_does_not_declare_it() -> None:
    text = entry(name="RAFT", ambiguous="[RAFT]") + entry(name="Flow1", aliases="[raft]")
    assert found(text) == ["'raft' is also a spelling of RAFT (x.yaml:1)"]


def test_two_entries_of_one_id_are_told() -> None:
    text = entry(name="PPO", ambiguous="[PPO]") + entry(name="P.P.O", ambiguous="[PPO]")
    assert found(text) == ["its id method:ppo is also that of x.yaml:1"]


def test_a_task_and_a_method_may_share_a_name_that_both_declare_ambiguous() -> None:
    text = entry(name="Flow", ambiguous="[Flow]") + entry(
        name="flow", kind="task", ambiguous="[flow]"
    )
    assert found(text) == []


def test_a_parent_named_by_an_alias_is_told_with_its_name() -> None:
    text = entry(name="TRPO", long="Trust Region") + entry(extends="[{name: Trust Region, why: x}]")
    problems = check(parse_catalogue(text, "x.yaml"))
    assert problems[0].remedy == "write 'TRPO'"


def test_one_paper_cited_in_two_ways_is_told() -> None:
    text = entry(name="A1", paper=paper()) + entry(name="A2", paper=paper(title="Another"))
    assert found(text) == ["arxiv:1707.06347 has another title, year or author at x.yaml:1"]


def test_case_and_punctuation_do_not_make_two_titles() -> None:
    text = entry(name="A1", paper=paper()) + entry(name="A2", paper=paper(title="on: ppo!"))
    assert found(text) == []


def test_a_cycle_is_told_once_with_its_steps() -> None:
    text = (
        entry(name="A", paper=paper(), extends="[{name: B, why: x}]")
        + entry(name="B", paper=paper(), generalizes="[{name: C, why: x}]")
        + entry(name="C", paper=paper(), extends="[{name: A, why: x}]")
        + entry(name="D", paper=paper(), extends="[{name: A, why: x}]")
    )
    assert found(text) == ["it is its own ancestor: A → B → C → A"]


def test_problems_are_sorted_by_file_and_line() -> None:
    text = "".join(entry(name=f"N{at}", kind="law") for at in range(12))
    places = [problem.place for problem in check(parse_catalogue(text, "x.yaml"))]
    assert places == [f"x.yaml:{at}" for at in range(1, 13)]


# --- ours ------------------------------------------------------------------------------------


def test_our_catalogue_has_no_problem() -> None:
    assert [f"{p.place} {p.entry}: {p.what}. {p.remedy}." for p in check(load_catalogue())] == []


def test_our_catalogue_is_read_once() -> None:
    assert load_catalogue() is load_catalogue()


def test_every_file_of_ours_gives_entries() -> None:
    files = {path.name for path in Path(package.__file__).parent.glob("*.yaml")}
    assert {e.place.split(":")[0] for e in load_catalogue().entries} == files


@pytest.mark.parametrize(
    ("kinds", "at_least"),
    [
        ({"method", "framework"}, 60),
        ({"benchmark", "dataset", "environment"}, 130),
        ({"model"}, 90),
    ],
)
def test_our_catalogue_is_broad(kinds: set[str], at_least: int) -> None:
    assert sum(e.kind in kinds for e in load_catalogue().entries) >= at_least


@pytest.mark.parametrize(
    ("spellings", "name"),
    [
        (["AIME24", "AIME2024", "AIME'24", "aime 2024"], "AIME 2024"),
        (["AIME25", "AIME 25", "AIME-2025"], "AIME 2025"),
        (["tau-bench", "τ-bench"], "tau-bench"),
        (["MATH-500", "MATH500"], "MATH-500"),
        (["pi0", "π0", "π_0"], "pi0"),
        (["GPT-4o", "GPT4o"], "GPT-4o"),
    ],
)
def test_spellings_of_one_thing_find_one_entry(spellings: list[str], name: str) -> None:
    catalogue = load_catalogue()
    assert {e.name for s in spellings for e in catalogue.by_key(name_key(s))} == {name}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Qwen2.5", "Qwen2.5-VL"),
        ("GPT-4", "GPT-4o"),
        ("MATH", "MATH-500"),
        ("GPQA", "GPQA Diamond"),
        ("HumanEval", "HumanEval+"),
        ("AIME 2024", "AIME 2025"),
    ],
)
def test_variants_with_their_own_name_are_two_entries(one: str, other: str) -> None:
    catalogue = load_catalogue()
    for name in (one, other):
        assert [e.name for e in catalogue.by_key(name_key(name))] == [name]


def test_ours_names_no_address_with_its_protocol() -> None:
    assert [e.name for e in load_catalogue().entries if "://" in e.looked_up] == []


def test_five_hundred_entries_are_read_in_well_under_a_second() -> None:
    # Some 50 ms on the machine this was written on; the bound leaves room for a busy one and
    # still fails should somebody give up libyaml or bring back YAML's type guessing.
    text = "".join(
        entry(name=f"N{at}", paper=paper(), extends="[{name: N0, why: of no kind}]")
        for at in range(500)
    )
    start = time.process_time()
    parse_catalogue(text, "x.yaml")
    assert time.process_time() - start < 0.5


def test_a_catalogue_can_be_made_of_entries() -> None:
    made = Catalogue([Entry("PPO", None, "method", looked_up="a list")])
    assert made.digest == parse_catalogue(entry(), "x.yaml").digest
