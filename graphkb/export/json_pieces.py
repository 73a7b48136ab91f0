"""A long list in JSON, written an item at a time."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TextIO

__all__ = ["compact", "write_list"]


def compact(value: object) -> str:
    """Return a value as JSON without spaces, its keys sorted."""
    return _ENCODED(value)


# One for all: `json.dumps` makes an encoder anew for each value.
_ENCODED = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def write_list(file: TextIO, items: Iterable[object]) -> None:
    """Write a JSON list, a line an item, holding one at a time.

    Parameters
    ----------
    file : text stream
        Where to write.
    items : iterable of object
        What JSON can hold.

    Examples
    --------
    >>> import sys
    >>> write_list(sys.stdout, [{"b": 1, "a": 2}, 3])
    [
    {"a":2,"b":1},
    3
    ]
    """
    between = "[\n"
    for item in items:
        file.write(between + compact(item))
        between = ",\n"
    file.write("[]" if between.startswith("[") else "\n]")
