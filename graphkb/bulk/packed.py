"""Lists of items as bytes, on their way to another process of the same program.

One of plain tuples and texts alone, as most exchanges bring, is marshalled, which takes a fifth of
the time that pickling it takes.
"""

from __future__ import annotations

import marshal
import pickle
from typing import Any

__all__ = ["pack", "unpack"]


def pack(items: list[Any]) -> tuple[bytes, bool]:
    """Return the bytes of a list of items, and whether they are marshalled, or else pickled.

    Examples
    --------
    >>> data, marshalled = pack([("a key", 1)])
    >>> marshalled, unpack(data, marshalled)
    (True, [('a key', 1)])
    """
    try:
        return marshal.dumps(items), True
    except ValueError:  # an object is among them
        return pickle.dumps(items, pickle.HIGHEST_PROTOCOL), False


def unpack(data: bytes, marshalled: bool) -> list[Any]:
    """Return the items; only of bytes that a process of this program made."""
    return (marshal.loads if marshalled else pickle.loads)(data)  # type: ignore[no-any-return]
