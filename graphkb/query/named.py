"""The named queries: found by being in a package, and run with checked parameters."""

from __future__ import annotations

import logging
import re
import shlex
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import metadata, resources
from typing import Any

from graphkb.errors import NotFoundError, QueryError
from graphkb.query.header import TAGS, NamedQuery, parse_query
from graphkb.query.kind import one_of
from graphkb.query.near import suggestions
from graphkb.query.parameter import ENTITY_PARAMETERS, Parameter
from graphkb.query.resolve import resolve, search
from graphkb.store.protocol import Rows, Store

__all__ = ["named_queries", "named_query", "run_query", "select_queries"]

_log = logging.getLogger(__name__)
_EDGE_TYPE = re.compile(r"[:|]([A-Z_]{2,})\b")
_MOST_NEAR = 4


@cache
def named_queries() -> Mapping[str, NamedQuery]:
    """Return every named query: graphkb's own and those of entry points ``graphkb.queries``.

    An entry point names a package whose .cypher files are queries. Where such a package cannot
    be read, or a name is taken, a warning in the log says so and it is left out.

    Returns
    -------
    mapping of str to NamedQuery
        Sorted by name.

    Raises
    ------
    QueryError
        A header of graphkb's own is wrong.
    """
    found = {query.name: query for query in _in_package("graphkb.queries")}
    for package in _packages_from_outside():
        try:
            queries = tuple(_in_package(package))
        except Exception as error:  # noqa: BLE001 - somebody else's package may raise anything
            _log.warning("the queries of %s are left out: %s", package, error)
            continue
        for query in queries:
            if found.setdefault(query.name, query) is not query:
                taken = "query %s of %s is left out: there is one of this name already"
                _log.warning(taken, query.name, package)
    return dict(sorted(found.items()))


def _packages_from_outside() -> list[str]:
    return sorted({point.value for point in metadata.entry_points(group="graphkb.queries")})


def _in_package(package: str) -> Iterator[NamedQuery]:
    for file in sorted(resources.files(package).iterdir(), key=lambda file: file.name):
        if file.name.endswith(".cypher"):
            query = parse_query(file.read_text(encoding="utf-8"), file.name)
            if file.name != f"{query.name}.cypher":
                raise QueryError(
                    f"the query in it is named {query.name}",
                    where=file.name,
                    remedy=f"rename the file to {query.name}.cypher",
                )
            yield query


def named_query(name: str) -> NamedQuery:
    """Return the query of a name.

    Parameters
    ----------
    name : str
        Its name.

    Returns
    -------
    NamedQuery
        The query.

    Raises
    ------
    NotFoundError
        There is none; the error names similar ones.
    """
    known = named_queries()
    if name in known:
        return known[name]
    near = suggestions(name, known)
    hint = f"did you mean {near[0]}?" if near else "see `graphkb queries`"
    raise NotFoundError(f"there is no query {name!r}", remedy=hint)


def select_queries(names: Iterable[str], tags: Iterable[str]) -> Mapping[str, NamedQuery]:
    """Return the queries of these names, all where none is given, that have all of these tags.

    Parameters
    ----------
    names : iterable of str
        Names of queries.
    tags : iterable of str
        Of :data:`graphkb.query.header.TAGS`.

    Returns
    -------
    mapping of str to NamedQuery
        Sorted by name.

    Raises
    ------
    NotFoundError
        There is no such query, or no such tag.
    """
    wanted = tuple(tags)
    for tag in wanted:
        if tag not in TAGS:
            near = suggestions(tag, TAGS)
            hint = f"did you mean {near[0]}?" if near else f"the tags are {', '.join(TAGS)}"
            raise NotFoundError(f"there is no tag {tag!r}", remedy=hint)
    chosen = {name: named_query(name) for name in sorted(set(names))} or named_queries()
    return {name: query for name, query in chosen.items() if not set(wanted).difference(query.tags)}


def run_query(
    store: Store,
    query: NamedQuery,
    given: Mapping[str, object],
    *,
    limit: int | None = None,
    timeout: float | None = None,
) -> Rows:
    """Run a named query.

    Parameters
    ----------
    store : Store
        Where to ask.
    query : NamedQuery
        What to ask.
    given : mapping of str to object
        Parameters; text is converted to the declared type, names are resolved to ids.
    limit : int, optional
        Most rows to return.
    timeout : float, optional
        Seconds.

    Returns
    -------
    Rows
        The answer.

    Raises
    ------
    QueryError
        A parameter is missing, unknown, of the wrong type or out of its bounds.
    NotFoundError
        A name names nothing.
    """
    declared = {parameter.name: parameter for parameter in query.parameters}
    for name in given:
        if name not in declared:
            raise QueryError(
                f"query {query.name} has no parameter {name!r}", remedy=_takes(query, name)
            )
    values = {}
    for name, parameter in declared.items():
        # None is nothing given: what a person's program passes on of what was not said.
        value = parameter.default if given.get(name) is None else given[name]
        if value is None and not parameter.optional:
            example = f", as in `{query.example_command}`" if name in query.example else ""
            raise QueryError(
                f"query {query.name} needs {name}: {parameter.meaning} ({parameter.declared})",
                remedy=f"add -p {name}=…{example}",
            )
        values[name] = None if value is None else _value(store, query, parameter, value)
    return store.cypher(query.statement, values, limit=limit, timeout=timeout)


def _takes(query: NamedQuery, misspelt: str) -> str:
    """What a query takes, or the one parameter that somebody meant."""
    declared = {parameter.name: parameter for parameter in query.parameters}
    if not declared:
        return "it takes none"
    if near := suggestions(misspelt, declared):
        meant = declared[near[0]]
        return f"did you mean {meant.name} ({meant.declared}; {meant.meaning})?"
    return f"its parameters: {', '.join(f'{p.name} ({p.declared})' for p in declared.values())}"


def _value(store: Store, query: NamedQuery, parameter: Parameter, value: object) -> Any:
    if parameter.type in ENTITY_PARAMETERS:
        label = ENTITY_PARAMETERS[parameter.type]
        if not isinstance(value, str):
            raise QueryError(
                f"{parameter.name} takes a name or an id, not {value!r}",
                remedy=f"{parameter.name} is {parameter.meaning} ({parameter.declared})",
            )
        try:
            return resolve(store, value, label=label).id
        except NotFoundError as error:
            raise _of_another_kind(store, query, label, value, error) from None
    try:
        return parameter.value(value)
    except ValueError as error:
        raise QueryError(
            f"{parameter.name} takes {error}",
            remedy=f"{parameter.name} is {parameter.meaning} ({parameter.declared})",
        ) from None


def _of_another_kind(
    store: Store, query: NamedQuery, label: str, text: str, error: NotFoundError
) -> NotFoundError:
    """The error with the queries that take what the text does name, where it names something."""
    match = next(iter(search(store, text, limit=1)), None)
    if match is None or match.how not in ("id", "name", "alias") or match.named.label == label:
        return error
    found, kind = match.named, match.named.label.lower()
    tags = set(query.tags)
    near: list[tuple[int, str, str]] = []
    for other in named_queries().values():
        taken = [parameter for parameter in other.parameters if parameter.needed]
        if len(taken) == 1 and taken[0].type == kind:
            # The question that was asked, of the other kind, has most in common with it.
            words = _words(query) & _words(other)
            near.append((-2 * len(words) - len(tags & set(other.tags)), other.name, taken[0].name))
    what = f"{found.name} is {one_of(found.label)}"
    if not near:
        return NotFoundError(error.what, remedy=f"{what}; no query takes one")
    (_, first, parameter), *rest = sorted(near)
    also = f", or ask {', '.join(name for _, name, _ in rest[:_MOST_NEAR])}" if rest else ""
    said = f"graphkb query {first} -p {parameter}={shlex.quote(found.name)}"
    return NotFoundError(error.what, remedy=f"{what}. Run `{said}`{also}")


def _words(query: NamedQuery) -> frozenset[str]:
    """What a query answers, by the stems of its name, its columns and its statement's edges."""
    named = {word.rstrip("s") for word in query.name.split("-")}
    edges = set(_EDGE_TYPE.findall(query.statement))
    return frozenset(named | {column.name for column in query.columns} - {"id"} | edges)
