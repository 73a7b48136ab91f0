"""A topic and an answer in a notebook: the picture in a sandbox, and a table that needs nothing."""

from __future__ import annotations

import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graphkb.errors import MissingExtraError
from graphkb.model.graph import Edge, Entity, Graph
from graphkb.store.protocol import Rows
from graphkb.topic.reason import ways as named_ways
from graphkb.topic.topic import Member, Topic

if TYPE_CHECKING:
    from playwright.sync_api import Dialog, Page

HOSTILE = "\"></iframe><script>globalThis.ran=true;alert(1)</script><img src=x onerror=alert(1)>'"


class Seen(HTMLParser):
    """Every tag with its attributes, and every text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def topic(name: str = "GRPO") -> Topic:
    method = Entity("Method", "method:grpo", {"name": name, "support": 3, "aliases": ("g",)})
    paper = Entity("Paper", "arxiv:2402.03300", {"name": name, "title": name, "year": 2024})
    edge = Edge(paper.id, "INTRODUCES", method.id, paper.id, "Paper", "Method", {"evidence": name})
    by_id = {entity.id: entity for entity in (method, paper)}
    ways = tuple(named_ways([(method.id,), (method.id, paper.id)], by_id, [edge]))
    members = (
        Member(method, 1.0, True, ways[0]),
        Member(paper, 0.5, False, ways[1]),
    )
    return Topic((name,), Graph.of([method, paper], [edge]), members)


@pytest.mark.browser
@pytest.mark.parametrize("name", ["GRPO", HOSTILE])
def test_the_picture_opens_in_a_notebook_offline(page: Page, tmp_path: Path, name: str) -> None:
    wrong: list[str] = []

    def refuse(dialog: Dialog) -> None:
        wrong.append(dialog.message)
        dialog.dismiss()

    file = tmp_path / "notebook.html"
    shown = topic(name)._repr_html_()
    file.write_text(f"<!doctype html><meta charset=utf-8><div>{shown}</div>", encoding="utf-8")
    page.on("console", lambda m: wrong.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", refuse)
    page.on(
        "request",
        lambda r: None if r.url in (file.as_uri(), "about:srcdoc") else wrong.append(r.url),
    )
    page.goto(file.as_uri())
    inner = page.frame_locator("iframe")
    inner.locator("html[data-ready=true]").wait_for(state="attached")
    assert name in inner.locator("h1").inner_text()
    inner.get_by_role("searchbox").or_(inner.get_by_role("combobox")).first.fill("2402.03300")
    page.keyboard.press("Enter")
    page.wait_for_timeout(100)
    assert page.evaluate("globalThis.ran") is None
    assert wrong == []


def test_the_frame_may_run_scripts_and_nothing_else() -> None:
    [frame] = [
        attributes for tag, attributes in Seen(topic()._repr_html_()).tags if tag == "iframe"
    ]
    assert frame["sandbox"] == "allow-scripts"
    assert "src" not in frame
    assert str(frame["srcdoc"]).startswith("<!doctype html>")


@pytest.mark.parametrize("name", ["GRPO", HOSTILE])
def test_a_table_stays_where_frames_are_not_shown(name: str) -> None:
    seen = Seen(topic(name)._repr_html_())
    tags = {tag for tag, _ in seen.tags}
    assert tags <= {*("iframe", "details", "summary", "table", "thead", "tbody", "tr", "th", "td")}
    assert seen.texts.count(name) == 2
    assert {"As a table", "method", "arxiv:2402.03300"} <= set(seen.texts)


def test_as_text_a_topic_is_one_line() -> None:
    assert repr(topic()) == "<Topic 'GRPO': 2 entities, 1 edges>"


def test_an_answer_is_a_table_of_text() -> None:
    seen = Seen(Rows(("a<b", "b"), ((HOSTILE, None), (["x"], True)))._repr_html_())
    assert {tag for tag, _ in seen.tags} == {"table", "thead", "tbody", "tr", "th", "td"}
    assert seen.texts == ["a<b", "b", HOSTILE, '["x"]', "true"]


def test_of_many_rows_a_hundred_are_shown_and_the_rest_is_told() -> None:
    seen = Seen(Rows(("n",), tuple((n,) for n in range(250)))._repr_html_())
    assert seen.texts[-2:] == ["99", "… and 150 more rows"]


def test_a_topic_is_two_data_frames() -> None:
    nodes, edges = topic().to_pandas()
    assert list(nodes.columns) == ["id", "label", "name", "aliases", "support", "title", "year"]
    assert nodes["year"].tolist()[0] == 2024
    assert nodes.set_index("id").loc["method:grpo", "aliases"] == ["g"]
    assert edges.iloc[0].tolist() == [
        *("arxiv:2402.03300", "INTRODUCES", "method:grpo", "arxiv:2402.03300", "GRPO")
    ]


def test_an_empty_topic_is_two_empty_data_frames() -> None:
    nodes, edges = Topic(("x",), Graph.of([], []), ()).to_pandas()
    assert (len(nodes), list(edges.columns)) == (0, ["start", "type", "end", "paper"])


def test_without_pandas_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtraError, match=r"Install it: pip install '.+\[notebook\]'"):
        topic().to_pandas()
