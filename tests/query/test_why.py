"""What joins two things is the same on both stores, and the most meaningful comes first."""

import random

import pytest
from lineage_graph import written
from why_graph import MENTIONED, changes  # noqa: F401 - `base` takes the changes

from graphkb.errors import NotFoundError, QueryError
from graphkb.knowledge_base import KnowledgeBase
from graphkb.query.neighbours import Neighbours
from graphkb.query.way import is_said_better, way_cost
from graphkb.query.why import Explanation, Way, why
from graphkb.store import Changes, open_store


def drawn(way: Way) -> str:
    text = way.hops[0].start.name
    for hop in way.hops:
        text += f" {hop.type}> " if hop.outgoing else f" <{hop.type} "
        text += hop.end.name
    return text


def ways(found: Explanation) -> list[str]:
    return [drawn(way) for way in found.ways]


def test_what_is_said_of_the_two_themselves_comes_first_a_way_a_type_and_direction(
    base: KnowledgeBase,
) -> None:
    found = base.why("dapo", "grpo", limit=3)
    assert ways(found) == ["Dapo EXTENDS> Grpo", "Dapo OUTPERFORMS> Grpo", "Dapo <OUTPERFORMS Grpo"]


def test_the_other_way_round_it_is_the_same_read_backwards(base: KnowledgeBase) -> None:
    found = base.why("grpo", "dapo", limit=3)
    assert ways(found) == ["Grpo <EXTENDS Dapo", "Grpo OUTPERFORMS> Dapo", "Grpo <OUTPERFORMS Dapo"]


def test_lineage_comes_before_comparison_and_comparison_before_common_mention(
    base: KnowledgeBase,
) -> None:
    assert ways(base.why("dapo", "ppo"))[:2] == [
        "Dapo EXTENDS> Grpo EXTENDS> Ppo",
        "Dapo <OUTPERFORMS Rival OUTPERFORMS> Ppo",
    ]
    found = ways(base.why("dapo", "trpo", limit=9))
    assert found[0] == "Dapo EXTENDS> Grpo EXTENDS> Ppo EXTENDS> Trpo"
    assert "Dapo <SURVEYS On p5 SURVEYS> Trpo" in found


def test_a_paper_is_no_reason_of_its_own_beside_what_it_states(base: KnowledgeBase) -> None:
    found = ways(base.why("dapo", "grpo", limit=20))
    assert not [way for way in found if "On p1" in way]


def test_statements_of_one_hop_are_folded_the_surest_first(base: KnowledgeBase) -> None:
    [way] = base.why("grpo", "ppo", limit=1).ways
    assert [said.edge.paper for said in way.hops[0].statements] == ["arxiv:p3", "arxiv:p2"]
    assert way.hops[0].best.sentence == "grpo EXTENDS ppo, says p3."


def test_a_hop_of_several_relationships_shows_the_one_that_tells_most(base: KnowledgeBase) -> None:
    hop = base.why("dapo", "ppo").ways[0].hops[0]
    assert [said.edge.type for said in hop.statements] == ["EXTENDS", "OUTPERFORMS", "OUTPERFORMS"]
    assert [said.curated for said in hop.statements] == [True, False, False]


def test_a_mention_is_no_statement_beside_another_of_the_same_paper(base: KnowledgeBase) -> None:
    assert ways(base.why("arxiv:p1", "dapo", hops=1)) == ["On p1 INTRODUCES> Dapo"]
    assert ways(base.why("arxiv:p1", "grpo", hops=1)) == ["On p1 MENTIONS> Grpo"]


def test_a_curated_hop_cites_a_paper_that_nobody_loaded(base: KnowledgeBase) -> None:
    [way] = base.why("ppo", "trpo", limit=1).ways
    assert (way.hops[0].best.basis, way.hops[0].best.title) == ("curated", "On stub")


def test_a_reported_number_joins_a_method_and_a_benchmark(base: KnowledgeBase) -> None:
    assert ways(base.why("grpo", "bench"))[0] == "Grpo <OF Gain ON> Bench"


def test_papers_and_authors_are_joined_too(base: KnowledgeBase) -> None:
    assert ways(base.why("author:ann", "author:ben")) == ["Ann <AUTHORED_BY On p9 AUTHORED_BY> Ben"]
    assert ways(base.why("arxiv:p1", "dapo"))[0] == "On p1 INTRODUCES> Dapo"


def test_many_ways_of_a_kind_are_two_and_a_count(base: KnowledgeBase) -> None:
    found = base.why("grpo", "reasoning", hops=2)
    assert ways(found) == [
        "Grpo <USES User00 APPLIED_TO> Reasoning",
        "Grpo <USES User01 APPLIED_TO> Reasoning",
    ]
    assert [way.alike for way in found.ways] == [0, MENTIONED - 2]


def test_a_limit_cuts_and_says_how_many_are_left(base: KnowledgeBase) -> None:
    found = base.why("dapo", "grpo", limit=1)
    assert (len(found.ways), found.left_out >= 2) == (1, True)


def test_no_way_is_told_with_what_is_near(base: KnowledgeBase) -> None:
    found = base.why("lonely", "far7")
    assert (found.ways, found.left_out, found.hops) == ((), 0, 4)
    assert [[near.name for near in side] for side in found.near] == [[], ["Far6"]]


def test_more_hops_reach_farther(base: KnowledgeBase) -> None:
    assert base.why("far1", "far7", hops=5).ways == ()
    [way] = base.why("far1", "far7", hops=6).ways
    assert [entity.name for entity in way.entities] == [f"Far{n}" for n in range(1, 8)]


def test_one_hop_is_what_is_said_of_the_two(base: KnowledgeBase) -> None:
    assert base.why("dapo", "ppo", hops=1).ways == ()
    assert ways(base.why("grpo", "ppo", hops=1)) == ["Grpo EXTENDS> Ppo"]


def test_a_thing_that_uses_itself_is_passed_once(base: KnowledgeBase) -> None:
    assert ways(base.why("loop", "trpo"))[0] == "Loop USES> Ppo EXTENDS> Trpo"


def test_an_ambiguous_name_is_the_node_of_its_bare_mentions(base: KnowledgeBase) -> None:
    assert base.why("spa", "spare").start.id == "method:spa"


@pytest.mark.parametrize("pair", [("dapo", "dapo"), ("DAPO", "method:dapo")])
def test_both_names_may_not_mean_one_thing(base: KnowledgeBase, pair: tuple[str, str]) -> None:
    with pytest.raises(QueryError, match="both names mean Dapo"):
        base.why(*pair)


def test_a_name_that_is_none_is_told(base: KnowledgeBase) -> None:
    with pytest.raises(NotFoundError, match="no entity is called 'drpo'"):
        base.why("drpo", "ppo")


@pytest.mark.parametrize(("limit", "hops"), [(0, 4), (5, 0), (5, 7)])
def test_bounds_are_checked(base: KnowledgeBase, limit: int, hops: int) -> None:
    with pytest.raises(QueryError, match="hops is 1 to 6, limit at least 1"):
        base.why("dapo", "ppo", limit=limit, hops=hops)


RELATIONSHIPS = ("EXTENDS", "GENERALIZES", "USES", "OUTPERFORMS", "COMPARED_WITH", "MENTIONS")


def random_changes(seed: int) -> Changes:
    draw = random.Random(seed)  # noqa: S311 - nobody's secret
    things = [f"m{n}" for n in range(draw.randrange(4, 9))]
    lines = []
    for _ in range(draw.randrange(3, 3 * len(things))):
        type_, paper = draw.choice(RELATIONSHIPS), f"p{draw.randrange(1, 9)}"
        start = paper if type_ == "MENTIONS" else draw.choice(things)
        lines.append([start, type_, draw.choice(things), paper, str(draw.randrange(500, 1000))])
    return written(lines, {"m0": ("Method", {}), "m1": ("Method", {})})


def best_of_all(near: Neighbours, start: str, end: str, hops: int) -> int | None:
    """The cost of the best way, by trying every one."""
    costs = []
    trails: list[tuple[str, ...]] = [(start,)]
    while trails:
        ids = trails.pop()
        for other in near.joined(ids[-1]):
            if other == end and len(ids) > 1:
                way = (*ids, end)
                if not is_said_better(near, way):
                    costs.append(way_cost(near, way))
            elif other != end and other not in ids and len(ids) < hops:
                trails.append((*ids, other))
    return min(costs, default=None)


def test_to_count_the_edges_of_a_thing_first_changes_nothing(base: KnowledgeBase) -> None:
    ids = ["method:dapo", "method:grpo", "method:ppo"]
    costs = []
    for counted in ([], ids):
        near = Neighbours(base.store, dict.fromkeys(ids, "Method"))
        near.count_edges(counted)
        near.read(ids, most=1_000, each=1_000)
        costs.append(near.passing("arxiv:p1", "method:grpo", "method:ppo"))
    assert costs[0] == costs[1] > 0


@pytest.mark.parametrize("seed", range(60))
def test_the_best_way_is_the_best_of_all(seed: int) -> None:
    random_world = random_changes(seed)
    with open_store(":memory:", write=True) as store:
        store.write(random_world)
        ends = store.entities_by_id(["method:m0", "method:m1"])
        found = why(store, ends["method:m0"], ends["method:m1"], limit=50)
        near = Neighbours(store, {entity.id: entity.label for entity in random_world.entities})
        near.read(sorted(near.labels), most=1_000_000, each=1_000_000)
        wanted = best_of_all(near, "method:m0", "method:m1", hops=4)
    indirect = [way.cost for way in found.ways if len(way.hops) > 1]
    assert min(indirect, default=None) == wanted
