"""Hostile text in every place where the live explorer shows some: nothing runs, no request leaves.

All payloads are in one graph, whose every entity is called and described by one of them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from hostile_text import LOOK_AT_EVERYTHING, PAYLOADS, hostile, is_harmless
from live_server import served

from graphkb.model.graph import Edge, Entity
from graphkb.store import Changes, open_store

if TYPE_CHECKING:
    from playwright.sync_api import Page

    Visit = Callable[[str], None]

TEXTS = [text for text in PAYLOADS if text.isprintable()]
SOME = 12


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An explorer of the graphs of all payloads, where a source may be dropped."""
    url = str(tmp_path_factory.mktemp("hostile") / "graph.kgl")
    entities: dict[str, Entity] = {}
    edges: dict[object, Edge] = {}
    for payload in PAYLOADS:
        graph = hostile(payload)
        entities |= graph.entities
        edges |= {edge.key: edge for edge in graph.edges.values()}
    with open_store(url, write=True) as store:
        store.write(Changes(entities=tuple(entities.values()), edges=tuple(edges.values())))
    with served(url, "--allow-load") as found:
        yield found


def test_there_are_at_least_sixty_payloads() -> None:
    assert len(PAYLOADS) >= 60


def test_hostile_entities_are_text_on_the_map_and_in_every_panel(
    address: str,
    page: Page,
    visit: Visit,
) -> None:
    visit(f"{address}?cypher=MATCH (n) RETURN n.id AS id ORDER BY id LIMIT 1000#view=map")
    assert len(page.evaluate("graphkb.shown()")) > len(PAYLOADS)
    page.get_by_role("button", name="Table", exact=True).click()
    found = page.evaluate(LOOK_AT_EVERYTHING)
    assert found["tags"] == []
    assert [href for href in found["hrefs"] if not is_harmless(href)] == []
    assert page.evaluate("'ran' in globalThis") is False


def test_hostile_cells_and_columns_are_text(
    address: str,
    page: Page,
    visit: Visit,
) -> None:
    cells = [text for text in TEXTS if "'" not in text and "\\" not in text and "`" not in text]
    columns = ", ".join(f"'{text}' AS `{text}`" for text in cells if len(text) < 200)
    visit(f"{address}?{urlencode({'cypher': f'RETURN {columns}'})}#view=list")
    page.locator("#list caption", has_text="1 rows").wait_for()
    said = page.locator("#list").inner_text()
    assert "<script>globalThis.ran=true;alert(1)</script>" in said
    assert page.evaluate("document.querySelectorAll('#list :is(script, img, svg, a)').length") == 0
    assert page.evaluate("'ran' in globalThis") is False


@pytest.mark.parametrize("step", ["seed", "add", "expand", "query", "cypher", "drop"])
def test_hostile_steps_are_told_as_text(
    address: str,
    page: Page,
    visit: Visit,
    step: str,
) -> None:
    for text in TEXTS[:SOME]:
        visit(f"{address}?{urlencode([(step, text), ('p.<b>', text)])}")
        assert page.evaluate("document.querySelectorAll('#wrong *').length") == 0
    assert page.evaluate("'ran' in globalThis") is False


def test_hostile_searches_find_and_show_text(
    address: str,
    page: Page,
    visit: Visit,
) -> None:
    visit(f"{address}?{urlencode({'seed': PAYLOADS[0]})}")
    for text in TEXTS[:SOME]:
        page.locator("#search").fill(text)
        page.wait_for_timeout(300)
        assert page.evaluate("document.querySelectorAll('#found :is(script, img, a)').length") == 0
    assert page.evaluate("'ran' in globalThis") is False


def test_a_hostile_file_is_reported_as_text(
    address: str,
    page: Page,
    visit: Visit,
) -> None:
    visit(f"{address}?{urlencode({'add': 'method:' + PAYLOADS[0]})}")
    name, content = f"{PAYLOADS[4]}.jsonl".replace("/", "-"), json.dumps({"id": PAYLOADS[0]})
    page.evaluate(
        """([name, text]) => {
          const held = new DataTransfer();
          held.items.add(new File([text], name));
          const drop = new DragEvent("drop", { dataTransfer: held, cancelable: true });
          document.getElementById("stage").dispatchEvent(drop);
        }""",
        [name, content],
    )
    page.locator("#wrong:not([hidden])").wait_for()
    assert page.evaluate("document.querySelectorAll('#wrong *').length") == 0
    assert page.evaluate("'ran' in globalThis") is False
