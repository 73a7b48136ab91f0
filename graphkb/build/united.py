"""One entity of what several say of it: sources that assert it, and what records derive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec import structs

from graphkb.build.sourced import SourcedAssertion
from graphkb.model.asserted_check import LABELS
from graphkb.model.date import year_of
from graphkb.model.graph import Entity, Value
from graphkb.model.identifier import arxiv_month
from graphkb.model.schema import ARTEFACT_LABELS

__all__ = ["common_label", "completed", "united"]

_COUNTERS = frozenset({"upvotes", "comments", "author_count", "stars", "support", "support_groups"})
# What is said of another property, and goes with it.
_OF = {"summary": "abstract", "year": "published"}
# What the first says of itself, also where it says nothing.
_OWN = frozenset({"ambiguous", "senses"})


def common_label(assertions: Sequence[SourcedAssertion]) -> str:
    """The label that most sources give, then the first of the schema."""
    counted = Counter(one.record.entity.label for one in assertions)
    return min(counted, key=lambda label: (-counted[label], LABELS.index(label)))


def completed(entity: Entity, source: str) -> Entity:
    """An asserted entity with what every entity of its label has."""
    properties = dict(entity.properties)
    if entity.label == "Paper":
        scheme, _, value = entity.id.partition(":")
        if scheme in ("arxiv", "doi") and value:
            properties.setdefault(scheme, value)
        month = arxiv_month(str(properties["arxiv"])) if "arxiv" in properties else None
        if month:
            properties.setdefault("published", month)
        if year := year_of(str(properties["published"])) if "published" in properties else None:
            properties.setdefault("year", year)
        properties.setdefault("stub", False)
        properties.setdefault("sources", (source,))
    elif entity.label in ARTEFACT_LABELS:
        properties.setdefault("kind", entity.label.lower())
    return structs.replace(entity, properties=properties)


def united(members: Sequence[Entity]) -> dict[str, Value]:
    """What several say of one thing: the first of them where they differ, lists united."""
    found = dict(members[0].properties)
    if len(members) == 1:
        return found
    for entity in members[1:]:
        held = frozenset(found)
        for name, value in entity.properties.items():
            known = found.get(name)
            if name in _OWN or (name in _OF and (name in held or _OF[name] in held)):
                continue
            if known is None or (name == "curated" and value is True):
                found[name] = value
            elif name in _COUNTERS and isinstance(known, int) and isinstance(value, int):
                found[name] = max(known, value)
            elif name == "first_stated":
                found[name] = min(str(known), str(value))
            elif isinstance(known, tuple) and isinstance(value, tuple) and set(known) != set(value):
                found[name] = tuple(sorted({*known, *value}))
    if any(entity.properties.get("stub") is False for entity in members):
        delivering = [e for e in members if e.properties["stub"] is False]
        said = {s for e in delivering for s in e.properties.get("sources", ())}  # type: ignore[union-attr]
        if said != set(found.get("sources", ())):  # type: ignore[arg-type]
            found["sources"] = tuple(sorted(said))
    aliases = found.get("aliases", ())
    if found["name"] in aliases:  # type: ignore[operator]
        found["aliases"] = tuple(a for a in aliases if a != found["name"])  # type: ignore[union-attr]
    return {name: value for name, value in found.items() if value != ()}
