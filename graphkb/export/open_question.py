"""What a graph in memory leaves open: the notions of the named queries, on plain edges."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from graphkb.model.graph import Edge, Entity
from graphkb.model.schema import ARTEFACT_LABELS
from graphkb.query.order import by_support

__all__ = ["Gap", "contradictions", "gaps", "never_introduced"]


@dataclass(frozen=True, slots=True)
class Gap:
    """A benchmark on which kin of a method are evaluated, and it is not.

    Parameters
    ----------
    method, benchmark : Entity
        The two.
    kin : tuple of Entity
        What extends the same, or is used beside it in a paper, and is evaluated on the benchmark;
        the better supported first.
    """

    method: Entity
    benchmark: Entity
    kin: tuple[Entity, ...]


def gaps(
    entities: Mapping[str, Entity], edges: Iterable[Edge], of: Collection[str]
) -> tuple[Gap, ...]:
    """Find where methods are not evaluated though their kin are.

    The notion of the named query ``gaps``, on a graph in memory.

    Parameters
    ----------
    entities : mapping of str to Entity
        By id.
    edges : iterable of Edge
        Of which EXTENDS, USES and EVALUATED_ON count.
    of : collection of str
        The ids of the methods and models that are asked about.

    Returns
    -------
    tuple of Gap
        Those of most kin first.
    """
    parents: dict[str, set[str]] = defaultdict(set)
    beside: dict[tuple[str, str], set[str]] = defaultdict(set)
    measured: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        if edge.type == "EXTENDS":
            parents[edge.end].add(edge.start)
        elif edge.type == "USES":
            beside[edge.start, edge.paper].add(edge.end)
        elif edge.type == "EVALUATED_ON":
            measured[edge.start].add(edge.end)
    kin: dict[str, set[str]] = defaultdict(set)
    for group in (*parents.values(), *beside.values()):
        for id_ in group & set(of):
            kin[id_] |= group - {id_}
    found = []
    for id_, near in kin.items():
        if id_ not in entities or entities[id_].label not in ("Method", "Model"):
            continue
        on: dict[str, list[Entity]] = defaultdict(list)
        for other in near:
            if other in entities and entities[other].label in ARTEFACT_LABELS:
                for benchmark in measured.get(other, set()) - measured.get(id_, set()):
                    on[benchmark].append(entities[other])
        found += [
            Gap(entities[id_], entities[benchmark], tuple(sorted(others, key=by_support)))
            for benchmark, others in on.items()
            if benchmark in entities
        ]
    return tuple(sorted(found, key=_most_kin_first))


def _most_kin_first(gap: Gap) -> tuple[object, ...]:
    return (-len(gap.kin), by_support(gap.benchmark), by_support(gap.method))


def never_introduced(entities: Iterable[Entity], edges: Iterable[Edge]) -> tuple[Entity, ...]:
    """Find what papers name, and none introduces nor the catalogue knows.

    The notion of the named query ``never-introduced``, on a graph in memory.

    Parameters
    ----------
    entities : iterable of Entity
        Of which methods, models and benchmarks count.
    edges : iterable of Edge
        Of which INTRODUCES count.

    Returns
    -------
    tuple of Entity
        The better supported first; without names that mean several things.
    """
    introduced = {edge.end for edge in edges if edge.type == "INTRODUCES"}
    return tuple(
        sorted(
            (
                entity
                for entity in entities
                if entity.label in ARTEFACT_LABELS
                and entity.id not in introduced
                and not entity.properties.get("curated")
                and not entity.properties.get("ambiguous")
            ),
            key=by_support,
        )
    )


def contradictions(edges: Iterable[Edge]) -> Iterator[tuple[Edge, Edge]]:
    """Yield pairs of statements of which each says that its own is better than the other's.

    The notion of the named query ``contradicting-claims``, on a graph in memory.

    Parameters
    ----------
    edges : iterable of Edge
        Of which OUTPERFORMS count.

    Yields
    ------
    tuple of Edge
        The one whose start has the smaller id first; a pair of things once.
    """
    claims: dict[tuple[str, str], Edge] = {}
    for edge in sorted(edges, key=lambda edge: edge.key):
        if edge.type == "OUTPERFORMS":
            claims.setdefault((edge.start, edge.end), edge)
    for (start, end), edge in claims.items():
        if start < end and (end, start) in claims:
            yield edge, claims[end, start]
