"""What is reported on a benchmark: ranked where that is fair, and nothing hidden."""

from collections.abc import Iterator

import pytest
from small_world import SmallWorld

from graphkb.errors import NotFoundError, QueryError
from graphkb.query.leaderboard import Board, LeftOut, Standing, leaderboard
from graphkb.store import Store

UP = {"metric": "accuracy", "direction": "up", "unit": "%"}


def ropes() -> SmallWorld:
    """Two methods on a benchmark by three papers; a fourth that names no method of its own."""
    world = SmallWorld()
    knot, reef = world.thing("Knot"), world.thing("Reef")
    ropes = world.thing("Ropes", "benchmark")
    world.thing("Ropes-Hard", "benchmark")
    world.thing("Loose", "benchmark")
    first = world.paper("1", "2024-01-10", "ab")
    second = world.paper("2", "2024-06", "bc")
    third = world.paper("3", "2024-07-01", "d")
    unnamed = world.paper("4", "2023", "e")
    world.say(first, first, "INTRODUCES", knot)
    world.report(first, "80%", 80.0, knot, ropes, **UP)
    world.report(first, "12.5", 12.5, first, ropes, metric="accuracy")
    world.report(second, "78.5%", 78.5, knot, ropes, **UP)
    world.report(second, "0.81", 0.81, reef, ropes, metric="Accuracy", direction="up")
    world.report(third, "85.0", 85.0, reef, ropes, metric="performance", direction="up")
    world.report(third, "12 ms", 12.0, reef, ropes, metric="latency", direction="down", unit="ms")
    world.report(third, "9", 9.0, knot, ropes, metric="latency", direction="down")
    world.report(third, "+3%", 3.0, knot, ropes, reading="gain", against=reef, **UP)
    world.report(first, "2x", 2.0, knot, ropes, reading="ratio", metric="speed", unit="x")
    world.report(unnamed, "70%", 70.0, unnamed, ropes, setting="up to", **UP)
    world.report(third, "55%", 55.0, reef, "method:ropes-hard", **UP)
    return world


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    with ropes().held(store_url) as held:
        yield held


def places(board: Board) -> list[tuple[int | None, str, str, list[str], bool]]:
    return [place(standing) for standing in board.standings]


def place(standing: Standing) -> tuple[int | None, str, str, list[str], bool]:
    best = standing.best
    assert best.subject is not None
    others = [other.text for other in standing.others]
    return standing.rank, best.text, best.subject.name, others, standing.disputed


def test_absolute_values_are_ranked_a_metric_in_its_direction(store: Store) -> None:
    accuracy, latency, unnamed = leaderboard(store, "ropes").boards
    assert (accuracy.metric, accuracy.scale, accuracy.direction) == ("accuracy", "%", "up")
    assert places(accuracy) == [
        (1, "0.81", "Reef", [], False),
        (2, "80%", "Knot", ["78.5%"], True),
        (3, "70%", "On 4", [], False),
    ]
    assert (latency.metric, latency.scale, latency.direction) == ("latency", "ms", "down")
    assert places(latency) == [(1, "9", "Knot", [], False), (2, "12 ms", "Reef", [], False)]
    assert (unnamed.metric, unnamed.direction) == (None, None)
    assert places(unnamed) == [(None, "85.0", "Reef", [], False)]


def test_a_value_comes_with_its_sentence_paper_date_and_setting(store: Store) -> None:
    *_, last = leaderboard(store, "Ropes").boards[0].standings
    told = (last.best.sentence, last.best.paper, last.best.published, last.best.setting)
    assert told == ("It says 70%.", "arxiv:4", "2023", "up to")


def test_gains_and_ratios_are_apart_with_what_they_are_against(store: Store) -> None:
    found = leaderboard(store, "Ropes").changes
    assert [(c.reading, c.text, [b.name for b in c.against]) for c in found] == [
        ("gain", "+3%", ["Reef"]),
        ("ratio", "2x", []),
    ]


def test_it_tells_on_how_many_papers_and_groups_of_authors_it_rests(store: Store) -> None:
    found = leaderboard(store, "Ropes")
    # The first two papers share an author.
    assert (found.papers, found.groups) == (4, 3)


def test_what_names_no_subject_is_left_out_and_counted(store: Store) -> None:
    assert leaderboard(store, "Ropes").left_out == LeftOut(without_subject=1)


@pytest.mark.parametrize(
    ("as_of", "papers", "later"),
    [
        ("2023", 1, 9),
        ("2023-12-30", 0, 10),
        ("2024-05", 2, 6),
        ("2024-06-30", 3, 4),
        ("2025", 4, 0),
    ],
)
def test_as_of_a_date_counts_what_was_certainly_published(
    store: Store, as_of: str, papers: int, later: int
) -> None:
    found = leaderboard(store, "Ropes", as_of=as_of)
    assert (found.papers, found.left_out.later) == (papers, later)


def test_the_limit_says_what_it_leaves_out(store: Store) -> None:
    found = leaderboard(store, "Ropes", limit=1)
    assert [len(board.standings) for board in found.boards] == [1, 1, 1]
    assert [board.more for board in found.boards] == [2, 1, 0]
    assert (len(found.changes), found.more_changes) == (1, 1)


def test_a_benchmark_without_numbers_points_to_those_of_a_longer_name(store: Store) -> None:
    assert leaderboard(store, "Loose").boards == ()
    assert leaderboard(store, "Loose").relatives == ()
    assert [b.name for b in leaderboard(store, "ropes", as_of="1999").relatives] == ["Ropes-Hard"]


def test_what_is_no_benchmark_is_told_what_it_is(store: Store) -> None:
    with pytest.raises(NotFoundError, match="Knot is a method"):
        leaderboard(store, "knot")
    with pytest.raises(QueryError, match="Write 2024, 2024-05 or 2024-05-24"):
        leaderboard(store, "Ropes", as_of="June")


def test_equal_values_share_a_place(embedded_url: str) -> None:
    world = SmallWorld()
    board = world.thing("Ropes", "benchmark")
    paper = world.paper("1", "2024", "a")
    for name, value in (("A", 90.0), ("B", 90.0), ("C", 80.0)):
        world.report(paper, str(value), value, world.thing(name), board, **UP)
    with world.held(embedded_url) as store:
        [accuracy] = leaderboard(store, "Ropes").boards
    assert [(s.rank, s.best.subject and s.best.subject.name) for s in accuracy.standings] == [
        (1, "A"),
        (1, "B"),
        (3, "C"),
    ]


def test_a_metric_whose_direction_papers_dispute_is_not_ranked(embedded_url: str) -> None:
    world = SmallWorld()
    board = world.thing("Ropes", "benchmark")
    paper = world.paper("1", "2024", "a")
    for name, direction in (("A", "up"), ("B", "down")):
        thing = world.thing(name)
        world.report(paper, "5", 5.0, thing, board, metric="tension", direction=direction)
    with world.held(embedded_url) as store:
        [tension] = leaderboard(store, "Ropes").boards
    assert (tension.direction, [s.rank for s in tension.standings]) == (None, [None, None])


def test_two_values_of_one_paper_are_beside_each_other_and_no_dispute(embedded_url: str) -> None:
    world = SmallWorld()
    board, knot = world.thing("Ropes", "benchmark"), world.thing("Knot")
    paper = world.paper("1", "2024", "a")
    for value in (50.0, 57.0):
        world.report(paper, f"{value}%", value, knot, board, **UP)
    with world.held(embedded_url) as store:
        [accuracy] = leaderboard(store, "Ropes").boards
    assert places(accuracy) == [(1, "57.0%", "Knot", ["50.0%"], False)]


def test_another_setting_is_another_place(embedded_url: str) -> None:
    world = SmallWorld()
    board, knot = world.thing("Ropes", "benchmark"), world.thing("Knot")
    paper, other = world.paper("1", "2024", "a"), world.paper("2", "2024", "b")
    world.report(paper, "57%", 57.0, knot, board, **UP)
    world.report(other, "60%", 60.0, knot, board, setting="up to", **UP)
    with world.held(embedded_url) as store:
        [accuracy] = leaderboard(store, "Ropes").boards
    assert [(r, text, disputed) for r, text, _, _, disputed in places(accuracy)] == [
        (1, "60%", False),
        (2, "57%", False),
    ]


def test_where_no_metric_is_named_bare_fractions_are_apart(embedded_url: str) -> None:
    world = SmallWorld()
    board, knot, reef = world.thing("Ropes", "benchmark"), world.thing("Knot"), world.thing("Reef")
    paper = world.paper("1", "2024", "a")
    world.report(paper, "0.91", 0.91, knot, board)
    world.report(paper, "80.9", 80.9, reef, board, metric="overall score")
    with world.held(embedded_url) as store:
        boards = leaderboard(store, "Ropes").boards
    assert [(b.metric, b.scale, [s.best.text for s in b.standings]) for b in boards] == [
        (None, "", ["0.91"]),
        (None, "%", ["80.9"]),
    ]
