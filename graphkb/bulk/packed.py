"""Lists of items as bytes, on their way to another process of the same program.

One of plain tuples and texts alone, as most exchanges bring, is marshalled, which takes a fifth of
the time that pickling it takes.
"""

from __future__ import annotations

import marshal
import pickle
from typing import Any

__all__ = ["Packed", "pack", "unpack"]

Packed = tuple[bytes, bool]
"""The bytes of a list of items, and whether they are marshalled, or else pickled."""


def pack(items: list[Any]) -> Packed:
    """Return the bytes of a list of items, marshalled where that can hold them.

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
