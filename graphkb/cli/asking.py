"""queries, query."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from graphkb import without_store
from graphkb.cli.arguments import given_parameters
from graphkb.cli.rows import formatted, print_rows
from graphkb.cli.terminal import echo, visible
from graphkb.knowledge_base import open as open_base

if TYPE_CHECKING:
    from graphkb.query.header import NamedQuery
    from graphkb.query.parameter import Parameter

__all__ = ["queries", "query"]


@click.command(epilog="Example: graphkb queries --tag papers")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option(
    "--tag", "tags", multiple=True, metavar="TAG", help="Only those with this tag (repeatable)."
)
@formatted
def queries(names: tuple[str, ...], tags: tuple[str, ...], format_name: str) -> None:
    """List the named queries, or describe those that are named.

    A list for reading is sorted by group, and shows an example of each. Of a NAME everything is
    shown: parameters with types, defaults and bounds, columns, and the Cypher.
    """
    found = without_store.queries(*names, tags=tags)
    if format_name not in _READ:
        rows = [_query_row(query) for query in found.values()]
        print_rows(_QUERY_COLUMNS, rows, format_name)
    elif names:
        for number, query in enumerate(found.values()):
            echo("\n" * (number > 0))
            _describe(query, format_name)
    else:
        listed = sorted(found.values(), key=lambda query: (query.group, query.name))
        rows = [(query.group, query.name, query.title, query.example_command) for query in listed]
        print_rows(("group", "name", "title", "example"), rows, format_name)


_READ = ("table", "markdown")
_QUERY_COLUMNS = (
    *("name", "title", "params", "tags"),
    *("example", "parameters", "columns", "statement"),
)


def _query_row(query: NamedQuery) -> tuple[object, ...]:
    return (
        query.name,
        query.title,
        [{"name": p.name, "type": p.type, "default": p.default} for p in query.parameters],
        list(query.tags),
        query.example_command,
        [asdict(parameter) for parameter in query.parameters],
        [asdict(column) for column in query.columns],
        query.statement,
    )


def _describe(query: NamedQuery, format_name: str) -> None:
    heading, fence = ("## ", "```\n") if format_name == "markdown" else ("", "")
    echo(f"{heading}{visible(query.name)}: {visible(query.title)}\n\n")
    echo(f"tags: {', '.join(query.tags)}\n\n")
    if query.parameters:
        rows = [
            (p.name, f"{p.type} {p.bounds}".strip(), _default(p), p.meaning)
            for p in query.parameters
        ]
        print_rows(("parameter", "type", "default", "meaning"), rows, format_name)
        echo("\n")
    columns = [(column.name, column.declared, column.meaning) for column in query.columns]
    print_rows(("column", "type", "meaning"), columns, format_name)
    for text in (query.example_command, query.statement):
        lines = "".join(f"{visible(line)}\n" for line in text.splitlines())
        echo(f"\n{fence}{lines}{fence}")


def _default(parameter: Parameter) -> object:
    if parameter.needed:
        return "must be given"
    return "nothing" if parameter.default is None else parameter.default


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
