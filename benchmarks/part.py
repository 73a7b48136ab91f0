"""The parts that a run of the benchmarks has, and how large each is."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

__all__ = ["SIZES", "Part", "Setting", "Size", "parts"]

DAILY = "data/hf_daily/papers-2025.jsonl.gz"
LISTING = "data/listings/hf-papers-2025-12-29.txt"


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured.

    Parameters
    ----------
    name : str
        What a person calls it.
    runs : int
        How often each thing is measured.
    papers : int
        Of the corpora and graphs that are made.
    neo4j_papers : int
        Of those for a server; 0 for no server.
    growth : tuple of int
        Papers, for the growth curves.
    texts : int
        The most papers with abstracts that are loaded for a growth curve.
    nodes : tuple of int
        Entities of the pages that are opened; none for no browser.
    patience : float
        Seconds that a page may take to be usable.
    methods : int
        How many methods the topics are tried with.
    """

    name: str
    runs: int
    papers: int
    neo4j_papers: int
    growth: tuple[int, ...]
    texts: int
    nodes: tuple[int, ...]
    patience: float
    methods: int


SIZES = {
    size.name: size
    for size in (
        Size("small", 3, 5_000, 1_000, (1_000, 3_000, 10_000), 1_000, (100, 500), 20.0, 5),
        Size(
            "full",
            5,
            100_000,
            10_000,
            (1_000, 10_000, 100_000, 1_000_000),
            10_000,
            (100, 500, 2_000, 10_000),
            60.0,
            30,
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a part works and how much it measures.

    Parameters
    ----------
    folder : Path
        For its files; parts of one run share it.
    shared : Path
        The folder of real inputs, which may be absent.
    size : Size
        How much.
    """

    folder: Path
    shared: Path
    size: Size

    @property
    def listing(self) -> str:
        """The copied listing, or the sample where it is absent."""
        path = self.shared / LISTING
        return str(path) if path.is_file() else "sample:"

    @property
    def daily(self) -> Path:
        """The flat file of the papers of 2025; may be absent."""
        return self.shared / DAILY

    def own(self, name: str) -> Path:
        """Return a folder of a part's own."""
        path = self.folder / name
        path.mkdir(exist_ok=True)
        return path

    def made(self) -> str:
        """Return the path of a made-up store of the size's papers, made when first asked for."""
        from benchmarks import questions

        path = self.folder / f"made-{self.size.papers}.kgl"
        return str(path) if path.is_file() else questions.made(path, self.size.papers)


@dataclass(frozen=True, slots=True)
class Part:
    """Something to measure: a module of benchmarks/ that has a ``PART`` is one, and nothing else.

    Parameters
    ----------
    name, title : str
        What it is called, and what it measures.
    measure : callable
        Yields what it finds, as :func:`benchmarks.measurement.measurements` reads it.
    """

    name: str
    title: str
    measure: Callable[[Setting], Iterator[Mapping[str, Any]]]


def parts() -> dict[str, Part]:
    """Return all parts by name, in the order of names."""
    import benchmarks

    names = sorted(found.name for found in pkgutil.iter_modules(benchmarks.__path__))
    modules = (import_module(f"benchmarks.{name}") for name in names if name != "__main__")
    found = (part for module in modules if isinstance(part := getattr(module, "PART", None), Part))
    return {part.name: part for part in found}
