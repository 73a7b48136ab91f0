"""Cytoscape.js JSON, DOT and Mermaid: what they draw, fold and leave out."""

import json
import re
from pathlib import Path

import pydot
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkb.export.content import GraphContent
from graphkb.export.write import Exported, write_export
from graphkb.model.graph import Edge, Entity, Graph, Value

P = Entity("Paper", "arxiv:1", {"name": 'The "One"', "title": 'The "One"'})
M = Entity("Method", "method:kite-po", {"name": "KITE-PO"})
U = Entity("Model", "method:u", {"name": "U|2"})
R = Entity("Result", "result:1", {"name": "7"})


def said(start: str, type_: str, end: str, paper: str, **told: Value) -> Edge:
    labels = {entity.id: entity.label for entity in (P, M, U, R)}
    return Edge(start, type_, end, paper, labels[start], labels[end], told)


GRAPH = Graph.of(
    [P, M, U, R],
    [
        said(M.id, "USES", U.id, "arxiv:1", confidence=700, evidence="It uses U."),
        said(M.id, "USES", U.id, "arxiv:2", confidence=900, evidence="KITE-PO runs U."),
        said(M.id, "EXTENDS", U.id, "arxiv:2", rule="catalogue", reason="no tail"),
        said(P.id, "REPORTS", R.id, "arxiv:1"),
    ],
)


def write(graph: Graph, format_name: str, folder: Path) -> Exported:
    return write_export(GraphContent(graph, "Kites"), format_name, folder / "x")


def lost(done: Exported) -> dict[tuple[str, str], int]:
    return {(loss.what, loss.property): loss.count for loss in done.losses}


def test_dot_is_what_graphviz_is_told(tmp_path: Path) -> None:
    text = write(GRAPH, "dot", tmp_path).path.read_text(encoding="utf-8")
    assert text == (
        "digraph graphkb {\n"
        '  graph [label="Kites", overlap="prism"];\n'
        '  node [fontname="sans-serif"];\n'
        '  edge [fontname="sans-serif", fontsize=10];\n'
        '  n0 [label="KITE-PO", tooltip="method:kite-po", shape="ellipse", color="#0072b2"];\n'
        '  n1 [label="U|2", tooltip="method:u", shape="hexagon", color="#c65000"];\n'
        '  n2 [label="The \\"One\\"", tooltip="arxiv:1", shape="note", color="#62676d"];\n'
        '  n0 -> n1 [label="extends", tooltip="no tail", color="#0b5c8f", style="dashed"];\n'
        '  n0 -> n1 [label="uses (2)", tooltip="KITE-PO runs U.", color="#8a5a00", '
        'style="solid"];\n'
        "}\n"
    )


def test_mermaid_is_a_flowchart(tmp_path: Path) -> None:
    lines = write(GRAPH, "mermaid", tmp_path).path.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "flowchart LR"
    assert [line.strip() for line in lines if not line.startswith("  classDef")][1:] == [
        'n0(["KITE-PO"]):::method',
        'n1{{"U#124;2"}}:::model',
        'n2["The #34;One#34;"]:::paper',
        'n0 -.->|"extends"| n1',
        'n0 -->|"uses 2"| n1',
    ]


@pytest.mark.parametrize("format_name", ["dot", "mermaid"])
def test_what_a_diagram_leaves_out_is_reported(format_name: str, tmp_path: Path) -> None:
    found = lost(write(GRAPH, format_name, tmp_path))
    assert found["edge not drawn", "REPORTS"] == 1
    assert found["entity not drawn", "Result"] == 1
    assert found["parallel edges folded into one", "USES"] == 1


def test_more_than_renderers_draw_is_said(tmp_path: Path) -> None:
    papers = [Entity("Paper", f"arxiv:{n}", {"name": str(n)}) for n in range(502)]
    cites = [
        Edge(one.id, "CITES", papers[0].id, one.id, "Paper", "Paper", {}) for one in papers[1:]
    ]
    what = next(
        what
        for what, at in lost(write(Graph.of(papers, cites), "mermaid", tmp_path))
        if at == "flowchart"
    )
    assert what.startswith("more than renderers draw by default")
    assert lost(write(Graph.of(papers, cites[1:]), "mermaid", tmp_path)) == {}


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of pydot's own parser
def test_graphviz_dialect_is_parsed_by_others(odd: Graph, tmp_path: Path) -> None:
    [read] = pydot.graph_from_dot_file(str(write(odd, "dot", tmp_path).path)) or []
    pairs = {(e.start, e.type, e.end) for e in odd.edges.values() if e.type != "REPORTS"}
    assert len(read.get_edges()) == len(pairs)
    assert len([n for n in read.get_nodes() if re.fullmatch(r"n\d+", n.get_name())]) == len(
        [entity for entity in odd.entities.values() if entity.label != "Result"]
    )


@given(name=st.text(st.characters(codec="utf-8"), min_size=1, max_size=40))
def test_no_name_leaves_its_quotes(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("names")
    graph = Graph.of([Entity("Task", "task:a", {"name": name})], [])
    flowchart = write(graph, "mermaid", folder).path.read_text(encoding="utf-8")
    [inner] = re.findall(r'  n0>"(.*)"\]:::task\n', flowchart, re.DOTALL)
    assert not set(inner) & set('"<>[]{}|`\\')
    text = write(graph, "dot", folder).path.read_text(encoding="utf-8")
    [inner] = re.findall(r'label="((?:[^"\\]|\\.)*)", tooltip="task:a"', text, re.DOTALL)
    assert "<" not in inner


def test_cytoscape_has_elements_styles_and_places(tmp_path: Path) -> None:
    done = write(GRAPH, "cytoscape", tmp_path)
    data = json.loads(done.path.read_text(encoding="utf-8"))
    assert data["layout"] == {"name": "preset"}
    nodes = {node["data"]["id"]: node for node in data["elements"]["nodes"]}
    assert set(nodes) == {entity.id for entity in GRAPH.entities.values()}
    assert nodes["method:kite-po"]["classes"] == "Method"
    assert {*nodes["method:kite-po"]["position"]} == {"x", "y"}
    edges = [edge["data"] for edge in data["elements"]["edges"]]
    assert {(e["source"], e["type"], e["target"], e["paper"]) for e in edges} == set(GRAPH.edges)
    assert len({edge["id"] for edge in edges}) == len(edges)
    assert {".Method", ".USES"} <= {style["selector"] for style in data["style"]}
    assert done.losses == ()


def test_cytoscape_holds_odd_texts(odd: Graph, tmp_path: Path) -> None:
    data = json.loads(write(odd, "cytoscape", tmp_path).path.read_text(encoding="utf-8"))
    names = {node["data"]["id"]: node["data"]["name"] for node in data["elements"]["nodes"]}
    assert names == {entity.id: entity.name for entity in odd.entities.values()}
