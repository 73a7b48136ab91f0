"""Which phrases of a text name its tasks, by a logistic regression over noun phrases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkb.extract.confidence import THRESHOLDS
from graphkb.extract.learned.task_features import Scene
from graphkb.extract.learned.task_phrases import phrases
from graphkb.extract.task import MOST
from graphkb.model.reading import TaskMention

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graphkb.extract.learned.linear import LinearModel
    from graphkb.extract.learned.task_phrases import Phrase
    from graphkb.extract.learned.wording import Wording
    from graphkb.extract.lexicon import Lexicon
    from graphkb.model.reading import NamedEntity

__all__ = ["CLASS", "described_phrases", "judged_tasks"]

CLASS = "tasks"

# Of a task and a longer one that holds its name ("video generation", "controllable video
# generation") both are meant only where both are likely, and the shorter stands alone somewhere.
_BOTH = 500


def judged_tasks(
    lines: Sequence[Wording],
    lexicon: Lexicon,
    entities: Sequence[NamedEntity],
    model: LinearModel,
) -> tuple[TaskMention, ...]:
    """Find the tasks of a text.

    Parameters
    ----------
    lines : sequence of Wording
        The text's sentences.
    lexicon : Lexicon
        The catalogue's automaton.
    entities : sequence of NamedEntity
        The believed names.
    model : LinearModel
        With the class ``tasks``.

    Returns
    -------
    tuple of TaskMention
        The likeliest first, none that stands only within another; what exceeds the guideline's
        bound stays below every threshold.
    """
    described = described_phrases(lines, lexicon, entities)
    ranked = sorted(
        (
            (-model.per_mille_as(CLASS, features), found[0].line.number, found[0].begin, key, found)
            for key, found, features in described
        ),
        key=lambda item: item[:4],
    )
    chosen: list[TaskMention] = []
    spans: list[tuple[str, int, int]] = []
    keys: list[str] = []
    for negative, _, _, key, found in ranked:
        sure = -negative
        if sure < 30 or len(chosen) >= 3 * MOST:
            break
        places = [(p.line.sentence.field, p.begin, p.stop) for p in found]
        free = [
            phrase.alone
            for place, phrase in zip(places, found, strict=True)
            if not _overlaps(place, spans)
        ]
        nested = any(key in other or other in key for other in keys)
        if not free or (nested and (sure < _BOTH or not any(free))):
            continue
        # Where it stands within a longer one, it does not keep that out.
        alone = [place for place, p in zip(places, found, strict=True) if p.alone]
        spans.extend(alone or places)
        keys.append(key)
        first = found[0]
        chosen.append(
            TaskMention(
                first.text,
                first.line.sentence.field,
                first.begin,
                first.stop,
                f"learned:task:{first.how}",
                sure if len(chosen) < MOST else min(sure, THRESHOLDS["tasks"] - 1),
                first.line.sentence.span,
                next((p.entry for p in found if p.how == "catalogue"), None),
            )
        )
    return tuple(chosen)


def _overlaps(place: tuple[str, int, int], spans: Iterable[tuple[str, int, int]]) -> bool:
    field, begin, stop = place
    return any(field == f and begin < s and b < stop for f, b, s in spans)


def described_phrases(
    lines: Sequence[Wording], lexicon: Lexicon, entities: Sequence[NamedEntity]
) -> list[tuple[str, list[Phrase], list[str]]]:
    """Return key, places and features of each phrase that may name a task."""
    found = phrases(lines, lexicon)
    scene = Scene(lines, found, entities)
    return [(key, places, scene.features(key)) for key, places in found.items()]
