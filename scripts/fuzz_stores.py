"""Ask both stores thousands of random statements and look for silent differences.

    python scripts/fuzz_stores.py [--statements 5000] [--seed 1] [--out FILE]

Starts a Neo4j of its own. A statement that the embedded store answers with other rows than Neo4j,
and without a word, is a fault: it is printed, written to the file, and the exit code is 1. How many
statements the embedded store refuses is told for each part of the language, so that it cannot win
by refusing.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from neo4j_server import neo4j_server
from random_statements import Statement, random_graph, random_statement

import graphkb
from graphkb.errors import QueryError
from graphkb.knowledge_base import KnowledgeBase
from graphkb.store import Changes, Rows, open_store

__all__ = ["Outcome", "compared", "outcomes"]

STATEMENTS_A_GRAPH = 100
EQUAL, REFUSED, LOUD, BEYOND, BOTH, SILENT = (
    "equal rows",
    "refused before it runs",
    "an error of the embedded engine",
    "answered though Neo4j refuses",
    "refused by both",
    "SILENT DIFFERENCE",
)
KINDS = (EQUAL, REFUSED, LOUD, BEYOND, BOTH, SILENT)
# What our store says where its engine, not the lint before it, finds fault.
_ENGINE_SAYS = ("the embedded store refuses", "the statement holds more than", "took longer than")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the two stores made of a statement.

    Parameters
    ----------
    graph, number : int
        The seed of the graph, and the number of the statement.
    statement : Statement
        What was asked.
    kind : str
        One of :data:`KINDS`.
    embedded, neo4j : list or str
        The rows, or the error.
    """

    graph: int
    number: int
    statement: Statement
    kind: str
    embedded: list[Any] | str
    neo4j: list[Any] | str


def outcomes(neo4j_url: str, seed: int, numbers: Iterable[int]) -> Iterator[Outcome]:
    """Ask both stores.

    Parameters
    ----------
    neo4j_url : str
        A server whose graph may be replaced; its password is in the environment.
    seed : int
        Of graphs and statements.
    numbers : iterable of int
        Which statements, in order; each hundred has a graph of its own.

    Yields
    ------
    Outcome
        One a statement.
    """
    held: int | None = None
    with graphkb.open(":memory:") as embedded, graphkb.open(neo4j_url) as server:
        for number in numbers:
            seed_of_graph = seed * 1_000_000 + number // STATEMENTS_A_GRAPH
            if seed_of_graph != held:
                held = seed_of_graph
                _replace(embedded, server, seed_of_graph)
            statement = random_statement(seed, number)
            one, other = _asked(embedded, statement), _asked(server, statement)
            kind = compared(one, other, ordered=statement.ordered)
            yield Outcome(seed_of_graph, number, statement, kind, one, other)


def _replace(embedded: KnowledgeBase, server: KnowledgeBase, seed: int) -> None:
    graph = random_graph(seed)
    changes = Changes(entities=tuple(graph.entities.values()), edges=tuple(graph.edges.values()))
    embedded.close()
    embedded.store.write(changes)
    with open_store(server.url, write=True) as store:
        gone = Changes(tuple(store.edges()), tuple(store.entities()))
        store.write(gone)
        store.write(changes)


def _asked(base: KnowledgeBase, statement: Statement) -> list[Any] | str:
    try:
        return _plain(base.cypher(statement.text, statement.parameters, timeout=30))
    except QueryError as error:
        return str(error)


def _plain(rows: Rows) -> list[Any]:
    return [[_comparable(value) for value in row] for row in rows.rows]


def _comparable(value: Any) -> Any:
    match value:
        case float() if math.isnan(value) or math.isinf(value):
            return str(value)
        case float():
            # The order of a sum shows in its last digits.
            return float(f"{value:.12g}")
        case list():
            return [_comparable(item) for item in value]
        case dict():
            return {name: _comparable(item) for name, item in sorted(value.items())}
        case _:
            return value


def compared(embedded: list[Any] | str, neo4j: list[Any] | str, *, ordered: bool) -> str:
    """Tell how two answers relate.

    Parameters
    ----------
    embedded, neo4j : list or str
        Rows, or an error.
    ordered : bool
        Whether the rows come in an order that the statement tells.

    Returns
    -------
    str
        One of :data:`KINDS`.
    """
    if isinstance(embedded, str):
        if isinstance(neo4j, str):
            return BOTH
        return LOUD if any(text in embedded for text in _ENGINE_SAYS) else REFUSED
    if isinstance(neo4j, str):
        return BEYOND
    one, other = (_shown(rows, ordered=ordered) for rows in (embedded, neo4j))
    return EQUAL if one == other else SILENT


def _shown(rows: list[Any], *, ordered: bool) -> list[str]:
    # What is collected comes in any order; so the items of a list count, not their places.
    found = [json.dumps(_unordered(row), sort_keys=True) for row in rows]
    return found if ordered else sorted(found)


def _unordered(row: list[Any]) -> list[Any]:
    return [sorted(v, key=json.dumps) if isinstance(v, list) else v for v in row]


def table(found: Iterable[Outcome]) -> str:
    """Return how often each kind came, and which share of each part of the language ran."""
    found = list(found)
    kinds = Counter(outcome.kind for outcome in found)
    rows = sum(bool(outcome.neo4j) for outcome in found if outcome.kind == EQUAL)
    lines = [f"{kinds[kind]:7}  {kind}" for kind in KINDS]
    lines.append(f"{rows:7}  of the equal ones have rows")
    by_feature: dict[str, Counter[str]] = defaultdict(Counter)
    for outcome in found:
        if outcome.kind not in (BOTH, BEYOND):
            for feature in outcome.statement.features:
                by_feature[feature][outcome.kind] += 1
    lines.append(f"\n{'part of the language':44} asked answered refused  loud silent")
    for feature, count in sorted(by_feature.items()):
        whole = count.total()
        lines.append(
            f"{feature:44} {whole:5} {count[EQUAL] / whole:8.0%} {count[REFUSED] / whole:7.0%}"
            f" {count[LOUD] / whole:5.0%} {count[SILENT]:6}"
        )
    return "\n".join(lines)


def main() -> int:
    """Ask, print the table, and write what differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--statements", type=int, default=5000)
    parser.add_argument("--first", type=int, default=0, help="the number of the first")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, help="a file that gets all that is not equal")
    arguments = parser.parse_args()
    numbers = range(arguments.first, arguments.first + arguments.statements)
    with neo4j_server(brief=True) as server:
        os.environ.update(server.environment())
        found = []
        for outcome in outcomes(server.url, arguments.seed, numbers):
            found.append(outcome)
            if outcome.kind == SILENT:
                _print(outcome)
            if arguments.out and outcome.kind != EQUAL:
                with arguments.out.open("a", encoding="utf-8") as file:
                    print(json.dumps(_told(outcome), ensure_ascii=False), file=file)
    print(table(found))
    return 1 if any(outcome.kind == SILENT for outcome in found) else 0


def _print(outcome: Outcome) -> None:
    print(f"-- statement {outcome.number}, parameters {json.dumps(outcome.statement.parameters)}")
    print(outcome.statement.text)
    print(f"embedded {outcome.embedded}\nneo4j    {outcome.neo4j}\n", flush=True)


def _told(outcome: Outcome) -> dict[str, Any]:
    return {
        "number": outcome.number,
        "kind": outcome.kind,
        "statement": outcome.statement.text,
        "parameters": dict(outcome.statement.parameters),
        "features": sorted(outcome.statement.features),
        "embedded": outcome.embedded,
        "neo4j": outcome.neo4j,
    }


if __name__ == "__main__":
    sys.exit(main())
