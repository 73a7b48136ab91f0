"""Processes of this program's own that answer one question at a time.

They are started by their command, not forked (engines have threads that a fork breaks) and not by
`multiprocessing`, which would run the main module of a person's program once more. Questions and
answers are pickles on standard input and output, between processes of one program.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from typing import Any, BinaryIO

__all__ = ["ChildEndedError", "ChildProcesses", "streams_of_child"]


class ChildEndedError(Exception):
    """A process ended, or could not be started, before it answered.

    Parameters
    ----------
    code : int or None
        Its exit code; None where it was not started.
    """

    def __init__(self, code: int | None) -> None:
        super().__init__(f"exit code {code}")
        self.code = code


class ChildProcesses:
    """Processes that are started when they are first asked; one that ended is replaced.

    Parameters
    ----------
    command : str
        What such a process runs, as Python.
    count : int
        How many processes.
    greeting : bytes, optional
        What each of them reads first.
    """

    def __init__(self, command: str, count: int, greeting: bytes = b"") -> None:
        self._command = command
        self._greeting = greeting
        self._free: SimpleQueue[subprocess.Popen[bytes] | None] = SimpleQueue()
        self._started: list[subprocess.Popen[bytes]] = []
        self._threads = ThreadPoolExecutor(count, "child")
        for _ in range(count):
            self._free.put(None)

    @property
    def ids(self) -> tuple[int, ...]:
        """The process ids of all that were started."""
        return tuple(process.pid for process in self._started)

    def ask(self, question: object) -> Future[Any]:
        """Let the next process that is free answer a question.

        Parameters
        ----------
        question : object
            What can be pickled.

        Returns
        -------
        Future
            The answer; or :class:`ChildEndedError`.
        """
        return self._threads.submit(self._answer, question)

    def stop(self) -> None:
        """End the processes; none is waited for, and what is not answered stays so."""
        for process in self._started:
            process.kill()
        self._threads.shutdown(cancel_futures=True)
        for process in self._started:
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    stream.close()
        self._started.clear()

    def _answer(self, question: object) -> Any:
        process = self._free.get()
        try:
            process = process or self._start()
            assert process.stdin is not None  # noqa: S101 - as asked for
            assert process.stdout is not None  # noqa: S101
            pickle.dump(question, process.stdin)
            process.stdin.flush()
            return pickle.load(process.stdout)  # noqa: S301 - from a process started here
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            if process is None:
                raise ChildEndedError(None) from error
            process.kill()
            raise ChildEndedError(process.wait()) from error
        finally:
            self._free.put(process if process and process.poll() is None else None)

    def _start(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            # Not what lies in the current folder, whatever it is called.
            [sys.executable, "-P", "-c", self._command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._started.append(process)
        assert process.stdin is not None  # noqa: S101 - as asked for
        process.stdin.write(self._greeting)
        return process


def streams_of_child() -> tuple[BinaryIO, BinaryIO]:
    """Return where questions come from and where answers go: what a child process begins with.

    Returns
    -------
    tuple of two binary streams
        Standard input; and what was standard output, which goes to standard error from now on:
        what a library might print is no answer.
    """
    # Ctrl-C goes to all of a terminal's processes; whoever started this one ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return sys.stdin.buffer, answers
