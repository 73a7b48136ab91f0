"""What is like a thing: by the neighbours that both have, the common ones counting for little."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from graphkb.errors import QueryError
from graphkb.model.schema import ARTEFACT_LABELS
from graphkb.query.lineage import LINEAGE_TYPES
from graphkb.query.order import by_support
from graphkb.query.resolve import resolve_first

if TYPE_CHECKING:
    from graphkb.model.graph import Entity
    from graphkb.store.protocol import Store

__all__ = ["Reason", "Similar", "Similarity", "similar"]

# How many neighbours of a kind are looked at, and how many ends of their edges.
_NEIGHBOURS = 500
_ENDS = 4_000
_CANDIDATES = 200
# Added to how many name a thing: of what one paper names alone, little is known.
_PLUS = 4


class _Kind(NamedTuple):
    """A kind of neighbour: how it is joined, what it weighs, and how both having it reads."""

    phrase: str
    types: tuple[str, ...]
    outgoing: bool
    weight: float


_NAMING = ("INTRODUCES", "MENTIONS")
_RIVALRY = ("OUTPERFORMS", "COMPARED_WITH")
_OF_ARTEFACTS = (
    _Kind("both extend", LINEAGE_TYPES, True, 3.0),
    _Kind("both are extended by", LINEAGE_TYPES, False, 2.0),
    _Kind("both use", ("USES",), True, 1.0),
    _Kind("both are used by", ("USES",), False, 0.5),
    _Kind("both are compared with", _RIVALRY, True, 1.0),
    _Kind("both are compared with", _RIVALRY, False, 1.0),
    _Kind("both are evaluated on", ("EVALUATED_ON",), True, 1.0),
    _Kind("both are applied to", ("APPLIED_TO",), True, 1.0),
    _Kind("both are named by", _NAMING, False, 0.5),
)
_KINDS = {
    "Method": _OF_ARTEFACTS,
    "Model": _OF_ARTEFACTS,
    "Benchmark": (
        _Kind("both extend", LINEAGE_TYPES, True, 3.0),
        _Kind("both are extended by", LINEAGE_TYPES, False, 2.0),
        _Kind("both evaluate", ("EVALUATED_ON",), False, 1.0),
        _Kind("both are used by", ("USES",), False, 1.0),
        _Kind("both are applied to", ("APPLIED_TO",), True, 1.0),
        _Kind("both are named by", _NAMING, False, 0.5),
    ),
    "Paper": (
        _Kind("both cite", ("CITES",), True, 1.0),
        _Kind("both are cited by", ("CITES",), False, 1.0),
        _Kind("both name", _NAMING, True, 1.0),
    ),
    "Task": (
        _Kind("both have", ("APPLIED_TO",), False, 1.0),
        _Kind("both are named by", ("MENTIONS",), False, 0.5),
    ),
}
# What joins the two without anything between them.
_JOINED = {
    ("EXTENDS", True): ("extends it", 3.0),
    ("EXTENDS", False): ("is extended by it", 3.0),
    ("GENERALIZES", True): ("generalizes it", 3.0),
    ("GENERALIZES", False): ("is generalized by it", 3.0),
    ("OUTPERFORMS", True): ("is reported better than it", 1.0),
    ("OUTPERFORMS", False): ("is reported worse than it", 1.0),
    ("COMPARED_WITH", True): ("is compared with it", 1.0),
    ("COMPARED_WITH", False): ("is compared with it", 1.0),
    ("CITES", True): ("cites it", 1.0),
    ("CITES", False): ("is cited by it", 1.0),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two things are alike.

    Parameters
    ----------
    phrase : str
        How it reads: "both extend", "is reported better than it".
    shared : tuple of Entity
        What both have, that which few others have first; empty where an edge joins the two.
    weight : float
        What it adds to the score.
    """

    phrase: str
    shared: tuple[Entity, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Similar:
    """A thing that is like another.

    Parameters
    ----------
    entity : Entity
        The thing.
    score : float
        The sum over what both have, see :func:`similar`.
    reasons : tuple of Reason
        The weightiest first.
    """

    entity: Entity
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Similarity:
    """What is like a thing.

    Parameters
    ----------
    entity : Entity
        The thing.
    found : tuple of Similar
        The most alike first.
    unseen : int
        How many of its neighbours were not followed: they are hubs, that say little, or the
        thing is one.
    """

    entity: Entity
    found: tuple[Similar, ...]
    unseen: int


def similar(store: Store, name: str, *, limit: int = 20) -> Similarity:
    """Find what is most like a method, model, benchmark, paper or task.

    Two things of one label are the more alike the more neighbours they share: what they extend,
    use and are evaluated on, what uses and names them, what papers cite and what cites them
    (bibliographic coupling and co-citation). A shared neighbour counts for the reciprocal of the
    logarithm of how many things have it, as Adamic and Adar weigh it: what everybody uses says
    next to nothing. Where the neighbours are what uses, names or cites a thing, the sum is
    divided by the square root of how many do so (and four more: of what hardly anything names
    little is known), as in Salton's cosine: what everything names is not like everything. An edge
    between the two counts, too.

    Parameters
    ----------
    store : Store
        Where to look.
    name : str
        Its name, as :func:`graphkb.query.resolve.resolve` takes it.
    limit : int
        Most answers.

    Returns
    -------
    Similarity
        Each with its reasons, the same for the same graph.

    Raises
    ------
    NotFoundError
        Nothing is called so.
    QueryError
        It is an author, a repository or the like.

    References
    ----------
    Adamic, Adar: Friends and neighbors on the Web. Social Networks 25(3), 2003.
    Kessler: Bibliographic coupling between scientific papers. American Documentation 14(1), 1963.
    Small: Co-citation in the scientific literature. JASIS 24(4), 1973.
    Salton, McGill: Introduction to Modern Information Retrieval, 1983, chapter 4.

    Examples
    --------
    >>> import graphkb
    >>> with graphkb.open(":memory:") as kb:
    ...     _ = kb.load("sample:")
    ...     found = similar(kb.store, "PPO", limit=1).found
    >>> found[0].entity.name, found[0].reasons[0].phrase
    ('GRPO', 'extends it')
    """
    entity = resolve_first(store, name, ARTEFACT_LABELS)
    if entity.label not in _KINDS:
        raise QueryError(
            f"{entity.name} is of the kind {entity.label.lower()}",
            remedy=f"name one of these: {', '.join(_KINDS).lower()}",
        )
    shares = _Shares()
    unseen = _share(store, entity, shares)
    _join(store, entity, shares)
    likely = shares.likely()
    known = store.entities_by_id(likely)
    asked = _asked_for(store, entity.label, likely)
    scored = [
        (shares.score(id_, math.sqrt(asked.get(id_, 0) + _PLUS)), known[id_]) for id_ in likely
    ]
    scored.sort(key=lambda pair: (-pair[0], *by_support(pair[1])))
    chosen = scored[:limit]
    shared = store.entities_by_id(sorted({n for _, c in chosen for n in shares.between(c.id)}))
    found = tuple(Similar(c, score, shares.reasons(c.id, shared)) for score, c in chosen)
    return Similarity(entity, found, unseen)


class _Shared(NamedTuple):
    """What a candidate shares: by which phrase, what it is, and what it weighs."""

    phrase: str
    between: str
    weight: float
    incoming: bool


class _Shares:
    """What the candidates share with the thing."""

    def __init__(self) -> None:
        self._found: dict[str, list[_Shared]] = defaultdict(list)
        self._joined: dict[str, dict[str, float]] = defaultdict(dict)

    def add(self, candidate: str, shared: _Shared) -> None:
        self._found[candidate].append(shared)

    def join(self, candidate: str, phrase: str, weight: float) -> None:
        self._joined[candidate][phrase] = weight

    def likely(self) -> list[str]:
        """The best of them before the damping, which takes a look at each."""
        candidates = {*self._found, *self._joined}
        return sorted(candidates, key=lambda id_: (-self.score(id_, 1.0), id_))[:_CANDIDATES]

    def score(self, candidate: str, damping: float) -> float:
        told = math.fsum(
            shared.weight / (damping if shared.incoming else 1.0)
            for shared in self._found.get(candidate, ())
        )
        # "extends it" and "is reported better than it" are one tie, not two.
        return round(told + max(self._joined.get(candidate, {}).values(), default=0.0), 6)

    def between(self, candidate: str) -> Iterable[str]:
        return (shared.between for shared in self._found.get(candidate, ()))

    def reasons(self, candidate: str, entities: Mapping[str, Entity]) -> tuple[Reason, ...]:
        by_phrase: dict[str, dict[str, float]] = defaultdict(dict)
        for shared in self._found.get(candidate, ()):
            by_phrase[shared.phrase][shared.between] = shared.weight
        found = [
            Reason(phrase, (), weight) for phrase, weight in self._joined.get(candidate, {}).items()
        ]
        for phrase, known in by_phrase.items():
            things = sorted(
                (entities[id_] for id_ in known), key=lambda e: (-known[e.id], *by_support(e))
            )
            found.append(Reason(phrase, tuple(things), round(math.fsum(known.values()), 6)))
        return tuple(sorted(found, key=lambda reason: (-reason.weight, reason.phrase)))


def _asked_for(store: Store, label: str, ids: Sequence[str]) -> dict[str, int]:
    """How many edges of the kinds that lead in each thing has."""
    types = sorted({t for kind in _KINDS[label] if not kind.outgoing for t in kind.types})
    rows = store.cypher(
        f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) "
        f"RETURN id, COUNT {{ (n)<-[:{'|'.join(types)}]-() }} AS degree ORDER BY id",
        {"ids": sorted(ids)},
    )
    return dict(rows.rows)


def _share(store: Store, entity: Entity, shares: _Shares) -> int:
    """Follow the thing's neighbours, those with few others first, as far as the bounds allow."""
    found: list[tuple[int, str, str, int]] = []
    unseen = 0
    for at, kind in enumerate(_KINDS[entity.label]):
        near = _neighbours(store, entity, kind)
        unseen += max(len(near) - _NEIGHBOURS, 0)
        found += [(degree, id_, label, at) for id_, label, degree in near[:_NEIGHBOURS]]
    found.sort()
    room = _ENDS
    followed: dict[tuple[int, str], list[str]] = defaultdict(list)
    for degree, id_, label, at in found:
        room -= degree
        if room < 0:
            unseen += 1
        elif degree > 1:
            followed[at, label].append(id_)
    for (at, label), ids in sorted(followed.items()):
        kind = _KINDS[entity.label][at]
        for between, others in _others(store, entity, kind, label, ids):
            # Whoever has it beside the thing itself: it is one of two at least.
            weight = kind.weight / math.log(len(others) + 1)
            for other in others:
                shares.add(other, _Shared(kind.phrase, between, weight, not kind.outgoing))
    return unseen


def _arrow(kind: _Kind, *, from_thing: bool) -> str:
    types = "|".join(kind.types)
    return f"-[:{types}]->" if kind.outgoing == from_thing else f"<-[:{types}]-"


def _neighbours(store: Store, entity: Entity, kind: _Kind) -> list[tuple[str, str, int]]:
    """The ids, labels and degrees of its neighbours of a kind."""
    there, back = _arrow(kind, from_thing=True), _arrow(kind, from_thing=False)
    rows = store.cypher(
        f"MATCH (s:{entity.label} {{id: $id}}) MATCH (s){there}(n) WHERE n.id <> $id "
        f"WITH DISTINCT n ORDER BY n.id LIMIT {_NEIGHBOURS + 1} "
        f"RETURN n.id AS id, labels(n) AS labels, COUNT {{ (n){back}() }} AS degree ORDER BY id",
        {"id": entity.id},
    )
    return [(id_, labels[0], degree) for id_, labels, degree in rows.rows]


def _others(
    store: Store, entity: Entity, kind: _Kind, label: str, ids: Sequence[str]
) -> Iterable[tuple[str, list[str]]]:
    """Each neighbour with the other things that have it."""
    back = _arrow(kind, from_thing=False)
    rows = store.cypher(
        f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) MATCH (n){back}(o:{entity.label}) "
        "WHERE o.id <> $id RETURN DISTINCT n.id AS between, o.id AS other "
        "ORDER BY between, other",
        {"ids": sorted(ids), "id": entity.id},
    )
    found: dict[str, list[str]] = defaultdict(list)
    for between, other in rows.rows:
        found[between].append(other)
    return [pair for pair in found.items() if pair[1]]


def _join(store: Store, entity: Entity, shares: _Shares) -> None:
    """Count what an edge joins to the thing."""
    types = sorted({type_ for type_, _ in _JOINED})
    for there, towards in (("<-[r:{}]-", True), ("-[r:{}]->", False)):
        rows = store.cypher(
            f"MATCH (s:{entity.label} {{id: $id}}) "
            f"MATCH (s){there.format('|'.join(types))}(o:{entity.label}) WHERE o.id <> $id "
            "RETURN DISTINCT o.id AS other, type(r) AS type ORDER BY other, type "
            f"LIMIT {_ENDS}",
            {"id": entity.id},
        )
        for other, type_ in rows.rows:
            phrase, weight = _JOINED[type_, towards]
            shares.join(other, phrase, weight)
