"""queries, query, cypher."""

from __future__ import annotations

import json
import sys

import click

from graphkb import without_store
from graphkb.cli.arguments import given_parameters
from graphkb.cli.rows import formatted, print_rows
from graphkb.cli.terminal import say
from graphkb.errors import QueryError
from graphkb.knowledge_base import open as open_base

__all__ = ["cypher", "queries", "query"]


@click.command(epilog="Example: graphkb queries")
@formatted
def queries(format_name: str) -> None:
    """List the named queries."""
    rows = []
    for found in without_store.queries().values():
        parameters = [
            {"name": p.name, "type": p.type, "default": p.default} for p in found.parameters
        ]
        shown: object = parameters
        if format_name in ("table", "markdown"):
            shown = ", ".join(
                p.name if p.default is None else f"{p.name}={p.default}" for p in found.parameters
            )
        rows.append((found.name, found.title, shown, list(found.tags)))
    print_rows(("name", "title", "params", "tags"), rows, format_name)


@click.command(epilog="Example: graphkb query used-by -p method=GRPO --format csv")
@click.argument("name")
@given_parameters("A parameter of the query, see graphkb queries.")
@formatted
@click.pass_obj
def query(db: str, name: str, parameters: dict[str, str], format_name: str) -> None:
    """Answer a named query."""
    with open_base(db) as base:
        rows = base.query(name, **parameters)
    print_rows(rows.columns, rows.rows, format_name)


@click.command(
    epilog='Example: graphkb cypher "MATCH (m:Method) RETURN m.name AS method ORDER BY method"'
)
@click.argument("statement")
@given_parameters("A value for $KEY: JSON where it is JSON, text otherwise.")
@click.option(
    "--limit", type=click.IntRange(1), default=10_000, show_default=True, help="Most rows."
)
@click.option(
    "--timeout", type=click.FloatRange(0.001), default=60.0, show_default=True, help="Seconds."
)
@formatted
@click.pass_obj
def cypher(
    db: str,
    statement: str,
    parameters: dict[str, str],
    limit: int,
    timeout: float,
    format_name: str,
) -> None:
    """Answer a Cypher statement that only reads.

    With - the statement is read from standard input.
    """
    text = _standard_input() if statement == "-" else statement
    values = {name: _value(given) for name, given in parameters.items()}
    with open_base(db) as base:
        rows = base.cypher(text, values, limit=limit, timeout=timeout)
    print_rows(rows.columns, rows.rows, format_name)
    if rows.cut:
        say(f"cut after {limit} rows; --limit allows more")


def _standard_input() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise QueryError(
            f"byte {error.start} is no UTF-8 text",
            where="standard input",
            remedy="write the statement as UTF-8",
        ) from None


def _value(text: str) -> object:
    try:
        return json.loads(text, parse_constant=_no_json)
    except (ValueError, RecursionError):
        return text


def _no_json(constant: str) -> object:
    # NaN and Infinity are Python's own; no Cypher literal and no JSON.
    raise ValueError(constant)
