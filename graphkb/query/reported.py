"""Numbers that papers report, each with its sentence, paper, subject and what it was against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphkb.query.metric import comparable_value, metric_key, scale

if TYPE_CHECKING:
    from graphkb.model.graph import Edge, Entity
    from graphkb.store.protocol import Store

__all__ = ["Reported", "reported_of", "reported_on"]


@dataclass(frozen=True, slots=True)
class Reported:
    """A number with everything that a reader needs to judge it.

    Parameters
    ----------
    id : str
        The Result's id.
    text : str
        The number as written.
    value : float
        The figure.
    unit, metric, reading, direction, setting : str or None
        As the graph has them.
    benchmark : Entity or None
        On what it was measured.
    subject : Entity or None
        Whose number it is: a method, a model, or the paper where it introduces nothing; None
        where the sentence does not say.
    against : tuple of Entity
        The baselines.
    paper : Entity
        Who reports it.
    sentence : str
        The whole sentence.
    """

    id: str
    text: str
    value: float
    unit: str | None
    metric: str | None
    reading: str
    direction: str | None
    setting: str | None
    benchmark: Entity | None
    subject: Entity | None
    against: tuple[Entity, ...]
    paper: Entity
    sentence: str

    @property
    def published(self) -> str | None:
        """The paper's date."""
        found = self.paper.properties.get("published")
        return None if found is None else str(found)

    @property
    def quoted(self) -> bool:
        """False where the sentence is of a summary, and none of the paper's own."""
        return not self.paper.properties.get("summary")

    @property
    def metric_key(self) -> str | None:
        """The metric in one spelling; None where the sentence names none."""
        return metric_key(self.metric)

    @property
    def scale(self) -> str:
        """What two numbers of a metric must have in common."""
        return scale(self.metric_key, self.unit)

    @property
    def comparable(self) -> float:
        """The value on that scale."""
        return comparable_value(self.value, self.metric_key, self.unit)


def reported_on(store: Store, benchmark: str) -> tuple[Reported, ...]:
    """Return every number on a benchmark.

    Parameters
    ----------
    store : Store
        Where to look.
    benchmark : str
        Its id.

    Returns
    -------
    tuple of Reported
        By id.
    """
    return _reported(store, (e.start for e in store.edges_in("Benchmark", [benchmark], ["ON"])))


def reported_of(store: Store, subject: Entity) -> tuple[Reported, ...]:
    """Return every number of a subject.

    Parameters
    ----------
    store : Store
        Where to look.
    subject : Entity
        A method, a model or a paper.

    Returns
    -------
    tuple of Reported
        By id.
    """
    return _reported(store, (e.start for e in store.edges_in(subject.label, [subject.id], ["OF"])))


def _reported(store: Store, ids: Iterable[str]) -> tuple[Reported, ...]:
    entities, edges = store.neighbourhood(ids)
    others = store.entities_by_id(
        sorted({end for edge in edges for end in (edge.start, edge.end) if end[:7] != "result:"})
    )
    touching: dict[str, dict[str, list[Edge]]] = defaultdict(lambda: defaultdict(list))
    for edge in sorted(edges, key=lambda edge: edge.key):
        touching[edge.end if edge.type == "REPORTS" else edge.start][edge.type].append(edge)
    saying = {e.start for edges in touching.values() for e in edges["REPORTS"]}
    introducing = {e.start for e in store.edges_out("Paper", sorted(saying), ["INTRODUCES"])}
    found = [
        _one(entity, touching[entity.id], others, introducing)
        for entity in sorted(entities, key=lambda entity: entity.id)
        if entity.label == "Result" and touching[entity.id]["REPORTS"]
    ]
    return tuple(found)


def _one(
    result: Entity,
    edges: Mapping[str, list[Edge]],
    others: Mapping[str, Entity],
    introducing: set[str],
) -> Reported:
    known = result.properties
    reports = edges["REPORTS"][0]

    def ends(type_: str) -> tuple[Entity, ...]:
        return tuple(others[edge.end] for edge in edges.get(type_, ()))

    def told(name: str) -> str | None:
        return None if known.get(name) is None else str(known[name])

    subject = next(iter(ends("OF")), None)
    # A paper that introduces something stands for it only where nobody said of what the number is.
    if subject is not None and (subject.id in introducing or subject.label == "Benchmark"):
        subject = None
    return Reported(
        result.id,
        str(known.get("value_text", result.name)),
        float(known["value"]),  # type: ignore[arg-type] # a list it never is
        told("unit"),
        told("metric"),
        str(known.get("reading", "absolute")),
        told("direction"),
        told("setting"),
        next(iter(ends("ON")), None),
        subject,
        ends("AGAINST"),
        others[reports.start],
        str(reports.properties.get("evidence") or reports.properties.get("reason") or ""),
    )
