"""The page for everyone: axe-core's rules in every view, at every width, in light and in dark.

References
----------
Deque Systems: axe-core, rules for WCAG 2.1 A and AA. https://github.com/dequelabs/axe-core
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

import pytest

from graphkb.view.marks import Marks

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from graphkb.model.graph import Graph

    OpenPage = Callable[..., Page]
    PlaceOf = Callable[[str], tuple[float, float]]

GRPO = "method:grpo"
MARKED = Marks(
    entities={GRPO: "changed", "method:ppo": "added", "method:dapo": "removed"},
    changes={GRPO: (("support", "1", "14"),)},
)
RULES = """async () => {
  const found = await axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
  });
  return found.violations
    .filter(({ impact }) => impact === "serious" || impact === "critical" || impact === "moderate")
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(" | ")}`);
}"""


def violations(page: Page, axe: str) -> list[str]:
    page.evaluate(axe)
    found: list[str] = page.evaluate(RULES)
    return found


def as_map(page: Page) -> None:
    page.keyboard.press("m")


def as_lineage(page: Page) -> None:
    page.get_by_role("button", name="Lineage").click()


def as_entities(page: Page) -> None:
    page.get_by_role("button", name="Table", exact=True).click()


def as_relationships(page: Page) -> None:
    as_entities(page)
    page.get_by_role("button", name="Relationships", exact=True).click()


def with_details(page: Page) -> None:
    page.keyboard.press("/")
    page.locator("#search").fill("GRPO")
    page.keyboard.press("Enter")


def with_path(page: Page) -> None:
    with_details(page)
    page.get_by_role("button", name="Path to …").click()
    page.keyboard.press("/")
    page.locator("#search").fill("TRPO")
    page.keyboard.press("Enter")


def while_searching(page: Page) -> None:
    page.keyboard.press("/")
    page.locator("#search").fill("PO")


def while_saving(page: Page) -> None:
    page.locator("#take summary").click()


def with_nothing_left(page: Page) -> None:
    page.get_by_role("button", name="None of the kinds").click()


VIEWS = (
    as_map,
    as_lineage,
    as_entities,
    as_relationships,
    with_details,
    with_path,
    while_searching,
    while_saving,
    with_nothing_left,
)


@pytest.mark.parametrize("view", VIEWS)
def test_no_rule_is_broken(
    open_page: OpenPage, story: Graph, axe: str, view: Callable[[Page], None]
) -> None:
    page = open_page(story, title="GRPO", focus=[GRPO])
    view(page)
    page.wait_for_timeout(100)
    assert violations(page, axe) == []


@pytest.mark.parametrize("view", [as_map, as_relationships, with_details, while_saving])
def test_no_rule_is_broken_in_the_dark(
    open_page: OpenPage, story: Graph, axe: str, view: Callable[[Page], None]
) -> None:
    page = open_page(story, title="GRPO", focus=[GRPO])
    page.emulate_media(color_scheme="dark")
    view(page)
    page.wait_for_timeout(100)
    assert violations(page, axe) == []


@pytest.mark.parametrize("view", [as_map, as_entities, with_details, while_saving])
def test_no_rule_is_broken_on_a_narrow_screen(
    open_page: OpenPage, story: Graph, axe: str, view: Callable[[Page], None]
) -> None:
    page = open_page(story, title="GRPO", focus=[GRPO])
    page.set_viewport_size({"width": 360, "height": 740})
    view(page)
    page.wait_for_timeout(100)
    assert violations(page, axe) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_every_target_is_wide_enough_to_touch(open_page: OpenPage, story: Graph) -> None:
    page = open_page(story, title="GRPO", focus=[GRPO])
    page.set_viewport_size({"width": 360, "height": 740})
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, summary, input, label.row")]
          .filter((each) => each.checkVisibility() && !each.closest("label.row input"))
          .filter((each) => each.type !== "checkbox")
          .map((each) => [each.id || each.textContent, each.getBoundingClientRect().height])
          .filter(([, height]) => height < 24)"""
    )
    assert small == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_rule_is_broken_where_what_became_of_things_is_marked(
    open_page: OpenPage, story: Graph, axe: str, page: Page, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme)
    page = open_page(story, focus=[GRPO], marks=MARKED)
    with_details(page)
    assert page.locator("#panel .changes").is_visible()
    assert violations(page, axe) == []
