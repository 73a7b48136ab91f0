"""Turtle, for triple stores and whatever reads RDF: Jena, GraphDB, Protégé, rdflib.

References
----------
RDF 1.1 Turtle, https://www.w3.org/TR/turtle/
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from graphkb.export.content import Content
from graphkb.export.format import ExportFormat, Loss, losses
from graphkb.export.resource import Iri, Literal, Resource, resources
from graphkb.export.vocabulary import PREFIXES

__all__ = ["TURTLE"]

_ESCAPED = re.compile(r'["\\\x00-\x1f\x7f-\x9f]')
_PREFIXED = tuple(f"{prefix}:" for prefix in PREFIXES)
_BARE = ("xsd:boolean", "xsd:integer")


def _write(content: Content, path: Path) -> tuple[Loss, ...]:
    counted: Counter[tuple[str, str]] = Counter()
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
        file.writelines(map(_block, resources(content, counted)))
    return losses(counted)


def _block(resource: Resource) -> str:
    parts = [f"\n{_term(resource.iri)} "]
    if resource.types:
        parts.append("a " + ", ".join(resource.types))
    last, between = "", " ;\n    " if resource.types else ""
    for predicate, value in resource.facts:
        parts.append(", " if predicate == last else f"{between}{predicate} ")
        parts.append(_term(value))
        last, between = predicate, " ;\n    "
    parts.append(" .\n")
    return "".join(parts)


def _term(value: Iri | Literal) -> str:
    if isinstance(value, Iri):
        iri = value.value
        return iri if iri.startswith(_PREFIXED) and not iri.endswith(":") else f"<{iri}>"
    text, datatype = value
    if datatype in _BARE:
        return text
    quoted = f'"{_ESCAPED.sub(_escape, text)}"'
    return quoted if datatype == "xsd:string" else f"{quoted}^^{datatype}"


def _escape(found: re.Match[str]) -> str:
    return {'"': '\\"', "\\": "\\\\"}.get(found[0]) or f"\\u{ord(found[0]):04X}"


TURTLE = ExportFormat("turtle", "Turtle: triple stores, SPARQL, rdflib", _write)
