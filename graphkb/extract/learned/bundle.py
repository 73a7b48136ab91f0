"""Features that always come together, as one: described once, and their weights added up once.

Most of what describes a candidate is said of a word, a spelling or a rule, which come again in
other sentences and texts. A bundle is a tuple of such features, made by a function that remembers
what it made; `graphkb.extract.learned.linear.LinearModel` remembers the sum of its weights.

What describes one candidate is a list of bundles of which any two are equal or have no feature in
common, so that the features of all different bundles are its features, each once.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Bundle", "crossed", "features_of", "one"]

Bundle = tuple[str, ...]

_REMEMBERED = 32768


@lru_cache(maxsize=_REMEMBERED)
def one(what: str, value: object) -> Bundle:
    """Return the bundle of one feature: what is said, and its value.

    Examples
    --------
    >>> one("v", "us")
    ('v us',)
    """
    return (f"{what} {value}",)


@lru_cache(maxsize=_REMEMBERED)
def crossed(what: str, form: str) -> Bundle:
    """Return a feature alone and with the form of what it describes.

    Examples
    --------
    >>> crossed("short", "camel")
    ('short', 'short camel')
    """
    return (what, f"{what} {form}")


def features_of(bundles: Iterable[Bundle]) -> list[str]:
    """Return the features of bundles, each once.

    Examples
    --------
    >>> features_of([("v us",), ("short", "short camel"), ("v us",)])
    ['v us', 'short', 'short camel']
    """
    return list(dict.fromkeys(chain.from_iterable(bundles)))
