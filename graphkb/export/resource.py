"""A graph as linked data, one resource at a time: what Turtle and JSON-LD write.

Each entity is a resource, and so is each edge: beside the plain triple, which queries follow,
stands an ``rdf:Statement`` of it with its paper, sentence, rule and confidence. A paper goes by the
address that its identifier has (arXiv, DOI, OpenAlex, DBLP), everything else by
``urn:graphkb:`` and its id.

References
----------
RDF 1.1 Concepts, https://www.w3.org/TR/rdf11-concepts/; reification: RDF Schema 1.1, section 5.3
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple
from urllib.parse import quote

from graphkb.export.content import Content
from graphkb.export.vocabulary import (
    also_said,
    class_names,
    property_name,
    relationship_name,
    superclasses,
    vocabulary,
)
from graphkb.model.date import iso_date
from graphkb.model.graph import Edge, Entity, Value
from graphkb.model.identifier import orcid, web_url
from graphkb.model.schema import entity_type

__all__ = ["Iri", "Literal", "Resource", "entity_iri", "resources"]

_ADDRESSES = {
    "arxiv": "https://arxiv.org/abs/",
    "doi": "https://doi.org/",
    "openalex": "https://openalex.org/",
    "dblp": "https://dblp.org/rec/",
}
_SAFE = "/:;()!$&*+,=@~'"
# What stands in an address as it is; most ids hold nothing else.
_PLAIN = re.compile(r"[A-Za-z0-9_.~/:;()!$&*+,=@'-]*")
_DOTS = re.compile(r"(?:^|/)\.{0,2}(?:/|$)")
_SURROGATE = re.compile("[\ud800-\udfff]")
_DATES = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}
_DATED = frozenset(("published", "stated", "first_stated"))
_REPLACED = "half a surrogate pair, which is no character, replaced"

_Count = Callable[[str, str], None]


class Iri(NamedTuple):
    """A thing, by its whole IRI in ASCII, or by a prefixed name of the vocabulary."""

    value: str


class Literal(NamedTuple):
    """A value as text, with the prefixed name of its type."""

    text: str
    datatype: str = "xsd:string"


class Resource(NamedTuple):
    """What is said of one thing.

    Parameters
    ----------
    iri : Iri
        The thing.
    types : tuple of str
        Its classes, as prefixed names.
    facts : tuple of (str, Iri or Literal)
        Predicates, as prefixed names, with their objects; a predicate's objects stand together.
    """

    iri: Iri
    types: tuple[str, ...]
    facts: tuple[tuple[str, Iri | Literal], ...]


def resources(content: Content, counted: Counter[tuple[str, str]]) -> Iterator[Resource]:
    """Yield the words used, each entity, and each edge with the statement of it.

    Of a topic, the papers that state its edges are there too, so that each sentence has its title.

    Parameters
    ----------
    content : Content
        What is exported.
    counted : Counter
        Takes what RDF cannot hold, by what happened and to which property.

    Yields
    ------
    Resource
        Batch by batch; none is held.
    """
    yield from _words()

    def count(what: str, place: str) -> None:
        counted[what, place] += 1

    for entity in content.entities():
        yield _of_entity(entity, count)
    for entity in content.background().entities.values():
        if entity.label == "Paper":
            yield _of_entity(entity, count)
    # Parallel edges, of several papers, stand together: what all of them say is said once.
    for (start_label, end_label, from_, type_, to), parallel in groupby(content.edges(), _said):
        start, end = _end(start_label, from_), _end(end_label, to)
        names = filter(None, (relationship_name(type_), also_said(start_label, type_)))
        yield Resource(start, (), tuple((name, end) for name in names))
        for edge in parallel:
            yield _of_edge(edge, start, end, count)


@lru_cache(maxsize=10_000)
def entity_iri(id_: str) -> Iri:
    """Return the IRI of an entity.

    Parameters
    ----------
    id_ : str
        Its id; any characters.

    Returns
    -------
    Iri
        Another for each id.

    Examples
    --------
    >>> entity_iri("arxiv:2402.03300").value, entity_iri("method:c++ <x>").value
    ('https://arxiv.org/abs/2402.03300', 'urn:graphkb:method:c++%20%3Cx%3E')
    """
    scheme, _, rest = id_.partition(":")
    address = _ADDRESSES.get(scheme)
    # Readers resolve what looks like a step up or down in an address.
    if address is None or not rest or _DOTS.search(rest):
        return Iri(f"urn:graphkb:{_quoted(id_)}")
    return Iri(address + _quoted(rest))


def _said(edge: Edge) -> tuple[str, ...]:
    return (edge.start_label, edge.end_label, edge.start, edge.type, edge.end)


def _end(label: str, id_: str) -> Iri:
    # Ground truth has ids of its own: a source may have the id of a paper.
    return entity_iri(f"{label.lower()}:{id_}" if entity_type(label).ground else id_)


def _words() -> Iterator[Resource]:
    above = superclasses()
    for name, (kind, meaning) in vocabulary().items():
        local = name.removeprefix("gkb:")
        facts: list[tuple[str, Iri | Literal]] = [
            ("rdfs:label", Literal(local)),
            ("rdfs:comment", Literal(meaning)),
        ]
        if kind == "rdfs:Class" and local in above:
            facts.append(("rdfs:subClassOf", Iri(above[local])))
        yield Resource(Iri(name), (kind,), tuple(facts))


def _of_entity(entity: Entity, count: _Count) -> Resource:
    iri = _end(entity.label, entity.id)
    facts: list[tuple[str, Iri | Literal]] = [
        ("schema:identifier", _text(entity.id, f"{entity.label}.id", count))
    ]
    for name, value in sorted(entity.properties.items()):
        predicate = property_name(name)
        if name == "url" and entity.label == "Repository":
            predicate = "schema:codeRepository"
        facts += [(predicate, one) for one in _objects(entity.label, name, value, count)]
    facts += (("schema:sameAs", same) for same in _same(entity) if same != iri)
    return Resource(iri, class_names(entity), tuple(facts))


def _of_edge(edge: Edge, start: Iri, end: Iri, count: _Count) -> Resource:
    key = "\x1f".join(edge.key).encode(errors="surrogatepass")
    facts: list[tuple[str, Iri | Literal]] = [
        ("rdf:subject", start),
        ("rdf:predicate", Iri(relationship_name(edge.type))),
        ("rdf:object", end),
        ("gkb:paper", entity_iri(edge.paper)),
    ]
    for name, value in sorted(edge.properties.items()):
        predicate = property_name(name)
        facts += [(predicate, one) for one in _objects(edge.type, name, value, count)]
    digest = hashlib.sha256(key).hexdigest()[:32]
    return Resource(Iri(f"urn:graphkb:statement:{digest}"), ("rdf:Statement",), tuple(facts))


def _objects(owner: str, name: str, value: Value, count: _Count) -> Sequence[Iri | Literal]:
    place = f"{owner}.{name}"
    if isinstance(value, tuple):
        once = sorted(set(value))
        if tuple(once) != value:
            count("order or repetition in a list left out", place)
        if name == "senses":
            return [entity_iri(item) for item in once]
        return [_text(item, place, count) for item in once]
    return (_object(name, value, place, count),)


def _object(name: str, value: str | float, place: str, count: _Count) -> Iri | Literal:
    if isinstance(value, bool):
        return Literal("true" if value else "false", "xsd:boolean")
    if isinstance(value, int):
        return Literal(str(value), "xsd:integer")
    if isinstance(value, float):
        return Literal(_double(value), "xsd:double")
    if name in _DATED:
        return _date(value, place, count)
    if name == "on":
        return entity_iri(value)
    if name == "url" and web_url(value) == value:
        return Iri(value)
    return _text(value, place, count)


def _same(entity: Entity) -> Iterator[Iri]:
    """What others call it, where that can be told for certain."""
    told = entity.properties
    if entity.label == "Paper":
        for scheme in ("arxiv", "doi"):
            if isinstance(known := told.get(scheme), str):
                yield entity_iri(f"{scheme}:{known}")
    elif isinstance(known := told.get("orcid"), str) and orcid(known) == known:
        yield Iri(f"https://orcid.org/{known}")


def _date(value: str, place: str, count: _Count) -> Literal:
    if iso_date(value) == value:
        return Literal(value, _DATES[len(value)])
    count("what is no date written as text", place)
    return _text(value, place, count)


def _text(value: str, place: str, count: _Count) -> Literal:
    if not value.isascii() and _SURROGATE.search(value):
        count(_REPLACED, place)
        value = _SURROGATE.sub("\ufffd", value)
    return Literal(value)


def _double(value: float) -> str:
    return {"nan": "NaN", "inf": "INF", "-inf": "-INF"}.get(repr(value), repr(value))


def _quoted(text: str) -> str:
    if _PLAIN.fullmatch(text):
        return text
    return quote(text, safe=_SAFE, errors="surrogatepass")
