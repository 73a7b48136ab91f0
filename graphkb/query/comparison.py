"""Two things side by side: what they are, share and differ in, and what is said of the two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphkb.errors import QueryError
from graphkb.model.schema import ARTEFACT_LABELS
from graphkb.query.describe import Statement
from graphkb.query.kind import one_of
from graphkb.query.lineage import LINEAGE_TYPES
from graphkb.query.order import by_support
from graphkb.query.reported import Reported, reported_of
from graphkb.query.resolve import resolve_first
from graphkb.query.stated import Stated

if TYPE_CHECKING:
    from graphkb.model.graph import Edge, Entity
    from graphkb.store.protocol import Store

__all__ = ["Aspect", "Common", "Comparison", "Direct", "Profile", "SideBySide", "compare"]

_LABELS = (*ARTEFACT_LABELS, "Paper")
_LINE = "descends from"
_MOST_STEPS = 8
_DIRECT = (
    *("OUTPERFORMS", "COMPARED_WITH", "EXTENDS", "GENERALIZES", "USES", "CRITIQUES", "ANALYZES"),
    *("EVALUATED_ON", "SURVEYS", "INTRODUCES", "CITES"),
)
# Name: of which labels, whether the edges lead out of the thing, and their types.
_ASPECTS: Mapping[str, tuple[tuple[str, ...], bool, tuple[str, ...]]] = {
    "uses": (_LABELS, True, ("USES",)),
    "evaluated on": (_LABELS, True, ("EVALUATED_ON",)),
    "applied to": (_LABELS, True, ("APPLIED_TO",)),
    "evaluates": (("Benchmark",), False, ("EVALUATED_ON",)),
    "introduces": (("Paper",), True, ("INTRODUCES",)),
    "names": (("Paper",), True, ("MENTIONS",)),
    "cites": (("Paper",), True, ("CITES",)),
    "written by": (("Paper",), True, ("AUTHORED_BY",)),
}


@dataclass(frozen=True, slots=True)
class Profile:
    """One of the two.

    Parameters
    ----------
    entity : Entity
        What it is, with its support.
    introduced : tuple of Statement
        The papers that introduce it, the earliest first, with the sentence or the curated line.
    descends : int or None
        How many steps of EXTENDS and GENERALIZES lead from it to the other; None where none do.
    """

    entity: Entity
    introduced: tuple[Statement, ...]
    descends: int | None


@dataclass(frozen=True, slots=True)
class Common:
    """Something that both have.

    Parameters
    ----------
    entity : Entity
        What it is.
    steps : tuple of int
        Of an ancestor: the steps to it from the one and from the other; else empty.
    """

    entity: Entity
    steps: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Aspect:
    """What both have of one kind, and what only one of them has.

    Parameters
    ----------
    name : str
        descends from, uses, evaluated on, applied to, evaluates; of papers introduces, names,
        cites, written by.
    both : tuple of Common
        By steps, then by support, then by name.
    only : tuple of (tuple of Entity, tuple of Entity)
        What only the first has, and what only the second has.
    """

    name: str
    both: tuple[Common, ...]
    only: tuple[tuple[Entity, ...], tuple[Entity, ...]]


@dataclass(frozen=True, slots=True)
class Direct:
    """A statement that joins the two.

    Parameters
    ----------
    said : Stated
        The edge, with its paper.
    outgoing : bool
        True where it leads from the first to the second.
    on : Entity or None
        Of OUTPERFORMS: the benchmark that the sentence names.
    contradicted : bool
        True where another paper, or sentence, states the opposite on the same benchmark, or one
        of the two names none.
    """

    said: Stated
    outgoing: bool
    on: Entity | None = None
    contradicted: bool = False


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Their numbers on one benchmark that may be compared: one metric, reading and unit.

    Parameters
    ----------
    benchmark : Entity
        The benchmark.
    metric, reading, scale : str
        What the numbers have in common.
    direction : str or None
        Which way is better, where all that say so agree.
    values : tuple of (tuple of Reported, tuple of Reported)
        Those of the first and those of the second, by date.
    """

    benchmark: Entity
    metric: str
    reading: str
    scale: str
    direction: str | None
    values: tuple[tuple[Reported, ...], tuple[Reported, ...]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two things side by side.

    Parameters
    ----------
    one, other : Profile
        The two.
    direct : tuple of Direct
        What is said of one against the other.
    margins : tuple of Reported
        Numbers of the one that are measured against the other, by date.
    aspects : tuple of Aspect
        What they share and differ in; kinds of which neither has any are left out.
    results : tuple of SideBySide
        By the benchmark's name.
    papers : tuple of Entity
        Papers that state something of both, the newest first.
    more_papers : int
        How many of them the limit left out.
    """

    one: Profile
    other: Profile
    direct: tuple[Direct, ...]
    margins: tuple[Reported, ...]
    aspects: tuple[Aspect, ...]
    results: tuple[SideBySide, ...]
    papers: tuple[Entity, ...]
    more_papers: int


def compare(store: Store, one: str, other: str, *, limit: int = 20) -> Comparison:
    """Put two methods, models, benchmarks or papers side by side.

    Parameters
    ----------
    store : Store
        Where to look.
    one, other : str
        Names, as :func:`graphkb.query.resolve.resolve` takes them.
    limit : int
        Most papers that state both.

    Returns
    -------
    Comparison
        What they are, share and differ in.

    Raises
    ------
    NotFoundError
        Nothing is called so.
    QueryError
        Both names mean one thing, or one is an author, a task or the like.

    Examples
    --------
    >>> import graphkb
    >>> with graphkb.open(":memory:") as kb:
    ...     _ = kb.load("sample:")
    ...     found = compare(kb.store, "GRPO", "PPO")
    >>> found.one.descends, found.other.descends
    (1, None)
    """
    pair = tuple(_comparable(store, name) for name in (one, other))
    first, second = pair
    if first.id == second.id:
        raise QueryError(f"{one} and {other} are both {first.id}", remedy="name two things")
    above = tuple(_ancestors(store, entity) for entity in pair)
    numbers = tuple(reported_of(store, entity) for entity in pair)
    measured = tuple({n.benchmark.id for n in known if n.benchmark} for known in numbers)
    papers = _stating_both(store, pair)
    return Comparison(
        Profile(first, _introduced(store, first), above[0].get(second.id)),
        Profile(second, _introduced(store, second), above[1].get(first.id)),
        _direct(store, first, second),
        _margins(first, second, numbers),
        _aspects(store, pair, above, measured),
        _side_by_side(numbers),
        papers[:limit],
        max(len(papers) - limit, 0),
    )


def _comparable(store: Store, name: str) -> Entity:
    found = resolve_first(store, name, ARTEFACT_LABELS)
    if found.label not in _LABELS:
        raise QueryError(
            f"{found.name} is {one_of(found.label)}",
            remedy="compare methods, models, benchmarks or papers",
        )
    return found


def _introduced(store: Store, entity: Entity) -> tuple[Statement, ...]:
    edges = list(store.edges_in(entity.label, [entity.id], ["INTRODUCES"]))
    papers = store.entities_by_id(edge.start for edge in edges)
    found = [Statement(e, False, papers[e.start], papers.get(e.paper)) for e in edges]
    return tuple(sorted(found, key=lambda s: (str(_published(s.other) or "9"), s.other.id)))


def _published(paper: Entity) -> str | None:
    found = paper.properties.get("published")
    return None if found is None else str(found)


def _ancestors(store: Store, entity: Entity) -> dict[str, int]:
    """The steps to everything that it descends from, level by level: cycles end by themselves."""
    found: dict[str, int] = {}
    level = {entity.id: entity.label}
    for steps in range(1, _MOST_STEPS + 1):
        by_label: dict[str, list[str]] = defaultdict(list)
        for id_, label in sorted(level.items()):
            by_label[label].append(id_)
        level = {
            edge.end: edge.end_label
            for label, ids in by_label.items()
            for edge in store.edges_out(label, ids, LINEAGE_TYPES)
            if edge.end not in found and edge.end != entity.id
        }
        found |= dict.fromkeys(level, steps)
        if not level:
            break
    return found


def _direct(store: Store, one: Entity, other: Entity) -> tuple[Direct, ...]:
    edges = [
        edge
        for start, end in ((one, other), (other, one))
        for edge in store.edges_out(start.label, [start.id], _DIRECT)
        if edge.end == end.id
    ]
    on = {str(edge.properties["on"]) for edge in edges if edge.properties.get("on")}
    known = store.entities_by_id(sorted({*(edge.paper for edge in edges), *on}))
    better = [edge for edge in edges if edge.type == "OUTPERFORMS"]
    return tuple(
        Direct(
            Stated(edge, known.get(edge.paper)),
            edge.start == one.id,
            known.get(str(edge.properties.get("on"))),
            edge.type == "OUTPERFORMS" and any(_opposed(edge, said) for said in better),
        )
        for edge in sorted(edges, key=_by_type_and_date)
    )


def _by_type_and_date(edge: Edge) -> tuple[object, ...]:
    return (_DIRECT.index(edge.type), str(edge.properties.get("stated") or "9"), edge.key)


def _opposed(one: Edge, other: Edge) -> bool:
    on = {one.properties.get("on"), other.properties.get("on")}
    return one.start == other.end and (len(on) == 1 or None in on)


def _margins(
    one: Entity, other: Entity, numbers: tuple[tuple[Reported, ...], ...]
) -> tuple[Reported, ...]:
    found = [
        number
        for known, rival in zip(numbers, (other, one), strict=True)
        for number in known
        if any(baseline.id == rival.id for baseline in number.against)
    ]
    return tuple(sorted(found, key=lambda n: (n.published or "9", n.paper, n.id)))


def _aspects(
    store: Store,
    pair: tuple[Entity, ...],
    above: tuple[Mapping[str, int], ...],
    measured: tuple[set[str], ...],
) -> tuple[Aspect, ...]:
    ids: dict[str, tuple[set[str], ...]] = {_LINE: tuple({*known} for known in above)}
    for name, (labels, outgoing, types) in _ASPECTS.items():
        ids[name] = tuple(
            _neighbours(store, entity, types, outgoing=outgoing)
            if entity.label in labels
            else set()
            for entity in pair
        )
    ids["evaluated on"] = tuple(
        known | on for known, on in zip(ids["evaluated on"], measured, strict=True)
    )
    own = {entity.id for entity in pair}
    known = store.entities_by_id(
        sorted({id_ for sides in ids.values() for s in sides for id_ in s})
    )
    found = []
    for name, (one, other) in ids.items():
        if not one | other:
            continue
        steps = {id_: (above[0][id_], above[1][id_]) for id_ in one & other if name == _LINE}
        both = [Common(known[id_], steps.get(id_, ())) for id_ in one & other]
        found.append(
            Aspect(
                name,
                tuple(sorted(both, key=lambda c: (sum(c.steps), *by_support(c.entity)))),
                (
                    _sorted(known[i] for i in one - other - own),
                    _sorted(known[i] for i in other - one - own),
                ),
            )
        )
    return tuple(found)


def _neighbours(
    store: Store, entity: Entity, types: tuple[str, ...], *, outgoing: bool
) -> set[str]:
    # Not by edges_in: a hub's edges are many, and only their other ends count.
    pattern = "(n)-[:{0}]->(m)" if outgoing else "(m)-[:{0}]->(n)"
    rows = store.cypher(
        f"MATCH (n:{entity.label} {{id: $id}}) MATCH {pattern.format('|'.join(types))} "
        "WITH DISTINCT m.id AS id RETURN id ORDER BY id",
        {"id": entity.id},
    )
    return {row[0] for row in rows.rows}


def _sorted(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    return tuple(sorted(entities, key=by_support))


def _side_by_side(numbers: tuple[tuple[Reported, ...], ...]) -> tuple[SideBySide, ...]:
    grouped: dict[tuple[str, str, str, str], tuple[list[Reported], list[Reported]]] = {}
    for side, known in enumerate(numbers):
        for number in known:
            key = number.metric_key
            if key is not None and number.benchmark is not None:
                common = (number.benchmark.id, key, number.reading, number.scale)
                grouped.setdefault(common, ([], []))[side].append(number)
    found = []
    for (_, key, reading, scale), sides in grouped.items():
        # Gains over different baselines say nothing of each other.
        one, other = sides if reading == "absolute" else _of_one_baseline(*sides)
        if not one or not other:
            continue
        told = {number.direction for number in (*one, *other)} - {None}
        benchmark = one[0].benchmark
        assert benchmark is not None  # noqa: S101 - for the type checker
        values = (_by_date(one), _by_date(other))
        direction = told.pop() if len(told) == 1 else None
        found.append(SideBySide(benchmark, key, reading, scale, direction, values))
    found.sort(
        key=lambda f: (f.benchmark.name.casefold(), f.benchmark.id, f.metric, f.reading, f.scale)
    )
    return tuple(found)


def _of_one_baseline(
    one: list[Reported], other: list[Reported]
) -> tuple[list[Reported], list[Reported]]:
    bases = [{baseline.id for n in side for baseline in n.against} for side in (one, other)]
    common = bases[0] & bases[1]

    def kept(side: list[Reported]) -> list[Reported]:
        return [n for n in side if any(baseline.id in common for baseline in n.against)]

    return kept(one), kept(other)


def _by_date(numbers: Iterable[Reported]) -> tuple[Reported, ...]:
    return tuple(sorted(numbers, key=lambda n: (n.published or "9", n.paper, n.id)))


def _stating_both(store: Store, pair: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """The loaded papers with a statement of each."""
    stating = []
    for entity in pair:
        papers: set[str] = {entity.id} if entity.label == "Paper" else set()
        for pattern in ("(m)-[r]->(n)", "(n)-[r]->(m)"):
            rows = store.cypher(
                f"MATCH (n:{entity.label} {{id: $id}}) MATCH {pattern} "
                "WITH DISTINCT r.paper AS paper RETURN paper ORDER BY paper",
                {"id": entity.id},
            )
            papers.update(row[0] for row in rows.rows if row[0])
        stating.append(papers)
    found = [
        paper
        for paper in store.entities_by_id(sorted(stating[0] & stating[1])).values()
        if paper.label == "Paper" and not paper.properties.get("stub")
    ]
    found.sort(key=lambda paper: paper.id)
    found.sort(key=lambda paper: _published(paper) or "", reverse=True)
    return tuple(found)
