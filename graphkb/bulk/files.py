"""The import files of a bulk build: each step writes its own, in the form that Neo4j imports.

A kind of entities or edges is a folder with as many files as steps had any of it, and a file with
the heads of the columns where the form is CSV. Each part says in a file beside them what it wrote.

Spark may run a step twice, at once too: each run writes files of its own, which take their places
when they are whole. Both write the same, so either may come last.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import Any

from graphkb.errors import ExportError
from graphkb.export.csv_folder import CsvFile
from graphkb.export.neo4j_import import Column, Table, edge_table, entity_table
from graphkb.export.parquet_folder import ParquetFile
from graphkb.model.graph import Edge, Entity
from graphkb.model.schema import PropertyType
from graphkb.store.neo4j_index import found_by
from graphkb.store.neo4j_keys import HIDDEN
from graphkb.store.text_index import SEARCHED

__all__ = ["Files", "Part", "Tables", "Written", "table_of"]

_BATCH = 2_000
_TOLD = "parts"
_FOUND_BY = tuple(Column(PropertyType(name, "str", "")) for name in sorted(HIDDEN))


@dataclass(frozen=True, slots=True)
class Written:
    """A file of the build.

    Parameters
    ----------
    kind : str
        The label or type.
    is_entities : bool
        Which of the two.
    path : str
        Relative to the folder.
    rows, bytes : int
        How many of each.
    sha256 : str
        Of its content.
    has_lines : bool
        Whether a cell goes over several lines.
    longest : int
        How many characters the longest row has; 0 where the form has no rows of text.
    """

    kind: str
    is_entities: bool
    path: str
    rows: int
    bytes: int
    sha256: str
    has_lines: bool
    longest: int


@dataclass(frozen=True, slots=True)
class Part:
    """What a step wrote for a partition, and what the form could not hold."""

    files: tuple[Written, ...]
    losses: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class Files:
    """Where import files go, and in which form.

    Parameters
    ----------
    folder : Path
        Seen by every process by this path, which is absolute: executors work in folders of their
        own.
    form : {'csv', 'parquet'}
        The form.
    """

    folder: Path
    form: str

    @contextmanager
    def tables(self, step: str, number: int) -> Iterator[Tables]:
        """Open the files of a step for one partition; they count once the context ends.

        Parameters
        ----------
        step : str
            A word that no other step has.
        number : int
            Of the partition.
        """
        tables = Tables(self, _name(step, number))
        try:
            yield tables
            tables.close()
        except BaseException:
            tables.abandon()
            raise

    def parts(self) -> list[Part]:
        """Return what was written so far."""
        found = []
        for path in sorted((self.folder / _TOLD).glob("*.json")):
            told = json.loads(path.read_bytes())
            files = tuple(Written(**one) for one in told["files"])
            found.append(Part(files, tuple(map(tuple, told["losses"]))))
        return found

    def check(self, steps: Iterable[str], partitions: int) -> None:
        """Refuse to go on where a part of what steps wrote is not seen here.

        Parameters
        ----------
        steps : iterable of str
            Those that wrote for each partition.
        partitions : int
            How many there are.

        Raises
        ------
        ExportError
            Some processes wrote where this one does not look.
        """
        told = {path.stem for path in (self.folder / _TOLD).glob("*.json")}
        wanted = {_name(step, number) for step in steps for number in range(partitions)}
        if lacking := wanted - told:
            raise ExportError(
                f"of {len(wanted)} parts that were written {len(lacking)} are not there",
                where=str(self.folder),
                remedy="name a folder with -o that all executors see under one path",
            )

    def tell(self, name: str, part: Part) -> None:
        """Write down what a step wrote."""
        folder = self.folder / _TOLD
        folder.mkdir(parents=True, exist_ok=True)
        files = [{name: getattr(one, name) for name in Written.__slots__} for one in part.files]
        text = json.dumps({"files": files, "losses": part.losses})
        unfinished = folder / _unfinished(name)
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(folder / f"{name}.json")

    def clear(self) -> None:
        """Remove what runs that did not end left behind."""
        for path in self.folder.glob("*/*.unfinished"):
            path.unlink(missing_ok=True)


class Tables:
    """The files of one step and partition: entities and edges, in the order in which they come.

    Parameters
    ----------
    files : Files
        Where they go.
    name : str
        Of each of them, without the ending.
    """

    def __init__(self, files: Files, name: str) -> None:
        self._files = files
        self._name = name
        self._unfinished = _unfinished(name)
        self._open: dict[tuple[str, bool], CsvFile | ParquetFile] = {}
        self._entities: dict[str, list[Entity]] = defaultdict(list)
        self._edges: dict[str, list[Edge]] = defaultdict(list)

    def add(self, entity: Entity) -> None:
        """Write an entity."""
        held = self._entities[entity.label]
        held.append(entity)
        if len(held) >= _BATCH:
            self._flush_entities(entity.label)

    def join(self, edge: Edge) -> None:
        """Write an edge."""
        held = self._edges[edge.type]
        held.append(edge)
        if len(held) >= _BATCH:
            self._flush_edges(edge.type)

    def close(self) -> None:
        """Write what is left, and tell what was written."""
        for label in list(self._entities):
            self._flush_entities(label)
        for type_ in list(self._edges):
            self._flush_edges(type_)
        written = []
        losses: Counter[tuple[str, str]] = Counter()
        for (kind, is_entities), file in sorted(self._open.items()):
            file.__exit__(None, None, None)
            losses.update(file.counted)
            unfinished = self._path(kind, is_entities, unfinished=True)
            path = self._path(kind, is_entities)
            unfinished.replace(path)
            with path.open("rb") as content:
                digest = hashlib.file_digest(content, "sha256").hexdigest()
            written.append(
                Written(
                    kind,
                    is_entities,
                    path.relative_to(self._files.folder).as_posix(),
                    file.rows,
                    path.stat().st_size,
                    digest,
                    isinstance(file, CsvFile) and file.has_lines,
                    file.longest if isinstance(file, CsvFile) else 0,
                )
            )
        lost = tuple((what, where, number) for (what, where), number in sorted(losses.items()))
        self._files.tell(self._name, Part(tuple(written), lost))

    def abandon(self) -> None:
        """Let go of the files; they do not count."""
        for (kind, is_entities), file in self._open.items():
            file.__exit__(None, None, None)
            self._path(kind, is_entities, unfinished=True).unlink(missing_ok=True)

    def _flush_entities(self, label: str) -> None:
        held = self._entities.pop(label)
        given: dict[str, list[Any]] = {"id": [entity.id for entity in held]}
        if label in SEARCHED:
            found = [found_by(label, {"id": one.id, **one.properties}) for one in held]
            given |= {name: [one[name] or None for one in found] for name in HIDDEN}
        self._write(label, True, given, [entity.properties for entity in held])

    def _flush_edges(self, type_: str) -> None:
        held = self._edges.pop(type_)
        ends = {name: list(map(attrgetter(name), held)) for name in ("start", "end", "paper")}
        self._write(type_, False, ends, [edge.properties for edge in held])

    def _write(
        self,
        kind: str,
        is_entities: bool,
        given: dict[str, list[Any]],
        told: Sequence[Mapping[str, Any]],
    ) -> None:
        table = table_of(kind, is_entities)
        file = self._open.get((kind, is_entities))
        if file is None:
            path = self._path(kind, is_entities, unfinished=True)
            path.parent.mkdir(parents=True, exist_ok=True)
            made = CsvFile(path, table) if self._files.form == "csv" else ParquetFile(path, table)
            file = self._open[kind, is_entities] = made
            file.__enter__()
        # The edges of a paper mostly share what is said of them, and lack most columns.
        present = set(chain.from_iterable({id(one): one for one in told}.values()))
        nothing = [None] * len(told)
        columns = {
            name: [one.get(name) for one in told] if name in present else nothing
            for name in (column.declared.name for column in table.columns)
        }
        file.write(columns | given)

    def _path(self, kind: str, is_entities: bool, *, unfinished: bool = False) -> Path:
        folder = self._files.folder / table_of(kind, is_entities).stem
        return folder / (self._unfinished if unfinished else f"{self._name}.{self._files.form}")


def _name(step: str, number: int) -> str:
    return f"{step}-{number:05}"


def _unfinished(name: str) -> str:
    """A name that no other run of the same step has."""
    return f"{name}.{uuid.uuid4().hex}.unfinished"


def table_of(kind: str, is_entities: bool) -> Table:
    """Return the table of a label or type, without rows.

    Labels that people search have the columns that the server's text index reads: who imports
    millions of entities need not wait for a first search to make them.
    """
    if not is_entities:
        return edge_table(kind, iter(()))
    table = entity_table(kind, iter(()))
    return replace(table, columns=(*table.columns, *_FOUND_BY)) if kind in SEARCHED else table
