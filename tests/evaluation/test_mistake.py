"""Errors by class: what stands on the other side tells what went wrong."""

from __future__ import annotations

from typing import Any

import pytest

from graphkb.evaluation.mistake import CLASSES, Mistake, mistakes
from graphkb.evaluation.score import compare

GOLD: dict[str, Any] = {
    "introduces": [{"name": "KITE", "long": None, "kind": "method"}],
    "mentions_methods": [{"name": "conditional flow matching", "long": None}],
    "benchmarks": [{"name": "MATH", "role": "evaluation"}],
    "results": [{"value": "71.2", "benchmark": "MATH", "subject": "KITE", "metric": "accuracy"}],
    "relations": [
        {
            "source": "KITE",
            "type": "EXTENDS",
            "target": "conditional flow matching",
            "evidence": "KITE extends conditional flow matching",
        }
    ],
}
TEXT = "KITE extends conditional flow matching. It reaches 71.2 accuracy on MATH."
RIGHT: dict[str, Any] = {
    "abstract": TEXT,
    "introduces": [{"name": "KITE", "kind": "method", "field": "abstract", "begin": 0}],
    "methods": [{"name": "conditional flow matching"}],
    "benchmarks": [{"name": "MATH", "role": "evaluation"}],
    "results": GOLD["results"],
    "relations": GOLD["relations"],
}


def wrong(**changed: Any) -> list[Mistake]:
    """Return the mistakes of a right extraction in which some lists are others."""
    return list(mistakes(compare({"a": RIGHT | changed}, {"a": GOLD})))


def told(found: list[Mistake]) -> set[tuple[str, str, str]]:
    """Return key, side and class of each mistake."""
    return {(m.key, m.side, m.what) for m in found}


def relation(source: str, kind: str, target: str) -> list[dict[str, str]]:
    return [{"source": source, "type": kind, "target": target}]


def test_what_is_right_is_no_mistake() -> None:
    assert wrong() == []


def test_a_name_under_another_key_is_of_a_wrong_group() -> None:
    found = wrong(benchmarks=[], methods=[*RIGHT["methods"], {"name": "MATH"}])
    assert told(found) == {
        ("benchmarks", "missed", "wrong group"),
        ("methods", "extra", "wrong group"),
    }
    assert found[0].instead == "MATH (methods)"


def test_a_shorter_name_is_a_wrong_boundary() -> None:
    found = wrong(methods=[{"name": "flow matching"}], relations=[])
    assert ("methods", "missed", "boundary") in told(found)
    assert ("methods", "extra", "boundary") in told(found)


def test_what_nothing_is_near_is_missed_or_extra() -> None:
    assert told(wrong(methods=[*RIGHT["methods"], {"name": "PPO"}])) == {
        ("methods", "extra", "extra")
    }
    assert told(wrong(introduces=[], relations=[])) >= {("introduces", "missed", "missed")}


@pytest.mark.parametrize(
    ("given", "what"),
    [
        (relation("KITE", "USES", "conditional flow matching"), "wrong type"),
        (relation("MATH", "EXTENDS", "conditional flow matching"), "wrong source"),
        (relation("conditional flow matching", "EXTENDS", "KITE"), "turned"),
        (relation("KITE", "USES", "PPO"), "no such target"),
        (relation("PPO", "USES", "KITE"), "no such source"),
    ],
)
def test_an_extra_relation_is_told_by_what_is_annotated(
    given: list[dict[str, str]], what: str
) -> None:
    assert what in {m.what for m in wrong(relations=given) if m.side == "extra"}


def test_a_missed_relation_whose_target_was_not_found_says_so() -> None:
    found = wrong(methods=[], relations=[])
    assert ("EXTENDS", "missed", "no such target") in told(found)


def test_a_figure_on_something_else_has_a_wrong_benchmark() -> None:
    result = {"value": "71.2", "benchmark": None, "subject": "KITE", "metric": "accuracy"}
    assert told(wrong(results=[result])) == {
        ("results", "extra", "wrong benchmark"),
        ("results", "missed", "wrong benchmark"),
    }


def test_what_is_not_scored_and_differs_is_told_apart() -> None:
    entity = {"name": "KITE", "kind": "benchmark"}
    result = {"value": "71.2", "benchmark": "MATH", "subject": "PAPER", "metric": "F1"}
    found = wrong(introduces=[entity], results=[result])
    assert told(found) == {
        ("introduces", "differs", "wrong kind"),
        ("results", "differs", "wrong subject"),
        ("results", "differs", "wrong metric"),
    }


def test_a_mistake_quotes_its_sentence() -> None:
    (missed,) = wrong(results=[])
    assert missed.sentence == "It reaches 71.2 accuracy on MATH."
    assert wrong(abstract=None, results=[])[0].sentence is None


def test_every_class_has_a_meaning() -> None:
    found = wrong(methods=[], relations=[], results=[], benchmarks=[])
    assert {m.what for m in found} <= set(CLASSES)
