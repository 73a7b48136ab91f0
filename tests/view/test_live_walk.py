"""A walk through the explorer from GRPO to RLHF, on both stores: expand, filter, path, save."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from emptied_server import emptied
from live_server import served

import graphkb

if TYPE_CHECKING:
    from playwright.sync_api import Page

PNG = b"\x89PNG\r\n\x1a\n"
ENGINES = ["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)]


@pytest.fixture(scope="module")
def papers(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """What is loaded: of the papers of 2025 those that name GRPO or RLHF, else the sample."""
    try:
        shared: Path = request.getfixturevalue("shared")
    except pytest.skip.Exception:
        return "sample:"
    kept = tmp_path_factory.mktemp("walk") / "papers.jsonl"
    with (
        gzip.open(shared / "data/hf_daily/papers-2025.jsonl.gz", "rt", encoding="utf-8") as lines,
        kept.open("w", encoding="utf-8") as out,
    ):
        for line in lines:
            paper = json.loads(line)
            text = f"{paper['title']} {paper['summary']}"
            if "GRPO" in text or "RLHF" in text:
                out.write(line)
    return str(kept)


@pytest.fixture(scope="module", params=ENGINES)
def address(
    request: pytest.FixtureRequest, papers: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as environment:
        if request.param == "neo4j":
            url = emptied(request.getfixturevalue("neo4j_server"), environment)
        else:
            url = str(tmp_path_factory.mktemp("walk") / "graph.kgl")
        with graphkb.open(url) as kb:
            kb.load(papers)
        with served(url) as found:
            yield found


def count(page: Page) -> int:
    return len(page.evaluate("graphkb.shown()"))


def choose(page: Page, name: str) -> None:
    page.keyboard.press("/")
    page.locator("#search").fill(name)
    page.wait_for_timeout(500)
    page.keyboard.press("Enter")


def grown(page: Page, before: int) -> None:
    # The page's policy forbids to wait for an expression within it.
    for _ in range(200):
        if count(page) > before:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"the page did not grow beyond {before}")


def test_from_grpo_to_rlhf(address: str, page: Page, visit: Callable[[str], None]) -> None:
    visit(f"{address}?add=GRPO&add=RLHF")
    sizes = [count(page)]
    for name in ("GRPO", "RLHF", "PPO", "DPO"):
        choose(page, name)
        page.locator("#panel h2", has_text=name).first.wait_for()
        page.get_by_role("button", name="Expand").click()
        grown(page, sizes[-1])
        sizes.append(count(page))
    assert sizes == sorted(set(sizes))

    slider = page.get_by_label("From year")
    slider.evaluate("(input) => { input.value = 2024; input.dispatchEvent(new Event('input')); }")
    page.wait_for_timeout(500)
    assert 0 < count(page) < sizes[-1]
    slider.evaluate(
        "(input) => { input.value = input.min; input.dispatchEvent(new Event('input')); }"
    )

    choose(page, "GRPO")
    page.get_by_role("button", name="Path to …").click()
    choose(page, "RLHF")
    assert page.locator("#panel h2").inner_text() == "GRPO to RLHF"
    steps = page.locator(".path > li > .entity .text").all_inner_texts()
    assert (steps[0], steps[-1]) == ("GRPO", "RLHF")

    page.locator("#take summary").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Picture (PNG").click()
    assert Path(waiting.value.path()).read_bytes().startswith(PNG)
