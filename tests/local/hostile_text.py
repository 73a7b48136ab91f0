"""Text that would run, ask or break where a page took it for more than text, and graphs of it."""

from __future__ import annotations

from graphkb.model.graph import Edge, Entity, Graph, Value
from graphkb.model.schema import PropertyType, entity_type, relationship_type
from graphkb.view.style import kind_styles

__all__ = ["LOOK_AT_EVERYTHING", "PAYLOADS", "hostile", "is_harmless"]

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
    f"<a href=javascript:{ALERT} autofocus>x</a>",
    f"<a href='java\tscript:{ALERT}'>x</a>",
    f"\x01javascript:{ALERT}",
    f"vbscript:{ALERT}",
    f"data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==#{ALERT}",
    "//evil.example/x",
    "file:///etc/passwd",
    "blob:https://evil.example/1",
    "https://evil.example\\@example.org/",
    f"<object data=javascript:{ALERT}>",
    f"<embed src=javascript:{ALERT}>",
    f"<video><source onerror={ALERT}></video>",
    f"<audio src=x onerror={ALERT}>",
    f"<body onload={ALERT}>",
    f"<marquee onstart={ALERT}>",
    f"<select autofocus onfocus={ALERT}>",
    f"<template><script>{ALERT}</script></template>",
    f"<noscript><p title='</noscript><img src=x onerror={ALERT}>'>",
    f"<title><a title='</title><img src=x onerror={ALERT}>'></title>",
    f"<textarea><img title='</textarea><img src=x onerror={ALERT}>'>",
    f"<svg><use href='data:image/svg+xml,<svg id=x onload={ALERT}></svg>#x'></svg>",
    f"<svg><foreignObject><img src=x onerror={ALERT}></foreignObject></svg>",
    f"<img src=x onerror\n=\n{ALERT}>",
    f"<scr\x00ipt>{ALERT}</scr\x00ipt>",
    f"\ufeff<script>{ALERT}</script>",
    f"\uff1cscript\uff1e{ALERT}\uff1c/script\uff1e",
    f"-->\n<script>{ALERT}</script>\n<!--",
    f"\"}}]}};{ALERT};//",
    f"';{ALERT};//",
    f"*/{ALERT}/*",
    f"$(touch /tmp/ran) `{ALERT}`",
    "<style>*{background:url(https://evil.example/b)}</style>",
    "<img srcset='https://evil.example/x.png 1x'>",
    "<link rel=prefetch href=https://evil.example/p>",
    "toString", "hasOwnProperty", "graphkb", "title",
    "\x1b[31mred\x1b[0m",
    "=HYPERLINK(\"https://evil.example\",\"x\")",
    "%3Cimg src=x%3E#chosen=%00&view=list",
    "\u200b\u200d\u2066hidden\u2069",
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
