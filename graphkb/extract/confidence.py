"""How sure a rule is, and from where on a statement is believed.

A rule's confidence is its precision, measured on the development part of hand-annotated abstracts
by ``scripts/measure_rules.py``, which writes `graphkb.extract.precision`. A rule that was never
measured gets its family's prior. What a learned part decides (`graphkb.extract.learned`) carries a
probability calibrated out of fold. The thresholds are chosen from the same cross-validation by
``scripts/train.py``, which writes `graphkb.extract.threshold`: where F1 is best, of EXTENDS where
at least .70 of what is believed is right.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import structs

from graphkb.extract.precision import PRECISION
from graphkb.extract.threshold import THRESHOLDS

if TYPE_CHECKING:
    from graphkb.model.reading import Reading

__all__ = ["PAPER", "PRIORS", "THRESHOLDS", "accepted", "confidence"]

PAPER = "PAPER"

# What a rule of a family gets that was not measured: the family's first word, per mille.
PRIORS: dict[str, int] = {
    "introduce": 350,
    "catalogue": 600,
    "shape": 200,
    "phrase": 150,
    "task": 150,
    "result": 300,
    "link": 990,
    "relation": 250,
}


@lru_cache(maxsize=8192)
def confidence(rule: str) -> int:
    """Return the confidence of a rule.

    Parameters
    ----------
    rule : str
        Its name, its parts joined by colons.

    Returns
    -------
    int
        Per mille.
    """
    family = rule
    while family:
        measured = PRECISION.get(family)
        if measured is not None:
            return measured
        family = family.rpartition(":")[0]
    return PRIORS.get(rule.split(":", 1)[0], 200)


def accepted(reading: Reading) -> Reading:
    """Keep what reaches the confidence threshold of its kind.

    A relation, a result's benchmark and a result's baseline fall with the entity that they name.

    Parameters
    ----------
    reading : Reading
        Everything that was found.

    Returns
    -------
    Reading
        What the graph holds and `graphkb extract` writes.
    """
    entities = tuple(e for e in reading.entities if e.confidence >= THRESHOLDS[e.group])
    tasks = tuple(t for t in reading.tasks if t.confidence >= THRESHOLDS["tasks"])
    names = {e.name for e in entities} | {t.name for t in tasks} | {PAPER}
    introduces = any(e.group == "introduces" for e in entities)
    urls = {link.url for link in reading.links}
    relations = tuple(
        relation
        for relation in reading.relations
        if relation.confidence >= THRESHOLDS.get(relation.type, 250)
        and relation.source in names
        and (relation.source != PAPER or not introduces)
        and (relation.target in names or relation.target in urls)
    )
    results = tuple(
        structs.replace(
            result,
            subject=result.subject if result.subject in names else None,
            benchmark=result.benchmark if result.benchmark in names else None,
            baseline=result.baseline if result.baseline in names else None,
        )
        for result in reading.results
        if result.confidence >= THRESHOLDS["results"]
    )
    return structs.replace(
        reading, entities=entities, tasks=tasks, relations=relations, results=results
    )
