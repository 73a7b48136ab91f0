"""What the named queries about methods answer, written down before they were."""

import pytest
from small_graph import Asked, small_graph

GRAPH = small_graph(
    papers={
        "p1": "2024-01-05",
        "p2": "2024-02",
        "p3": "2025-01-09",
        "p4": None,
        "p5": "2025-03-20",
        "stub1": "2017",
    },
    things={
        "Method": "ppo grpo dapo gspo loop",
        "Model": "qwen",
        "Benchmark": "math aime",
        "Task": "reasoning proofs",
    },
    known={"gspo": {"support": 3}, "grpo": {"first_stated": "2024-01-05"}},
    claims=[
        "stub1 INTRODUCES ppo @stub1!",
        "p1 INTRODUCES grpo",
        "p3 INTRODUCES dapo",
        "p4 INTRODUCES loop",
        "p5 INTRODUCES gspo",
        "p1 MENTIONS ppo",
        "p2 MENTIONS grpo",
        "p2 MENTIONS ppo",
        "p2 MENTIONS qwen",
        "p3 MENTIONS grpo",
        "p3 MENTIONS qwen",
        "p3 MENTIONS gspo",
        "p4 MENTIONS grpo",
        "p5 MENTIONS grpo",
        "p5 MENTIONS loop",
        "p1 MENTIONS math",
        "p5 MENTIONS aime",
        "p1 MENTIONS reasoning",
        "p2 MENTIONS reasoning",
        "p3 MENTIONS proofs",
        "p5 MENTIONS proofs",
        "grpo EXTENDS ppo @p1",
        "grpo EXTENDS ppo @p2",
        "dapo EXTENDS ppo @stub1!",
        "dapo EXTENDS grpo @p3",
        "gspo EXTENDS grpo @p5",
        "loop EXTENDS loop @p4",
        "loop EXTENDS grpo @p4",
        "ppo EXTENDS dapo @p4",
        "dapo GENERALIZES gspo @p5",
        "p2 USES grpo",
        "p2 USES ppo",
        "dapo USES grpo @p3",
        "dapo USES qwen @p3",
        "gspo USES grpo @p5",
        "gspo USES grpo @p3",
        "gspo USES loop @p5",
        "gspo USES qwen @p1",
        "loop USES loop @p4",
        "qwen USES grpo @p4",
        "qwen USES ppo @p4",
        "grpo OUTPERFORMS ppo @p1 on math",
        "grpo OUTPERFORMS ppo @p2",
        "ppo OUTPERFORMS grpo @p4",
        "dapo OUTPERFORMS grpo @p3",
        "p5 OUTPERFORMS grpo",
        "loop OUTPERFORMS loop @p4",
        "dapo COMPARED_WITH grpo @p3",
        "grpo COMPARED_WITH qwen @p2",
        "grpo COMPARED_WITH grpo @p4",
        "grpo EVALUATED_ON math @p1",
        "grpo EVALUATED_ON math @p4",
        "dapo EVALUATED_ON aime @p3",
        "gspo EVALUATED_ON aime @p5",
        "gspo EVALUATED_ON math @p5",
        "loop EVALUATED_ON aime @p4",
        "qwen EVALUATED_ON math @p2",
        "grpo APPLIED_TO reasoning @p1",
        "grpo APPLIED_TO reasoning @p2",
        "dapo APPLIED_TO proofs @p3",
        "p5 SURVEYS grpo",
        "dapo CRITIQUES grpo @p3",
        "p2 ANALYZES grpo",
        "grpo ANALYZES grpo @p4",
    ],
    results=[
        ("r1", "p1", "grpo", "math", 51.5, {"metric": "accuracy", "direction": "up"}),
        ("r2", "p5", "grpo", "aime", 30.0, {}),
        ("r3", "p4", "grpo", None, 2.0, {"reading": "ratio", "metric": "speed"}),
    ],
)


def test_ancestors_are_told_once_with_the_fewest_steps_and_a_cycle_ends(ask: Asked) -> None:
    assert [row[:2] for row in ask("ancestors", method="grpo")] == [
        (1, "ppo"),
        (2, "dapo"),
        (3, "gspo"),
    ]


def test_descendants_are_told_once_with_the_fewest_steps_and_a_cycle_ends(ask: Asked) -> None:
    assert [row[:2] for row in ask("descendants", method="ppo")] == [
        (1, "grpo"),
        (1, "dapo"),
        (2, "gspo"),
        (2, "loop"),
    ]


def test_nothing_descends_from_itself(ask: Asked) -> None:
    assert [row[4] for row in ask("descendants", method="loop")] == []
    assert "method:loop" not in [row[4] for row in ask("ancestors", method="loop")]


def test_siblings_come_with_the_parent_that_they_share(ask: Asked) -> None:
    assert [row[:2] for row in ask("siblings", method="dapo")] == [
        ("grpo", "gspo"),
        ("grpo", "loop"),
        ("ppo", "grpo"),
    ]
    assert [row[:2] for row in ask("siblings", method="loop")] == [
        ("grpo", "dapo"),
        ("grpo", "gspo"),
    ]


def test_variants_count_papers_and_are_curated_where_no_paper_here_says_it(ask: Asked) -> None:
    assert ask("variants", method="grpo") == [
        ("gspo", "method", 1, False, None, 3, "method:gspo"),
        ("dapo", "method", 1, False, None, None, "method:dapo"),
        ("loop", "method", 1, False, None, None, "method:loop"),
    ]
    assert ask("variants", method="ppo") == [
        ("grpo", "method", 2, False, "2024-01-05", None, "method:grpo"),
        ("dapo", "method", 0, True, None, None, "method:dapo"),
    ]
    assert ask("variants", method="loop") == []


def test_families_are_ranked_by_their_variants_and_a_loop_is_none(ask: Asked) -> None:
    assert ask("families") == [
        ("grpo", 3, 3, "2024-01-05", "method:grpo"),
        ("ppo", 2, 2, None, "method:ppo"),
        ("dapo", 1, 1, None, "method:dapo"),
    ]
    assert ask("families", limit=1) == [("grpo", 3, 3, "2024-01-05", "method:grpo")]


def test_the_introducing_paper_may_be_known_to_the_catalogue_alone(ask: Asked) -> None:
    assert ask("introduced-in", method="grpo") == [
        ("2024-01-05", "p1", "p1 INTRODUCES grpo.", False, "title:p1")
    ]
    assert ask("introduced-in", method="ppo") == [
        ("2017", "stub1", "stub1 INTRODUCES ppo, as is known.", True, "title:stub1")
    ]


def test_what_a_method_is_built_on_comes_with_each_paper_that_says_so(ask: Asked) -> None:
    assert ask("built-on", method="gspo") == [
        ("grpo", "method", "2025-01-09", "p3", "gspo USES grpo.", "method:grpo"),
        ("grpo", "method", "2025-03-20", "p5", "gspo USES grpo.", "method:grpo"),
        ("loop", "method", "2025-03-20", "p5", "gspo USES loop.", "method:loop"),
        ("qwen", "model", "2024-01-05", "p1", "gspo USES qwen.", "method:qwen"),
    ]
    assert ask("built-on", method="loop") == []


def test_users_come_latest_first_undated_last_and_nothing_uses_itself(ask: Asked) -> None:
    assert [row[:3] for row in ask("used-by", method="grpo")] == [
        ("2025-03-20", "p5", "gspo"),
        ("2025-01-09", "p3", "dapo"),
        ("2025-01-09", "p3", "gspo"),
        ("2024-02", "p2", "p2"),
        (None, "p4", "qwen"),
    ]
    assert [row[2] for row in ask("used-by", method="loop")] == ["gspo"]


def test_used_together_means_by_the_same_thing_in_the_same_paper(ask: Asked) -> None:
    assert ask("used-together", method="grpo") == [
        ("ppo", "method", 2, "method:ppo"),
        ("loop", "method", 1, "method:loop"),
        ("qwen", "model", 1, "method:qwen"),
    ]
    assert ask("used-together", method="loop") == [("grpo", "method", 1, "method:grpo")]


def test_named_together_counts_papers_that_name_or_introduce_both(ask: Asked) -> None:
    assert ask("named-together", method="grpo") == [
        ("gspo", 2, "method:gspo"),
        ("loop", 2, "method:loop"),
        ("ppo", 2, "method:ppo"),
        ("dapo", 1, "method:dapo"),
    ]


def test_benchmarks_come_with_every_paper_that_evaluates_on_them(ask: Asked) -> None:
    assert [row[:3] for row in ask("evaluated-on", method="grpo")] == [
        ("math", None, "p4"),
        ("math", "2024-01-05", "p1"),
    ]


def test_tasks_come_with_every_paper_that_applies_the_method(ask: Asked) -> None:
    assert ask("applied-to", method="grpo") == [
        ("reasoning", "2024-01-05", "p1", "grpo APPLIED_TO reasoning.", "task:reasoning"),
        ("reasoning", "2024-02", "p2", "grpo APPLIED_TO reasoning.", "task:reasoning"),
    ]


def test_a_timeline_counts_each_paper_once_a_month_and_stubs_never(ask: Asked) -> None:
    assert ask("timeline", method="grpo") == [
        ("2024-01", 1, 1, 0, 0),
        ("2024-02", 1, 0, 1, 0),
        ("2025-01", 1, 0, 1, 1),
        ("2025-03", 1, 0, 1, 1),
        (None, 1, 0, 1, 1),
    ]
    assert ask("timeline", method="ppo") == [
        ("2024-01", 1, 0, 0, 1),
        ("2024-02", 1, 0, 1, 1),
        (None, 1, 0, 1, 0),
    ]


def test_the_first_and_latest_uses_are_dated(ask: Asked) -> None:
    assert ask("first-and-latest-use", method="grpo") == [
        ("first", "2024-02", "p2", "p2", "uses", "p2 USES grpo.", "title:p2"),
        ("latest", "2025-03-20", "p5", "gspo", "uses", "gspo USES grpo.", "title:p5"),
    ]
    assert ask("first-and-latest-use", method="loop") == [
        ("first", "2025-03-20", "p5", "gspo", "uses", "gspo USES loop.", "title:p5"),
        ("latest", "2025-03-20", "p5", "gspo", "uses", "gspo USES loop.", "title:p5"),
    ]
    assert ask("first-and-latest-use", method="gspo") == []


def test_what_a_method_outperforms_and_what_outperforms_it(ask: Asked) -> None:
    assert ask("outperforms", method="grpo") == [
        ("ppo", None, "2024-02", "p2", "grpo OUTPERFORMS ppo.", "method:ppo"),
        ("ppo", "math", "2024-01-05", "p1", "grpo OUTPERFORMS ppo.", "method:ppo"),
    ]
    assert ask("outperformed-by", method="grpo") == [
        ("p5", None, "2025-03-20", "p5", "p5 OUTPERFORMS grpo.", "title:p5"),
        ("dapo", None, "2025-01-09", "p3", "dapo OUTPERFORMS grpo.", "method:dapo"),
        ("ppo", None, None, "p4", "ppo OUTPERFORMS grpo.", "method:ppo"),
    ]


def test_nothing_outperforms_itself(ask: Asked) -> None:
    assert ask("outperforms", method="loop") == ask("outperformed-by", method="loop") == []
    assert [(row[0], row[1]) for row in ask("outperformance-claims")] == [
        ("p5", "grpo"),
        ("dapo", "grpo"),
        ("grpo", "ppo"),
        ("grpo", "ppo"),
        ("ppo", "grpo"),
    ]


def test_head_to_head_counts_the_papers_of_each_word(ask: Asked) -> None:
    assert ask("head-to-head", method="grpo") == [
        ("ppo", "method", 2, 1, 0, "method:ppo"),
        ("dapo", "method", 0, 1, 1, "method:dapo"),
        ("qwen", "model", 0, 0, 1, "method:qwen"),
    ]


def test_a_comparison_is_found_from_either_side(ask: Asked) -> None:
    assert ask("compared-with", method="grpo") == [
        ("dapo", "method", "2025-01-09", "p3", "dapo COMPARED_WITH grpo.", "method:dapo"),
        ("qwen", "model", "2024-02", "p2", "grpo COMPARED_WITH qwen.", "method:qwen"),
    ]
    assert [row[0] for row in ask("compared-with", method="dapo")] == ["grpo"]


def test_who_surveys_analyses_or_criticises_a_method(ask: Asked) -> None:
    assert ask("examined-by", method="grpo") == [
        ("surveys", "2025-03-20", "p5", "p5", "p5 SURVEYS grpo.", "title:p5"),
        ("critiques", "2025-01-09", "p3", "dapo", "dapo CRITIQUES grpo.", "method:dapo"),
        ("analyzes", "2024-02", "p2", "p2", "p2 ANALYZES grpo.", "title:p2"),
    ]


def test_a_number_of_a_method_need_not_be_on_a_benchmark(ask: Asked) -> None:
    assert [row[:6] for row in ask("method-results", method="grpo")] == [
        ("aime", None, "30", "absolute", "2025-03-20", "p5"),
        ("math", "accuracy", "51.5", "absolute", "2024-01-05", "p1"),
        (None, "speed", "2", "ratio", None, "p4"),
    ]


def test_a_gap_is_a_benchmark_of_siblings_and_of_what_is_used_beside(ask: Asked) -> None:
    assert ask("gaps", method="loop") == [("math", 2, ["grpo", "gspo"], 3, "method:math")]
    assert ask("gaps", method="ppo") == [("math", 1, ["grpo"], 2, "method:math")]
    assert ask("gaps", method="gspo") == []


def test_a_method_rises_where_a_larger_share_of_papers_names_it(ask: Asked) -> None:
    assert ask("rising-methods", since="2025-01", least=1) == [
        ("gspo", 0, 2, 0.0, 100.0, "method:gspo"),
        ("dapo", 0, 1, 0.0, 50.0, "method:dapo"),
        ("loop", 0, 1, 0.0, 50.0, "method:loop"),
    ]
    assert ask("rising-methods", since="2025-01", least=2) == [
        ("gspo", 0, 2, 0.0, 100.0, "method:gspo")
    ]


@pytest.mark.parametrize("since", ["2031-01", "1999-01"])
def test_nothing_rises_against_no_paper(ask: Asked, since: str) -> None:
    assert ask("rising-methods", since=since, least=1) == []
    assert ask("trends", since=since, least=1) == []


def test_trends_tell_what_rose_and_what_fell(ask: Asked) -> None:
    assert ask("trends", since="2025-01", least=1) == [
        ("rose", "method", "gspo", 0, 2, 0.0, 100.0, 100.0, "method:gspo"),
        ("fell", "method", "ppo", 2, 0, 100.0, 0.0, -100.0, "method:ppo"),
        ("rose", "task", "proofs", 0, 2, 0.0, 100.0, 100.0, "task:proofs"),
        ("fell", "task", "reasoning", 2, 0, 100.0, 0.0, -100.0, "task:reasoning"),
        ("rose", "benchmark", "aime", 0, 1, 0.0, 50.0, 50.0, "method:aime"),
        ("rose", "method", "dapo", 0, 1, 0.0, 50.0, 50.0, "method:dapo"),
        ("rose", "method", "loop", 0, 1, 0.0, 50.0, 50.0, "method:loop"),
        ("fell", "benchmark", "math", 1, 0, 50.0, 0.0, -50.0, "method:math"),
    ]
