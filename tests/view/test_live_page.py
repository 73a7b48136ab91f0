"""The live explorer as a person uses it, in a real browser, over both stores."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from live_server import COMMAND, served

import graphkb

if TYPE_CHECKING:
    from playwright.sync_api import Page

PAPER = (
    '{"id": "2501.00001", "title": "KITE-X: A Kite", "abstract": "We introduce KITE-X, a variant'
    ' of GRPO for kites."}\n'
)


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = str(tmp_path_factory.mktemp("live") / "graph.kgl")
    with graphkb.open(url) as kb:
        kb.load("sample:")
    return url


def shown(page: Page) -> set[str]:
    return set(page.evaluate("graphkb.shown()"))


def choose(page: Page, name: str) -> None:
    page.keyboard.press("/")
    page.locator("#search").fill(name)
    page.wait_for_timeout(400)
    page.keyboard.press("Enter")


def until(page: Page, expression: str) -> None:
    # The page's policy forbids to wait for an expression within it.
    for _ in range(150):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(100)
    raise AssertionError(expression)


def test_what_is_chosen_is_expanded_and_the_address_keeps_it(
    db: str, page: Page, visit: Callable[[str], None]
) -> None:
    with served(db) as address:
        visit(f"{address}?add=GRPO")
        assert page.locator("#title").inner_text() == "GRPO"
        before = shown(page)
        choose(page, "GRPO")
        page.get_by_role("button", name="Expand").click()
        until(page, f"graphkb.shown().length > {len(before)}")
        assert before < shown(page)
        assert page.locator("#panel h2").inner_text() == "GRPO"
        link, grown = page.url, shown(page)
        assert "expand=method%3Agrpo" in link
        page.go_back()
        until(page, f"graphkb.shown().length === {len(before)}")
        visit(link)
        assert shown(page) == grown


def test_a_search_brings_what_is_not_on_the_page(
    db: str, page: Page, visit: Callable[[str], None]
) -> None:
    with served(db) as address:
        visit(f"{address}?add=GRPO")
        assert shown(page) == {"method:grpo"}
        choose(page, "TRPO")
        until(page, "graphkb.shown().length === 2")
        assert page.locator("#panel h2").inner_text() == "TRPO"


def test_a_named_query_answers_in_the_table_and_on_the_map(
    db: str, page: Page, visit: Callable[[str], None]
) -> None:
    with served(db) as address:
        visit(f"{address}?add=GRPO")
        page.locator("#ask summary").click()
        page.get_by_label("Named query").select_option("ancestors")
        page.locator("#queries input[name=method]").fill("GRPO")
        page.get_by_role("button", name="Run query").click()
        page.locator("#list caption", has_text="rows").wait_for()
        names = page.locator("#list tbody tr td:nth-child(2)").all_inner_texts()
        assert "PPO" in names
        page.get_by_role("button", name="Map", exact=True).click()
        assert "method:ppo" in shown(page)


def test_a_statement_is_answered_and_a_wrong_one_is_told(
    db: str, page: Page, visit: Callable[[str], None]
) -> None:
    with served(db) as address:
        visit(f"{address}?add=GRPO")
        page.locator("#ask summary").click()
        page.locator("#statement").fill("CREATE (n:Method {id: 'x'})")
        page.get_by_role("button", name="Run statement").click()
        page.locator("#wrong", has_text="would change the store").wait_for()
        page.locator("#ask summary").click()
        page.locator("#statement").fill("MATCH (m:Method {id: 'method:ppo'}) RETURN m.id AS id")
        page.keyboard.press("Control+Enter")
        page.locator("#list caption", has_text="1 rows").wait_for()
        assert page.locator("#wrong").is_hidden()


def test_what_is_taken_off_is_gone(db: str, page: Page, visit: Callable[[str], None]) -> None:
    with served(db, "GRPO") as address:
        visit(address)
        choose(page, "PPO")
        page.get_by_role("button", name="Take off").click()
        until(page, "!graphkb.shown().includes('method:ppo')")


def test_filters_and_places_outlive_an_expansion(
    db: str, page: Page, visit: Callable[[str], None]
) -> None:
    with served(db, "GRPO") as address:
        visit(address)
        page.locator("#kinds label", has_text="Papers").click()
        choose(page, "PPO")
        page.wait_for_timeout(400)
        before = page.evaluate("graphkb.placeOf('method:grpo')")
        page.get_by_role("button", name="Expand").click()
        page.wait_for_url("**expand=**")
        page.wait_for_timeout(300)
        assert not any(id_.startswith("arxiv:") for id_ in shown(page))
        after = page.evaluate("graphkb.placeOf('method:grpo')")
        assert after["x"] == pytest.approx(before["x"], abs=2)


def test_a_dropped_source_is_loaded_and_its_report_shown(
    tmp_path: Path, page: Page, visit: Callable[[str], None]
) -> None:
    url = str(tmp_path / "graph.kgl")
    with graphkb.open(url) as kb:
        kb.load("sample:")
    with served(url, "--allow-load") as address:
        visit(f"{address}?add=GRPO")
        page.evaluate(
            """(text) => {
              const held = new DataTransfer();
              held.items.add(new File([text], "more.jsonl"));
              const drop = new DragEvent("drop", { dataTransfer: held, cancelable: true });
              document.getElementById("stage").dispatchEvent(drop);
            }""",
            PAPER,
        )
        page.locator("#wrong", has_text="1 read, 1 kept").wait_for()
        choose(page, "KITE-X: A Kite")
        until(page, "graphkb.shown().includes('arxiv:2501.00001')")


def test_two_browsers_may_look_at_once(db: str, page: Page, visit: Callable[[str], None]) -> None:
    with served(db, "GRPO") as address:
        visit(address)
        other = page.context.new_page()
        other.goto(address)
        other.locator("html[data-ready=true]").wait_for(state="attached")
        assert set(other.evaluate("graphkb.shown()")) == shown(page)


def test_hostile_text_in_the_address_and_in_answers_is_text(
    db: str, page: Page, visit: Callable[[str], None]
) -> None:
    with served(db) as address:
        visit(f"{address}?seed=%3Cimg src=x onerror=globalThis.ran=1%3E")
        assert "<img src=x" in page.locator("#wrong").inner_text()
        visit(f"{address}?cypher=RETURN '<img src=x onerror=globalThis.ran=1>' AS a#view=list")
        assert "<img src=x" in page.locator("#list tbody").inner_text()
        assert page.evaluate("'ran' in globalThis") is False


def test_the_command_ends_cleanly_when_interrupted(db: str) -> None:
    command = [COMMAND, "--db", db, "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        process.stderr.readline()
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read()
        assert process.wait(20) in (0, 130)
    assert "Traceback" not in rest
