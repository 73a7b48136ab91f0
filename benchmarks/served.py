"""How the way to a served Neo4j grows: built in bulk, imported, indexed and asked.

``python -m benchmarks.served [--papers 1000 10000 …] [--runs N] [--no-server]`` makes, for each
size, sources of so many papers (:mod:`benchmarks.sources`, titles alone, which are not read), and
measures

- ``graphkb bulk``: time, that of the processor, the largest process, the files;
- ``import.sh`` into a server's folder, and ``schema.cypher`` until every index is filled;
- what people ask of that server, of what has most edges, of what has 20 and of what has 5: time by
  the clock, for the server is another process. Each is asked once before, for its plan.

The exponents are fitted as those of :mod:`benchmarks.growth`, to the least of the runs.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import graphkb
from benchmarks import sources
from benchmarks.growth import about, exponents
from benchmarks.imported import imported
from benchmarks.made_paper import Papers
from benchmarks.measurement import spread
from benchmarks.part import Part, Setting
from graphkb import without_store
from graphkb.knowledge_base import KnowledgeBase
from graphkb.query.named import named_queries
from graphkb.query.parameter import ENTITY_PARAMETERS
from graphkb.store.script import pieces

if TYPE_CHECKING:
    from neo4j_server import Neo4jServer

__all__ = ["measure"]

ROOT = Path(__file__).resolve().parent.parent
# Fewer papers than this are no work for a server: it is started as quickly as it can be.
FEW = 500
TOPIC_LIMIT = 200
_FIGURES = ("process_s", "peak_mb", "file_mb", "wall_s", "wall_ms")
_BY_EDGES = "MATCH (n:{label}) RETURN n.id AS id, COUNT {{ (n)--() }} AS edges "
_RANKS = {
    "hub": "ORDER BY edges DESC, id LIMIT 1",
    "middle": "ORDER BY abs(edges - 20), id LIMIT 1",
    "rare": "ORDER BY abs(edges - 5), id LIMIT 1",
}
_LABELS = ("Paper", "Author", "Organization")


def measure(
    folder: Path, papers: Sequence[int], runs: int, *, server: bool
) -> Iterator[dict[str, Any]]:
    """Yield what is found at each size, and then the exponents.

    Parameters
    ----------
    folder : Path
        For files; each size is removed when it is done.
    papers : sequence of int
        The sizes, ascending.
    runs : int
        How often each question is asked.
    server : bool
        Whether the files are imported and asked.

    Yields
    ------
    dict
        With ``papers`` and figures; at the end one with the exponent a curve.
    """
    found: list[dict[str, Any]] = []
    for size in papers:
        place = folder / str(size)
        for one in _of_size(place, size, runs, server=server):
            found.append(one)
            yield one
        shutil.rmtree(place)
    yield from exponents(found, _FIGURES)


def _of_size(place: Path, size: int, runs: int, *, server: bool) -> Iterator[dict[str, Any]]:
    written = sources.write(place, Papers(size))
    files = place / "import"
    # The folder, as a person has it: parts of different dates have the same names.
    job = ["--job", str(files), str(place / written.works_folder), str(place / written.parts[-1])]
    # In a process of its own, whose children are the build's alone.
    command = [sys.executable, "-m", "benchmarks.served", *job]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    built = json.loads(done.stdout)
    yield {**about("bulk build", size, linear=True), **built}
    if not server:
        return
    brief = size < FEW
    with imported(files, heap="2g", pages="256m" if brief else "4g", brief=brief) as one:
        yield {**about("import.sh", size, linear=True), "wall_s": one.seconds}
        begin = time.perf_counter()
        _declare(one.server, files / "schema.cypher")
        declared = time.perf_counter() - begin
        yield {**about("schema.cypher", size, linear=True), "wall_s": declared}
        yield {
            **about("sources to a served Neo4j", size, linear=True),
            "wall_s": built["wall_s"] + one.seconds + declared,
            "baseline": {"what": "neo4j-admin on its files", "wall_s": one.seconds},
        }
        yield from _asked(one.server.url, size, runs)


def _declare(server: Neo4jServer, script: Path) -> None:
    from neo4j import GraphDatabase

    with (
        GraphDatabase.driver(server.url, auth=(server.user, server.password)) as driver,
        driver.session() as session,
    ):
        for piece in pieces(script.read_text(encoding="utf-8")):
            session.run(piece.text).consume()
        session.run("CALL db.awaitIndexes(3600)").consume()


def _asked(url: str, size: int, runs: int) -> Iterator[dict[str, Any]]:
    with graphkb.open(url) as base:
        for what, edges, ask in _questions(base):
            ask()
            taken: list[float] = []
            for _ in range(runs):
                begin = time.perf_counter()
                rows = len(ask())
                taken.append(1e3 * (time.perf_counter() - begin))
            yield {**about(what, size), "wall_ms": spread(taken), "rows": rows, "edges": edges}


def _questions(base: KnowledgeBase) -> Iterator[tuple[str, int, Callable[[], Sequence[object]]]]:
    """What is asked, how many edges what it is asked of has, and how it is asked."""
    for rank, order in _RANKS.items():
        of_label: dict[str, tuple[str, int]] = {}
        for label in _LABELS:
            id_, edges = base.cypher(_BY_EDGES.format(label=label) + order).rows[0]
            of_label[label] = str(id_), int(edges)
        paper, edges = of_label["Paper"]
        yield f"entity by id {rank}", edges, partial(_by_id, base, paper)
        yield f"show {rank}", edges, partial(_shown, base, paper)
        yield f"topic {rank}", edges, partial(_topic, base, paper)
        for name, query in named_queries().items():
            needed = [one for one in query.parameters if one.needed]
            label = ENTITY_PARAMETERS.get(needed[0].type, "") if len(needed) == 1 else ""
            if label in of_label and "interactive" in query.tags:
                id_, edges = of_label[label]
                given = {needed[0].name: id_}
                yield f"query {name} {rank}", edges, partial(_rows, base, name, given)
    title, author = (
        base.store.entities_by_id([id_])[id_].name
        for id_, _ in (of_label["Paper"], of_label["Author"])
    )
    texts = {"title": title, "author": author, "one word": title.split()[0]}
    for kind, text in {**texts, "typo": f"{author[:-1]}q"}.items():
        yield f"search {kind}", 0, partial(base.search, text)


def _by_id(base: KnowledgeBase, id_: str) -> Sequence[object]:
    return [*base.store.entities_by_id([id_])]


def _shown(base: KnowledgeBase, id_: str) -> Sequence[object]:
    return base.show(id_).statements


def _topic(base: KnowledgeBase, id_: str) -> Sequence[object]:
    return [*base.topic(id_, limit=TOPIC_LIMIT).members]


def _rows(base: KnowledgeBase, name: str, given: Mapping[str, str]) -> Sequence[object]:
    return base.query(name, **given).rows


def _build(out: str, *given: str) -> dict[str, Any]:
    """Build in bulk, in a process that did nothing else."""
    begin = time.perf_counter()
    report = without_store.bulk(*given, out=out, texts=False)
    wall = time.perf_counter() - begin
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return {
        "wall_s": wall,
        "process_s": sum(one.ru_utime + one.ru_stime for one in both),
        "peak_mb": max(one.ru_maxrss for one in both) * 1024 / 1e6,
        "file_mb": sum(p.stat().st_size for p in Path(out).rglob("*") if p.is_file()) / 1e6,
        "entities": report.entities,
        "relationships": report.edges,
    }


def _part(setting: Setting) -> Iterator[dict[str, Any]]:
    size = setting.size
    return measure(setting.own("served"), size.growth, size.runs, server=size.neo4j_papers > 0)


PART = Part(
    "served",
    "how the way from sources through a bulk build to a served Neo4j grows, and its answers",
    _part,
)


def main(given: Sequence[str] | None = None) -> None:
    """Measure, and print the curves."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--no-server", action="store_true", help="only what needs no server")
    parser.add_argument("--job", nargs="+", help=argparse.SUPPRESS)
    arguments = parser.parse_args(given)
    if arguments.job:
        print(json.dumps(_build(*arguments.job)))
        return
    with tempfile.TemporaryDirectory() as folder:
        sizes = sorted(arguments.papers)
        for one in measure(Path(folder), sizes, arguments.runs, server=not arguments.no_server):
            print(json.dumps(one), flush=True)


if __name__ == "__main__":
    main()
