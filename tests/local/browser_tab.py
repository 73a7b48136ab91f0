"""A page of the browser that one test after the other uses."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["Tab"]

_SIZE = 1280, 720
_TIMEOUT = 30_000
# A breach of a page's policy is a line on its console.
_TELL_BREACHES = """
addEventListener("securitypolicyviolation",
  (event) => console.error("policy", event.violatedDirective, event.blockedURI))
"""


class Tab:
    """Hands out a page that is as new: empty, offline, and with nobody listening.

    A new page is a new process with nothing compiled: opening a file in it takes four times the
    processor time of opening it in the page of the test before.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._page: Page | None = None
        self._heard: list[tuple[str, Callable[..., Any]]] = []
        self._is_changed = False

    def taken(self) -> Page:
        """Return the page, a new one where the last was thrown away."""
        if self._page is None:
            context = self._browser.new_context(offline=True, service_workers="block")
            context.add_init_script(_TELL_BREACHES)
            self._page = context.new_page()
            self._watch(self._page)
        return self._page

    def _watch(self, page: Page) -> None:
        """Keep book of what a test does that an empty page would not end."""
        listen, add_script = page.on, page.add_init_script

        def on(event: Any, heard: Callable[..., Any]) -> None:
            self._heard.append((event, heard))
            listen(event, heard)

        def add_init_script(*arguments: Any, **named: Any) -> None:
            self._is_changed = True
            add_script(*arguments, **named)

        page.on = on  # type: ignore[assignment]
        page.add_init_script = add_init_script  # type: ignore[assignment]

    def given_back(self, *, failed: bool) -> None:
        """Take the page back, and make it as new; throw it away where that is not sure."""
        page = self._page
        assert page is not None
        if failed or self._is_changed or page.is_closed():
            self.thrown_away()
            return
        for event, heard in self._heard:
            page.remove_listener(event, heard)
        self._heard.clear()
        context = page.context
        for other in context.pages:
            if other != page:
                other.close()
        page.goto("about:blank")
        page.mouse.move(-1, -1)
        page.set_viewport_size({"width": _SIZE[0], "height": _SIZE[1]})
        page.emulate_media(media="null", color_scheme="null", reduced_motion="null")
        page.set_default_timeout(_TIMEOUT)
        context.clear_permissions()
        context.clear_cookies()
        context.set_offline(True)

    def thrown_away(self) -> None:
        """Close the page."""
        if self._page is not None:
            self._page.context.close()
        self._page = None
        self._heard.clear()
        self._is_changed = False
