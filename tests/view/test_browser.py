"""The page as a person uses it, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from graphkb.model.graph import Edge, Entity, Graph

if TYPE_CHECKING:
    from playwright.sync_api import Page

    OpenPage = Callable[..., Page]
    PlaceOf = Callable[[str], tuple[float, float]]

GRPO, PPO, DAPO = "method:grpo", "method:ppo", "method:dapo"


def shown(page: Page) -> set[str]:
    return set(page.evaluate("graphkb.shown()"))


def panel(page: Page) -> str:
    return page.locator("#panel").inner_text()


def names(page: Page) -> dict[str, dict[str, float]]:
    """Return where the names on the picture are, by the ids of those whose they are."""
    page.wait_for_timeout(200)
    found: dict[str, dict[str, float]] = page.evaluate("graphkb.placesOfNames()")
    return found


def click(page: Page, place: tuple[float, float]) -> None:
    # vis-network waits a moment after the page moved before it takes a click.
    page.mouse.move(*place)
    page.mouse.click(*place)
    page.wait_for_timeout(350)


# --- the picture --------------------------------------------------------------------------------


def test_a_click_on_a_node_shows_its_facts_and_sentences(
    open_page: OpenPage, place_of: PlaceOf, story: Graph
) -> None:
    page = open_page(story, focus=[GRPO])
    click(page, place_of(GRPO))
    assert page.locator("#panel h2").inner_text() == "GRPO"
    text = panel(page)
    assert "Group Relative Policy Optimization" in text
    assert re.search(r"Support\s+14", text)
    assert "DAPO starts from GRPO and changes clipping, sampling, loss" in text


def test_the_panel_says_why_something_is_in_the_topic(
    open_page: OpenPage, place_of: PlaceOf, story: Graph
) -> None:
    reason = "GRPO ← extends ─ <b>it</b>"
    page = open_page(story, focus=[GRPO], reasons={DAPO: reason})
    click(page, place_of(DAPO))
    assert f"Here by {reason}" in panel(page)
    click(page, place_of(GRPO))
    assert "Here by" not in panel(page)


def test_the_panel_groups_relationships_by_what_they_say(
    open_page: OpenPage, place_of: PlaceOf, story: Graph
) -> None:
    page = open_page(story, focus=[GRPO])
    click(page, place_of(GRPO))
    headings = page.locator("#panel h3").all_inner_texts()
    assert [re.sub(r"\s*\d+$", "", heading) for heading in headings] == [
        "Introduced by",
        "Extends",
        "Extended by",
        "Used by",
        "Applied to",
        "Outperformed by",
        "Compared with",
        "Surveyed by",
        "Criticised by",
    ]


def click_the_line(page: Page, one: tuple[float, float], other: tuple[float, float]) -> None:
    """Click between two shapes, where no other shape or name lies on what joins them."""
    for part in (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8):
        click(page, (one[0] + part * (other[0] - one[0]), one[1] + part * (other[1] - one[1])))
        if page.locator("#panel h2").inner_text() == "VAPO extends PPO":
            return
        page.keyboard.press("Escape")
        page.wait_for_timeout(350)
    raise AssertionError("the line is nowhere to be hit")


def test_a_click_on_a_line_shows_its_sentence(
    open_page: OpenPage, place_of: PlaceOf, story: Graph
) -> None:
    page = open_page(story)
    click_the_line(page, place_of("method:vapo"), place_of(PPO))
    assert page.locator("#panel h2").inner_text() == "VAPO extends PPO"
    assert page.locator("#panel .under").inner_text() == "1 paper"
    assert page.locator("#panel blockquote").all_inner_texts() == [
        "VAPO returns to PPO with a learned value model."
    ]


def test_the_names_of_both_ends_are_marked_in_the_sentence(
    open_page: OpenPage, place_of: PlaceOf, story: Graph
) -> None:
    page = open_page(story)
    click_the_line(page, place_of("method:vapo"), place_of(PPO))
    assert page.locator("#panel mark").all_inner_texts() == ["VAPO", "PPO"]


def test_a_click_beside_everything_lets_go(
    open_page: OpenPage, place_of: PlaceOf, story: Graph
) -> None:
    page = open_page(story)
    click(page, place_of(PPO))
    box = page.locator("#canvas").bounding_box()
    assert box
    click(page, (box["x"] + 6, box["y"] + 6))
    assert page.locator("#panel h2").inner_text() == "Where to start"


def test_a_click_on_a_name_chooses_whose_it_is(open_page: OpenPage, story: Graph) -> None:
    page = open_page(story)
    name = names(page)["method:trpo"]
    click(page, (name["x"], name["y"]))
    assert page.locator("#panel h2").inner_text() == "TRPO"


def test_hovering_tells_the_whole_name(
    open_page: OpenPage, place_of: PlaceOf, story: Graph
) -> None:
    page = open_page(story)
    page.mouse.move(*place_of("arxiv:2402.03300"))
    page.wait_for_timeout(100)
    assert page.locator("#hint").inner_text() == (
        "DeepSeekMath: Pushing the Limits of Mathematical Reasoning in Open Language Models · Paper"
    )


def test_important_names_are_on_the_picture(open_page: OpenPage, story: Graph) -> None:
    page = open_page(story, focus=[GRPO])
    assert {GRPO, PPO, "method:rlhf", "method:aime24"} <= set(names(page))


@pytest.mark.parametrize("event", ["pointerleave", "mouseleave", "blur"])
def test_what_was_hovered_is_forgotten_when_the_pointer_leaves(
    open_page: OpenPage, place_of: PlaceOf, story: Graph, event: str
) -> None:
    page = open_page(story)
    hover(page, place_of(PPO))
    # A quick pointer leaves without a movement on the canvas.
    page.locator("#canvas").dispatch_event(event)
    assert page.locator("#hint").inner_text() == ""


def test_what_is_hovered_again_is_told_again(
    open_page: OpenPage, place_of: PlaceOf, story: Graph
) -> None:
    page = open_page(story)
    x, y = place_of(PPO)
    hover(page, (x, y))
    page.locator("#canvas").dispatch_event("pointerleave")
    hover(page, (x + 1, y))
    assert page.locator("#hint").inner_text() == "PPO · Method"


@pytest.mark.parametrize("press", ["Table", "Zoom in", "Show all", "None of the kinds"])
def test_what_was_hovered_is_forgotten_when_the_view_changes(
    open_page: OpenPage, place_of: PlaceOf, story: Graph, press: str
) -> None:
    page = open_page(story)
    hover(page, place_of(PPO))
    # By keyboard, so that the pointer stays where it is.
    page.get_by_role("button", name=press, exact=True).evaluate("(button) => button.click()")
    assert page.locator("#hint").inner_text() == ""


def hover(page: Page, place: tuple[float, float]) -> None:
    page.mouse.move(*place)
    # Not wait_for_function, which evaluates a string in the page: its policy refuses that.
    page.locator("#hint:not(:empty)").wait_for(state="attached")


def crowd(near: list[tuple[str, str, int]], far: int) -> Graph:
    """Return a hub with the given neighbours (name, relationship, support) and a chain far away."""
    hub = Entity("Method", "method:hub", {"name": "Hub"})
    beside = [Entity("Method", f"method:{n}", {"name": n, "support": s}) for n, _, s in near]
    chain = [
        Entity("Method", f"method:far{at}", {"name": f"Far away {at}", "support": 20})
        for at in range(far)
    ]
    joined = [(e.id, type_, hub.id) for e, (_, type_, _) in zip(beside, near, strict=True)]
    joined += [(one.id, "USES", other.id) for one, other in pairwise(chain)]
    edges = [Edge(a, t, b, "arxiv:1", "Method", "Method", {}) for a, t, b in joined]
    return Graph.of([hub, *beside, *chain], edges)


def test_a_neighbour_of_what_the_page_is_about_is_named_before_what_is_far(
    open_page: OpenPage,
) -> None:
    page = open_page(crowd([("Near", "USES", 1)], far=400), focus=["method:hub"])
    assert "method:Near" in names(page)


def test_lineage_is_named_before_other_neighbours(open_page: OpenPage) -> None:
    users = [(f"User {at}", "USES", 9) for at in range(150)]
    graph = crowd([*users, *((f"Heir {at}", "EXTENDS", 0) for at in range(4))], far=0)
    page = open_page(graph, focus=["method:hub"])
    named = set(names(page))
    assert {f"method:Heir {at}" for at in range(4)} <= named
    assert not {f"method:User {at}" for at in range(150)} <= named


# --- what the panel says ------------------------------------------------------------------------


def test_a_curated_fact_is_called_curated_and_not_quoted(open_page: OpenPage, story: Graph) -> None:
    page = open_page(story)
    find(page, "TRPO")
    extended = page.locator("#panel .group").filter(has_text="Extended by")
    assert "curated replaces TRPO's trust region by a clipped ratio" in " ".join(
        extended.inner_text().split()
    )
    assert extended.locator("blockquote").count() == 0


def test_a_sentence_of_a_summary_is_called_graphkbs_summary(
    open_page: OpenPage, story: Graph
) -> None:
    page = open_page(story)
    find(page, "E-MMDiT")
    uses = page.locator("#panel .group").filter(has_text="Alternating Subregion")
    assert "graphkb's summary" in uses.first.inner_text()
    assert uses.first.locator("blockquote").count() == 0


def test_a_sentence_leads_to_its_paper(open_page: OpenPage, story: Graph) -> None:
    page = open_page(story)
    find(page, "DAPO")
    source = page.locator("#panel .source a").filter(has_text="A Made-Up Survey").first
    assert source.get_attribute("href") == "https://arxiv.org/abs/2509.00001"
    assert source.get_attribute("rel") == "noopener noreferrer"


def test_a_paper_leads_to_where_it_can_be_read(open_page: OpenPage, story: Graph) -> None:
    page = open_page(story)
    find(page, "Proximal Policy Optimization Algorithms")
    assert page.locator("#panel .links a").get_attribute("href") == (
        "https://arxiv.org/abs/1707.06347"
    )


def test_a_repository_leads_to_its_address(open_page: OpenPage, story: Graph) -> None:
    page = open_page(story)
    find(page, "BytedTsinghua-SIA/DAPO")
    assert page.locator("#panel .links a").get_attribute("href") == (
        "https://github.com/BytedTsinghua-SIA/DAPO"
    )


def test_a_paper_without_an_address_is_looked_for_by_its_title(open_page: OpenPage) -> None:
    page = open_page(Graph.of([Entity("Paper", "paper:1", {"name": "Rhymes & Reasons?"})], []))
    find(page, "Rhymes")
    link = page.locator("#panel .links a")
    assert link.inner_text() == "Search the title"
    assert link.get_attribute("href") == (
        "https://huggingface.co/papers?q=Rhymes%20%26%20Reasons%3F"
    )


@pytest.mark.parametrize("name", ["DeepSeekMath 7B", "MATH", "DeepSeekMath: Pushing the Limits"])
def test_a_result_is_told_by_its_model_its_benchmark_and_its_paper(
    open_page: OpenPage, story: Graph, name: str
) -> None:
    page = open_page(story)
    find(page, name)
    numbers = page.locator("#panel .group").filter(has_text="Reported numbers")
    assert "51.7% accuracy of DeepSeekMath 7B on MATH (absolute)" in numbers.inner_text()
    assert "scores 51.7% on MATH without tools" in numbers.inner_text()


def test_a_name_in_the_panel_leads_on(open_page: OpenPage, story: Graph) -> None:
    page = open_page(story)
    find(page, "GRPO")
    page.locator("#panel button.entity", has_text="RLVR").click()
    assert page.locator("#panel h2").inner_text() == "RLVR"


def test_several_papers_are_counted_on_one_line(open_page: OpenPage, story: Graph) -> None:
    page = open_page(story)
    find(page, "DAPO")
    beaten = page.locator("#panel .group").filter(has_text=re.compile("^Outperforms"))
    assert "2 papers" in beaten.inner_text()
    assert beaten.locator("blockquote").count() == 2


def test_a_long_group_is_folded_until_asked_for(open_page: OpenPage) -> None:
    hub = Entity("Method", "method:hub", {"name": "Hub"})
    users = [Entity("Method", f"method:{at}", {"name": f"User {at}"}) for at in range(40)]
    edges = [
        Edge(user.id, "USES", hub.id, "arxiv:1", "Method", "Method", {"evidence": "It does."})
        for user in users
    ]
    page = open_page(Graph.of([hub, *users], edges))
    find(page, "Hub")
    assert page.locator("#panel .lines > li > .entity").count() == 6
    page.get_by_role("button", name="Show 34 more").click()
    assert page.locator("#panel .lines > li > .entity").count() == 40


def test_the_most_important_entity_is_named_even_in_a_crowd(open_page: OpenPage) -> None:
    hub = Entity("Method", "method:hub", {"name": "The middle of everything", "support": 50})
    users = [Entity("Method", f"method:{at}", {"name": f"User {at}"}) for at in range(80)]
    edges = [
        Edge(user.id, "USES", hub.id, "arxiv:1", "Method", "Method", {"evidence": "It does."})
        for user in users
    ]
    page = open_page(Graph.of([hub, *users], edges))
    assert hub.id in names(page)


# --- search -------------------------------------------------------------------------------------


def find(page: Page, text: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def options(page: Page) -> list[str]:
    return page.locator("#found [role=option] .text").all_inner_texts()


def test_search_finds_as_one_types(open_page: OpenPage, story: Graph) -> None:
    page = open_page(story)
    page.locator("#search").click()
    page.keyboard.type("gr")
    many = len(options(page))
    page.keyboard.type("po")
    assert options(page)[0] == "GRPO"
    assert len(options(page)) < many


@pytest.mark.parametrize("text", ["flow grpo", "FLOW-GRPO", "flow-g"])
def test_search_overlooks_case_and_hyphens(open_page: OpenPage, story: Graph, text: str) -> None:
    page = open_page(story)
    page.locator("#search").fill(text)
    assert options(page)[0] == "Flow-GRPO"


def test_search_knows_long_names(open_page: OpenPage, story: Graph) -> None:
    page = open_page(story)
    page.locator("#search").fill("decoupled clip")
    assert options(page) == ["DAPO"]


def test_search_says_when_nothing_is_found(open_page: OpenPage, story: Graph) -> None:
    page = open_page(story)
    page.locator("#search").fill("zzz")
    assert page.locator("#found").inner_text() == "Nothing has that name"
    assert page.locator("#live").inner_text() == "0 entities found"


def test_search_is_worked_by_keyboard(open_page: OpenPage, story: Graph) -> None:
    page = open_page(story)
    page.keyboard.press("/")
    page.keyboard.type("grpo")
    second = options(page)[1]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.locator("#panel h2").inner_text() == second
    assert page.evaluate("document.activeElement.id") == "chosen"


def test_escape_closes_the_list_then_empties_the_box(open_page: OpenPage, story: Graph) -> None:
    page = open_page(story)
    page.keyboard.press("/")
    page.keyboard.type("grpo")
    page.keyboard.press("Escape")
    assert page.locator("#found").is_hidden()
    assert page.locator("#search").input_value() == "grpo"
    page.keyboard.press("Escape")
    assert page.locator("#search").input_value() == ""


def test_choosing_what_is_switched_off_switches_it_on(open_page: OpenPage, story: Graph) -> None:
    page = open_page(story)
    assert "task:parallel" not in shown(page)
    find(page, "parallel reasoning")
    assert "task:parallel" in shown(page)
    assert page.locator("#panel h2").inner_text() == "parallel reasoning"


# --- filters ------------------------------------------------------------------------------------


def test_a_kind_is_hidden_and_shown_by_its_row_in_the_legend(
    open_page: OpenPage, story: Graph
) -> None:
    page = open_page(story)
    row = page.locator("#kinds label", has_text="Benchmarks")
    assert "7" in row.inner_text()
    row.click()
    assert not any(story.entities[id_].label == "Benchmark" for id_ in shown(page))
    assert "0 of 7" in row.inner_text()
    row.click()
    assert sum(story.entities[id_].label == "Benchmark" for id_ in shown(page)) == 7


def test_a_relationship_is_hidden_by_its_row(open_page: OpenPage, story: Graph) -> None:
    page = open_page(story)
    before = page.locator("#status").inner_text()
    page.locator("#types label", has_text="Evaluated on").click()
    assert "method:math" not in shown(page)
    assert page.locator("#status").inner_text() != before


def test_mentions_are_off_at_first(open_page: OpenPage, story: Graph) -> None:
    page = open_page(story)
    box = page.locator("#types label", has_text="Mentions").locator("input")
    assert not box.is_checked()
    assert "method:llama" not in shown(page)
    box.check()
    assert "method:llama" in shown(page)


def test_tasks_of_one_paper_are_off_at_first(open_page: OpenPage, story: Graph) -> None:
    page = open_page(story)
    assert "task:parallel" not in shown(page)
    page.get_by_label("Tasks that one paper names (2)").check()
    assert "task:parallel" in shown(page)


def test_none_and_all_turn_every_row(open_page: OpenPage, story: Graph) -> None:
    page = open_page(story)
    before = shown(page)
    page.get_by_role("button", name="None of the kinds").click()
    assert shown(page) == set()
    page.get_by_role("button", name="All kinds").click()
    assert shown(page) == before


def test_what_is_chosen_and_then_hidden_is_let_go(open_page: OpenPage, story: Graph) -> None:
    page = open_page(story)
    find(page, "GRPO")
    page.locator("#kinds label", has_text="Methods").click()
    assert page.locator("#panel h2").inner_text() == "Where to start"


def test_the_status_line_counts_and_says_what_was_left_out(
    open_page: OpenPage, story: Graph
) -> None:
    page = open_page(story, left_out=12)
    text = page.locator("#status").inner_text()
    assert text.startswith(f"{len(shown(page))} entities, ")
    assert "switched off: " in text
    assert text.endswith("left out of this page: 12 entities")


def test_a_loaded_paper_without_relationships_is_shown(open_page: OpenPage) -> None:
    paper = Entity("Paper", "arxiv:1", {"name": "Alone", "title": "Alone"})
    stub = Entity("Paper", "arxiv:2", {"name": "Stub", "title": "Stub", "stub": True})
    method = Entity("Method", "method:a", {"name": "a"})
    other = Entity("Method", "method:b", {"name": "b"})
    joined = Edge("method:a", "EXTENDS", "method:b", "arxiv:1", "Method", "Method", {})
    page = open_page(Graph.of([paper, stub, method, other], [joined]))
    assert shown(page) == {"arxiv:1", "method:a", "method:b"}


def test_a_loaded_paper_goes_with_its_last_relationship_until_it_is_asked_for(
    open_page: OpenPage, story: Graph
) -> None:
    page = open_page(story)
    for name in ("Introduces", "Surveys", "Criticises", "Has code"):
        page.locator("#types label", has_text=name).click()
    assert not any(id_.startswith("arxiv:") for id_ in shown(page))
    page.get_by_label(re.compile("Entities without a relationship shown")).check()
    assert "arxiv:2402.03300" in shown(page)


def test_a_paper_without_relationships_goes_when_relationships_are_filtered(
    open_page: OpenPage, story: Graph
) -> None:
    alone = Entity("Paper", "arxiv:1", {"name": "Alone", "title": "Alone"})
    page = open_page(Graph.of([*story.entities.values(), alone], list(story.edges.values())))
    row = page.locator("#types label", has_text="Outperforms")
    row.click()
    assert "arxiv:1" not in shown(page)
    row.click()
    assert "arxiv:1" in shown(page)


def test_rows_switched_on_one_by_one_do_what_all_does(open_page: OpenPage, story: Graph) -> None:
    alone = Entity("Paper", "arxiv:1", {"name": "Alone", "title": "Alone"})
    page = open_page(Graph.of([*story.entities.values(), alone], list(story.edges.values())))
    page.get_by_role("button", name="None of the relationships").click()
    for box in page.locator("#types input").all():
        box.check()
    assert "arxiv:1" in shown(page)


def test_a_hidden_paper_without_relationships_is_found_by_name(
    open_page: OpenPage, story: Graph
) -> None:
    page = open_page(story)
    page.get_by_role("button", name="None of the relationships").click()
    find(page, "DeepSeekMath: Pushing")
    assert "arxiv:2402.03300" in shown(page)


@pytest.mark.parametrize("what", ["kinds", "relationships"])
def test_a_blank_picture_says_what_to_do(open_page: OpenPage, story: Graph, what: str) -> None:
    page = open_page(story)
    hint = "Everything is switched off; choose All in the legend"
    assert not page.get_by_text(hint).first.is_visible()
    page.get_by_role("button", name=f"None of the {what}").click()
    assert page.locator("#nothing").inner_text() == hint
    assert page.locator("#status").inner_text().startswith(hint)
    assert page.locator("#live").inner_text().startswith(hint)
    page.get_by_role("button", name=f"All {what}").click()
    assert not page.locator("#nothing").is_visible()
    assert hint not in page.locator("#status").inner_text()


def test_the_legend_explains_hollow_shapes_where_there_are_any(open_page: OpenPage) -> None:
    paper = Entity("Paper", "arxiv:1", {"name": "Cited", "stub": True})
    page = open_page(Graph.of([paper], []))
    assert page.locator("#kinds").get_by_text("Hollow: cited, not loaded").is_visible()


def test_the_legend_is_silent_of_hollow_shapes_where_there_are_none(open_page: OpenPage) -> None:
    page = open_page(Graph.of([Entity("Paper", "arxiv:1", {"name": "Loaded"})], []))
    assert "Hollow" not in page.locator("#kinds").inner_text()


@pytest.mark.parametrize("width", [1366, 1050, 770, 360, 320])
def test_no_word_of_the_legend_is_broken(open_page: OpenPage, story: Graph, width: int) -> None:
    page = open_page(story)
    page.set_viewport_size({"width": width, "height": 740})
    page.locator("#filters").evaluate("(filters) => { filters.open = true; }")
    page.get_by_role("button", name="None of the kinds").click()
    broken, sideways = page.evaluate(BROKEN_WORDS)
    assert broken == []
    assert sideways <= 0


BROKEN_WORDS = """() => {
  const broken = [];
  const texts = document.createTreeWalker(document.getElementById("filters"), NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    for (const word of texts.currentNode.data.matchAll(/[^\\s-]+/g)) {
      const range = document.createRange();
      range.setStart(texts.currentNode, word.index);
      range.setEnd(texts.currentNode, word.index + word[0].length);
      if (range.getClientRects().length > 1) broken.push(word[0]);
    }
  }
  const filters = document.getElementById("filters");
  return [broken, filters.scrollWidth - filters.clientWidth];
}"""


# --- for everyone -------------------------------------------------------------------------------


def test_the_picture_is_walked_with_arrow_keys(open_page: OpenPage, story: Graph) -> None:
    page = open_page(story, focus=[GRPO])
    page.locator("#canvas").focus()
    page.keyboard.press("ArrowDown")
    assert page.locator("#panel h2").inner_text() == "GRPO"
    page.keyboard.press("ArrowDown")
    assert page.locator("#panel h2").inner_text() != "GRPO"
    assert page.locator("#live").inner_text() != ""


def test_enter_reads_and_escape_goes_back_to_the_picture(open_page: OpenPage, story: Graph) -> None:
    page = open_page(story, focus=[GRPO])
    page.locator("#canvas").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "chosen"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "canvas"
    assert page.locator("#panel h2").inner_text() == "Where to start"


def test_tab_reaches_every_part_and_the_focus_can_be_seen(
    open_page: OpenPage, story: Graph
) -> None:
    page = open_page(story)
    reached: list[str] = []
    for _ in range(80):
        page.keyboard.press("Tab")
        part, width = page.evaluate(
            "[document.activeElement.closest('.skip, header, #filters, #canvas, #zoom, #panel')"
            "?.id || document.activeElement.tagName,"
            " getComputedStyle(document.activeElement).outlineWidth]"
        )
        if part == "BODY":
            break
        assert width == "3px"
        reached.append(part)
    assert list(dict.fromkeys(reached)) == [
        "A",
        "INPUT",
        "BUTTON",
        "SUMMARY",
        "filters",
        "canvas",
        "zoom",
        "panel",
    ]


def test_the_list_holds_what_the_picture_shows(open_page: OpenPage, story: Graph) -> None:
    page = open_page(story, focus=[GRPO])
    page.get_by_role("button", name="Table", exact=True).click()
    assert page.locator("#list tbody tr").count() == len(shown(page))
    page.locator("#kinds label", has_text="Papers").click()
    assert page.locator("#list tbody tr").count() == len(shown(page))
    page.locator("#list tbody button").first.click()
    assert page.locator("#panel h2").inner_text() == "GRPO"


def test_the_picture_comes_back_from_the_list_as_it_was(
    open_page: OpenPage, place_of: PlaceOf, story: Graph
) -> None:
    page = open_page(story)
    before = place_of(GRPO)
    page.get_by_role("button", name="Table", exact=True).click()
    page.wait_for_timeout(300)
    page.get_by_role("button", name="Map", exact=True).click()
    page.wait_for_timeout(300)
    assert place_of(GRPO) == pytest.approx(before, abs=1)


def ground(page: Page) -> str:
    colour: str = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return colour


def test_the_page_is_dark_where_the_reader_wants_it(open_page: OpenPage, story: Graph) -> None:
    page = open_page(story)
    assert ground(page) == "rgb(251, 251, 250)"
    light = page.locator("#canvas").screenshot()
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(300)
    assert ground(page) == "rgb(20, 23, 27)"
    assert page.locator("#canvas").screenshot() != light


def test_a_narrow_screen_needs_no_scrolling_sideways(open_page: OpenPage, story: Graph) -> None:
    page = open_page(story)
    page.set_viewport_size({"width": 360, "height": 740})
    find(page, "DeepSeekMath: Pushing")
    assert page.evaluate("document.documentElement.scrollWidth") == 360


@pytest.mark.parametrize("width", [360, 780])
def test_the_list_is_readable_in_little_room(open_page: OpenPage, story: Graph, width: int) -> None:
    page = open_page(story, focus=[GRPO])
    page.set_viewport_size({"width": width, "height": 740})
    page.get_by_role("button", name="Table", exact=True).click()
    row = page.locator("#list tbody tr").first
    assert row.inner_text().split("\n") == ["GRPO", "Method · support 14 · 17 relationships"]
    room, wanted, name = page.locator("#list").evaluate(
        "(list) => [list.clientWidth, list.scrollWidth,"
        " list.querySelector('tbody th button').parentNode.clientWidth]"
    )
    assert wanted == room
    assert name > 0.8 * room


def test_less_motion_is_honoured(open_page: OpenPage, place_of: PlaceOf, story: Graph) -> None:
    page = open_page(story)
    page.emulate_media(reduced_motion="reduce")
    before = place_of(GRPO)
    page.get_by_role("button", name="Zoom in").click()
    after = place_of(GRPO)
    page.wait_for_timeout(400)
    assert before != after == place_of(GRPO)


# --- sizes --------------------------------------------------------------------------------------


def test_an_empty_graph_says_so(open_page: OpenPage) -> None:
    page = open_page(Graph())
    assert "The graph has no entities." in panel(page)
    assert page.locator("#status").inner_text() == "0 entities, 0 relationships"


def test_a_single_entity_is_shown(open_page: OpenPage, place_of: PlaceOf) -> None:
    page = open_page(Graph.of([Entity("Method", "method:a", {"name": "Alone"})], []))
    click(page, place_of("method:a"))
    assert page.locator("#panel h2").inner_text() == "Alone"


def test_two_thousand_entities_are_shown(open_page: OpenPage) -> None:
    methods = [
        Entity("Method", f"method:{at}", {"name": f"M{at}", "support": at % 9})
        for at in range(2100)
    ]
    edges = [
        Edge(
            methods[at].id, "EXTENDS", methods[at * 7 // 10].id, "arxiv:1", "Method", "Method",
            {"evidence": f"M{at} extends M{at * 7 // 10}.", "field": "abstract"},
        )
        for at in range(1, 2100)
    ]  # fmt: skip
    page = open_page(Graph.of(methods, edges))
    assert len(shown(page)) <= 2000
    assert "left out of this page: 100 entities" in page.locator("#status").inner_text()
