"""Python's collector of cycles, at rest where much is made and none of it holds a cycle."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

__all__ = ["collect_seldom", "resting_collector"]


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


@cache
def collect_seldom() -> None:
    """Look for cycles seldom from now on, and never in what is there already.

    For a process that makes many things, hands them on and forgets them: as often as Python does
    by itself, that walk over all that is held took a quarter of the time.
    """
    gc.freeze()
    gc.set_threshold(200_000, 20, 20)
