"""Scores as a table that is committed, and how later ones differ from it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from graphkb.errors import InputError
from graphkb.evaluation.score import Score

__all__ = ["COLUMNS", "differences", "read_table", "table"]

COLUMNS = ("key", "precision", "recall", "f1", "n")
_FIGURES = COLUMNS[1:4]

Row = Mapping[str, object]


def table(scores: Sequence[Score]) -> list[dict[str, object]]:
    """Turn scores into rows of :data:`COLUMNS`.

    Parameters
    ----------
    scores : sequence of Score
        As :func:`graphkb.evaluation.score.scores` gives them.

    Returns
    -------
    list of dict
        Rounded to three decimals; what is neither annotated nor predicted is left out.

    Examples
    --------
    >>> table([Score("tasks", 1, 3, 1, 2)])
    [{'key': 'tasks', 'precision': 0.333, 'recall': 0.5, 'f1': 0.4, 'n': 2}]
    """
    return [
        {
            "key": score.key,
            "precision": round(score.precision, 3),
            "recall": round(score.recall, 3),
            "f1": round(score.f1, 3),
            "n": score.annotated,
        }
        for score in scores
        if score.annotated or score.predicted
    ]


def read_table(path: str | Path) -> list[Row]:
    """Read a table that was kept.

    Parameters
    ----------
    path : str or Path
        One JSON array of rows, as ``graphkb eval --format json`` prints it, or an object that
        holds it under ``rows``.

    Returns
    -------
    list of mapping

    Raises
    ------
    InputError
        It cannot be read or is something else.
    """
    remedy = "give a table that graphkb eval --format json printed"
    try:
        rows = json.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(
            f"it cannot be read: {error.strerror or error}", where=str(path), remedy=remedy
        ) from None
    except json.JSONDecodeError as error:
        place = f"{path}:{error.lineno}"
        raise InputError(f"no JSON: {error.msg}", where=place, remedy=remedy) from None
    except (ValueError, RecursionError):
        raise InputError("it is no JSON in UTF-8", where=str(path), remedy=remedy) from None
    if isinstance(rows, dict):
        rows = rows.get("rows")
    if not isinstance(rows, list):
        raise InputError("it is no array of rows", where=str(path), remedy=remedy)
    for at, row in enumerate(rows):
        sound = isinstance(row, dict) and isinstance(row.get("key"), str)
        if not sound or not all(isinstance(row.get(name), int | float) for name in _FIGURES):
            raise InputError("it is no row of a table", where=f"{path}: [{at}]", remedy=remedy)
    return rows


def differences(rows: Sequence[Row], before: Sequence[Row]) -> list[dict[str, object]]:
    """Set a table beside an earlier one.

    Parameters
    ----------
    rows, before : sequence of mapping
        The tables.

    Returns
    -------
    list of dict
        `rows`, each with how its precision, recall and F1 differ, in hundredths (``points``);
        None where the earlier table has not the key. Keys that only it has follow, with no
        figures of their own.

    Examples
    --------
    >>> now = [{"key": "tasks", "precision": 0.5, "recall": 0.5, "f1": 0.5, "n": 2}]
    >>> was = [{"key": "tasks", "precision": 0.4, "recall": 0.6, "f1": 0.48, "n": 2}]
    >>> (row,) = differences(now, was)
    >>> row["precision_points"], row["recall_points"], row["f1_points"]
    (10.0, -10.0, 2.0)
    """
    held = {row["key"]: row for row in before}
    answer = []
    for row in rows:
        old = held.pop(row["key"], None)
        answer.append({**row, **{f"{name}_points": _points(row, old, name) for name in _FIGURES}})
    empty = dict.fromkeys((*COLUMNS[1:], *(f"{name}_points" for name in _FIGURES)))
    answer.extend({"key": key, **empty} for key in held)
    return answer


def _points(row: Row, old: Row | None, name: str) -> float | None:
    now, was = row[name], old[name] if old is not None else None
    if not isinstance(now, int | float) or not isinstance(was, int | float):
        return None
    return round(100 * (now - was), 1)
