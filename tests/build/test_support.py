"""Support: how many papers rest on a thing, and how many groups of authors are behind them."""

from graphkb.build.support import with_support
from graphkb.model.graph import Edge, Entity

# Ada and Ben wrote First; Ben and Cem Second, so that all three are one group; Dee wrote Third;
# nobody knows who wrote Fourth and Fifth; the stub was never loaded.
AUTHORS = {"First": "Ada Ben", "Second": "Ben Cem", "Third": "Dee", "stub": "Eve"}
PAPERS = ("First", "Second", "Third", "Fourth", "Fifth", "stub")
THINGS = {"GRPO": "Method", "PPO": "Method", "MATH": "Benchmark", "reasoning": "Task"}


def figures(*claims: str) -> dict[str, tuple[object, object]]:
    """Return support and groups of each thing; a claim is `start TYPE end paper`."""
    labels = {**dict.fromkeys(PAPERS, "Paper"), **THINGS}
    entities = {
        name: Entity(label, name, {"name": name, "stub": name == "stub"} if name in PAPERS else {})
        for name, label in labels.items()
    }
    said = [claim.split() for claim in claims]
    said += [[p, "AUTHORED_BY", a, p] for p, names in AUTHORS.items() for a in names.split()]
    edges = [
        Edge(start, type_, end, paper, labels[start], labels.get(end, "Author"), {})
        for start, type_, end, paper in said
    ]
    found = with_support(entities, edges)
    return {
        name: (found[name].properties["support"], found[name].properties.get("support_groups"))
        for name in THINGS
    }


def test_introducing_using_extending_generalizing_and_evaluating_count() -> None:
    found = figures(
        "First INTRODUCES GRPO First",
        "GRPO EXTENDS PPO First",
        "Third USES PPO Third",
        "GRPO GENERALIZES PPO Fourth",
        "GRPO EVALUATED_ON MATH First",
    )
    assert found["GRPO"] == (1, 1)
    assert found["PPO"] == (3, 3)
    assert found["MATH"] == (1, 1)


def test_a_mention_a_comparison_and_a_victory_do_not_count() -> None:
    found = figures(
        "First MENTIONS PPO First",
        "GRPO COMPARED_WITH PPO First",
        "GRPO OUTPERFORMS PPO First",
        "First CRITIQUES PPO First",
    )
    assert found["PPO"] == (0, 0)


def test_a_paper_counts_once_however_often_it_says_so() -> None:
    found = figures("First USES PPO First", "GRPO USES PPO First", "GRPO EXTENDS PPO First")
    assert found["PPO"] == (1, 1)


def test_papers_that_share_an_author_through_a_third_paper_are_one_group() -> None:
    assert figures("First USES PPO First", "Second USES PPO Second")["PPO"] == (2, 1)
    three = ("First USES PPO First", "Second USES PPO Second", "Third USES PPO Third")
    assert figures(*three)["PPO"] == (3, 2)


def test_a_paper_that_does_not_rest_on_the_thing_joins_no_groups_of_it() -> None:
    # First and Third have no author in common, whatever Second would join.
    assert figures("First USES PPO First", "Third USES PPO Third")["PPO"] == (2, 2)


def test_papers_of_nobody_known_are_a_group_each() -> None:
    assert figures("Fourth USES PPO Fourth", "Fifth USES PPO Fifth")["PPO"] == (2, 2)


def test_a_paper_that_was_not_loaded_does_not_count() -> None:
    assert figures("stub INTRODUCES PPO stub", "GRPO EXTENDS PPO stub")["PPO"] == (0, 0)


def test_of_a_task_all_that_name_it_count_and_it_has_no_groups() -> None:
    found = figures("First MENTIONS reasoning First", "GRPO APPLIED_TO reasoning Third")
    assert found["reasoning"] == (2, None)
