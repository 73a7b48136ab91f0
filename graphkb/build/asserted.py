"""What sources assert, put over what records derive: a pure function of both.

The derived graph is built as if nothing were asserted, and then told of it: what is derived comes
first, what is asserted fills the gaps; lists unite, counters take the maximum, of edges the
strongest counts. Forgetting the source therefore leaves what records derive.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from msgspec import structs

from graphkb.build.claim import strongest
from graphkb.build.decided import Decisions
from graphkb.build.same_paper import same_papers
from graphkb.build.sourced import SourcedAssertion
from graphkb.build.united import common_label, completed, united
from graphkb.build.work import Work
from graphkb.model.asserted_check import joins_fault
from graphkb.model.graph import Edge, EdgeKey, Entity, Value
from graphkb.model.name import id_key
from graphkb.model.schema import relationship_type

__all__ = ["ASSERTED", "Overlaid", "Remark", "overlaid", "with_asserted_support"]

# The rule of an edge that somebody asserts and of which nothing tells why.
ASSERTED = "asserted"
_UNQUOTED = ("catalogue", "record", ASSERTED)
_SUPPORT = ("support", "support_groups")


@dataclass(frozen=True, slots=True)
class Remark:
    """Something asserted that the graph does not hold as asserted.

    Parameters
    ----------
    source : str
        The source that asserts it.
    place : str
        The entity or edge.
    message : str
        What became of it.
    """

    source: str
    place: str
    message: str


@dataclass(frozen=True, slots=True)
class Overlaid:
    """The derived graph with what is asserted.

    Parameters
    ----------
    entities : dict of str to Entity
        By id, with the support that is derived or asserted, whichever is more.
    edges : dict of EdgeKey to Edge
        One a start, type, end and paper.
    remarks : tuple of Remark
        What is not as asserted.
    """

    entities: dict[str, Entity]
    edges: dict[EdgeKey, Edge]
    remarks: tuple[Remark, ...]


def overlaid(
    entities: Mapping[str, Entity],
    edges: Mapping[EdgeKey, Edge],
    asserted: Iterable[SourcedAssertion],
    works: Iterable[Work],
    decisions: Decisions,
) -> Overlaid:
    """Put what is asserted over what is derived.

    Parameters
    ----------
    entities : mapping of str to Entity
        What is derived, by id, papers that are only cited among them.
    edges : mapping of EdgeKey to Edge
        What is derived.
    asserted : iterable of SourcedAssertion
        In any order.
    works : iterable of Work
        The delivered papers.
    decisions : Decisions
        What persons decided.

    Returns
    -------
    Overlaid
        Equal for equal arguments, whatever the order of what is asserted. An end of an edge that
        nobody delivers or asserts is not among the entities.
    """
    told = sorted(asserted, key=lambda one: one.key)
    return _Overlaying(entities, edges, told, tuple(works), decisions).overlaid()


def with_asserted_support(
    counted: Mapping[str, Entity], merged: Mapping[str, Entity]
) -> dict[str, Entity]:
    """Return entities with what is counted or what is asserted as their support, if that is more.

    Parameters
    ----------
    counted : mapping of str to Entity
        With the support that the graph gives.
    merged : mapping of str to Entity
        With the support that is asserted.

    Returns
    -------
    dict
        The entities that were counted.
    """
    found = {}
    for id_, entity in counted.items():
        said = merged[id_].properties if id_ in merged else {}
        more = {
            name: value
            for name in _SUPPORT
            if (value := said.get(name, 0)) > entity.properties.get(name, 0)  # type: ignore[operator]
        }
        properties = {**entity.properties, **more}
        found[id_] = structs.replace(entity, properties=properties) if more else entity
    return found


class _Overlaying:
    """One graph and what is put over it."""

    def __init__(
        self,
        entities: Mapping[str, Entity],
        edges: Mapping[EdgeKey, Edge],
        asserted: Sequence[SourcedAssertion],
        works: Sequence[Work],
        decisions: Decisions,
    ) -> None:
        self._derived = entities
        self._edges = edges
        self._asserted = asserted
        self._decisions = decisions
        papers: dict[str, list[SourcedAssertion]] = defaultdict(list)
        for one in asserted:
            if one.record.entity.label == "Paper":
                papers[one.record.entity.id].append(one)
        delivered = {work.id for work in works}
        stubs = [e for e in entities.values() if e.label == "Paper" and e.id not in delivered]
        self._papers = same_papers(papers, works, stubs, decisions)
        stubs_here = ((stub.id, self._papers[stub.id]) for stub in stubs)
        self._moved = {old: new for old, new in stubs_here if new != old}
        self._remarks: list[Remark] = []
        self._known_as: dict[str, set[str]] = defaultdict(set)
        for identifier, id_ in self._papers.items():
            self._known_as[id_].add(identifier)

    def overlaid(self) -> Overlaid:
        """Merge entities, then edges between them."""
        entities = self._entities()
        stated = (*self._derived_edges(), *self._asserted_edges(entities))
        edges = _agreed(strongest(stated), stated)
        return Overlaid(entities, edges, tuple(self._remarks))

    def _id_of(self, entity: Entity) -> str:
        return self._id(entity.id, entity.label)

    def _id(self, id_: str, label: str) -> str:
        """The id by which the graph knows what a source calls so."""
        return self._papers.get(id_, id_) if label == "Paper" else self._decisions.home(id_)

    # Entities

    def _entities(self) -> dict[str, Entity]:
        found = {id_: entity for id_, entity in self._derived.items() if id_ not in self._moved}
        told: dict[str, list[SourcedAssertion]] = defaultdict(list)
        for one in self._asserted:
            told[self._id_of(one.record.entity)].append(one)
        cited: dict[str, list[Entity]] = defaultdict(list)
        for old, new in sorted(self._moved.items()):
            cited[new].append(self._derived[old])
        for id_, assertions in told.items():
            derived = [*([found[id_]] if id_ in found else ()), *cited.get(id_, ())]
            found[id_] = self._merged(id_, derived, assertions)
        displayed = found.keys()
        for id_ in told:
            former = found[id_].properties.get("former_ids", ())
            kept = tuple(i for i in former if i not in displayed)  # type: ignore[union-attr]
            if kept != former:
                rest = {k: v for k, v in found[id_].properties.items() if k != "former_ids"}
                properties = {**rest, "former_ids": kept} if kept else rest
                found[id_] = structs.replace(found[id_], properties=properties)
        return found

    def _merged(
        self, id_: str, derived: Sequence[Entity], assertions: Sequence[SourcedAssertion]
    ) -> Entity:
        label = derived[0].label if derived else common_label(assertions)
        given: list[Entity] = []
        for one in assertions:
            entity = one.record.entity
            if entity.label == label:
                given.append(completed(entity, one.source))
            else:
                what = f"it is a {label} here, not a {entity.label}; what is said of it is left out"
                self._remarks.append(Remark(one.source, entity.id, what))
        members = [*derived, *given]
        # What somebody delivers comes before what is only cited, and a title before none.
        members.sort(key=lambda e: (e.properties.get("stub") is True, e.name == e.id))
        properties = united(members)
        if label == "Paper":
            others = {e.id for e in members} - {id_}
            if others:
                former = {*properties.get("former_ids", ()), *others} - {id_}  # type: ignore[misc]
                properties["former_ids"] = tuple(sorted(former))
        return Entity(label, id_, properties)

    # Edges

    def _derived_edges(self) -> Iterator[Edge]:
        for edge in self._edges.values():
            if self._moved.keys().isdisjoint((edge.start, edge.end, edge.paper)):
                yield edge
            else:
                now = self._moved.get
                start, end = now(edge.start, edge.start), now(edge.end, edge.end)
                yield structs.replace(edge, start=start, end=end, paper=now(edge.paper, edge.paper))

    def _asserted_edges(self, entities: Mapping[str, Entity]) -> Iterator[Edge]:
        for one in self._asserted:
            for edge in one.record.edges:
                found = self._settled(edge, one.source, entities)
                if found is not None:
                    yield found

    def _settled(self, edge: Edge, source: str, entities: Mapping[str, Entity]) -> Edge | None:
        """An asserted edge between the entities of the graph; None where it cannot be one."""
        start = entities[self._id(edge.start, edge.start_label)]
        end_id = self._id(edge.end, edge.end_label)
        end = entities.get(end_id)
        end_label = end.label if end else edge.end_label
        place = " ".join((edge.start, edge.type, edge.end))
        if end is None and end_label != "Paper":
            self._remarks.append(Remark(source, place, f"nothing is known of {edge.end}"))
            return None
        if fault := joins_fault(relationship_type(edge.type), start.label, end_label):
            self._remarks.append(Remark(source, place, fault))
            return None
        if start.id == end_id and edge.start != edge.end:
            self._remarks.append(Remark(source, place, "both of its ends are one thing here"))
            return None
        paper = self._id(edge.paper, "Paper")
        ends = (start.id, start.label), (end_id, end_label)
        if edge.type == "COMPARED_WITH" and start.label != "Paper":
            ends = (min(ends), max(ends))
        properties = self._edge_properties(edge, source, entities.get(paper))
        (first, first_label), (second, second_label) = ends
        found = Edge(first, edge.type, second, paper, first_label, second_label, properties)
        return None if self._is_rejected(found, entities) else found

    def _edge_properties(self, edge: Edge, source: str, paper: Entity | None) -> dict[str, Value]:
        found = dict(edge.properties)
        if "rule" not in found and paper is not None and "published" in paper.properties:
            found.setdefault("stated", paper.properties["published"])
        if "rule" not in found or ("evidence" not in found and found["rule"] not in _UNQUOTED):
            found["rule"] = ASSERTED
        found.setdefault("confidence", 1000)
        found.setdefault("sources", (source,))
        if "on" in found:
            found["on"] = self._decisions.home(str(found["on"]))
        return _placed(found, paper)

    def _is_rejected(self, edge: Edge, entities: Mapping[str, Entity]) -> bool:
        rejected = self._decisions.rejected
        if not rejected:
            return False
        starts = {edge.start, *self._known_as.get(edge.start, ())}
        paper = {edge.paper, *self._known_as.get(edge.paper, ())}
        ends = {edge.end, *self._known_as.get(edge.end, ())}
        if (end := entities.get(edge.end)) is not None:
            ends |= {f"key:{end.properties.get('key') or id_key(end.name)}"}
            ends |= {f"orcid:{end.properties['orcid']}"} if "orcid" in end.properties else set()
        return any(rejected.edge(starts, edge.type, end, paper) for end in ends)


def _agreed(kept: dict[EdgeKey, Edge], stated: Iterable[Edge]) -> dict[EdgeKey, Edge]:
    """The edges with every source that says just the same of them."""
    saying: dict[EdgeKey, set[str]] = {}
    for edge in stated:
        chosen = kept[edge.key]
        # Most edges are stated once.
        if edge is not chosen and _but_sources(edge) == _but_sources(chosen):
            sources = saying.setdefault(edge.key, set(_sources(chosen)))
            sources.update(_sources(edge))
    for key, sources in saying.items():
        edge = kept[key]
        if sources != set(_sources(edge)):
            properties = {**edge.properties, "sources": tuple(sorted(sources))}
            kept[key] = structs.replace(edge, properties=properties)
    return kept


def _sources(edge: Edge) -> tuple[str, ...]:
    return edge.properties.get("sources", ())  # type: ignore[return-value]


def _but_sources(edge: Edge) -> dict[str, Value]:
    return {name: value for name, value in edge.properties.items() if name != "sources"}


def _placed(found: dict[str, Value], paper: Entity | None) -> dict[str, Value]:
    """The properties of an edge with its quotation where the paper of the graph has it.

    A quotation stays at its place where that holds, or where the graph has no text to hold it
    against. Where the graph knows the paper by another text, the quotation is looked for in that,
    and is without a place where it is not to be found.
    """
    evidence, field = found.get("evidence"), found.get("field")
    texts = _texts(paper)
    if not isinstance(evidence, str) or not texts or (field and field not in texts):
        return found
    begin, stop = found.get("begin"), found.get("stop")
    if (
        field
        and isinstance(begin, int)
        and isinstance(stop, int)
        and texts[str(field)][begin:stop] == evidence
    ):
        return found
    rest = {name: v for name, v in found.items() if name not in ("field", "begin", "stop")}
    for other in sorted(texts, key=lambda name: (name != field, name)):
        if (at := texts[other].find(evidence)) >= 0:
            return {**rest, "field": other, "begin": at, "stop": at + len(evidence)}
    return rest


def _texts(paper: Entity | None) -> dict[str, str]:
    given = paper.properties if paper is not None else {}
    return {name: str(given[name]) for name in ("abstract", "title") if name in given}
