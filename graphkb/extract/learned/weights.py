"""The shipped weights, read once.

``scripts/train.py`` writes them with the training data's SHA-256, the version of the features and
the scores of the cross-validation.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from graphkb.extract.learned.linear import LinearModel
from graphkb.extract.learned.tagger import Tagger

__all__ = ["FEATURES", "Learned", "shipped", "shipped_terms"]

# Counts up when the code that describes an instance changes: weights fit one version only.
FEATURES = 5


@dataclass(frozen=True, slots=True)
class Learned:
    """The models of one training; a stage without a model is left to the rules.

    Parameters
    ----------
    names, tasks, pairs, results : LinearModel or None
        What names are to a paper, which phrases are tasks, what sentences state of two names, which
        figures are results and of which benchmark.
    terms : Tagger or None
        Which spans are technical terms: a feature for the others.
    """

    names: LinearModel | None = None
    tasks: LinearModel | None = None
    pairs: LinearModel | None = None
    results: LinearModel | None = None
    terms: Tagger | None = None


@cache
def shipped_terms() -> Tagger:
    """Return the tagger of terms that ships with the package."""
    text = (files("graphkb.extract.learned") / "terms.json").read_text(encoding="utf-8")
    return Tagger.of(json.loads(text))


@cache
def shipped() -> Learned:
    """Return the models that ship with the package.

    Returns
    -------
    Learned

    Raises
    ------
    RuntimeError
        Where the file was made for other features than this code describes.
    """
    text = (files("graphkb.extract.learned") / "weights.json").read_text(encoding="utf-8")
    stored = json.loads(text)
    if stored["features"] != FEATURES:
        message = (
            f"graphkb/extract/learned/weights.json fits version {stored['features']} of the "
            f"features, the code has {FEATURES}: run scripts/train.py"
        )
        raise RuntimeError(message)
    return Learned(
        **{stage: LinearModel.of(model) for stage, model in sorted(stored["models"].items())},
        terms=shipped_terms(),
    )
