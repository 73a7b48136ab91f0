"""Precision, recall and F1 of an extraction, key by key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graphkb.evaluation.item import CORE, ENTITY_KEYS, KEYS, Item, Record, items

__all__ = ["Comparison", "Score", "compare", "scores"]


@dataclass(frozen=True, slots=True)
class Score:
    """How much of one key is right.

    Parameters
    ----------
    key : str
        Under which statements were compared.
    right : int
        Predicted statements that are annotated.
    predicted : int
        All that are predicted.
    found : int
        Annotated statements that are predicted; not `right`, where several names of one side are
        one name of the other.
    annotated : int
        All that are annotated.

    Examples
    --------
    >>> score = Score("methods", right=3, predicted=4, found=3, annotated=6)
    >>> score.precision, score.recall, round(score.f1, 3)
    (0.75, 0.5, 0.6)
    """

    key: str
    right: int
    predicted: int
    found: int
    annotated: int

    @property
    def precision(self) -> float:
        """The share of the predicted that is right; 0 of none."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The share of the annotated that was found; 0 of none."""
        return self.found / self.annotated if self.annotated else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Comparison:
    """One paper's predicted and annotated statements, and which of them have no counterpart.

    Parameters
    ----------
    id : str
        The paper's.
    predicted, annotated : tuple of Item
        What either side states.
    text : mapping
        The predicted record, which may hold title and abstract.
    """

    id: str
    predicted: tuple[Item, ...]
    annotated: tuple[Item, ...]
    text: Record

    def extra(self) -> list[Item]:
        """Return what is predicted and not annotated."""
        return [p for p in self.predicted if not any(p.is_same(a) for a in self.annotated)]

    def missed(self) -> list[Item]:
        """Return what is annotated and not predicted."""
        return [a for a in self.annotated if not any(a.is_same(p) for p in self.predicted)]


def compare(
    predicted: Mapping[str, Record], annotated: Mapping[str, Record]
) -> tuple[Comparison, ...]:
    """Set the annotated papers beside what was predicted of them.

    Parameters
    ----------
    predicted, annotated : mapping of str to mapping
        Records by the paper's id. A paper that was not predicted states nothing.

    Returns
    -------
    tuple of Comparison
        In the annotation's order.
    """
    answer = []
    for identifier, record in annotated.items():
        found = predicted.get(identifier, {})
        answer.append(Comparison(identifier, items(found), items(record, annotated=True), found))
    return tuple(answer)


def scores(comparisons: Sequence[Comparison]) -> tuple[Score, ...]:
    """Score compared papers.

    Parameters
    ----------
    comparisons : sequence of Comparison
        The papers.

    Returns
    -------
    tuple of Score
        One a key of :data:`graphkb.evaluation.item.KEYS`, in its order. ``entity`` takes all names
        whatever their group, ``relations`` those between artefacts.

    Examples
    --------
    >>> found = {"a": {"methods": [{"name": "GRPO"}, {"name": "PPO"}]}}
    >>> gold = {"a": {"mentions_methods": [{"name": "GRPO", "long": None}]}}
    >>> next((s.right, s.predicted) for s in scores(compare(found, gold)) if s.key == "methods")
    (1, 2)
    """
    counts = {key: [0, 0, 0, 0] for key in KEYS}
    for paper in comparisons:
        for at, mine, others in (
            (0, paper.predicted, paper.annotated),
            (2, paper.annotated, paper.predicted),
        ):
            for item in mine:
                same = any(item.is_same(other) for other in others)
                _count(counts[item.key], at, same=same)
                if item.key in CORE:
                    _count(counts["relations"], at, same=same)
                elif item.key in ENTITY_KEYS:
                    alike = (other for other in others if other.key in ENTITY_KEYS)
                    _count(counts["entity"], at, same=any(map(item.agrees, alike)))
    return tuple(Score(key, *counts[key]) for key in KEYS)


def _count(counts: list[int], at: int, *, same: bool) -> None:
    counts[at] += same
    counts[at + 1] += 1
