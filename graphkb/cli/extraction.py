"""extract."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from contextlib import nullcontext
from typing import Any

import click

from graphkb import without_store
from graphkb.cli.explanation import explained
from graphkb.cli.progress import progress_bar
from graphkb.cli.terminal import echo, say

__all__ = ["extract"]


@click.command(epilog="Example: graphkb extract papers.jsonl -o found.jsonl")
@click.argument("source", metavar="FILE")
@click.option("--from", "loader", metavar="LOADER", help="Read it so, whatever it looks like.")
@click.option("-o", "out", default="-", metavar="FILE", help="Where to; standard output if absent.")
@click.option("--all", "everything", is_flag=True, help="Below the threshold of confidence, too.")
@click.option("--explain", is_flag=True, help="Say why each statement was read, or was not.")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(("jsonl", "text")),
    help="jsonl, or text to read: what --explain writes if this is absent.",
)
def extract(
    source: str,
    loader: str | None,
    out: str,
    everything: bool,
    explain: bool,
    format_name: str | None,
) -> None:
    """Read papers and write what they state, without a store.

    One JSON object a paper; every statement has its place in the text, its rule and confidence.

    With --explain a block a paper: each sentence with its place, and under it what was taken (+)
    and what was not (-), with confidence and threshold, the reason where it was not, the rule, and
    the features of a learned part that weighed most, above 0 for it and below 0 against it. With
    --all also what was far from likely.
    """
    if format_name == "text" and not explain:
        raise click.UsageError("--format text goes with --explain")
    read = without_store.explain if explain else without_store.extract
    written = explained if explain and format_name != "jsonl" else _line
    # What comes out on the terminal shows by itself how far it is.
    shown = out == "-" and sys.stdout.isatty()
    with nullcontext() if shown else progress_bar("reading papers") as progress:
        found = read(
            source,
            loader=loader,
            everything=everything,
            tell=lambda place, reason: say(f"skipped {place}: {reason}"),
            progress=progress,
        )
        blocks = map(written, found)
        if out == "-":
            for block in blocks:
                echo(block)
        else:
            without_store.write_text(out, blocks)


def _line(paper: Mapping[str, Any]) -> str:
    return json.dumps(paper, ensure_ascii=False) + "\n"
