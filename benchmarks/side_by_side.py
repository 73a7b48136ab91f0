"""The same papers brought where they can be asked, by graphkb and by what one would do instead.

``python -m benchmarks.side_by_side [--papers N]``: titles, authors and citations of a made-up file,
from the file to a graph that can be asked; everything in one run, one after the other.

- *networkx and pickle*: a script that reads the lines into a `DiGraph` and pickles it;
- *UNWIND*: a script with the driver, `UNWIND … MERGE` in batches, constraints first;
- *neo4j-admin, CSV by hand*: a script that writes CSV with the `csv` module, and the import;
- *record at a time*, as scripts around an API's client do: a statement a paper, of a few papers,
  since it takes so long; its rate is what can be compared.

None of them joins records that are one work, tells namesakes apart, keeps where a statement comes
from, or finds methods in texts; graphkb does all of that in the times beside them.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import graphkb
from benchmarks import corpus
from benchmarks.part import Part, Setting
from graphkb import without_store

if TYPE_CHECKING:
    from neo4j import Driver

SCRIPTS = Path(__file__).resolve().parent.parent / "scripts"
BATCH = 10_000
FEW = 500
# By the constraints that a person would declare.
CONSTRAINTS = tuple(
    f"CREATE CONSTRAINT IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
    for label in ("P", "A")
)
PAPERS = "UNWIND $rows AS r MERGE (p:P {id: r.id}) SET p.title = r.title, p.published = r.published"
CITED = (
    "UNWIND $rows AS r MERGE (a:P {id: r.start}) MERGE (b:P {id: r.end}) MERGE (a)-[:CITES]->(b)"
)
WROTE = "UNWIND $rows AS r MATCH (p:P {id: r.start}) MERGE (a:A {id: r.end}) MERGE (p)-[:BY]->(a)"
ONE = (
    "MERGE (p:P {id: $id}) SET p.title = $title, p.published = $published "
    "FOREACH (c IN $cites | MERGE (q:P {id: c}) MERGE (p)-[:CITES]->(q)) "
    "FOREACH (n IN $authors | MERGE (a:A {id: n}) MERGE (p)-[:BY]->(a))"
)
Row = dict[str, Any]


def measure(folder: Path, papers: int, *, server: bool = True) -> Iterator[dict[str, Any]]:
    """Yield what each way takes; without a server, those that need none."""
    source = corpus.write(folder / "papers.jsonl", corpus.papers(papers))
    os.environ["GRAPHKB_CACHE"] = str(folder / "cache")
    alone = _timed(lambda: _networkx(source, folder / "graph.pickle"))
    yield _told("networkx and pickle", papers, alone)
    ours = _timed(lambda: _load(source, folder / "graph.kgl"))
    yield _told("graphkb load, a file", papers, ours, "networkx and pickle", alone)
    if not server:
        return
    admin, served = _imports(source, folder, papers < FEW)
    yield _told("neo4j-admin, CSV by hand", papers, admin)
    yield _told("graphkb bulk, then neo4j-admin", papers, served, "neo4j-admin, CSV by hand", admin)
    yield from _online(source, papers)


def _told(
    what: str, papers: int, seconds: float, beside: str = "", other: float | None = None
) -> dict[str, Any]:
    told: dict[str, Any] = {
        "what": what,
        "wall_s": round(seconds, 3),
        "papers_a_s": round(papers / seconds, 1),
    }
    if other is not None:
        told["baseline"] = {"what": beside, "wall_s": round(other, 3)}
        told["ratio"] = {"wall_s": round(seconds / other, 2)}
    return told


def _timed(way: Callable[[], object]) -> float:
    begin = time.perf_counter()
    way()
    return time.perf_counter() - begin


def _lines(source: Path) -> Iterator[Row]:
    with source.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _networkx(source: Path, out: Path) -> None:
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    for paper in _lines(source):
        id_ = f"arXiv:{paper['id']}"
        graph.add_node(id_, title=paper["title"], published=paper["published"])
        graph.add_edges_from((id_, cited, {"type": "CITES"}) for cited in paper["references"])
        graph.add_edges_from((id_, name, {"type": "BY"}) for name in paper["authors"])
    with out.open("wb") as file:
        pickle.dump(graph, file)


def _load(source: Path, store: Path | str) -> None:
    with graphkb.open(str(store)) as base:
        base.load(str(source))


def _imports(source: Path, folder: Path, brief: bool) -> tuple[float, float]:
    """From the file to a database that a server can open: by hand, and by graphkb."""
    sys.path.insert(0, str(SCRIPTS))
    from neo4j_server import admin_program

    def imported(way: Callable[[Path, Path], object]) -> float:
        with tempfile.TemporaryDirectory(dir=folder) as name:
            home = Path(name)
            (home / "conf").mkdir()
            (home / "conf" / "neo4j.conf").touch()
            admin = admin_program(home, "2g", brief=brief)
            return _timed(lambda: way(home / "csv", admin))

    return imported(lambda out, admin: _by_hand(source, out, admin)), imported(
        lambda out, admin: _by_bulk(source, out, admin)
    )


def _by_hand(source: Path, out: Path, admin: Path) -> None:
    out.mkdir()
    names: set[str] = set()
    with (
        (out / "papers.csv").open("w", newline="", encoding="utf-8") as papers,
        (out / "cites.csv").open("w", newline="", encoding="utf-8") as cites,
        (out / "by.csv").open("w", newline="", encoding="utf-8") as by,
    ):
        tables = [csv.writer(file) for file in (papers, cites, by)]
        tables[0].writerow(["id:ID", "title", "published"])
        for table in tables[1:]:
            table.writerow([":START_ID", ":END_ID"])
        for paper in _lines(source):
            id_ = f"arXiv:{paper['id']}"
            tables[0].writerow([id_, paper["title"], paper["published"]])
            tables[1].writerows((id_, cited) for cited in paper["references"])
            tables[2].writerows((id_, name) for name in paper["authors"])
            names.update(paper["authors"])
    with (out / "authors.csv").open("w", newline="", encoding="utf-8") as authors:
        csv.writer(authors).writerows([["id:ID"], *([name] for name in sorted(names))])
    command = [str(admin), "database", "import", "full", "neo4j", "--overwrite-destination"]
    files = ["--nodes=P=papers.csv", "--nodes=A=authors.csv"]
    files += ["--relationships=CITES=cites.csv", "--relationships=BY=by.csv"]
    subprocess.run([*command, *files], check=True, capture_output=True, cwd=out)


def _by_bulk(source: Path, out: Path, admin: Path) -> None:
    without_store.bulk(str(source), out=out)
    path = f"{admin.parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "TMPDIR": str(out.parent)}
    command = ["sh", str(out / "import.sh")]
    subprocess.run(command, env=environment, check=True, capture_output=True)


def _online(source: Path, papers: int) -> Iterator[dict[str, Any]]:
    """Into servers that run, a new one each."""
    brief = papers < FEW
    unwind = _on_server(lambda driver, _url: _unwind(driver, source), brief)
    yield _told("UNWIND with the driver", papers, unwind)
    ours = _on_server(lambda _driver, url: _load(source, url), brief)
    yield _told("graphkb load, a server", papers, ours, "UNWIND with the driver", unwind)
    few = min(FEW, papers)
    singly = _on_server(lambda driver, _url: _one_by_one(driver, source, few), brief)
    yield _told("record at a time", few, singly)


def _on_server(way: Callable[[Driver, str], object], brief: bool) -> float:
    from neo4j import GraphDatabase
    from neo4j_server import neo4j_server

    with neo4j_server("2g", brief=brief) as server:
        os.environ.update(server.environment())
        login = server.user, server.password
        with GraphDatabase.driver(server.url, auth=login) as driver:
            return _timed(lambda: way(driver, server.url))


def _unwind(driver: Driver, source: Path) -> None:
    with driver.session() as session:
        for statement in CONSTRAINTS:
            session.run(statement).consume()
        lines = _lines(source)
        while batch := list(islice(lines, BATCH)):
            papers = [{**paper, "id": f"arXiv:{paper['id']}"} for paper in batch]
            session.run(PAPERS, rows=[_kept(p, ("id", "title", "published")) for p in papers])
            for statement, name in ((CITED, "references"), (WROTE, "authors")):
                rows = [{"start": p["id"], "end": end} for p in papers for end in p[name]]
                for first in range(0, len(rows), BATCH):
                    session.run(statement, rows=rows[first : first + BATCH]).consume()


def _kept(paper: Row, names: Sequence[str]) -> Row:
    return {name: paper[name] for name in names}


def _one_by_one(driver: Driver, source: Path, count: int) -> None:
    with driver.session() as session:
        for statement in CONSTRAINTS:
            session.run(statement).consume()
        for paper in islice(_lines(source), count):
            session.run(
                ONE,
                id=f"arXiv:{paper['id']}",
                title=paper["title"],
                published=paper["published"],
                cites=paper["references"],
                authors=paper["authors"],
            ).consume()


def _part(setting: Setting) -> Iterator[dict[str, Any]]:
    size = setting.size
    papers = size.neo4j_papers or size.papers
    return measure(setting.own("side-by-side"), papers, server=size.neo4j_papers > 0)


PART = Part(
    "side-by-side",
    "the same papers by graphkb and by what one would do instead",
    _part,
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--papers", type=int, default=10_000)
    parser.add_argument("--no-server", action="store_true", help="only what needs no server")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for found in measure(Path(folder), given.papers, server=not given.no_server):
            print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main()
