"""A large picture while it is moved, in a browser: a copy moves, and at rest it is exact."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graphkb.model.graph import Edge, Entity, Graph

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.view.conftest import OpenPage

_COUNT = """
const { fill } = CanvasRenderingContext2D.prototype;
window.fills = 0;
CanvasRenderingContext2D.prototype.fill = function (...given) {
  window.fills += 1;
  return fill.apply(this, given);
};
"""
_PICTURE = "document.querySelector('.vis-network canvas').toDataURL()"
_REST = 600


def _rings(methods: int) -> Graph:
    """Return methods that each use three others."""
    entities = [
        Entity("Method", f"method:m{at}", {"name": f"M{at}", "support": 1 + at % 3})
        for at in range(methods)
    ]
    edges = [
        Edge(
            entities[at].id,
            "USES",
            entities[(at + step) % methods].id,
            "arxiv:1",
            "Method",
            "Method",
            {"evidence": f"M{at} uses M{(at + step) % methods}.", "field": "abstract"},
        )
        for at in range(methods)
        for step in (1, 2, 7)
    ]
    return Graph.of(entities, edges)


@pytest.fixture
def large(page: Page, open_page: OpenPage) -> Page:
    page.add_init_script(_COUNT)
    opened = open_page(_rings(450))
    opened.wait_for_timeout(_REST)
    return opened


def _begin_to_drag(page: Page) -> None:
    box = page.locator("#canvas").bounding_box()
    assert box
    left, top = box["x"] + 6, box["y"] + 6
    page.mouse.move(left, top)
    page.mouse.down()
    page.mouse.move(left + 40, top + 20)
    page.mouse.move(left + 60, top + 60)


def test_a_large_picture_is_not_drawn_anew_while_it_is_dragged(large: Page) -> None:
    """A busy machine may take so long between two moves that the picture rests, and is drawn."""
    _begin_to_drag(large)
    for _ in range(20):
        before = large.evaluate("window.fills")
        for step in range(5):
            large.mouse.move(100 + step * 10, 300)
        if large.evaluate("window.fills") == before:
            break
    else:
        pytest.fail("it is drawn anew each time")
    large.mouse.up()


def test_a_small_picture_is_drawn_anew_while_it_is_dragged(page: Page, open_page: OpenPage) -> None:
    page.add_init_script(_COUNT)
    small = open_page(_rings(20))
    _begin_to_drag(small)
    before = small.evaluate("window.fills")
    small.mouse.move(300, 300)
    for _ in range(100):
        if small.evaluate("window.fills") > before:
            break
        small.wait_for_timeout(50)
    assert small.evaluate("window.fills") > before
    small.mouse.up()


def test_what_moved_is_seen_at_once(large: Page) -> None:
    before = large.evaluate(_PICTURE)
    _begin_to_drag(large)
    large.evaluate("() => new Promise(requestAnimationFrame)")
    assert large.evaluate(_PICTURE) != before
    large.mouse.up()


def _drawn_wholly(page: Page) -> str:
    """Return the picture after a change and its opposite, each of which draws all of it."""
    support = page.locator("#keep-support")
    support.fill("2")
    support.fill("0")
    page.wait_for_timeout(_REST)
    drawn: str = page.evaluate(_PICTURE)
    return drawn


def test_a_large_picture_is_exact_once_it_was_dragged(large: Page) -> None:
    _begin_to_drag(large)
    large.mouse.up()
    large.wait_for_timeout(_REST)
    assert large.evaluate(_PICTURE) == _drawn_wholly(large)


def test_a_large_picture_is_exact_once_it_was_zoomed(large: Page) -> None:
    large.mouse.move(600, 400)
    for _ in range(4):
        large.mouse.wheel(0, -120)
    large.mouse.move(5, 5)
    large.wait_for_timeout(2 * _REST)
    assert large.evaluate(_PICTURE) == _drawn_wholly(large)
