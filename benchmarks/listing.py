"""The main job on one copied listing: start, load, query and page, against what is bare."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.browser import awaited
from benchmarks.measurement import spread
from benchmarks.part import Part
from benchmarks.timing import median, timed

BIN = Path(sys.executable).parent
GRAPHKB = str(BIN / "graphkb")
_PAINTED_WITHIN = 30.0  # seconds
BARE_QUERY = """
import kglite, sys
graph = kglite.load(sys.argv[1])
print(len(graph.cypher("MATCH (m:Method) RETURN m.id AS id", disable_optimizer=True).to_list()))
"""
BARE_WRITE = """
import os, sys, neo4j, graphkb
with graphkb.open(sys.argv[1]) as base:
    graph = base.graph(ground=True)
credentials = os.environ["NEO4J_USERNAME"], os.environ["NEO4J_PASSWORD"]
with neo4j.GraphDatabase.driver(sys.argv[2], auth=credentials) as driver:
    for label in {e.label for e in graph.entities.values()}:
        rows = [{"id": e.id, "p": {k: list(v) if isinstance(v, tuple) else v
                 for k, v in e.properties.items()}}
                for e in graph.entities.values() if e.label == label]
        driver.execute_query(
            f"UNWIND $rows AS r MERGE (n:{label} {{id: r.id}}) SET n += r.p", rows=rows)
    for kind in {(e.start_label, e.type, e.end_label) for e in graph.edges.values()}:
        rows = [{"a": e.start, "b": e.end, "q": e.paper,
                 "p": {k: list(v) if isinstance(v, tuple) else v for k, v in e.properties.items()}}
                for e in graph.edges.values() if (e.start_label, e.type, e.end_label) == kind]
        driver.execute_query(
            f"UNWIND $rows AS r MATCH (a:{kind[0]} {{id: r.a}}), (b:{kind[2]} {{id: r.b}}) "
            f"MERGE (a)-[x:`{kind[1]}` {{paper: r.q}}]->(b) SET x += r.p", rows=rows)
"""


def measure(
    folder: Path, source: str, runs: int, *, neo4j: bool = True, browser: bool = True
) -> Iterator[dict[str, Any]]:
    """Yield one measurement after the other."""
    store, cache = folder / "listing.kgl", folder / "cache"
    cold = {"GRAPHKB_CACHE": str(cache)}

    def fresh() -> None:
        shutil.rmtree(cache, ignore_errors=True)
        for path in folder.glob("listing.kgl*"):
            path.unlink()

    yield _compared(
        "graphkb --version",
        timed([GRAPHKB, "--version"], runs=runs * 3),
        "python -c 'import click'",
        timed([sys.executable, "-c", "import click"], runs=runs * 3),
        bound="1.3 times the baseline",
    )
    load = [GRAPHKB, "--db", str(store), "load", source]
    yield _compared(
        "load into a new embedded store, nothing cached",
        timed(load, runs=runs, before=fresh, environment=cold),
        "graphkb extract of the same source",
        timed([GRAPHKB, "extract", source, "-o", str(folder / "x.jsonl")], runs=runs),
        bound="2 s of wall time",
    )
    yield _compared(
        "named query",
        timed([GRAPHKB, "--db", str(store), "query", "methods"], runs=runs),
        "kglite alone: load and one statement",
        timed([sys.executable, "-c", BARE_QUERY, str(store)], runs=runs),
        bound="0.5 s of process time",
    )
    if neo4j:
        yield from _neo4j(store, source, runs)
    page = folder / "listing.html"
    picture = timed([GRAPHKB, "--db", str(store), "view", "-o", str(page)], runs=runs)
    yield {"what": "view of the whole listing", **picture.describe(), "bound": "none"}
    yield {
        "what": "page of the whole listing",
        "bytes": page.stat().st_size,
        **({"first_paint_ms": _first_paint(page, runs)} if browser else {}),
        "bound": "1.5 MB, 1 s",
    }


def _neo4j(store: Path, source: str, runs: int) -> Iterator[dict[str, Any]]:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "scripts"))
    from neo4j import GraphDatabase
    from neo4j_server import neo4j_server

    with neo4j_server() as server:
        environment = server.environment()
        cold = {**environment, "GRAPHKB_CACHE": str(store.parent / "cache")}

        def fresh() -> None:
            shutil.rmtree(store.parent / "cache", ignore_errors=True)
            with GraphDatabase.driver(server.url, auth=(server.user, server.password)) as driver:
                driver.execute_query("MATCH (n) DETACH DELETE n")

        command = [GRAPHKB, "--db", server.url, "load", source]
        loaded = timed(command, runs=runs, before=fresh, environment=cold)
        bare = [sys.executable, "-c", BARE_WRITE, str(store), server.url]
        yield _compared(
            "load into a warm Neo4j, nothing cached",
            loaded,
            "the same nodes and edges by plain UNWIND MERGE",
            timed(bare, runs=runs, before=fresh, environment=environment),
            bound="5 s of wall time",
        )


def _first_paint(page: Path, runs: int) -> dict[str, float]:
    from playwright.sync_api import sync_playwright

    script = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
    with sync_playwright() as playwright:
        found = [p for p in map(shutil.which, ("chromium", "google-chrome")) if p]
        executable = found[0] if found else playwright.chromium.executable_path
        browser = playwright.chromium.launch(
            executable_path=executable, chromium_sandbox=os.geteuid() != 0
        )
        painted = []
        for _ in range(runs):
            tab = browser.new_page()
            tab.goto(page.resolve().as_uri())
            found = awaited(tab, script, _PAINTED_WITHIN)
            if found is None:
                raise TimeoutError(f"nothing was painted within {_PAINTED_WITHIN:.0f} s")
            painted.append(found)
            tab.close()
        browser.close()
    return spread(painted)


def _compared(what: str, ours: Any, baseline: str, theirs: Any, *, bound: str) -> dict[str, Any]:
    return {
        "what": what,
        **ours.describe(),
        "baseline": {"what": baseline, **theirs.describe()},
        "ratio": {
            "wall": round(median(ours.wall) / median(theirs.wall), 2),
            "process": round(median(ours.process) / median(theirs.process), 2),
        },
        "bound": bound,
    }


PART = Part(
    "listing",
    "the main job on one listing: start, load, query and page",
    lambda setting: measure(
        setting.own("listing"),
        setting.listing,
        setting.size.runs,
        neo4j=setting.size.neo4j_papers > 0,
        browser=bool(setting.size.nodes),
    ),
)
