"""Turtle, for triple stores and whatever reads RDF: Jena, GraphDB, Protégé, rdflib.

References
----------
RDF 1.1 Turtle, https://www.w3.org/TR/turtle/
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from graphkb.export.content import Content
from graphkb.export.format import ExportFormat, Loss, losses
from graphkb.export.resource import Iri, Literal, Resource, resources
from graphkb.export.vocabulary import PREFIXES

__all__ = ["TURTLE"]

_ESCAPED = re.compile(r'["\\\x00-\x1f\x7f-\x9f]')
_BARE = ("xsd:boolean", "xsd:integer")


def _write(content: Content, path: Path) -> tuple[Loss, ...]:
    counted: Counter[tuple[str, str]] = Counter()
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
        file.writelines(map(_block, resources(content, counted)))
    return losses(counted)


def _block(resource: Resource) -> str:
    lines = ["a " + ", ".join(resource.types)] if resource.types else []
    for predicate, facts in groupby(resource.facts, itemgetter(0)):
        lines.append(f"{predicate} " + ", ".join(_term(value) for _, value in facts))
    return f"\n{_term(resource.iri)} " + " ;\n    ".join(lines) + " .\n"


def _term(value: Iri | Literal) -> str:
    if isinstance(value, Iri):
        prefix, _, rest = value.value.partition(":")
        return value.value if prefix in PREFIXES and rest else f"<{value.value}>"
    if value.datatype in _BARE:
        return value.text
    quoted = f'"{_ESCAPED.sub(_escape, value.text)}"'
    return quoted if value.datatype == "xsd:string" else f"{quoted}^^{value.datatype}"


def _escape(found: re.Match[str]) -> str:
    return {'"': '\\"', "\\": "\\\\"}.get(found[0]) or f"\\u{ord(found[0]):04X}"


TURTLE = ExportFormat("turtle", "Turtle: triple stores, SPARQL, rdflib", _write)
