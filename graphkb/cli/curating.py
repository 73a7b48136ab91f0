"""catalogue, loaders."""

from __future__ import annotations

from collections import Counter

import click

from graphkb import without_store
from graphkb.cli.progress import progress_bar
from graphkb.cli.rows import formatted, print_rows
from graphkb.cli.terminal import say

__all__ = ["catalogue", "loaders"]


@click.group(epilog="Example: graphkb catalogue check", invoke_without_command=True)
@formatted
@click.pass_context
def catalogue(ctx: click.Context, format_name: str) -> None:
    """List or check the curated catalogue."""
    if ctx.invoked_subcommand is None:
        rows = [
            (
                entry.kind,
                entry.name,
                entry.long,
                [parent.name for parent in entry.extends],
                entry.paper.id if entry.paper else None,
                entry.looked_up,
            )
            for entry in without_store.catalogue()
        ]
        columns = ("kind", "name", "long", "extends", "paper", "looked_up")
        print_rows(columns, rows, format_name)


@catalogue.command(
    epilog="Example: graphkb catalogue check papers.jsonl"
    "\n\nA CORPUS is a file, - for standard input, or a scheme such as sample:"
)
@click.argument("corpus", required=False)
@click.option("--from", "loader", metavar="LOADER", help="Read it so, whatever it looks like.")
@click.option(
    "--least",
    type=click.IntRange(min=1),
    default=3,
    show_default=True,
    metavar="N",
    help="Tell names and spellings that at least N papers have.",
)
@formatted
def check(corpus: str | None, loader: str | None, least: int, format_name: str) -> None:
    """Check aliases, lineages, identifiers and where each entry was looked up.

    With a CORPUS also which names its papers have that the catalogue lacks, which spellings hit
    ordinary words there, and which entries no paper mentions. These are for a person to judge:
    only what is wrong with the catalogue itself is a failure.
    """
    if corpus is None and loader is not None:
        raise click.UsageError("--from says how to read a CORPUS, and none is given")
    number, problems = without_store.check_catalogue()
    told = [f"{number} entries", f"{len(problems)} problems"]
    columns: tuple[str, ...] = ("place", "entry", "what", "remedy")
    rows: list[tuple[object, ...]]
    if corpus is None:
        rows = [(p.place, p.entry, p.what, p.remedy) for p in problems]
    else:
        columns = ("finding", "name", "kind", "papers", "place", "what", "example")
        rows = [
            ("problem", p.entry, None, None, p.place, f"{p.what}: {p.remedy}", None)
            for p in problems
        ]
        with progress_bar("reading papers") as progress:
            papers, seen = without_store.catalogue_coverage(
                corpus,
                loader=loader,
                least=least,
                tell=lambda place, reason: say(f"skipped {place}: {reason}"),
                progress=progress,
            )
        rows += [tuple(getattr(remark, column) for column in columns) for remark in seen]
        counted = Counter(remark.finding for remark in seen)
        told += [f"{papers} papers", *(f"{many} {finding}" for finding, many in counted.items())]
    if rows or format_name != "table":
        print_rows(columns, rows, format_name)
    say(", ".join(told))
    if problems:
        raise click.exceptions.Exit(1)


@click.command(epilog="Example: graphkb loaders")
@formatted
def loaders(format_name: str) -> None:
    """List the loaders."""
    rows = []
    for loader in without_store.loaders().values():
        options = [f"{option.name}: {option.meaning}" for option in loader.options]
        scheme = f"{loader.scheme}:" if loader.scheme else None
        rows.append((loader.name, loader.title, scheme, options, loader.example or None))
    print_rows(("name", "title", "scheme", "options", "example"), rows, format_name)
