"""why: the ways that join two things to read, or a row a hop."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from graphkb.cli.quotation import quoted, wrapped
from graphkb.cli.rows import formatted_as_text, print_rows
from graphkb.cli.terminal import echo, say, shortened, terminal_width
from graphkb.knowledge_base import open as open_base

if TYPE_CHECKING:
    from graphkb.model.graph import Entity
    from graphkb.query.stated import Stated
    from graphkb.query.why import Explanation, Hop, Way

__all__ = ["why"]

_COLUMNS = (
    "way",
    "hop",
    "start",
    "type",
    "direction",
    "end",
    "basis",
    "date",
    "paper",
    "sentence",
    "statements",
    "start_id",
    "end_id",
    "paper_id",
)
_UNBOUNDED = 1_000_000
_NAME = 60
_MOST_HOPS = 6


class _OfTwoNames(click.Command):
    """Says what to do where a name of several words was not quoted."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            if "unexpected extra argument" not in error.message:
                raise
            hint = 'Quote a name of several words: graphkb why GRPO "AIME 2024"'
            raise click.UsageError(f"{error.message}. {hint}", ctx) from None


@click.command(cls=_OfTwoNames, epilog='Example: graphkb why GRPO "AIME 2024" --hops 3')
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@click.option(
    "--limit",
    type=click.IntRange(1),
    help="Most ways; by default 5, and none that says far less than the best.",
)
@click.option(
    "--hops",
    type=click.IntRange(1, _MOST_HOPS),
    default=4,
    show_default=True,
    help="Most hops of a way.",
)
@click.option("--all", "everything", is_flag=True, help="Show every statement of each hop.")
@formatted_as_text
@click.pass_obj
def why(
    db: str, one: str, other: str, limit: int | None, hops: int, everything: bool, format_name: str
) -> None:
    """Tell what joins two things, sentence by sentence.

    A and B are names or ids of anything: methods, papers, benchmarks, authors …; quote a name of
    several words. What is said of the two themselves comes first, then ways through others: by
    lineage and comparison rather than by common mention. Other formats than text print a row a
    hop, with --all a row a statement.
    """
    with open_base(db) as base:
        found = base.why(one, other, limit=limit, hops=hops)
    if format_name == "text":
        lines = _told(found, terminal_width(), everything=everything)
        echo("".join(line + "\n" for line in lines))
    else:
        print_rows(_COLUMNS, _rows(found, everything=everything), format_name)
    if not found.ways:
        _say_none(found)
    elif found.left_out:
        more = len(found.ways) + found.left_out
        ways = "1 more way" if found.left_out == 1 else f"{found.left_out} more ways"
        say(f"{ways} with --limit {more}")
    for entity in (found.start, found.end):
        if entity.properties.get("ambiguous"):
            say(f"{entity.name} means several things; graphkb identity tells which")
    for entity in found.unread:
        say(f"so much touches {entity.name} that its weaker edges were not all followed")


def _say_none(found: Explanation) -> None:
    wider = f"; --hops {_MOST_HOPS} looks farther" if found.hops < _MOST_HOPS else ""
    hops = "one hop" if found.hops == 1 else f"up to {found.hops} hops"
    say(f"no way of {hops} joins {found.start.name} and {found.end.name}{wider}")
    for entity, near in zip((found.start, found.end), found.near, strict=True):
        names = ", ".join(shortened(other.name, _NAME) for other in near)
        say(f"  next to {shortened(entity.name, _NAME)}: {names or 'nothing'}")


def _rows(found: Explanation, *, everything: bool) -> Iterator[tuple[object, ...]]:
    for number, way in enumerate(found.ways, 1):
        for at, hop in enumerate(way.hops, 1):
            for said in hop.statements if everything else hop.statements[:1]:
                yield (
                    number,
                    at,
                    hop.start.name,
                    said.edge.type,
                    "to" if said.edge.start == hop.start.id else "from",
                    hop.end.name,
                    said.basis,
                    said.date,
                    said.title,
                    said.sentence,
                    len(hop.statements),
                    hop.start.id,
                    hop.end.id,
                    said.edge.paper,
                )


def _told(found: Explanation, width: int | None, *, everything: bool) -> Iterator[str]:
    columns = width or _UNBOUNDED
    for number, way in enumerate(found.ways, 1):
        if number > 1:
            yield ""
        first = f"{number}. "
        indent = " " * len(first)
        yield from wrapped(_drawn(way), columns, first, indent)
        for at, hop in enumerate(way.hops):
            shown = hop.statements if everything else hop.statements[:1]
            for said in shown:
                if len(way.hops) > 1 or everything:
                    yield from wrapped(_clause(hop, said), columns, indent, indent + "  ")
                # One sentence often states several hops: it is quoted once, after the last.
                after = way.hops[at + 1 : at + 2]
                if everything or not any(_is_same(said, later.best) for later in after):
                    yield from wrapped(quoted(said), columns, indent + "  ", indent + "  ")
            if len(hop.statements) > len(shown):
                yield from wrapped(_more(hop), columns, indent + "  ", indent + "  ")
        if way.alike:
            count = f"{way.alike} more ways" if way.alike > 1 else "one more way"
            yield from wrapped(f"({count} of this kind through others)", columns, indent, indent)


def _drawn(way: Way) -> str:
    parts = [_name(way.hops[0].start)]
    for hop in way.hops:
        words = _words(hop.type)
        parts.append(f"─ {words} →" if hop.outgoing else f"← {words} ─")
        parts.append(_name(hop.end))
    return " ".join(parts)


def _name(entity: Entity) -> str:
    name = shortened(entity.name, _NAME)
    marks = {"Paper": "“{}”", "Result": "[{}]"}
    return marks.get(entity.label, "{}").format(name)


def _words(type_: str) -> str:
    return type_.lower().replace("_", " ")


def _clause(hop: Hop, said: Stated) -> str:
    ends = (hop.start, hop.end) if said.edge.start == hop.start.id else (hop.end, hop.start)
    return f"{_name(ends[0])} {_words(said.edge.type)} {_name(ends[1])}"


def _is_same(one: Stated, other: Stated) -> bool:
    return (one.edge.paper, one.sentence) == (other.edge.paper, other.sentence)


def _more(hop: Hop) -> str:
    counts: dict[str, int] = {}
    for said in hop.statements[1:]:
        words = _words(said.edge.type)
        counts[words] = counts.get(words, 0) + 1
    told = (f"{words} ({count})" if count > 1 else words for words, count in counts.items())
    return f"(also: {', '.join(told)}; --all shows them)"
