"""What was typed in the shell, kept in a file that nobody else may read."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BufferedWriter
from pathlib import Path

from prompt_toolkit.history import FileHistory

from graphkb.cli.terminal import say

__all__ = ["PrivateHistory", "history_file", "is_secret"]

_SECRET = re.compile(
    r"pass(?:word|wd|phrase)|secret|credential|api[_ -]?key|://[^\s/'\"]*:[^\s/'\"]*@",
    re.IGNORECASE,
)
# Beyond this the older half goes.
_MOST_BYTES = 1 << 20


def history_file(chosen: str | None) -> Path | None:
    """Return where the history is kept.

    Parameters
    ----------
    chosen : str, optional
        What the person said, else GRAPHKB_HISTORY; empty for keeping none.

    Returns
    -------
    Path or None
        That, or a file where the system keeps the state of programs.

    Raises
    ------
    RuntimeError
        If there is no home folder.
    """
    if chosen is None:
        chosen = os.environ.get("GRAPHKB_HISTORY")
    if chosen is not None:
        return Path(chosen).expanduser() if chosen else None
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        folder = Path(local) if local else Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        folder = Path.home() / "Library" / "Application Support"
    else:
        state = os.environ.get("XDG_STATE_HOME")
        is_set = bool(state) and Path(state or "").is_absolute()
        folder = Path(state or "") if is_set else Path.home() / ".local" / "state"
    return folder / "graphkb" / "history"


def is_secret(text: str) -> bool:
    """Tell whether a text is not to be kept: it may hold a password, or begins with a space.

    Examples
    --------
    >>> is_secret(":param password => 'x'"), is_secret("RETURN 'bolt://me:pw@host' AS url")
    (True, True)
    >>> is_secret(" RETURN 1 AS one"), is_secret("RETURN 1 AS one")
    (True, False)
    """
    return text.startswith(" ") or _SECRET.search(text) is not None


class PrivateHistory(FileHistory):
    """A history in a file of mode 0600.

    Parameters
    ----------
    path : Path
        The file; it comes into being, with its folder, with the first line.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self._path = path

    def append_string(self, string: str) -> None:
        """Keep a text, unless it is secret or the same as the last."""
        if is_secret(string) or [string] == self.get_strings()[-1:]:
            return
        super().append_string(string)

    def load_history_strings(self) -> Iterator[str]:
        """Yield what is kept, the newest first."""
        try:
            yield from super().load_history_strings()
        except OSError as error:
            self._complain(error)

    def store_string(self, string: str) -> None:
        """Write a text to the end of the file."""
        lines = "".join(f"+{line}\n" for line in string.split("\n"))
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._shorten()
            with self._open(os.O_APPEND) as file:
                file.write(f"\n# {datetime.now(UTC):%Y-%m-%d %H:%M:%S}\n{lines}".encode())
        except (OSError, ValueError) as error:
            self._complain(error)

    def _open(self, flag: int) -> BufferedWriter:
        descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | flag, 0o600)
        if hasattr(os, "fchmod"):
            os.fchmod(descriptor, 0o600)
        return os.fdopen(descriptor, "wb")

    def _shorten(self) -> None:
        if not self._path.exists() or self._path.stat().st_size < _MOST_BYTES:
            return
        held = self._path.read_bytes()
        begin = held.find(b"\n# ", len(held) // 2)
        with self._open(os.O_TRUNC) as file:
            file.write(held[begin:] if begin >= 0 else b"")

    def _complain(self, error: Exception) -> None:
        reason = error.strerror if isinstance(error, OSError) else error
        say(f"graphkb: {self._path}: the history is not kept: {reason}")
