"""A lineage as svg, mermaid and dot: what is drawn, and that no name can steer the drawing."""

from __future__ import annotations

import html
import os
import re
import subprocess
import sys
from collections.abc import Mapping

import pytest
from defusedxml.ElementTree import fromstring
from lark import Lark, Token
from lineage_graph import written

from graphkb.errors import NotFoundError
from graphkb.model.graph import Value
from graphkb.model.text import visible
from graphkb.query.lineage import Lineage, lineage
from graphkb.store import Changes, open_store
from graphkb.view.lineage_picture import lineage_picture

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = [
    "<script>alert(1)</script>",
    "</script></svg><img src=x onerror=alert(1)>",
    '"]; click n0 href "javascript:alert(1)',
    "`-alert(1)-`",
    "a\nsubgraph evil\nend",
    'x" URL="javascript:alert(1)',
    "<b>HTML label</b>",
    "\\N \\G \\",
    "&lt;b&gt; &amp; &#96;",
    "#quot; #35; %%{init: {}}%%",
    "]]> --> n0 | { } ( ) [ ]",
    "1. list - item * more _x_ **y**",
    "\u202eright to left\x1b[31m\uffff",
    "]}\u2028end",
]
DOT = Lark(
    r"""
    start: "digraph" ID "{" line* "}"
    line: (ID "=" ID | ID list | ID "->" ID list) ";"
    list: "[" pair ("," pair)* "]"
    pair: ID "=" (ID | TEXT)
    ID: /[A-Za-z0-9_]+/
    TEXT: /"(?:[^"\\\n]|\\.)*"/
    %ignore /\s+/
    """,
    parser="lalr",
)
MERMAID = re.compile(
    r"flowchart RL"
    r"|  n\d+(?:\(\[|\[/?|\{\{)\"(?P<label>[^\"`<>\[\]]*)\"(?:\]\)|\\?\]|\}\})"
    r"|  n\d+ (?:-\.->|==>|-->)\|\"[a-z, 0-9]+\"\| n\d+"
    r"|  classDef [a-z]+ fill:#[0-9a-f]{6},stroke:#[0-9a-f]{6}"
    r"|  class n[\d,n]+ [a-z]+"
    r"|  style n0 stroke-width:3px"
)


def drawn(lines: str, things: Mapping[str, tuple[str, dict[str, Value]]], of: str) -> Lineage:
    return found_in(
        written([line.split() for line in lines.splitlines() if line], dict(things)), of
    )


def found_in(changes: Changes, of: str) -> Lineage:
    with open_store(":memory:", write=True) as store:
        store.write(changes)
        return lineage(store, store.entities_by_id([of])[of])


@pytest.fixture
def family() -> Lineage:
    things: dict[str, tuple[str, dict[str, Value]]] = {
        "old": ("Method", {"first_stated": "1992", "support": 1}),
        "mid": ("Method", {"first_stated": "2017", "support": 0}),
        "new": ("Method", {"first_stated": "2024-02", "support": 7}),
        "model": ("Model", {"first_stated": "2025-01-05", "support": 2}),
    }
    lines = """
mid EXTENDS old stub *
new EXTENDS mid p1
new EXTENDS mid p2
new EXTENDS old stub *
model GENERALIZES new p3
"""
    return drawn(lines, things, "method:new")


def hostile(name: str) -> Lineage:
    things: dict[str, tuple[str, dict[str, Value]]] = {
        "child": ("Method", {"name": name, "first_stated": "2024"}),
        "parent": ("Model", {"name": name, "first_stated": "2023"}),
    }
    changes = written([["child", "EXTENDS", "parent", "p1"]], things)
    for edge in changes.edges:
        assert isinstance(edge.properties, dict)
        edge.properties["evidence"] = name
    return found_in(changes, "method:child")


def dot_labels(text: str) -> list[str]:
    """What a parser of the language reads as labels."""
    pairs = [tree.children for tree in DOT.parse(text).find_data("pair")]
    labels = [value for name, value in pairs if name == "label" and isinstance(value, Token)]
    return [
        html.unescape(re.sub(r"\\(.)", lambda m: {"n": "\n"}.get(m[1], m[1]), label[1:-1]))
        for label in labels
    ]


def mermaid_labels(text: str) -> list[str]:
    lines = [MERMAID.fullmatch(line) for line in text.removesuffix("\n").split("\n")]
    assert all(lines), text
    labels = [line["label"] for line in lines if line and line["label"] is not None]
    return [re.sub(r"#(\d+);", lambda m: chr(int(m[1])), label) for label in labels]


def test_the_older_stands_to_the_left(family: Lineage) -> None:
    root = fromstring(lineage_picture(family, "svg"))
    x = {
        str(group.findtext(f"{SVG}title")): float(rect.get("x", ""))
        for group in root.iter(f"{SVG}g")
        if (rect := group.find(f"{SVG}rect")) is not None
    }
    assert sorted(x, key=lambda name: x[name]) == ["Old", "Mid", "New", "Model"]


def test_the_time_axis_names_its_periods(family: Lineage) -> None:
    root = fromstring(lineage_picture(family, "svg"))
    said = [text.text for text in root.iter(f"{SVG}text")]
    assert [text for text in said if text in ("1992", "2017", "2024", "2025")] == [
        *("1992", "2017", "2024", "2025")
    ]


def test_an_image_tells_itself_in_words(family: Lineage) -> None:
    root = fromstring(lineage_picture(family, "svg"))
    assert (root.get("role"), root.findtext(f"{SVG}title")) == ("img", "Lineage of New")
    assert root.findtext(f"{SVG}desc") == (
        "New extends Old (curated); New extends Mid; Mid extends Old (curated); "
        "Model generalizes New."
    )


def test_only_curated_steps_are_dashed(family: Lineage) -> None:
    root = fromstring(lineage_picture(family, "svg"))
    dashed = {
        str(group.findtext(f"{SVG}title")).partition(":")[0]: path.get("stroke-dasharray")
        for group in root.iter(f"{SVG}g")
        if (path := group.find(f"{SVG}path")) is not None and path.get("fill") == "none"
    }
    assert dashed == {"extends, 2 papers": None, "extends": "6 4", "generalizes": None}
    assert lineage_picture(family, "mermaid").count("-.->") == 2
    assert lineage_picture(family, "dot").count('style="dashed"') == 2


def test_a_line_tells_its_sentence(family: Lineage) -> None:
    root = fromstring(lineage_picture(family, "svg"))
    titles = [group.findtext(f"{SVG}title") for group in root.iter(f"{SVG}g")]
    assert "generalizes: model GENERALIZES new, says p3. (On p3)" in titles
    assert 'tooltip="model GENERALIZES new, says p3. (On p3)"' in lineage_picture(family, "dot")


def test_what_extends_itself_and_what_extends_nothing_are_drawn_too() -> None:
    things: dict[str, tuple[str, dict[str, Value]]] = {
        "loop": ("Method", {}),
        "lone": ("Method", {}),
    }
    for of in ("loop", "lone"):
        found = drawn("loop EXTENDS loop p1", things, f"method:{of}")
        for kind in ("svg", "mermaid", "dot"):
            assert of.capitalize() in lineage_picture(found, kind)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_text_in_svg(name: str) -> None:
    root = fromstring(lineage_picture(hostile(name), "svg"))
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags <= {"svg", "title", "desc", "rect", "path", "text", "g"}
    assert not [
        key
        for element in root.iter()
        for key in element.keys()  # noqa: SIM118 - an element is no mapping
        if key.startswith("on") or "href" in key or key == "style"
    ]
    shown = visible(name).replace("\uffff", "\ufffd")
    assert shown in [text.text for text in root.iter(f"{SVG}text")]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_a_label_in_dot(name: str) -> None:
    text = lineage_picture(hostile(name), "dot")
    shown = visible(name).replace("\uffff", "\ufffd")
    assert dot_labels(text) == [f"{shown}\n2024", f"{shown}\nmodel · 2023", "extends"]
    assert not re.search("[<`]", text)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_a_label_in_mermaid(name: str) -> None:
    text = lineage_picture(hostile(name), "mermaid")
    shown = visible(name).replace("\uffff", "\ufffd")
    assert mermaid_labels(text) == [f"{shown}, 2024", f"{shown}, model · 2023"]


def test_a_label_in_mermaid_begins_no_list() -> None:
    assert '"1#46; list #45; item' in lineage_picture(hostile(HOSTILE[11]), "mermaid")


def test_plain_names_stay_readable_in_mermaid() -> None:
    text = lineage_picture(hostile("Qwen2.5-VL 变换"), "mermaid")
    assert '"Qwen2.5-VL 变换, 2024"' in text


def test_another_picture_is_refused(family: Lineage) -> None:
    with pytest.raises(NotFoundError, match=r"no picture 'gif'\. Use one of svg, mermaid, dot"):
        lineage_picture(family, "gif")


def test_two_processes_draw_the_same_bytes() -> None:
    code = (
        "import graphkb; from graphkb.view.lineage_picture import lineage_picture as draw\n"
        "with graphkb.open(':memory:') as kb:\n"
        "    kb.load('sample:'); found = kb.lineage('GRPO')\n"
        "print([draw(found, kind) for kind in ('svg', 'mermaid', 'dot')])"
    )
    one, other = (
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2")
    )
    assert one == other
    assert len(one) > 2000
