"""A linear classifier of named features, in plain Python: what it decides, how surely, and why.

References
----------
J. Platt, "Probabilistic outputs for support vector machines", Advances in Large Margin
Classifiers, 1999: the sigmoid that turns a score into a probability.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property
from itertools import repeat
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


__all__ = ["LinearModel"]

_MOST = 30.0


def _per_mille(bent: float) -> int:
    return 0 if bent < -_MOST else round(1000 / (1 + math.exp(-bent)))


@dataclass(frozen=True)
class LinearModel:
    """One logistic regression a class.

    Parameters
    ----------
    weights : mapping of str to mapping of str to float
        For each class its features' weights; the feature ``""`` is the intercept.
    calibration : mapping of str to (float, float)
        For each class the slope and offset that turn its score into a calibrated one.

    Examples
    --------
    >>> model = LinearModel({"verb": {"": -1.0, "ends in -ing": 3.0}}, {"verb": (1.0, 0.0)})
    >>> [model.per_mille(features) for features in ([], ["ends in -ing", "short"])]
    [{'verb': 269}, {'verb': 881}]
    >>> model.reasons("verb", ["ends in -ing", "short"])
    (('ends in -ing', 3.0),)
    """

    weights: Mapping[str, Mapping[str, float]]
    calibration: Mapping[str, Sequence[float]] = field(default_factory=dict)

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> LinearModel:
        """Return the model of a weights file's object with keys weights and calibration."""
        return cls(stored["weights"], stored["calibration"])

    @cached_property
    def classes(self) -> tuple[str, ...]:
        """The classes, sorted."""
        return tuple(sorted(self.weights))

    @cached_property
    def _rows(self) -> dict[str, tuple[float, ...]]:
        # A feature's weights for all classes side by side: one look-up serves them all.
        features = {"", *(feature for weights in self.weights.values() for feature in weights)}
        columns = [self.weights[name] for name in self.classes]
        return {f: tuple(column.get(f, 0.0) for column in columns) for f in features}

    @cached_property
    def _bends(self) -> tuple[tuple[str, float, float], ...]:
        return tuple((name, *self.calibration.get(name, (1.0, 0.0))) for name in self.classes)  # type: ignore[misc]

    def scores(self, features: Iterable[str]) -> tuple[float, ...]:
        """Return the score of each class: above 0, the model thinks that it is."""
        if len(self.classes) == 1:
            weights = self.weights[self.classes[0]]
            return (sum(map(weights.get, features, repeat(0.0))) + weights.get("", 0.0),)
        rows = self._rows
        # No row is empty: a model has a class at least.
        found = filter(None, map(rows.get, features))
        return tuple(map(sum, zip(*found, rows[""], strict=True)))

    def per_mille(self, features: Iterable[str]) -> dict[str, int]:
        """Return the calibrated probability of each class, per mille."""
        return self._calibrated(self.scores(features))

    def per_mille_as(self, name: str, features: Iterable[str]) -> int:
        """Return the calibrated probability of one class, per mille, as `per_mille` has it."""
        weights = self.weights[name]
        score = sum(map(weights.get, features, repeat(0.0))) + weights.get("", 0.0)
        slope, offset = self.calibration.get(name, (1.0, 0.0))
        return _per_mille(slope * score + offset)

    def _calibrated(self, scores: Iterable[float]) -> dict[str, int]:
        return {
            name: _per_mille(slope * score + offset)
            for (name, slope, offset), score in zip(self._bends, scores, strict=True)
        }

    def reasons(
        self, name: str, features: Iterable[str], most: int = 4
    ) -> tuple[tuple[str, float], ...]:
        """Return the features that speak loudest for or against a class, the loudest first.

        Parameters
        ----------
        name : str
            The class.
        features : iterable of str
            What was seen.
        most : int, optional
            How many at most.

        Returns
        -------
        tuple of (str, float)
            Feature and weight.
        """
        weights = self.weights[name]
        found = [(f, weights[f]) for f in dict.fromkeys(features) if f in weights]
        return tuple(sorted(found, key=lambda item: (-abs(item[1]), item[0]))[:most])
