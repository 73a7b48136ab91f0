"""Where the layout by lineage puts things."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from graphkb.view.generations import generations

BOX = (100.0, 30.0)


def test_a_descendant_stands_to_the_right_of_its_ancestors() -> None:
    places = generations(
        [(2, 1), (1, 0), (3, 1)], ["2015", "2017", "2024", "2025"], [BOX] * 4
    ).places
    assert places[0][0] < places[1][0] < places[2][0] < places[3][0]


def test_within_one_period_too() -> None:
    places = generations([(1, 0), (2, 1)], ["2025-03", "2025-03", "2025-01"], [BOX] * 3).places
    assert places[0][0] < places[1][0] < places[2][0]


def test_what_descends_from_nothing_has_no_place() -> None:
    assert sorted(generations([(1, 0)], ["2015", "2017", "2020"], [BOX] * 3).places) == [0, 1]


def test_without_a_step_there_is_nothing_to_lay_out() -> None:
    found = generations([(1, 1)], ["2015", "2017"], [BOX] * 2)
    assert (found.places, found.periods) == ({}, ())


def test_a_circle_is_laid_out_as_far_as_it_is_none() -> None:
    places = generations([(0, 1), (1, 2), (2, 0)], ["2020"] * 3, [BOX] * 3).places
    assert len({x for x, _ in places.values()}) == 3


def test_periods_are_years_and_where_much_came_at_once_quarters_and_months() -> None:
    dates = ["2019", *["2024-02"] * 10, *["2025-05"] * 30]
    found = generations([(at, 0) for at in range(1, 41)], dates, [BOX] * 41)
    assert [period.name for period in found.periods] == ["2019", "2024 Q1", "2025-05"]


def test_a_period_begins_left_of_all_that_came_in_it() -> None:
    found = generations([(1, 0), (2, 0)], ["2015", "2017", "2017"], [BOX] * 3)
    first, second = found.periods
    assert first.x < found.places[0][0] < second.x < min(found.places[1][0], found.places[2][0])


def test_what_has_no_date_stands_between_its_relatives() -> None:
    places = generations([(1, 0), (2, 1)], ["2010", "", "2020"], [BOX] * 3).places
    assert places[0][0] < places[1][0] < places[2][0]


def test_where_nothing_has_a_date_lines_still_lead_to_the_left() -> None:
    places = generations([(1, 0), (2, 1)], ["", "", "soon"], [BOX] * 3).places
    assert places[0][0] < places[1][0] < places[2][0]


def test_siblings_stand_beneath_each_other_around_their_ancestor() -> None:
    dates = ["2017", *["2024"] * 3]
    places = generations([(at, 0) for at in (1, 2, 3)], dates, [BOX] * 4).places
    assert sorted(places[at][1] for at in (1, 2, 3))[1] == places[0][1]


def test_families_that_no_line_joins_do_not_mix() -> None:
    steps = [(1, 0), (2, 0), (4, 3), (5, 3)]
    places = generations(steps, ["2015", "2017", "2017"] * 2, [BOX] * 6).places
    first, second = ([places[at][1] for at in family] for family in ((0, 1, 2), (3, 4, 5)))
    assert max(first) < min(second) or max(second) < min(first)


@given(
    st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14)), max_size=40),
    st.lists(
        st.sampled_from(["", "2019", "2024-05", "2024-06", "2025-01-09"]), min_size=15, max_size=15
    ),
)
def test_boxes_never_overlap_and_the_answer_is_the_same_again(
    steps: list[tuple[int, int]], dates: list[str]
) -> None:
    found = generations(steps, dates, [BOX] * 15)
    for (ax, ay), (bx, by) in combinations(found.places.values(), 2):
        assert abs(ax - bx) >= BOX[0] - 1 or abs(ay - by) >= BOX[1] - 1
    assert generations(list(reversed(steps)), dates, [BOX] * 15) == found
