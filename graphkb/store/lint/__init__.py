"""What stands before a person's statement on the embedded store.

The embedded engine answers most of Cypher as Neo4j does, refuses aloud most of what it has not, and
answers a few forms otherwise without a word. These are found here, on the tree of the statement and
with the schema of the graph, before the engine sees it; each is refused with its place, with what
would go wrong, and with what both stores answer alike. So are names that the graph has not.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

from graphkb.errors import QueryError
from graphkb.store.guard import check_statement
from graphkb.store.lint.schema import Held, NamesOfGraph, graph_names
from graphkb.store.tokens import place

if TYPE_CHECKING:
    from graphkb.store.lint.checking import Finding

__all__ = ["Held", "NamesOfGraph", "check", "findings", "graph_names", "look_at", "state"]

_log = logging.getLogger(__name__)


def findings(
    statement: str, names: NamesOfGraph, parameters: Mapping[str, Any] | None = None
) -> tuple[Finding, ...]:
    """Return everything that is wrong with a statement.

    Parameters
    ----------
    statement : str
        As :func:`graphkb.store.guard.check_statement` returned it.
    names : NamesOfGraph
        The names of its graph.
    parameters : mapping, optional
        Values for ``$name``.

    Returns
    -------
    tuple of Finding
        In the order of their places.

    Raises
    ------
    QueryError
        It is no Cypher that reads.

    Examples
    --------
    >>> found = findings("MATCH (p:Papper) RETURN p.id AS id", graph_names())
    >>> found[0].what, found[0].remedy
    ('there is no label Papper', 'did you mean Paper?')
    """
    from graphkb.store.lint.clauses import Statement
    from graphkb.store.lint.parse import parse

    checked = Statement(statement, names, parameters or {})
    try:
        checked.check(parse(statement))
    except RecursionError:
        raise QueryError(
            "the statement is nested too deeply",
            remedy="write long chains as a list, and nested ones as several WITH",
        ) from None
    return tuple(sorted(dict.fromkeys(checked.findings), key=lambda found: found.start))


def check(statement: str, names: NamesOfGraph, parameters: Mapping[str, Any] | None = None) -> None:
    """Refuse a statement that the embedded store would answer otherwise than Neo4j.

    Parameters
    ----------
    statement, names, parameters
        As :func:`findings` takes them.

    Raises
    ------
    QueryError
        The first thing that is wrong: where, what, and what to write instead.

    Examples
    --------
    >>> check("MATCH (p:Paper) RETURN p.title AS title", graph_names())
    >>> check("MATCH (n:Method) RETURN n.title AS title", graph_names())
    Traceback (most recent call last):
    ...
    graphkb.errors.QueryError: line 1, column 27: there is no property title of Method. \
Write name, which every entity has.
    """
    for found in findings(statement, names, parameters):
        raise QueryError(found.what, where=place(statement, found.start), remedy=found.remedy)


def look_at(
    statement: str,
    parameters: Mapping[str, Any] | None = None,
    *,
    engine: Literal["embedded", "neo4j"],
) -> None:
    """Look at a person's statement before a store of graphkb's schema runs it.

    Parameters
    ----------
    statement : str
        Cypher as a person wrote it.
    parameters : mapping, optional
        Values for ``$name``.
    engine : {'embedded', 'neo4j'}
        Whose store it is. For Neo4j, which runs the statement as it is meant and may hold more
        than this schema, the log warns of unknown names, and nothing is refused.

    Raises
    ------
    QueryError
        As :func:`check` and the guard say.
    """
    text = check_statement(statement)
    if engine == "embedded":
        check(text, graph_names(), parameters)
        return
    try:
        found = findings(text, graph_names(), parameters)
    except QueryError:
        # Neo4j knows more of Cypher than this grammar, and says itself what it cannot read.
        return
    for one in found:
        if one.about == "name":
            _log.warning("%s: %s; %s", place(text, one.start), one.what, one.remedy)


def state(text: str) -> tuple[Literal["complete", "unfinished", "wrong"], str]:
    """Tell whether a text is a whole statement, as a shell asks at the end of a line.

    Parameters
    ----------
    text : str
        What was typed so far.

    Returns
    -------
    state : {'complete', 'unfinished', 'wrong'}
        Unfinished: something is still open, or has to follow.
    why : str
        Where and what, empty where it is complete.

    Examples
    --------
    >>> state("MATCH (p:Paper)")[0]
    'unfinished'
    >>> state("MATCH (p:Paper) RETURN p.id AS id;")[0]
    'complete'
    """
    from graphkb.store.lint.parse import UnfinishedError, parse
    from graphkb.store.lint.tree import trees
    from graphkb.store.tokens import tokens

    try:
        found = list(tokens(text))
    except QueryError as error:
        return "unfinished", str(error)
    if found and found[-1].text == ";":
        text = text[: found[-1].start]
    try:
        tree = parse(text)
    except UnfinishedError as error:
        return "unfinished", str(error)
    except QueryError as error:
        return "wrong", str(error)
    clauses = trees(trees(trees(tree)[0])[-1])
    ends = clauses[-1].data in ("return_", "procedure", "subquery")
    return ("complete", "") if ends else ("unfinished", "RETURN is still to come")
