"""What a text that no loader recognises looks like, so that a person knows what to do with it."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from graphkb.loaders.json_objects import first_objects

__all__ = ["Appearance", "appearance", "binary_kind"]

_KEYS_SHOWN = 8
_LONGEST_KEY = 40
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# What no text holds; a tab, line ends and the escape of a copied terminal may be in one.
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


@dataclass(frozen=True, slots=True)
class Appearance:
    """What a text looks like.

    Parameters
    ----------
    what : str
        A clause.
    remedy : str, optional
        What can be done, where the look tells.
    line : int, optional
        The line that it is about.
    """

    what: str
    remedy: str | None = None
    line: int | None = None


def binary_kind(data: bytes) -> str | None:
    """Return what a content is that is no text.

    Parameters
    ----------
    data : bytes
        The start of a file's content, decompressed.

    Returns
    -------
    str or None
        ``PDF`` or ``binary``; ``None`` for text of whatever encoding.

    Examples
    --------
    >>> binary_kind(b"%PDF-1.7 "), binary_kind(b"\\x89PNG\\x00"), binary_kind(b"caf\\xe9")
    ('PDF', 'binary', None)
    """
    if data.startswith(b"%PDF-"):
        return "PDF"
    if data.startswith(_UTF_16):
        return None
    try:
        codecs.getincrementaldecoder("utf-8-sig")().decode(data)  # it may be cut in a character
    except UnicodeDecodeError:
        return "binary" if _CONTROL.search(data) else None
    # A text with a control character in one line may still be read, all but that line.
    return "binary" if b"\x00" in data else None


def appearance(text: str, *, more: bool = False) -> Appearance:
    """Say what a text looks like that no loader recognises.

    Parameters
    ----------
    text : str
        The start of it.
    more : bool
        Whether it goes on after that.

    Returns
    -------
    Appearance
        Empty, JSON of another kind, JSON that is cut off; or that nobody knows it.

    Examples
    --------
    >>> appearance('{"name": "Kite", "wind": 3}').what
    'no loader takes JSON with the keys name, wind'
    """
    if not text.strip():
        return Appearance("the file is empty", "give one that holds papers")
    if text.lstrip()[0] in "{[":
        return _json(text, more)
    return Appearance("no loader recognises this")


def _json(text: str, more: bool) -> Appearance:
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        lines = _objects(text.splitlines())
        if lines:
            return _with_keys("JSON lines", lines)
        cut = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated")
        if cut and more and (begun := list(first_objects(text))):
            return _with_keys("JSON", begun)
        fault = "is cut off" if cut else f"is broken ({error.msg})"
        remedy = "fetch or copy it again, whole" if cut else None
        return Appearance(f"this JSON {fault}", remedy, error.lineno)
    except (ValueError, RecursionError):
        return Appearance("no loader can read this JSON")
    if isinstance(value, dict):
        return _with_keys("JSON", [value])
    objects = [member for member in value if isinstance(member, dict)]
    if not objects:
        return Appearance("this JSON array holds no object")
    return _with_keys("a JSON array of objects", objects)


def _objects(lines: Iterable[str]) -> list[dict[str, object]]:
    """The first object, where the first line that is not blank is one."""
    for line in lines:
        if line.strip():
            try:
                value = json.loads(line)
            except (ValueError, RecursionError):
                return []
            return [value] if isinstance(value, dict) else []
    return []


def _with_keys(what: str, objects: list[dict[str, object]]) -> Appearance:
    keys = [key[:_LONGEST_KEY] for key in objects[0]]
    shown = ", ".join(keys[:_KEYS_SHOWN]) + (", …" if len(keys) > _KEYS_SHOWN else "")
    named = f"with the keys {shown}" if keys else "without keys"
    return Appearance(f"no loader takes {what} {named}")
