"""The seam of exports: what a format is, and which ones there are."""

from __future__ import annotations

import logging
import pkgutil
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

from graphkb.errors import NotFoundError
from graphkb.export.content import Content
from graphkb.model.plugin import from_outside

__all__ = ["ExportFormat", "Loss", "export_format", "export_formats", "losses"]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that a format could not hold as it was.

    Parameters
    ----------
    what : str
        What happened to it: ``lists written as JSON text``.
    property : str
        Label or type, and property: ``Paper.sources``.
    count : int
        How often.
    """

    what: str
    property: str
    count: int


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A format that a graph is written in.

    Parameters
    ----------
    name : str
        What ``--to`` takes.
    title : str
        One line for the help: what reads it.
    write : callable
        Writes a content to a path that does not exist yet, and returns the losses.
    folder : bool
        True where the path is a folder.
    ground : bool
        True where the whole graph is written with its sources and records.
    spreadsheet : callable, optional
        Of a format with cells: writes like `write`, but so that no spreadsheet takes a cell for a
        formula, and counts the cells that it changed among the losses.
    """

    name: str
    title: str
    write: Callable[[Content, Path], tuple[Loss, ...]]
    folder: bool = False
    ground: bool = False
    spreadsheet: Callable[[Content, Path], tuple[Loss, ...]] | None = None


def losses(counted: Counter[tuple[str, str]]) -> tuple[Loss, ...]:
    """Return what was counted as losses, sorted.

    Parameters
    ----------
    counted : Counter
        By what happened and to which property.

    Returns
    -------
    tuple of Loss
        In order of what happened and property.
    """
    found = ((what, place, count) for (what, place), count in sorted(counted.items()) if count)
    return tuple(Loss(*one) for one in found)


@cache
def export_formats() -> Mapping[str, ExportFormat]:
    """Return every format: graphkb's own modules and entry points of group ``graphkb.exports``.

    A format of another distribution that cannot be imported, is no ExportFormat, or takes a name
    that is taken, is reported by a warning in the log and left out.

    Returns
    -------
    mapping of str to ExportFormat
        Sorted by name.
    """
    found: dict[str, ExportFormat] = {}
    package = import_module("graphkb.export")
    for module in pkgutil.iter_modules(package.__path__, "graphkb.export."):
        for value in vars(import_module(module.name)).values():
            if isinstance(value, ExportFormat):
                found[value.name] = value
    for origin, value in from_outside("graphkb.exports", ExportFormat, "export format"):
        if value.name in found:
            _log.warning("%s is left out: there is a format %s already", origin, value.name)
        else:
            found[value.name] = value
    return dict(sorted(found.items()))


def export_format(name: str) -> ExportFormat:
    """Return the format of a name.

    Parameters
    ----------
    name : str
        Its name.

    Returns
    -------
    ExportFormat
        The format.

    Raises
    ------
    NotFoundError
        There is none.
    """
    known = export_formats()
    if name not in known:
        raise NotFoundError(f"there is no format {name!r}", remedy=f"use one of {', '.join(known)}")
    return known[name]
