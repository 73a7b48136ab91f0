"""How long questions take on a large graph: named queries, search, and the commands that judge.

``python -m benchmarks.questions [STORE] [--neo4j] [--papers N] [--runs N] [--only NAME…]
[--out FILE]`` asks in this process with the store open. Without a store it makes a graph of its
own, of 100,000 papers, a million citations and 20,000 methods. A named query is asked about a hub,
about what stands in the middle and about what is rare, in turns with the same statement through the
engine's own client.

``--neo4j`` asks a Neo4j that is started for it, into which the store is exported and imported; the
rows of every named query are then held against those of the embedded store, too. A server that
stands already is asked by its address instead.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import graphkb
from benchmarks.derived import derived_graph
from benchmarks.imported import imported
from benchmarks.measurement import spread
from benchmarks.part import Part
from graphkb.errors import GraphKBError
from graphkb.knowledge_base import KnowledgeBase
from graphkb.query.header import NamedQuery
from graphkb.query.named import named_queries
from graphkb.query.parameter import ENTITY_PARAMETERS
from graphkb.store import Changes, open_store
from graphkb.store.embedded import passes_off
from graphkb.store.protocol import Store

__all__ = ["differences", "made", "measure", "served"]

ROOT = Path(__file__).resolve().parent.parent

INTERACTIVE_MS, LONGEST_MS, RATIO = 200, 10_000, 1.5
SEARCH_MS, TREE_MS = 50, 300
# Of so many entities.
TOPIC_MS, TOPIC_LIMIT = {"embedded": 150, "neo4j": 500}, 200
# Ours may cost so much more than the engine alone, however small the question is.
FLOOR_MS = 0.5
# A question that takes this long is not asked again.
ENOUGH_MS = 3_000
RANKS = ("hub", "middle", "rare")
_BY_DEGREE = "MATCH (n:{label}) RETURN n.id AS id, COUNT {{ (n)--() }} AS c ORDER BY c DESC, id"
# What is linked by little or nothing answers nothing: rare is the last that has some edges.
_FEW = 3


@dataclass(frozen=True, slots=True)
class Question:
    """Something to ask, beside the same asked of the engine alone where that can be.

    Parameters
    ----------
    name, about : str
        What is asked, and about whom.
    bound : float, optional
        Milliseconds that the median is to stay below.
    ask : callable
        Ours; returns how many rows or things came.
    bare : callable, optional
        The engine's own client.
    edges : int
        How many edges what is asked about has: an answer may grow with them.
    named : bool
        Whether it is a named query; some commands have the names of queries.
    """

    name: str
    about: str
    bound: float | None
    ask: Callable[[], int]
    bare: Callable[[], int] | None = None
    edges: int = 0
    named: bool = False


def measure(
    store: str, runs: int, only: Sequence[str] = (), *, interactive: bool = False
) -> Iterator[dict[str, Any]]:
    """Yield one measurement a question.

    Parameters
    ----------
    store : str
        A file or the address of a server.
    runs : int
        How often each is asked.
    only : sequence of str
        The questions to ask, by name; all by default.
    interactive : bool
        Whether only those are asked whose time is not to grow with the graph.

    Yields
    ------
    dict
        With medians in milliseconds and whether the bounds hold.
    """
    with graphkb.open(store) as base, closing(_Bare(base.store)) as bare:
        samples = _Samples(base)
        for question in (*_named(base, bare, samples), *_commands(base, samples)):
            quick = question.bound is None or question.bound < LONGEST_MS
            if (not only or question.name in only) and (quick or not interactive):
                yield _timed(question, runs)


def differences(one: str, other: str, only: Sequence[str] = ()) -> Iterator[dict[str, Any]]:
    """Yield, of every named query and whom it is asked of, whether two stores give the same rows.

    Parameters
    ----------
    one, other : str
        Two stores of one graph.
    only : sequence of str
        The queries to ask, by name; all by default.

    Yields
    ------
    dict
        With the number of rows, and where they differ the first that does.
    """
    with graphkb.open(one) as left, graphkb.open(other) as right:
        samples = _Samples(left)
        for name, query in named_queries().items():
            for rank in _ranks(query) if not only or name in only else ():
                given = _given(query, samples, rank)
                rows, others = (
                    [list(row) for row in base.query(name, **given).rows] for base in (left, right)
                )
                found = {"what": name, "about": rank, "rows": len(rows), "same": rows == others}
                if rows != others:
                    pairs = zip(rows, others, strict=False)
                    found["first"] = next((p for p in pairs if p[0] != p[1]), len(others))
                yield found


@contextmanager
def served(store: str, folder: Path) -> Iterator[str]:
    """Import a store into a Neo4j, and run it until the block ends.

    Parameters
    ----------
    store : str
        A file.
    folder : Path
        For the import files.

    Yields
    ------
    str
        The server's address; how to enter it is in the environment.
    """
    files = folder / "import"
    with graphkb.open(store) as base:
        base.export("csv", files)
    with imported(files, heap="1500m", pages="1g") as one:
        # Whoever opens it for writing declares what the schema declares, the search index too.
        with open_store(one.server.url, write=True):
            pass
        yield one.server.url


class _Bare:
    """The engine's own client on what an open store holds."""

    def __init__(self, store: Store) -> None:
        self._graph: Any = None
        self._driver: Any = None
        if store.engine == "neo4j":
            from neo4j import GraphDatabase

            credentials = os.environ["NEO4J_USERNAME"], os.environ["NEO4J_PASSWORD"]
            self._driver = GraphDatabase.driver(store.url, auth=credentials)
        else:
            import kglite

            self._graph = kglite.load(store.url, storage="mapped")

    def ask(self, statement: str, parameters: Mapping[str, Any]) -> int:
        """Return how many rows a statement has."""
        if self._driver is not None:
            with self._driver.session(default_access_mode="READ") as session:
                return len(session.run(statement, dict(parameters)).values())
        off = list(passes_off())
        view = self._graph.cypher(statement, params=dict(parameters), disabled_passes=off)
        return len(view.to_list())

    def close(self) -> None:
        """Let go of the server."""
        if self._driver is not None:
            self._driver.close()


class _Samples:
    """A hub, what stands in the middle, and what is rare, of each label."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base
        self._found: dict[str, dict[str, str]] = {}
        self.edges: dict[object, int] = {}

    def id(self, label: str, rank: str) -> str:
        if label not in self._found:
            rows = self._base.cypher(_BY_DEGREE.format(label=label)).rows
            self.edges.update(rows)
            linked = [id_ for id_, degree in rows if degree >= _FEW] or [row[0] for row in rows]
            chosen = linked[0], linked[len(linked) // 2], linked[-1]
            self._found[label] = dict(zip(RANKS, chosen, strict=True))
        return self._found[label][rank]

    def name(self, label: str, rank: str) -> str:
        id_ = self.id(label, rank)
        return str(self._base.store.entities_by_id([id_])[id_].name)


def _named(base: KnowledgeBase, bare: _Bare, samples: _Samples) -> Iterator[Question]:
    for name, query in named_queries().items():
        bound = INTERACTIVE_MS if "interactive" in query.tags else LONGEST_MS
        for rank in _ranks(query):
            given = _given(query, samples, rank)
            values = {p.name: p.default for p in query.parameters} | given
            yield Question(
                name,
                rank,
                bound,
                lambda name=name, given=given: len(base.query(name, **given).rows),  # type: ignore[misc]
                lambda text=query.statement, values=values: bare.ask(text, values),  # type: ignore[misc]
                edges=sum(samples.edges.get(value, 0) for value in given.values()),
                named=True,
            )


def _ranks(query: NamedQuery) -> tuple[str, ...]:
    about_entities = any(p.type in ENTITY_PARAMETERS and p.needed for p in query.parameters)
    return RANKS if about_entities else ("",)


def _given(query: NamedQuery, samples: _Samples, rank: str) -> dict[str, Any]:
    """What must be given: entities of the rank, each another; the rest by the example."""
    given: dict[str, Any] = {}
    ranks = [rank, *(other for other in RANKS if other != rank)]
    for parameter in query.parameters:
        if not parameter.needed:
            continue
        if parameter.type in ENTITY_PARAMETERS:
            label = ENTITY_PARAMETERS[parameter.type]
            ids = [samples.id(label, other) for other in ranks]
            taken = set(given.values())
            given[parameter.name] = next((id_ for id_ in ids if id_ not in taken), ids[0])
        else:
            given[parameter.name] = parameter.value(query.example[parameter.name])
    return given


def _commands(base: KnowledgeBase, samples: _Samples) -> Iterator[Question]:
    """Search, and what people ask by commands of their own; by names, as they type them."""
    method = {rank: samples.name("Method", rank) for rank in RANKS}
    benchmark = {rank: samples.name("Benchmark", rank) for rank in RANKS}
    paper = base.cypher(
        "MATCH (p:Paper {id: $id}) RETURN p.title", {"id": samples.id("Paper", "hub")}
    )
    title = str(paper.rows[0][0])
    words = title.split()
    texts = {
        "name": method["hub"],
        "rare name": method["rare"],
        "prefix": method["hub"][:3],
        "one word": words[0],
        "two words": " ".join(words[:2]),
        "typo": method["hub"][:-1] + "q",
        "misspelt word": words[0][:2] + words[0][3:],
        "nothing": "xqjwxq",
    }
    for about, text in texts.items():
        yield Question("search", about, SEARCH_MS, lambda text=text: _size(base.search(text)))  # type: ignore[misc]
    for rank in RANKS:
        one, other = method[rank], method["middle" if rank != "middle" else "hub"]
        id_ = samples.id("Method", rank)
        yield Question(
            "entity by id",
            rank,
            INTERACTIVE_MS,
            lambda id_=id_: len(base.store.entities_by_id([id_])),  # type: ignore[misc]
            edges=samples.edges[id_],
        )
        asked: dict[str, tuple[float, tuple[str, ...]]] = {
            "show": (INTERACTIVE_MS, (one,)),
            "lineage": (TREE_MS, (one,)),
            "why": (TREE_MS, (one, other)),
            "compare": (INTERACTIVE_MS, (one, other)),
            "similar": (INTERACTIVE_MS, (one,)),
            "leaderboard": (INTERACTIVE_MS, (benchmark[rank],)),
        }
        for name, (bound, names) in asked.items():
            ask = getattr(base, name, None)
            if ask is None:
                continue
            yield Question(
                name,
                rank,
                bound,
                lambda ask=ask, names=names: _size(ask(*names)),  # type: ignore[misc]
                edges=samples.edges[
                    samples.id("Benchmark", rank) if name == "leaderboard" else id_
                ],
            )
        yield Question(
            "topic",
            rank,
            TOPIC_MS[base.store.engine],
            lambda one=one: len(base.topic(one, limit=TOPIC_LIMIT).members),  # type: ignore[misc]
            edges=samples.edges[id_],
        )
    if hasattr(base, "trends"):
        yield Question("trends", "", LONGEST_MS, lambda: _size(base.trends(since="2025-06")))


def _size(answer: object) -> int:
    return len(answer) if isinstance(answer, Sequence) else 1


def _timed(question: Question, runs: int) -> dict[str, Any]:
    what = f"query {question.name}" if question.named else question.name
    found: dict[str, Any] = {"what": what, "about": question.about}
    if question.edges:
        found["edges"] = question.edges
    try:
        question.ask()  # the first fills caches, as the first question of a session does
    except GraphKBError as error:
        return {**found, "error": str(error), "holds": False}
    ours: list[float] = []
    processor: list[float] = []
    bare: list[float] = []
    for _ in range(runs):
        used = time.process_time()
        took, found["rows"] = _clocked(question.ask)
        processor.append((time.process_time() - used) * 1000)
        ours.append(took)
        if question.bare is not None:
            bare.append(_clocked(question.bare)[0])
        if took > ENOUGH_MS:
            break
    found["ms"] = spread(ours)
    found["process_ms"] = spread(processor)
    median = found["ms"]["median"]
    holds = question.bound is None or median < question.bound
    found["bound_ms"] = question.bound
    if bare:
        found["baseline"] = {"what": "the engine's own client", "ms": spread(bare)}
        other = found["baseline"]["ms"]["median"]
        found["ratio"] = round(median / other, 2)
        holds = holds and (found["ratio"] <= RATIO or median - other < FLOOR_MS)
    return {**found, "holds": holds}


def _clocked(ask: Callable[[], int]) -> tuple[float, int]:
    begun = time.perf_counter()
    rows = ask()
    return (time.perf_counter() - begun) * 1000, rows


def line(found: Mapping[str, Any]) -> str:
    """Return a measurement as a line of a table."""
    if "error" in found:
        return f"{found['what']:32} {found['about']:14} {found['error'][:80]}"
    bare = " " * 17
    if "ratio" in found:
        bare = f"{found['baseline']['ms']['median']:10.2f} {found['ratio']:6.2f}"
    verdict = "" if found["holds"] else "  over"
    return (
        f"{found['what']:32} {found['about']:14} {found['rows']:6}"
        f" {found['ms']['median']:10.2f} {bare}"
        f" {found['bound_ms'] or '':>7}{verdict}"
    )


PART = Part(
    "questions",
    "named queries, search and the commands that judge, on a large graph",
    lambda setting: measure(setting.made(), setting.size.runs),
)


def main() -> None:
    """Measure, print a table, and write it as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", nargs="?", help="a file or a server; by default one is made")
    parser.add_argument("--neo4j", action="store_true", help="ask a Neo4j of the same content")
    parser.add_argument("--papers", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", nargs="+", default=(), metavar="NAME")
    parser.add_argument("--out", type=Path, help="where to write the figures as JSON")
    arguments = parser.parse_args()
    print(f"{'question':32} {'about':14} {'rows':>6} {'ms':>10} {'bare ms':>10} ratio   bound")
    measured = []
    with tempfile.TemporaryDirectory() as folder:
        store = arguments.store or made(Path(folder) / "made.kgl", arguments.papers)
        with served(store, Path(folder)) if arguments.neo4j else nullcontext(store) as asked:
            for found in measure(asked, arguments.runs, arguments.only):
                measured.append(found)
                print(line(found), flush=True)
            if arguments.neo4j:
                for found in differences(store, asked, arguments.only):
                    measured.append(found)
                    if not found["same"]:
                        print(f"{found['what']:24} {found['about']:14} differs: {found['first']}")
    if arguments.out:
        arguments.out.write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")


def made(path: Path, papers: int) -> str:
    """Write a made-up graph into a file, and return its path."""
    graph = derived_graph(papers)
    with open_store(str(path), write=True) as store:
        store.write(
            Changes(entities=tuple(graph.entities.values()), edges=tuple(graph.edges.values()))
        )
    return str(path)


if __name__ == "__main__":
    main()
