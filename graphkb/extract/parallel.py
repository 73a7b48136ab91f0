"""Many texts read at once, by as many processes as the machine has cores.

A process of its own costs about a second before its first text, so that few texts are read here.
The processes are started by their command, not forked (engines have threads that a fork breaks)
and not by `multiprocessing`, which would run the main module of a person's program once more.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice, repeat
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Self

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
        self._catalogue = pickle.dumps(catalogue)
        self._count = count
        self._free: SimpleQueue[subprocess.Popen[bytes] | None] = SimpleQueue()
        self._started: list[subprocess.Popen[bytes]] = []
        self._threads = ThreadPoolExecutor(count, "reading")

    def __enter__(self) -> Self:
        for _ in range(self._count):
            self._free.put(None)
        return self

    def __exit__(self, *_: object) -> None:
        # None of them is waited for longer than a batch takes.
        for process in self._started:
            process.kill()
        self._threads.shutdown(cancel_futures=True)
        for process in self._started:
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    stream.close()

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
        waiting: deque[tuple[int, Future[list[Reading] | None]]] = deque()
        while True:
            while len(waiting) < 3 * self._count and (batch := list(islice(rest, _BATCH))):
                waiting.append((len(batch), self._threads.submit(self._asked, batch)))
            if not waiting:
                return
            size, answer = waiting.popleft()
            yield from answer.result() or repeat(None, size)

    def _asked(self, texts: Sequence[Text]) -> list[Reading] | None:
        process = self._free.get()
        try:
            process = process or self._start()
            return _answer(process, texts)
        except (OSError, EOFError, pickle.UnpicklingError):
            process = None
            return None
        finally:
            self._free.put(process)

    def _start(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-c", _COMMAND], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._started.append(process)
        assert process.stdin is not None  # noqa: S101 - as asked for
        process.stdin.write(self._catalogue)
        return process


def _answer(process: subprocess.Popen[bytes], texts: Sequence[Text]) -> list[Reading] | None:
    assert process.stdin is not None  # noqa: S101 - as asked for
    assert process.stdout is not None  # noqa: S101
    pickle.dump(list(texts), process.stdin)
    process.stdin.flush()
    found: Any = pickle.load(process.stdout)  # noqa: S301 - from a process started here
    return found if isinstance(found, list) and len(found) == len(texts) else None
