"""topic, view, export."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from graphkb import without_store
from graphkb.cli.arguments import given_parameters
from graphkb.cli.rows import formatted, print_rows
from graphkb.cli.terminal import NOTHING_LOADED, say
from graphkb.knowledge_base import open as open_base

__all__ = ["export", "topic", "view"]


@click.command(epilog="Example: graphkb topic GRPO --limit 30 --kind method --kind paper")
@click.argument("seed", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1), default=60, show_default=True, help="Most rows.")
@click.option(
    "--hops", type=click.IntRange(0), default=3, show_default=True, help="Most steps from a seed."
)
@click.option(
    "--since", metavar="DATE", help="Only papers of this ISO date or later; all else stays."
)
@click.option(
    "--until", metavar="DATE", help="Only papers of this ISO date or earlier; all else stays."
)
@click.option("--kind", "kinds", multiple=True, help="Only entities of this kind beside the seeds.")
@click.option("--exclude", multiple=True, metavar="NAME", help="Leave this out.")
@formatted
@click.pass_obj
def topic(
    db: str,
    seed: tuple[str, ...],
    limit: int,
    hops: int,
    since: str | None,
    until: str | None,
    kinds: tuple[str, ...],
    exclude: tuple[str, ...],
    format_name: str,
) -> None:
    """Find the part of the graph that belongs to names or words.

    Each SEED is a name, an alias, an id, or words; quote words that belong together.
    """
    with open_base(db) as base:
        found = base.topic(
            *seed,
            limit=limit,
            hops=hops,
            since=since,
            until=until,
            kinds=kinds,
            exclude=exclude,
        )
    is_read = format_name in ("table", "markdown")
    print_rows(found.columns, found.rows(told=is_read), format_name)
    if found.left_out:
        say(f"{found.left_out} more are near; --limit shows them")


@click.command(epilog="Example: graphkb view GRPO -o grpo.html --open")
@click.argument("seed", nargs=-1)
@click.option("-o", "out", required=True, metavar="PAGE.html", help="The page to write.")
@click.option(
    "--limit", type=click.IntRange(1, 10_000), help="Most entities: 60 of a topic, else 2000."
)
@click.option("--query", "query", metavar="NAME", help="Draw what a named query answers.")
@click.option("--cypher", "statement", metavar="STATEMENT", help="Draw what a statement answers.")
@given_parameters("A parameter of the query or the statement.")
@click.option("--open", "open_page", is_flag=True, help="Open it in the browser.")
@click.pass_obj
def view(
    db: str,
    seed: tuple[str, ...],
    out: str,
    limit: int | None,
    query: str | None,
    statement: str | None,
    parameters: dict[str, str],
    open_page: bool,
) -> None:
    """Write a page to explore the graph, a topic, or what a query answers.

    Without a SEED, --query or --cypher the whole graph is drawn. The page needs no network and no
    other file.
    """
    if sum((bool(seed), query is not None, statement is not None)) > 1:
        raise click.UsageError("Draw seeds, --query or --cypher: one of the three.")
    if parameters and query is None and statement is None:
        raise click.UsageError("-p goes with --query or --cypher.")
    with open_base(db) as base:
        rows = None
        if query is not None:
            rows = base.query(query, **parameters)
        elif statement is not None:
            rows = base.cypher(statement, parameters)
        path = base.view(out, *seed, rows=rows, limit=limit, title=query)
        empty = base.is_empty
    say(f"wrote {path} ({path.stat().st_size / 1000:.0f} kB)")
    if empty:
        say(NOTHING_LOADED)
    if open_page:
        click.launch(path.resolve().as_uri())


class _ExportCommand(click.Command):
    """Lists the formats in its help: whoever adds one edits nothing here."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        with formatter.section("Formats"):
            formats = without_store.export_formats().values()
            formatter.write_dl([(found.name, found.title) for found in formats])


def _known_format(ctx: click.Context, parameter: click.Parameter, name: str) -> str:
    known = without_store.export_formats()
    if name not in known:
        raise click.BadParameter(
            f"there is no format {name!r}, only {', '.join(known)}", ctx, parameter
        )
    return name


@click.command(
    cls=_ExportCommand, epilog="Example: graphkb export GRPO --to graphml -o grpo.graphml"
)
@click.argument("seed", nargs=-1)
@click.option(
    "--to",
    "format_name",
    required=True,
    metavar="FORMAT",
    callback=_known_format,
    help="The format, see below.",
)
@click.option("-o", "out", required=True, metavar="OUT", help="The file or folder to write.")
@click.option("--limit", type=click.IntRange(1), default=60, show_default=True, help="Of a topic.")
@click.option("--losses", metavar="FILE", help="Write what the format cannot hold as JSON.")
@click.pass_obj
def export(
    db: str, seed: tuple[str, ...], format_name: str, out: str, limit: int, losses: str | None
) -> None:
    """Write the graph or a topic in a format of other tools.

    Without a SEED the whole graph is written. A file is replaced; a folder only if it is empty
    or an earlier export.
    """
    with open_base(db) as base:
        done = base.export(format_name, out, *seed, limit=limit)
    say(f"wrote {done.path}: {done.entities} entities, {done.edges} edges")
    if not done.entities:
        say(NOTHING_LOADED)
    counted: Counter[str] = Counter()
    for loss in done.losses:
        counted[loss.what] += loss.count
    hint = "" if losses is not None else "; --losses FILE says where"
    for what, count in sorted(counted.items()):
        say(f"  {what}: {count}{hint}")
    if losses is not None:
        without_store.write_losses(done, Path(losses))
