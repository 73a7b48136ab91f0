"""From a path, or standard input, to what a loader reads: opened and decompressed as it goes."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import re
import shlex
import shutil
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from graphkb.errors import InputError
from graphkb.loaders import loaders
from graphkb.loaders.appearance import binary_kind
from graphkb.model.source import MANIFEST, SourceInput
from graphkb.model.utf8 import decoded

__all__ = ["Passed", "opened"]

# One letter is a drive of Windows.
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE)
_HEAD = 65536
_CHUNK = 1 << 18
_LONGEST_MANIFEST = 1 << 20

_Faults = tuple[type[Exception], ...]

Passed = Callable[[int, int], object]
"""Told how many bytes of a file are passed, and how many it has."""


@dataclass(frozen=True, slots=True)
class _Compression:
    """What a content begins with, how its file is mostly called, and how it is opened."""

    magic: bytes
    suffix: str
    open: Callable[[BinaryIO], tuple[io.BufferedIOBase, _Faults]]


def _zstd(packed: BinaryIO) -> tuple[io.BufferedIOBase, _Faults]:
    # Imported when it is needed: few sources are compressed so.
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return zstd.ZstdFile(packed), (zstd.ZstdError,)


def _xz(packed: BinaryIO) -> tuple[io.BufferedIOBase, _Faults]:
    return lzma.LZMAFile(packed), (lzma.LZMAError,)


_COMPRESSIONS = (
    _Compression(b"\x1f\x8b", ".gz", lambda packed: (gzip.GzipFile(fileobj=packed), (zlib.error,))),
    _Compression(b"BZh", ".bz2", lambda packed: (bz2.BZ2File(packed), ())),
    _Compression(b"\xfd7zXZ\x00", ".xz", _xz),
    _Compression(b"\x28\xb5\x2f\xfd", ".zst", _zstd),
)


@contextmanager
def opened(
    source: str, name: str | None, options: Mapping[str, str], passed: Passed | None = None
) -> Iterator[tuple[SourceInput, str]]:
    """Open a file or standard input, to be read while the context lasts.

    Parameters
    ----------
    source : str
        A path, or ``-`` for standard input.
    name : str or None
        The name that a person gives the source; standard input needs one.
    options : mapping of str to str
        For the loader.
    passed : callable, optional
        Told, as the content is read, how many bytes of how many of the file are passed.

    Yields
    ------
    tuple
        The input, and the place that it is read from: an absolute path or ``-``.

    Raises
    ------
    InputError
        It is not there, cannot be read, is damaged, or is no text. What shows itself later is
        raised by the input, when it is read that far.
    """
    if source == "-":
        if not name:
            raise InputError("standard input has no name", remedy="name the source with --as NAME")
        with _spooled(sys.stdin.buffer, source) as path:
            yield _input(path, name, source, options, passed), "-"
        return
    if not source:
        raise InputError("the source has no name", remedy="give a path, or `-`")
    given = Path(source)
    if given.is_dir():
        yield _folder(given, source, options), _place(given.resolve())
        return
    stream = _opened(given, source)
    if given.is_file():
        stream.close()
        _check_no_part(given, source)
        yield _input(given, given.name, source, options, passed), _place(given.resolve())
        return
    # A pipe can be read once only, and recognition reads before the loader does.
    with stream, _spooled(stream, source) as path:
        yield _input(path, given.name, source, options, passed), _place(given.absolute())


def _place(path: Path) -> str:
    """A path as a text that every store holds: a name may have bytes that are no text."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _folder(path: Path, source: str, options: Mapping[str, str]) -> SourceInput:
    """A folder that graphkb exported; its list of files tells which loader it is for."""
    manifest = path / MANIFEST
    if not manifest.is_file():
        raise InputError(
            "this is a folder",
            where=source,
            remedy="name the files in it, or a folder that `graphkb export` wrote; `graphkb bulk` "
            "takes a folder of a source's files as it is",
        )
    with _opened(manifest, source) as stream:
        text = decoded(lambda: io.BytesIO(stream.read(_LONGEST_MANIFEST)), MANIFEST)
    return SourceInput(path.resolve().name, text, options, folder=path)


def _check_no_part(path: Path, source: str) -> None:
    """Refuse one file of a folder that graphkb exported: alone it says too little."""
    try:
        listed = json.loads((path.parent / MANIFEST).read_bytes())["files"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return
    if path.name == MANIFEST or path.name in listed:
        raise InputError(
            "this is one file of a folder that graphkb exported",
            where=source,
            remedy=f"load the folder: graphkb load {shlex.quote(str(Path(source).parent))}",
        )


def _input(
    path: Path, name: str, source: str, options: Mapping[str, str], passed: Passed | None
) -> SourceInput:
    with _opened(path, source) as stream:
        start = _started(stream, source)
    found = next((one for one in _COMPRESSIONS if start.startswith(one.magic)), None)

    def content() -> BinaryIO:
        packed = _opened(path, source)
        stream, faults = found.open(packed) if found else (packed, ())
        return io.BufferedReader(_Guarded(stream, faults, source, packed, passed), _CHUNK)

    with content() as unpacked:
        if kind := binary_kind(unpacked.read(_HEAD)):
            raise InputError(
                f"this is a {kind} file", where=source, remedy="copy its text into a file"
            )
    return SourceInput(name.removesuffix(found.suffix) if found else name, content, options)


class _Guarded(io.RawIOBase):
    """A stream whose faults are told as a person can use them."""

    def __init__(
        self,
        stream: io.BufferedIOBase,
        faults: _Faults,
        source: str,
        packed: io.BufferedReader,
        passed: Passed | None,
    ) -> None:
        self._stream = stream
        self._faults: _Faults = (OSError, EOFError, ValueError, *faults)
        self._source = source
        self._packed = packed
        self._passed = passed
        self._size = os.fstat(packed.fileno()).st_size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        view = memoryview(buffer)
        try:
            data = self._stream.read(len(view))
        except self._faults as error:
            raise _fault(error, self._source) from error
        view[: len(data)] = data
        if self._passed is not None:
            self._passed(self._packed.tell(), self._size)
        return len(data)

    def close(self) -> None:
        self._stream.close()
        self._packed.close()
        super().close()


def _fault(error: Exception, source: str) -> InputError:
    if isinstance(error, OSError) and error.strerror:
        return InputError(
            f"it cannot be read ({error.strerror})", where=source, remedy="check its rights"
        )
    return InputError(
        f"the compressed file is damaged or cut off ({error})",
        where=source,
        remedy="fetch or compress it again",
    )


def _started(stream: io.BufferedIOBase, source: str) -> bytes:
    try:
        return stream.read(max(len(one.magic) for one in _COMPRESSIONS))
    except OSError as error:
        raise _fault(error, source) from error


@contextmanager
def _spooled(stream: BinaryIO | io.BufferedReader, source: str) -> Iterator[Path]:
    """A file with what a stream gives, as long as the context lasts."""
    with tempfile.TemporaryDirectory(prefix="graphkb-") as folder:
        path = Path(folder) / "source"
        try:
            with path.open("wb") as file:
                shutil.copyfileobj(stream, file, _CHUNK)
        except OSError as error:
            raise _fault(error, source) from error
        yield path


def _opened(path: Path, source: str) -> io.BufferedReader:
    try:
        return path.open("rb")
    except FileNotFoundError:
        if scheme := _SCHEME.match(source):
            known = sorted(f"{found.scheme}:" for found in loaders().values() if found.scheme)
            raise InputError(
                f"there is no scheme {scheme[0]}, nor such a file; schemes: {', '.join(known)}",
                where=source,
                remedy="save what it names as a file, and give its path",
            ) from None
        raise InputError(
            "no such file",
            where=source,
            remedy="give a path, `-` for standard input, or a scheme such as `sample:`",
        ) from None
    except OSError as error:
        raise _fault(error, source) from error
