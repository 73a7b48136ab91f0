"""The store behind the live explorer: one question at a time, opened again once it was written."""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from graphkb.errors import StoreBusyError, StoreError
from graphkb.store import open_store
from graphkb.view.explorer import Explorer

if TYPE_CHECKING:
    from graphkb.build.report import LoadReport
    from graphkb.store.protocol import Store

__all__ = ["Load", "Service"]

Load = Callable[[Path, str], "LoadReport"]
"""Loads a file under a name, as :meth:`graphkb.knowledge_base.KnowledgeBase.load` does."""

_Answer = TypeVar("_Answer")

# How long the end waits for a question that runs; what has not ended then ends with the process.
_PATIENCE = 1.0
_SERVER_IS_ASKED_AGAIN = 60.0


class Service:
    """Answers questions about a store, and loads sources into it.

    Parameters
    ----------
    url : str
        The store, as :func:`graphkb.store.open_store` takes it.
    load : callable or None
        Loads a file; None where nothing may be changed.
    """

    def __init__(self, url: str, load: Load | None) -> None:
        self._url = url
        self._load = load
        self._asking = threading.Lock()
        self._loading = threading.Lock()
        self._store: Store | None = None
        self._explorer: Explorer | None = None
        self._seen: object = None
        self._loads = 0

    @property
    def may_load(self) -> bool:
        """True where sources may be loaded."""
        return self._load is not None

    def ask(
        self,
        question: Callable[[Store, Explorer], _Answer],
        is_wanted: Callable[[], bool] = lambda: True,
    ) -> _Answer | None:
        """Answer a question once those before it are answered.

        Parameters
        ----------
        question : callable
            Asked of the store and its explorer.
        is_wanted : callable, optional
            Asked when it is the question's turn: whether anybody still waits for the answer.

        Returns
        -------
        object or None
            The answer; None where nobody wants it any more.

        Raises
        ------
        GraphKBError
            The store cannot be opened, or what the question raises.
        """
        # One at a time: the embedded engine is one object in this process.
        with self._asking:
            return question(*self._opened()) if is_wanted() else None

    def load(self, content: bytes, name: str) -> LoadReport:
        """Load a file; questions are answered meanwhile, from the graph as it was.

        Parameters
        ----------
        content : bytes
            Of the file.
        name : str
            Of the file, without a folder.

        Returns
        -------
        LoadReport
            What it changed.

        Raises
        ------
        StoreBusyError
            Another load is under way, here or in another process.
        StoreError
            Nothing may be loaded, or there is no room for the file.
        """
        if self._load is None:
            raise StoreError("nothing can be loaded here", remedy="start it with --allow-load")
        if not self._loading.acquire(blocking=False):
            raise StoreBusyError("another file is being loaded", remedy="wait until it is done")
        try:
            with tempfile.TemporaryDirectory(prefix="graphkb-") as folder:
                file = Path(folder) / name
                try:
                    file.write_bytes(content)
                except OSError as error:
                    raise StoreError(
                        f"the file cannot be kept while it is loaded: {error.strerror}",
                        remedy="load it by graphkb load",
                    ) from None
                return self._load(file, name)
        finally:
            self._loads += 1
            self._loading.release()

    def close(self) -> None:
        """Release the store, unless a question still runs."""
        if self._asking.acquire(timeout=_PATIENCE):
            try:
                self._close()
            finally:
                self._asking.release()

    def _close(self) -> None:
        if self._store is not None:
            self._store.close()
        self._store = self._explorer = None

    def _opened(self) -> tuple[Store, Explorer]:
        now = self._state()
        if self._store is None or self._explorer is None or now != self._seen:
            self._close()
            self._store = open_store(self._url)
            self._explorer = Explorer(self._store)
            self._seen = now
        return self._store, self._explorer

    def _state(self) -> object:
        """What tells one saved state of a file from another.

        A server does not say that others wrote: what is remembered of it holds for a minute.
        """
        if "://" in self._url or self._url == ":memory:":
            return self._loads, int(time.monotonic() // _SERVER_IS_ASKED_AGAIN)
        try:
            status = Path(self._url).stat()
        except OSError:
            return None
        return status.st_ino, status.st_size, status.st_mtime_ns
