"""Text from outside in Markdown: what every reader of it shows is the text and nothing else."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from graphkb.model.markdown import markdown_address, markdown_text
from graphkb.model.text import visible

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
PLAIN = {"paragraph_open", "paragraph_close", "inline", "text", "text_special", "softbreak"}
HOSTILE = (
    "![b](https://evil.example/b.png) [x](javascript:alert(1))",
    "<script>alert(1)</script> <b>",
    "*a* _b_ `c` ~~d~~ **e**",
    "# heading",
    "- item",
    "1. item",
    "12) item",
    "> quotation",
    "---",
    "+ more",
    "| a | b |",
    "&lt;b&gt; &#60; &amp; a & b",
    "back\\slash \\* \\",
    "    code",
    "[a]: https://evil.example",
    "<https://evil.example>",
    "lines\n\n# two",
    "``` x",
)


def tokens(text: str) -> list[Token]:
    found = READER.parse(text)
    return [*found, *(child for token in found for child in token.children or [])]


def shown(text: str) -> str:
    return "".join(token.content for token in tokens(text) if token.type.startswith("text"))


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_is_shown_as_it_is_and_is_no_mark_up(text: str) -> None:
    escaped = markdown_text(text)
    assert {token.type for token in tokens(escaped)} <= PLAIN
    assert shown(escaped) == " ".join(visible(text).split())


@given(
    st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\\`*_[]<>()#&;!|~-+1.:/ "))
)
def test_any_text_is_shown_as_it_is(text: str) -> None:
    escaped = markdown_text(text)
    assert "\n" not in escaped
    assert {token.type for token in tokens(escaped)} <= PLAIN


@pytest.mark.parametrize("text", HOSTILE)
def test_an_item_of_a_list_holds_a_text_as_it_is(text: str) -> None:
    found = {token.type for token in tokens(f"- {markdown_text(text)}")}
    assert found <= PLAIN | {"bullet_list_open", "bullet_list_close"} | {
        "list_item_open",
        "list_item_close",
    }


def test_addresses_in_a_text_begin_as_no_reader_looks_for_them() -> None:
    text = markdown_text("see http://evil.example, HTTPS://b.example and www.evil.example")
    assert not re.search(r"://|www\.", text, re.IGNORECASE)


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/a_(b)",
        "https://example.org/a)b(",
        "https://example.org/?a=1&copy;=2",
        "https://example.org/a*b*_c_|d",
    ],
)
def test_an_address_is_one_link(address: str) -> None:
    found = tokens(f"[x]({markdown_address(address)})")
    links = [token.attrs["href"] for token in found if token.type == "link_open"]
    assert len(links) == 1
    assert str(links[0]).startswith("https://example.org/")
    assert shown(f"[x]({markdown_address(address)})") == "x"
