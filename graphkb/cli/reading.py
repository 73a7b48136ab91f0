"""show, stats, digest, doctor."""

from __future__ import annotations

import click

from graphkb import without_store
from graphkb.cli.description import STATEMENT_COLUMNS, described, statement_row
from graphkb.cli.progress import stages
from graphkb.cli.rows import formatted, print_rows
from graphkb.cli.terminal import NOTHING_LOADED, echo, say, terminal_width
from graphkb.knowledge_base import open as open_base

__all__ = ["digest", "doctor", "show", "stats"]


@click.command(epilog="Example: graphkb show GRPO")
@click.argument("name", nargs=-1, required=True)
@click.option(
    "--plot",
    "plot",
    metavar="FILE",
    help="Plot the papers that take it up, by date, as .svg or .png instead.",
)
@formatted
@click.pass_obj
def show(db: str, name: tuple[str, ...], plot: str | None, format_name: str) -> None:
    """Show an entity with its edges and their sentences.

    Other formats than table print a row an edge.
    """
    with open_base(db) as base:
        if plot is not None:
            papers = base.timeline(" ".join(name))
            say(f"wrote {without_store.plot_timeline(papers, plot)}")
            return
        found = base.show(" ".join(name))
    if format_name == "table":
        echo(described(found, terminal_width()))
    else:
        print_rows(STATEMENT_COLUMNS, map(statement_row, found.statements), format_name)


@click.command(epilog="Example: graphkb stats --format csv")
@formatted
@click.pass_obj
def stats(db: str, format_name: str) -> None:
    """Count entities and relationships."""
    with open_base(db) as base:
        rows = [(counted.group, counted.name, counted.count) for counted in base.stats()]
    print_rows(("group", "name", "count"), rows, format_name)
    if not rows:
        say(NOTHING_LOADED)


@click.command(epilog="Example: graphkb digest")
@click.pass_obj
def digest(db: str) -> None:
    """Print the SHA-256 of graph and records.

    Equal stores print the same 64 digits, whatever the engine and the order of loading.
    """
    with open_base(db) as base:
        echo(base.digest() + "\n")


@click.command(epilog="Example: graphkb doctor")
@formatted
@click.pass_obj
def doctor(db: str, format_name: str) -> None:
    """Check that the store holds what its records derive."""
    with open_base(db) as base, stages("reading the store") as progress:
        findings = base.doctor(progress)
    if findings or format_name != "table":
        rows = [(f.check, f.where, f.what, f.remedy) for f in findings]
        print_rows(("check", "where", "what", "remedy"), rows, format_name)
    say(f"{len(findings)} findings" if findings else "all is well")
    if findings:
        raise click.exceptions.Exit(1)
