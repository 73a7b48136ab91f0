"""Every rule that is data matches its example and leaves its counterexample."""

from __future__ import annotations

import pytest

from graphkb.extract import announcement, component, context, cue, figure, kinship, role, task
from graphkb.extract.pattern import Pattern

PATTERNS: list[Pattern] = [
    *context.AFTER,
    *context.BEFORE,
    *announcement.PROPOSE,
    *announcement.CALLED,
    *announcement.OWN,
    *component.CONTEXTS,
    *cue.CUES,
    *cue.AFTER,
    *figure.CUES,
    *kinship.PATTERNS,
    *role.TRAINED,
    *role.EVALUATED,
    *task.BEFORE,
]


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda p: p.name)
def test_a_pattern_matches_its_example(pattern: Pattern) -> None:
    assert pattern.found(pattern.example)


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda p: p.name)
def test_a_pattern_leaves_its_counterexample(pattern: Pattern) -> None:
    assert not pattern.found(pattern.counterexample)


def test_every_cue_of_a_relation_has_its_own_name() -> None:
    names = [pattern.name for pattern in cue.CUES]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "pattern",
    [*announcement.PROPOSE, *announcement.CALLED, *announcement.OWN],
    ids=lambda p: p.name,
)
def test_what_an_announcement_needs_is_in_its_example(pattern: Pattern) -> None:
    assert any(needed in pattern.example.lower() for needed in announcement.NEEDS[pattern.name])


@pytest.mark.parametrize(
    "pattern", [p for p in context.BEFORE if p.name in context.TAILS], ids=lambda p: p.name
)
def test_the_tail_of_a_context_is_that_of_its_example(pattern: Pattern) -> None:
    last = pattern.example.lower().split()[-1]
    assert {last, last[-1]} & context.TAILS[pattern.name]
