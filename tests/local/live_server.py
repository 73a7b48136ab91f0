"""The command that serves the explorer, run for a test."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["COMMAND", "served"]

COMMAND = str(Path(sys.executable).with_name("graphkb"))


@contextmanager
def served(url: str, *arguments: str) -> Iterator[str]:
    """Run ``graphkb serve`` and give its address; it is stopped by its own process id."""
    command = [COMMAND, "--db", url, "serve", "--port", "0"]
    with subprocess.Popen(
        [*command, *arguments], stderr=subprocess.PIPE, text=True, env={**os.environ}
    ) as process:
        try:
            assert process.stderr is not None
            line = process.stderr.readline()
            found = re.search(r"http://127\.0\.0\.1:\d+/\S*", line)
            assert found, line + process.stderr.read()
            yield found[0]
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(20)
