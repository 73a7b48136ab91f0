"""The text of statements, from a file or standard input."""

from __future__ import annotations

import sys
from pathlib import Path

from graphkb.errors import InputError, QueryError

__all__ = ["STANDARD_INPUT", "read_text"]

STANDARD_INPUT = "standard input"


def read_text(path: Path | None) -> str:
    """Return the text of a file.

    Parameters
    ----------
    path : Path, optional
        The file; standard input where it is None.

    Returns
    -------
    str
        With line feeds as line ends, without a mark of byte order.

    Raises
    ------
    InputError
        There is no such file, or it cannot be read.
    QueryError
        It is not UTF-8.
    """
    name = STANDARD_INPUT if path is None else path.name
    try:
        held = sys.stdin.buffer.read() if path is None else path.read_bytes()
    except OSError as error:
        raise InputError(
            f"cannot be read: {error.strerror}", where=str(path or name), remedy="name another file"
        ) from None
    try:
        text = held.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise QueryError(
            f"byte {error.start} is no UTF-8 text", where=name, remedy="write statements as UTF-8"
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")
