"""What XML can hold of a value, and how it is written."""

from __future__ import annotations

import json
import re
from collections import Counter
from xml.sax.saxutils import escape, quoteattr

from graphkb.model.graph import Value

__all__ = ["attribute", "element_text", "held"]

# What XML forbids, and the carriage return, which its readers turn into a line feed.
_NO_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def held(value: Value, place: str, counted: Counter[tuple[str, str]]) -> str:
    """Return a value as the text that XML holds of it, and count what it cannot hold.

    Parameters
    ----------
    value : Value
        Of a property.
    place : str
        Label or type, and property, for the report of losses.
    counted : Counter
        By what happened and place.

    Returns
    -------
    str
        Not escaped yet.

    Examples
    --------
    >>> lost = Counter()
    >>> held(("a", "b"), "Task.aliases", lost), held(True, "Paper.stub", lost)
    ('["a", "b"]', 'true')
    >>> list(lost)
    [('list written as JSON text', 'Task.aliases')]
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        counted["list written as JSON text", place] += 1
        text = json.dumps(value, ensure_ascii=False)
    else:
        text = repr(value) if isinstance(value, float) else str(value)
    text, replaced = _NO_XML.subn("\ufffd", text)
    if replaced:
        counted["character that XML cannot hold replaced", place] += replaced
    return text


def element_text(text: str) -> str:
    """Return a text as it stands between two tags."""
    return escape(text)


def attribute(text: str) -> str:
    """Return a text as the value of an attribute, in its quotes."""
    return quoteattr(text)
