"""Text from outside runs nothing, asks for nothing, and is shown as it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from hostile_text import LOOK_AT_EVERYTHING, PAYLOADS, hostile, is_harmless

from graphkb.view.style import kind_styles

if TYPE_CHECKING:
    from playwright.sync_api import Page

    OpenPage = Callable[..., Page]


def test_there_are_payloads_of_every_kind() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 60


@pytest.mark.parametrize("payload", PAYLOADS, ids=lambda payload: ascii(payload)[:30])
def test_hostile_text_is_text_in_every_place_where_it_shows(
    open_page: OpenPage, payload: str
) -> None:
    graph = hostile(payload)
    everything = [id_ for id_, entity in graph.entities.items() if entity.label != "Result"]
    page = open_page(graph, title=payload, subtitle=payload, focus=everything)
    assert len(page.evaluate("graphkb.shown()")) == len(everything) == len(kind_styles())
    page.get_by_role("button", name="Table", exact=True).click()
    found = page.evaluate(LOOK_AT_EVERYTHING)
    page.get_by_role("button", name="Map", exact=True).click()
    page.locator("#search").fill(payload[:40])
    page.keyboard.press("Enter")
    assert found["panels"] == len(everything)
    assert found["tags"] == []
    assert [href for href in found["hrefs"] if not is_harmless(href)] == []
    assert page.evaluate("'ran' in globalThis") is False


def test_hostile_text_is_shown_as_it_is(open_page: OpenPage) -> None:
    payload = PAYLOADS[0]
    page = open_page(hostile(payload), title=payload)
    assert page.locator("#title").inner_text() == payload
    assert page.title() == payload
    page.locator("#search").fill("script")
    page.keyboard.press("Enter")
    assert page.locator("#panel h2").inner_text() == payload
