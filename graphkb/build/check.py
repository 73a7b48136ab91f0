"""Whether a store holds what it should: the checks of `graphkb doctor`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from graphkb.build.asserted import ASSERTED
from graphkb.build.ground import COMPLETE, Builder, all_records
from graphkb.model.graph import Edge, Entity
from graphkb.model.record import AssertedRecord
from graphkb.model.schema import relationship_type
from graphkb.store.protocol import Changes, Store

__all__ = ["Finding", "check_store"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong with a store.

    Parameters
    ----------
    check : str
        The check that found it.
    where : str
        The source, entity or edge.
    what : str
        What is wrong.
    remedy : str
        What mends it.
    """

    check: str
    where: str
    what: str
    remedy: str


def check_store(
    store: Store, builder: Builder, pending: Callable[[], Changes]
) -> Iterator[Finding]:
    """Check a store.

    Parameters
    ----------
    store : Store
        What to check.
    builder : Builder
        The version that checks.
    pending : callable
        Derives the graph again and returns what a rebuild would change.

    Yields
    ------
    Finding
        Missing indexes, unfinished loads, another version, evidence that is not in its paper,
        edges that the schema does not know, and whatever is not what the records derive.
    """
    if lacking := store.undeclared():
        more = f" and {len(lacking) - 1} more" if len(lacking) > 1 else ""
        yield Finding(
            "indexes",
            store.url,
            f"look-ups are slow: there is not {lacking[0]}{more}",
            "run `graphkb rebuild`, which declares what is missing",
        )
    sources = sorted(store.entities(["Source"]), key=lambda s: s.id)
    unfinished = [s for s in sources if s.properties.get("state") != COMPLETE]
    for source in unfinished:
        if source.properties.get("loader") != "builtin":
            yield Finding(
                "loads",
                source.id,
                "the load of this source is unfinished",
                f"load it again, or run `graphkb forget {source.id}`",
            )
        elif len(unfinished) == 1:
            yield Finding(
                "loads", source.id, "a rebuild is unfinished", "run `graphkb rebuild` again"
            )
    entities = {entity.id: entity for entity in store.entities()}
    asserted = _asserted(store, sources)
    for edge in sorted(store.edges(), key=lambda e: e.key):
        yield from _check_edge(edge, entities, asserted)
    if unfinished or not (sources or any(e.label != "Decision" for e in entities.values())):
        return
    built_by = [s for s in sources if s.properties.get("loader") == "builtin"]
    if [s.properties.get("content") for s in built_by] != [builder.content]:
        names = ", ".join(s.id for s in built_by) or "no version"
        yield Finding(
            "version",
            names,
            "another version of graphkb or of its catalogue derived this graph",
            "run `graphkb rebuild`",
        )
        return
    changes = pending()
    for what, changed in (
        ("the records do not give this entity", changes.delete_entities),
        ("the records give this entity with other properties", changes.entities),
    ):
        for entity in changed:
            yield Finding("derivation", entity.id, what, "run `graphkb rebuild`")
    for what, edges in (
        ("the records do not give this edge", changes.delete_edges),
        ("the records give this edge with other properties", changes.edges),
    ):
        for edge in edges:
            yield Finding("derivation", " ".join(edge.key), what, "run `graphkb rebuild`")


def _asserted(store: Store, sources: Iterable[Entity]) -> set[tuple[str, object]]:
    """The type and sentence of every edge that a source asserts."""
    records = (
        record.record
        for source in sources
        if "asserted" in source.properties
        for record in all_records(store.records(source.id))
    )
    return {
        (edge.type, edge.properties["evidence"])
        for record in records
        if isinstance(record, AssertedRecord)
        for edge in record.edges
        if "evidence" in edge.properties
    }


def _check_edge(
    edge: Edge, entities: dict[str, Entity], asserted: Collection[tuple[str, object]]
) -> Iterator[Finding]:
    place = " ".join(edge.key)
    declared = relationship_type(edge.type)
    if edge.start_label not in declared.starts or edge.end_label not in declared.ends:
        ends = f"{edge.start_label} to {edge.end_label}"
        yield Finding("schema", place, f"{edge.type} cannot join {ends}", "run `graphkb rebuild`")
    found = edge.properties
    if "evidence" in found:
        paper = entities.get(edge.paper)
        text = str(paper.properties.get(str(found.get("field")), "")) if paper else ""
        begin, stop = found.get("begin"), found.get("stop")
        # An asserted quotation is held against the text of its paper, where the store has that.
        unchecked = not text and (edge.type, found["evidence"]) in asserted
        if not unchecked and (
            not isinstance(begin, int)
            or not isinstance(stop, int)
            or text[begin:stop] != found["evidence"]
        ):
            yield Finding(
                "evidence",
                place,
                "the quoted sentence is not at its place in the paper",
                "run `graphkb rebuild`",
            )
    elif found.get("rule") not in ("catalogue", "record", ASSERTED):
        yield Finding(
            "evidence",
            place,
            "the edge quotes no sentence and is not curated",
            "run `graphkb rebuild`",
        )
