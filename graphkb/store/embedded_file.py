"""How a file of the embedded store is opened, recovered and told apart from other files.

Beside ``papers.kgl`` the engine keeps ``papers.kgl-wal`` (writes that are not yet in the file),
``papers.kgl.lock`` and ``papers.kgl.lock-owner`` (who writes it). The log is empty after a clean
close; the other two stay behind and are harmless. So is ``papers.kgl.search``, which
:mod:`graphkb.store.side_file` makes.
"""

from __future__ import annotations

import hashlib
import os
import re
import shlex
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, cast

from graphkb.errors import StoreBusyError, StoreError, StoreMissingError
from graphkb.model.schema import ENTITY_TYPES

if TYPE_CHECKING:
    import kglite

__all__ = [
    "generation",
    "is_store_file",
    "open_leased",
    "open_to_read",
    "open_to_write",
    "publish",
    "release",
]

# What every file of the engine begins with.
_MAGIC = b"RGF"
# The log of a store whose every write is in the file is its header alone.
_EMPTY_LOG = 5
# Magic, version and the length of the JSON that follows, in which is a checksum of every section.
_PREAMBLE = 13
_LONGEST_HEADER = 1 << 26
# Above this size a file opens sooner when the engine reads it in place.
_LARGE_FILE = 64_000_000


def is_store_file(path: Path) -> bool:
    """Tell whether a path is a file of the engine, or is where a killed writer was making one.

    Parameters
    ----------
    path : Path
        Of anything, or of nothing.

    Returns
    -------
    bool
        False where the file cannot be read.
    """
    if not path.is_file():
        return not path.exists() and _has_unsaved_writes(path)
    try:
        with path.open("rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False


def open_to_read(path: Path) -> kglite.KnowledgeGraph:
    """Open the file of a store for reading.

    What a killed writer left in the log is recovered first, unless another process holds the
    store or the folder cannot be written; then the last save is read.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    kglite.KnowledgeGraph
        It refuses every write.

    Raises
    ------
    StoreMissingError
        Nothing is there; nothing is created.
    StoreBusyError
        The store is being written for the first time.
    StoreError
        It is a folder, another kind of file, truncated or damaged.
    """
    import kglite

    _refuse_folder(path)
    if _has_unsaved_writes(path):
        _recover(path)
    if not path.exists():
        raise StoreMissingError(
            "no store is there",
            where=str(path),
            remedy="load a source first: graphkb --db STORE load SOURCE; or name another --db",
        )
    _refuse_other_format(path)
    storage = "mapped" if path.stat().st_size > _LARGE_FILE else None
    try:
        graph = kglite.load(str(path), storage=storage, verify="eager")
    except (kglite.KgError, OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    _refuse_foreign(path, graph)
    graph.read_only(True)
    return graph


def open_to_write(path: Path) -> kglite.KnowledgeGraph:
    """Open the file of a store for writing, or begin a new one.

    Parameters
    ----------
    path : Path
        The file; its folder exists. It comes into being at the first save.

    Returns
    -------
    kglite.KnowledgeGraph
        It holds the store's lock until :func:`release`.

    Raises
    ------
    StoreBusyError
        Another process, or another store of this process, holds the lock.
    StoreError
        It is a folder, another kind of file, truncated or damaged, or the folder is missing.
    """
    import kglite

    _refuse_folder(path)
    if not path.parent.is_dir():
        file = next((above for above in path.parents if above.is_file()), None)
        raise StoreError(
            f"{file} is a file" if file else "the folder of the store does not exist",
            where=str(path),
            remedy="name another place with --db"
            if file
            else f"make the folder first: mkdir -p {shlex.quote(str(path.parent))}",
        )
    if path.exists():
        # The engine leaves its lock files beside whatever it fails to open: look before.
        _refuse_other_format(path)
    try:
        graph = kglite.open(str(path), durable="normal")
    except kglite.WriterLeaseHeldError as error:
        raise _busy(path, error) from None
    except (kglite.KgError, OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    try:
        _refuse_foreign(path, graph)
    except StoreError:
        release(path, graph, save=False)
        raise
    graph.read_only(True)
    return graph


def open_leased(path: Path) -> kglite.KnowledgeGraph:
    """Open a file for writing of which another graph of this process holds the lock.

    Parameters
    ----------
    path : Path
        What :func:`publish` wrote.

    Returns
    -------
    kglite.KnowledgeGraph
        To be released before the one that holds the lock.
    """
    import kglite

    graph = kglite.open(str(path), durable="normal", lock=False)
    graph.read_only(True)
    return graph


def publish(path: Path, graph: kglite.KnowledgeGraph) -> None:
    """Put a graph that was made in memory into a file, all of it or nothing.

    Parameters
    ----------
    path : Path
        The file, whose lock this process holds.
    graph : kglite.KnowledgeGraph
        The graph.
    """
    _save(graph, str(path))


def release(path: Path, graph: kglite.KnowledgeGraph, *, save: bool) -> None:
    """Give the lock of a store back.

    Parameters
    ----------
    path : Path
        Its file.
    graph : kglite.KnowledgeGraph
        What :func:`open_to_write` returned.
    save : bool
        True writes the file, so that other processes see what was written; False leaves file
        and log as they are.

    Raises
    ------
    StoreError
        The file could not be written; the log still has every write.
    """
    import kglite

    try:
        if save:
            _save(graph)
        elif not _has_unsaved_writes(path):
            _log(path).unlink(missing_ok=True)
    except (kglite.KgError, OSError, ValueError) as error:
        raise StoreError(
            f"the store could not be saved: {_reason(error)}",
            where=str(path),
            remedy="make room or mend the permissions; the next write recovers what was written",
        ) from error
    finally:
        # Leaving the context with an error is the engine's one way to let go without a save.
        graph.__exit__(StoreError, StoreError("released"), None)


def generation(path: Path) -> str | None:
    """Return what tells the content of a file from every other: a fingerprint of its header.

    The header has length and checksum of every section, so that a copy has the same fingerprint,
    and reading it takes no longer for a large graph.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    str or None
        Hexadecimal digits; None where the file is not there, or has writes beside it in the log.
    """
    if not path.is_file() or _has_unsaved_writes(path):
        return None
    try:
        with path.open("rb") as file:
            preamble = file.read(_PREAMBLE)
            length = int.from_bytes(preamble[-4:], "little")
            if not preamble.startswith(_MAGIC) or length > _LONGEST_HEADER:
                return None
            found = hashlib.sha256(preamble + file.read(length))
            found.update(str(os.fstat(file.fileno()).st_size).encode())
    except OSError:
        return None
    return found.hexdigest()


def _save(graph: kglite.KnowledgeGraph, path: str | None = None) -> None:
    import kglite

    with warnings.catch_warnings():
        # It tells of columns that take more room in a reader, which nobody can do anything about.
        warnings.simplefilter("ignore", kglite.MappedFallbackWarning)
        graph.save(path)


def _recover(path: Path) -> None:
    try:
        graph = open_to_write(path)
    except StoreBusyError:
        if path.exists():
            return
        raise
    except StoreError:
        if path.exists() and not _writable(path):
            return
        raise
    release(path, graph, save=True)


def _writable(path: Path) -> bool:
    return os.access(path.parent, os.W_OK) and os.access(_log(path), os.W_OK)


def _log(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def _has_unsaved_writes(path: Path) -> bool:
    try:
        return _log(path).stat().st_size > _EMPTY_LOG
    except OSError:
        return False


def _refuse_folder(path: Path) -> None:
    if path.is_dir():
        raise StoreError(
            "that is a folder, not a store",
            where=str(path),
            remedy=f"name a file, for example {path / 'graphkb.kgl'}",
        )


def _refuse_other_format(path: Path) -> None:
    try:
        with path.open("rb") as file:
            head = file.read(len(_MAGIC))
    except OSError as error:
        raise _unreadable(path, error) from error
    if head != _MAGIC:
        raise StoreError(
            "the file is not a graphkb store",
            where=str(path),
            remedy="name another --db, or move the file away",
        )


def _refuse_foreign(path: Path, graph: kglite.KnowledgeGraph) -> None:
    view = cast("kglite.ResultView", graph.cypher("CALL db.labels()", timeout_ms=0))
    found = {str(row["label"]) for row in view}
    foreign = sorted(found - {declared.label for declared in ENTITY_TYPES})
    if foreign:
        raise StoreError(
            f"the file holds another graph, with the label {foreign[0]!r}",
            where=str(path),
            remedy="name another --db; graphkb writes only into stores of its own",
        )


def _busy(path: Path, error: kglite.WriterLeaseHeldError) -> StoreBusyError:
    holder = error.holder
    if holder.get("self"):
        who = "this process, which has it open already"
    else:
        since = f" since {holder['since']}" if holder.get("since") else ""
        who = f"process {holder.get('pid') or 'unknown'}{since}"
    return StoreBusyError(
        f"the store is being written by {who}",
        where=str(path),
        remedy="wait until it has ended and try again; reading is possible meanwhile",
    )


def _unreadable(path: Path, error: Exception) -> StoreError:
    import kglite

    if isinstance(error, PermissionError) or "Permission denied" in str(error):
        return StoreError(
            "the store may not be read or written by this user",
            where=str(path),
            remedy="mend the permissions of the file and its folder, or name another --db",
        )
    if isinstance(error, kglite.FileFormatError | ValueError):
        return StoreError(
            f"the store is truncated or damaged, or of another version: {_reason(error)}",
            where=str(path),
            remedy="put a copy back, or move the file away and load the sources again",
        )
    return StoreError(
        f"the store could not be opened: {_reason(error)}",
        where=str(path),
        remedy="look at the file, its folder and the space on the disk",
    )


def _reason(error: Exception) -> str:
    text = (str(error).splitlines() or [type(error).__name__])[0]
    # The engine begins with the path, which the error names already.
    return re.sub(r"^File format error \(.*?\): ", "", text).partition(". ")[0][:200]
