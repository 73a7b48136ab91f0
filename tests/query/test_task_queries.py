"""What the named queries about tasks answer, written down before they were."""

from small_graph import Asked, small_graph

GRAPH = small_graph(
    papers={"p1": "2024-05", "p2": "2024-11-02", "p3": "2025-02-01", "p4": None},
    things={
        "Method": "grpo dapo sft",
        "Model": "qwen",
        "Benchmark": "math humaneval coco",
        "Task": "proofs coding vision idle",
    },
    known={"proofs": {"support": 2}, "coding": {"support": 2}, "vision": {"support": 1}},
    claims=[
        "p1 MENTIONS proofs",
        "p2 MENTIONS proofs",
        "p2 MENTIONS coding",
        "p3 MENTIONS coding",
        "p4 MENTIONS vision",
        "grpo APPLIED_TO proofs @p1",
        "grpo APPLIED_TO proofs @p2",
        "dapo APPLIED_TO proofs @p2",
        "sft APPLIED_TO proofs @p4",
        "math APPLIED_TO proofs @p1",
        "p3 APPLIED_TO coding",
        "qwen APPLIED_TO coding @p3",
        "humaneval APPLIED_TO coding @p2",
        "coco APPLIED_TO vision @p4",
        "grpo EVALUATED_ON math @p1",
        "grpo EVALUATED_ON math @p2",
        "dapo EVALUATED_ON math @p2",
        "dapo EVALUATED_ON humaneval @p2",
        "grpo EVALUATED_ON coco @p3",
        "qwen EVALUATED_ON humaneval @p3",
    ],
)


def test_tasks_are_ranked_by_the_papers_that_name_them(ask: Asked) -> None:
    assert ask("tasks") == [
        ("coding", 2, "task:coding"),
        ("proofs", 2, "task:proofs"),
        ("vision", 1, "task:vision"),
    ]


def test_an_application_comes_with_the_paper_that_says_so_the_latest_first(ask: Asked) -> None:
    assert [row[:3] for row in ask("task-applications", task="proofs")] == [
        ("2024-11-02", "dapo", "p2"),
        ("2024-11-02", "grpo", "p2"),
        ("2024-05", "grpo", "p1"),
        ("2024-05", "math", "p1"),
        (None, "sft", "p4"),
    ]


def test_methods_and_models_of_a_task_are_ranked_by_papers(ask: Asked) -> None:
    assert ask("task-methods", task="proofs") == [
        ("grpo", "method", 2, "2024-05", "2024-11-02", "method:grpo"),
        ("dapo", "method", 1, "2024-11-02", "2024-11-02", "method:dapo"),
        ("sft", "method", 1, None, None, "method:sft"),
    ]
    assert [row[:2] for row in ask("task-methods", task="coding")] == [("qwen", "model")]


def test_a_benchmark_of_a_task_is_made_for_it_or_what_is_applied_is_evaluated_on_it(
    ask: Asked,
) -> None:
    assert ask("task-benchmarks", task="proofs") == [
        ("math", "benchmark", 2, True, "method:math"),
        ("humaneval", "benchmark", 1, False, "method:humaneval"),
    ]
    assert ask("task-benchmarks", task="vision") == [("coco", "benchmark", 1, True, "method:coco")]


def test_a_gap_of_a_task_is_a_pair_that_no_paper_reports(ask: Asked) -> None:
    assert ask("task-gaps", task="proofs") == [
        ("sft", "math", 1, 2, "method:sft", "method:math"),
        ("grpo", "humaneval", 2, 1, "method:grpo", "method:humaneval"),
        ("sft", "humaneval", 1, 1, "method:sft", "method:humaneval"),
    ]
    assert ask("task-gaps", task="coding") == []


def test_a_task_rises_where_a_larger_share_of_papers_names_it(ask: Asked) -> None:
    assert ask("rising-tasks", since="2024-11", least=1) == [
        ("coding", 0, 2, 0.0, 100.0, "task:coding")
    ]


def test_the_timeline_of_a_task_counts_papers_by_month_undated_last(ask: Asked) -> None:
    assert ask("task-timeline", task="proofs") == [("2024-05", 1), ("2024-11", 1)]
    assert ask("task-timeline", task="vision") == [(None, 1)]


def test_related_tasks_are_named_by_the_same_papers(ask: Asked) -> None:
    assert ask("related-tasks", task="proofs") == [("coding", 1, "task:coding")]
