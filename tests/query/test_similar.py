"""What is like a thing, and why: by shared neighbours, the rare ones counting most."""

import math
from collections.abc import Iterator

import pytest
from small_world import SmallWorld

from graphkb.errors import NotFoundError, QueryError
from graphkb.query.similar import Similar, similar
from graphkb.store import Store


def family() -> SmallWorld:
    """Siblings of Knot by a rare parent and by a rare benchmark, and many by a hub."""
    world = SmallWorld()
    knot, reef, hitch, far = (world.thing(name) for name in ("Knot", "Reef", "Hitch", "Far"))
    rope, fibre = world.thing("Rope"), world.thing("Fibre")
    hard, usual = world.thing("Hard", "benchmark"), world.thing("Usual", "benchmark")
    one = world.paper("1", "2024", "a")
    world.say(one, knot, "EXTENDS", rope)
    world.say(one, reef, "EXTENDS", rope)
    world.say(one, hitch, "EVALUATED_ON", hard)
    world.say(one, knot, "EVALUATED_ON", hard)
    world.say(one, knot, "EVALUATED_ON", usual)
    world.say(one, far, "USES", fibre)
    for number in range(20):
        world.say(one, world.thing(f"Crowd {number:02}"), "EVALUATED_ON", usual)
    return world


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    with family().held(store_url) as held:
        yield held


def told(found: tuple[Similar, ...]) -> list[tuple[str, float]]:
    return [(one.entity.name, one.score) for one in found]


def test_a_rare_parent_counts_more_than_a_rare_benchmark_and_a_hub_hardly(store: Store) -> None:
    found = similar(store, "knot", limit=4).found
    # Each shared neighbour weighs its kind over the logarithm of how many things have it.
    assert told(found) == [
        ("Reef", round(3 / math.log(2), 6)),
        ("Rope", 3.0),
        ("Hitch", round(1 / math.log(2), 6)),
        ("Crowd 00", round(1 / math.log(21), 6)),
    ]


def test_each_comes_with_its_reasons(store: Store) -> None:
    reef, rope, hitch = similar(store, "Knot", limit=3).found
    assert [(r.phrase, [e.name for e in r.shared]) for r in reef.reasons] == [
        ("both extend", ["Rope"])
    ]
    assert [(r.phrase, r.shared) for r in rope.reasons] == [("is extended by it", ())]
    assert [(r.phrase, [e.name for e in r.shared]) for r in hitch.reasons] == [
        ("both are evaluated on", ["Hard"])
    ]


def test_what_shares_nothing_is_not_found(store: Store) -> None:
    names = {one.entity.name for one in similar(store, "Knot", limit=100).found}
    assert "Far" not in names
    assert len(names) == 23
    assert similar(store, "Far").found == ()


def test_benchmarks_are_alike_by_what_is_evaluated_on_them(store: Store) -> None:
    [usual] = similar(store, "Hard").found
    assert usual.entity.name == "Usual"
    assert [(r.phrase, [e.name for e in r.shared]) for r in usual.reasons] == [
        ("both evaluate", ["Knot"])
    ]


def test_papers_are_alike_by_what_they_cite_and_what_cites_them(store_url: str) -> None:
    world = SmallWorld()
    one, two, three = (world.paper(str(n), "2024") for n in (1, 2, 3))
    cited, citing = world.paper("4", "2020"), world.paper("5", "2025")
    world.say(one, one, "CITES", cited)
    world.say(two, two, "CITES", cited)
    world.say(citing, citing, "CITES", one)
    world.say(citing, citing, "CITES", three)
    with world.held(store_url) as store:
        found = similar(store, "arxiv:1").found
    coupled = 1 / math.log(2)
    # Cited once, by a paper that cites another too.
    cocited = coupled / math.sqrt(1 + 4)
    assert told(found) == [
        ("On 2", round(coupled, 6)),
        ("On 4", 1.0),
        ("On 5", 1.0),
        ("On 3", round(cocited, 6)),
    ]
    assert [r.phrase for one in found for r in one.reasons] == [
        "both cite",
        "is cited by it",
        "cites it",
        "both are cited by",
    ]


def test_what_everything_names_is_not_like_everything(embedded_url: str) -> None:
    world = SmallWorld()
    knot, rare, common = (world.thing(name) for name in ("Knot", "Rare", "Common"))
    for number in range(30):
        paper = world.paper(str(number), "2024")
        world.say(paper, paper, "MENTIONS", common)
        if number < 4:
            world.say(paper, paper, "MENTIONS", knot)
        if number in (1, 2, 3):
            world.say(paper, paper, "MENTIONS", rare)
    with world.held(embedded_url) as store:
        found = similar(store, "Knot").found
    assert [one.entity.name for one in found] == ["Rare", "Common"]


def test_parallel_edges_and_loops_count_once(embedded_url: str) -> None:
    world = SmallWorld()
    knot, reef, rope = (world.thing(name) for name in ("Knot", "Reef", "Rope"))
    one, two = world.paper("1", "2024"), world.paper("2", "2024")
    for paper in (one, two):
        for thing in (knot, reef):
            world.say(paper, thing, "EXTENDS", rope)
        world.say(paper, knot, "EXTENDS", knot)
    with world.held(embedded_url) as store:
        assert told(similar(store, "Knot").found) == [
            ("Reef", round(3 / math.log(2), 6)),
            ("Rope", 3.0),
        ]


def test_hubs_beyond_the_bound_are_not_followed_and_told(
    embedded_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graphkb.query.similar._ENDS", 10)
    with family().held(embedded_url) as store:
        found = similar(store, "Knot", limit=100)
    assert [one.entity.name for one in found.found] == ["Reef", "Rope", "Hitch"]
    assert found.unseen == 1


def test_what_has_no_likes_is_told(store: Store) -> None:
    with pytest.raises(NotFoundError, match="Did you mean Knot"):
        similar(store, "Knotz")
    with pytest.raises(QueryError, match="a is of the kind author"):
        similar(store, "author:a")
