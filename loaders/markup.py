"""Titles and abstracts with the mark-up that publishers leave in them."""

from __future__ import annotations

import re
from html import unescape

from graphkb.model.text import clean_text

__all__ = ["without_tags"]

# Elements of HTML, JATS and MathML; `a < b and c > d` is none of them.
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?::[A-Za-z0-9-]+)?(?:\s[^<>]{0,2000})?/?>")
_BLOCK = re.compile(r"</?(?:jats:)?(?:p|sec|title|br|div|li|list|list-item)\b[^<>]{0,2000}>")


def without_tags(text: str) -> str:
    """Return the text without elements, and with the characters that entities name.

    Parameters
    ----------
    text : str
        Text with elements of HTML or JATS, or none.

    Returns
    -------
    str
        Cleaned text (:func:`graphkb.model.text.clean_text`).

    Examples
    --------
    >>> without_tags("<jats:p>H<sub>2</sub>O &amp; kites</jats:p><jats:p>a < b</jats:p>")
    'H2O & kites a < b'
    """
    return clean_text(unescape(_TAG.sub("", _BLOCK.sub(" ", text))))
