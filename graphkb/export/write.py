"""Putting an export where it was asked for: whole, or not at all."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from graphkb.errors import ExportError
from graphkb.export.content import Content
from graphkb.export.counted import Counted
from graphkb.export.format import Loss, export_format
from graphkb.model.source import MANIFEST
from graphkb.store.embedded_file import is_store_file

__all__ = ["MANIFEST", "Exported", "exported_text", "replace_file", "write_export"]


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written.

    Parameters
    ----------
    path : Path
        The file or folder.
    entities, edges : int
        How many the format took; what it has no place for is among the losses.
    losses : tuple of Loss
        What the format could not hold.
    format : str
        The format's name.
    """

    path: Path
    entities: int
    edges: int
    losses: tuple[Loss, ...]
    format: str


def write_export(
    content: Content,
    format_name: str,
    out: Path,
    *,
    spreadsheet: bool = False,
    tell: Callable[[int, int], object] | None = None,
) -> Exported:
    """Write a graph, a topic or a whole store in a format.

    Parameters
    ----------
    content : Content
        What to write.
    format_name : str
        A name of :func:`graphkb.export.format.export_formats`.
    out : Path
        A file, replaced atomically; or a folder, replaced if it is empty or an export of ours.
    spreadsheet : bool
        True makes what a spreadsheet would take for a formula harmless, and counts it as lost.
    tell : callable, optional
        Told from time to time how many entities and edges of how many were taken.

    Returns
    -------
    Exported
        What was written and what was lost.

    Raises
    ------
    ExportError
        The place cannot be written, or is a folder of somebody else's; or the format has no cells
        that a spreadsheet would read.
    """
    chosen = export_format(format_name)
    write = chosen.spreadsheet if spreadsheet else chosen.write
    if write is None:
        raise ExportError(
            f"{chosen.name} has no cells that a spreadsheet would take for formulas",
            remedy="leave the protection against formulas out, or export as csv",
        )
    counted = Counted(content, tell)
    with _beside(out) as temporary:
        if chosen.folder and out.exists():
            _check_folder(out)
        elif not chosen.folder:
            _check_file(out)
        lost = write(counted, temporary)
        if chosen.folder:
            _sign(temporary, chosen.name)
            if out.exists():
                # What a link points to is replaced, not the link.
                shutil.rmtree(out.resolve())
        _put(temporary, out)
    return Exported(out, counted.entity_count, counted.edge_count, lost, chosen.name)


def exported_text(content: Content, format_name: str) -> str:
    """Return what a format of one text file writes.

    Parameters
    ----------
    content : Content
        What to write.
    format_name : str
        A name of :func:`graphkb.export.format.export_formats`.

    Returns
    -------
    str
        The file's text.

    Raises
    ------
    ExportError
        The format writes a folder.
    """
    if export_format(format_name).folder:
        raise ExportError(f"{format_name} is a folder, no text", remedy="write it with `export`")
    with tempfile.TemporaryDirectory(prefix="graphkb-") as folder:
        written = write_export(content, format_name, Path(folder) / "export").path
        return written.read_bytes().decode()


def _sign(folder: Path, format_name: str) -> None:
    """List in a folder what is ours."""
    text = json.dumps({"format": format_name, "files": sorted(_contents(folder))}, indent=2)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def _put(temporary: Path, out: Path) -> None:
    if out.exists() and not out.is_file() and not out.is_dir():
        # A pipe or a device is written to; replacing it would take it away from everybody. Who
        # reads a pipe may have seen enough.
        with suppress(BrokenPipeError), temporary.open("rb") as source, out.open("wb") as target:
            shutil.copyfileobj(source, target)
    else:
        # What a link points to is replaced, not the link.
        temporary.replace(out.resolve())


def replace_file(path: Path, content: bytes | Iterable[bytes]) -> Path:
    """Write a file atomically: the old one stays until the new one is whole.

    Parameters
    ----------
    path : Path
        The file.
    content : bytes or iterable of bytes
        What it shall hold; blocks are asked for when the place was found fit.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    ExportError
        It cannot be written.
    """
    with _beside(path) as temporary:
        _check_file(path)
        with temporary.open("wb") as file:
            file.writelines([content] if isinstance(content, bytes) else content)
        _put(temporary, path)
    return path


@contextmanager
def _beside(out: Path) -> Iterator[Path]:
    """A path beside what `out` names, on the same disk, that is gone again whatever happens."""
    holder = None
    try:
        regular = not out.exists() or out.is_file() or out.is_dir()
        folder = out.resolve().parent if regular else None
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
        holder = Path(tempfile.mkdtemp(prefix=".graphkb-", dir=folder))
        yield holder / "export"
    except OSError as error:
        raise ExportError(
            f"it cannot be written ({error.strerror or error})",
            where=str(out),
            remedy="choose another place with -o",
        ) from error
    finally:
        if holder is not None:
            shutil.rmtree(holder, ignore_errors=True)


def _check_file(out: Path) -> None:
    if out.is_dir():
        raise ExportError("this is a folder", where=str(out), remedy="name a file with -o")
    if is_store_file(out):
        # The records in it cannot be had back from what would stand in its place.
        raise ExportError(
            "this is a store, which an export would replace",
            where=str(out),
            remedy="name another file with -o",
        )


def _check_folder(out: Path) -> None:
    if not out.is_dir():
        raise ExportError(
            "this format writes a folder and here is a file",
            where=str(out),
            remedy="name another folder with -o",
        )
    foreign = sorted(_contents(out) - _signed(out))
    if foreign:
        raise ExportError(
            f"the folder holds {foreign[0]}, which is no part of an export of graphkb",
            where=str(out),
            remedy="name a new or an empty folder with -o",
        )


def _contents(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def _signed(folder: Path) -> set[str]:
    """What the manifest in a folder lists, and the manifest; nothing where there is none."""
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
        return {MANIFEST, *map(str, manifest["files"])}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return set()
