"""What is asked about models and repositories, on a graph small enough to answer by hand."""

from small_graph import Asked, small_graph

# Qwen2 is a variant of Qwen, QwenVL of Qwen2; Early and Later have code, and share a repository.
GRAPH = small_graph(
    papers={"Early": "2024-01-05", "Later": "2025-01-09", "Undated": None, "stubOld": "2017"},
    things={
        "Method": "GRPO DAPO PPO",
        "Model": "Qwen Qwen2 QwenVL Lone",
        "Benchmark": "MATH AIME",
        "Repository": "shared own",
    },
    claims=[
        "Early INTRODUCES GRPO",
        "Early INTRODUCES Qwen2",
        "Later INTRODUCES DAPO",
        "Undated INTRODUCES QwenVL",
        "stubOld INTRODUCES PPO @stubOld!",
        "GRPO USES Qwen @Early",
        "DAPO USES Qwen @Later",
        "Undated USES Qwen",
        "Qwen2 EXTENDS Qwen @Early",
        "Qwen2 EXTENDS Qwen @Later",
        "QwenVL EXTENDS Qwen2 @Undated",
        "Qwen EXTENDS QwenVL @Undated",
        "Qwen2 EVALUATED_ON MATH @Early",
        "Qwen2 EVALUATED_ON AIME @Later",
        "Early HAS_CODE shared",
        "Later HAS_CODE shared",
        "Later HAS_CODE own",
        "DAPO IMPLEMENTED_IN own @Later",
    ],
    results=[
        ("r1", "Early", "Qwen2", "MATH", 62.5, {"metric": "accuracy"}),
        ("r2", "Later", "Qwen2", None, 3.0, {"reading": "gain"}),
        ("r3", "Later", "DAPO", "MATH", 70.0, {}),
    ],
    known={
        "Qwen2": {"support": 4, "support_groups": 3, "first_stated": "2024-01-05"},
        "QwenVL": {"support": 1, "first_stated": "2025-02"},
        "Lone": {"support": 7},
        "shared": {"url": "https://github.com/a/shared", "stars": 12, "language": "Python"},
        "own": {"url": "https://github.com/a/own"},
    },
)


def test_what_uses_a_model_comes_with_the_sentence_that_says_so(ask: Asked) -> None:
    assert ask("model-users", model="Qwen") == [
        ("2025-01-09", "DAPO", "Later", "DAPO USES Qwen.", "method:DAPO"),
        ("2024-01-05", "GRPO", "Early", "GRPO USES Qwen.", "method:GRPO"),
        (None, "Undated", "Undated", "Undated USES Qwen.", "title:Undated"),
    ]


def test_what_came_of_a_model_is_told_with_the_steps_and_not_the_model_itself(ask: Asked) -> None:
    assert ask("model-descendants", model="Qwen") == [
        (1, "Qwen2", "model", "2024-01-05", 4, "method:Qwen2"),
        (2, "QwenVL", "model", "2025-02", 1, "method:QwenVL"),
    ]
    assert ask("model-descendants", model="Lone") == []


def test_the_numbers_of_a_model_come_with_their_benchmark_where_one_is_named(ask: Asked) -> None:
    assert ask("model-results", model="Qwen2") == [
        ("MATH", "62.5", "accuracy", "absolute", "2024-01-05", "Early", "result:r1"),
        (None, "3", None, "gain", "2025-01-09", "Later", "result:r2"),
    ]


def test_a_model_is_evaluated_on_benchmarks_by_papers(ask: Asked) -> None:
    assert ask("model-benchmarks", model="Qwen2") == [
        ("AIME", "2025-01-09", "Later", "Qwen2 EVALUATED_ON AIME.", "method:AIME"),
        ("MATH", "2024-01-05", "Early", "Qwen2 EVALUATED_ON MATH.", "method:MATH"),
    ]


def test_new_models_are_those_of_the_newest_month_if_nothing_else_is_asked(ask: Asked) -> None:
    assert ask("new-models") == [("2025-02", "QwenVL", 1, None, "method:QwenVL")]
    assert ask("new-models", since="2024") == [
        ("2025-02", "QwenVL", 1, None, "method:QwenVL"),
        ("2024-01-05", "Qwen2", 4, 3, "method:Qwen2"),
    ]


def test_repositories_are_ranked_by_the_papers_that_link_them(ask: Asked) -> None:
    assert ask("repositories") == [
        (2, "shared", 12, "Python", "https://github.com/a/shared", "repo:shared"),
        (1, "own", None, None, "https://github.com/a/own", "repo:own"),
    ]


def test_the_papers_of_a_repository_come_with_what_they_introduce(ask: Asked) -> None:
    assert ask("repository-papers", repository="shared") == [
        ("2025-01-09", "Later", ["DAPO"], "title:Later"),
        ("2024-01-05", "Early", ["GRPO", "Qwen2"], "title:Early"),
    ]


def test_the_code_of_a_method_is_what_its_introducing_paper_links(ask: Asked) -> None:
    # The sentence says that DAPO is implemented in one of the two.
    assert ask("method-code", method="DAPO") == [
        (True, "own", "https://github.com/a/own", None, "Later", "repo:own"),
        (False, "shared", "https://github.com/a/shared", 12, "Later", "repo:shared"),
    ]
    assert ask("method-code", method="PPO") == []
