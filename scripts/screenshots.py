"""Take the pictures of docs/pictures.md again, from a real browser.

    python scripts/screenshots.py LISTING.kgl CORPUS.kgl

LISTING.kgl holds the listing of 41 papers (``graphkb --db LISTING.kgl load sample:``), CORPUS.kgl
the papers of 2025. Panels are left closed or tell facts: sentences of abstracts belong to their
authors, and names and titles are what a picture is about.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parent.parent
COMMAND = str(Path(sys.executable).with_name("graphkb"))
PICTURES = ROOT / "docs" / "pictures"
LARGEST = 300_000
EXPANDED = ("method:grpo", "method:grpo", "method:ppo", "method:rlhf")


FEWER_COLOURS = """async ([told, levels]) => {
  const image = new Image();
  image.src = `data:image/png;base64,${told}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width, image.height];
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const data = context.getImageData(0, 0, image.width, image.height);
  const step = 255 / (levels - 1);
  data.data.forEach((value, at) => (data.data[at] = Math.round(Math.round(value / step) * step)));
  context.putImageData(data, 0, 0);
  return canvas.toDataURL("image/png").split(",")[1];
}"""


@contextmanager
def opened(browser: Browser, address: str, *, dark: bool = False) -> Iterator[Page]:
    """Open a page, fitted to the window."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 800},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(address)
    page.locator("html[data-ready=true]").wait_for(state="attached", timeout=60_000)
    yield page
    context.close()


def take(page: Page, name: str, part: str = "body") -> None:
    """Write what a part of a page shows."""
    page.wait_for_timeout(1200)
    file = PICTURES / f"{name}.png"
    picture = page.locator(part).screenshot()
    for levels in (16, 12, 10, 8):
        file.write_bytes(fewer_colours(page, picture, levels))
        if file.stat().st_size < LARGEST:
            break
    print(f"{file.relative_to(ROOT)}: {file.stat().st_size / 1e3:.0f} kB")


def fewer_colours(page: Page, picture: bytes, levels: int) -> bytes:
    """Return a picture with some levels of each colour, which takes a third of the bytes."""
    other = page.context.new_page()
    told: str = other.evaluate(FEWER_COLOURS, [b64encode(picture).decode(), levels])
    other.close()
    return b64decode(told)


def lineage(page: Page) -> None:
    """Switch to the second layout."""
    page.get_by_role("button", name="Lineage", exact=True).click()


def static(browser: Browser, listing: str, corpus: str, folder: Path) -> None:
    """Take the pages that the command view writes."""
    for db, name, *asked in (
        (listing, "listing"),
        (corpus, "grpo", "GRPO"),
        (corpus, "large", "--limit", "2000"),
    ):
        out = str(folder / f"{name}.html")
        subprocess.run([COMMAND, "--db", db, "view", *asked, "-o", out], check=True)
    for name in ("listing", "grpo", "large"):
        address = (folder / f"{name}.html").as_uri()
        with opened(browser, address) as page:
            take(page, f"{name}-map", "#stage" if name == "large" else "body")
            if name == "grpo":
                lineage(page)
                take(page, f"{name}-lineage")
    changed = folder / "diff.html"
    times = ("--topics", "--until", "2025-03", "--until", "2025-12")
    told = ("--drawn", "70", "--type", "EXTENDS", "--limit", "0", "-o", str(changed))
    subprocess.run([COMMAND, "--db", corpus, "diff", "GRPO", "GRPO", *times, *told], check=True)
    with opened(browser, changed.as_uri()) as page:
        take(page, "diff")
    with opened(browser, (folder / "large.html").as_uri(), dark=True) as page:
        take(page, "large-map-dark", "#stage")


def live(browser: Browser, corpus: str) -> None:
    """Take the explorer once GRPO and its kin are expanded, and the path to RLHF."""
    command = [COMMAND, "--db", corpus, "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        try:
            found = re.search(r"http://\S+/", server.stderr.readline() if server.stderr else "")
            if found is None:
                sys.exit("the explorer did not start")
            steps = "&".join(f"expand={id_}" for id_ in EXPANDED)
            with opened(browser, f"{found[0]}?add=GRPO&{steps}") as page:
                take(page, "explorer")
        finally:
            server.terminate()


def main() -> None:
    """Take every picture."""
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    from playwright.sync_api import sync_playwright

    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        executable = shutil.which("chromium") or playwright.chromium.executable_path
        browser = playwright.chromium.launch(executable_path=executable, chromium_sandbox=False)
        static(browser, sys.argv[1], sys.argv[2], Path(folder))
        live(browser, sys.argv[2])
        browser.close()


if __name__ == "__main__":
    main()
