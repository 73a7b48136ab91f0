"""Large made-up corpora: how fast they are written, loaded, loaded again and added to.

``python -m benchmarks.scale [--papers N] [--neo4j-papers N] [--runs N]`` measures everything, each
part in a process of its own with its peak of memory; what is compared runs in turns in one process.
Without extraction: the papers have titles alone.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from msgspec import structs

import graphkb
from benchmarks import corpus
from benchmarks.measurement import spread
from benchmarks.part import Part
from graphkb.model.graph import Edge, Graph, Value
from graphkb.store import Changes, open_store

BATCH = 10_000
NEW_PAPERS = 100
SCRIPTS = Path(__file__).resolve().parent.parent / "scripts"
Rows = dict[tuple[str, ...], list[dict[str, Any]]]
_Times = dict[str, dict[str, dict[str, float]]]


def measure(folder: Path, papers: int, neo4j_papers: int, runs: int) -> Iterator[dict[str, Any]]:
    """Yield one measurement after the other."""
    source = corpus.write(folder / "corpus.jsonl", corpus.papers(papers))
    more = corpus.write(folder / "more.jsonl", corpus.papers(NEW_PAPERS, first=papers))
    store = folder / "corpus.kgl"
    first = _apart("load", store, source)
    yield {"what": f"first load of {papers:,} papers", **first, "bound": "2,000 MB"}
    again = _apart("load", store, source)
    yield {
        "what": "the same load again",
        **again,
        "ratio": _ratios(again, first),
        "bound": "a quarter of the first load",
    }
    yield {"what": "write stage, embedded", **_apart("write", store, runs), "bound": "rate .60"}
    copies = [shutil.copy(store, folder / f"{name}.kgl") for name in ("bare", "added")]
    bare, added = _apart("bare", copies[0]), _apart("load", copies[1], more)
    yield {
        "what": f"a load of {NEW_PAPERS} new papers into that graph",
        **added,
        "baseline": {"what": "kglite alone: open and save of the same file", **bare},
        "ratio": _ratios(added, bare),
        "bound": "1.5 times the baseline and 1 s",
    }
    if neo4j_papers:
        few = corpus.write(folder / "few.jsonl", corpus.papers(neo4j_papers))
        _apart("load", folder / "few.kgl", few)
        found = _apart("neo4j", folder / "few.kgl", few, runs)
        yield {"what": f"Neo4j, {neo4j_papers:,} papers", **found, "bound": "rate .60"}


def measure_extraction(folder: Path, source: Path) -> Iterator[dict[str, Any]]:
    """Yield the load of abstracts that nobody has read yet, where the source is there."""
    if source.is_file():
        os.environ["GRAPHKB_CACHE"] = str(folder / "cold")
        found = _apart("load", folder / "daily.kgl", source)
        yield {"what": f"load of {source.name}, with extraction", **found, "bound": "none"}
        found = _apart("load", folder / "read.kgl", source)
        yield {"what": "the same into a new store, readings cached", **found, "bound": "none"}
        profile = _apart("profile", folder / "profiled.kgl", source)
        yield {"what": f"where the time of {source.name} goes", **profile, "bound": "none"}


def load(store: str, source: str) -> dict[str, Any]:
    """Load a source."""
    with _Clock() as clock, graphkb.open(store) as base:
        report = base.load(source)
    papers = report.sources[0].kept
    return {**clock.found, "changes": report.changes, "papers_a_s": round(papers / clock.wall, 1)}


def profile(store: str, source: str) -> dict[str, Any]:
    """Load a source, its readings cached by now, and tell the share of each stage."""
    import cProfile
    import pstats

    profiler = cProfile.Profile()
    with graphkb.open(store) as base:
        profiler.runcall(base.load, source)
    stats: Any = pstats.Stats(profiler)
    times: dict[str, float] = defaultdict(float)
    for (file, _, name), (*_, spent, _) in stats.stats.items():
        stage = STAGES.get((Path(file).stem, name))
        if stage:
            times[stage] += spent
    whole = stats.total_tt
    return {stage: round(times[stage] / whole, 3) for stage in STAGES.values()}


def bare(store: str) -> dict[str, Any]:
    """Open and save a file with the engine alone."""
    import kglite

    with _Clock() as clock, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # Not in a `with` of its own, which would save a second time.
        kglite.open(store, durable="normal").save()
    return clock.found


def write(store: str, runs: str) -> dict[str, Any]:
    """Write a graph in turns by the engine's own bulk calls and by the store."""
    import kglite
    import pandas as pd

    changes, nodes, edges = _graph(store)
    gc.disable()
    node_frames = {label: pd.DataFrame(rows) for label, rows in nodes.items()}
    edge_frames = {triple: pd.DataFrame(rows) for triple, rows in edges.items()}
    nodes.clear()
    edges.clear()
    file = f"{store}.written"

    def bulk(path: str | None) -> None:
        graph = kglite.KnowledgeGraph()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for (label,), frame in node_frames.items():
                graph.add_nodes(frame, label, "id", "name")
            for (start, type_, end), frame in edge_frames.items():
                graph.add_relationships(frame, type_, start, "from_id", end, "to_id")
            if path:
                graph.save(path)

    def ours(path: str) -> None:
        with open_store(path, write=True) as opened:
            opened.write(changes)

    def away() -> None:
        for path in Path(file).parent.glob(Path(file).name + "*"):
            path.unlink()

    found = _in_turns(
        {
            "bulk call": lambda: bulk(None),
            "store in memory": lambda: ours(":memory:"),
            "bulk call and save": lambda: bulk(file),
            "store in a file": lambda: ours(file),
        },
        int(runs),
        away,
    )
    rates = {
        "in memory": _rate(found, "bulk call", "store in memory"),
        "with the file": _rate(found, "bulk call and save", "store in a file"),
    }
    return {"written": len(changes), "times": found, "rate": rates}


def neo4j(store: str, source: str, runs: str) -> dict[str, Any]:
    """Write a graph into a server by plain UNWIND MERGE and by the store; then load it whole."""
    sys.path.insert(0, str(SCRIPTS))
    from neo4j import GraphDatabase
    from neo4j_server import neo4j_server

    changes, nodes, edges = _graph(store)
    with neo4j_server("2g", brief=len(changes) < BATCH) as server:
        os.environ.update(server.environment())
        driver = GraphDatabase.driver(server.url, auth=(server.user, server.password))

        def empty() -> None:
            with driver.session() as session:
                for what in ("MATCH ()-[n]->()", "MATCH (n)"):
                    text = f"{what} CALL (n) {{ DELETE n }} IN TRANSACTIONS OF {BATCH} ROWS"
                    session.run(text).consume()

        def plain() -> None:
            with driver.session() as session:
                for (label,), rows in nodes.items():
                    text = f"UNWIND $rows AS r MERGE (n:{label} {{id: r.id}}) SET n += r"
                    for at in range(0, len(rows), BATCH):
                        session.run(text, rows=rows[at : at + BATCH]).consume()
                for (start, type_, end), rows in edges.items():
                    text = (
                        f"UNWIND $rows AS r MATCH (a:{start} {{id: r.from_id}}), "
                        f"(b:{end} {{id: r.to_id}}) "
                        f"MERGE (a)-[x:{type_} {{paper: r.paper}}]->(b) "
                        "SET x.rule = r.rule, x.confidence = r.confidence, x.stated = r.stated, "
                        "x.sources = r.sources"
                    )
                    for at in range(0, len(rows), BATCH):
                        session.run(text, rows=rows[at : at + BATCH]).consume()

        def ours() -> None:
            with open_store(server.url, write=True) as opened:
                opened.write(changes)

        ours()  # so that constraints and indexes are there for both
        found = _in_turns({"UNWIND MERGE": plain, "store": ours}, int(runs), empty)
        empty()
        whole = load(server.url, source)
        driver.close()
    rate = _rate(found, "UNWIND MERGE", "store")
    return {"written": len(changes), "times": found, "rate": rate, "load": whole}


def _graph(store: str) -> tuple[Changes, Rows, Rows]:
    """The graph of a store: as changes, and as rows by label and by triple of labels."""
    with graphkb.open(store) as base:
        graph: Graph = base.graph(ground=True)
    nodes: Rows = defaultdict(list)
    edges: Rows = defaultdict(list)
    for entity in graph.entities.values():
        nodes[entity.label,].append({"id": entity.id, **_plain(entity.properties)})
    for edge in graph.edges.values():
        ends = {"from_id": edge.start, "to_id": edge.end, "paper": edge.paper}
        triple = edge.start_label, edge.type, edge.end_label
        edges[triple].append({**ends, **_plain(edge.properties)})
    entities, joined = tuple(graph.entities.values()), tuple(_as_derived(graph.edges.values()))
    return Changes(entities=entities, edges=joined), nodes, edges


def _as_derived(edges: Iterable[Edge]) -> Iterator[Edge]:
    """The edges as a load hands them over: those of a paper share what is said of them."""
    said: dict[Any, Mapping[str, Value]] = {}
    for edge in edges:
        key = edge.paper, tuple(edge.properties.items())
        yield structs.replace(edge, properties=said.setdefault(key, edge.properties))


def _plain(properties: Any) -> dict[str, Value | list[str]]:
    return {k: list(v) if isinstance(v, tuple) else v for k, v in properties.items()}


def _in_turns(
    ways: dict[str, Callable[[], None]], runs: int, between: Callable[[], None]
) -> _Times:
    """The times of each way, all of them run in turns."""
    wall: dict[str, list[float]] = defaultdict(list)
    process: dict[str, list[float]] = defaultdict(list)
    for _ in range(runs):
        for name, way in ways.items():
            between()
            gc.collect()
            with _Clock() as clock:
                way()
            wall[name].append(clock.wall)
            process[name].append(clock.process)
    return {n: {"wall_s": spread(wall[n]), "process_s": spread(process[n])} for n in ways}


class _Clock:
    """The time between its begin and end, and the most memory that the process had by then."""

    def __enter__(self) -> Self:
        self._begin = time.perf_counter(), time.process_time()
        return self

    def __exit__(self, *_: object) -> None:
        self.wall = time.perf_counter() - self._begin[0]
        self.process = time.process_time() - self._begin[1]
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        self.found = {
            "wall_s": round(self.wall, 4),
            "process_s": round(self.process, 4),
            "peak_mb": round(peak * 1024 / 1e6),
        }


def _rate(found: _Times, theirs: str, ours: str) -> dict[str, float]:
    """How fast ours is as a share of how fast theirs is."""
    return {
        kind: round(found[theirs][kind]["median"] / found[ours][kind]["median"], 2)
        for kind in found[ours]
    }


def _ratios(one: dict[str, Any], other: dict[str, Any]) -> dict[str, float]:
    return {kind: round(one[kind] / other[kind], 3) for kind in ("wall_s", "process_s")}


def _apart(job: str, *arguments: object) -> dict[str, Any]:
    """Run a part in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.scale", "--job", job, *map(str, arguments)]
    done = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, text=True, cwd=SCRIPTS.parent
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


STAGES = {
    ("intake", "take_in"): "reading the file",
    ("derive", "read_paper"): "reading the texts",
    ("link", "link_records"): "joining records",
    ("naming", "resolve_names"): "resolving names",
    ("claim", "strongest"): "making edges",
    ("loading", "_write"): "writing",
}
JOBS: dict[str, Callable[..., dict[str, Any]]] = {
    "load": load,
    "bare": bare,
    "write": write,
    "neo4j": neo4j,
    "profile": profile,
}

PART = Part(
    "scale",
    "large corpora: written, loaded, loaded again and added to",
    lambda setting: measure(
        setting.own("scale"), setting.size.papers, setting.size.neo4j_papers, setting.size.runs
    ),
)


def main(given: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, default=100_000)
    parser.add_argument("--neo4j-papers", type=int, default=10_000, help="0 for no server")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--job", nargs="+", help="one part, in this process")
    arguments = parser.parse_args(given)
    if arguments.job:
        name, *rest = arguments.job
        print(json.dumps(JOBS[name](*rest)))
        return
    with tempfile.TemporaryDirectory() as folder:
        os.environ["GRAPHKB_CACHE"] = str(Path(folder) / "cache")
        sizes = arguments.papers, arguments.neo4j_papers, arguments.runs
        for measured in measure(Path(folder), *sizes):
            print(json.dumps(measured), flush=True)


if __name__ == "__main__":
    main()
