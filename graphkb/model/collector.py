"""Python's collector of cycles, at rest where much is made and none of it holds a cycle."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["resting_collector"]


@contextmanager
def resting_collector() -> Iterator[None]:
    """Look for no cycles meanwhile: again and again it would walk over everything in memory.

    What no cycle holds is freed as ever.

    Examples
    --------
    >>> with resting_collector():
    ...     gc.isenabled()
    False
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
