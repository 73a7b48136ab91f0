"""A rule that is data: a named pattern with a text that it must match and one that it must not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

__all__ = ["Pattern", "lower_case", "words"]


@dataclass(frozen=True)
class Pattern:
    """A named regular expression with its examples.

    Parameters
    ----------
    name : str
        The rule's name, which every claim that it makes carries.
    expression : str
        Matched without regard to case unless `exact`.
    example : str
        A text in which it must be found.
    counterexample : str
        A text in which it must not be found.
    value : str
        What the pattern stands for in its table (a group, a relationship's type).
    exact : bool
        Whether case matters.

    Examples
    --------
    >>> called = Pattern("called", r"\\bcalled\\s+$", "a method called ", "so-called")
    >>> called.found("named, or called ")
    True
    """

    name: str
    expression: str
    example: str
    counterexample: str
    value: str = ""
    exact: bool = False

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The compiled expression: compiled when it is first needed, since many never are."""
        return re.compile(self.expression, 0 if self.exact else re.IGNORECASE)

    def found(self, text: str) -> bool:
        """Whether the pattern is found in a text."""
        return self.regex.search(text) is not None


def lower_case(text: str) -> str:
    """Return a text in lower case, each character as one character: every offset still counts.

    Examples
    --------
    >>> lower_case("iVideoGPT"), len(lower_case("İstanbul"))
    ('ivideogpt', 8)
    """
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def words(text: str) -> frozenset[str]:
    """Return the words of a list that is written down as a text.

    Examples
    --------
    >>> sorted(words("b a"))
    ['a', 'b']
    """
    return frozenset(text.split())
