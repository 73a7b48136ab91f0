"""Whether confidence means something: statements read out of fold, and whether they are right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from msgspec import structs

from graphkb.evaluation.item import TYPES, items
from graphkb.extract.confidence import accepted
from graphkb.extract.lines import line
from graphkb.model.reading import Reading

__all__ = [
    "BINS",
    "KINDS",
    "Bin",
    "Judged",
    "calibration_error",
    "judged_statements",
    "reliability",
]

NAMES = ("introduces", "methods", "models", "benchmarks")
# What has a confidence and a threshold of its own, in the order of the tables.
KINDS = (*NAMES, "tasks", "results", *(kind for kind in TYPES if kind != "IMPLEMENTED_IN"))
BINS = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """A statement that was read, with what its reader thought and what the annotation says."""

    paper: str
    kind: str
    confidence: int
    right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """Statements of like confidence: how many, how sure on average, and what share is right."""

    count: int
    confidence: float
    precision: float


def judged_statements(
    readings: Mapping[str, Reading], gold: Mapping[str, Mapping[str, Any]]
) -> list[Judged]:
    """Tell of every statement, sure or not, whether it is annotated.

    Parameters
    ----------
    readings : mapping of str to Reading
        By paper, everything that was found. Of relations those are judged whose names are
        accepted: the others never show, however sure they are.
    gold : mapping of str to mapping
        The annotations.

    Returns
    -------
    list of Judged
    """
    answer = []
    for paper, reading in readings.items():
        annotated = items(gold[paper], annotated=True)
        # Names that nobody accepts must not lend their spellings to relations.
        shown = accepted(
            structs.replace(
                reading,
                relations=tuple(structs.replace(r, confidence=1000) for r in reading.relations),
                results=(),
            )
        )
        sure = {(r.source, r.type, r.target): r.confidence for r in reading.relations}
        related = [
            structs.replace(r, confidence=sure[r.source, r.type, r.target]) for r in shown.relations
        ]
        kept = structs.replace(shown, relations=tuple(related))
        named = structs.replace(reading, relations=())
        introduced = {e.name for e in reading.entities if e.group == "introduces"}
        rows = (line(paper, "", "", named), line(paper, "", "", kept))
        for row, kinds in zip(rows, ((*NAMES, "tasks", "results"), TYPES), strict=True):
            for item in items(row):
                if item.key not in kinds or item.key not in KINDS:
                    continue
                # An own benchmark that is evaluated on is listed twice, judged once.
                if item.key == "benchmarks" and item.record["name"] in introduced:
                    continue
                right = any(item.is_same(other) for other in annotated)
                answer.append(Judged(paper, item.key, item.record["confidence"], right))
    return answer


def reliability(judged: Iterable[Judged], bins: int = BINS) -> list[Bin | None]:
    """Sort statements by their confidence and tell of each bin how right it is.

    Parameters
    ----------
    judged : iterable of Judged
        Of one kind.
    bins : int, optional
        How many, of equal width.

    Returns
    -------
    list of Bin or None
        None of an empty one.
    """
    held: list[list[Judged]] = [[] for _ in range(bins)]
    for statement in judged:
        held[min(statement.confidence * bins // 1000, bins - 1)].append(statement)
    return [
        Bin(
            len(found),
            sum(s.confidence for s in found) / len(found) / 1000,
            sum(s.right for s in found) / len(found),
        )
        if found
        else None
        for found in held
    ]


def calibration_error(bins: Sequence[Bin | None]) -> float:
    """Return the expected calibration error: how far confidence and precision are apart.

    References
    ----------
    M. P. Naeini, G. F. Cooper and M. Hauskrecht, "Obtaining well calibrated probabilities using
    Bayesian binning", AAAI 2015.
    """
    found = [one for one in bins if one is not None]
    total = sum(one.count for one in found)
    return sum(one.count * abs(one.confidence - one.precision) for one in found) / max(1, total)
