"""What the named queries about benchmarks answer, written down before they were."""

import pytest
from small_graph import Asked, small_graph

PERCENT = {"metric": "accuracy", "direction": "up", "unit": "%"}
FID = {"metric": "FID", "direction": "down"}

GRAPH = small_graph(
    papers={
        "p1": "2025-01-10",
        "p2": "2025-03",
        "p3": "2025-06-05",
        "p4": None,
        "p5": "2025-06-20",
    },
    things={
        "Method": "grpo dapo",
        "Model": "qwen llama",
        "Benchmark": "math imagenet geneval",
    },
    claims=[
        "p1 MENTIONS math",
        "p1 MENTIONS imagenet",
        "p3 MENTIONS math",
        "p3 MENTIONS geneval",
        "p5 INTRODUCES geneval",
        "p5 MENTIONS math",
        "grpo EVALUATED_ON math @p1",
        "grpo EVALUATED_ON imagenet @p1",
        "grpo EVALUATED_ON geneval @p3",
        "dapo EVALUATED_ON math @p2",
        "dapo EVALUATED_ON imagenet @p2",
        "p5 EVALUATED_ON math",
        "p5 EVALUATED_ON geneval",
        "math EVALUATED_ON math @p4",
        "a6 AGAINST qwen @p3",
    ],
    results=[
        ("a1", "p1", "qwen", "math", 62.5, {**PERCENT}),
        ("a2", "p2", "qwen", "math", 70.0, {**PERCENT, "metric": "Accuracy"}),
        ("a3", "p3", "grpo", "math", 70.0, {"metric": "pass@1", "direction": "up"}),
        ("a4", "p5", "grpo", "math", 81.0, {}),
        ("a5", "p4", "llama", "math", 90.0, {**PERCENT}),
        ("a6", "p3", "dapo", "math", 3.0, {"reading": "gain", "direction": "up"}),
        ("a7", "p3", "dapo", "math", None, {}),
        ("a8", "p5", "dapo", "math", 0.45, {"metric": "accuracy", "direction": "up"}),
        ("b1", "p1", "grpo", "imagenet", 2.1, {**FID}),
        ("b2", "p2", "dapo", "imagenet", 1.8, {**FID}),
        ("b3", "p3", "qwen", "imagenet", 84.0, {**PERCENT}),
        ("b4", "p3", "grpo", "imagenet", 60.0, {}),
        ("b5", "p3", "grpo", "imagenet", 1.9, {**FID}),
    ],
)


def test_users_come_latest_first_and_undated_last(ask: Asked) -> None:
    assert [row[:3] for row in ask("benchmark-users", benchmark="math")] == [
        ("2025-06-20", "p5", "p5"),
        ("2025-03", "dapo", "p2"),
        ("2025-01-10", "grpo", "p1"),
    ]


def test_the_leaderboard_has_each_thing_once_with_its_best_reading(ask: Asked) -> None:
    assert [row[:6] for row in ask("leaderboard", benchmark="math")] == [
        ("llama", "90", "%", "accuracy", "higher", False),
        ("grpo", "81", None, None, "higher", False),
        ("qwen", "70", "%", "Accuracy", "higher", False),
        ("dapo", "0.45", None, "accuracy", "higher", True),
    ]


def test_a_place_on_the_leaderboard_has_its_sentence_and_what_it_rests_on(ask: Asked) -> None:
    assert [row[6:] for row in ask("leaderboard", benchmark="math")] == [
        (None, "p4", "a5 ON math.", 1, 1, "method:llama"),
        ("2025-06-20", "p5", "a4 ON math.", 2, 2, "method:grpo"),
        ("2025-03", "p2", "a2 ON math.", 2, 2, "method:qwen"),
        ("2025-06-20", "p5", "a8 ON math.", 1, 1, "method:dapo"),
    ]


def test_metrics_of_another_direction_are_ranked_apart_and_unknown_ones_last(ask: Asked) -> None:
    assert [row[:5] for row in ask("leaderboard", benchmark="imagenet")] == [
        ("dapo", "1.8", None, "FID", "lower"),
        ("grpo", "1.9", None, "FID", "lower"),
        ("qwen", "84", "%", "accuracy", "higher"),
        ("grpo", "60", None, None, None),
    ]


@pytest.mark.parametrize(
    ("as_of", "ranked"),
    [
        ("2024", []),
        ("2025-05", [("qwen", "70")]),
        ("2025-06-10", [("qwen", "70"), ("grpo", "70")]),
        ("2025-06", [("grpo", "81"), ("qwen", "70"), ("dapo", "0.45")]),
    ],
)
def test_a_leaderboard_as_of_a_date_knows_what_was_published_by_its_end(
    ask: Asked, as_of: str, ranked: list[tuple[str, str]]
) -> None:
    rows = ask("leaderboard", benchmark="math", as_of=as_of)
    assert [row[:2] for row in rows] == ranked


def test_a_leaderboard_of_one_metric(ask: Asked) -> None:
    rows = ask("leaderboard", benchmark="math", metric="ACCURACY")
    assert [row[:2] for row in rows] == [("llama", "90"), ("qwen", "70"), ("dapo", "0.45")]


def test_saturation_tells_the_best_of_each_month_and_the_record(ask: Asked) -> None:
    assert ask("saturation", benchmark="math") == [
        ("higher", False, "2025-01", 1, 62.5, 62.5, "qwen", "method:qwen"),
        ("higher", False, "2025-03", 1, 70.0, 70.0, "qwen", "method:qwen"),
        ("higher", False, "2025-06", 2, 81.0, 81.0, "grpo", "method:grpo"),
        ("higher", True, "2025-06", 1, 0.45, 0.45, "dapo", "method:dapo"),
    ]
    assert ask("saturation", benchmark="imagenet") == [
        ("lower", False, "2025-01", 1, 2.1, 2.1, "grpo", "method:grpo"),
        ("lower", False, "2025-03", 1, 1.8, 1.8, "dapo", "method:dapo"),
        ("lower", False, "2025-06", 1, 1.9, 1.8, "grpo", "method:grpo"),
        ("higher", False, "2025-06", 1, 84.0, 84.0, "qwen", "method:qwen"),
    ]


def test_metrics_are_counted_in_any_case(ask: Asked) -> None:
    assert ask("metrics", benchmark="math") == [
        ("accuracy", "absolute", "up", "%", 3, 3),
        (None, "absolute", None, None, 2, 2),
        ("accuracy", "absolute", "up", None, 1, 1),
        ("pass@1", "absolute", "up", None, 1, 1),
        (None, "gain", "up", None, 1, 1),
    ]


def test_values_contradict_where_papers_give_one_metric_of_one_thing_differently(
    ask: Asked,
) -> None:
    assert ask("contradicting-values") == [
        ("grpo", "imagenet", "FID", "2.1", "2025-01-10", "p1", "b1 ON imagenet.", "result:b1"),
        ("grpo", "imagenet", "FID", "1.9", "2025-06-05", "p3", "b5 ON imagenet.", "result:b5"),
        ("qwen", "math", "accuracy", "62.5", "2025-01-10", "p1", "a1 ON math.", "result:a1"),
        ("qwen", "math", "Accuracy", "70", "2025-03", "p2", "a2 ON math.", "result:a2"),
    ]


def test_gains_stand_apart_with_what_they_are_gains_over(ask: Asked) -> None:
    assert ask("gains", benchmark="math") == [
        ("dapo", "3", None, "gain", "qwen", "2025-06-05", "p3", "a6 ON math.", "result:a6")
    ]


def test_benchmarks_are_used_together_by_the_same_thing_in_the_same_paper(ask: Asked) -> None:
    assert ask("benchmarks-used-together", benchmark="math") == [
        ("imagenet", "benchmark", 2, "method:imagenet"),
        ("geneval", "benchmark", 1, "method:geneval"),
    ]


def test_a_benchmark_rises_where_a_larger_share_of_papers_names_it(ask: Asked) -> None:
    assert ask("rising-benchmarks", since="2025-06", least=1) == [
        ("geneval", 0, 2, 0.0, 100.0, "method:geneval"),
        ("math", 1, 2, 50.0, 100.0, "method:math"),
    ]
