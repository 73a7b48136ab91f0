"""JSON-LD, for those who read linked data as JSON: the triples of the Turtle, an object a line.

The context stands in the file, so that nobody has to ask a server for it.

References
----------
JSON-LD 1.1, https://www.w3.org/TR/json-ld11/
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from graphkb.export.content import Content
from graphkb.export.format import ExportFormat, Loss, losses
from graphkb.export.resource import Iri, Literal, Resource, resources
from graphkb.export.vocabulary import PREFIXES

__all__ = ["JSON_LD"]


def _write(content: Content, path: Path) -> tuple[Loss, ...]:
    counted: Counter[tuple[str, str]] = Counter()
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'{{"@context":{_json(PREFIXES)},\n"@graph":[')
        for number, resource in enumerate(resources(content, counted)):
            file.write((",\n" if number else "\n") + _json(_object(resource)))
        file.write("\n]}\n")
    return losses(counted)


def _object(resource: Resource) -> dict[str, Any]:
    # The keys are prefixed names, which tell whoever reads them as plain JSON where a word is from.
    found: dict[str, Any] = {"@id": resource.iri.value}
    if resource.types:
        found["@type"] = list(resource.types)
    for predicate, value in resource.facts:
        one = _value(value)
        if predicate not in found:
            found[predicate] = one
        elif isinstance(known := found[predicate], list):
            known.append(one)
        else:
            found[predicate] = [known, one]
    return found


def _value(value: Iri | Literal) -> object:
    if isinstance(value, Iri):
        return {"@id": value.value}
    if value.datatype == "xsd:boolean":
        return value.text == "true"
    if value.datatype == "xsd:integer":
        return int(value.text)
    if value.datatype == "xsd:string":
        return value.text
    # A number with a point would be rounded, and written in another form, by readers.
    return {"@value": value.text, "@type": value.datatype}


# One for all, in the order of the facts: `json.dumps` makes an encoder anew for each value.
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


JSON_LD = ExportFormat("json-ld", "JSON-LD: linked data as JSON, schema.org, rdflib", _write)
