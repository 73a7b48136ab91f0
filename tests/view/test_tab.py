"""A page that a test had before is as new."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from browser_tab import Tab

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_STATE = """() => [
  location.href, innerWidth, innerHeight, navigator.onLine,
  matchMedia("(prefers-color-scheme: dark)").matches,
  matchMedia("(prefers-reduced-motion: reduce)").matches, "left" in globalThis,
]"""


def spoilt(page: Page, folder: Path, heard: list[str]) -> None:
    """Do to a page whatever tests do."""
    (folder / "page.html").write_text("<title>A page</title>", encoding="utf-8")
    page.on("console", lambda message: heard.append(message.text))
    page.goto((folder / "page.html").as_uri())
    page.evaluate("() => { globalThis.left = 1; console.log('first'); }")
    page.set_viewport_size({"width": 360, "height": 740})
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.context.grant_permissions(["clipboard-read"])
    page.context.set_offline(False)
    page.context.new_page()


def test_what_a_test_did_is_gone(browser: Browser, tmp_path: Path) -> None:
    tab, heard = Tab(browser), list[str]()
    new = tab.taken().evaluate(_STATE)
    spoilt(tab.taken(), tmp_path, heard)
    assert tab.taken().evaluate(_STATE) != new
    first = tab.taken()
    tab.given_back(failed=False)
    again = tab.taken()
    assert again is first
    assert again.evaluate(_STATE) == new
    assert len(again.context.pages) == 1
    again.evaluate("console.log('second')")
    assert heard == ["first"]
    tab.thrown_away()


def test_a_page_with_a_script_of_a_test_or_of_a_failed_test_is_thrown_away(
    browser: Browser,
) -> None:
    tab = Tab(browser)
    first = tab.taken()
    first.add_init_script("globalThis.left = 1")
    tab.given_back(failed=False)
    second = tab.taken()
    second.goto("about:blank")
    assert (second is first, second.evaluate("'left' in globalThis")) == (False, False)
    tab.given_back(failed=True)
    assert tab.taken() is not second
    tab.thrown_away()
