"""What a benchmark or dataset is to a paper: evaluated on, trained on, or only mentioned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from graphkb.extract.occurrence import Occurrences
from graphkb.extract.pattern import Pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphkb.extract.occurrence import Occurrence
    from graphkb.extract.sentences import Document, Sentence
    from graphkb.model.reading import NamedEntity

__all__ = ["EVALUATED", "TRAINED", "with_roles"]

TRAINED: tuple[Pattern, ...] = (
    Pattern(
        "trained-on",
        r"\b(?:(?:pre-?|post-?|fine-?)?train(?:s|ed|ing)?|fine-?tun\w+|curat\w+|sampled|drawn|"
        r"collected|distilled)\b"
        r"[^.;]{0,60}\b(?:on|from|with|using|by)\b[^.;,]{0,30}$",
        "trained on 3M images from the ",
        "tested on ",
        "training",
    ),
)
EVALUATED: tuple[Pattern, ...] = (
    Pattern(
        "evaluated-on",
        r"\b(?:experiments?|evaluat\w+|results?|test(?:s|ed|ing)?|achiev\w+|outperform\w*|"
        r"perform\w*|scor\w+|accuracy|"
        r"state-of-the-art|sota|improv\w+|gains?|validat\w+|success|surpass\w*|benchmark\w*|"
        r"\d\s?\\?%)"
        r"[^.;]{0,90}\b(?:on|in|across|within|over|using|including|such as)\b[^.;]{0,60}$",
        "experiments on the ",
        "experiments and the ",
        "evaluation",
    ),
)
_KINDS = ("benchmark", "dataset", "environment")


def with_roles(document: Document, entities: Sequence[NamedEntity]) -> tuple[NamedEntity, ...]:
    """Give every benchmark, dataset and environment its role.

    Parameters
    ----------
    document : Document
        The split text.
    entities : sequence of NamedEntity
        In any order, which is kept.

    Returns
    -------
    tuple of NamedEntity
        Roles are evaluation, training, environment or mentioned; others have none. An introduced
        benchmark is there to evaluate on; an introduced dataset only where the text does so.
    """
    wanted = [e for e in entities if e.kind in _KINDS]
    if not wanted:
        return tuple(entities)
    places: dict[str, list[tuple[Sentence, Occurrence]]] = {}
    index = Occurrences(wanted, ())
    for sentence, within in zip(document.sentences, index.of(document), strict=True):
        for occurrence in within:
            places.setdefault(occurrence.name, []).append((sentence, occurrence))
    return tuple(
        structs.replace(e, role=_role(e, places.get(e.name, ()))) if e.kind in _KINDS else e
        for e in entities
    )


def _role(entity: NamedEntity, places: Sequence[tuple[Sentence, Occurrence]]) -> str:
    introduced = entity.group == "introduces"
    if introduced and entity.kind == "benchmark":
        return "evaluation"
    trained = False
    for sentence, occurrence in places:
        before = sentence.between(occurrence.begin - 150, occurrence.begin)
        if any(p.regex.search(before[-100:]) for p in TRAINED):
            trained = True
        elif any(p.regex.search(before) for p in EVALUATED):
            return "evaluation"
    if introduced:
        return "training" if entity.kind == "dataset" else "environment"
    if trained:
        return "training"
    return "environment" if entity.kind == "environment" else "evaluation"
