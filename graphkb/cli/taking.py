"""topic, view, export."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graphkb import without_store
from graphkb.cli.asked_topic import AskedTopic, asks_topic
from graphkb.cli.progress import progress_bar
from graphkb.cli.rows import formatted, print_rows
from graphkb.cli.terminal import NOTHING_LOADED, echo, say
from graphkb.knowledge_base import open as open_base

if TYPE_CHECKING:
    from graphkb.export.write import Exported

__all__ = ["export", "topic", "view"]


@click.command(epilog="Example: graphkb topic GRPO --limit 30 --kind method --kind paper")
@asks_topic
@click.option("--markdown", "reports", is_flag=True, help="Print a report instead of rows.")
@formatted
@click.pass_obj
def topic(db: str, asked: AskedTopic, reports: bool, format_name: str) -> None:
    """Find the part of the graph that belongs to names or words.

    Each SEED is a name, an alias, an id, or words; quote words that belong together. Files and
    answers name seeds, too. The topics of --union come in first, then --intersection keeps what
    both hold, then --difference takes away; the other options are of each of the topics.
    """
    if not asked.names_any:
        raise click.UsageError("Name a SEED, or give --from, --query or --cypher.")
    if reports and format_name != "table":
        raise click.UsageError("--markdown prints a report, --format rows: one of the two.")
    with open_base(db) as base:
        found = asked.find(base)
        report = found.text("markdown") if reports else None
    if report is not None:
        echo(report)
        return
    is_read = format_name in ("table", "markdown")
    print_rows(found.columns, found.rows(told=is_read), format_name)
    if found.left_out:
        say(f"{found.left_out} more are near; --limit shows them")


@click.command(epilog="Example: graphkb view GRPO -o grpo.html --open")
@asks_topic
@click.option(
    "-o",
    "out",
    required=True,
    metavar="PAGE.html",
    help="The page to write; - is standard output.",
)
@click.option("--open", "open_page", is_flag=True, help="Open it in the browser.")
@click.pass_obj
def view(db: str, asked: AskedTopic, out: str, open_page: bool) -> None:
    """Write a page to explore the graph, a topic, or what a query answers.

    Without anything to grow from the whole graph is drawn. What --query or --cypher alone
    answers is drawn as it is, the edges among it, too; with a SEED or an option of a topic, such
    as --hops, it is a seed. Of what is no topic, 2000 entities are drawn or --limit. The page
    needs no network and no other file.
    """
    if open_page and out == "-":
        raise click.UsageError("--open shows a file: name one with -o.")
    with _placed(out) as place:
        with open_base(db) as base:
            if asked.is_answer:
                base.view(place, rows=asked.answer(base), title=asked.query, **asked.growth)
            elif asked.names_any:
                base.view(place, asked.find(base))
            else:
                base.view(place, **asked.growth)
            empty = base.is_empty
        size = place.stat().st_size
    say(f"wrote {_told(out)} ({size / 1000:.0f} kB)")
    if empty:
        say(NOTHING_LOADED)
    if open_page:
        click.launch(place.resolve().as_uri())


@contextmanager
def _placed(out: str) -> Iterator[Path]:
    """Where to write: the place that was named, or one whose content then is printed."""
    if out != "-":
        yield Path(out)
        return
    with tempfile.TemporaryDirectory(prefix="graphkb-") as folder:
        place = Path(folder) / "out"
        yield place
        with place.open("rb") as written:
            for block in iter(partial(written.read, 1 << 20), b""):
                echo(block)


def _told(out: str) -> str:
    return "standard output" if out == "-" else out


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
@asks_topic
@click.option(
    "--to",
    "format_name",
    required=True,
    metavar="FORMAT",
    callback=_known_format,
    help="The format, see below.",
)
@click.option(
    "-o",
    "out",
    required=True,
    metavar="OUT",
    help="The file or folder to write; - is standard output.",
)
@click.option("--losses", metavar="FILE", help="Write what the format cannot hold as JSON.")
@click.option("--spreadsheet", is_flag=True, help="Make formulas harmless in a format with cells.")
@click.pass_obj
def export(
    db: str,
    asked: AskedTopic,
    format_name: str,
    out: str,
    losses: str | None,
    spreadsheet: bool,
) -> None:
    """Write the graph, a topic, or what a query answers, in a format of other tools.

    Without anything to grow from the whole graph is written. What --query or --cypher alone
    answers is written as it is, the edges among it, too; with a SEED or an option of a topic,
    such as --hops, it is a seed. A file is replaced; a folder only if it is empty or an earlier
    export.
    """
    if "limit" in asked.growth and (asked.is_answer or not asked.names_any):
        raise click.UsageError("--limit bounds a topic: name a SEED, or grow one with --hops.")
    if spreadsheet and without_store.export_formats()[format_name].spreadsheet is None:
        raise click.UsageError(f"--spreadsheet is for a format with cells; {format_name} has none.")
    if losses == "-":
        raise click.UsageError("--losses writes a file: name one.")
    if losses is not None and _is_in(Path(losses), Path(out)):
        raise click.UsageError("--losses would write into OUT: name a file beside it.")
    if out == "-" and without_store.export_formats()[format_name].folder:
        raise click.UsageError(f"{format_name} writes a folder: name one with -o.")
    with _placed(out) as place, open_base(db) as base, progress_bar("writing") as tell:
        write = partial(base.export, format_name, place, spreadsheet=spreadsheet, tell=tell)
        if asked.is_answer:
            done = write(rows=asked.answer(base), title=asked.query)
        elif asked.names_any:
            done = write(asked.find(base))
        else:
            done = write()
    _report(done, _told(out), losses)


def _report(done: Exported, place: str, losses: str | None) -> None:
    say(f"wrote {place}: {done.entities} entities, {done.edges} edges")
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


def _is_in(path: Path, place: Path) -> bool:
    """Tell whether a path is a regular place or lies in it."""
    found, within = path.resolve(), place.resolve()
    if within.exists() and not within.is_file() and not within.is_dir():
        return False
    return found == within or within in found.parents
