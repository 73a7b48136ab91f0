"""Waiting that Ctrl-C ends, for work that it must not break off in the middle."""

from __future__ import annotations

import threading
from concurrent.futures import Future, wait
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Unbroken"]

_Done = TypeVar("_Done")

# How long the work has to end when it is told to, and how often it is told: it may not have begun
# what is to be ended.
_SECONDS_TO_END = 10.0
_SECONDS_BETWEEN = 0.2


class Unbroken:
    """Pieces of work, one after the other, that end by being told to.

    Python raises KeyboardInterrupt between any two steps of the main thread. Work that is done
    there is given to another thread, and the main one only waits.

    Parameters
    ----------
    end : callable
        Makes the work end soon; it may fail, and is called again until the work has ended.

    Examples
    --------
    >>> Unbroken(lambda: None).do(lambda: 6 * 7)
    42
    """

    def __init__(self, end: Callable[[], object]) -> None:
        self._end = end
        self._last: Future[Any] | None = None

    def do(self, work: Callable[[], _Done]) -> _Done:
        """Do a piece of work.

        Parameters
        ----------
        work : callable
            What to do.

        Returns
        -------
        object
            What it returns.

        Raises
        ------
        KeyboardInterrupt
            Ctrl-C came, and the work has ended, or does not end within 10 seconds. As long as it
            has not, more work raises it as well.
        Exception
            Whatever the work raises.
        """
        if threading.current_thread() is not threading.main_thread():
            return work()
        if self._last is not None and not self._last.done():
            raise KeyboardInterrupt
        done: Future[_Done] = Future()
        self._last = done
        try:
            threading.Thread(target=_do, args=(work, done), daemon=True).start()
            return done.result()
        except KeyboardInterrupt:
            threading.Thread(target=self._end_until, args=(done,), daemon=True).start()
            wait([done], timeout=_SECONDS_TO_END)
            raise

    def _end_until(self, done: Future[_Done]) -> None:
        while not done.done():
            with suppress(Exception):
                self._end()
            wait([done], timeout=_SECONDS_BETWEEN)


def _do(work: Callable[[], _Done], done: Future[_Done]) -> None:
    try:
        done.set_result(work())
    except BaseException as error:  # noqa: BLE001 - raised where it is waited for
        done.set_exception(error)
