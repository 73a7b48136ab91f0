"""The form of a .cypher file: a header that declares what the query takes and gives.

A file begins with comment lines ``// key: value``::

    // name: used-by
    // title: Papers that use a method, with the sentence that says so
    // param: method: method; the method
    // param: since: date?; only papers of this date or later
    // param: limit: integer 1..10000 = 50; most rows
    // column: date: date?; when the paper was published
    // column: paper: string; its title
    // column: id: id; its id
    // tags: methods, interactive
    // example: -p method=GRPO -p since=2025

A parameter has a name, a type, perhaps bounds and a default, and a meaning after the semicolon.
The types are integer, float, string, boolean, date (2025, 2025-06 or 2025-06-30), and the labels
of the schema in lower case: a value of such a type is a name, and the query is given the id of
the entity that it names. An integer may have bounds, either of them left out: ``1..``, ``..100``,
``1..100``. A ``?`` after the type says that it need not be given: the query is then given null.

A column has a name, one of the types string, id, date, integer, float, boolean and list (of
texts), and a meaning; a ``?`` says that it may be null. The columns stand in the order of the
RETURN.

The first tag is the group in which the query is documented; all tags are of :data:`TAGS`. The
example gives what must be given, and may give more; a query that needs nothing needs no example.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from graphkb.errors import QueryError
from graphkb.query.column import Column, parse_column
from graphkb.query.parameter import ENTITY_PARAMETERS, Parameter, parse_parameter

__all__ = ["TAGS", "NamedQuery", "parse_query"]

TAGS = {
    "methods": "Methods: what they descend from, what they are used for, and with what",
    "lineage": "Lineage: what is a variant of what",
    "benchmarks": "Benchmarks: who is measured on them, and what is reported",
    "results": "Results: numbers that papers report, and what is said to be better",
    "tasks": "Tasks: what is applied to them, and what nobody has tried",
    "models": "Models",
    "papers": "Papers: citations, likeness, and what is new",
    "repositories": "Repositories: which papers have code",
    "authors": "Authors and organisations: who works with whom, and on what",
    "health": "The graph's own health: names in doubt, gaps, and what is joined",
    "interactive": "The answer does not grow with the graph: made for asking while one types",
}

_KEYS = ("name", "title", "param", "column", "tags", "example")
_LINE = re.compile(r"//\s*(\w+):\s*(.+?)\s*$")
_Declared = TypeVar("_Declared", Parameter, Column)


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A question with a name.

    Parameters
    ----------
    name, title : str
        As the header declares them.
    parameters : tuple of Parameter
        In the header's order.
    columns : tuple of Column
        What the rows hold.
    tags : tuple of str
        Of :data:`TAGS`; the first is its group in the documentation.
    example : mapping of str to str
        Parameters to try it with, as a person types them.
    statement : str
        The Cypher, the same for both stores.
    """

    name: str
    title: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    tags: tuple[str, ...]
    example: Mapping[str, str]
    statement: str

    @property
    def group(self) -> str:
        """The tag under which it is documented."""
        return self.tags[0]

    @property
    def column_names(self) -> tuple[str, ...]:
        """The columns' names, in their order."""
        return tuple(column.name for column in self.columns)

    @property
    def example_command(self) -> str:
        """The example as one types it.

        Examples
        --------
        >>> text = "// name: x\\n// title: X\\n// param: author: author; who\\n"
        >>> text += "// column: id: id; the id\\n// tags: authors\\n"
        >>> text += "// example: -p author='Ada Bell'\\nRETURN $author AS id"
        >>> parse_query(text, "x.cypher").example_command
        "graphkb query x -p author='Ada Bell'"
        """
        given = (f" -p {key}={shlex.quote(value)}" for key, value in self.example.items())
        return f"graphkb query {self.name}{''.join(given)}"


def parse_query(text: str, place: str) -> NamedQuery:
    """Read the header and statement of a .cypher file.

    Parameters
    ----------
    text : str
        The file.
    place : str
        Its name, for errors.

    Returns
    -------
    NamedQuery
        The query.

    Raises
    ------
    QueryError
        The header lacks something or is malformed.

    Examples
    --------
    >>> header = "// name: all\\n// title: All papers\\n// column: id: id; it\\n// tags: papers\\n"
    >>> parse_query(header + "MATCH (p:Paper) RETURN p.id AS id", "all.cypher").column_names
    ('id',)
    """
    header: dict[str, str] = {}
    places: dict[str, str] = {}
    parameters: dict[str, Parameter] = {}
    columns: dict[str, Column] = {}
    lines = text.splitlines()
    length = next((at for at, line in enumerate(lines) if not line.startswith("//")), len(lines))
    for number, line in enumerate(lines[:length], 1):
        where = f"{place}:{number}"
        match = _LINE.match(line)
        if match is None or match[1] not in _KEYS:
            raise QueryError(
                "this header line is not `// key: value`",
                where=where,
                remedy=f"write {', '.join(_KEYS[:-1])} or {_KEYS[-1]}",
            )
        key, value = match.groups()
        if key == "param":
            _declare(parameters, parse_parameter, value, where)
        elif key == "column":
            _declare(columns, parse_column, value, where)
        elif header.setdefault(key, value) is not value:
            raise _twice(key, where)
        places[key] = where
    for key, form in (("name", "…"), ("title", "…"), ("column", "name: type; meaning")):
        if key not in places:
            raise QueryError(
                f"the header has no {key}", where=place, remedy=f"add // {key}: {form}"
            )
    tags = _tags(header.get("tags", ""), places.get("tags", place))
    statement = "\n".join(lines[length:]).strip()
    if not statement:
        raise QueryError(
            "no statement follows the header", where=f"{place}:{length}", remedy="write one"
        )
    return NamedQuery(
        header["name"],
        header["title"],
        tuple(parameters.values()),
        tuple(columns.values()),
        tags,
        _example(header.get("example", ""), parameters, places.get("example", place)),
        statement,
    )


def _twice(what: str, where: str) -> QueryError:
    return QueryError(f"{what} is declared twice", where=where, remedy="leave one out")


def _declare(
    known: dict[str, _Declared], parse: Callable[[str, str], _Declared], text: str, where: str
) -> None:
    declared = parse(text, where)
    if known.setdefault(declared.name, declared) is not declared:
        raise _twice(declared.name, where)


def _tags(text: str, place: str) -> tuple[str, ...]:
    tags = tuple(part.strip() for part in text.split(",") if part.strip())
    if unknown := [tag for tag in tags if tag not in TAGS]:
        raise QueryError(
            f"there is no tag {unknown[0]}", where=place, remedy=f"use some of {', '.join(TAGS)}"
        )
    if not tags or tags[0] == "interactive":
        groups = ", ".join(tag for tag in TAGS if tag != "interactive")
        raise QueryError(
            "the tags name no group", where=place, remedy=f"begin // tags: with one of {groups}"
        )
    return tags


def _example(text: str, parameters: Mapping[str, Parameter], place: str) -> Mapping[str, str]:
    try:
        words = shlex.split(text)
    except ValueError as error:
        raise QueryError(f"the example: {error}", where=place, remedy="close it") from None
    pairs = [word.partition("=") for word in words[1::2]]
    if len(words) % 2 or set(words[::2]) - {"-p"} or not all(sign for _, sign, _ in pairs):
        raise QueryError(
            "an example is `-p key=value …`", where=place, remedy="write it as it is typed"
        )
    given = {key: value for key, _, value in pairs}
    for key, value in given.items():
        if key not in parameters:
            raise QueryError(
                f"the example gives {key}, which is no parameter",
                where=place,
                remedy=f"declare // param: {key}: …, or leave it out",
            )
        if parameters[key].type not in ENTITY_PARAMETERS:
            try:
                parameters[key].value(value)
            except ValueError as error:
                raise QueryError(
                    f"{key} of the example is to be {error}", where=place, remedy="write such"
                ) from None
    for key, declared in parameters.items():
        if declared.needed and key not in given:
            remedy = f"add // example: -p {key}=…"
            raise QueryError(f"no example gives {key}", where=place, remedy=remedy)
    return given
