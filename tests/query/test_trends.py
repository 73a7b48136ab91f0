"""What rose and what fell, between periods that a reader would draw."""

from collections.abc import Iterator

import pytest
from small_world import SmallWorld

from graphkb.errors import QueryError
from graphkb.query.period import Period
from graphkb.query.trends import Trend, log_odds_z, trends
from graphkb.store import Store


def year() -> SmallWorld:
    """Twenty papers in April to June of 2024 and twenty in July to September."""
    world = SmallWorld()
    up, down, new, lab = (world.thing(name) for name in ("Up", "Down", "New", "Lab"))
    back = world.thing("Back", "dataset")
    always = world.thing("always", "task")
    for number in range(20):
        early = world.paper(
            f"4{number:02}", f"2024-0{4 + number % 3}-10", "a" if number < 10 else ""
        )
        late = world.paper(
            f"7{number:02}", f"2024-0{7 + number % 3}-10", "b" if number < 10 else ""
        )
        for paper in (early, late):
            world.say(paper, paper, "MENTIONS", always)
        if number >= 10:
            # Nobody shares an author.
            world.say(late, late, "MENTIONS", up)
            world.say(early, early, "MENTIONS", down)
        else:
            # All by one author.
            world.say(late, late, "MENTIONS", lab)
        if number == 10:
            world.say(early, early, "MENTIONS", up)
            world.say(early, early, "MENTIONS", lab)
            world.say(late, late, "MENTIONS", down)
        if number in (11, 12):
            world.say(late, late, "INTRODUCES", new)
            world.say(late, new, "USES", up)
            world.say(late, new, "EVALUATED_ON", back)
    old = world.paper("001", "2020-01-01")
    world.say(old, old, "MENTIONS", back)
    vague = world.paper("002", "2024")
    world.say(vague, vague, "MENTIONS", down)
    stub = world.paper("003", "2024-05-01", stub=True)
    world.say(stub, stub, "MENTIONS", up)
    world.paper("004")
    return world


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    with year().held(store_url) as held:
        yield held


def names(found: tuple[Trend, ...]) -> list[str]:
    return [trend.entity.name for trend in found]


def test_periods_are_adjacent_and_of_one_length(store: Store) -> None:
    found = trends(store, since="2024-07", until="2024-09")
    assert found.earlier == Period("2024-04-01", "2024-06-30")
    assert found.later == Period("2024-07-01", "2024-09-30")
    assert found.papers == (20, 20)


def test_by_default_it_is_three_months_to_that_of_nearly_all_papers(store: Store) -> None:
    assert trends(store).later == Period("2024-07-01", "2024-09-30")
    assert trends(store, since="2024-08").later == Period("2024-08-01", "2024-09-30")


def test_what_rose_and_fell_is_told_in_papers_and_groups(store: Store) -> None:
    found = trends(store, since="2024-07", until="2024-09")
    assert (names(found.rose), names(found.fell)) == (["Up"], ["Down"])
    [up], [down] = found.rose, found.fell
    assert (up.papers, up.groups, up.rates) == ((1, 10), (1, 10), (0.05, 0.5))
    assert (down.papers, down.groups) == ((10, 1), (10, 1))
    assert up.z == -down.z == round(log_odds_z((1, 10), (20, 20)), 6)


def test_papers_of_one_laboratory_weigh_as_one(store: Store) -> None:
    # Lab rose from one paper to ten, all of which share an author: two votes of eleven.
    found = trends(store, since="2024-07", until="2024-09")
    assert "Lab" not in names(found.rose)
    # always, Lab and Back, of which an old paper tells.
    assert found.steady == 3


def test_what_nobody_named_before_is_apart(store: Store) -> None:
    [new] = trends(store, since="2024-07", until="2024-09").first
    assert (new.entity.name, new.papers) == ("New", (0, 2))


def test_stubs_and_vague_dates_are_no_papers_of_a_period(store: Store) -> None:
    found = trends(store, since="2024-07", until="2024-09")
    assert found.papers == (20, 20)
    # One of the year 2024, one without a date.
    assert found.undated == 2


def test_kinds_and_labels_bound_what_is_told(store: Store) -> None:
    since, until = "2024-07", "2024-09"
    assert trends(store, kinds=["dataset"], since=since, until=until).steady == 1
    assert trends(store, kinds=["Task"], since=since, until=until).steady == 1
    assert names(trends(store, kinds=["method"], since=since, until=until).rose) == ["Up"]
    with pytest.raises(QueryError, match="Use one of method, model"):
        trends(store, kinds=["paper"])


def test_the_limit_says_what_it_leaves_out(embedded_url: str) -> None:
    world = SmallWorld()
    for number in range(12):
        early, late = world.paper(f"e{number}", "2024-01"), world.paper(f"l{number}", "2024-02")
        world.say(early, early, "MENTIONS", world.thing("Down"))
        for name in ("One", "Two"):
            world.say(late, late, "MENTIONS", world.thing(name, first_stated="2020"))
    world.paper("e", "2024-01")
    world.paper("l", "2024-02")
    with world.held(embedded_url) as store:
        found = trends(store, since="2024-02", limit=1)
    assert (names(found.rose), names(found.fell), found.more) == (["One"], ["Down"], (1, 0, 0))


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        ("soon", None, "'soon' is no date"),
        ("2024-07", "2024-06", "2024-07 is after 2024-06"),
        ("2031", None, "no paper is published from 2031-01-01 to 2031-12-31"),
        ("2024-04", None, "no paper is published from 2023-10-01 to 2024-03-31"),
        ("0001-01", "2024", "the calendar does not reach so far"),
    ],
)
def test_periods_without_papers_are_told(
    store: Store, since: str, until: str | None, said: str
) -> None:
    with pytest.raises(QueryError, match=said):
        trends(store, since=since, until=until)


def test_a_store_without_dates_says_so(embedded_url: str) -> None:
    world = SmallWorld()
    world.paper("1")
    with world.held(embedded_url) as store, pytest.raises(QueryError, match="no paper here has"):
        trends(store)


def test_the_statistic_is_that_of_the_formula() -> None:
    # The prior is a share of 20 in 200, worth 100 papers: 10; worked out by hand.
    # So 15 of 200 become 25 of 200: (log(25/175) - log(15/185)) / sqrt(1/25 + 1/15).
    assert log_odds_z((5, 15), (100, 100)) == pytest.approx(1.734, abs=0.001)
    assert log_odds_z((0, 0), (100, 100)) == 0
    assert log_odds_z((1, 3), (0, 100)) == 0
    assert log_odds_z((100, 100), (100, 100)) == 0
