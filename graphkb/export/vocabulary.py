"""The words of linked data: what each label, property and relationship is called there.

Where schema.org or CiTO has a word that means the same, that is used; else a word of our own, under
``urn:graphkb:vocabulary:``, which belongs to no domain and is described in every file that uses it.
CiTO's other properties are between two citing and cited works, and say what is in the cited one:
none of them means what EXTENDS or USES say of a method, so that CITES alone is CiTO's.

References
----------
https://schema.org/ScholarlyArticle. CiTO, the Citation Typing Ontology: http://purl.org/spar/cito
"""

from __future__ import annotations

import re
from functools import cache

from graphkb.model.graph import Entity
from graphkb.model.schema import ENTITY_TYPES, RELATIONSHIP_TYPES

__all__ = [
    "PREFIXES",
    "also_said",
    "class_names",
    "expanded",
    "property_name",
    "relationship_name",
    "superclasses",
    "vocabulary",
]

PREFIXES = {
    "cito": "http://purl.org/spar/cito/",
    "gkb": "urn:graphkb:vocabulary:",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

_SUPERCLASSES = {
    "Paper": "schema:ScholarlyArticle",
    "Method": "schema:DefinedTerm",
    "Model": "schema:DefinedTerm",
    "Benchmark": "schema:DefinedTerm",
    "Task": "schema:DefinedTerm",
    "Repository": "schema:CreativeWork",
    "Author": "schema:Person",
    "Organization": "schema:Organization",
    "Result": "schema:PropertyValue",
}
_PROPERTIES = {
    "id": "schema:identifier",
    "name": "schema:name",
    "title": "schema:headline",
    "abstract": "schema:abstract",
    "published": "schema:datePublished",
    "pages": "schema:pagination",
    "comments": "schema:commentCount",
    "url": "schema:url",
    "aliases": "schema:alternateName",
    "language": "schema:programmingLanguage",
    "value": "schema:value",
    "unit": "schema:unitText",
    # One value each, where the graph has a list.
    "former_ids": "gkb:formerId",
    "senses": "gkb:sense",
    "sources": "gkb:source",
    # The relationship ON is the benchmark of a number; this the one of a comparison.
    "on": "gkb:onBenchmark",
}
_RELATIONSHIPS = {"CITES": "cito:cites", "AUTHORED_BY": "schema:author"}
_ALSO = {
    ("Paper", "CITES"): "schema:citation",
    ("Paper", "MENTIONS"): "schema:mentions",
    ("Author", "AFFILIATED_WITH"): "schema:affiliation",
}
_CODE_HOSTS = re.compile(r"repo:(?!huggingface\.co/)")
_DATASETS = re.compile(r"repo:huggingface\.co/datasets/")


@cache
def property_name(name: str) -> str:
    """Return what a property is called, prefixed.

    Parameters
    ----------
    name : str
        A property of the schema.

    Returns
    -------
    str
        Its name.

    Examples
    --------
    >>> property_name("title"), property_name("support_groups")
    ('schema:headline', 'gkb:supportGroups')
    """
    return _PROPERTIES.get(name) or f"gkb:{_camel(name)}"


@cache
def relationship_name(type_: str) -> str:
    """Return what a relationship is called, prefixed.

    Parameters
    ----------
    type_ : str
        A relationship of the schema.

    Returns
    -------
    str
        Its name.

    Examples
    --------
    >>> relationship_name("CITES"), relationship_name("EVALUATED_ON")
    ('cito:cites', 'gkb:evaluatedOn')
    """
    return _RELATIONSHIPS.get(type_) or f"gkb:{_camel(type_.lower())}"


@cache
def also_said(start_label: str, type_: str) -> str | None:
    """Return the word of schema.org that a relationship goes by beside its own, where it has one.

    Examples
    --------
    >>> also_said("Paper", "CITES"), also_said("Paper", "EXTENDS")
    ('schema:citation', None)
    """
    return _ALSO.get((start_label, type_))


def superclasses() -> dict[str, str]:
    """Return the class of schema.org that all of a label are of, by label."""
    return dict(_SUPERCLASSES)


def class_names(entity: Entity) -> tuple[str, ...]:
    """Return the classes of an entity, prefixed: our own, then that of schema.org.

    Parameters
    ----------
    entity : Entity
        Any.

    Returns
    -------
    tuple of str
        One or two names.

    Examples
    --------
    >>> class_names(Entity("Benchmark", "method:squad", {"name": "SQuAD", "kind": "dataset"}))
    ('gkb:Benchmark', 'schema:Dataset')
    """
    own = f"gkb:{entity.label}"
    said = _SUPERCLASSES.get(entity.label)
    if entity.properties.get("kind") == "dataset" or _DATASETS.match(entity.id):
        said = "schema:Dataset"
    elif entity.label == "Repository" and _CODE_HOSTS.match(entity.id):
        said = "schema:SoftwareSourceCode"
    return (own, said) if said else (own,)


def expanded(name: str) -> str:
    """Return the whole IRI of a prefixed name.

    Examples
    --------
    >>> expanded("cito:cites")
    'http://purl.org/spar/cito/cites'
    """
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def vocabulary() -> dict[str, tuple[str, str]]:
    """Return our own words: by prefixed name what each is and means.

    Returns
    -------
    dict
        ``rdfs:Class`` or ``rdf:Property``, and one line; in the schema's order.

    Examples
    --------
    >>> vocabulary()["gkb:extends"]
    ('rdf:Property', 'is a variant or improvement of it')
    """
    found: dict[str, tuple[str, str]] = {}
    for label in ENTITY_TYPES:
        if not label.ground:
            found[f"gkb:{label.label}"] = ("rdfs:Class", label.meaning)
    for type_ in RELATIONSHIP_TYPES:
        found[relationship_name(type_.name)] = ("rdf:Property", type_.meaning)
    kept = [label.all_properties for label in ENTITY_TYPES if not label.ground]
    for properties in (*kept, *(type_.properties for type_ in RELATIONSHIP_TYPES)):
        for declared in properties:
            found.setdefault(property_name(declared.name), ("rdf:Property", declared.meaning))
    return {name: told for name, told in found.items() if name.startswith("gkb:")}


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
