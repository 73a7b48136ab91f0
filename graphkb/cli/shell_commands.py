"""The commands of the shell: lines that begin with a colon."""

from __future__ import annotations

import shlex
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from graphkb import without_store
from graphkb.cli.rows import FORMATS, print_rows
from graphkb.cli.script import read_text
from graphkb.cli.session import json_or_text
from graphkb.cli.shell_schema import show_schema
from graphkb.cli.terminal import say
from graphkb.errors import GraphKBError, NotFoundError, QueryError

if TYPE_CHECKING:
    from graphkb.cli.session import Session

__all__ = ["COMMANDS", "LeaveError", "ShellCommand", "full_name", "obey"]


class LeaveError(Exception):
    """The person wants to leave the shell."""


@dataclass(frozen=True, slots=True)
class ShellCommand:
    """A command of the shell.

    Parameters
    ----------
    usage, meaning : str
        For the help.
    run : callable
        Takes the session and what follows the name; returns False where it failed and has said
        why.
    """

    usage: str
    meaning: str
    run: Callable[[Session, str], bool | None]


def obey(session: Session, text: str) -> bool:
    """Do what a command says.

    Parameters
    ----------
    session : Session
        What the command asks or changes.
    text : str
        The line, from its colon on.

    Returns
    -------
    bool
        False where it failed and has said why.

    Raises
    ------
    GraphKBError
        There is no such command, or its arguments are wrong.
    LeaveError
        On ``:quit``.
    """
    name, _, rest = text[1:].strip().partition(" ")
    known = full_name(name)
    if known not in COMMANDS:
        near = get_close_matches(known, COMMANDS, n=1)
        hint = f"did you mean :{near[0]}?" if near else "see :help"
        raise NotFoundError(f"there is no command :{name[:40]}", remedy=hint)
    return COMMANDS[known].run(session, rest.strip()) is not False


def full_name(name: str) -> str:
    """Return the name that a short one stands for, in lower case."""
    return _SHORT.get(name.lower(), name.lower())


def _help(session: Session, rest: str) -> None:  # noqa: ARG001 - as every command
    wanted = rest.lstrip(":").lower()
    rows = [
        (f":{command.usage}", command.meaning)
        for name, command in COMMANDS.items()
        if wanted in ("", name)
    ]
    if not rows:
        raise NotFoundError(f"there is no command :{rest[:40]}", remedy="see :help")
    print_rows(("command", "what it does"), rows, "table")


def _params(session: Session, rest: str) -> None:
    if rest == "clear":
        session.parameters.clear()
    elif rest:
        raise QueryError(f":params takes clear or nothing, not {rest[:40]!r}")
    else:
        session.show(("name", "value"), sorted(session.parameters.items()))


def _param(session: Session, rest: str) -> None:
    name, arrow, text = (part.strip() for part in rest.partition("=>"))
    if not arrow:
        name, _, text = (part.strip() for part in rest.partition(" "))
    name = name.removeprefix("$")
    if not name.isidentifier() or not text:
        raise QueryError(":param needs a name and a value", remedy=":param since => '2025-06'")
    session.parameters[name] = _value(session, text)


def _value(session: Session, text: str) -> object:
    """The value of an expression of Cypher; JSON is one but for the keys of its maps."""
    value = json_or_text(text)
    if value != text:
        return value
    try:
        rows = session.base.cypher(f"RETURN {text}\nAS value", session.parameters, limit=1)
    except GraphKBError as error:
        raise QueryError(
            f"{text[:60]!r} is no value: {error.what}",
            remedy="write a number, a list, or a text between quotes",
        ) from None
    return rows.rows[0][0]


def _queries(session: Session, rest: str) -> None:
    rows = []
    for query in without_store.queries().values():
        takes = [p.name if p.default is None else f"{p.name}={p.default}" for p in query.parameters]
        if rest.casefold() in f"{query.name} {query.title}".casefold():
            rows.append((query.name, ", ".join(takes), query.title))
    session.show(("name", "parameters", "title"), rows)


def _query(session: Session, rest: str) -> None:
    try:
        name, *given = shlex.split(rest)
    except ValueError:
        raise QueryError(
            ":query needs a name, and its quotes closed", remedy=":query used-by method=GRPO"
        ) from None
    parameters: dict[str, object] = {}
    for part in given:
        key, equals, value = part.removeprefix("-p").partition("=")
        if not equals or not key:
            raise QueryError(f"{part[:60]!r} is not KEY=VALUE", remedy=f":query {name} method=GRPO")
        parameters[key] = value
    started = time.monotonic()
    rows = session.base.query(name, **parameters)
    session.count(session.show(rows.columns, rows.rows), started)


def _explain(session: Session, rest: str) -> None:
    text = rest.removesuffix(";").strip()
    if not text:
        raise QueryError(":explain needs a statement", remedy=":explain MATCH (n) RETURN n.id")
    steps = session.base.explain(text, session.parameters)
    session.show(
        ("step", "details", "expected rows"),
        [(f"{'  ' * step.depth}{step.operator}", step.details, step.rows) for step in steps],
    )


def _limit(session: Session, rest: str) -> None:
    if rest.lower() in ("none", "off"):
        session.limit = None
    elif rest:
        session.limit = _number(":limit", rest)
    say(f"limit: {'none' if session.limit is None else session.limit}")


def _timeout(session: Session, rest: str) -> None:
    if rest:
        try:
            seconds = float(rest)
        except ValueError:
            seconds = 0
        if not 0.001 <= seconds <= 1e6:
            raise QueryError(f":timeout takes seconds, not {rest[:40]!r}", remedy=":timeout 120")
        session.timeout = seconds
    say(f"timeout: {session.timeout:g} s")


def _number(name: str, text: str) -> int:
    if not text.isdecimal() or not int(text[:18]) > 0:
        raise QueryError(
            f"{name} takes a whole number of at least 1, or none, not {text[:40]!r}",
            remedy=f"{name} 1000",
        )
    return int(text[:18])


def _format(session: Session, rest: str) -> None:
    if rest:
        if rest not in FORMATS:
            near = get_close_matches(rest, FORMATS, n=1)
            hint = f"did you mean {near[0]}?" if near else "one of " + ", ".join(FORMATS)
            raise NotFoundError(f"there is no format {rest[:40]!r}", remedy=hint)
        session.format_name = rest
    say(f"format: {session.format_name}")


def _pager(session: Session, rest: str) -> None:
    if rest not in ("", "on", "off"):
        raise QueryError(f":pager takes on or off, not {rest[:40]!r}")
    if rest:
        session.pages = rest == "on"
    say(f"pager: {'on' if session.pages else 'off'}")


def _source(session: Session, rest: str) -> bool:
    if not rest:
        raise QueryError(":source needs a file", remedy=":source questions.cypher")
    path = Path(rest).expanduser()
    if session.depth >= _DEEPEST:
        raise QueryError(f"{path.name} is run by files that run each other without end")
    session.depth += 1
    try:
        return session.run_all(read_text(path), path.name)
    finally:
        session.depth -= 1


_DEEPEST = 10


def _history(session: Session, rest: str) -> None:
    count = _number(":history", rest) if rest else 20
    typed = list(session.typed())
    first = max(1, len(typed) - count + 1)
    session.show(("n", "typed"), list(enumerate(typed[-count:], first)))


def _clear(session: Session, rest: str) -> None:  # noqa: ARG001 - as every command
    import click

    if session.in_shell:
        click.clear()


def _quit(session: Session, rest: str) -> None:  # noqa: ARG001 - as every command
    raise LeaveError


COMMANDS: Mapping[str, ShellCommand] = {
    "help": ShellCommand("help [COMMAND]", "List the commands.", _help),
    "schema": ShellCommand(
        "schema [LABEL|TYPE]",
        "List labels and relationships, or what one of them has.",
        show_schema,
    ),
    "query": ShellCommand("query NAME [KEY=VALUE]...", "Answer a named query.", _query),
    "queries": ShellCommand(
        "queries [TEXT]", "List the named queries, or those with TEXT.", _queries
    ),
    "param": ShellCommand("param NAME => VALUE", "Give $NAME a value of Cypher.", _param),
    "params": ShellCommand("params [clear]", "List the parameters, or forget them.", _params),
    "explain": ShellCommand(
        "explain STATEMENT", "Show how the store would answer, without answering.", _explain
    ),
    "limit": ShellCommand("limit [N|none]", "Most rows of an answer.", _limit),
    "timeout": ShellCommand("timeout [S]", "Most seconds of an answer.", _timeout),
    "format": ShellCommand("format [NAME]", f"How rows are shown: {', '.join(FORMATS)}.", _format),
    "pager": ShellCommand("pager [on|off]", "Whether $PAGER shows what is long.", _pager),
    "source": ShellCommand("source FILE", "Run the statements of a file.", _source),
    "history": ShellCommand("history [N]", "List the last N that were typed.", _history),
    "clear": ShellCommand("clear", "Clear the screen.", _clear),
    "quit": ShellCommand("quit", "Leave; so does Ctrl-D.", _quit),
}
_SHORT = {"q": "quit", "exit": "quit", "h": "help", "?": "help", "": "help"}
