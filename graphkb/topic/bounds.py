"""What may be in a topic beside its seeds."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TypedDict

from graphkb.errors import QueryError
from graphkb.model.graph import Edge, Entity
from graphkb.model.schema import ARTEFACT_LABELS
from graphkb.query.kind import LEFT_OUT, checked_kinds, is_within
from graphkb.query.period import checked_date

__all__ = ["Bounds", "TopicOptions", "kinds_of"]

_CERTAIN = 1000
_SUPPORTED = frozenset((*ARTEFACT_LABELS, "Task"))


class TopicOptions(TypedDict, total=False):
    """How a topic grows, by the names that :func:`graphkb.topic.find.find_topic` gives it."""

    limit: int
    hops: int
    since: str | None
    until: str | None
    kinds: Collection[str]
    exclude: Collection[str]
    budgets: Mapping[str, int] | None
    min_support: int
    min_confidence: int


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a person allows in a topic.

    Parameters
    ----------
    since, until : str, optional
        ISO dates of any precision that bound the papers.
    kinds : collection of str
        Kinds (dataset) and labels (benchmark); all by default.
    barred : collection of str
        Ids that must not be in it.
    budgets : mapping of str to int
        The most entities of a kind or label, seeds not counted; what is both (a dataset is a
        benchmark) counts for both.
    min_support : int
        The least support of a method, model, benchmark or task.
    min_confidence : int
        The least confidence of an edge, per mille; an edge without one is certain.

    Raises
    ------
    QueryError
        A date is none, no date is within both, a kind is unknown, or a number is out of range.

    Examples
    --------
    >>> paper = Entity("Paper", "arxiv:1", {"name": "One", "published": "2024"})
    >>> Bounds(since="2024-05").allows(paper), Bounds(until="2023").allows(paper)
    (True, False)
    """

    since: str | None = None
    until: str | None = None
    kinds: Collection[str] = ()
    barred: Collection[str] = ()
    budgets: Mapping[str, int] = field(default_factory=dict)
    min_support: int = 0
    min_confidence: int = 0

    def __post_init__(self) -> None:
        for bound in (self.since, self.until):
            if bound is not None:
                checked_date(bound)
        if self.since and self.until and self.since[: len(self.until)] > self.until:
            raise QueryError(
                f"no date is since {self.since} and until {self.until}",
                remedy="give the earlier date as since",
            )
        if not 0 <= self.min_confidence <= _CERTAIN:
            raise QueryError(
                f"the least confidence is {self.min_confidence}",
                remedy=f"it is per mille: from 0 to {_CERTAIN}",
            )
        for kind, most in self.budgets.items():
            if most < 0:
                raise QueryError(f"the most of {kind} is {most}", remedy="give 0 or more")
        object.__setattr__(self, "kinds", checked_kinds(self.kinds))
        # A kind in two spellings has the smaller of its budgets.
        budgets: dict[str, int] = {}
        for kind, most in self.budgets.items():
            (checked,) = checked_kinds([kind])
            budgets[checked] = min(most, budgets.get(checked, most))
        object.__setattr__(self, "budgets", budgets)

    def allows(self, entity: Entity) -> bool:
        """Tell whether an entity may be in the topic."""
        if self.kinds and kinds_of(entity).isdisjoint(self.kinds):
            return False
        if entity.label in _SUPPORTED and _support(entity) < self.min_support:
            return False
        return entity.label not in LEFT_OUT and self.allows_as_seed(entity)

    @property
    def leave_some_out(self) -> bool:
        """Whether an entity's properties must be known to tell if it may be in the topic."""
        return bool(self.since or self.until or self.kinds or self.min_support)

    def follows(self, edge: Edge) -> bool:
        """Tell whether an edge may be in the topic, and lead to what is."""
        confidence = edge.properties.get("confidence")
        return not isinstance(confidence, int) or confidence >= self.min_confidence

    def allows_as_seed(self, entity: Entity) -> bool:
        """Tell whether an entity that words found may be a seed: of any kind."""
        return entity.id not in self.barred and (
            entity.label != "Paper"
            or is_within(str(entity.properties.get("published", "")), self.since, self.until)
        )


def kinds_of(entity: Entity) -> frozenset[str]:
    """Return what `kinds` and `budgets` may call an entity.

    Parameters
    ----------
    entity : Entity
        Any.

    Returns
    -------
    frozenset of str
        Its label in small letters, and its kind where it has one.

    Examples
    --------
    >>> sorted(kinds_of(Entity("Benchmark", "method:c4", {"name": "C4", "kind": "dataset"})))
    ['benchmark', 'dataset']
    """
    kind = entity.properties.get("kind")
    return frozenset({entity.label.lower(), *([str(kind)] if kind else [])})


def _support(entity: Entity) -> int:
    support = entity.properties.get("support")
    return support if isinstance(support, int) else 0
