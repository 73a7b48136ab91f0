"""Two things side by side: each fact as a reader of the small graph would tell it."""

from collections.abc import Iterator

import pytest
from small_world import SmallWorld

from graphkb.errors import NotFoundError, QueryError
from graphkb.query.comparison import Aspect, Comparison, compare
from graphkb.store import Store

UP = {"metric": "accuracy", "direction": "up", "unit": "%"}


def family() -> SmallWorld:
    """Two grandchildren of Rope by different ways, each said to be better than the other."""
    world = SmallWorld()
    rope, twine = world.thing("Rope"), world.thing("Twine")
    knot, reef = world.thing("Knot", long_name="Knot of Two"), world.thing("Reef")
    hard, easy = world.thing("Hard", "benchmark"), world.thing("Easy", "benchmark")
    tying, hauling = world.thing("tying", "task"), world.thing("hauling", "task")
    old = world.paper("0", "2019", "z", stub=True)
    one, two = world.paper("1", "2024-01-10", "ab"), world.paper("2", "2024-06-01", "c")
    both = world.paper("3", "2025-02-01", "d")
    world.say(old, old, "INTRODUCES", rope, rule="catalogue")
    world.say(one, one, "INTRODUCES", knot)
    world.say(two, two, "INTRODUCES", reef)
    world.say(one, knot, "EXTENDS", rope)
    world.say(two, reef, "EXTENDS", twine)
    world.say(two, twine, "EXTENDS", rope)
    world.say(old, rope, "EXTENDS", rope, rule="catalogue")
    world.say(one, knot, "USES", twine)
    world.say(one, knot, "EVALUATED_ON", hard)
    world.say(two, reef, "EVALUATED_ON", hard)
    world.say(two, reef, "APPLIED_TO", tying)
    world.say(one, knot, "APPLIED_TO", tying)
    world.say(one, knot, "APPLIED_TO", hauling)
    world.say(one, knot, "OUTPERFORMS", reef, on=hard)
    world.say(two, reef, "OUTPERFORMS", knot, on=easy)
    world.say(both, reef, "OUTPERFORMS", knot)
    world.say(both, knot, "COMPARED_WITH", reef)
    world.say(both, both, "MENTIONS", hard)
    world.report(one, "80%", 80.0, knot, hard, **UP)
    world.report(two, "0.7", 0.7, reef, hard, metric="accuracy")
    world.report(two, "12 ms", 12.0, reef, hard, metric="latency", unit="ms")
    world.report(one, "5", 5.0, knot, easy, metric="score")
    world.report(two, "6", 6.0, reef, easy, metric="score")
    world.report(one, "+3%", 3.0, knot, hard, reading="gain", against=reef, **UP)
    world.report(two, "+2%", 2.0, reef, hard, reading="gain", against=rope, **UP)
    return world


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    with family().held(store_url) as held:
        yield held


def aspect(found: Comparison, name: str) -> Aspect:
    [one] = [aspect for aspect in found.aspects if aspect.name == name]
    return one


def test_both_are_told_with_the_papers_that_introduce_them(store: Store) -> None:
    found = compare(store, "knot of two", "reef")
    assert (found.one.entity.id, found.other.entity.id) == ("method:knot", "method:reef")
    assert [s.other.id for s in found.one.introduced] == ["arxiv:1"]
    assert found.one.entity.properties["support"] == 1
    assert (found.one.descends, found.other.descends) == (None, None)


def test_it_tells_that_one_descends_from_the_other(store: Store) -> None:
    found = compare(store, "Rope", "Reef")
    assert (found.one.descends, found.other.descends) == (None, 2)


def test_what_both_have_and_what_only_one_has(store: Store) -> None:
    found = compare(store, "Knot", "Reef")
    line = aspect(found, "descends from")
    assert [(c.entity.name, c.steps) for c in line.both] == [("Rope", (1, 2))]
    assert [[e.name for e in only] for only in line.only] == [[], ["Twine"]]
    tasks = aspect(found, "applied to")
    assert [c.entity.name for c in tasks.both] == ["tying"]
    assert [[e.name for e in only] for only in tasks.only] == [["hauling"], []]
    # Easy comes from the numbers alone.
    assert [c.entity.name for c in aspect(found, "evaluated on").both] == ["Hard", "Easy"]
    assert [e.name for e in aspect(found, "uses").only[0]] == ["Twine"]


def test_contradictions_are_marked_where_the_benchmark_is_one_or_not_named(store: Store) -> None:
    direct = compare(store, "Knot", "Reef").direct
    assert [(d.said.edge.type, d.outgoing, d.on and d.on.name, d.contradicted) for d in direct] == [
        ("OUTPERFORMS", True, "Hard", True),
        ("OUTPERFORMS", False, "Easy", False),
        ("OUTPERFORMS", False, None, True),
        ("COMPARED_WITH", True, None, False),
    ]
    assert direct[0].said.sentence == "method:knot OUTPERFORMS method:reef."
    assert (direct[0].said.title, direct[0].said.date) == ("On 1", "2024-01-10")


def test_only_comparable_numbers_are_side_by_side(store: Store) -> None:
    # Latency is of one alone, scores are of no metric, the gains are over different baselines.
    [result] = compare(store, "Reef", "Knot").results
    assert (result.benchmark.name, result.metric, result.reading) == (
        "Hard",
        "accuracy",
        "absolute",
    )
    assert (result.scale, result.direction) == ("%", "up")
    assert [[value.text for value in side] for side in result.values] == [["0.7"], ["80%"]]


def test_numbers_of_the_one_against_the_other_are_told(store: Store) -> None:
    assert [n.text for n in compare(store, "Reef", "Knot").margins] == ["+3%"]
    assert [n.text for n in compare(store, "Rope", "Reef").margins] == ["+2%"]


def test_papers_that_state_something_of_both_come_newest_first_and_stubs_not(store: Store) -> None:
    found = compare(store, "Knot", "Reef")
    assert [p.id for p in found.papers] == ["arxiv:3", "arxiv:2", "arxiv:1"]
    assert found.more_papers == 0
    bounded = compare(store, "Knot", "Reef", limit=1)
    assert ([p.id for p in bounded.papers], bounded.more_papers) == (["arxiv:3"], 2)
    assert [p.id for p in compare(store, "Rope", "Twine").papers] == ["arxiv:2", "arxiv:1"]


def test_benchmarks_share_what_is_evaluated_on_them(store: Store) -> None:
    assert [e.name for e in aspect(compare(store, "Hard", "Easy"), "evaluates").only[0]] == [
        "Knot",
        "Reef",
    ]


def test_papers_share_what_they_name(store: Store) -> None:
    found = compare(store, "arxiv:1", "arxiv:2")
    assert [[e.name for e in only] for only in aspect(found, "introduces").only] == [
        ["Knot"],
        ["Reef"],
    ]


@pytest.mark.parametrize(
    ("one", "other", "error", "said"),
    [
        ("Knot", "method:knot", QueryError, "Knot and method:knot are both method:knot"),
        ("Knot", "tying", QueryError, "tying is a task. Compare methods, models"),
        ("Knot", "Knut", NotFoundError, "Did you mean Knot"),
    ],
)
def test_what_cannot_be_compared_is_told(
    store: Store, one: str, other: str, error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        compare(store, one, other)
