"""GraphML, node-link JSON and graphkb's JSON lines, as others write them and as nobody should."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from graphkb.loaders import recognise
from graphkb.loaders.csv_folder import csv_folder
from graphkb.loaders.graph_jsonl import graph_jsonl
from graphkb.loaders.graphml import graphml
from graphkb.loaders.node_link import node_link
from graphkb.loaders.parquet import parquet

from graphkb.errors import InputError, UnknownFormatError
from graphkb.model.record import AssertedRecord
from graphkb.model.source import Loader, Notice, Skipped, SourceInput

GRAPHML_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="l" for="node" attr.name="label" attr.type="string"/>
<key id="n" for="node" attr.name="name" attr.type="string"/>
<key id="a" for="node" attr.name="aliases" attr.type="string"/>
<key id="s" for="node" attr.name="stub" attr.type="boolean"><default>false</default></key>
<key id="v" for="node" attr.name="value" attr.type="double"/>
<key id="r" for="node" attr.name="r" attr.type="int"/>
<key id="t" for="edge" attr.name="type" attr.type="string"/>
<key id="w" for="edge" attr.name="weight" attr.type="double"><default>1.0</default></key>
"""


def xml(body: str, directed: str = "directed") -> str:
    return f'{GRAPHML_HEAD}<graph edgedefault="{directed}">{body}</graph></graphml>'


def node(id_: str, label: str, data: str = "") -> str:
    return f'<node id="{id_}"><data key="l">{label}</data>{data}</node>'


def read(loader: Loader, text: str) -> tuple[list[AssertedRecord], list[Skipped | Notice]]:
    found = list(loader.read(SourceInput("x", text)))
    records = [one for one in found if isinstance(one, AssertedRecord)]
    return records, [one for one in found if isinstance(one, Skipped | Notice)]


def reasons(loader: Loader, text: str) -> list[tuple[str, str]]:
    return [(one.place, one.reason) for one in read(loader, text)[1] if isinstance(one, Skipped)]


# GraphML


def test_defaults_of_attributes_count_where_a_node_says_nothing() -> None:
    [record], _ = read(graphml, xml(node("p", "Paper", '<data key="n">Kites</data>')))
    assert record.entity.properties["stub"] is False


def test_what_another_program_adds_is_skipped_with_its_line() -> None:
    body = node("p", "Paper", '<data key="s">true</data>\n<data key="r">255</data>')
    body += '\n<edge source="p" target="p"><data key="t">CITES</data></edge>'
    assert reasons(graphml, xml(body)) == [
        ("line 11, r", "Paper has no property of this name"),
        ("line 13, weight", "CITES has no property of this name"),
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('<data key="a">["K", 1]</data>', "it must be a list of texts, none of them empty"),
        ('<data key="a">K, KT</data>', "it must be a list of texts, none of them empty"),
        (f'<data key="a">{"[" * 100_000}</data>', "it must be a list of texts, none of them empty"),
    ],
)
def test_a_list_is_json_text(text: str, reason: str) -> None:
    [(_, told)] = [
        r for r in reasons(graphml, xml(node("m", "Method", text))) if "stub" not in r[0]
    ]
    assert told == reason


@pytest.mark.parametrize("value", ["NaN", "inf", "-INF", "abc", "1e999", ""])
def test_a_number_that_is_none_is_skipped(value: str) -> None:
    body = node("r", "Result", f'<data key="s">0</data><data key="v">{value}</data>')
    told = [place for place, _ in reasons(graphml, xml(body))]
    assert told == ["line 11, stub", "line 11, value"]


def test_an_edge_may_come_before_its_ends() -> None:
    edge = '<edge source="p" target="t"><data key="t">MENTIONS</data></edge>'
    records, _ = read(graphml, xml(edge + node("p", "Paper") + node("t", "Task")))
    assert [edge.key for record in records for edge in record.edges] == [
        ("p", "MENTIONS", "t", "p")
    ]


def test_an_edge_into_nothing_is_skipped() -> None:
    edge = '<edge source="p" target="t"><data key="t">MENTIONS</data></edge>'
    assert ("line 11", "it ends at what is no node of this source that is kept") in reasons(
        graphml, xml(edge + node("p", "Paper"))
    )


def test_an_edge_without_direction_is_skipped() -> None:
    edge = '<edge source="p" target="p"><data key="t">CITES</data></edge>'
    body = node("p", "Paper") + edge
    assert ("line 11", "an edge needs a direction") in reasons(graphml, xml(body, "undirected"))


def test_hyperedges_and_graphs_within_nodes_are_skipped() -> None:
    inner = '<node id="p"><data key="l">Paper</data><graph edgedefault="directed">'
    inner += f"{node('q', 'Paper')}</graph></node>"
    text = xml(inner + '<hyperedge><endpoint node="p"/></hyperedge>')
    assert [reason for _, reason in reasons(graphml, text)] == [
        "a graph within a node is none of ours: its nodes are kept beside",
        "a hyperedge joins more than two nodes",
    ]
    assert {record.key for record in read(graphml, text)[0]} == {"p", "q"}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (
            '<!DOCTYPE graphml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><graphml>&b;</graphml>',
            "declares entities",
        ),
        (
            '<!DOCTYPE graphml [<!ENTITY a SYSTEM "file:///etc/passwd">]><graphml>&a;</graphml>',
            "declares entities",
        ),
        ('<!DOCTYPE graphml SYSTEM "http://x.example/g.dtd"><graphml/>', "declares entities"),
        ("<graphml><graph>", "x:1: this XML does not parse"),
        ("<graphml>" + "<a>" * 300, "nest more than 200 deep"),
    ],
)
def test_xml_that_attacks_or_breaks_off_is_an_error(text: str, what: str) -> None:
    with pytest.raises(InputError, match=what):
        read(graphml, text)


# Node-link JSON


def link(nodes: list[object], edges: list[object], **more: object) -> str:
    return json.dumps(
        {"directed": True, "multigraph": True, "nodes": nodes, "edges": edges, **more}
    )


def test_links_are_edges() -> None:
    text = json.dumps(
        {
            "links": [{"source": "p", "target": "p", "type": "CITES", "key": 0}],
            "nodes": [{"id": "p", "label": "Paper"}],
            "directed": True,
        },
        indent=1,
    )
    [record], rest = read(node_link, text)
    assert [edge.key for edge in record.edges] == [("p", "CITES", "p", "p")]
    assert rest == []


def test_a_graph_without_direction_is_refused() -> None:
    with pytest.raises(InputError, match="have no direction"):
        read(node_link, link([], [], directed=False))


def test_members_of_another_kind_are_skipped_with_their_path() -> None:
    text = link([3, {"id": ["a"], "label": "Task"}, {"label": "Task"}], [None, {"type": "CITES"}])
    assert reasons(node_link, text) == [
        ("$.nodes[0]", "no object"),
        ("$.nodes[1]", "its id is no text"),
        ("$.nodes[2]", "its id is no text"),
        ("$.edges[0]", "no object"),
        ("$.edges[1]", "the id of an end is no text"),
    ]


@pytest.mark.parametrize("value", [None, float("nan"), [["a"]], {"a": 1}, "\ud800"])
def test_a_value_that_no_store_holds_is_left_out(value: object) -> None:
    text = link([{"id": "p", "label": "Paper", "venue": value}], [])
    [record], [rest] = read(node_link, text)
    assert "venue" not in record.entity.properties
    assert isinstance(rest, Notice if value is None else Skipped)
    assert rest.place == "$.nodes[0], venue"


def test_two_nodes_of_one_id_and_other_content_are_one_too_many() -> None:
    text = link([{"id": "t", "label": "Task"}, {"id": "t", "label": "Method"}], [])
    assert reasons(node_link, text) == [
        ("$.nodes[1]", "another node of this source has this id and other content")
    ]


def test_json_that_breaks_off_is_an_error() -> None:
    with pytest.raises(InputError, match="x:1: this is no JSON"):
        read(node_link, '{"directed": true, "nodes": [{"id": "a"')


# JSON lines


def lines(*told: object) -> str:
    return "\n".join(map(json.dumps, told))


def test_a_line_that_is_neither_entity_nor_edge_is_skipped() -> None:
    task = {"entity": {"label": "Task", "id": "t", "properties": {}}}
    text = lines(task, {"title": "A paper"}, 3, {"entity": {"label": "Task"}})
    found = reasons(graph_jsonl, f"{text}\nno JSON")
    assert [place for place, _ in found] == ["line 2", "line 3", "line 4", "line 5"]
    assert found[0][1].startswith("neither an entity nor an edge: `entity` with label, id")


def test_properties_that_are_no_object_are_skipped() -> None:
    text = lines({"entity": {"label": "Task", "id": "t", "properties": ["a"]}})
    assert [place for place, _ in reasons(graph_jsonl, text)] == ["line 1"]


# Recognition


def examples() -> Iterator[tuple[str, str]]:
    yield "graphml", xml(node("p", "Paper"))
    yield "graphml", '<g:graphml xmlns:g="http://graphml.graphdrawing.org/xmlns"></g:graphml>'
    yield "node-link", link([{"id": "p", "label": "Paper"}], [])
    yield "node-link", link([{"id": n} for n in range(20_000)], [])
    yield "node-link", json.dumps({"nodes": [], "links": []}, indent=2)
    long = "x" * 70_000
    yield "node-link", link([{"id": "p", "label": "Paper", "abstract": long}], [])
    node_lines = '{"directed":true,"multigraph":true,"graph":{},"nodes":[\n'
    node_lines += '{"id":"p","label":"Paper","name":"Kites","title":"Kites"}\n],"edges":[\n'
    yield "node-link", f'{node_lines}{{"source":"p","type":"CITES","evidence":"{long}'
    yield "graph-jsonl", lines({"entity": {"label": "Task", "id": "t", "properties": {}}})
    yield "graph-jsonl", lines({"edge": {"type": "CITES", "start": "p", "end": "q"}})


@pytest.mark.parametrize(("name", "text"), [*examples()])
def test_a_graph_is_recognised_by_its_content(name: str, text: str) -> None:
    given = SourceInput("x", text)
    head, more = given.head()
    assert recognise("x", head, more=more).name == name


@pytest.mark.parametrize("text", ['{"nodes": 3}', '{"entity": "x"}', '{"elements": {"nodes": []}}'])
def test_other_json_is_no_graph(text: str) -> None:
    with pytest.raises(UnknownFormatError):
        recognise("x", text)


# Folders


@pytest.mark.parametrize(
    ("files", "what"),
    [
        ({}, "the folder holds no file such as nodes-Paper"),
        ({"nodes-Task": b"\x00PAR1 no"}, "nodes-Task.* that can be read"),
    ],
)
@pytest.mark.parametrize("loader", [csv_folder, parquet], ids=lambda loader: loader.name)
def test_a_folder_that_is_none_of_ours_is_an_error(
    loader: Loader, files: dict[str, bytes], what: str, tmp_path: Path
) -> None:
    for name, content in files.items():
        bad = content if loader is parquet else b'id:ID\n"a'
        (tmp_path / f"{name}.{loader.name}").write_bytes(bad)
    with pytest.raises(InputError, match=what):
        list(loader.read(SourceInput("x", "", folder=tmp_path)))


def test_files_of_other_kinds_are_skipped_or_left_alone(tmp_path: Path) -> None:
    (tmp_path / "nodes-Task.csv").write_text("id:ID,name:string,wind:long\ntask:a,a,3\n")
    (tmp_path / "nodes-Kite.csv").write_text("id:ID\nkite:a\n")
    (tmp_path / "import.sh").write_text("exit 1")
    found = list(csv_folder.read(SourceInput("x", "", folder=tmp_path)))
    skipped = [(one.place, one.reason) for one in found if isinstance(one, Skipped)]
    assert skipped == [
        ("nodes-Kite.csv", "the schema knows no Kite"),
        ("nodes-Task.csv, row 1, wind", "Task has no property of this name"),
    ]
    assert [one.key for one in found if isinstance(one, AssertedRecord)] == ["task:a"]


def test_the_list_of_a_folder_alone_is_no_source() -> None:
    with pytest.raises(InputError, match="Name the folder"):
        read(csv_folder, '{"format": "csv", "files": []}')
