"""A difference as a report in Markdown, every sentence quoted and cited."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from graphkb.difference.telling import BULK, clause, said_of
from graphkb.model.graph import Edge
from graphkb.model.markdown import markdown_text

if TYPE_CHECKING:
    from graphkb.difference.change import Changed, Difference, Group
    from graphkb.model.graph import Entity, Value

__all__ = ["markdown_report"]

_VALUE = 200


def markdown_report(found: Difference, *, limit: int = 10) -> str:
    """Return a difference as a report.

    Parameters
    ----------
    found : Difference
        What came, went and changed.
    limit : int
        Most of each kind that came, that went and that changed; the report says how many more.

    Returns
    -------
    str
        Markdown, in which text from outside is text.

    Examples
    --------
    >>> from graphkb.difference.change import Difference
    >>> print(markdown_report(Difference(("a.kgl", "b.kgl"))), end="")
    # What changed from a.kgl to b.kgl
    <BLANKLINE>
    Nothing: both hold the same.
    """
    return "".join(f"{line}\n" for line in _lines(found, limit))


def _lines(found: Difference, limit: int) -> Iterator[str]:
    one, other = map(markdown_text, found.titles)
    yield f"# What changed from {one} to {other}"
    yield ""
    groups = [group for group in found.groups() if len(group)]
    if not groups:
        yield "Nothing: both hold the same."
        return
    yield "| kind | before | after | came | went | changed |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    for group in groups:
        numbers = (len(things) for things in (group.added, group.removed, group.changed))
        cells = (group.kind.replace("_", r"\_"), group.before, group.after, *numbers)
        yield f"| {' | '.join(map(str, cells))} |"
    for group in groups:
        if group.kind not in BULK:
            yield from _group(found, group, limit)


def _group(found: Difference, group: Group, limit: int) -> Iterator[str]:
    yield ""
    yield f"## {group.kind.replace('_', ' ').capitalize()}"
    for word, things in (("Came", group.added), ("Went", group.removed)):
        if things:
            yield from ("", f"### {word}: {len(things)}", "")
            for thing in things[:limit]:
                yield from _thing(found, thing)
            yield from _rest(len(things) - limit)
    if group.changed:
        yield from ("", f"### Changed: {len(group.changed)}", "")
        for pair in group.changed[:limit]:
            yield f"- {_name(found, pair.after)}: {_changes(pair)}"
        yield from _rest(len(group.changed) - limit)


def _rest(more: int) -> Iterator[str]:
    if more > 0:
        yield f"- … and {more} more"


def _thing(found: Difference, thing: Entity | Edge) -> Iterator[str]:
    yield f"- {_name(found, thing)}"
    if not isinstance(thing, Edge):
        return
    said = said_of(found, thing)
    cited = ", ".join([markdown_text(said.title), *([said.date] if said.date else [])])
    if said.sentence is None:
        yield f"  ({said.basis}: {cited})"
    elif said.basis == "quoted":
        yield f"  “{markdown_text(said.sentence)}” ({cited})"
    else:
        yield f"  {said.basis}: {markdown_text(said.sentence)} ({cited})"


def _name(found: Difference, thing: Entity | Edge) -> str:
    if isinstance(thing, Edge):
        return markdown_text(clause(found, thing))
    known = thing.properties
    told = [str(known[name]) for name in ("long_name", "published") if known.get(name)]
    if thing.id in found.now:
        told.append(f"now part of {found.now[thing.id]}")
    return markdown_text(thing.name) + (f" ({markdown_text(', '.join(told))})" if told else "")


def _changes(pair: Changed[Any]) -> str:
    return ", ".join(
        f"{one.name.replace('_', ' ')} {_value(one.before)} → {_value(one.after)}"
        for one in pair.properties
    )


def _value(value: Value | None) -> str:
    if value is None:
        return "none"
    text = ", ".join(value) if isinstance(value, tuple) else str(value)
    return markdown_text(text if len(text) <= _VALUE else f"{text[: _VALUE - 1]}…")
