"""Which versions a model family has: patterns that an entry declares, so that new ones are found.

A pattern is written as a version is: ``Claude # {Opus,Sonnet,Haiku}`` means "Claude" with a
version number and, perhaps, one of three words: Claude 3, Claude-3.7-Sonnet, Claude 4.5 Opus. In
detail

- ``#`` is a version number (3, 4.5, v2, 1.5.2) of at most two digits a part;
- ``{A,B}`` is one of some words or nothing; what stands in it is taken as written;
- a blank is a blank or a hyphen, beside a ``#`` also nothing; it belongs to the braces after it;
- everything else is itself, in any case but for the first letter;
- there are at most three numbers and three braces: with dozens, a text could be matched in so many
  ways that it takes forever.
"""

from __future__ import annotations

import re
from functools import lru_cache

from graphkb.errors import CatalogueError

__all__ = ["head_of", "version_pattern"]

_PIECE = re.compile(r"(?P<space> ?)(?:(?P<number>#)|\{(?P<words>[^{}]*)\})|(?P<text>[^{}# ]+| )")
_NUMBER = r"[vV]?\d{1,2}(?:\.\d{1,2}){0,2}"
_SPACE = r"[- ]"
_MOST = 3
# Not "GPT-4" of "GPT-40", "GPT-4.1" or "GPT-4th", and no size: "Falcon 7B", "Phi 3%".
_END = r"(?![^\W_]|\.\d|%|_)"


@lru_cache(maxsize=1024)
def version_pattern(pattern: str) -> re.Pattern[str]:
    """Compile a pattern of versions.

    Parameters
    ----------
    pattern : str
        As the module describes.

    Returns
    -------
    re.Pattern
        To be matched where a name may begin; it ends at the end of a word.

    Raises
    ------
    CatalogueError
        The pattern has no ``#``, begins with one, has too many of them, or braces without partner.

    Examples
    --------
    >>> claude = version_pattern("Claude # {Opus,Sonnet,Haiku}")
    >>> [found[0] for found in map(claude.match, ("Claude-3.7-Sonnet wins", "Claude 4 wins"))]
    ['Claude-3.7-Sonnet', 'Claude 4']
    >>> claude.match("Claude Monet"), claude.match("claude 4 wins"), claude.match("Claude 4k")
    (None, None, None)
    """
    parts: list[str] = []
    numbers = braces = reached = 0
    while reached < len(pattern):
        found = _PIECE.match(pattern, reached)
        if found is None:
            break
        reached = found.end()
        space = f"{_SPACE}" if found["space"] else ""
        if found["number"]:
            numbers += 1
            parts.append(f"{space and _SPACE + '?'}{_NUMBER}")
        elif found["words"] is not None:
            braces += 1
            words = sorted((w.strip() for w in found["words"].split(",")), key=len, reverse=True)
            several = "|".join(re.escape(word).replace(r"\ ", _SPACE) for word in words)
            parts.append(f"(?:{space}(?:{several}){_END})?")
        else:
            parts.append(_SPACE if found["text"] == " " else re.escape(found["text"]))
    fits = 1 <= numbers <= _MOST and braces <= _MOST
    if reached < len(pattern) or not fits or not head_of(pattern):
        raise CatalogueError(
            f"{pattern!r} is no pattern of versions",
            remedy="write it as a version is written, '#' for its number: 'Claude # {Opus,Haiku}'",
        )
    first, rest = re.escape(pattern[0]), "".join(parts)[len(re.escape(pattern[0])) :]
    return re.compile(f"{first}(?i:{rest}){_END}")


def head_of(pattern: str) -> str:
    """Return what every version begins with, before the first number, blank or brace.

    Examples
    --------
    >>> head_of("Claude # {Opus,Sonnet,Haiku}"), head_of("o#{-mini}")
    ('Claude', 'o')
    """
    return re.split(r"[#{} -]", pattern, maxsplit=1)[0]
