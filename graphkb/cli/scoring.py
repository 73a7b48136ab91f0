"""eval."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from graphkb import without_store
from graphkb.cli.rows import formatted, print_rows
from graphkb.cli.terminal import echo, say, visible

if TYPE_CHECKING:
    from graphkb.evaluation.evaluate import Evaluation
    from graphkb.evaluation.mistake import Mistake

__all__ = ["eval"]

_MISTAKE = ("paper", "key", "side", "what", "label", "instead", "sentence")


@click.command("eval", epilog="Example: graphkb eval found.jsonl annotated.jsonl --errors 3")
@click.argument("predicted")
@click.argument("gold")
@click.option(
    "--errors", type=click.IntRange(1), metavar="N", help="List up to N errors of each class, too."
)
@click.option("--against", metavar="TABLE.json", help="Tell the difference to an earlier table.")
@click.option("--common", is_flag=True, help="Score the papers that both files have.")
@formatted
def eval(  # noqa: A001 - a command is found by its name
    predicted: str,
    gold: str,
    errors: int | None,
    against: str | None,
    common: bool,
    format_name: str,
) -> None:
    """Score what extract found against annotations.

    Prints precision, recall, F1 and the number of annotated statements a key; a difference is in
    points, hundredths. Names match by letters and digits, under any of their spellings. With
    --errors each error stands with its class and sentence; formats other than table then hold the
    errors alone. The table for --against is what --format json prints.
    """
    found = without_store.evaluate(predicted, gold, common=common, against=against)
    if errors is None or format_name == "table":
        columns = tuple(found.rows[0]) if found.rows else ("key", "precision", "recall", "f1", "n")
        told = _told if format_name == "table" else _given
        rows = [[told(name, row[name]) for name in columns] for row in found.rows]
        print_rows(columns, rows, format_name)
    if errors is not None:
        kept = list(_first(found.mistakes, errors))
        if format_name == "table":
            for line in _listing(found, kept):
                echo(visible(line) + "\n")
        else:
            rows = [[getattr(mistake, name) for name in _MISTAKE] for mistake in kept]
            print_rows(_MISTAKE, rows, format_name)
    say(f"{found.papers} papers, {len(found.mistakes)} differences")


def _given(_: str, value: object) -> object:
    return value


def _told(name: str, value: object) -> object:
    if not isinstance(value, float):
        return value
    return f"{value:+.1f}" if name.endswith("_points") else f"{value:.3f}"


def _first(mistakes: tuple[Mistake, ...], most: int) -> Iterator[Mistake]:
    """Yield the first mistakes of each key, side and class."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for mistake in mistakes:
        kind = (mistake.key, mistake.side, mistake.what)
        seen[kind] += 1
        if seen[kind] <= most:
            yield mistake


def _listing(found: Evaluation, kept: list[Mistake]) -> Iterator[str]:
    """Yield the errors for people: key by key, class by class, the most frequent first."""
    counts = Counter((m.key, m.side, m.what) for m in found.mistakes)
    order = {key: at for at, key in enumerate(dict.fromkeys(m.key for m in found.mistakes))}
    for key, side, what in sorted(counts, key=lambda kind: (order[kind[0]], -counts[kind], kind)):
        name = what if what == side else f"{side}, {what}"
        yield ""
        yield f"{key}: {name} ({counts[key, side, what]})"
        for mistake in kept:
            if (mistake.key, mistake.side, mistake.what) != (key, side, what):
                continue
            instead = f" (there: {mistake.instead})" if mistake.instead else ""
            yield f"  {mistake.paper}  {mistake.label}{instead}"
            if mistake.sentence:
                yield f"      “{mistake.sentence}”"
