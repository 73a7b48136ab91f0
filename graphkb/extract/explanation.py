"""What is said of one candidate: whether it was taken, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Explanation", "explained_line", "is_unlikely"]

# What is less than so likely to be believed, of its threshold, is nothing that a reader would miss.
_UNLIKELY = 0.4


@dataclass(frozen=True, slots=True)
class Explanation:
    """What was decided of one candidate, and why.

    Parameters
    ----------
    what : {'name', 'task', 'result', 'relation', 'link'}
        What it is or would be.
    group : str
        Of a name its group, of a relation its type, of a link what it leads to; else ``tasks`` or
        ``results``.
    label : str
        The statement, for people.
    taken : bool
        Whether it is believed.
    why : str
        The decision in words.
    rule : str or None
        The rule or component that stated it.
    confidence, threshold : int or None
        Per mille; None where no rule and no model proposed it.
    features : tuple of (str, float)
        The strongest features of a learned part with their weights: above 0 they speak for
        `group`.
    field : str
        title or abstract.
    begin, stop : int
        What names it, in code points of the field; of a relation its sentence.
    sentence : tuple of int
        [begin, stop) of the sentence.
    """

    what: Literal["name", "task", "result", "relation", "link"]
    group: str
    label: str
    taken: bool
    why: str
    rule: str | None
    confidence: int | None
    threshold: int | None
    features: tuple[tuple[str, float], ...]
    field: str
    begin: int
    stop: int
    sentence: tuple[int, int]


def is_unlikely(found: Explanation) -> bool:
    """Whether an explanation is of something that hardly anybody would take for a statement.

    Parameters
    ----------
    found : Explanation
        Any.

    Returns
    -------
    bool
        What was taken, what a rule refused and what comes near its threshold is not.
    """
    if found.taken or found.confidence is None or found.threshold is None:
        return False
    return found.confidence < _UNLIKELY * found.threshold


def explained_line(
    identifier: str, title: str, abstract: str, explanations: Iterable[Explanation]
) -> dict[str, Any]:
    """Write down the explanations of one paper as the object of a JSON line.

    Parameters
    ----------
    identifier : str
        The source's own id.
    title, abstract : str
        The text that was read; offsets count in these.
    explanations : iterable of Explanation
        What to write.

    Returns
    -------
    dict
        Keys id, title, abstract and explained.
    """
    return {
        "id": identifier,
        "title": title,
        "abstract": abstract,
        "explained": [
            {
                "what": found.what,
                "group": found.group,
                "label": found.label,
                "taken": found.taken,
                "why": found.why,
                "rule": found.rule,
                "confidence": found.confidence,
                "threshold": found.threshold,
                "features": [[name, weight] for name, weight in found.features],
                "field": found.field,
                "begin": found.begin,
                "stop": found.stop,
                "sentence": list(found.sentence),
            }
            for found in explanations
        ],
    }
