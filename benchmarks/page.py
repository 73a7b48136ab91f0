"""How large pages are, how long they take to show, how they move; beside stock pyvis.

Run it as ``python -m benchmarks.page [--nodes 100 …] [--store STORE] [--wait 60] [--out FILE]``
where Chromium is installed. For made-up graphs of 100, 500, 2,000 and 10,000 entities with 2.5
relationships each it prints the file's size beside the size that it may have (600 kB, 400 bytes
an element and each sentence once), the seconds to the first paint and until the page is usable,
the frames a second while the picture is panned and zoomed, the heap of JavaScript and the number
of requests, each of our page and of the one that pyvis writes in-line with its physics. Then the
seconds that the layout takes and what it keeps of the neighbourhoods, beside spring_layout; where
a store is named, also of its methods. There is no GPU: the machine draws by itself.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx

from benchmarks.browser import opened, seen
from benchmarks.layout import laid_out, links_of, methods_of
from benchmarks.part import Part, Setting
from graphkb.model.graph import Edge, Entity, Graph, Value
from graphkb.view.page import render_page
from graphkb.view.picture import HARD_LIMIT

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["made_up"]

KINDS = ("Method", "Paper", "Model", "Benchmark")
TYPES = ("USES", "EXTENDS", "EVALUATED_ON", "OUTPERFORMS")
_SPRINGS_TO = 2000


def made_up(count: int) -> Graph:
    """Return a graph in which few have many relationships, with a sentence on each."""
    drawn = nx.powerlaw_cluster_graph(count, 2, 0.5, seed=count)
    extra = nx.gnm_random_graph(count, count // 2, seed=count)
    entities = [
        Entity(KINDS[at % 4], f"e:{at}", {"name": f"Entity {at}", "support": drawn.degree[at]})
        for at in range(count)
    ]
    edges = []
    for number, (a, b) in enumerate([*drawn.edges(), *extra.edges()]):
        sentence = f"Entity {a} is built on Entity {b}, which statement {number} of them all says."
        told: dict[str, Value] = {
            "evidence": sentence,
            "field": "abstract",
            "rule": "made-up",
            "confidence": 900,
        }
        one, other = entities[a], entities[b]
        edges.append(Edge(one.id, TYPES[number % 4], other.id, "e:1", one.label, other.label, told))
    return Graph.of(entities, edges)


def allowed(graph: Graph) -> int:
    """Return the bytes that the page of a graph may have."""
    sentences = {str(edge.properties.get("evidence", "")) for edge in graph.edges.values()}
    elements = len(graph.entities) + len(graph.edges)
    return 600_000 + 400 * elements + sum(len(text.encode()) for text in sentences)


def pyvis_page(graph: Graph) -> str:
    """Return the page that pyvis makes of a graph in-line, with whatever else it is given."""
    from pyvis.network import Network

    network = Network(height="900px", width="100%", directed=True, cdn_resources="in_line")
    for entity in graph.entities.values():
        network.add_node(entity.id, label=entity.name, title=entity.name)
    for edge in graph.edges.values():
        title = str(edge.properties.get("evidence", ""))
        network.add_edge(edge.start, edge.end, title=title, label=edge.type)
    page: str = network.generate_html(notebook=False)
    return page


def _told(page: Mapping[str, Any]) -> str:
    def number(value: float | None, form: str) -> str:
        return "-" if value is None else format(value, form)

    may = page["may_be_bytes"]
    name = f"{page['page']} {page['nodes']}"
    return (
        f"{name:>14} {page['bytes'] / 1e3:9,.0f} {number(may and may / 1e3, ',.0f'):>9}"
        f" {number(page['paint'], '.2f'):>7} {number(page['usable'], '.2f'):>7}"
        f" {number(page['panning'], '.0f'):>5} {number(page['zooming'], '.0f'):>5}"
        f" {page['heap']:6.0f} {page['requests']:8}"
    )


def _told_layout(found: Mapping[str, Any]) -> str:
    return (
        f"{found['layout']:>14} {found['nodes']:6} {found['lines']:6} {found['seconds']:8.2f}"
        f" {found['spring_seconds']:8.2f} {found['near']:7.3f} {found['spring_near']:7.3f}"
        f" {found['most_near']:7.3f} {found['kept']:7.3f} {found['spring_kept']:7.3f}"
    )


def measure_pages(
    browser: Browser, graphs: Mapping[int, Graph], folder: Path, *, wait: float, pyvis: bool = True
) -> Iterator[dict[str, Any]]:
    """Yield how large each page is and what it takes of a browser; ours, and that of pyvis."""
    for count, graph in graphs.items():
        makers = {"graphkb": lambda g=graph: render_page(g, title="G", limit=HARD_LIMIT)}
        if pyvis:
            makers["pyvis"] = lambda g=graph: pyvis_page(g)
        for maker, make in makers.items():
            file = folder / f"{maker}-{count}.html"
            file.write_text(make(), encoding="utf-8")
            page = seen(browser, file, wait=wait)
            size, may = file.stat().st_size, allowed(graph) if maker == "graphkb" else None
            told = {"page": maker, "nodes": count, "bytes": size, "may_be_bytes": may}
            yield {**told, **asdict(page)}


def measure_layouts(graphs: Mapping[str, Graph]) -> Iterator[dict[str, Any]]:
    """Yield what the layout takes and keeps of each graph, beside spring_layout."""
    for name, graph in graphs.items():
        springs = name == "methods" or len(graph.entities) <= _SPRINGS_TO
        laid = laid_out(len(graph.entities), links_of(graph), springs=springs)
        yield {"layout": name, **asdict(laid)}


def _part(setting: Setting) -> Iterator[dict[str, Any]]:
    graphs = {count: made_up(count) for count in setting.size.nodes}
    if graphs:
        with opened() as browser:
            folder = setting.own("page")
            for found in measure_pages(browser, graphs, folder, wait=setting.size.patience):
                what = f"page of {found.pop('nodes'):,} entities by {found.pop('page')}"
                yield {"what": what, **found}
    for found in measure_layouts({f"{n:,} entities": graph for n, graph in graphs.items()}):
        told = {k: v for k, v in found.items() if not (isinstance(v, float) and math.isnan(v))}
        yield {"what": f"layout of {told.pop('layout')}", **told}


PART = Part("page", "pages in a browser, and the layout, beside pyvis and networkx", _part)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nodes", type=int, nargs="*", default=[100, 500, 2000, 10_000])
    parser.add_argument("--store", type=Path, help="whose methods are laid out as well")
    parser.add_argument("--wait", type=float, default=60.0, help="seconds for a page to be usable")
    parser.add_argument("--no-pyvis", action="store_true", help="measure our page alone")
    parser.add_argument("--no-layout", action="store_true", help="measure the pages alone")
    parser.add_argument("--out", type=Path, help="where to write the figures as JSON")
    arguments = parser.parse_args()
    graphs = {count: made_up(count) for count in arguments.nodes}
    found: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory() as folder, opened() as browser:
        machine = {
            "cores": os.cpu_count(),
            "load": os.getloadavg(),
            "python": platform.python_version(),
            "chromium": browser.version,
            "packages": {name: version(name) for name in ("pyvis", "networkx", "numpy")},
        }
        print(json.dumps(machine))
        print(
            f"{'page':>14} {'kB':>9} {'may be':>9} {'paint s':>7} {'usable':>7} {'pan':>5}"
            f" {'zoom':>5} {'MB':>6} {'requests':>8}"
        )
        pyvis = not arguments.no_pyvis
        for one in measure_pages(browser, graphs, Path(folder), wait=arguments.wait, pyvis=pyvis):
            print(_told(one), flush=True)
            found.append(one)
    if not arguments.no_layout:
        print(
            f"{'layout':>14} {'nodes':>6} {'lines':>6} {'s':>8} {'spring':>8} {'near':>7}"
            f" {'spring':>7} {'most':>7} {'kept':>7} {'spring':>7}"
        )
        named = {f"made up {count}": graph for count, graph in graphs.items()}
        if arguments.store:
            import graphkb

            with graphkb.open(arguments.store) as kb:
                named["methods"] = methods_of(kb.graph())
        for one in measure_layouts(named):
            print(_told_layout(one), flush=True)
            found.append(one)
    if arguments.out:
        text = json.dumps({"machine": machine, "measured": found}, indent=1)
        arguments.out.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
