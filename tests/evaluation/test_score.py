"""Scores: what counts as the same statement, and that the reference scorer agrees."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from graphkb.evaluation.item import items
from graphkb.evaluation.score import Score, compare, scores
from graphkb.evaluation.spelling import address, spelled, spellings
from graphkb.evaluation.table import differences, table

GOLD: dict[str, Any] = {
    "id": "a",
    "introduces": [{"name": "KITE", "long": "Knots in Tethered Embeddings", "kind": "method"}],
    "mentions_methods": [{"name": "GRPO", "long": None}],
    "mentions_models": ["Llama 2"],
    "benchmarks": [{"name": "MATH", "role": "evaluation"}],
    "tasks": ["knot tying"],
    "repos": ["https://github.com/example/kite"],
    "results": [{"value": "2.5%", "benchmark": "MATH", "subject": "KITE", "metric": None}],
    "relations": [{"source": "KITE", "type": "EXTENDS", "target": "GRPO", "evidence": "of GRPO"}],
}


def scored(found: dict[str, Any], gold: dict[str, Any] = GOLD) -> dict[str, Score]:
    """Score one paper."""
    return {score.key: score for score in scores(compare({"a": found}, {"a": gold}))}


def test_any_spelling_of_a_name_may_match() -> None:
    found = {"introduces": [{"name": "Knots in tethered embedding"}]}
    assert scored(found)["introduces"].f1 == 1.0


def test_what_was_extracted_may_be_what_it_is_scored_against() -> None:
    found = {"methods": [{"name": "GRPO"}], "models": [{"name": "Llama 2"}]}
    counted = scored(found, found)
    assert (counted["methods"].f1, counted["models"].f1) == (1.0, 1.0)


def test_a_plural_is_the_same_name_and_an_acronym_s_s_is_not() -> None:
    assert spelled("Transformers") == spelled("transformer")
    assert spelled("GANs") != spelled("GAN")


def test_what_is_too_general_counts_for_nobody() -> None:
    found = {"methods": [{"name": "GRPO"}, {"name": "RL", "long": "reinforcement learning"}]}
    assert scored(found)["methods"].precision == 1.0


def test_a_name_under_a_wrong_key_is_right_for_the_sum_of_keys_only() -> None:
    found = scored({"methods": [{"name": "Llama 2"}]})
    assert (found["methods"].right, found["entity"].right) == (0, 1)


def test_an_address_is_compared_without_scheme_and_case() -> None:
    assert address("http://GitHub.com/Example/kite/") == address(
        "https://www.github.com/example/kite."
    )


def test_a_result_is_a_value_on_a_benchmark() -> None:
    assert scored({"results": [{"value": r"2.5\%", "benchmark": "math"}]})["results"].f1 == 1.0
    assert scored({"results": [{"value": "2.5%", "benchmark": None}]})["results"].f1 == 0.0


def test_the_paper_and_its_main_artefact_stand_for_each_other() -> None:
    relation = {"source": "PAPER", "type": "EXTENDS", "target": "GRPO"}
    assert scored({"relations": [relation]})["EXTENDS"].f1 == 1.0


def test_a_relation_of_another_type_is_wrong() -> None:
    relation = {"source": "KITE", "type": "USES", "target": "GRPO"}
    assert scored({"relations": [relation]})["relations"].right == 0


def test_the_sum_of_relations_leaves_out_those_to_tasks() -> None:
    relation = {"source": "KITE", "type": "APPLIED_TO", "target": "knot tying"}
    found = scored({"relations": [relation]})
    assert (found["APPLIED_TO"].predicted, found["relations"].predicted) == (1, 0)


def test_a_paper_that_was_not_predicted_is_missed_whole() -> None:
    (paper,) = compare({}, {"a": GOLD})
    assert len(paper.missed()) == len(items(GOLD, annotated=True)) == 8


def test_two_names_of_one_entity_are_both_right_and_found_once() -> None:
    found = scored({"methods": [{"name": "GRPO"}, {"name": "grpo"}]})["methods"]
    assert (found.right, found.found, found.annotated) == (2, 1, 1)


def test_a_table_leaves_out_what_nobody_states() -> None:
    assert [row["key"] for row in table(tuple(scored({}).values()))][-1] == "EXTENDS"


def test_a_difference_is_in_points_and_null_where_nothing_was() -> None:
    now = [{"key": "tasks", "precision": 0.5, "recall": 1.0, "f1": 0.667, "n": 1}]
    (row,) = differences(now, [])
    assert row["f1_points"] is None
    (row, gone) = differences(now, [*({**now[0], "f1": 0.6},), {**now[0], "key": "results"}])
    assert (row["f1_points"], gone["key"], gone["f1"]) == (6.7, "results", None)


@pytest.mark.parametrize("everything", [True, False])
def test_the_reference_scorer_counts_the_same_on_the_development_part(
    shared: Path, everything: bool
) -> None:
    from measure_rules import development

    from graphkb.extract.catalogue import load_catalogue
    from graphkb.extract.lines import line
    from graphkb.extract.reader import Reader, accepted
    from graphkb.model.text import clean_text

    path = shared / "tools" / "score_extraction.py"
    if not path.is_file():
        pytest.skip(f"no reference scorer at {path}")
    spec = importlib.util.spec_from_file_location("score_extraction", path)
    assert spec is not None
    assert spec.loader is not None
    reference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reference)
    reader = Reader(load_catalogue())
    found, gold = {}, {}
    for paper, annotated in development(None)[::3]:
        title, abstract = clean_text(paper["title"]), clean_text(paper["abstract"])
        reading = reader.read(title, abstract)
        kept = reading if everything else accepted(reading)
        found[paper["id"]] = json.loads(json.dumps(line(paper["id"], title, abstract, kept)))
        gold[paper["id"]] = annotated
    tallies = reference.score(found, [gold])
    theirs = {
        key.removeprefix("rel:"): (t.tp_p, t.tp_p + t.fp, t.tp_r, t.tp_r + t.fn)
        for key, t in tallies.items()
    }
    ours = {
        s.key: (s.right, s.predicted, s.found, s.annotated) for s in scores(compare(found, gold))
    }
    assert ours == theirs
    assert ours["entity"][0] > 100


def test_spellings_hold_no_empty_one() -> None:
    assert spellings({"name": "图", "long": None, "aliases": ["GRPO", ""]}) == {"grpo"}
