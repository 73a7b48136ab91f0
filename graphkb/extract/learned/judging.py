"""What a text states between its names: a logistic regression a type judges each pair.

What the rules state of a pair is among its features (`graphkb.extract.learned.pairs`); a type whose
model is sure enough is stated, with the sentence that alone speaks loudest for it.
"""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING

from graphkb.extract.confidence import THRESHOLDS
from graphkb.extract.learned.pairs import TYPES, pairs, types_of
from graphkb.model.reading import Relation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphkb.extract.learned.linear import LinearModel
    from graphkb.extract.learned.pairs import Pair, Sighting
    from graphkb.extract.learned.wording import Wording
    from graphkb.extract.occurrence import Occurrence
    from graphkb.model.reading import NamedEntity, TaskMention

__all__ = ["judged_relations", "outright", "quoted"]

# What "without using it" does not state.
_AFFIRMED = frozenset({"APPLIED_TO", "EVALUATED_ON", "EXTENDS", "USES"})
# Words that say outright that the source is a variant of the target, and how sure they make it:
# "it extends X", "Foo, a variant of X". The annotation has too few for a weight of their own.
_OUTRIGHT = frozenset(
    {
        *(
            f"{sign} {role}"
            for sign in ("extending source", "instance variant")
            for role in ("main", "own", "other")
        ),
        "announced variant main",
    }
)
_OUTRIGHT_SURE = 700
# Less sure than this, per mille, is not worth writing down.
_LEAST = 50


def quoted(pair: Pair, kind: str, model: LinearModel) -> Sighting | None:
    """Return the sentence that speaks loudest for a type, None where each denies it.

    Parameters
    ----------
    pair : Pair
        A source and a target.
    kind : str
        The relation's type.
    model : LinearModel
        With a class a type.

    Returns
    -------
    Sighting or None
        Of equals the first.
    """
    free = [s for s in pair.sightings if not (s.denied and kind in _AFFIRMED)]
    said = [s for s in free if kind == "EXTENDS" and not _OUTRIGHT.isdisjoint(s.features)]
    free = said or free
    if len(free) <= 1:
        return free[0] if free else None
    weights = model.weights[kind]
    # The first of the surest: max keeps it.
    return max(free, key=lambda s: sum(map(weights.get, s.features, repeat(0.0))))


def outright(pair: Pair) -> bool:
    """Whether a sentence says in so many words that the source is a variant of a method.

    Parameters
    ----------
    pair : Pair
        A source and a target.

    Returns
    -------
    bool
    """
    return pair.group in ("methods", "introduces") and any(
        not s.denied and not _OUTRIGHT.isdisjoint(s.features) for s in pair.sightings
    )


def judged_relations(
    lines: Sequence[Wording],
    entities: Sequence[NamedEntity],
    tasks: Sequence[TaskMention],
    occurrences: Sequence[Sequence[Occurrence]],
    model: LinearModel,
) -> tuple[Relation, ...]:
    """Find what a text states between names.

    Parameters
    ----------
    lines, entities, tasks, occurrences
        As in `pairs`.
    model : LinearModel
        With a class a type.

    Returns
    -------
    tuple of Relation
        One for each source, type and target.
    """
    found: dict[tuple[str, str, str], Relation] = {}
    for pair in pairs(lines, entities, tasks, occurrences):
        for sighting in pair.sightings:
            for relation in sighting.stated:
                # Too rare in the annotation to be learned.
                if relation.type not in TYPES:
                    found.setdefault((pair.source, relation.type, pair.target), relation)
        kinds = types_of(pair.group)
        if len(kinds) == 1:
            likely = {kinds[0]: model.per_mille_as(kinds[0], pair.features)}
        else:
            likely = model.per_mille(pair.features)
        if outright(pair):
            likely["EXTENDS"] = max(likely["EXTENDS"], _OUTRIGHT_SURE)
        for kind in kinds:
            if likely[kind] < _LEAST or not pair.may(kind):
                continue
            chosen = quoted(pair, kind, model)
            if chosen is None:
                continue
            sentence = chosen.line.sentence
            found[pair.source, kind, pair.target] = Relation(
                pair.source,
                kind,
                pair.target,
                sentence.field,
                *sentence.span,
                f"learned:relation:{kind}",
                likely[kind],
                chosen.on if kind == "OUTPERFORMS" else None,
            )
    return tuple(_compatible(found))


# "A uses B" adds nothing to "A extends B".
_MORE_EXACT = {"USES": ("EXTENDS", "OUTPERFORMS", "ANALYZES")}
# Of a comparison and its outcome the surer one stands.
_RIVALS = {"COMPARED_WITH": "OUTPERFORMS", "OUTPERFORMS": "COMPARED_WITH"}


def _compatible(found: dict[tuple[str, str, str], Relation]) -> Iterator[Relation]:
    """Drop what a more exact statement of the same two names says already."""
    for (source, kind, target), relation in found.items():
        rival = found.get((source, _RIVALS.get(kind, ""), target))
        if rival is not None and rival.confidence > relation.confidence:
            continue
        exact = (found.get((source, other, target)) for other in _MORE_EXACT.get(kind, ()))
        if not any(r is not None and r.confidence >= THRESHOLDS[r.type] for r in exact):
            yield relation
