"""Readings kept on disk, so that a text that was read once is not read again.

The key is the SHA-256 of the reader's version, of what the catalogue knows that bears on the text
(`graphkb.extract.bearing`), of the title and of the abstract: nothing has to be thrown away when a
rule or an entry changes. A cache that is broken, full, locked or not allowed costs time, never a
result.
"""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from graphkb.extract.bearing import Bearing
from graphkb.extract.parallel import ReadingProcesses, processes_for
from graphkb.extract.reader import VERSION
from graphkb.model.caches import cache_folder
from graphkb.model.reading import (
    Reading,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from graphkb.extract.parallel import Text
    from graphkb.extract.reader import Reader

__all__ = ["CachedReader", "ReadsText", "cache_folder", "cached_reader", "decode", "encode"]

_MOST_BYTES = 1 << 29

_TABLE = "CREATE TABLE IF NOT EXISTS reading (key BLOB PRIMARY KEY, value TEXT NOT NULL)"


class ReadsText(Protocol):
    """What reads a title and an abstract."""

    def read(self, title: str, abstract: str) -> Reading:
        """Find everything that the text states."""
        ...


def cached_reader(reader: Reader, folder: Path | None = None) -> CachedReader:
    """Put a cache before a reader.

    Parameters
    ----------
    reader : Reader
        Reads what the cache does not hold.
    folder : Path, optional
        Where the cache lies; `cache_folder` where it is not given.

    Returns
    -------
    CachedReader
        Its ``read`` gives what the reader's gives.
    """
    processes = partial(ReadingProcesses, reader.catalogue)
    return CachedReader(reader, VERSION, folder, Bearing(reader.catalogue).digest, processes)


class CachedReader:
    """A reader that looks into the cache first.

    Parameters
    ----------
    reader : ReadsText
        Reads what the cache does not hold.
    version : str
        What every reading depends on beside the text.
    folder : Path, optional
        Where the cache lies; `cache_folder` where it is not given.
    known : callable, optional
        From title and abstract to what the reading of this text depends on besides.
    processes : callable, optional
        From a number to as many processes that read as the reader does.
    """

    def __init__(
        self,
        reader: ReadsText,
        version: str,
        folder: Path | None = None,
        known: Callable[[str, str], str] = lambda _title, _abstract: "",
        processes: Callable[[int], ReadingProcesses] | None = None,
    ) -> None:
        self._reader = reader
        self._version = version
        self._known = known
        self._processes = processes
        self._folder = folder
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._opened = False

    def read(self, title: str, abstract: str) -> Reading:
        """Return the reading of a text, from the cache where it holds it.

        Parameters
        ----------
        title, abstract : str
            Clean text.

        Returns
        -------
        Reading
        """
        kept = self.kept(title, abstract)
        if kept is not None:
            return kept
        reading = self._reader.read(title, abstract)
        self.keep(title, abstract, reading)
        return reading

    def read_all(self, texts: Iterable[Text]) -> Iterator[Reading]:
        """Yield the reading of each text; many that the cache lacks are read in processes.

        Parameters
        ----------
        texts : iterable of tuple of str
            Title and abstract.

        Yields
        ------
        Reading
            In the order of the texts; the same as of :meth:`read`.
        """
        texts = list(texts)
        lacking = [text for text in dict.fromkeys(texts) if not self.holds(*text)]
        count = processes_for(len(lacking))
        if self._processes is None or count == 0:
            yield from (self.read(*text) for text in texts)
            return
        wanted = set(lacking)
        with self._processes(count) as processes:
            found = processes.read(lacking)
            for text in texts:
                if text not in wanted:
                    yield self.read(*text)
                    continue
                wanted.remove(text)
                reading = next(found)
                if reading is None:
                    yield self.read(*text)
                else:
                    self.keep(*text, reading)
                    yield reading

    def holds(self, title: str, abstract: str) -> bool:
        """Tell whether the cache holds the reading of a text."""
        key = self._key(title, abstract)
        return self._select("SELECT 1 FROM reading WHERE key = ?", key) is not None

    def kept(self, title: str, abstract: str) -> Reading | None:
        """Return the reading of a text from the cache; None where it does not hold it."""
        row = self._select("SELECT value FROM reading WHERE key = ?", self._key(title, abstract))
        try:
            return decode(row[0]) if row else None
        except msgspec.DecodeError:
            return None

    def keep(self, title: str, abstract: str, reading: Reading) -> None:
        """Put the reading of a text into the cache, where that can be done."""
        self._put(self._key(title, abstract), reading)

    def close(self) -> None:
        """Let go of the file; the next reading opens it again."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._connection, self._opened = None, False

    def _key(self, title: str, abstract: str) -> bytes:
        text = "\0".join((self._version, self._known(title, abstract), title, abstract))
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()

    def _select(self, statement: str, key: bytes) -> Any:
        with self._lock:
            connection = self._open()
            if connection is None:
                return None
            try:
                return connection.execute(statement, (key,)).fetchone()
            except sqlite3.Error:
                self._give_up()
                return None

    def _put(self, key: bytes, reading: Reading) -> None:
        with self._lock:
            connection = self._open()
            if connection is None:
                return
            try:
                connection.execute(
                    "INSERT OR REPLACE INTO reading VALUES (?, ?)", (key, encode(reading))
                )
            except (sqlite3.OperationalError, UnicodeEncodeError):
                # Locked by another process, full or read-only, or no text: this one is not kept.
                return
            except sqlite3.Error:
                self._give_up()

    def _open(self) -> sqlite3.Connection | None:
        if not self._opened:
            self._opened = True
            try:
                folder = self._folder or cache_folder()
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
                path = folder / "readings.sqlite"
                self._connection = _connect(path) or _connect(path)
            except (OSError, RuntimeError, sqlite3.Error):
                self._connection = None
        return self._connection

    def _give_up(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None


def _connect(path: Path) -> sqlite3.Connection | None:
    """Open the file; remove it and return None where it is broken or too large."""
    if path.exists() and path.stat().st_size > _MOST_BYTES:
        path.unlink()
    connection = sqlite3.connect(path, timeout=2, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(_TABLE)
    except sqlite3.OperationalError:
        connection.close()
        raise
    except sqlite3.DatabaseError:
        connection.close()
        path.unlink(missing_ok=True)
        return None
    return connection


def encode(reading: Reading) -> str:
    """Write a reading as JSON.

    Examples
    --------
    >>> decode(encode(Reading())) == Reading()
    True
    """
    return _ENCODER.encode(reading).decode()


def decode(text: str) -> Reading:
    """Read a reading from JSON; the opposite of `encode`.

    Raises
    ------
    msgspec.DecodeError
        If the text is something else.
    """
    return _DECODER.decode(text)


# Claims lie in lists, without the names of their fields: see :mod:`graphkb.model.reading`.
_ENCODER, _DECODER = msgspec.json.Encoder(), msgspec.json.Decoder(Reading)
