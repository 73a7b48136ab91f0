"""A script of Cypher that makes the graph in a Neo4j, as often as it is run.

Constraints and indexes first, then entities and edges in batches, each a list of maps that is
merged by id: a second run changes nothing and doubles nothing. There are no parameters and no
commands of a shell, so that whatever sends statements that end in ``;`` can run it. Every value is
a literal, and what has a meaning in a string is escaped.

References
----------
Neo4j Cypher manual 5, "Expressions": string literals; "Parsing": Unicode escapes.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from graphkb.export.content import Content
from graphkb.export.format import ExportFormat, Loss, losses
from graphkb.export.neo4j_import import whole_text
from graphkb.model.graph import Edge, Value
from graphkb.model.schema import ENTITY_TYPES
from graphkb.store import statements
from graphkb.store.neo4j_index import NAME

__all__ = ["CYPHER"]

_HEAD = """\
// Entities and edges as graphkb holds them, for Neo4j 5.26 or later:
//     cypher-shell --file THIS_FILE
// It may be run any number of times; what else the database holds stays as it is.

"""
_ROWS, _CHARACTERS = 200, 200_000
_BOUND = 2**63

# A server reads `\u` and four digits as a character before it looks for strings: after a backslash
# that is text, a `u` is spelled so itself.
_SPECIAL = re.compile("\\\\u?|['\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")
_ESCAPES = {"\\": r"\\", "\\u": r"\\\u0075", "'": r"\'", "\n": r"\n", "\r": r"\r", "\t": r"\t"}


def _write(content: Content, path: Path) -> tuple[Loss, ...]:
    counted: Counter[tuple[str, str]] = Counter()
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(_HEAD)
        for statement in _statements(content, counted):
            file.write(f"{statement};\n")
    return losses(counted)


def _statements(content: Content, counted: Counter[tuple[str, str]]) -> Iterator[str]:
    # What graphkb searches a server by would not know what comes: it is made again when it is
    # asked for.
    yield f"DROP INDEX {NAME} IF EXISTS"
    labels = sorted(one.label for one in ENTITY_TYPES)
    yield from map(statements.constraint, labels)
    for label in labels:
        yield from (statements.index(label, n) for n in statements.indexed_properties(label))
    yield "CALL db.awaitIndexes(600)"
    for label in labels:
        text = statements.upsert_entities(label)
        rows = (
            f"{{id: {_text(entity.id, f'{label}.id', counted)}, properties: "
            f"{_map({'id': entity.id, **entity.properties}, label, counted)}}}"
            for entity in content.entities((label,))
        )
        for batch in _batches(rows):
            yield _filled(text, batch)
    yield from _edges(content, counted)


def _edges(content: Content, counted: Counter[tuple[str, str]]) -> Iterator[str]:
    """Edges, those between the same labels together."""
    waiting: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    sizes: Counter[tuple[str, str, str]] = Counter()
    for edge in content.edges():
        triple = edge.start_label, edge.type, edge.end_label
        row = _edge(edge, counted)
        waiting[triple].append(row)
        sizes[triple] += len(row)
        if len(waiting[triple]) == _ROWS or sizes[triple] > _CHARACTERS:
            yield _filled(statements.upsert_edges(*triple), waiting.pop(triple))
            del sizes[triple]
    for triple, rows in sorted(waiting.items()):
        yield _filled(statements.upsert_edges(*triple), rows)


def _edge(edge: Edge, counted: Counter[tuple[str, str]]) -> str:
    start, end, paper = (
        _text(value, f"{edge.type}.{name}", counted)
        for name, value in (("start", edge.start), ("end", edge.end), ("paper", edge.paper))
    )
    told = _map({"paper": edge.paper, **edge.properties}, edge.type, counted)
    return f"{{from_id: {start}, to_id: {end}, paper: {paper}, properties: {told}}}"


def _batches(rows: Iterable[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    size = 0
    for row in rows:
        batch.append(row)
        size += len(row)
        if len(batch) == _ROWS or size > _CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _filled(statement: str, rows: Iterable[str]) -> str:
    """A statement of the store with its rows in it, and without an answer."""
    unwind, rest = statement.split("\n", 1)
    text = rest.rpartition("\nRETURN ")[0]
    return unwind.replace("$rows", "[\n" + ",\n".join(rows) + "\n]") + "\n" + text


def _map(properties: Mapping[str, Value], kind: str, counted: Counter[tuple[str, str]]) -> str:
    told = (
        (name, _literal(value, f"{kind}.{name}", counted))
        for name, value in sorted(properties.items())
    )
    return "{" + ", ".join(f"{name}: {text}" for name, text in told if text) + "}"


def _literal(value: Value, where: str, counted: Counter[tuple[str, str]]) -> str:
    """The value as Cypher writes it; nothing where it cannot."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value, where, counted)
    if isinstance(value, tuple):
        return "[" + ", ".join(_text(item, where, counted) for item in value) + "]"
    if isinstance(value, int) and not -_BOUND <= value < _BOUND:
        counted["integer beyond 64 bits left out", where] += 1
        return ""
    if isinstance(value, float) and not math.isfinite(value):
        counted["figure that is no number left out", where] += 1
        return ""
    return repr(value).replace("e+", "e")


def _text(value: str, where: str, counted: Counter[tuple[str, str]]) -> str:
    if not value.isascii():
        value = whole_text(value, where, counted)
    return "'" + _SPECIAL.sub(_escaped, value) + "'"


def _escaped(found: re.Match[str]) -> str:
    return _ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04x}"


CYPHER = ExportFormat(
    "cypher", "a script of Cypher that makes the graph in a Neo4j", _write, ground=True
)
