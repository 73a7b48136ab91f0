"""What may stand in a command of the shell that is being typed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from graphkb import without_store
from graphkb.cli.rows import FORMATS
from graphkb.cli.shell_commands import COMMANDS, full_name
from graphkb.cli.shell_schema import schema_names

if TYPE_CHECKING:
    from graphkb.cli.session import Session

__all__ = ["completed"]


def completed(session: Session, text: str) -> Iterator[tuple[str, int, str]]:
    """Yield what may stand at the end of a command that is being typed.

    Parameters
    ----------
    session : Session
        Whose parameters may be named.
    text : str
        The line up to the cursor, from its colon on.

    Yields
    ------
    tuple of str, int, str
        What to put there, the place of how many characters it takes, and its meaning.
    """
    name, space, rest = text[1:].partition(" ")
    if not space:
        for known, command in COMMANDS.items():
            if known.startswith(name.lower()):
                yield f":{known}", len(text), command.meaning
        return
    name = full_name(name)
    if name == "explain":
        for found in without_store.completions(rest, "", session.parameters):
            yield found.text, found.typed, found.meaning
        return
    typed = rest.rpartition(" ")[2]
    for candidate, meaning in _arguments(name, rest, typed):
        if candidate.casefold().startswith(typed.casefold()):
            yield candidate, len(typed), meaning


def _arguments(name: str, rest: str, typed: str) -> Iterator[tuple[str, str]]:
    queries = without_store.queries()
    if name == "query" and " " not in rest:
        yield from ((query.name, query.title) for query in queries.values())
    elif name == "query" and (query := queries.get(rest.split()[0])) is not None:
        for parameter in query.parameters:
            if f" {parameter.name}=" not in rest:
                yield f"{parameter.name}=", parameter.meaning
    elif name == "schema":
        yield from ((name, "") for name in schema_names())
    elif name == "source":
        folder, slash, _ = typed.rpartition("/")
        for path in sorted(Path(folder or slash or ".").expanduser().glob("*")):
            if path.is_dir() or path.suffix == ".cypher":
                yield f"{folder}{slash}{path.name}{'/' * path.is_dir()}", ""
    else:
        choices = {"format": FORMATS, "pager": ("on", "off"), "help": tuple(COMMANDS)}
        choices |= {"params": ("clear",), "limit": ("none",)}
        yield from ((choice, "") for choice in choices.get(name, ()))
