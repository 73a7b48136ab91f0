"""The files of the catalogue that comes with graphkb, read."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from graphkb.extract.catalogue.collection import Catalogue
from graphkb.extract.catalogue.compiled import COMPILED, compiled_entries
from graphkb.model.collector import resting_collector

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphkb.model.entry import Entry, Problem

__all__ = ["catalogue_sources", "load_catalogue", "parse_catalogue", "read_sources"]


@cache
def load_catalogue() -> Catalogue:
    """Read the catalogue that comes with graphkb; the second call returns the first's.

    Returns
    -------
    Catalogue

    Raises
    ------
    CatalogueError
        If a file is no YAML list.

    Examples
    --------
    >>> load_catalogue() is load_catalogue()
    True
    """
    folder = Path(__file__).parent
    sources = catalogue_sources()
    with resting_collector():
        compiled = compiled_entries(folder / COMPILED, sources)
        return read_sources(sources) if compiled is None else Catalogue(compiled)


def catalogue_sources() -> dict[str, bytes]:
    """Return the files of the catalogue that comes with graphkb: their content by name, sorted."""
    return {path.name: path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.yaml"))}


def read_sources(sources: Mapping[str, bytes]) -> Catalogue:
    """Read a catalogue from the content of YAML files, by name.

    Raises
    ------
    CatalogueError
        If one is no YAML list.
    """
    entries: list[Entry] = []
    malformed: list[Problem] = []
    for name, content in sources.items():
        _read(content.decode(), name, entries, malformed)
    return Catalogue(entries, malformed)


def parse_catalogue(text: str, place: str) -> Catalogue:
    """Read a catalogue from one file's text.

    Parameters
    ----------
    text : str
        YAML: a list of entries.
    place : str
        What to call the file in places.

    Returns
    -------
    Catalogue
        What fits no entry is in its ``malformed``.

    Raises
    ------
    CatalogueError
        If the text is no YAML list.

    Examples
    --------
    >>> catalogue = parse_catalogue("- {name: PPO, kind: method}", "mine.yaml")
    >>> catalogue.entries[0].place
    'mine.yaml:1'
    """
    entries: list[Entry] = []
    malformed: list[Problem] = []
    _read(text, place, entries, malformed)
    return Catalogue(entries, malformed)


def _read(text: str, place: str, entries: list[Entry], malformed: list[Problem]) -> None:
    from graphkb.model.entry_file import EntryReader, entry_nodes

    for node in entry_nodes(text, place):
        line = f"{place}:{node.start_mark.line + 1}"
        entry = EntryReader(node, line, malformed).entry()
        if entry is not None:
            entries.append(entry)
