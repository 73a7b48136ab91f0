"""The edges into each entity, found again on disk: a content yields them by where they start."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from graphkb.model.graph import Edge

__all__ = ["Incoming"]


class Incoming:
    """Edges by their end, in a file of its own.

    Parameters
    ----------
    path : Path
        A file that does not exist yet; whoever gives it removes it.
    edges : iterable of Edge
        In any order; read once, and not held.
    """

    def __init__(self, path: Path, edges: Iterable[Edge]) -> None:
        self._database = sqlite3.connect(path)
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute("PRAGMA synchronous = OFF")
        self._database.execute("CREATE TABLE edge (end, type, start, paper, rest)")
        self._database.executemany("INSERT INTO edge VALUES (?, ?, ?, ?, ?)", map(_row, edges))
        self._database.execute("CREATE INDEX by_end ON edge (end, type, start, paper)")
        self._database.commit()

    def of(self, id_: str) -> Iterator[Edge]:
        """Yield the edges into an entity, in order of type, start and paper."""
        rows = self._database.execute(
            "SELECT type, start, paper, rest FROM edge WHERE end = ? ORDER BY type, start, paper",
            (_kept(id_),),
        )
        for type_, start, paper, rest in rows:
            start_label, end_label, properties = json.loads(rest)
            held = {k: tuple(v) if isinstance(v, list) else v for k, v in properties.items()}
            yield Edge(_back(start), type_, id_, _back(paper), start_label, end_label, held)

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()


def _row(edge: Edge) -> tuple[str, ...]:
    rest = json.dumps([edge.start_label, edge.end_label, dict(edge.properties)])
    return (_kept(edge.end), edge.type, _kept(edge.start), _kept(edge.paper), rest)


def _kept(text: str) -> str:
    # SQLite ends a text at NUL in places, and knows no half of a surrogate pair.
    return json.dumps(text)


def _back(text: str) -> str:
    return str(json.loads(text))
