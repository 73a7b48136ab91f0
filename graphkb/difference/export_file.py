"""An export read back as the graph that was exported."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from graphkb.errors import InputError, UnknownFormatError
from graphkb.model.graph import Graph
from graphkb.model.record import AssertedRecord
from graphkb.model.source import MANIFEST

if TYPE_CHECKING:
    from graphkb.build.intake import Intake

__all__ = ["read_export"]


def read_export(path: Path) -> Graph:
    """Read an export of graphkb, by the loader that takes it back.

    Parameters
    ----------
    path : Path
        A file or folder in a format in which a graph comes back as it was asserted.

    Returns
    -------
    Graph
        What was exported.

    Raises
    ------
    InputError
        It is no export that can be read back, or something in it cannot be kept.
    """
    from graphkb.build.intake import take_in

    if path.is_file() and (path.parent / MANIFEST).is_file():
        raise InputError(
            "it is one file of the folder of an export",
            where=str(path),
            remedy=f"name the folder: {path.parent}",
        )
    try:
        intake = take_in(str(path))
    except UnknownFormatError as error:
        raise InputError(
            "it is neither a store nor an export that can be read back",
            where=str(path),
            remedy="export the graph --to node-link, jsonl, graphml, parquet or csv",
        ) from error
    records = [record for record in intake.records if isinstance(record, AssertedRecord)]
    _refuse(intake, records, str(path))
    graph = Graph.of((record.entity for record in records), ())
    edges = [edge for record in records for edge in record.edges]
    for edge in edges:
        if edge.end not in graph.entities:
            raise InputError(
                f"an edge leads to {edge.end!r}, which is not in it",
                where=str(path),
                remedy="export it again",
            )
    return Graph.of(graph.entities.values(), edges)


def _refuse(intake: Intake, records: list[AssertedRecord], where: str) -> None:
    if len(records) < len(intake.records):
        raise InputError(
            "it holds papers, not a graph",
            where=where,
            remedy="load it, and compare the store: graphkb --db NEW.kgl load …",
        )
    if intake.skipped:
        first = intake.skipped[0]
        more = f" and {len(intake.skipped) - 1} more" if len(intake.skipped) > 1 else ""
        raise InputError(
            f"not all of it can be compared: {first.place}: {first.reason}{more}",
            where=where,
            remedy="export it again",
        )
