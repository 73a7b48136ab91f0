"""Where services' answers are kept: one SQLite file, which may fail without any harm."""

from __future__ import annotations

import logging
import os
import sqlite3
from pathlib import Path

import hishel

__all__ = ["kept_answers", "usable"]

_FILE = "answers.sqlite"


def usable(folder: Path | None) -> Path | None:
    """Return the folder, made where it was not there; None where it cannot be written.

    Parameters
    ----------
    folder : Path or None
        Where answers shall lie.

    Returns
    -------
    Path or None
        The folder, or None.
    """
    if folder is None:
        return None
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK) else None


def kept_answers(folder: Path | None, most_bytes: int) -> hishel.SqliteStorage:
    """Open what was kept of services' answers.

    Parameters
    ----------
    folder : Path or None
        A folder that can be written; without one answers are kept in memory.
    most_bytes : int
        What the file may grow to; what was not used for longest goes first.

    Returns
    -------
    hishel.SqliteStorage
        A new one where the file is damaged.
    """
    for name in ("hishel", "httpx_retries"):
        # A cache that cannot be written costs time and no result: who listens is told, but
        # without anybody listening Python itself would print a traceback.
        if not (log := logging.getLogger(name)).handlers:
            log.addHandler(logging.NullHandler())
    return hishel.SqliteStorage(
        connection=_connection(folder), max_size=most_bytes, soft_delete_ttl=0
    )


def _connection(folder: Path | None) -> sqlite3.Connection:
    """Open the file, a new one where it is damaged, or one in memory where it cannot be."""
    if folder is not None:
        path = folder / _FILE
        for _ in range(2):
            connection = sqlite3.connect(path, timeout=5, check_same_thread=False)
            try:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            except sqlite3.OperationalError:
                connection.close()
                break
            except sqlite3.DatabaseError:
                connection.close()
                path.unlink(missing_ok=True)
            else:
                return connection
    return sqlite3.connect(":memory:", check_same_thread=False)
