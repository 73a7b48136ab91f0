"""What may be in a topic beside its seeds."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from graphkb.model.graph import Entity
from graphkb.query.kind import LEFT_OUT, checked_kinds, is_within
from graphkb.query.period import checked_date

__all__ = ["Bounds"]


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

    Raises
    ------
    QueryError
        A date is none, or a kind is unknown.

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

    def __post_init__(self) -> None:
        for bound in (self.since, self.until):
            if bound is not None:
                checked_date(bound)
        object.__setattr__(self, "kinds", checked_kinds(self.kinds))

    def allows(self, entity: Entity) -> bool:
        """Tell whether an entity may be in the topic."""
        if self.kinds and not {entity.label.lower(), entity.properties.get("kind")} & {*self.kinds}:
            return False
        return entity.label not in LEFT_OUT and self.allows_as_seed(entity)

    def allows_as_seed(self, entity: Entity) -> bool:
        """Tell whether an entity that words found may be a seed: of any kind."""
        return entity.id not in self.barred and (
            entity.label != "Paper"
            or is_within(str(entity.properties.get("published", "")), self.since, self.until)
        )
