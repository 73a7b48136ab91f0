"""How long searches and names take on a large graph, and what their index costs.

``python -m benchmarks.search [STORE] [--runs N] [--papers N] [--neo4j-papers N]`` makes the index
of a store (of a graph of its own without one), then asks with the store open. The baselines, in the
same run: for names the scan of every name that there was before (:mod:`benchmarks.name_scan`), for
words a scan of titles and abstracts in Cypher.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks import name_scan
from benchmarks.derived import derived_graph
from benchmarks.measurement import spread
from benchmarks.part import Part, Setting
from graphkb.errors import NotFoundError
from graphkb.query.resolve import resolve
from graphkb.query.search import search
from graphkb.store import Changes, Store, open_store
from graphkb.store.side_file import side_file

__all__ = ["measure"]

SEARCH_MS = 50
SCRIPTS = Path(__file__).resolve().parent.parent / "scripts"
_SCAN = (
    "MATCH (p:Paper) WHERE all(word IN $words WHERE toLower(p.title) CONTAINS word "
    "OR toLower(coalesce(p.abstract, '')) CONTAINS word) "
    "RETURN p.id AS id ORDER BY p.id LIMIT 20"
)


def measure(url: str, runs: int) -> Iterator[dict[str, Any]]:
    """Yield what the index of a store costs, and how long questions of each kind take."""
    with open_store(url) as store:
        yield _made(store, url)
        asked = _asked(store)
        of_all: list[tuple[float, float]] = []
        for kind, texts in asked.items():
            times = [_clocked(lambda t=text: search(store, t)) for text in texts * runs]
            of_all += times
            yield {"what": f"search, {kind}", **_summary(times)}
        yield {"what": "search, all kinds", **_summary(of_all), "bound_ms": SEARCH_MS}
        words = [text.lower().split() for text in asked["two words"]]
        scans = [_clocked(lambda w=two: store.cypher(_SCAN, {"words": w})) for two in words]
        yield {"what": "baseline: words by a scan in Cypher", **_summary(scans)}
        for kind in ("name", "beginning", "misspelt name", "id"):
            ours = [_clocked(lambda t=text: _told(store, t)) for text in asked[kind] * runs]
            yield {"what": f"resolve, {kind}", **_summary(ours)}
        theirs = [_clocked(lambda t=text: _told(store, t, scan=True)) for text in asked["name"][:3]]
        yield {"what": "baseline: names by reading all of them", **_summary(theirs)}


def _made(store: Store, url: str) -> dict[str, Any]:
    began = time.perf_counter(), time.process_time()
    store.text_index()
    spent = time.perf_counter() - began[0], time.process_time() - began[1]
    kept = side_file(Path(url))
    sizes = {}
    if kept.is_file():
        mb = round(kept.stat().st_size / 1e6, 1)
        sizes = {"mb": mb, "store_mb": round(Path(url).stat().st_size / 1e6, 1)}
    return {
        "what": "the index, made or opened",
        "wall_s": round(spent[0], 2),
        "process_s": round(spent[1], 2),
        **sizes,
    }


def _asked(store: Store) -> Mapping[str, list[str]]:
    """What to ask: names by support, and words of titles and abstracts."""
    methods = store.cypher(
        "MATCH (m:Method) RETURN m.name AS name ORDER BY coalesce(m.support, 0) DESC, m.id LIMIT 50"
    )
    names = [row[0] for row in methods.rows[::5]]
    papers = store.cypher(
        "MATCH (p:Paper) WHERE p.abstract IS NOT NULL RETURN p.title AS title, p.abstract AS text, "
        "p.id AS id ORDER BY p.id LIMIT 400"
    ).rows[::40]
    authors = store.cypher("MATCH (a:Author) RETURN a.name AS name ORDER BY a.id LIMIT 10").rows
    titles = [row[0].split() for row in papers]
    texts = [row[1].split() for row in papers]
    return {
        "name": names,
        "beginning": [name[: max(2, len(name) // 2)] for name in names],
        "misspelt name": [f"{name[:2]}{name[3:]}x" for name in names],
        "author": [row[0] for row in authors],
        "id": [row[2] for row in papers],
        "title": [" ".join(title) for title in titles],
        "word of a title": [title[-1] for title in titles],
        "two words": [f"{text[1]} {text[-2]}" for text in texts],
        "a word begun": [f"{title[0]} {title[1][:3]}" for title in titles],
        "misspelt words": [f"{title[0]} {title[1][:2]}{title[1][3:]}" for title in titles],
        "one letter": ["a", "b", "z"],
        "nothing": ["xyzzy plugh"],
    }


def _told(store: Store, text: str, *, scan: bool = False) -> str:
    try:
        return (name_scan.resolve(store, text) if scan else resolve(store, text)).id
    except NotFoundError as error:
        return str(error)


def _clocked(ask: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds by the wall and of this process: other work on the machine is in the first."""
    began = time.perf_counter(), time.process_time()
    ask()
    return (time.perf_counter() - began[0]) * 1000, (time.process_time() - began[1]) * 1000


def _summary(times: list[tuple[float, float]]) -> dict[str, Any]:
    wall, process = zip(*times, strict=True)
    return {
        "ms": spread(wall),
        "process_ms": spread(process),
    }


def _neo4j(papers: int, runs: int) -> Iterator[dict[str, Any]]:
    """The same on a server: the words are written with the graph, so the write is timed too."""
    import os

    sys.path.insert(0, str(SCRIPTS))
    from neo4j_server import neo4j_server

    graph = derived_graph(papers)
    changes = Changes(entities=tuple(graph.entities.values()), edges=tuple(graph.edges.values()))
    with neo4j_server() as server:
        os.environ.update(server.environment())
        began = time.perf_counter()
        with open_store(server.url, write=True) as store:
            store.write(changes)
        wall = round(time.perf_counter() - began, 1)
        yield {"what": f"Neo4j: written, {papers:,} papers", "wall_s": wall}
        for found in measure(server.url, runs):
            yield {**found, "what": f"Neo4j: {found['what']}"}


def _part(setting: Setting) -> Iterator[Mapping[str, Any]]:
    # A copy, which has no index yet.
    store = shutil.copy(setting.made(), setting.own("search") / "made.kgl")
    yield from measure(str(store), setting.size.runs)
    if setting.size.neo4j_papers:
        yield from _neo4j(setting.size.neo4j_papers, setting.size.runs)


PART = Part("search", "searches and names on a large graph, and their index", _part)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", nargs="?", help="by default a made-up one")
    parser.add_argument("--papers", type=int, default=100_000, help="of a made-up store")
    parser.add_argument("--neo4j-papers", type=int, default=0, help="0 for no server")
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = given.store
        if url is None:
            url = str(Path(folder) / "made-up.kgl")
            graph = derived_graph(given.papers)
            entities, edges = tuple(graph.entities.values()), tuple(graph.edges.values())
            with open_store(url, write=True) as store:
                store.write(Changes(entities=entities, edges=edges))
        for found in measure(url, given.runs):
            print(json.dumps(found), flush=True)
    if given.neo4j_papers:
        for found in _neo4j(given.neo4j_papers, given.runs):
            print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main()
