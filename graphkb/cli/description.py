"""An entity with its statements: as a text to read, and as a row a statement."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

from graphkb.cli.terminal import shortened, visible

if TYPE_CHECKING:
    from graphkb.build.conflict import Said
    from graphkb.query.describe import Description, Statement

__all__ = ["STATEMENT_COLUMNS", "described", "statement_row"]

STATEMENT_COLUMNS = (
    "relationship",
    "direction",
    "name",
    "date",
    "paper",
    "basis",
    "sentence",
    "id",
)
_UNBOUNDED = 1_000_000


def statement_row(statement: Statement) -> tuple[object, ...]:
    """Return a statement as :data:`STATEMENT_COLUMNS` name its cells.

    Parameters
    ----------
    statement : Statement
        An edge of the described entity.

    Returns
    -------
    tuple
        The basis is quoted, curated, source, or graphkb's summary: what the sentence is.
    """
    edge = statement.edge
    return (
        edge.type,
        "to" if statement.outgoing else "from",
        statement.other.name,
        edge.properties.get("stated"),
        statement.paper.name if statement.paper else edge.paper,
        statement.basis,
        statement.sentence,
        statement.other.id,
    )


def described(found: Description, width: int | None) -> str:
    """Return a description as a text: the properties, then the statements by relationship.

    Parameters
    ----------
    found : Description
        What to describe.
    width : int or None
        The columns that it shall fit; None for one line a property and a sentence.

    Returns
    -------
    str
        Without control characters, but for its line ends.
    """
    return "".join(visible(line).rstrip() + "\n" for line in _lines(found, width or _UNBOUNDED))


def _lines(found: Description, width: int) -> Iterator[str]:
    entity = found.entity
    rest = [(k, v) for k, v in sorted(entity.properties.items()) if k not in ("name", "title")]
    facts = [("name", entity.name), ("id", entity.id), ("label", entity.label), *rest]
    indent = max(len(name) for name, _ in facts) + 2
    disputed = {conflict.field: conflict for conflict in found.conflicts}
    for name, value in facts:
        shown = ", ".join(value) if isinstance(value, tuple) else str(value)
        text = str(value).lower() if isinstance(value, bool) else shown
        conflict = disputed.get("title" if name == "name" else name)
        by = _by(conflict.shown) if conflict else ""
        yield from _wrapped(text + by, width, f"{name:{indent}}", " " * indent)
        for said in conflict.others if conflict else ():
            also = f"also: {shortened(str(said.value), 200)}{_by(said)}"
            yield from _wrapped(also, width, " " * indent, " " * (indent + 2))
    heading = ""
    for statement in found.statements:
        edge = statement.edge
        name = shortened(found.name, 40)
        group = f"{name} {edge.type} …" if statement.outgoing else f"… {edge.type} {name}"
        if group != heading:
            heading = group
            yield ""
            yield heading
        yield from _wrapped(statement.other.name, width, "  ", "    ")
        if sentence := statement.sentence:
            quoted = f"“{sentence}”" if statement.basis == "quoted" else sentence
            yield from _wrapped(quoted, width, "    ", "    ")
        yield from _wrapped(_origin(statement), width, "    ", "      ")


def _by(said: Said) -> str:
    return f" ({', '.join(said.sources)})" if said.sources else ""


def _origin(statement: Statement) -> str:
    """Where a statement comes from; its paper is not named again where it is the other end."""
    basis = statement.basis
    paper = statement.paper
    said = [] if basis == "quoted" else [basis]
    if basis != "curated" and paper is not None and paper.id != statement.other.id:
        said.append(paper.name)
    date = statement.edge.properties.get("stated")
    if date and basis != "curated":
        said.append(str(date))
    return f"({', '.join(said)})" if said else ""


def _wrapped(text: str, width: int, first: str, other: str) -> list[str]:
    if not text:
        return []
    return textwrap.wrap(
        visible(text),
        max(width, len(other) + 20),
        initial_indent=first,
        subsequent_indent=other,
        break_on_hyphens=False,
        break_long_words=False,
    )
