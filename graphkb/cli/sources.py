"""load, refresh, sources, forget, rebuild."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from graphkb.cli.arguments import key_values
from graphkb.cli.progress import stages
from graphkb.cli.rows import formatted, print_rows
from graphkb.cli.terminal import say
from graphkb.knowledge_base import open as open_base

if TYPE_CHECKING:
    from graphkb.build.report import LoadReport

__all__ = ["forget", "load", "rebuild", "refresh", "sources"]


@click.command(
    epilog="Example: graphkb load papers.txt -o date=2025-12-29"
    "\n\nA SOURCE is a file, - for standard input, or a scheme such as sample: or arxiv:2402.03300"
)
@click.argument("source", nargs=-1, required=True)
@click.option("--from", "loader", metavar="LOADER", help="Read it so, whatever it looks like.")
@click.option("--as", "name", metavar="NAME", help="Name the source; replaces one of that name.")
@click.option(
    "-o",
    "options",
    multiple=True,
    metavar="KEY=VALUE",
    callback=key_values,
    help="An option of the loader, see graphkb loaders.",
)
@click.option("--strict", is_flag=True, help="Refuse everything if anything would be skipped.")
@click.option("--dry-run", is_flag=True, help="Report what would be loaded; write nothing.")
@click.option("--offline", is_flag=True, help="Ask no service, only the cache of its answers.")
@click.pass_obj
def load(
    db: str,
    source: tuple[str, ...],
    loader: str | None,
    name: str | None,
    options: dict[str, str],
    strict: bool,
    dry_run: bool,
    offline: bool,
) -> None:
    """Load sources into the graph.

    The same source with the same content again changes nothing; with other content from the same
    place it replaces the old content.
    """
    if name is not None and len(source) > 1:
        raise click.UsageError("--as names one SOURCE; load them one by one")
    if not all(source):
        raise click.UsageError("a SOURCE is empty; give a file, - or a scheme such as sample:")
    if len([place for place in source if place == "-"]) > 1:
        raise click.UsageError("standard input can be read once")
    with open_base(db) as base, stages("looking at the sources") as progress:
        report = base.load(
            *source,
            loader=loader,
            name=name,
            options=options,
            strict=strict,
            dry_run=dry_run,
            offline=offline,
            progress=progress,
        )
    _tell(report)


@click.command(epilog="Example: graphkb refresh arxiv:2402.03300 -o contact=me@example.org")
@click.argument("source_id", nargs=-1)
@click.option(
    "-o",
    "options",
    multiple=True,
    metavar="KEY=VALUE",
    callback=key_values,
    help="An option of the loader, see graphkb loaders.",
)
@click.option("--strict", is_flag=True, help="Refuse everything if anything would be skipped.")
@click.option("--dry-run", is_flag=True, help="Report what would be loaded; write nothing.")
@click.pass_obj
def refresh(
    db: str,
    source_id: tuple[str, ...],
    options: dict[str, str],
    strict: bool,
    dry_run: bool,
) -> None:
    """Fetch live sources again from where they came.

    Without SOURCE_ID all that came from a service. A source that cannot be fetched stays as it is.
    """
    with open_base(db) as base, stages("fetching") as progress:
        report = base.refresh(
            *source_id, options=options, strict=strict, dry_run=dry_run, progress=progress
        )
    _tell(report)


def _tell(report: LoadReport) -> None:
    from graphkb.build.report import folded

    tense = "would be " if report.dry_run else ""
    for loaded in report.sources:
        joined = f", {loaded.joined} joined with other records" if loaded.joined else ""
        joined += f", {loaded.cited} cited works told of" if loaded.cited else ""
        joined += f", {loaded.edges} edges as asserted" if loaded.edges else ""
        say(
            f"{loaded.id}: {tense}{loaded.outcome}; {loaded.read} read, {loaded.kept} kept, "
            f"{loaded.merged} repeated, {len(loaded.skipped)} skipped{joined}",
        )
        for skipped in folded(loaded.skipped):
            say(f"  skipped {skipped.place}: {skipped.reason}")
        for notice in loaded.notices:
            place = f"{notice.place}: " if notice.place else ""
            say(f"  note {place}{notice.message}")
    for failure in report.failures:
        say(str(failure))
    would = " would be made (dry run)" if report.dry_run else ""
    say(f"{report.changes} changes{would}")
    if report.failures:
        raise click.exceptions.Exit(1)


@click.command(epilog="Example: graphkb sources --format json")
@click.option("--all", "builtin", is_flag=True, help="List the built-in curated facts too.")
@formatted
@click.pass_obj
def sources(db: str, builtin: bool, format_name: str) -> None:
    """List what was loaded."""
    columns = ("id", "loader", "name", "papers", "records", "state")
    with open_base(db) as base:
        rows = [
            (found.id, *(found.properties.get(column) for column in columns[1:]))
            for found in base.sources(builtin=builtin)
        ]
    print_rows(columns, rows, format_name)


@click.command(epilog="Example: graphkb forget hf-listing:papers.txt")
@click.argument("source_id")
@click.pass_obj
def forget(db: str, source_id: str) -> None:
    """Take a source out again, as if it had never been loaded."""
    with open_base(db) as base:
        changes = base.forget(source_id)
    say(f"{source_id}: forgotten")
    say(f"{changes} changes")


@click.command(epilog="Example: graphkb rebuild")
@click.pass_obj
def rebuild(db: str) -> None:
    """Derive every entity and edge again from the records."""
    with open_base(db) as base, stages("reading the store") as progress:
        changes = base.rebuild(progress)
    say(f"{changes} changes")
