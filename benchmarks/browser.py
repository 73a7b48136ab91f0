"""What a page takes of a browser, as the browser itself tells it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["Seen", "awaited", "opened", "seen"]

# Of our page the mark "drawn" says that the picture is there. Stock pyvis hides its picture until
# its physics has come to rest, and puts the renderer into a global variable.
_WATCH = """
(() => {
  let network, clears = 0;
  const done = () => requestAnimationFrame(() => setTimeout(() => performance.mark("usable")));
  Object.defineProperty(window, "network", {
    configurable: true,
    get: () => network,
    set(made) { network = made; made.once("stabilizationIterationsDone", done); },
  });
  new PerformanceObserver((list) => {
    if (list.getEntriesByName("drawn").length) done();
  }).observe({ entryTypes: ["mark"] });
  const { clearRect } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.clearRect = function (...box) {
    clears += 1;
    return clearRect.apply(this, box);
  };
  Object.defineProperty(window, "drawings", { get: () => clears });
})();
"""
# One movement a frame, for some seconds: frames in which the picture was drawn anew are counted.
_FRAMES = """
([kind, seconds]) => new Promise((resolve) => {
  const canvas = document.querySelector(".vis-network canvas");
  const { left, top } = canvas.getBoundingClientRect();
  const at = (x, y) => ({
    clientX: left + x, clientY: top + y, pointerId: 1, pointerType: "mouse", isPrimary: true,
    button: 0, buttons: 1, bubbles: true, cancelable: true,
  });
  const begin = performance.now();
  const before = window.drawings;
  let drawn = before, frames = 0, turn = 0;
  if (kind === "pan") canvas.dispatchEvent(new PointerEvent("pointerdown", at(4, 4)));
  const step = () => {
    if (window.drawings > drawn) frames += 1;
    drawn = window.drawings;
    const passed = performance.now() - begin;
    if (passed > seconds * 1000) {
      if (kind === "pan") canvas.dispatchEvent(new PointerEvent("pointerup", at(4, 4)));
      resolve(frames / (passed / 1000));
      return;
    }
    turn += 1;
    const angle = passed / 300;
    if (kind === "pan") {
      const to = at(4 + 150 * Math.sin(angle), 4 + 150 * (1 - Math.cos(angle)));
      canvas.dispatchEvent(new PointerEvent("pointermove", to));
      canvas.dispatchEvent(new MouseEvent("mousemove", to));
    } else {
      const { width, height } = canvas.getBoundingClientRect();
      const wheel = { ...at(width / 2, height / 2), deltaY: Math.sin(angle) > 0 ? -30 : 30 };
      canvas.dispatchEvent(new WheelEvent("wheel", wheel));
    }
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
})
"""
_SECONDS = 3


@dataclass(frozen=True)
class Seen:
    """A page in the browser; what it had not come to within the wait is None.

    Parameters
    ----------
    paint, usable : float or None
        Seconds from navigation to the first paint, and until the picture is there and the page
        free to answer.
    panning, zooming : float or None
        Frames a second while the picture is moved.
    heap : float
        Megabytes of JavaScript's heap after its collection.
    requests : int
        But that for the file itself.
    """

    paint: float | None
    usable: float | None
    panning: float | None
    zooming: float | None
    heap: float
    requests: int


@contextmanager
def opened() -> Iterator[Browser]:
    """Start Chromium without a GPU."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        executable = shutil.which("chromium") or playwright.chromium.executable_path
        browser = playwright.chromium.launch(
            executable_path=executable, chromium_sandbox=False, args=["--disable-gpu"]
        )
        yield browser
        browser.close()


def seen(browser: Browser, file: Path, *, wait: float, moving: bool = True) -> Seen:
    """Open a page without a network and measure it.

    Parameters
    ----------
    browser : Browser
        As :func:`opened` starts it.
    file : Path
        The page.
    wait : float
        Seconds until it is given up that it becomes usable.
    moving : bool
        Whether it is panned and zoomed.
    """
    context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.add_init_script(_WATCH)
    page.goto(file.as_uri(), wait_until="commit")
    usable = _usable(page, wait)
    panning = zooming = None
    if usable is not None and moving:
        page.wait_for_timeout(500)
        panning = page.evaluate(_FRAMES, ["pan", _SECONDS])
        page.wait_for_timeout(300)
        zooming = page.evaluate(_FRAMES, ["zoom", _SECONDS])
    paint = page.evaluate(
        "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"
    )
    devtools = context.new_cdp_session(page)
    devtools.send("HeapProfiler.collectGarbage")
    heap = devtools.send("Runtime.getHeapUsage")["usedSize"] / 1e6
    context.close()
    own = [address for address in asked if address != file.as_uri()]
    return Seen(None if paint is None else paint / 1000, usable, panning, zooming, heap, len(own))


def _usable(page: Page, wait: float) -> float | None:
    found = awaited(page, "performance.getEntriesByName('usable')[0]?.startTime", wait)
    return None if found is None else found / 1000


def awaited(page: Page, script: str, wait: float) -> float | None:
    """Return a page's figure once it has it; None where it has none after so many seconds."""
    # Not wait_for_function, which evaluates a string in the page: our policy refuses that.
    deadline = time.monotonic() + wait
    while time.monotonic() < deadline:
        found: float | None = page.evaluate(f"{script} ?? null")
        if found is not None:
            return found
        page.wait_for_timeout(100)
    return None
