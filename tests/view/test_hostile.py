"""Text from outside runs nothing, asks for nothing, and is shown as it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from graphkb.model.graph import Edge, Entity, Graph, Value
from graphkb.model.schema import PropertyType, entity_type, relationship_type
from graphkb.view.style import kind_styles

if TYPE_CHECKING:
    from playwright.sync_api import Page

    OpenPage = Callable[..., Page]

ALERT = "globalThis.ran=true;alert(1)"

PAYLOADS = [
    f"<script>{ALERT}</script>",
    f"</script><script>{ALERT}</script>",
    f"</SCRIPT ><svg onload={ALERT}>",
    f"<!--<script>{ALERT}</script>-->",
    f"<img src=x onerror={ALERT}>",
    f'<img src="https://evil.example/x.png" onerror="{ALERT}">',
    f"<svg/onload={ALERT}>",
    f"<svg><animate onbegin={ALERT} attributeName=x dur=1s>",
    f"<iframe srcdoc='<script>{ALERT}</script>'></iframe>",
    f"<iframe src=\"javascript:{ALERT}\">",
    f"<details open ontoggle={ALERT}>",
    f"<input autofocus onfocus={ALERT}>",
    "<style>@import 'https://evil.example/a.css';</style>",
    "<link rel=stylesheet href=https://evil.example/a.css>",
    f"<meta http-equiv=refresh content='0;url=javascript:{ALERT}'>",
    "<base href=https://evil.example/>",
    f"<form action=javascript:{ALERT}><button autofocus>",
    f"<math><mtext></form><form><mglyph><style></math><img src onerror={ALERT}>",
    f'" onmouseover="{ALERT}" x="',
    f"' onfocus='{ALERT}' autofocus x='",
    f"`-{ALERT}-`",
    f"${{{ALERT}}}",
    f"{{{{constructor.constructor('{ALERT}')()}}}}",
    f"\\u003cscript\\u003e{ALERT}\\u003c/script\\u003e",
    f"&lt;script&gt;{ALERT}&lt;/script&gt;",
    f"\u2028{ALERT}\u2029",
    f"]]><script>{ALERT}</script>",
    f"javascript:{ALERT}",
    f"JaVaScRiPt:{ALERT}//https://example.org",
    f"data:text/html,<script>{ALERT}</script>",
    f"https://example.org/\" onclick=\"{ALERT}",
    "https://user@evil.example/",
    "\u202eevil\u202c",
    "__proto__",
    "constructor",
    "$data",
    "*_html_*",
    "(" * 40 + "a" * 40,
    "a" * 3000,
    "\u0301" * 200,
]  # fmt: skip


def filled(declared: tuple[PropertyType, ...], payload: str) -> dict[str, Value]:
    """Return the payload in every property that is text, and something in every other."""
    by_type: dict[str, Value] = {"str": payload, "list": (payload, payload + "2"), "int": 7}
    by_type |= {"float": 0.5, "bool": True}
    return {each.name: by_type[each.type] for each in declared if each.name not in ("id", "stub")}


def hostile(payload: str) -> Graph:
    """Return a graph with an entity of each kind, each of them full of the payload."""
    entities = []
    for style in kind_styles():
        told = filled(entity_type(style.label).all_properties, payload)
        entities.append(Entity(style.label, f"{style.label.lower()}:{payload}", told))
    result = filled(entity_type("Result").all_properties, payload)
    entities.append(Entity("Result", f"result:{payload}", result))
    by_label = {entity.label: entity for entity in entities}
    edges = []
    joined = [
        ("Paper", "INTRODUCES", "Method"), ("Method", "EXTENDS", "Model"),
        ("Method", "EVALUATED_ON", "Benchmark"), ("Method", "APPLIED_TO", "Task"),
        ("Paper", "HAS_CODE", "Repository"), ("Paper", "AUTHORED_BY", "Author"),
        ("Paper", "AFFILIATED_WITH", "Organization"), ("Model", "USES", "Method"),
        ("Paper", "REPORTS", "Result"), ("Result", "OF", "Method"), ("Result", "ON", "Benchmark"),
    ]  # fmt: skip
    for start, type_, end in joined:
        told = filled(relationship_type(type_).properties, payload)
        del told["paper"]
        if type_ == "USES":
            told["rule"] = "catalogue"
        one, other = by_label[start], by_label[end]
        paper = by_label["Paper"].id
        edges.append(Edge(one.id, type_, other.id, paper, start, end, told))
    return Graph.of(entities, edges)


@pytest.mark.parametrize("payload", PAYLOADS, ids=lambda payload: ascii(payload)[:30])
def test_hostile_text_is_text_in_every_place_where_it_shows(
    open_page: OpenPage, payload: str
) -> None:
    graph = hostile(payload)
    everything = [id_ for id_, entity in graph.entities.items() if entity.label != "Result"]
    page = open_page(graph, title=payload, subtitle=payload, focus=everything)
    assert len(page.evaluate("graphkb.shown()")) == len(everything) == len(kind_styles())
    page.get_by_role("button", name="Table", exact=True).click()
    found = page.evaluate(LOOK_AT_EVERYTHING)
    page.get_by_role("button", name="Map", exact=True).click()
    page.locator("#search").fill(payload[:40])
    page.keyboard.press("Enter")
    assert found["panels"] == len(everything)
    assert found["tags"] == []
    assert [href for href in found["hrefs"] if not is_harmless(href)] == []
    assert page.evaluate("'ran' in globalThis") is False


def is_harmless(href: str) -> bool:
    """Tell whether an address is of the web and names no user, as what it seems to lead to."""
    scheme, _, rest = href.partition("://")
    return scheme in ("https", "http") and "@" not in rest.partition("/")[0]


# Choose every row of the list, unfold what is folded, and tell what elements there are.
LOOK_AT_EVERYTHING = """() => {
  const own = new Set(["H1", "H2", "H3", "P", "SPAN", "BUTTON", "A", "UL", "LI", "DL", "DT", "DD",
    "MARK", "BLOCKQUOTE", "DETAILS", "SUMMARY", "SMALL", "TIME", "SECTION", "DIV", "svg", "path",
    "STRONG", "TABLE", "CAPTION", "THEAD", "TBODY", "TR", "TH", "TD"]);
  const found = { panels: 0, tags: [], hrefs: [] };
  for (const row of document.querySelectorAll("#list tbody button")) {
    row.click();
    found.panels += document.querySelector("#panel h2#chosen") ? 1 : 0;
    for (const folded of document.querySelectorAll("#panel details")) folded.open = true;
    for (const each of document.querySelectorAll("#panel *, #list *, #title *, #subtitle *")) {
      if (!own.has(each.tagName)) found.tags.push(each.tagName);
      for (const { name } of each.attributes) {
        if (name.startsWith("on") || name === "src" || name === "style" && each.tagName !== "svg") {
          found.tags.push(`${each.tagName} ${name}`);
        }
      }
      if (each.href) found.hrefs.push(each.href);
    }
  }
  return found;
}"""


def test_hostile_text_is_shown_as_it_is(open_page: OpenPage) -> None:
    payload = PAYLOADS[0]
    page = open_page(hostile(payload), title=payload)
    assert page.locator("#title").inner_text() == payload
    assert page.title() == payload
    page.locator("#search").fill("script")
    page.keyboard.press("Enter")
    assert page.locator("#panel h2").inner_text() == payload
