"""GEXF is valid by its published schema and has what Gephi shows: dates, places, colours."""

import xml.etree.ElementTree as ET
from pathlib import Path

import networkx as nx
import pytest
import xmlschema

from graphkb.export import places
from graphkb.export.content import GraphContent
from graphkb.export.write import Exported, write_export
from graphkb.model.graph import Edge, Entity, Graph, Value

NS = "{http://gexf.net/1.3}"
SCHEMAS = Path(__file__).parent / "schemas"

A = Entity("Paper", "arxiv:1", {"name": "One", "title": "One", "published": "2024-05-01"})
B = Entity("Paper", "arxiv:2", {"name": "Two", "title": "Two", "published": "2023"})
M = Entity("Method", "method:kite-po", {"name": "KITE-PO", "first_stated": "2024-05"})
U = Entity("Method", "method:u", {"name": "U"})
STATED: dict[str, Value] = {
    "stated": "2024-05-01",
    "confidence": 900,
    "evidence": "We propose KITE-PO.",
}
GRAPH = Graph.of(
    [A, B, M, U],
    [
        Edge("arxiv:1", "INTRODUCES", "method:kite-po", "arxiv:1", "Paper", "Method", STATED),
        Edge("method:kite-po", "USES", "method:u", "arxiv:1", "Method", "Method", STATED),
        Edge("method:kite-po", "USES", "method:u", "arxiv:2", "Method", "Method", {}),
    ],
)


def write(graph: Graph, folder: Path) -> Exported:
    return write_export(GraphContent(graph, "On <kites>"), "gexf", folder / "x.gexf")


@pytest.fixture
def root(tmp_path: Path) -> ET.Element:
    return ET.parse(write(GRAPH, tmp_path).path).getroot()  # noqa: S314 - written here


def node(root: ET.Element, id_: str) -> ET.Element:
    [found] = [one for one in root.iter(f"{NS}node") if one.get("id") == id_]
    return found


def child(element: ET.Element, name: str) -> ET.Element:
    found = element.find(f"{NS}{name}")
    assert found is not None
    return found


@pytest.mark.parametrize("graph", [GRAPH, Graph()])
def test_it_is_valid(graph: Graph, tmp_path: Path) -> None:
    xmlschema.XMLSchema(SCHEMAS / "gexf.xsd").validate(write(graph, tmp_path).path)


def test_odd_texts_are_valid(odd: Graph, tmp_path: Path) -> None:
    xmlschema.XMLSchema(SCHEMAS / "gexf.xsd").validate(write(odd, tmp_path).path)


def test_the_timeline_has_days(root: ET.Element) -> None:
    graph = child(root, "graph")
    assert (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")
    starts = {one.get("id"): one.get("start") for one in root.iter(f"{NS}node")}
    assert starts == {
        "arxiv:1": "2024-05-01",
        "arxiv:2": "2023-01-01",
        "method:kite-po": "2024-05-01",
        "method:u": None,
    }
    assert [one.get("start") for one in root.iter(f"{NS}edge")] == [
        "2024-05-01",
        None,
        "2024-05-01",
    ]


def test_dates_that_are_no_days_are_reported(tmp_path: Path) -> None:
    lost = {(loss.what, loss.property): loss.count for loss in write(GRAPH, tmp_path).losses}
    what = "date of a month or year begins on its first day"
    assert lost == {(what, "Method"): 1, (what, "Paper"): 1}


@pytest.mark.parametrize(
    ("date", "start", "lost"),
    [
        ("2024-02-30", None, "date that is none left out of the timeline"),
        ("2024-5", None, "date that is none left out of the timeline"),
        ("unknown", None, "date that is none left out of the timeline"),
        ("2024-05-01T10:00:00Z", "2024-05-01", "time of day left out of the timeline"),
        ("2024-05", "2024-05-01", "date of a month or year begins on its first day"),
    ],
)
def test_the_timeline_has_days_only(
    date: str, start: str | None, lost: str, tmp_path: Path
) -> None:
    dated = Entity("Method", "method:a", {"name": "A", "first_stated": date})
    done = write(Graph.of([dated], []), tmp_path)
    root = ET.parse(done.path).getroot()  # noqa: S314 - written here
    assert node(root, "method:a").get("start") == start
    assert [loss.what for loss in done.losses] == [lost]


def test_parallel_edges_are_kept_with_their_kind_and_confidence(root: ET.Element) -> None:
    edges = [(e.get("kind"), e.get("target"), e.get("weight")) for e in root.iter(f"{NS}edge")]
    assert edges == [
        ("USES", "method:u", "0.9"),
        ("USES", "method:u", "1.0"),
        ("INTRODUCES", "method:kite-po", "0.9"),
    ]


def test_nodes_have_our_colours_places_and_sizes(root: ET.Element) -> None:
    method, paper = node(root, "method:kite-po"), node(root, "arxiv:1")
    colours = [tuple(child(one, "color").get(c) for c in "rgb") for one in (method, paper)]
    assert colours == [("0", "114", "178"), ("98", "103", "109")]
    places = {
        (child(n, "position").get("x"), child(n, "position").get("y")) for n in (method, paper)
    }
    assert len(places) == 2
    assert float(child(method, "size").get("value", "")) > 0


def test_too_many_entities_are_not_laid_out(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(places, "MOST", 3)
    done = write(GRAPH, tmp_path)
    assert "position" in {loss.property for loss in done.losses}
    root = ET.parse(done.path).getroot()  # noqa: S314 - written here
    assert next(root.iter(f"{NS}position"), None) is None


def test_networkx_reads_it(tmp_path: Path) -> None:
    read = nx.read_gexf(write(GRAPH, tmp_path).path, version="1.3")
    assert isinstance(read, nx.MultiDiGraph)
    assert {id_: data["name"] for id_, data in read.nodes(data=True)} == {
        entity.id: entity.name for entity in GRAPH.entities.values()
    }
    told = {(u, data["type"], v, data["paper"]) for u, v, data in read.edges(data=True)}
    assert told == set(GRAPH.edges)
