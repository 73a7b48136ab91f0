"""The page of a difference in a real browser: what came, went and changed is told and marked."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hostile_text import LOOK_AT_EVERYTHING, PAYLOADS

from graphkb.difference.comparing import difference_of
from graphkb.difference.drawing import difference_page
from graphkb.export.content import GraphContent
from graphkb.model.graph import Edge, Entity, Graph, Value

if TYPE_CHECKING:
    from playwright.sync_api import Page

    Visit = Callable[[str], Page]

PAPER = Entity("Paper", "arxiv:1", {"name": "Knots", "title": "Knots"})


def method(key: str, **known: Value) -> Entity:
    return Entity("Method", f"method:{key}", {"name": key.upper(), **known})


def edge(start: Entity, type_: str, end: Entity, sentence: str) -> Edge:
    said: dict[str, Value] = {"evidence": sentence, "field": "abstract"}
    return Edge(start.id, type_, end.id, PAPER.id, start.label, end.label, said)


KNOT, REEF, GRANNY, BOW = (method(key) for key in ("knot", "reef", "granny", "bow"))
BEFORE = Graph.of(
    [PAPER, KNOT, REEF, BOW],
    [
        edge(REEF, "EXTENDS", KNOT, "Reef extends Knot."),
        edge(BOW, "EXTENDS", KNOT, "Bow extends Knot."),
    ],
)
AFTER = Graph.of(
    [PAPER, KNOT, method("reef", support=2), GRANNY],
    [
        edge(REEF, "EXTENDS", KNOT, "Reef extends Knot."),
        edge(GRANNY, "EXTENDS", KNOT, "Granny extends Knot."),
    ],
)


def page_between(one: Graph, other: Graph) -> str:
    contents = (GraphContent(one, "before"), GraphContent(other, "after"))
    return difference_page(difference_of(*contents))


@pytest.fixture
def visited(page: Page, tmp_path: Path) -> Callable[[str], Page]:
    """Open a document from a file."""

    def open_(document: str) -> Page:
        file = tmp_path / "page.html"
        file.write_text(document, encoding="utf-8")
        page.goto(file.as_uri())
        page.locator("html[data-ready=true]").wait_for(state="attached")
        return page

    return open_


@pytest.fixture
def opened(visited: Callable[[str], Page]) -> Page:
    """Return the page of what became of the knots."""
    return visited(page_between(BEFORE, AFTER))


def shown(page: Page) -> set[str]:
    return set(page.evaluate("graphkb.shown()"))


def test_the_page_is_the_same_for_the_same_difference() -> None:
    assert page_between(BEFORE, AFTER) == page_between(BEFORE, AFTER)


def test_the_panel_lists_what_came_went_and_changed(opened: Page) -> None:
    panel = opened.locator("#panel").inner_text()
    assert re.search(r"Came\s+GRANNY", panel)
    assert re.search(r"Went\s+BOW", panel)
    assert re.search(r"Changed\s+REEF", panel)


def test_the_legend_counts_and_explains_each_mark(opened: Page) -> None:
    rows = [" ".join(row.split()) for row in opened.locator("#marks .row").all_inner_texts()]
    assert rows == ["Came 1 and 1", "Went 1 and 1", "Changed 1 and 0", "As it was 1 and 1"]
    signs = opened.locator("#marks .sign").evaluate_all("all => all.map((one) => one.outerHTML)")
    assert len(set(signs)) == 3


def test_a_mark_that_is_switched_off_hides_what_bears_it(opened: Page) -> None:
    before = shown(opened)
    opened.get_by_label("Went").uncheck()
    assert before - shown(opened) == {BOW.id}


def test_what_is_as_it_was_stays_beneath_what_came(opened: Page) -> None:
    opened.get_by_label("As it was").uncheck()
    assert KNOT.id in shown(opened)


def test_the_values_that_changed_are_in_the_panel(opened: Page) -> None:
    opened.locator("#panel .entity", has_text="REEF").click()
    changes = opened.locator("#panel .changes")
    assert " ".join(changes.inner_text().split()) == "Support none → 2"


def test_a_sentence_tells_that_it_came(opened: Page) -> None:
    opened.locator("#panel .entity", has_text="GRANNY").click()
    assert opened.locator("#panel .statement .became").all_inner_texts() == ["Came"]


def test_the_table_tells_what_became_of_each(opened: Page) -> None:
    opened.get_by_role("button", name="Table", exact=True).click()
    rows = opened.locator("#list tbody tr").all()
    told = {
        row.locator("th button").inner_text(): row.locator("td").last.inner_text() for row in rows
    }
    assert told == {"GRANNY": "came", "BOW": "went", "REEF": "changed", "KNOT": "as it was"}


def test_signs_are_drawn_and_named_so_that_nothing_hangs_on_colour(opened: Page) -> None:
    opened.locator("#take summary").click()
    with opened.expect_download() as download:
        opened.locator("#take-svg").click()
    drawn = Path(download.value.path()).read_text(encoding="utf-8")
    signs = re.findall(r"<title>(Came|Went|Changed)</title>", drawn)
    # Each on its shape, on its line, and in the legend.
    assert sorted(signs) == ["Came"] * 3 + ["Changed"] * 2 + ["Went"] * 3


def test_the_visible_graph_keeps_the_marks(opened: Page) -> None:
    opened.locator("#take summary").click()
    with opened.expect_download() as download:
        opened.locator("#take-json").click()
    data = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert {node["id"]: node.get("change") for node in data["nodes"]} == {
        GRANNY.id: "added",
        BOW.id: "removed",
        REEF.id: "changed",
        KNOT.id: None,
    }
    assert sorted(str(link.get("change")) for link in data["links"]) == ["None", "added", "removed"]


def test_pages_of_no_difference_have_no_marks(visited: Callable[[str], Page], story: Graph) -> None:
    from graphkb.view.page import render_page

    page = visited(render_page(story, title="Test"))
    assert page.locator("#marks-field").is_hidden()
    assert page.locator(".badge-sign").count() == 0


def test_hostile_text_that_came_or_went_runs_nothing(visited: Callable[[str], Page]) -> None:
    nodes = [
        Entity("Method", f"method:{at}", {"name": text, "aliases": (text,)})
        for at, text in enumerate(PAYLOADS)
    ]
    edges = [edge(node, "EXTENDS", KNOT, str(node.name)) for node in nodes]
    old = Graph.of([PAPER, KNOT, *nodes[::2]], edges[::2])
    changed = [
        Entity("Method", node.id, {"name": node.name, "aliases": (f"{node.name} ",)})
        for node in nodes
    ]
    new = Graph.of([PAPER, KNOT, *changed[:20], *nodes[21::2]], [*edges[:20], *edges[21::2]])
    page = visited(page_between(old, new))
    page.get_by_role("button", name="Table", exact=True).click()
    found = page.evaluate(LOOK_AT_EVERYTHING)
    assert found["panels"] > len(PAYLOADS) / 2
    assert found["tags"] == []
    assert page.evaluate("'ran' in globalThis") is False
