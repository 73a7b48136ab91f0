"""Text from outside within Markdown: read as text, whatever it holds.

References
----------
CommonMark, https://spec.commonmark.org; GitHub's dialect, https://github.github.com/gfm; what
Obsidian adds to both, https://help.obsidian.md/syntax.
"""

from __future__ import annotations

import re

from graphkb.model.text import NONCHARACTERS, visible

__all__ = ["markdown_address", "markdown_text"]

# What is emphasis, code, a link, a cell's end, a formula, a tag, a comment or a block elsewhere.
_MARKS = re.compile(r"[\\`*_\[\]|~$^]|#(?=\S)|=(?==)|%(?=%)")
# Bare addresses are made links by many who show Markdown; a title is none.
_ADDRESS = re.compile(r"(?<=:)/(?=/)|(?<=\bwww)\.", re.IGNORECASE)
_ENTITY = re.compile(r"&(?=#?\w+;)")
# At the beginning of a line: a list, a rule, a heading, a quotation.
_FIRST = re.compile(r"[-+](?=[\s-]|$)|#|>|(?<=\d)[.)](?=\s|$)")
_NUMBER = re.compile(r"\d{1,9}(?=[.)])")
_ENDS_ADDRESS = re.compile(r"[()\[\]*_~$|<>\\ ]")


def markdown_text(text: str) -> str:
    r"""Return a text as one line of Markdown that shows it and does nothing else.

    Parameters
    ----------
    text : str
        Text from outside.

    Returns
    -------
    str
        Without tags, links, pictures, emphasis and blocks, at the beginning of a line and in the
        cell of a table, too; control characters as U+FFFD.

    Examples
    --------
    >>> print(markdown_text("[a_b](http://x.org) <i>"))
    \[a\_b\](http:\//x.org) &lt;i>
    >>> print(markdown_text("1. *Attention*"), markdown_text("- #tag"))
    1\. \*Attention\* \- \#tag
    """
    line = " ".join(NONCHARACTERS.sub("\ufffd", visible(text)).split())
    escaped = _ADDRESS.sub(r"\\\g<0>", _MARKS.sub(r"\\\g<0>", line))
    escaped = _ENTITY.sub("&amp;", escaped).replace("<", "&lt;")
    number = _NUMBER.match(escaped)
    at = number.end() if number else 0
    return escaped[:at] + "\\" + escaped[at:] if _FIRST.match(escaped, at) else escaped


def markdown_address(address: str) -> str:
    """Return an address as the goal of a link.

    Parameters
    ----------
    address : str
        http or https; whether it may be linked to is the caller's to know.

    Returns
    -------
    str
        With what would end the link, or mean something in it, written as ``%28``.

    Examples
    --------
    >>> markdown_address("https://example.org/a_(b)?c=d&e")
    'https://example.org/a%5F%28b%29?c=d&amp;e'
    """
    quoted = _ENDS_ADDRESS.sub(lambda found: f"%{ord(found[0]):02X}", address)
    return quoted.replace("&", "&amp;")
