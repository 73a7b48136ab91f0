"""Many texts read at once, by as many processes as the machine has cores.

A process of its own costs about a second before its first text, so that few texts are read here.
"""

from __future__ import annotations

import os
import pickle
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from itertools import islice, repeat
from typing import TYPE_CHECKING, Any, Self

from graphkb.model.child_process import ChildEndedError, ChildProcesses
from graphkb.model.reading import Reading

if TYPE_CHECKING:
    from graphkb.extract.catalogue import Catalogue

__all__ = ["ReadingProcesses", "Text", "processes_for", "usable_cores"]

Text = tuple[str, str]

_BATCH = 16
# Texts that a process must have to read before it is worth its start.
_WORTH = 150
_COMMAND = "from graphkb.extract.reading_process import main; main()"


def processes_for(texts: int, cores: int | None = None) -> int:
    """Return how many processes are worth their start; 0 where the texts are better read here.

    Parameters
    ----------
    texts : int
        How many have to be read.
    cores : int, optional
        Most processes; by default the cores that this program may use.

    Returns
    -------
    int
        0, or 2 and more.

    Examples
    --------
    >>> processes_for(41, 8), processes_for(500, 8), processes_for(10_000, 8)
    (0, 3, 8)
    """
    wanted = min(usable_cores() if cores is None else cores, texts // _WORTH)
    return wanted if wanted > 1 else 0


def usable_cores() -> int:
    """Return how many cores this program may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1


class ReadingProcesses:
    """Processes that read texts, each one batch at a time; to be used in a ``with``.

    Parameters
    ----------
    catalogue : Catalogue
        What the readers know beforehand.
    count : int
        How many processes.
    """

    def __init__(self, catalogue: Catalogue, count: int) -> None:
        self._count = count
        self._processes = ChildProcesses(_COMMAND, count, pickle.dumps(catalogue))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._processes.stop()

    @property
    def ids(self) -> tuple[int, ...]:
        """The ids of the processes that were started."""
        return self._processes.ids

    def read(self, texts: Iterable[Text]) -> Iterator[Reading | None]:
        """Yield the reading of each text, in order.

        Parameters
        ----------
        texts : iterable of tuple of str
            Title and abstract; taken no further ahead than keeps the processes busy.

        Yields
        ------
        Reading or None
            None of a text that must be read here: its process failed.
        """
        rest = iter(texts)
        waiting: deque[tuple[int, Future[Any]]] = deque()
        while True:
            while len(waiting) < 3 * self._count and (batch := list(islice(rest, _BATCH))):
                waiting.append((len(batch), self._processes.ask(batch)))
            if not waiting:
                return
            size, answer = waiting.popleft()
            yield from _readings(answer) or repeat(None, size)


def _readings(answer: Future[Any]) -> list[Reading] | None:
    try:
        found: list[Reading] | None = answer.result()
    except ChildEndedError:
        return None
    return found
