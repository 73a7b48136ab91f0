"""Ask every named query, with its example, of both stores, and hold their rows against each other.

    python scripts/compare_stores.py [--load SOURCE…] [--embedded FILE] [--out FILE]

Starts a Neo4j of its own, fills it with the graph that the sources give in the embedded store, and
prints name, rows and milliseconds on each. The real inputs are loaded by default: the papers of
2025, and two sources with citations (GRAPHKB_SHARED says where they are). The exit code is 1 where
rows differ; that the graph has not what an example names, where both stores say so, is told, but is
no difference. Times are of the first answer, and are reported only.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from neo4j_server import neo4j_server

import graphkb
from graphkb.errors import GraphKBError
from graphkb.knowledge_base import KnowledgeBase
from graphkb.query.named import named_queries
from graphkb.store import Changes, open_store

__all__ = ["Compared", "compare", "copy"]

SHARED = Path(os.environ.get("GRAPHKB_SHARED") or Path(__file__).parents[1].parent / "shared")
SOURCES = (
    "hf_daily/papers-2025.jsonl.gz",
    "aminer/paper-source-trace-200.json",
    "crossref/works-sample.jsonl",
)


@dataclass(frozen=True, slots=True)
class Compared:
    """A named query on both stores.

    Parameters
    ----------
    name : str
        The query.
    rows : int
        How many rows the embedded store gave.
    embedded_ms, neo4j_ms : float
        Milliseconds of the first answer.
    difference : str
        What differs; empty where nothing does.
    error : str
        Why the embedded store gave no rows, where it says so.
    """

    name: str
    rows: int
    embedded_ms: float
    neo4j_ms: float
    difference: str
    error: str


def copy(source: KnowledgeBase, url: str) -> None:
    """Write the graph of one store, with its records, into another, which is empty.

    Parameters
    ----------
    source : KnowledgeBase
        Where the graph is.
    url : str
        Where it is to be.
    """
    graph = source.graph(ground=True)
    with open_store(url, write=True) as store:
        store.write(
            Changes(entities=tuple(graph.entities.values()), edges=tuple(graph.edges.values()))
        )


def compare(
    embedded: KnowledgeBase, neo4j: KnowledgeBase, only: Sequence[str] = ()
) -> Iterator[Compared]:
    """Ask every named query of two stores.

    Parameters
    ----------
    embedded, neo4j : KnowledgeBase
        The same graph in both.
    only : sequence of str
        Names of queries; all by default.

    Yields
    ------
    Compared
        One a query, in order of the names.
    """
    for query in named_queries().values():
        if only and query.name not in only:
            continue
        one, embedded_ms = _asked(embedded, query.name, query.example)
        other, neo4j_ms = _asked(neo4j, query.name, query.example)
        rows, error = (len(one), "") if isinstance(one, list) else (0, one)
        difference = _difference(one, other)
        yield Compared(query.name, rows, embedded_ms, neo4j_ms, difference, error)


def _asked(base: KnowledgeBase, name: str, example: Any) -> tuple[list[list[Any]] | str, float]:
    begun = time.perf_counter()
    answer: list[list[Any]] | str
    try:
        answer = [list(row) for row in base.query(name, **example).rows]
    except GraphKBError as error:
        answer = str(error)
    return answer, round((time.perf_counter() - begun) * 1000, 1)


def _difference(embedded: list[list[Any]] | str, neo4j: list[list[Any]] | str) -> str:
    if embedded == neo4j:
        return ""
    if isinstance(embedded, str) or isinstance(neo4j, str):
        shown = (
            rows if isinstance(rows, str) else f"{len(rows)} rows" for rows in (embedded, neo4j)
        )
        return "{}; on Neo4j: {}".format(*shown)
    if len(embedded) != len(neo4j):
        return f"{len(embedded)} rows, and {len(neo4j)} on Neo4j"
    at = next(n for n, pair in enumerate(zip(embedded, neo4j, strict=True)) if pair[0] != pair[1])
    return f"row {at + 1} is {embedded[at]}, and {neo4j[at]} on Neo4j"


def main() -> int:
    """Load, copy, ask, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--load", nargs="+", metavar="SOURCE", help="instead of the real inputs")
    parser.add_argument("--embedded", type=Path, help="a store that is loaded already")
    parser.add_argument("--only", nargs="+", default=(), metavar="QUERY")
    parser.add_argument("--out", type=Path, help="where to write the table as JSON")
    arguments = parser.parse_args()
    sources = arguments.load or [str(SHARED / "data" / name) for name in SOURCES]
    with tempfile.TemporaryDirectory() as folder, neo4j_server("1g") as server:
        os.environ.update(server.environment())
        path = str(arguments.embedded or Path(folder) / "compared.kgl")
        with graphkb.open(path) as embedded, graphkb.open(server.url) as neo4j:
            if arguments.embedded is None:
                report = embedded.load(*sources)
                for failure in report.failures:
                    print(f"{failure.source}: {failure.error}", file=sys.stderr)
                if report.failures:
                    return 1
            copy(embedded, server.url)
            found = []
            print(f"{'query':28} {'rows':>6} {'embedded ms':>12} {'Neo4j ms':>10}")
            for one in compare(embedded, neo4j, arguments.only):
                found.append(one)
                times = f"{one.embedded_ms:12.1f} {one.neo4j_ms:10.1f}"
                print(
                    f"{one.name:28} {one.rows:6} {times}  {(one.difference or one.error)[:300]}",
                    flush=True,
                )
    if arguments.out:
        text = json.dumps([asdict(one) for one in found], indent=1)
        arguments.out.write_text(text + "\n", encoding="utf-8")
    wrong = sum(bool(one.difference) for one in found)
    empty = [one.name for one in found if not (one.rows or one.difference)]
    print(f"{len(found)} queries, {wrong} with a difference")
    print(f"without rows: {', '.join(empty) or 'none'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
