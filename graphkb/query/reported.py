"""Numbers that papers report, each with its sentence, paper, subject and what it was against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphkb.query.metric import comparable_value, metric_key, scale
from graphkb.query.stated import sentence

if TYPE_CHECKING:
    from graphkb.model.graph import Edge, Entity, Graph
    from graphkb.store.protocol import Store

__all__ = ["Reported", "reported_in", "reported_of", "reported_on"]


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
    paper, title : str
        The id and title of the paper that reports it.
    published : str or None
        The paper's date.
    quoted : bool
        False where the sentence is of a summary, and none of the paper's own.
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
    paper: str
    title: str
    published: str | None
    quoted: bool
    sentence: str

    @property
    def metric_key(self) -> str | None:
        """The metric in one spelling; None where the sentence names none."""
        return metric_key(self.metric)

    @property
    def scale(self) -> str:
        """What two numbers of a metric must have in common."""
        return scale(self.metric_key, self.unit, self.value)

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
    return _reported(store, "MATCH (n:Benchmark {id: $id}) MATCH (x:Result)-[:ON]->(n) ", benchmark)


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
    near = f"MATCH (n:{subject.label} {{id: $id}}) MATCH (x:Result)-[:OF]->(n) "
    return _reported(store, near, subject.id)


_ENDS_OF_RESULTS = ("ON", "OF", "AGAINST")
# Columns, not whole edges: on a popular benchmark there are thousands.
_COLUMNS = (
    "MATCH (p:Paper)-[r:REPORTS]->(x) RETURN x.id AS id, x.value_text AS text, x.value AS value, "
    "x.unit AS unit, x.metric AS metric, x.reading AS reading, x.direction AS direction, "
    "x.setting AS setting, p.id AS paper, p.title AS title, p.published AS published, "
    "coalesce(p.summary, false) AS summary, coalesce(r.evidence, r.reason, '') AS sentence "
    "ORDER BY id, paper"
)
_ENDS = (
    "UNWIND $ids AS id MATCH (x:Result {{id: id}}) MATCH (x)-[:{}]->(n) "
    "RETURN id, n.id AS other ORDER BY id, other"
)


def _reported(store: Store, near: str, id_: str) -> tuple[Reported, ...]:
    rows = list(store.cypher(near + _COLUMNS, {"id": id_}).as_dicts())
    ids = list(dict.fromkeys(row["id"] for row in rows))
    ends = {type_: _ends(store, type_, ids) for type_ in _ENDS_OF_RESULTS}
    known = store.entities_by_id(
        sorted({end for by_id in ends.values() for found in by_id.values() for end in found})
    )
    papers = sorted(id_ for id_, entity in known.items() if entity.label == "Paper")
    introducing = {edge.start for edge in store.edges_out("Paper", papers, ["INTRODUCES"])}
    found: dict[str, Reported] = {}
    for row in rows:
        on, of, against = (
            tuple(known[end] for end in ends[type_].get(row["id"], ()))
            for type_ in _ENDS_OF_RESULTS
        )
        subject = _subject(of, introducing)
        number = Reported(
            row["id"],
            row["text"],
            row["value"],
            row["unit"],
            row["metric"],
            row["reading"] or "absolute",
            row["direction"],
            row["setting"],
            on[0] if on else None,
            subject,
            against,
            row["paper"],
            row["title"],
            row["published"],
            not row["summary"],
            row["sentence"],
        )
        found.setdefault(number.id, number)
    return tuple(found.values())


def reported_in(graph: Graph, known: Mapping[str, Entity]) -> tuple[Reported, ...]:
    """Return every number of a graph in memory, as the stores' are returned.

    Parameters
    ----------
    graph : Graph
        With results, their edges, and INTRODUCES of the papers that report them.
    known : mapping of str to Entity
        Papers by id: those that report, whether they are in the graph or not.

    Returns
    -------
    tuple of Reported
        By id; without results of which no paper or no figure is known.
    """
    ends: dict[tuple[str, str], list[Entity]] = defaultdict(list)
    reports: dict[str, Edge] = {}
    introducing = set()
    for edge in graph.edges.values():
        if edge.type == "REPORTS":
            reports.setdefault(edge.end, edge)
        elif edge.type in _ENDS_OF_RESULTS and edge.end in graph.entities:
            ends[edge.start, edge.type].append(graph.entities[edge.end])
        elif edge.type == "INTRODUCES":
            introducing.add(edge.start)
    found = []
    for id_, edge in sorted(reports.items()):
        held = graph.entities.get(id_)
        paper = known.get(edge.start)
        value = held.properties.get("value") if held is not None else None
        if held is None or paper is None or not isinstance(value, int | float):
            continue
        on, of, against = (tuple(ends[id_, type_]) for type_ in _ENDS_OF_RESULTS)
        found.append(
            Reported(
                id_,
                str(held.properties.get("value_text", held.name)),
                value,
                _text(held, "unit"),
                _text(held, "metric"),
                _text(held, "reading") or "absolute",
                _text(held, "direction"),
                _text(held, "setting"),
                on[0] if on else None,
                _subject(of, introducing),
                against,
                paper.id,
                paper.name,
                _text(paper, "published"),
                not paper.properties.get("summary"),
                sentence(edge) or "",
            )
        )
    return tuple(found)


def _text(entity: Entity, name: str) -> str | None:
    value = entity.properties.get(name)
    return None if value is None else str(value)


def _subject(of: Sequence[Entity], introducing: Collection[str]) -> Entity | None:
    """Whose number it is.

    A paper that introduces something is the subject only where the sentence tells none.
    """
    subject = of[0] if of else None
    if subject is not None and (subject.id in introducing or subject.label == "Benchmark"):
        return None
    return subject


def _ends(store: Store, type_: str, ids: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for start, end in store.cypher(_ENDS.format(type_), {"ids": list(ids)}).rows:
        found[start].append(end)
    return found
