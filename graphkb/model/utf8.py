"""From bytes to text, whole or line by line, with the place of what is no UTF-8."""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable, Iterator
from typing import BinaryIO

from graphkb.errors import InputError

__all__ = ["Opener", "decoded", "lines_of", "pieces_of", "start_of"]

Opener = Callable[[], BinaryIO]

_MIB = 1 << 20
_CHUNK = _MIB // 4
# A file of a few MB may decompress to terabytes, and what is read whole has to fit in memory.
_MOST_WHOLE = 512 * _MIB
_LONGEST_LINE = 64 * _MIB


def decoded(opener: Opener, name: str) -> str:
    """Return a whole content as text, a byte order mark removed, newlines as they are.

    Parameters
    ----------
    opener : callable
        Gives a fresh stream of the bytes.
    name : str
        The source's, for errors.

    Returns
    -------
    str
        The text.

    Raises
    ------
    InputError
        It is no UTF-8, or more than 512 MiB.
    """
    with opener() as stream:
        data = stream.read(_MOST_WHOLE + 1)
    if len(data) > _MOST_WHOLE:
        raise InputError(
            f"it has more than {_MOST_WHOLE // _MIB} MiB of text, and its format is read whole",
            where=name,
            remedy="split it into smaller files",
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _no_text(opener, name) from None


def lines_of(opener: Opener, name: str) -> Iterator[str]:
    """Yield the lines of a content without their ends, a piece of it in memory at a time.

    Parameters
    ----------
    opener : callable
        Gives a fresh stream of the bytes.
    name : str
        The source's, for errors.

    Yields
    ------
    str
        What stands between ``\\\\n``, ``\\\\r\\\\n`` or ``\\\\r``.

    Raises
    ------
    InputError
        A line is no UTF-8, or longer than 64 MiB.
    """
    with io.TextIOWrapper(opener(), encoding="utf-8-sig", newline=None) as text:
        number = 0
        while True:
            try:
                line = text.readline(_LONGEST_LINE)
            except UnicodeDecodeError:
                raise _no_text(opener, name) from None
            if not line:
                return
            number += 1
            if len(line) == _LONGEST_LINE and not line.endswith("\n"):
                raise InputError(
                    f"the line is longer than {_LONGEST_LINE // _MIB} MiB",
                    where=f"{name}:{number}",
                    remedy="write one record a line",
                )
            yield line.removesuffix("\n")


def pieces_of(opener: Opener, name: str) -> Iterator[str]:
    """Yield a content as text in pieces, newlines as they are.

    Parameters
    ----------
    opener : callable
        Gives a fresh stream of the bytes.
    name : str
        The source's, for errors.

    Yields
    ------
    str
        At most 256 Ki characters; pieces end anywhere.

    Raises
    ------
    InputError
        It is no UTF-8.
    """
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    with opener() as stream:
        try:
            while chunk := stream.read(_CHUNK):
                yield decoder.decode(chunk)
            yield decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            raise _no_text(opener, name) from None


def start_of(opener: Opener, name: str, size: int) -> tuple[str, bool]:
    """Return the text of the first bytes of a content, and whether more follow.

    Parameters
    ----------
    opener : callable
        Gives a fresh stream of the bytes.
    name : str
        The source's, for errors.
    size : int
        How many bytes; a character that they cut is left out.

    Returns
    -------
    tuple of str and bool
        The text, and true where it is not all.

    Raises
    ------
    InputError
        It is no UTF-8.
    """
    with opener() as stream:
        data = stream.read(size + 1)
    more = len(data) > size
    # An XML file says itself how it is encoded, and its parser reads that.
    errors = "replace" if data.startswith(b"<?xml") else "strict"
    decoder = codecs.getincrementaldecoder("utf-8-sig")(errors)
    try:
        text = decoder.decode(data[:size], final=not more)
    except UnicodeDecodeError:
        raise _no_text(opener, name) from None
    return text, more


def _no_text(opener: Opener, name: str) -> InputError:
    """Read again for the place: a decoder that reads ahead does not know it."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    before = newlines = 0
    with opener() as stream:
        while chunk := stream.read(_CHUNK):
            pending = decoder.getstate()[0]
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as error:
                newlines += (pending + chunk).count(b"\n", 0, error.start)
                return _at(name, newlines, before - len(pending) + error.start)
            newlines += chunk.count(b"\n")
            before += len(chunk)
    return _at(name, newlines, before - len(decoder.getstate()[0]))


def _at(name: str, newlines: int, byte: int) -> InputError:
    return InputError(
        f"byte {byte} is no UTF-8 text",
        where=f"{name}:{newlines + 1}",
        remedy="convert the file to UTF-8",
    )
