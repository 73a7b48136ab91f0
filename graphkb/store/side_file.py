"""The text index of an embedded store: a file beside the store, made when it is first asked for.

``papers.kgl.search`` names what it was made of: the fingerprint of the store's file. Where that
differs, where the file is missing or broken, the index is made again, in a file of its own that
takes the name at once when it is whole; so of two processes that make it at the same time each has
a whole one. Where no file can be written, and of what is not saved, the index is made in memory.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sqlite3
import tempfile
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Literal, TypeVar
from urllib.parse import quote

from graphkb.model.word import Clause
from graphkb.store.sqlite_index import SqliteIndex, fill
from graphkb.store.text_index import Named, TextIndex

__all__ = ["KeptIndex", "side_file"]

# Raised with every change to what an index holds.
_FORMAT = 1
_SECONDS_UNTIL_TOLD = 1.0
_FEW = 20_000
_LEFT_BEHIND = 3600.0
# What a damaged database shows itself by.
_BROKEN = (sqlite3.Error, ValueError, TypeError)

_log = logging.getLogger(__name__)
_T = TypeVar("_T")
_Read = Callable[[], Iterable[tuple[Named, str]]]


def side_file(store: Path) -> Path:
    """Return where the text index of a store is kept."""
    return store.with_name(store.name + ".search")


class KeptIndex:
    """An index that is made, or made again, when it has to be.

    Parameters
    ----------
    read : callable
        Gives every entity of a searched label with its abstract, or with an empty text for it.
    abstracts : bool
        Whether abstracts are wanted; an index that has them serves also where they are not.
    store : Path, optional
        The store's file; without it the index is made in memory.
    generation : str, optional
        The fingerprint of what the store read; as for `store`.
    """

    def __init__(
        self,
        read: _Read,
        *,
        abstracts: bool,
        store: Path | None = None,
        generation: str | None = None,
    ) -> None:
        self._read = read
        self._store = store if generation else None
        self._made_of = f"{_FORMAT} {generation}"
        self.abstracts = abstracts
        self._index = self._opened() or self._made()

    def called(self, keys: Collection[str], labels: Collection[str]) -> Iterator[Named]:
        """Yield what is called by one of some keys."""
        return self._steadily(lambda index: index.called(keys, labels))

    def begun(self, key: str, labels: Collection[str]) -> Iterator[Named]:
        """Yield what has a name whose key begins with this one."""
        return self._steadily(lambda index: index.begun(key, labels))

    def holding(
        self, wanted: Sequence[Clause], where: Literal["name", "text"], labels: Collection[str]
    ) -> Iterator[Named]:
        """Yield what answers every clause in its names, or in its names and abstract together."""
        return self._steadily(lambda index: index.holding(wanted, where, labels))

    def size(self) -> int:
        """Return how many entities it tells of."""
        return self._once(lambda index: index.size())

    def spellings(
        self, least: int, most: int, labels: Collection[str], first: Collection[str] = ()
    ) -> Sequence[str]:
        """Return names of about such a length as their letters, each once."""
        return self._once(lambda index: index.spellings(least, most, labels, first))

    def spellings_begun(self, begun: str, labels: Collection[str]) -> Collection[str]:
        """Return names that begin so, as their letters; none where the beginning is empty."""
        return self._once(lambda index: index.spellings_begun(begun, labels))

    def spelt(self, letters: Collection[str], labels: Collection[str]) -> Iterator[Named]:
        """Yield what has a name of these letters."""
        return self._steadily(lambda index: index.spelt(letters, labels))

    def vocabulary(self, first: Collection[str], least: int, most: int) -> Mapping[str, int]:
        """Return the plain words of names that begin and are as long so, and how often each."""
        return self._once(lambda index: index.vocabulary(first, least, most))

    def close(self) -> None:
        """Release it."""
        self._index.close()

    def _once(self, ask: Callable[[TextIndex], _T]) -> _T:
        """What the index answers as a whole; one made anew where it turns out to be broken."""
        try:
            return ask(self._index)
        except _BROKEN:
            self._index.close()
            self._index = self._made()
            return ask(self._index)

    def _steadily(self, ask: Callable[[TextIndex], Iterator[_T]]) -> Iterator[_T]:
        """What the index answers; from one made anew where it turns out to be broken."""
        given = 0
        try:
            for one in ask(self._index):
                yield one
                given += 1
        except _BROKEN:
            self._index.close()
            self._index = self._made()
            yield from islice(ask(self._index), given, None)

    def _opened(self) -> SqliteIndex | None:
        """The index that is there, if it is of this store as it is."""
        if self._store is None:
            return None
        wanted = {f"{self._made_of} {kept}" for kept in ((1,) if self.abstracts else (0, 1))}
        # What has this name is whole and never changes: no lock is needed, and none is made.
        address = f"file:{quote(str(side_file(self._store).absolute()))}?mode=ro&immutable=1"
        with contextlib.suppress(*_BROKEN):
            connection = sqlite3.connect(address, uri=True, check_same_thread=False)
            with contextlib.suppress(*_BROKEN):
                connection.execute("PRAGMA trusted_schema = OFF")
                index = SqliteIndex(connection)
                if (found := index.made_of) in wanted:
                    self.abstracts = found.endswith(" 1")
                    return index
            connection.close()
        return None

    def _made(self) -> SqliteIndex:
        if self._store is not None:
            try:
                self._make_file(self._store)
            except (OSError, sqlite3.Error) as error:
                _log.debug("no index is kept beside %s: %s", self._store, error)
            else:
                if found := self._opened():
                    return found
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        self._fill(connection)
        return SqliteIndex(connection)

    def _make_file(self, store: Path) -> None:
        place = side_file(store)
        prefix = f"{place.name}-"
        _remove_left_behind(place.parent, prefix)
        number, name = tempfile.mkstemp(prefix=prefix, dir=place.parent)
        os.close(number)
        try:
            connection = sqlite3.connect(name)
            try:
                # Nobody sees the file before it is whole.
                connection.execute("PRAGMA journal_mode = OFF")
                connection.execute("PRAGMA synchronous = OFF")
                connection.execute("PRAGMA cache_size = -65536")
                self._fill(connection)
            finally:
                connection.close()
            with open(name, "rb+") as file:  # noqa: PTH123 - by the name that mkstemp gave
                os.fsync(file.fileno())
            Path(name).chmod(store.stat().st_mode & 0o666)
            Path(name).replace(place)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(name).unlink()
            raise

    def _fill(self, connection: sqlite3.Connection) -> None:
        fill(connection, self._told(), f"{self._made_of} {int(self.abstracts)}")

    def _told(self) -> Iterator[tuple[Named, str]]:
        began = time.monotonic()
        told = False
        for count, one in enumerate(self._read()):
            if not told and count > _FEW and time.monotonic() - began > _SECONDS_UNTIL_TOLD:
                told = True
                _log.warning("making the search index, once after each change of the store …")
            yield one


def _remove_left_behind(folder: Path, prefix: str) -> None:
    """Remove what processes that were killed had begun."""
    for path in folder.iterdir():
        if path.name.startswith(prefix):
            with contextlib.suppress(OSError):
                if time.time() - path.stat().st_mtime > _LEFT_BEHIND:
                    path.unlink()
