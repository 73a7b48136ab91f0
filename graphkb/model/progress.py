"""How long pieces of work tell where they are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TypeVar

__all__ = ["BYTES", "SAVING", "WRITING", "Progress", "rows_written", "watched"]

_T = TypeVar("_T")

Progress = Callable[[str, int, int], object]
"""Told what is being done, how much of it is done, and how much there is: 0 where nobody knows."""

BYTES = "reading the bytes of "
"""What the name of a stage begins with that is counted in bytes."""

WRITING = "writing"
SAVING = "saving the file"

_EVERY = 100


def watched(progress: Progress | None, stage: str, items: Collection[_T]) -> Iterable[_T]:
    """Return the same items, and tell how many of them have been taken.

    Parameters
    ----------
    progress : callable or None
        None where nobody wants to know.
    stage : str
        What is done with them.
    items : collection
        Of any kind.

    Returns
    -------
    iterable
        In their order.

    Examples
    --------
    >>> seen = []
    >>> list(watched(lambda *at: seen.append(at), "counting", ["a", "b"]))
    ['a', 'b']
    >>> seen
    [('counting', 0, 2), ('counting', 2, 2)]
    """
    return items if progress is None else _watched(progress, stage, items)


def _watched(progress: Progress, stage: str, items: Collection[_T]) -> Iterator[_T]:
    total = len(items)
    progress(stage, 0, total)
    for number, item in enumerate(items, 1):
        yield item
        if number % _EVERY == 0 or number == total:
            progress(stage, number, total)


def rows_written(progress: Progress | None, total: int) -> Callable[[int], None]:
    """Return what is told how many rows more are written, and tells how many are by then.

    Parameters
    ----------
    progress : callable or None
        None where nobody wants to know.
    total : int
        How many there are.

    Returns
    -------
    callable
        Takes a number of rows.

    Examples
    --------
    >>> tell = rows_written(lambda *at: print(*at), 7)
    writing 0 7
    >>> tell(5)
    writing 5 7
    """
    done = 0

    def tell(more: int) -> None:
        nonlocal done
        done += more
        if progress is not None:
            progress(WRITING, done, total)

    tell(0)
    return tell
