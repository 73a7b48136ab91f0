"""What a reader takes from the page: files, a table, a link; and the path between two things."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graphkb.model.graph import Edge, Entity, Graph

if TYPE_CHECKING:
    from playwright.sync_api import Page

    OpenPage = Callable[..., Page]
    PlaceOf = Callable[[str], tuple[float, float]]

GRPO, TRPO, AIME = "method:grpo", "method:trpo", "method:aime24"
SVG = "{http://www.w3.org/2000/svg}"


def saved(page: Page, button: str) -> Path:
    page.locator("#take summary").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).click()
    return Path(waiting.value.path())


def find(page: Page, name: str) -> None:
    page.keyboard.press("/")
    page.locator("#search").fill(name)
    page.keyboard.press("Enter")


# --- files --------------------------------------------------------------------------------------


def test_the_picture_is_saved_as_svg_with_every_visible_name(
    open_page: OpenPage, story: Graph
) -> None:
    page = open_page(story, title="GRPO")
    root = ET.parse(saved(page, "Picture (SVG)")).getroot()  # noqa: S314 - our own file
    drawn = {(e.text or "").split(" · ")[0] for e in root.iter(f"{SVG}title")}
    names = {story.entities[id_].name for id_ in page.evaluate("graphkb.shown()")}
    assert drawn == names | {"GRPO"}
    assert "GRPO" in {e.text for e in root.iter(f"{SVG}text")}


def test_what_is_switched_off_is_not_in_the_svg(open_page: OpenPage, story: Graph) -> None:
    page = open_page(story)
    page.locator("#kinds label", has_text="Papers").click()
    text = saved(page, "Picture (SVG)").read_text(encoding="utf-8")
    assert "DeepSeekMath: Pushing" not in text


def test_the_png_is_twice_as_fine_as_the_svg(open_page: OpenPage, story: Graph) -> None:
    page = open_page(story)
    root = ET.parse(saved(page, "Picture (SVG)")).getroot()  # noqa: S314 - our own file
    png = saved(page, "Picture (PNG").read_bytes()
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(png[16:20], "big") == 2 * int(root.attrib["width"])


def test_the_visible_graph_is_saved_with_every_sentence(open_page: OpenPage, story: Graph) -> None:
    page = open_page(story)
    kept = json.loads(saved(page, "Visible graph (JSON)").read_text(encoding="utf-8"))
    assert {node["id"] for node in kept["nodes"]} == set(page.evaluate("graphkb.shown()"))
    said = [link for link in kept["links"] if link["source"] == "method:dapo"]
    assert "DAPO starts from GRPO and changes clipping, sampling, loss and length penalty." in {
        link["sentence"] for link in said
    }
    assert {link["paper"] for link in said if link["type"] == "EXTENDS"} == {"arxiv:2503.14476"}


def test_the_saved_page_has_things_where_they_were_moved(
    open_page: OpenPage, place_of: PlaceOf, story: Graph, page: Page
) -> None:
    open_page(story, title="A <title> & more")
    x, y = place_of(TRPO)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 45, steps=5)
    page.mouse.up()
    page.wait_for_timeout(100)
    text = saved(page, "This page, as moved").read_text(encoding="utf-8")
    before = json.loads(page.locator("#data").text_content() or "")
    after = json.loads(text.split('id="data">', 1)[1].split("</script>", 1)[0])
    at = next(n for n, entity in enumerate(before["entities"]) if entity["id"] == TRPO)
    moved = [
        n
        for n, node in enumerate(after["network"]["nodes"])
        if node != before["network"]["nodes"][n]
    ]
    assert moved == [at]
    assert text.startswith("<!doctype html>")


def test_the_saved_page_works_as_the_first_did(
    open_page: OpenPage, story: Graph, page: Page, tmp_path: Path
) -> None:
    open_page(story, title="A <title> & more")
    text = saved(page, "This page, as moved").read_text(encoding="utf-8")
    other = page.context.new_page()
    wrong: list[str] = []
    other.on("console", lambda m: wrong.append(m.text))
    other.on("pageerror", lambda error: wrong.append(str(error)))
    again = tmp_path / "again.html"
    again.write_text(text, encoding="utf-8")
    other.goto(again.as_uri())
    other.locator("html[data-ready=true]").wait_for(state="attached")
    assert other.locator("#title").inner_text() == "A <title> & more"
    assert other.evaluate("graphkb.shown()") == page.evaluate("graphkb.shown()")
    assert wrong == []


@pytest.mark.parametrize(
    "name", ["<script>x</script>", "a\x00b\x1f", "\ud800", "&amp; ]]>", "\u202eabc"]
)
def test_hostile_names_leave_the_svg_well_formed_and_the_saved_page_inert(
    open_page: OpenPage, name: str
) -> None:
    page = open_page(Graph.of([Entity("Method", "method:a", {"name": name})], []), title=name)
    root = ET.parse(saved(page, "Picture (SVG)")).getroot()  # noqa: S314 - our own file
    assert {e.tag.removeprefix(SVG) for e in root.iter()} <= {
        *("svg", "title", "rect", "text", "path", "polygon", "line"),
    }
    text = saved(page, "This page, as moved").read_text(encoding="utf-8")
    assert tags(text).count("script") == 3


def tags(text: str) -> list[str]:
    found: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
            found.append(tag)

    Reader().feed(text)
    return found


def test_a_file_is_named_after_the_page(open_page: OpenPage, story: Graph) -> None:
    page = open_page(story, title="../GRPO: what /came\\ of it?")
    page.locator("#take summary").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Picture (SVG)").click()
    assert waiting.value.suggested_filename == "GRPO-what-came-of-it.svg"


# --- the table ----------------------------------------------------------------------------------


def table(page: Page) -> list[list[str]]:
    rows: list[list[str]] = page.locator("#list tbody tr").evaluate_all(
        "(rows) => rows.map((row) => [row.querySelector('button').textContent,"
        " ...[...row.querySelectorAll('td')].map((cell) => cell.textContent)])"
    )
    return rows


def test_a_heading_sorts_by_its_column_and_back(open_page: OpenPage, story: Graph) -> None:
    page = open_page(story, focus=[GRPO])
    page.get_by_role("button", name="Table", exact=True).click()
    first = table(page)
    page.get_by_role("button", name="Sort by Support").click()
    support = [int(row[3]) if row[3] else -1 for row in table(page)]
    assert support == sorted(support, reverse=True)
    heading = page.locator("#list thead th").nth(3)
    assert heading.get_attribute("aria-sort") == "descending"
    page.get_by_role("button", name="Sort by Support").click()
    assert heading.get_attribute("aria-sort") == "ascending"
    page.get_by_role("button", name="Sort by Support").click()
    assert table(page) == first


def test_relationships_are_a_table_with_their_sentences(open_page: OpenPage, story: Graph) -> None:
    page = open_page(story)
    page.get_by_role("button", name="Table", exact=True).click()
    page.get_by_role("button", name="Relationships", exact=True).click()
    row = next(row for row in table(page) if row[:3] == ["VAPO", "extends", "PPO"])
    assert row[-1] == "VAPO returns to PPO with a learned value model."
    page.locator("#list tbody button", has_text="VAPO").first.click()
    assert page.locator("#panel h2").inner_text().startswith("VAPO")


def test_the_table_is_copied_as_csv(open_page: OpenPage, story: Graph) -> None:
    page = open_page(story)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Table", exact=True).click()
    page.get_by_role("button", name="Relationships", exact=True).click()
    page.get_by_role("button", name="Copy as CSV").click()
    page.wait_for_timeout(100)
    copied = list(csv.reader(io.StringIO(page.evaluate("navigator.clipboard.readText()"))))
    assert copied[0][:3] == ["From", "Relationship", "To"]
    assert copied[1:] == table(page)


# --- the path -----------------------------------------------------------------------------------


def test_a_path_between_two_things_shows_each_step_with_its_sentence(
    open_page: OpenPage, story: Graph
) -> None:
    page = open_page(story)
    find(page, "DAPO")
    page.get_by_role("button", name="Path to …").click()
    assert "Choose where the path from DAPO shall lead" in page.locator("#choose").inner_text()
    find(page, "TRPO")
    assert page.locator("#panel h2").inner_text() == "DAPO to TRPO"
    entities = page.locator(".path > li > .entity .text").all_inner_texts()
    assert (entities[0], entities[-1]) == ("DAPO", "TRPO")
    assert "DAPO starts from GRPO" in page.locator(".path").inner_text()


def test_what_nothing_joins_is_told(open_page: OpenPage) -> None:
    graph = Graph.of(
        [
            Entity("Method", f"method:{n}", {"name": n, "support": 2})
            for n in ("one", "two", "three")
        ],
        [Edge("method:one", "EXTENDS", "method:two", "arxiv:1", "Method", "Method", {})],
    )
    page = open_page(graph, focus=["method:three"])
    find(page, "one")
    page.get_by_role("button", name="Path to …").click()
    find(page, "three")
    assert page.locator("#choose").inner_text() == "Nothing that is shown joins one and three"
    assert page.locator("#panel h2").inner_text() == "one"


def test_escape_gives_a_path_up(open_page: OpenPage, story: Graph) -> None:
    page = open_page(story)
    find(page, "DAPO")
    page.get_by_role("button", name="Path to …").click()
    page.keyboard.press("Escape")
    find(page, "TRPO")
    assert page.locator("#panel h2").inner_text() == "TRPO"


def test_shift_and_a_click_draw_the_path_from_what_is_chosen(
    open_page: OpenPage, place_of: PlaceOf, story: Graph
) -> None:
    page = open_page(story)
    find(page, "PPO")
    page.wait_for_timeout(500)
    page.keyboard.down("Shift")
    page.mouse.move(*place_of(GRPO))
    page.mouse.click(*place_of(GRPO))
    page.keyboard.up("Shift")
    page.wait_for_timeout(350)
    assert page.locator("#panel h2").inner_text() == "PPO to GRPO"


# --- the link -----------------------------------------------------------------------------------


def test_a_link_shows_the_same_again(open_page: OpenPage, story: Graph) -> None:
    page = open_page(story)
    page.locator("#kinds label", has_text="Papers").click()
    page.get_by_role("button", name="Lineage").click()
    find(page, "DAPO")
    link, before = page.url, page.evaluate("graphkb.shown()")
    page.goto("about:blank")
    page.goto(link)
    page.locator("html[data-ready=true]").wait_for(state="attached")
    assert page.evaluate("graphkb.shown()") == before
    assert page.locator("#panel h2").inner_text() == "DAPO"
    assert page.locator(".views [aria-pressed=true]").inner_text() == "Lineage"


def test_a_link_keeps_a_path(open_page: OpenPage, story: Graph) -> None:
    page = open_page(story)
    find(page, "DAPO")
    page.get_by_role("button", name="Path to …").click()
    find(page, "TRPO")
    link = page.url
    page.goto("about:blank")
    page.goto(link)
    page.locator("html[data-ready=true]").wait_for(state="attached")
    assert page.locator("#panel h2").inner_text() == "DAPO to TRPO"


@pytest.mark.parametrize(
    "fragment",
    [
        "#view=nowhere&chosen=method:none&path=[1,2]&from=x&to=1e999&changed=__proto__",
        "#path={%22a%22:1}&chosen=%3Cscript%3E&support=-5",
        "#%E0%A4%A",
    ],
)
def test_a_link_that_says_nonsense_does_no_harm(
    open_page: OpenPage, story: Graph, fragment: str
) -> None:
    page = open_page(story)
    link = page.url.split("#")[0] + fragment
    page.goto("about:blank")
    page.goto(link)
    page.locator("html[data-ready=true]").wait_for(state="attached")
    assert page.locator("#panel h2").inner_text() == "Where to start"
