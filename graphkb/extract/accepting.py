"""A reader of what is sure enough: what the graph is derived with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkb.extract.cache import cached_reader
from graphkb.extract.reader import Reader, accepted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from graphkb.extract.catalogue import Catalogue
    from graphkb.extract.parallel import Text
    from graphkb.model.reading import Reading

__all__ = ["AcceptingReader"]


class AcceptingReader:
    """Gives of each text what reaches the threshold; readings are kept in the cache.

    Parameters
    ----------
    catalogue : Catalogue
        What is known beforehand.
    folder : Path, optional
        Where the cache lies; the person's cache folder by default.
    """

    def __init__(self, catalogue: Catalogue, folder: Path | None = None) -> None:
        self._reader = cached_reader(Reader(catalogue), folder)

    def __call__(self, title: str, abstract: str) -> Reading:
        """Return what a text states."""
        return accepted(self._reader.read(title, abstract))

    def read_all(self, texts: Iterable[Text]) -> Iterator[Reading]:
        """Yield what each text states, in order; many are read in several processes."""
        return map(accepted, self._reader.read_all(texts))
