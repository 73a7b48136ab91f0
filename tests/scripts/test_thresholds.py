"""How thresholds are chosen, and how confidence is held against what is right."""

from __future__ import annotations

import hashlib

import pytest
from reliability import Judged, calibration_error, judged_statements, reliability
from thresholds import FLOORS, START, choice, honest_f1, written

from graphkb.extract.confidence import THRESHOLDS
from graphkb.extract.threshold import DIGEST
from graphkb.model.reading import NamedEntity, Reading, Relation, TaskMention

ANNOTATED = dict.fromkeys(range(5), 40)


def statements(*groups: tuple[int, int, int]) -> list[Judged]:
    """Return statements by confidence: so many right, so many wrong, spread over papers."""
    return [
        Judged(f"paper {at}", "USES", confidence, right=at < right)
        for confidence, right, wrong in groups
        for at in range(right + wrong)
    ]


def test_the_threshold_is_where_f1_is_best() -> None:
    found = choice(statements((800, 90, 10), (600, 60, 20), (300, 10, 90)), ANNOTATED)
    assert found is not None
    assert 300 < found <= 600


def test_of_thresholds_as_good_the_highest_is_chosen() -> None:
    assert choice(statements((800, 90, 10)), ANNOTATED) == 800


def test_a_floor_keeps_its_precision() -> None:
    judged = statements((800, 90, 10), (600, 60, 40))
    assert choice(judged, ANNOTATED, 0.7) == 600
    assert choice(judged, ANNOTATED, 0.85) == 800


def test_a_lucky_few_do_not_reach_the_floor() -> None:
    judged = statements((900, 10, 0), (700, 10, 6), (300, 20, 40))
    assert choice(judged, ANNOTATED, 0.9) == 700


def test_nothing_is_chosen_from_too_few() -> None:
    assert choice(statements((800, 19, 10)), ANNOTATED) is None
    assert choice(statements((800, 90, 10)), {0: 19}) is None


def test_the_f1_of_held_out_folds_is_never_better_than_hindsight() -> None:
    judged = statements((800, 90, 10), (600, 60, 20), (300, 10, 90))
    best = max(
        2 * sum(s.right for s in taken) / (len(taken) + 200)
        for value in (800, 600, 300)
        for taken in [[s for s in judged if s.confidence >= value]]
    )
    assert 0.8 * best < honest_f1(judged, ANNOTATED) <= best


def test_a_bin_holds_count_confidence_and_share_of_right() -> None:
    bins = reliability(statements((850, 3, 1), (1000, 1, 0)))
    assert bins[:8] == [None] * 8
    assert bins[8] is not None
    assert (bins[8].count, bins[8].confidence, bins[8].precision) == (4, 0.85, 0.75)
    assert bins[9] is not None


def test_the_calibration_error_is_the_mean_distance() -> None:
    assert calibration_error(reliability(statements((850, 3, 1)))) == pytest.approx(0.1)
    assert calibration_error(reliability([])) == 0.0


def entity(name: str, confidence: int) -> NamedEntity:
    return NamedEntity("methods", name, "method", name, "abstract", 0, 1, "r", confidence, (0, 1))


def test_statements_are_judged_by_the_annotation_sure_or_not() -> None:
    reading = Reading(
        entities=(entity("GRPO", 900), entity("PPO", 10)),
        tasks=(TaskMention("walking", "abstract", 0, 1, "r", 20, (0, 1)),),
    )
    gold = {"a": {"mentions_methods": [{"name": "GRPO", "long": None}], "tasks": ["walking"]}}
    assert judged_statements({"a": reading}, gold) == [
        Judged("a", "methods", 900, right=True),
        Judged("a", "methods", 10, right=False),
        Judged("a", "tasks", 20, right=True),
    ]


def test_a_relation_of_a_name_that_is_not_believed_is_not_judged() -> None:
    reading = Reading(
        entities=(entity("GRPO", 900), entity("PPO", 10)),
        relations=tuple(
            Relation("PAPER", "USES", name, "abstract", 0, 1, "r", 10) for name in ("GRPO", "PPO")
        ),
    )
    judged = judged_statements({"a": reading}, {"a": {}})
    assert [(s.kind, s.confidence) for s in judged if s.kind == "USES"] == [("USES", 10)]


def test_the_module_of_thresholds_is_what_is_written() -> None:
    assert THRESHOLDS.keys() == START.keys()
    rows = "".join(f'    "{kind}": {value},\n' for kind, value in THRESHOLDS.items())
    assert hashlib.sha256(rows.encode()).hexdigest()[:12] == DIGEST
    assert rows in written()


def test_lineage_is_held_to_the_precision_that_the_page_promises() -> None:
    assert FLOORS["EXTENDS"] == 0.7
