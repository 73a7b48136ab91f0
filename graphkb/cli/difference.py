"""diff."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graphkb import without_store
from graphkb.cli.quotation import cited, quoted, wrapped
from graphkb.cli.rows import FORMATS, print_rows, written
from graphkb.cli.terminal import counted, echo, listed, say, terminal_width
from graphkb.cli.value import readable
from graphkb.difference.telling import BULK, COLUMNS, clause, said_of
from graphkb.knowledge_base import open as open_base
from graphkb.model.graph import Edge

if TYPE_CHECKING:
    from graphkb.difference.change import Changed, Difference, Group
    from graphkb.model.graph import Entity
    from graphkb.topic.bounds import TopicOptions

__all__ = ["diff"]

_DIFFERENT = 4
_TOLD = 10
_DRAWN = 200
_UNBOUNDED = 1_000_000
_VALUE = 60
_SUMMARY = ("kind", "before", "after", "came", "went", "changed")
_SIGNS = {"added": "+", "removed": "-", "changed": "~"}


@click.command(epilog="Example: graphkb diff yesterday.kgl today.kgl -o new.html --open")
@click.argument("a")
@click.argument("b", required=False)
@click.option(
    "--topic",
    "seeds",
    multiple=True,
    metavar="SEED",
    help="Compare the topic of this name or these words in A with that in B.",
)
@click.option("--topics", is_flag=True, help="A and B are seeds of two topics of the store --db.")
@click.option(
    "--since",
    multiple=True,
    metavar="DATE",
    help="Of topics: only papers of this ISO date or later. Given twice: for A, then for B.",
)
@click.option(
    "--until",
    multiple=True,
    metavar="DATE",
    help="Of topics: only papers of this ISO date or earlier. Given twice: for A, then for B.",
)
@click.option(
    "--nodes", type=click.IntRange(1), help=f"Most entities of a topic.  [default: {_DRAWN}]"
)
@click.option("--kind", "kinds", multiple=True, help="Only entities of this kind or label.")
@click.option("--type", "types", multiple=True, help="Only relationships of this type.")
@click.option(
    "--ignore",
    multiple=True,
    metavar="PROPERTY",
    help="Leave out what changed in this property only.",
)
@click.option(
    "--sources", is_flag=True, help="Tell, too, what changed only in the sources it rests on."
)
@click.option("--properties", is_flag=True, help="Show the values that changed.")
@click.option(
    "--limit",
    type=click.IntRange(0),
    help=f"Most items of a kind.  [default: {_TOLD} as text, else all]",
)
@click.option("-o", "out", metavar="PAGE.html", help="Draw it, too: a page with marks.")
@click.option(
    "--drawn",
    type=click.IntRange(1, 2000),
    default=_DRAWN,
    show_default=True,
    help="Most entities on the page.",
)
@click.option("--open", "open_page", is_flag=True, help="Open the page in the browser.")
@click.option("--exit-code", is_flag=True, help=f"Exit with {_DIFFERENT} where anything differs.")
@click.option("--markdown", is_flag=True, help="Print a report in Markdown, with the sentences.")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(("text", *FORMATS)),
    default="text",
    show_default=True,
    help="text is for reading; the others are rows.",
)
@click.pass_context
def diff(
    ctx: click.Context,
    a: str,
    b: str | None,
    seeds: tuple[str, ...],
    topics: bool,
    since: tuple[str, ...],
    until: tuple[str, ...],
    nodes: int | None,
    kinds: tuple[str, ...],
    types: tuple[str, ...],
    ignore: tuple[str, ...],
    sources: bool,
    properties: bool,
    limit: int | None,
    out: str | None,
    drawn: int,
    open_page: bool,
    exit_code: bool,
    markdown: bool,
    format_name: str,
) -> None:
    """Tell what came, went and changed between two stores, exports or topics.

    A and B are before and after: the path of a store, the address of a server, or an export that
    can be read back; B is the store of --db where it is left out. With --topics they are seeds of
    two topics of the store of --db instead.
    """
    if topics and seeds:
        raise click.UsageError("With --topics A and B are the seeds: leave --topic out.")
    if topics and b is None:
        raise click.UsageError("--topics compares two topics: name both.")
    if not topics and not seeds and (since or until or nodes):
        raise click.UsageError("--since, --until and --nodes go with --topic or --topics.")
    if open_page and out is None:
        raise click.UsageError("--open goes with -o.")
    if out == "-":
        raise click.UsageError("Standard output has the report: name a file for the page with -o.")
    if markdown and format_name != "text":
        raise click.UsageError("--markdown is a text: leave --format out.")
    bounds: list[TopicOptions] = [
        {"limit": nodes or _DRAWN, "since": begin, "until": end}
        for begin, end in zip(_both("--since", since), _both("--until", until), strict=True)
    ]
    whole = _found(ctx.obj, a, b, seeds, bounds, topics=topics)
    beyond = whole.without((*ignore, *(() if sources else ("sources",))))
    found = beyond.only(kinds, types)
    if markdown:
        echo(found.markdown(_TOLD if limit is None else limit))
    elif format_name == "text":
        width = terminal_width() or _UNBOUNDED
        most = _TOLD if limit is None else limit
        named = {*(name.upper() for name in types), *(kind.capitalize() for kind in kinds)}
        lines = _text(found, most, named, width, properties=properties)
        echo("".join(line.rstrip() + "\n" for line in lines))
    else:
        shown = found if limit is None else found.first(limit)
        print_rows(COLUMNS, shown.rows(), format_name)
    _say_left_out(whole, beyond, sources=sources)
    if out is not None:
        path = found.view(out, limit=drawn)
        say(f"wrote {path} ({path.stat().st_size / 1000:.0f} kB)")
        if open_page:
            click.launch(Path(path).resolve().as_uri())
    if exit_code and found:
        ctx.exit(_DIFFERENT)


def _both(name: str, given: tuple[str, ...]) -> tuple[str | None, str | None]:
    """Values for A and for B: one given is for both."""
    if len(given) > 2:
        raise click.UsageError(f"{name} is given once for both, or twice: for A, then for B.")
    return (given[0], given[-1]) if given else (None, None)


def _found(
    db: str,
    a: str,
    b: str | None,
    seeds: tuple[str, ...],
    bounds: list[TopicOptions],
    *,
    topics: bool,
) -> Difference:
    if topics:
        with open_base(db) as base:
            return base.diff_topics(a, str(b), (bounds[0], bounds[1]))
    if not seeds:
        return without_store.diff(a, b or db)
    if bounds[0] == bounds[1]:
        return without_store.diff(a, b or db, *seeds, **bounds[0])
    raise click.UsageError("--since and --until are given once with --topic; twice with --topics.")


def _text(
    found: Difference, most: int, named: set[str], width: int, *, properties: bool
) -> Iterator[str]:
    yield from wrapped(f"{found.titles[0]} → {found.titles[1]}", width, "", "  ")
    yield ""
    if not found:
        yield "no difference"
        return
    groups = [group for group in found.groups() if len(group)]
    summary = [
        (
            *(group.kind, group.before, group.after),
            *(len(things) for things in (group.added, group.removed, group.changed)),
        )
        for group in groups
    ]
    yield from "".join(written(_SUMMARY, summary, "table", width=width)).splitlines()
    bulk = []
    for group in groups:
        if group.kind in BULK and group.kind not in named:
            bulk.append(group.kind)
            continue
        yield ""
        yield group.kind
        yield from _group(found, group, most, width, properties=properties)
    if bulk:
        yield ""
        yield from wrapped(
            f"counted only: {listed(bulk, len(bulk))}; --kind and --type list them", width, "", "  "
        )


def _group(
    found: Difference, group: Group, most: int, width: int, *, properties: bool
) -> Iterator[str]:
    left = []
    for word, things in (("added", group.added), ("removed", group.removed)):
        for thing in things[:most]:
            yield from _thing(found, word, thing, width)
        left.append(max(len(things) - most, 0))
    for pair in group.changed[:most]:
        yield from _changed(found, pair, width, properties=properties)
    left.append(max(len(group.changed) - most, 0))
    if any(left):
        words = zip(left, ("came", "went", "changed"), strict=True)
        told = ", ".join(f"{number} more {word}" for number, word in words if number)
        yield f"  … {told}; --limit allows more"


def _thing(found: Difference, word: str, thing: Entity | Edge, width: int) -> Iterator[str]:
    sign = _SIGNS[word]
    if isinstance(thing, Edge):
        yield from wrapped(clause(found, thing), width, f"  {sign} ", "    ")
        yield from wrapped(quoted(said_of(found, thing)), width, "      ", "      ")
        return
    known = thing.properties
    kind = str(known.get("kind", "")).replace(thing.label.lower(), "")
    told = [str(known[name]) for name in ("long_name", "published") if known.get(name)]
    told[:0] = [kind] if kind else []
    if known.get("stub"):
        told.append("cited, not loaded")
    if word == "removed" and thing.id in found.now:
        told.append(f"now part of {found.now[thing.id]}")
    about = f" ({', '.join(told)})" if told else ""
    yield from wrapped(f"{thing.name}{about}", width, f"  {sign} ", "    ")


def _changed(
    found: Difference, pair: Changed[Any], width: int, *, properties: bool
) -> Iterator[str]:
    thing = pair.after
    name = clause(found, thing) if isinstance(thing, Edge) else thing.name
    if isinstance(thing, Edge):
        name += f" ({cited(said_of(found, thing))})"
    changes = pair.properties
    if not properties:
        told = ", ".join(_briefly(one) for one in changes)
        yield from wrapped(f"{name}: {told}", width, "  ~ ", "    ")
        return
    yield from wrapped(name, width, "  ~ ", "    ")
    for one in changes:
        told = f"{one.name}: {_value(one.before)} → {_value(one.after)}"
        yield from wrapped(told, width, "      ", "        ")


def _briefly(change: Any) -> str:
    """The name of what changed; a number, a date or an id with its values."""
    values = [readable(_plain(value), "none") for value in (change.before, change.after)]
    if change.name == "id" or all(len(value) <= 10 for value in values):
        return f"{change.name} {values[0]} → {values[1]}"
    return str(change.name)


def _value(value: Any) -> str:
    return readable(_plain(value), "none")


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _say_left_out(whole: Difference, beyond: Difference, *, sources: bool) -> None:
    less = len(whole) - len(beyond)
    if less:
        hint = "" if sources else "; --sources tells those that changed in their sources only"
        say(f"left out: {counted(less, 'thing')} that changed in what is ignored only{hint}")
