"""A lineage is the same two trees on both stores."""

import pytest
from lineage_graph import FAN, changes  # noqa: F401 - `base` takes the changes

from graphkb.errors import NotFoundError, QueryError
from graphkb.knowledge_base import KnowledgeBase
from graphkb.query.lineage import Branch, Lineage


def drawn(branches: tuple[Branch, ...]) -> list[object]:
    """A tree as nested lists: the name, how it is reached, and what follows."""
    found: list[object] = []
    for branch in branches:
        mark = {"full": "", "again": " again", "cycle": " cycle"}[branch.state]
        sign = ">" if branch.step.type == "GENERALIZES" else ""
        found.append(f"{sign}{branch.step.far.name}{mark}")
        if branch.branches:
            found.append(drawn(branch.branches))
    return found


def names(found: Lineage) -> list[str]:
    return [branch.step.far.name for branch in found.descendants]


def test_ancestors_are_a_tree_by_year(base: KnowledgeBase) -> None:
    found = base.lineage("root", down=False)
    assert drawn(found.ancestors) == [">Eldest", "Elder", ["Eldest again"]]
    assert found.descendants == ()


def test_what_is_reached_twice_is_in_full_where_it_is_nearest(base: KnowledgeBase) -> None:
    elder = base.lineage("root", down=False).ancestors[1]
    [again] = elder.branches
    assert (again.state, again.under) == ("again", "Root")


def test_descendants_are_sorted_by_year_support_name_and_id(base: KnowledgeBase) -> None:
    found = base.lineage("root", up=False, depth=1)
    assert names(found) == ["Early", "Strong", "Twin", "Weak", "On p4", "Undated"]


def test_a_diamond_is_followed_once(base: KnowledgeBase) -> None:
    found = base.lineage("root", up=False)
    assert drawn(found.descendants) == [
        "Early", "Strong", "Twin", ["Model", ["Deep", ["Deeper", ["Deepest"]]]], "Weak",
        ["Model again"], "On p4", "Undated",
    ]  # fmt: skip


def test_what_lies_beyond_the_depth_is_counted(base: KnowledgeBase) -> None:
    found = base.lineage("weak", up=False, depth=2)
    [model] = found.descendants
    assert (drawn(model.branches), model.branches[0].deeper) == (["Deep"], 1)


def test_parallel_statements_are_one_step(base: KnowledgeBase) -> None:
    [early] = [s for s in base.lineage("root", up=False).steps if s.child.name == "Early"]
    assert [said.edge.paper for said in early.statements] == ["arxiv:p1", "arxiv:p2"]
    assert early.statements[0].sentence == "early EXTENDS root, says p1."
    assert (early.extracted, early.curated) == (True, False)


def test_a_step_may_be_both_said_and_curated(base: KnowledgeBase) -> None:
    [step] = [s for s in base.lineage("root", down=False).steps if s.parent.name == "Elder"]
    assert (step.extracted, step.curated) == (True, True)
    assert step.statements[0].sentence == "root EXTENDS elder"
    assert step.statements[0].title == "On stub"


def test_a_curated_step_cites_a_paper_that_nobody_loaded(base: KnowledgeBase) -> None:
    [step] = base.lineage("elder", down=False).steps
    assert (step.extracted, step.curated) == (False, True)
    paper = step.statements[0].paper
    assert paper is not None
    assert paper.properties["stub"] is True


def test_a_cycle_is_shown_and_not_followed(base: KnowledgeBase) -> None:
    found = base.lineage("ring1")
    assert drawn(found.ancestors) == ["Ring2", ["Ring3", ["Ring1 cycle"]]]
    assert drawn(found.descendants) == ["Out", "Ring3", ["Ring2", ["Ring1 cycle"]]]


def test_a_cycle_aside_of_the_method_is_shown_too(base: KnowledgeBase) -> None:
    found = base.lineage("out")
    assert drawn(found.ancestors) == ["Ring1", ["Ring2", ["Ring3", ["Ring1 cycle"]]]]


def test_a_thing_that_extends_itself_is_a_cycle(base: KnowledgeBase) -> None:
    found = base.lineage("loop")
    assert drawn(found.ancestors) == ["Loop cycle"]
    assert drawn(found.descendants) == ["Loop cycle"]


def test_a_fan_is_cut_and_tells_how_many_are_left_out(base: KnowledgeBase) -> None:
    found = base.lineage("hub", limit=20)
    assert (len(found.descendants), found.cut["descendants"]) == (20, FAN - 20)
    whole = base.lineage("hub", limit=FAN)
    assert (len(whole.descendants), whole.cut["descendants"]) == (FAN, 0)


def test_a_single_one_is_not_left_out(base: KnowledgeBase) -> None:
    found = base.lineage("hub", limit=FAN - 1)
    assert (len(found.descendants), found.cut["descendants"]) == (FAN, 0)


def test_the_best_known_are_kept_and_papers_left_out_first(base: KnowledgeBase) -> None:
    assert names(base.lineage("root", up=False, limit=1)) == ["Strong"]
    assert names(base.lineage("root", up=False, limit=4)) == ["Early", "Strong", "Twin", "Weak"]
    assert names(base.lineage("plainest", limit=1)) == ["Plain"]


def test_years_and_support_are_those_of_the_far_end(base: KnowledgeBase) -> None:
    steps = {step.child.name: step for step in base.lineage("root", up=False).steps}
    assert (steps["Strong"].year, steps["On p4"].year, steps["Undated"].year) == (2022, 2024, None)
    assert steps["Strong"].far.properties["support_groups"] == 5


def test_who_introduces_it_is_told(base: KnowledgeBase) -> None:
    assert [said.title for said in base.lineage("root").introduced_in] == ["On p1"]


def test_nothing_known_is_an_empty_lineage(base: KnowledgeBase) -> None:
    found = base.lineage("bench")
    assert (found.ancestors, found.descendants, found.steps) == ((), (), ())
    assert [entity.name for entity in found.nodes] == ["Bench"]


def test_nodes_and_steps_are_what_a_picture_needs(base: KnowledgeBase) -> None:
    found = base.lineage("ring1", down=False)
    assert [entity.name for entity in found.nodes] == ["Ring1", "Ring2", "Ring3"]
    assert [(s.child.name, s.parent.name, s.depth) for s in found.steps] == [
        ("Ring1", "Ring2", 1), ("Ring2", "Ring3", 2), ("Ring3", "Ring1", 3),
    ]  # fmt: skip


def test_a_paper_has_no_lineage_but_what_it_introduces(base: KnowledgeBase) -> None:
    with pytest.raises(QueryError, match=r"On p1 is a paper.*It introduces Root"):
        base.lineage("arxiv:p1")


def test_a_task_has_no_lineage(base: KnowledgeBase) -> None:
    with pytest.raises(QueryError, match=r"Task is a task.*Name a method"):
        base.lineage("task:task")


def test_a_name_that_is_none_is_told_with_what_is_near(base: KnowledgeBase) -> None:
    with pytest.raises(NotFoundError, match="Did you mean Elder"):
        base.lineage("eldre")


@pytest.mark.parametrize(("depth", "limit"), [(0, 20), (4, 0)])
def test_bounds_are_at_least_one(base: KnowledgeBase, depth: int, limit: int) -> None:
    with pytest.raises(QueryError, match="at least 1"):
        base.lineage("root", depth=depth, limit=limit)
