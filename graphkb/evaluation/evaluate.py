"""An extraction's file against an annotation's."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from graphkb.evaluation.mistake import Mistake, mistakes
from graphkb.evaluation.records import paired, read_records
from graphkb.evaluation.score import compare, scores
from graphkb.evaluation.table import differences, read_table, table

__all__ = ["Evaluation", "evaluate_files"]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How well an extraction agrees with an annotation.

    Parameters
    ----------
    papers : int
        How many were compared.
    rows : tuple of dict
        The table, as :func:`graphkb.evaluation.table.table` or
        :func:`graphkb.evaluation.table.differences` makes it.
    mistakes : tuple of Mistake
        What is wrong, paper after paper.
    """

    papers: int
    rows: tuple[dict[str, object], ...]
    mistakes: tuple[Mistake, ...]


def evaluate_files(
    predicted: str | Path,
    annotated: str | Path,
    *,
    common: bool = False,
    against: str | Path | None = None,
) -> Evaluation:
    """Score the file of an extraction.

    Parameters
    ----------
    predicted, annotated : str or Path
        JSON lines, an object a paper.
    common : bool, optional
        Take the papers that both have, instead of refusing files of different papers.
    against : str or Path, optional
        An earlier table to tell the difference to.

    Returns
    -------
    Evaluation

    Raises
    ------
    InputError
        A file is not what it should be, or they are of different papers.
    """
    before = None if against is None else read_table(against)
    found, wanted = paired(read_records(predicted), read_records(annotated), common=common)
    comparisons = compare(found, wanted)
    rows = table(scores(comparisons))
    if before is not None:
        rows = differences(rows, before)
    return Evaluation(len(wanted), tuple(rows), tuple(mistakes(comparisons)))
