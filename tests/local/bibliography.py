"""What our own loaders read of an exported bibliography, beside what the graph has."""

from collections.abc import Iterable
from pathlib import Path

from graphkb.export.content import GraphContent
from graphkb.export.write import Exported, write_export
from graphkb.model.graph import Graph
from graphkb.model.record import PaperRecord
from graphkb.model.source import Loader, SourceInput

__all__ = ["exported", "lost", "read_back", "texts"]


def exported(graph: Graph, name: str, folder: Path) -> tuple[str, Exported]:
    """Return the text of an export, and what was said of it."""
    done = write_export(GraphContent(graph), name, folder / "x")
    return (folder / "x").read_text(encoding="utf-8"), done


def read_back(loader: Loader, text: str) -> list[PaperRecord]:
    """Return the records that a loader makes of an export: all of it, with nothing to be said."""
    found = list(loader.read(SourceInput("x", text)))
    assert [one for one in found if not isinstance(one, PaperRecord)] == []
    return [one for one in found if isinstance(one, PaperRecord)]


def lost(done: Exported) -> dict[tuple[str, str], int]:
    """Return the losses by what and where."""
    return {(loss.what, loss.property): loss.count for loss in done.losses}


def texts(found: Iterable[PaperRecord]) -> list[tuple[str, str]]:
    """Return title and abstract of each."""
    return [(record.title, record.abstract) for record in found]
