"""What tests of the picture share: a graph to draw, and a page that must not misbehave."""

from __future__ import annotations

import runpy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from graphkb.model.graph import Graph
from graphkb.view.page import render_page

if TYPE_CHECKING:
    from playwright.sync_api import Dialog, Page

    OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def story() -> Graph:
    """Return a graph of 60 entities around GRPO."""
    made: Graph = runpy.run_path(str(Path(__file__).with_name("story.py")))["story"]()
    return made


@pytest.fixture
def open_page(page: Page, tmp_path: Path) -> Iterator[OpenPage]:
    """Open a graph's page in a browser, and fail where it asks for anything or complains.

    Every request but that for the file itself, every message of level error or warning on the
    console, every uncaught error, every violation of the page's policy, every dialog and every
    new window counts.
    """
    wrong: list[str] = []
    page.set_default_timeout(10_000)

    def refuse(dialog: Dialog) -> None:
        wrong.append(f"dialog {dialog.message}")
        dialog.dismiss()

    page.on("console", lambda m: wrong.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", refuse)
    page.on("popup", lambda popup: wrong.append(f"window {popup.url}"))

    def open_(graph: Graph, **arguments: Any) -> Page:
        file = tmp_path / "page.html"
        file.write_text(render_page(graph, **{"title": "Test", **arguments}), encoding="utf-8")
        address = file.as_uri()
        page.on(
            "request",
            lambda request: None if request.url == address else wrong.append(request.url),
        )
        page.goto(address)
        page.locator("html[data-ready=true]").wait_for(state="attached")
        return page

    yield open_
    page.wait_for_timeout(50)
    assert wrong == []


@pytest.fixture
def visit(page: Page) -> Iterator[Callable[[str], None]]:
    """Open an address, and fail where the page complains or asks anybody else."""
    wrong: list[str] = []
    home: list[str] = []
    page.set_default_timeout(15_000)
    # Pages that are sent to people are opened without a network; this one has its server.
    page.context.set_offline(False)
    page.on("console", lambda m: wrong.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))

    def check(address: str) -> None:
        if home and not address.startswith((home[0], "blob:")):
            wrong.append(address)

    page.on("request", lambda request: check(request.url))

    def open_(address: str) -> None:
        home[:] = [address.split("?")[0]]
        page.goto(address)
        page.locator("html[data-ready=true]").wait_for(state="attached")

    yield open_
    # A refused question is a line in the browser's console, and told on the page.
    assert [text for text in wrong if "400 (Bad Request)" not in text] == []


@pytest.fixture
def place_of(page: Page) -> Callable[[str], tuple[float, float]]:
    """Tell where on the screen an entity is drawn."""

    def find(id_: str) -> tuple[float, float]:
        place = page.evaluate("(id) => graphkb.placeOf(id)", id_)
        return place["x"], place["y"]

    return find
