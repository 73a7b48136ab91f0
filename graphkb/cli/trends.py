"""trends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from graphkb.cli.arguments import given_parameters
from graphkb.cli.rows import formatted, print_rows
from graphkb.cli.terminal import counted, echo, say
from graphkb.errors import QueryError
from graphkb.knowledge_base import open as open_base

if TYPE_CHECKING:
    from graphkb.query.trends import Trend, Trends

__all__ = ["trends"]

_COLUMNS = (
    *("trend", "name", "kind", "papers_before", "papers", "groups_before", "groups"),
    *("rate_before", "rate", "z", "id"),
)
_SHOWN = ("name", "kind", "papers", "groups of authors", "of all papers", "z", "id")
_PARAMETERS = ("since", "until", "kind", "limit")
_LIMIT = 15


@click.command(epilog="Example: graphkb trends --since 2025-06 --kind method")
@click.option(
    "--since", metavar="D", help="Where the later period begins; three months before its end."
)
@click.option("--until", metavar="D", help="Where it ends; with the last month of most papers.")
@click.option("--kind", "kinds", multiple=True, metavar="K", help="method, model, dataset, task …")
@click.option(
    "--limit", type=click.IntRange(1), help=f"Most rows of each kind.  [default: {_LIMIT}]"
)
@given_parameters("since, until, kind or limit, as for a named query.")
@formatted
@click.pass_obj
def trends(
    db: str,
    since: str | None,
    until: str | None,
    kinds: tuple[str, ...],
    limit: int | None,
    parameters: dict[str, str],
    format_name: str,
) -> None:
    """Find what rose and what fell between two adjacent periods of one length.

    A thing is ranked by the standard errors (z) by which the share of papers that name it changed;
    papers with a common author count as one. Things that are new are listed apart.
    """
    _check(parameters, {"since": since, "until": until, "kind": kinds, "limit": limit})
    with open_base(db) as base:
        found = base.trends(
            since=parameters.get("since", since),
            until=parameters.get("until", until),
            kinds=parameters["kind"].split(",") if "kind" in parameters else kinds,
            limit=_number(parameters["limit"]) if "limit" in parameters else limit or _LIMIT,
        )
    groups = {"rose": found.rose, "fell": found.fell, "first": found.first}
    if format_name == "table":
        _print_tables(found, groups)
    else:
        rows = ((name, *_row(trend)) for name, held in groups.items() for trend in held)
        print_rows(_COLUMNS, rows, format_name)
    say(f"{found.steady} more changed by less than a standard error")
    if any(found.more):
        rose, fell, first = found.more
        say(f"left out: {rose} more rose, {fell} fell, {first} are new; --limit allows more")
    if found.undated:
        say(f"{counted(found.undated, 'paper')} of no date, or one too coarse to tell the period")


def _check(parameters: dict[str, str], flags: dict[str, object]) -> None:
    for name in parameters:
        if name not in flags:
            raise QueryError(
                f"trends has no parameter {name!r}",
                remedy=f"its parameters: {', '.join(_PARAMETERS)}",
            )
        if flags[name]:
            raise click.UsageError(f"--{name} and -p {name}=… are the same; give one of them.")


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text)):
        raise QueryError(
            f"limit takes a whole number of at least 1, not {text!r}", remedy="write limit=10"
        )
    return int(text)


def _row(trend: Trend) -> tuple[object, ...]:
    return (
        trend.entity.name,
        _kind(trend),
        *trend.papers,
        *trend.groups,
        *(round(rate, 6) for rate in trend.rates),
        trend.z,
        trend.entity.id,
    )


def _kind(trend: Trend) -> object:
    return trend.entity.properties.get("kind", trend.entity.label.lower())


def _print_tables(found: Trends, groups: dict[str, tuple[Trend, ...]]) -> None:
    earlier, later = (counted(papers, "paper") for papers in found.papers)
    echo(f"{found.later} ({later}), after {found.earlier} ({earlier})\n")
    titles = {"rose": "Rose", "fell": "Fell", "first": "First named in this time"}
    for name, held in groups.items():
        echo(f"\n{titles[name]}\n")
        if held:
            print_rows(_SHOWN, map(_shown, held), "table")
        else:
            echo(" nothing\n")


def _shown(trend: Trend) -> tuple[object, ...]:
    rates = [f"{100 * rate:.1f}%" for rate in trend.rates]
    return (
        trend.entity.name,
        _kind(trend),
        "{} → {}".format(*trend.papers),
        "{} → {}".format(*trend.groups),
        "{} → {}".format(*rates),
        f"{trend.z:+.1f}",
        trend.entity.id,
    )
