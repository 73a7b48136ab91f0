"""Processes that run tasks of a bulk build, each one at a time."""

from __future__ import annotations

import os
import pickle
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from queue import SimpleQueue
from threading import Thread
from typing import Any, BinaryIO, Self

from graphkb.errors import GraphKBError
from graphkb.model.child_process import ChildEndedError, ChildProcesses, streams_of_child
from graphkb.model.collector import resting_collector

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
        self._processes = ChildProcesses(_COMMAND, count)

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
                with resting_collector():
                    found = function(*arguments)
                yield number, found
            return
        waiting = deque(enumerate(tasks))
        running: dict[Future[Any], int] = {}
        try:
            while waiting or running:
                while waiting and len(running) < self._count:
                    number, task = waiting.popleft()
                    running[self._processes.ask(pickle.dumps(task))] = number
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    yield running.pop(future), _result(future)
        finally:
            if running:  # a task failed, or whoever asked wants no more
                self.stop()

    def stop(self) -> None:
        """End the processes; none is waited for."""
        self._processes.stop()


def _result(answer: Future[Any]) -> Any:
    try:
        failed, found = answer.result()
    except ChildEndedError as error:
        process_ended = f"a process of the build ended (exit code {error.code})"
        raise GraphKBError(
            process_ended,
            remedy="if memory was short, run it again with fewer --processes or more "
            "--partitions: what is done is not done again",
        ) from None
    if failed:
        if isinstance(found, GraphKBError | OSError):
            raise found
        raise RuntimeError(f"a process of the build failed:\n{found}")
    return found


def _listen(tasks: BinaryIO, asked: SimpleQueue[bytes]) -> None:
    """Take in tasks; where whoever started this process is gone, nobody waits for its task."""
    try:
        while True:
            asked.put(pickle.load(tasks))  # noqa: S301 - from whoever started this
    except (EOFError, OSError, pickle.UnpicklingError):
        # At once: whoever does the work again writes the same files.
        os._exit(1)


def main() -> None:
    """Run the tasks that come on standard input until it ends."""
    tasks, answers = streams_of_child()
    asked: SimpleQueue[bytes] = SimpleQueue()
    Thread(target=_listen, args=(tasks, asked), daemon=True).start()
    while True:
        task = asked.get()
        try:
            function, arguments = pickle.loads(task)  # noqa: S301
            with resting_collector():
                answer = (False, function(*arguments))
        except (GraphKBError, OSError) as error:
            answer = (True, error)
        except Exception:  # noqa: BLE001 - raised where the task was asked for
            answer = (True, traceback.format_exc())
        pickle.dump(answer, answers)
        answers.flush()
