"""How a record's text is normalised before anything counts offsets in it."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["NONCHARACTERS", "clean_text", "shortened", "unfit_name", "visible"]

_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
# Unicode's noncharacters, which no XML may hold.
NONCHARACTERS = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")
_BREAK = re.compile("[\t\n\v\f\r\x85\u2028\u2029]+")
# A server's index refuses keys of 8 kB; an id adds to its text, and folding may lengthen it.
_MOST_BYTES = 4000
# Control characters, and those that turn the direction of the text around them.
_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def clean_text(text: str) -> str:
    """Bring text to NFC with white space collapsed and invisible characters dropped.

    Parameters
    ----------
    text : str
        Text as a source delivered it.

    Returns
    -------
    str
        The text in which offsets are counted.

    Examples
    --------
    >>> clean_text("  two\\r\\n words\\u200b ")
    'two words'
    >>> clean_text("e\\u200b\\u0301") == "\\u00e9"
    True
    """
    if text.isascii() and text.isprintable():  # most text is, and nothing below changes it
        return " ".join(text.split())
    # Composed last: what was invisible may have stood between a letter and its accent.
    kept = NONCHARACTERS.sub("", _CONTROL.sub(" ", _INVISIBLE.sub("", text)))
    return " ".join(unicodedata.normalize("NFC", kept).split())


def visible(text: str) -> str:
    """Return text as one line that steers no terminal and no drawing.

    Parameters
    ----------
    text : str
        Text from outside.

    Returns
    -------
    str
        Line breaks and tabs as a space, every other control character as U+FFFD.

    Examples
    --------
    >>> visible("red\\x1b[31m alert\\nnext")
    'red\ufffd[31m alert next'
    """
    return _STEERING.sub("\ufffd", _BREAK.sub(" ", text))


def shortened(text: str, length: int) -> str:
    """Return a text cut to a length, with an ellipsis where something was cut.

    Parameters
    ----------
    text : str
        A name or title.
    length : int
        The most characters.

    Returns
    -------
    str
        At most as long.

    Examples
    --------
    >>> shortened("Proximal Policy Optimization", 16)
    'Proximal Policy…'
    """
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def unfit_name(text: str) -> str | None:
    """Return why a text can be no id and no name in a store.

    Parameters
    ----------
    text : str
        Any text, of whole characters.

    Returns
    -------
    str or None
        What is wrong with it; None where it can.

    Raises
    ------
    UnicodeEncodeError
        It holds half a character.

    Examples
    --------
    >>> unfit_name("x" * 5000), unfit_name("GRPO")
    ('is longer than 4,000 bytes', None)
    """
    if not text:
        return "is empty"
    ascii_only = text.isascii()
    if (len(text) if ascii_only else len(text.encode())) > _MOST_BYTES:
        return f"is longer than {_MOST_BYTES:,} bytes"
    if not ascii_only and NONCHARACTERS.search(text):
        return "holds a code point that is no character"
    return None
