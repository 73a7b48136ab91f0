"""Why a learned part decided as it did: the features that spoke loudest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from graphkb.extract.confidence import THRESHOLDS
from graphkb.extract.learned.figures import figures
from graphkb.extract.learned.judging import quoted
from graphkb.extract.learned.names import CLASSES, name_features
from graphkb.extract.learned.pairs import pairs, types_of
from graphkb.extract.learned.results import LEAST, NOWHERE, ON, REPORTED, shares
from graphkb.extract.learned.tasks import CLASS, described_phrases

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphkb.extract.learned.linear import LinearModel
    from graphkb.extract.learned.wording import Wording
    from graphkb.extract.lexicon import Lexicon
    from graphkb.extract.naming import Cluster, Expansions
    from graphkb.extract.occurrence import Occurrence
    from graphkb.model.reading import NamedEntity, TaskMention

__all__ = [
    "Reason",
    "reasons_of_names",
    "reasons_of_relations",
    "reasons_of_results",
    "reasons_of_tasks",
]


@dataclass(frozen=True, slots=True)
class Reason:
    """What a model says of one candidate, and by what.

    Parameters
    ----------
    what : {'name', 'task', 'relation', 'result', 'benchmark'}
        What the candidate would be; a benchmark is one of a result.
    candidate : tuple of str
        The name, task or figure; of a relation source and target, of a figure's benchmark the
        figure and the name, empty for none.
    verdict : str
        The likeliest group, ``tasks``, the type, or the result model's class.
    confidence : int
        Its probability, per mille.
    accepted : bool
        Whether the model's confidence reaches the threshold. An accepted one may still be left
        out for one that it overlaps or that says more.
    features : tuple of (str, float)
        The strongest features with their weights: above 0 they speak for the verdict.
    span : tuple of int
        [begin, stop) of the sentence, in the field.
    field : str
        title or abstract.
    """

    what: Literal["name", "task", "relation", "result", "benchmark"]
    candidate: tuple[str, ...]
    verdict: str
    confidence: int
    accepted: bool
    features: tuple[tuple[str, float], ...]
    span: tuple[int, int]
    field: str


def reasons_of_names(
    clusters: Sequence[Cluster],
    lines: Sequence[Wording],
    expansions: Expansions,
    model: LinearModel,
) -> Iterator[Reason]:
    """Explain each candidate name, taken or not; parameters as in `judged`."""
    described = name_features(clusters, lines, expansions)
    for cluster, features in zip(clusters, described, strict=True):
        sure = model.per_mille(features)
        best = max(CLASSES, key=lambda group: (sure[group] - THRESHOLDS[group], group))
        entity = cluster.entity
        yield Reason(
            "name",
            (entity.name,),
            best,
            sure[best],
            sure[best] >= THRESHOLDS[best],
            model.reasons(best, features),
            entity.sentence,
            entity.field,
        )


def reasons_of_tasks(
    lines: Sequence[Wording],
    lexicon: Lexicon,
    entities: Sequence[NamedEntity],
    model: LinearModel,
) -> Iterator[Reason]:
    """Explain each candidate task, taken or not; parameters as in `judged_tasks`."""
    for _, found, features in described_phrases(lines, lexicon, entities):
        sure = model.per_mille(features)[CLASS]
        sentence = found[0].line.sentence
        yield Reason(
            "task",
            (found[0].text,),
            CLASS,
            sure,
            sure >= THRESHOLDS[CLASS],
            model.reasons(CLASS, features),
            sentence.span,
            sentence.field,
        )


def reasons_of_relations(
    lines: Sequence[Wording],
    entities: Sequence[NamedEntity],
    tasks: Sequence[TaskMention],
    occurrences: Sequence[Sequence[Occurrence]],
    model: LinearModel,
) -> Iterator[Reason]:
    """Explain the likeliest type of each pair; parameters as in `judged_relations`."""
    for pair in pairs(lines, entities, tasks, occurrences):
        sure = model.per_mille(pair.features)
        best = max(types_of(pair.group), key=lambda kind: (sure[kind] / THRESHOLDS[kind], kind))
        sighting = quoted(pair, best, model) or pair.sightings[0]
        sentence = sighting.line.sentence
        yield Reason(
            "relation",
            (pair.source, pair.target),
            best,
            sure[best],
            sure[best] >= THRESHOLDS[best],
            model.reasons(best, pair.features),
            sentence.span,
            sentence.field,
        )


def reasons_of_results(
    lines: Sequence[Wording],
    entities: Sequence[NamedEntity],
    occurrences: Sequence[Sequence[Occurrence]],
    model: LinearModel,
) -> Iterator[Reason]:
    """Explain each figure, and each benchmark it may be of; parameters as in `judged_results`."""
    for figure in figures(lines, entities, occurrences):
        sentence = figure.line.sentence
        text = figure.values[figure.number].text
        sure = model.per_mille(figure.features)[REPORTED]
        yield Reason(
            "result",
            (text,),
            REPORTED,
            sure,
            sure >= THRESHOLDS["results"],
            model.reasons(REPORTED, figure.features),
            sentence.span,
            sentence.field,
        )
        if sure < LEAST:
            continue
        for share, name, taken in shares(figure, model):
            verdict = ON if name else NOWHERE
            features = dict(figure.links)[name]
            yield Reason(
                "benchmark",
                (text, name or ""),
                verdict,
                round(share),
                taken,
                model.reasons(verdict, features),
                sentence.span,
                sentence.field,
            )
