"""Choose from the cross-validation from where on a statement is believed; `train.py` calls it.

A threshold is where F1 is best among statements that were read out of fold, on a grid of .01, and
of those within .002 of the best the highest. It is the median of five choices, each made with one
fold left out, so that no single paper decides. Only thresholds are looked at that keep a precision
(`FLOOR`, of lineage `FLOORS`), one more wrong statement imagined, and leave enough to see; where
none does, the most precise that leaves enough is taken. What is annotated too rarely to choose by
keeps `START`. Before that, a kind's confidence is bent by one more sigmoid where, fitted on four
folds, it brings confidence and precision closer together on the fifth.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from reliability import KINDS, NAMES, Judged, calibration_error, judged_statements, reliability

if TYPE_CHECKING:
    from train import Course, Trained

    from graphkb.model.reading import Reading

__all__ = [
    "FLOOR",
    "FLOORS",
    "START",
    "annotated_by_fold",
    "choice",
    "honest_f1",
    "settle",
    "start",
    "written",
]

TARGET = Path(__file__).resolve().parents[1] / "graphkb" / "extract" / "threshold.py"

# Per mille: what is believed while nothing was chosen yet, so that what is chosen does not depend
# on what was chosen before. Links and repositories are facts of spelling; GENERALIZES and SURVEYS
# are annotated too rarely to choose by.
START: dict[str, int] = {
    "introduces": 450,
    "methods": 350,
    "models": 350,
    "benchmarks": 400,
    "tasks": 250,
    "results": 400,
    "links": 500,
    "USES": 300,
    "EXTENDS": 400,
    "GENERALIZES": 270,
    "OUTPERFORMS": 300,
    "COMPARED_WITH": 200,
    "EVALUATED_ON": 400,
    "APPLIED_TO": 250,
    "IMPLEMENTED_IN": 500,
    "SURVEYS": 250,
    "ANALYZES": 250,
    "CRITIQUES": 250,
}
# The least precision of what is believed: of anything, since what is wrong three times as often as
# right helps nobody; and of lineage and of who is better, which is what people look at first.
FLOOR = 0.25
FLOORS = {"EXTENDS": 0.70, "OUTPERFORMS": 0.60}
_GRID = range(100, 960, 10)
_AS_GOOD = 0.002
# Annotated statements and right ones, below which nothing is chosen and nothing bent.
_FEWEST = 20
# How much closer confidence and precision have to come.
_WORTH = 0.005
# What a threshold leaves has to be so many statements to be judged by.
_SEEN = 15
# Each stage's choices depend on each other: what is no EXTENDS may be a USES.
_ROUNDS = 2
_FOLDS = 5


def start() -> None:
    """Let the process believe as before anything was chosen."""
    from graphkb.extract.confidence import THRESHOLDS

    THRESHOLDS.update(START)


def settle(course: Course, stage: str) -> None:
    """Bend and choose for what a stage of the training decides, and go on with that.

    Parameters
    ----------
    course : Course
        Trained up to this stage; what is bent is bent in its models.
    stage : str
        Names and tasks are settled after their own stages, since later ones build on them; the
        rest after the last.
    """
    from graphkb.extract.confidence import THRESHOLDS

    kinds: Sequence[str]
    if stage in ("names", "tasks"):
        kinds = NAMES if stage == "names" else ("tasks",)
    elif stage == course.stages[-1]:
        kinds = [kind for kind in KINDS if kind not in (*NAMES, "tasks")]
    else:
        return
    gold = {paper.identifier: paper.gold for paper in course.papers}
    annotated = annotated_by_fold(gold)
    for number in range(_ROUNDS):
        judged = judged_statements(_readings(course, stage), gold)
        for kind in kinds:
            found = [statement for statement in judged if statement.kind == kind]
            if number == 0:
                found = _bent(course, kind, found)
            value = choice(found, annotated.get(kind, {}), FLOORS.get(kind, FLOOR))
            if value is not None:
                THRESHOLDS[kind] = value
    course.report("  believed from " + ", ".join(f"{kind} {THRESHOLDS[kind]}" for kind in kinds))


def _readings(course: Course, stage: str) -> dict[str, Reading]:
    """Read the papers out of fold, as far as the course is."""
    from train import fold

    from graphkb.model.reading import Reading

    readers = course.readers()
    found = {}
    for paper in course.papers:
        reader = readers[fold(paper.identifier)]
        if stage in ("names", "tasks"):
            names = reader.entities(paper.document, paper.lines)
            tasks = reader.tasks(paper.document, paper.lines, names) if stage == "tasks" else ()
            found[paper.identifier] = Reading(entities=names, tasks=tasks)
        else:
            document = paper.document
            found[paper.identifier] = reader.read(document.title, document.abstract)
    return found


def annotated_by_fold(gold: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[int, int]]:
    """Count the annotated statements of each kind and fold."""
    from train import fold

    from graphkb.evaluation.item import items

    counts: dict[str, dict[int, int]] = {}
    for paper, record in gold.items():
        for item in items(record, annotated=True):
            held = counts.setdefault(item.key, {})
            held[fold(paper)] = held.get(fold(paper), 0) + 1
    return counts


def choice(
    judged: Sequence[Judged], annotated: Mapping[int, int], floor: float = FLOOR
) -> int | None:
    """Choose a threshold.

    Parameters
    ----------
    judged : sequence of Judged
        Of one kind.
    annotated : mapping of int to int
        How many are annotated, by fold.
    floor : float, optional
        The least precision.

    Returns
    -------
    int or None
        Per mille; None where too few are annotated or read.
    """
    if sum(annotated.values()) < _FEWEST or sum(s.right for s in judged) < _FEWEST:
        return None
    return round(median(_choices(judged, annotated, floor)))


def honest_f1(
    judged: Sequence[Judged], annotated: Mapping[int, int], floor: float = FLOOR
) -> float:
    """Return the F1 where each fold's threshold is chosen on the other four."""
    from train import fold

    choices = _choices(judged, annotated, floor)
    taken = [s for s in judged if s.confidence >= choices[fold(s.paper)]]
    return _f1(taken, sum(annotated.values()))


def _choices(judged: Sequence[Judged], annotated: Mapping[int, int], floor: float) -> list[int]:
    from train import fold

    answer = []
    for left_out in range(_FOLDS):
        rest = [s for s in judged if fold(s.paper) != left_out]
        total = sum(count for number, count in annotated.items() if number != left_out)
        answer.append(_best(rest, total, floor))
    return answer


def _best(judged: Sequence[Judged], annotated: int, floor: float) -> int:
    found: list[tuple[int, float]] = []
    precise: tuple[float, int] = (0.0, max(_GRID))
    for value in _GRID:
        taken = [s for s in judged if s.confidence >= value]
        right = sum(s.right for s in taken)
        if len(taken) >= _SEEN:
            precise = max(precise, (right / len(taken), value))
        if len(taken) >= _SEEN and right >= floor * (len(taken) + 1):
            found.append((value, _f1(taken, annotated)))
    best = max((f1 for _, f1 in found), default=0.0)
    if not best:
        return precise[1]
    return max(value for value, f1 in found if f1 >= best - _AS_GOOD)


def _f1(taken: Sequence[Judged], annotated: int) -> float:
    return 2 * sum(s.right for s in taken) / max(1, len(taken) + annotated)


def _bent(course: Course, kind: str, judged: list[Judged]) -> list[Judged]:
    """Bend the confidence of a kind in the course's models, where that is worth it."""
    trained = next((t for t in course.trained.values() if kind in t.whole["calibration"]), None)
    right = sum(s.right for s in judged)
    if trained is None or min(right, len(judged) - right) < _FEWEST:
        return judged
    error = calibration_error(reliability(judged))
    if error - calibration_error(reliability(_out_of_fold(judged))) < _WORTH:
        return judged
    slope, offset = _fitted(judged)
    _bend(trained, kind, slope, offset)
    course.bent[kind] = (slope, offset)
    course.report(f"  {kind} bent by {slope:.3f}, {offset:+.3f}: its error was {error:.3f}")
    return _mapped(judged, slope, offset)


def _bend(trained: Trained, kind: str, slope: float, offset: float) -> None:
    for models in (trained.whole, *trained.folds):
        old_slope, old_offset = models["calibration"][kind]
        models["calibration"][kind] = (
            round(slope * old_slope, 4),
            round(slope * old_offset + offset, 4),
        )


def as_kept(course: Course, stage: str) -> None:
    """Bend what a stage trained as the weights that ship are bent, and choose nothing."""
    from train import FOLDER

    stored = json.loads((FOLDER / "weights.json").read_text(encoding="utf-8"))
    trained = course.trained[stage]
    for kind, (slope, offset) in stored.get("bent", {}).items():
        if kind in trained.whole["calibration"]:
            _bend(trained, kind, slope, offset)


def _out_of_fold(judged: Sequence[Judged]) -> list[Judged]:
    from train import fold

    answer = []
    for number in range(_FOLDS):
        rest = [s for s in judged if fold(s.paper) != number]
        held = [s for s in judged if fold(s.paper) == number]
        answer += _mapped(held, *_fitted(rest))
    return answer


def _fitted(judged: Sequence[Judged]) -> tuple[float, float]:
    import numpy as np
    from train import calibrated

    scores = np.array([_logit(s.confidence) for s in judged])
    return calibrated(scores, np.array([s.right for s in judged]))


def _mapped(judged: Iterable[Judged], slope: float, offset: float) -> list[Judged]:
    from math import exp

    return [
        Judged(
            s.paper,
            s.kind,
            round(1000 / (1 + exp(-(slope * _logit(s.confidence) + offset)))),
            s.right,
        )
        for s in judged
    ]


def _logit(confidence: int) -> float:
    from math import log

    share = min(max(confidence, 1), 999) / 1000
    return log(share / (1 - share))


def written() -> str:
    """Return the text of the module that holds what this process believes."""
    from graphkb.extract.confidence import THRESHOLDS

    rows = "".join(f'    "{kind}": {value},\n' for kind, value in THRESHOLDS.items())
    digest = hashlib.sha256(rows.encode()).hexdigest()[:12]
    return (
        '"""From where on a statement is believed; chosen by ``scripts/train.py``."""\n\n'
        "from __future__ import annotations\n\n"
        '__all__ = ["DIGEST", "THRESHOLDS"]\n\n'
        "# Of the table: readings that are kept on disk depend on it.\n"
        f'DIGEST = "{digest}"\n\n'
        "# Per mille. An entity is looked up by its group, a relation by its type.\n"
        f"THRESHOLDS: dict[str, int] = {{\n{rows}}}\n"
    )
