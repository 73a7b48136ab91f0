"""Processes that run tasks of a bulk build, each one at a time.

They are started by their command, not forked (engines have threads that a fork breaks) and not by
`multiprocessing`, which would run the main module of a person's program once more. Frames are
pickles on standard input and output, between processes of one program.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from queue import SimpleQueue
from threading import Thread
from typing import Any, Self

from graphkb.errors import GraphKBError

__all__ = ["Task", "Workers", "main"]

Task = tuple[Callable[..., Any], tuple[Any, ...]]

_COMMAND = "from graphkb.bulk.workers import main; main()"


class Workers:
    """Processes that run tasks; with one of them the tasks run here.

    Parameters
    ----------
    count : int
        How many processes.
    """

    def __init__(self, count: int) -> None:
        self._count = count
        self._free: SimpleQueue[subprocess.Popen[bytes] | None] = SimpleQueue()
        self._started: list[subprocess.Popen[bytes]] = []
        self._threads = ThreadPoolExecutor(count, "bulk")
        for _ in range(count):
            self._free.put(None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def run(self, tasks: Sequence[Task]) -> Iterator[tuple[int, Any]]:
        """Run tasks, and yield the number of each with what it returns, as they end.

        Parameters
        ----------
        tasks : sequence of Task
            A function of a module, and its arguments.

        Yields
        ------
        tuple of int and object
            In the order in which they end.

        Raises
        ------
        GraphKBError
            As a task raised it; or a task failed otherwise, or its process ended.
        """
        if self._count == 1:
            for number, (function, arguments) in enumerate(tasks):
                yield number, function(*arguments)
            return
        waiting = deque(enumerate(tasks))
        running: dict[Future[Any], int] = {}
        try:
            while waiting or running:
                while waiting and len(running) < self._count:
                    number, task = waiting.popleft()
                    running[self._threads.submit(self._asked, task)] = number
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    yield running.pop(future), future.result()
        finally:
            if running:  # a task failed, or whoever asked wants no more
                self.stop()

    def stop(self) -> None:
        """End the processes; none is waited for."""
        for process in self._started:
            process.kill()
        self._threads.shutdown(cancel_futures=True)
        for process in self._started:
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    stream.close()
        self._started.clear()

    def _asked(self, task: Task) -> Any:
        process = self._free.get() or self._start()
        try:
            return _answer(process, task)
        except (OSError, EOFError, pickle.UnpicklingError):
            process.kill()
            ended = process.wait()
            process_ended = f"a process of the build ended (exit code {ended})"
            raise GraphKBError(
                process_ended,
                remedy="if memory was short, run it again with fewer --processes or more "
                "--partitions: what is done is not done again",
            ) from None
        finally:
            self._free.put(process if process.poll() is None else None)

    def _start(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-c", _COMMAND], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._started.append(process)
        return process


def _answer(process: subprocess.Popen[bytes], task: Task) -> Any:
    assert process.stdin is not None  # noqa: S101 - as asked for
    assert process.stdout is not None  # noqa: S101
    pickle.dump(pickle.dumps(task), process.stdin)
    process.stdin.flush()
    failed, found = pickle.load(process.stdout)  # noqa: S301 - from a process started here
    if failed:
        if isinstance(found, GraphKBError):
            raise found
        raise RuntimeError(f"a process of the build failed:\n{found}")
    return found


def _listen(asked: SimpleQueue[bytes]) -> None:
    """Take in tasks; where whoever started this process is gone, nobody waits for its task."""
    try:
        while True:
            asked.put(pickle.load(sys.stdin.buffer))  # noqa: S301 - from whoever started this
    except (EOFError, OSError, pickle.UnpicklingError):
        # At once: whoever does the work again writes the same files.
        os._exit(1)


def main() -> None:
    """Run the tasks that come on standard input until it ends."""
    # Ctrl-C goes to all of a terminal's processes; whoever started this one ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    import gc

    # Most of what a task makes is pickled and gone: no cycle is worth the walks over the rest.
    gc.freeze()
    gc.set_threshold(200_000, 20, 20)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # What a library might print is no answer.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    asked: SimpleQueue[bytes] = SimpleQueue()
    Thread(target=_listen, args=(asked,), daemon=True).start()
    while True:
        task = asked.get()
        try:
            function, arguments = pickle.loads(task)  # noqa: S301
            answer = (False, function(*arguments))
        except GraphKBError as error:
            answer = (True, error)
        except Exception:  # noqa: BLE001 - raised where the task was asked for
            answer = (True, traceback.format_exc())
        pickle.dump(answer, answers)
        answers.flush()
