"""GraphML is valid, has ids that its readers take, and is written a piece at a time."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import networkx as nx
import pytest
import xmlschema

from graphkb.export.content import GraphContent
from graphkb.export.graphml import name_token
from graphkb.export.write import write_export
from graphkb.model.graph import Entity, Graph

NS = "{http://graphml.graphdrawing.org/xmlns}"
NAME_TOKEN = re.compile(r"[A-Za-z0-9:._-]+")


def written(graph: Graph, tmp_path: Path) -> Path:
    return write_export(GraphContent(graph), "graphml", tmp_path / "x.graphml").path


@pytest.mark.parametrize("texts", [0, 1])
def test_it_is_valid(texts: int, odd: Graph, tmp_path: Path) -> None:
    schema = xmlschema.XMLSchema(Path(__file__).parent / "schemas" / "graphml.xsd")
    schema.validate(written(odd if texts else Graph(), tmp_path))


def test_nodes_come_first_and_everything_has_its_own_key(odd: Graph, tmp_path: Path) -> None:
    root = ET.parse(written(odd, tmp_path)).getroot()  # noqa: S314 - written here
    [graph] = root.findall(f"{NS}graph")
    assert root[-1] is graph
    assert graph.get("edgedefault") == "directed"
    keys = {key.get("id"): key.get("for") for key in root.findall(f"{NS}key")}
    assert len(keys) == len(root.findall(f"{NS}key"))
    nodes = [node.get("id", "") for node in graph.findall(f"{NS}node")]
    assert len(set(nodes)) == len(nodes) == len(odd.entities)
    assert all(NAME_TOKEN.fullmatch(node) for node in nodes)
    edges = graph.findall(f"{NS}edge")
    assert len({edge.get("id") for edge in edges}) == len(edges) == len(odd.edges)
    assert {edge.get(end) for edge in edges for end in ("source", "target")} <= {*nodes}
    for element in (*graph.findall(f"{NS}node"), *edges):
        held = [data.get("key") for data in element]
        assert len(set(held)) == len(held)
        assert {keys[key] for key in held} <= {element.tag.removeprefix(NS)}


def test_types_of_values_are_declared(odd: Graph, tmp_path: Path) -> None:
    root = ET.parse(written(odd, tmp_path)).getroot()  # noqa: S314 - written here
    types = {key.get("attr.name"): key.get("attr.type") for key in root.findall(f"{NS}key")}
    assert (types["name"], types["upvotes"], types["stub"]) == ("string", "long", "boolean")
    assert types["value"] == "double"


@pytest.mark.parametrize(
    "id_", ["repo:github.com/a/b c", "method:reinforce++", "doi:10.1/<_x002F_>"]
)
def test_an_id_that_is_no_name_token_is_among_the_data(id_: str, tmp_path: Path) -> None:
    graph = Graph.of([Entity("Method", id_, {"name": "M"})], [])
    read = nx.read_graphml(written(graph, tmp_path))
    [(node, data)] = read.nodes(data=True)
    assert (node, data["id"]) == (name_token(id_), id_)
    assert NAME_TOKEN.fullmatch(node)


def test_different_ids_have_different_name_tokens() -> None:
    ids = ["a/b", "a_x002F_b", "a_x002f_b", "a b", "a_x0020_b", "a\U0001f600", "a_xb"]
    assert len({name_token(id_) for id_ in ids}) == len(ids)
