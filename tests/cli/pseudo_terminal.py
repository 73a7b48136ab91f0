"""A terminal without a window: a program runs in it, keys go in, and the screen can be read."""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import pyte

TAB, UP, ESCAPE, CTRL_C, CTRL_D, CTRL_R = "\t", "\x1b[A", "\x1b", "\x03", "\x04", "\x12"
# How long something may take on a machine that is busy; nothing is asserted about time.
PATIENCE = 60.0


class _Screen(pyte.Screen):
    """A screen that answers when it is asked where the cursor is."""

    answer: Callable[[str], object] = print

    def write_process_input(self, data: str) -> None:
        self.answer(data)


class PseudoTerminal:
    """A program in a terminal of 80 columns and 24 lines.

    `raw` is all that the program wrote.
    """

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], cwd: str) -> None:
        self._screen = _Screen(80, 24)
        self._screen.answer = self.type
        self._stream = pyte.ByteStream(self._screen)
        self.raw = b""
        self._own, other = pty.openpty()
        fcntl.ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.process = subprocess.Popen(
            command,
            stdin=other,
            stdout=other,
            stderr=other,
            cwd=cwd,
            env={**os.environ, "TERM": "xterm", "LINES": "24", "COLUMNS": "80", **environment},
            start_new_session=True,
            # The terminal becomes the one that Ctrl-C comes from.
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509
        )
        os.close(other)

    def type(self, keys: str) -> None:
        """Send keys."""
        os.write(self._own, keys.encode())

    @property
    def text(self) -> str:
        """What the screen shows."""
        return "\n".join(line.rstrip() for line in self._screen.display).rstrip()

    def until(self, seen: str | Callable[[str], bool], what: str = "") -> str:
        """Wait until the screen shows a text, or does what a function wants of it."""
        wanted = seen if callable(seen) else lambda text: seen in text
        self._wait(lambda: wanted(self.text), what or str(seen))
        return self.text

    def ended(self) -> int:
        """Wait until the program has ended, and return its exit code."""
        self._wait(lambda: self.process.poll() is not None, "the end")
        while self._read(0):
            pass
        return self.process.wait()

    def close(self) -> None:
        """End the program if it still runs."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        os.close(self._own)

    def _wait(self, is_so: Callable[[], bool], what: str) -> None:
        stop = time.monotonic() + PATIENCE
        while not is_so():
            alive = self._read(0.1)
            if not alive and self.process.poll() is not None and not is_so():
                raise AssertionError(f"it ended; no {what!r} in:\n{self.text}")
            assert time.monotonic() < stop, f"no {what!r} in:\n{self.text}"

    def _read(self, seconds: float) -> bool:
        if not select.select([self._own], [], [], seconds)[0]:
            return False
        try:
            found = os.read(self._own, 1 << 16)
        except OSError:  # the other end is closed
            return False
        self.raw += found
        self._stream.feed(found)
        return bool(found)


@contextmanager
def terminal(
    command: Sequence[str], environment: Mapping[str, str], cwd: str
) -> Iterator[PseudoTerminal]:
    """Run a program in a terminal of its own."""
    opened = PseudoTerminal(command, environment, cwd)
    try:
        yield opened
    finally:
        opened.close()
