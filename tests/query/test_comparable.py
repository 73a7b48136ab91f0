"""What may be compared: periods of one length, dates within them, metrics and their scales."""

import pytest

from graphkb.errors import QueryError
from graphkb.query.metric import comparable_value, metric_key, scale
from graphkb.query.period import Period


@pytest.mark.parametrize(
    ("since", "until", "before"),
    [
        ("2025-06", "2025-12", "2024-11-01 to 2025-05-31"),
        ("2025", "2025", "2024-01-01 to 2024-12-31"),
        ("2024-03", "2024-03", "2024-02-01 to 2024-02-29"),
        ("2025-06-01", "2025-06-30", "2025-05-01 to 2025-05-31"),
        ("2025-06-08", "2025-06-14", "2025-06-01 to 2025-06-07"),
        ("2025-03-01", "2025-03-02", "2025-02-27 to 2025-02-28"),
    ],
)
def test_the_period_before_is_as_long_and_adjacent(since: str, until: str, before: str) -> None:
    assert str(Period.of(since, until).before) == before


@pytest.mark.parametrize(
    ("published", "held"),
    [
        ("2025-06-01", True),
        ("2025-08-31", True),
        ("2025-07", True),
        ("2025-09-01", False),
        ("2025-05-31", False),
        ("2025", False),
        ("", False),
        (None, False),
    ],
)
def test_a_period_holds_what_is_certainly_in_it(published: str | None, *, held: bool) -> None:
    assert Period.of("2025-06", "2025-08").holds(published) is held


@pytest.mark.parametrize(
    "text", ["June", "2025-13", "2025-6", "2025-02-30", "", "2025-06-01T00:00"]
)
def test_other_dates_are_refused(text: str) -> None:
    with pytest.raises(QueryError, match="is no date"):
        Period.of(text, "2026")


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Accuracies", "accuracy"),
        ("overall accuracy", "accuracy"),
        ("average accuracy", "average accuracy"),
        ("Pass@1", "pass@1"),
        ("pass^1", "pass^1"),
        ("task success rates", "success rate"),
        ("speed-ups", "speedup"),
        ("F1-score", "f1"),
        ("FPS", "fps"),
        ("EM", "exact match"),
        ("scores", None),
        ("Performance", None),
        ("and", None),
        ("the", None),
        ("", None),
        (None, None),
    ],
)
def test_a_metric_has_one_spelling_or_none(written: str | None, key: str | None) -> None:
    assert metric_key(written) == key


@pytest.mark.parametrize(
    ("key", "unit", "value", "of", "on_it"),
    [
        ("accuracy", "%", 85.3, "%", 85.3),
        ("accuracy", None, 85.3, "%", 85.3),
        ("accuracy", None, 0.853, "%", 85.3),
        ("accuracy", "%", 0.5, "%", 0.5),
        ("fid", None, 0.9, "", 0.9),
        ("latency", "ms", 12.0, "ms", 12.0),
        (None, None, 0.9, "", 0.9),
    ],
)
def test_shares_are_on_one_scale(
    key: str | None, unit: str | None, value: float, of: str, on_it: float
) -> None:
    assert (scale(key, unit, value), comparable_value(value, key, unit)) == (of, on_it)
