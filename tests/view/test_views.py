"""The two layouts and the sliders, as a person uses them in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from graphkb.model.graph import Edge, Entity, Graph, Value

if TYPE_CHECKING:
    from playwright.sync_api import Page

    OpenPage = Callable[..., Page]
    PlaceOf = Callable[[str], tuple[float, float]]


def family() -> Graph:
    """Return three generations, and a benchmark that descends from nothing."""
    entities = [
        Entity("Method", "method:old", {"name": "Old", "first_stated": "2015-02-19", "support": 9}),
        Entity("Method", "method:mid", {"name": "Mid", "first_stated": "2017", "support": 4}),
        Entity("Method", "method:new", {"name": "New", "first_stated": "2024-02", "support": 1}),
        Entity("Benchmark", "method:test", {"name": "Test", "support": 2}),
    ]

    def edge(start: str, type_: str, end: str, stated: str, confidence: int) -> Edge:
        told: dict[str, Value] = {
            "evidence": f"{start} {type_} {end}.",
            "field": "abstract",
            "rule": "made-up",
            "confidence": confidence,
            "stated": stated,
        }
        label = "Benchmark" if end == "method:test" else "Method"
        return Edge(start, type_, end, "arxiv:2402.00001", "Method", label, told)

    return Graph.of(
        entities,
        [
            edge("method:mid", "EXTENDS", "method:old", "2017-07-20", 950),
            edge("method:new", "EXTENDS", "method:mid", "2024-02-05", 700),
            edge("method:new", "EVALUATED_ON", "method:test", "2024-02-05", 800),
        ],
    )


def shown(page: Page) -> set[str]:
    return {id_.removeprefix("method:") for id_ in page.evaluate("graphkb.shown()")}


def slide(page: Page, name: str, value: int) -> None:
    page.get_by_label(name).evaluate(
        "(input, value) => { input.value = value; input.dispatchEvent(new Event('input')); }", value
    )


def test_the_lineage_runs_from_left_to_right_by_time(
    open_page: OpenPage, place_of: PlaceOf
) -> None:
    page = open_page(family())
    page.get_by_role("button", name="Lineage").click()
    assert place_of("method:old")[0] < place_of("method:mid")[0] < place_of("method:new")[0]


def test_what_descends_from_nothing_is_not_in_the_lineage_and_is_back_on_the_map(
    open_page: OpenPage,
) -> None:
    page = open_page(family())
    page.get_by_role("button", name="Lineage").click()
    assert shown(page) == {"old", "mid", "new"}
    page.get_by_role("button", name="Map", exact=True).click()
    assert shown(page) == {"old", "mid", "new", "test"}


def test_the_map_is_as_it_was_after_the_lineage(open_page: OpenPage, place_of: PlaceOf) -> None:
    page = open_page(family())
    before = place_of("method:old"), place_of("method:test")
    page.get_by_role("button", name="Lineage").click()
    page.get_by_role("button", name="Map", exact=True).click()
    assert (place_of("method:old"), place_of("method:test")) == before


def test_what_was_dragged_stays_there_in_its_own_layout(
    open_page: OpenPage, place_of: PlaceOf
) -> None:
    page = open_page(family())
    x, y = place_of("method:test")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y + 30, steps=4)
    page.mouse.up()
    page.wait_for_timeout(100)
    moved = place_of("method:test")
    assert moved[0] == pytest.approx(x + 40, abs=2)
    assert moved[1] == pytest.approx(y + 30, abs=2)
    before = proportion(place_of)
    page.get_by_role("button", name="Lineage").click()
    page.get_by_role("button", name="Map", exact=True).click()
    assert proportion(place_of) == pytest.approx(before)


def proportion(place_of: PlaceOf) -> float:
    """Return where one thing lies between two others, whatever the zoom."""
    old, mid, test = (place_of(f"method:{name}")[0] for name in ("old", "mid", "test"))
    return (test - old) / (mid - old)


def test_without_a_lineage_there_is_no_such_view(open_page: OpenPage) -> None:
    alone = Graph.of([Entity("Task", "task:a", {"name": "a"})], [])
    page = open_page(alone)
    assert page.get_by_role("button", name="Lineage").is_disabled()


def test_searching_for_what_the_lineage_lacks_goes_to_the_map(open_page: OpenPage) -> None:
    page = open_page(family())
    page.get_by_role("button", name="Lineage").click()
    page.keyboard.press("/")
    page.keyboard.type("Test")
    page.keyboard.press("Enter")
    assert page.locator("#panel h2").inner_text() == "Test"
    assert (
        page.get_by_role("button", name="Map", exact=True).get_attribute("aria-pressed") == "true"
    )


def test_letters_switch_between_the_views(open_page: OpenPage) -> None:
    page = open_page(family())
    pressed = []
    for key in ("l", "t", "m"):
        page.keyboard.press(key)
        pressed.append(page.locator(".views [aria-pressed=true]").inner_text())
    assert pressed == ["Lineage", "Table", "Map"]


def test_from_a_year_on_leaves_out_what_came_before(open_page: OpenPage) -> None:
    page = open_page(family())
    slide(page, "From year", 2017)
    assert shown(page) == {"mid", "new", "test"}
    slide(page, "From year", 2018)
    assert shown(page) == {"new", "test"}


def test_the_years_cross_nowhere(open_page: OpenPage) -> None:
    page = open_page(family())
    slide(page, "From year", 2020)
    slide(page, "To year", 2018)
    assert page.get_by_label("From year").input_value() == "2018"


def test_support_leaves_out_what_few_papers_rest_on(open_page: OpenPage) -> None:
    page = open_page(family())
    slide(page, "Support at least", 2)
    assert "new" not in shown(page)
    assert {"old", "mid"} <= shown(page)


def test_confidence_leaves_out_relationships_that_are_less_sure(open_page: OpenPage) -> None:
    page = open_page(family())
    slide(page, "Confidence at least", 750)
    assert "1 of 2" in page.locator("#types").inner_text()


def test_what_is_searched_for_is_shown_whatever_the_years(open_page: OpenPage) -> None:
    page = open_page(family())
    slide(page, "From year", 2020)
    page.keyboard.press("/")
    page.keyboard.type("Old")
    page.keyboard.press("Enter")
    assert "old" in shown(page)
    assert page.get_by_label("From year").input_value() == "2015"


def test_a_slider_says_what_it_keeps(open_page: OpenPage) -> None:
    page = open_page(family())
    slide(page, "Support at least", 3)
    assert page.get_by_label("Support at least").get_attribute("aria-valuetext") == "3 papers"
