"""bulk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from graphkb import without_store
from graphkb.cli.arguments import key_values
from graphkb.cli.progress import stages
from graphkb.cli.terminal import say, visible

if TYPE_CHECKING:
    from graphkb.bulk.build import BulkReport
    from graphkb.model.progress import Progress

__all__ = ["bulk"]

# What the stages of a build do, by the number that their names begin with.
_DOING = {
    "0": "reading sources",
    "1": "joining records",
    "2": "looking up citations and authors",
    "3": "reading texts",
    "4": "comparing names",
    "5": "deciding names",
    "6": "handing names out",
    "7": "writing what papers state",
    "8": "adding up",
}


@click.command(
    epilog="Example: graphkb bulk openalex/works papers.jsonl -o import && "
    "sh import/import.sh"
    "\n\nA SOURCE is a file, or a folder whose files are one source, such as a snapshot."
)
@click.argument("source", nargs=-1, required=True)
@click.option("-o", "out", required=True, metavar="DIR", help="The folder to write.")
@click.option("--from", "loader", metavar="LOADER", help="Read it so, whatever it looks like.")
@click.option("--as", "name", metavar="NAME", help="Name the source.")
@click.option(
    "--option",
    "options",
    multiple=True,
    metavar="KEY=VALUE",
    callback=key_values,
    help="An option of the loader, see graphkb loaders.",
)
@click.option(
    "--to",
    "form",
    type=click.Choice(["csv", "parquet"]),
    help="The form of the files: csv; on Spark parquet.",
)
@click.option("--spark", is_flag=True, help="Run on Spark; extra spark.")
@click.option("--master", metavar="URL", help="Spark's master, with --spark.")
@click.option(
    "--processes",
    type=click.IntRange(1),
    metavar="N",
    help="How many run at once; all cores by default.",
)
@click.option(
    "--partitions",
    type=click.IntRange(1, 100_000),
    metavar="N",
    help="In how many parts; more need less memory each.",
)
@click.option("--no-texts", is_flag=True, help="Read no title and no abstract: records alone.")
@click.option("--strict", is_flag=True, help="Refuse everything if anything would be skipped.")
def bulk(
    source: tuple[str, ...],
    out: str,
    loader: str | None,
    name: str | None,
    options: dict[str, str],
    form: str | None,
    spark: bool,
    master: str | None,
    processes: int | None,
    partitions: int | None,
    no_texts: bool,
    strict: bool,
) -> None:
    """Write import files for Neo4j straight from sources, without a store.

    The files hold what a load of the same sources derives, in the form of neo4j-admin database
    import, with the command that imports them. What no memory would hold is built so: on the
    processes of this machine, or on Spark. A build that was stopped goes on where it was; one that
    is done is not done again.
    """
    if name is not None and len(source) > 1:
        raise click.UsageError("--as names one SOURCE; build them one by one")
    if out == "-":
        raise click.UsageError("bulk writes a folder: name one with -o.")
    if master is not None and not spark:
        raise click.UsageError("--master is Spark's: say --spark too")
    with stages("looking at the sources") as tell:
        report = without_store.bulk(
            *source,
            out=out,
            form=form or ("parquet" if spark else "csv"),
            engine="spark" if spark else "processes",
            loader=loader,
            name=name,
            options=options,
            processes=processes,
            partitions=partitions,
            master=master,
            texts=not no_texts,
            strict=strict,
            progress=_named(tell) if tell else None,
        )
    _tell(report)


def _named(tell: Progress) -> Progress:
    """Tell of the stages of a build in words."""
    number = {stage: place for place, stage in enumerate(_DOING, 1)}

    def named(name: str, done: int, total: int) -> None:
        stage = name.partition("-")[0]
        what = f"{number.get(stage, 0)}/{len(_DOING)} {_DOING.get(stage, name)}"
        tell(what, done, total)

    return named


def _tell(report: BulkReport) -> None:
    for one in report.sources:
        skipped = sum(number for number, _ in one.skipped.values())
        read = one.kept + one.merged + skipped
        cited = f", {one.cited} cited works told of" if one.cited else ""
        say(
            f"{one.id}: {read} read, {one.kept} kept, {one.merged} repeated, "
            f"{skipped} skipped{cited}"
        )
        _tell_reasons("skipped", one.skipped)
        _tell_reasons("note", one.notices)
    for (what, where), number in sorted(report.losses.items()):
        say(f"  {what}: {number} ({where})")
    entities, edges = sum(report.entities.values()), sum(report.edges.values())
    done = "nothing to do: " if report.was_done else "wrote "
    has = " has" if report.was_done else ":"
    say(f"{done}{visible(str(report.folder))}{has} {entities} entities, {edges} edges")


def _tell_reasons(what: str, reasons: Mapping[str, tuple[int, Sequence[str]]]) -> None:
    for reason, (number, places) in reasons.items():
        more = number - len(places)
        shown = ", ".join(places) + (f", … and {more} more" if more > 0 else "") if places else ""
        say(f"  {what} {shown}: {reason}" if shown else f"  {what} {reason}")
