"""cypher: statements from an argument, a file, standard input, or a person."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from graphkb.cli.arguments import given_parameters
from graphkb.cli.rows import formatted
from graphkb.cli.script import STANDARD_INPUT, read_text
from graphkb.cli.session import Session, json_or_text
from graphkb.cli.shell_commands import LeaveError
from graphkb.knowledge_base import open as open_base

__all__ = ["cypher"]


@click.command(
    epilog='Example: graphkb cypher "MATCH (m:Method) RETURN m.name AS method ORDER BY method"'
)
@click.argument("statement", required=False, metavar="[STATEMENT|-]")
@given_parameters("A value for $KEY: JSON where it is JSON, text otherwise.")
@click.option(
    "--file",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Run the statements of a file.",
)
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=10_000,
    show_default=True,
    help="Most rows of a statement.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(0.001),
    default=60.0,
    show_default=True,
    help="Most seconds of a statement.",
)
@click.option(
    "--history",
    metavar="FILE",
    help="Where the shell keeps what was typed, else GRAPHKB_HISTORY, else the user's state "
    "folder; empty keeps nothing.",
)
@click.option("--no-pager", is_flag=True, help="Never show long answers through $PAGER.")
@formatted
@click.pass_obj
def cypher(
    db: str,
    statement: str | None,
    parameters: dict[str, str],
    path: Path | None,
    limit: int,
    timeout: float,
    history: str | None,
    no_pager: bool,
    format_name: str,
) -> None:
    """Answer Cypher statements that only read; alone, open a shell.

    Several statements are parted by semicolons, and run up to the first that fails. With -, or
    where standard input is no terminal, they are read from there. A line that begins with a colon
    is a command of the shell, such as :param since => '2025-06', also in a file; :help lists them.

    In the shell a statement ends with a semicolon or an empty line. Tab completes, Ctrl-C ends a
    statement, Ctrl-D leaves. A line that begins with a space, or seems to hold a password, is not
    kept in the history.
    """
    if statement is not None and path is not None:
        raise click.UsageError("Give a STATEMENT or a --file, not both.")
    given: dict[str, object] = {name: json_or_text(text) for name, text in parameters.items()}
    with open_base(db) as base:
        session = Session(base, given, limit, timeout, format_name, pages=not no_pager)
        if statement is None and path is None and sys.stdin.isatty():
            from graphkb.cli.shell import run_shell

            session.in_shell = True
            run_shell(session, history)
            return
        text, origin = _script(statement, path)
        try:
            done = session.run_all(text, origin)
        except LeaveError:
            done = True
    if not done:
        raise click.exceptions.Exit(1)


def _script(statement: str | None, path: Path | None) -> tuple[str, str | None]:
    if path is not None and str(path) != "-":
        return read_text(path), path.name
    if statement is None or statement == "-":
        return read_text(None), STANDARD_INPUT
    return statement, None
