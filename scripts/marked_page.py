"""A page of the documentation of which parts are made, each between two marks."""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["with_parts"]


def with_parts(text: str, made: Mapping[str, str], name: str) -> str:
    """Return a page with its parts as they are made now.

    Parameters
    ----------
    text : str
        The page; what stands between ``<!-- PART -->`` and ``<!-- end -->`` is made anew.
    made : mapping of str to str
        The parts.
    name : str
        Of the page, for the error.

    Returns
    -------
    str
        The page.

    Raises
    ------
    ValueError
        A part stands in no place, or in several.
    """
    for part, content in made.items():
        pattern = re.compile(rf"(<!-- {part} -->\n).*?(<!-- end -->)", re.DOTALL)
        text, found = pattern.subn(lambda m, content=content: m[1] + content + m[2], text)  # type: ignore[misc]
        if found != 1:
            raise ValueError(f"{name} has {found} places for {part}")
    return text
