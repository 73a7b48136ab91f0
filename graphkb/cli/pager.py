"""Output that is longer than the screen goes through the person's pager."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import IO

from graphkb.cli.table import length
from graphkb.cli.terminal import echo

__all__ = ["show"]


def show(pieces: Iterable[str]) -> None:
    """Write text to the terminal, through the pager where the screen is too small for it.

    All of it is gathered first, in a file that nobody else sees: so the store need not wait while
    somebody reads, and memory holds a piece at a time.

    Parameters
    ----------
    pieces : iterable of str
        Whole lines.
    """
    size = shutil.get_terminal_size()
    lines = 0
    with tempfile.TemporaryFile() as held:
        for text in pieces:
            held.write(text.encode("utf-8", "replace"))
            lines += sum(1 + max(0, length(line) - 1) // size.columns for line in text.splitlines())
        held.seek(0)
        pager = _pager()
        # The prompt and what is said of the rows need two more.
        if lines > size.lines - 2 and pager is not None and _paged(pager, held):
            return
        while piece := held.read(1 << 16):
            sys.stdout.flush()
            echo(piece)


def _pager() -> list[str] | None:
    chosen = os.environ.get("PAGER")
    if chosen is None:
        return next(([found] for name in ("less", "more") if (found := shutil.which(name))), None)
    try:
        words = shlex.split(chosen)
    except ValueError:
        return None
    return None if words in ([], ["cat"]) else words


def _paged(pager: list[str], held: IO[bytes]) -> bool:
    """Run the pager on a file; False where there is no such program."""
    # What git gives less: leave at once what fits, colours as they are, leave the text standing.
    environment = {"LESS": "FRX", "LESSCHARSET": "utf-8", **os.environ}
    sys.stdout.flush()
    with _unbroken():
        try:
            subprocess.run(pager, stdin=held, env=environment, check=False)
        except OSError:
            held.seek(0)
            return False
    return True


@contextmanager
def _unbroken() -> Iterator[None]:
    """Leave Ctrl-C to the pager, which has the same terminal."""

    def ignore(number: int, frame: FrameType | None) -> None:
        """Do nothing; unlike SIG_IGN, this is not handed on to the pager."""

    before = signal.signal(signal.SIGINT, ignore)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
