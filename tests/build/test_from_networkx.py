"""A graph of networkx as a knowledge base: as asserted, and nothing left out in silence."""

from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pytest
from asserted_graphs import held

import graphkb
from graphkb.errors import ArgumentError, InputError

PAPER = "arxiv:2401.00001"


def kites() -> "nx.MultiDiGraph[Any]":
    graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
    graph.add_node("arxiv:2401.00001", label="Paper", name="On Kites", year=2024)
    graph.add_node("method:kite", label="Method", name="KITE", aliases=["K"])
    graph.add_node("method:wind", label="Method")
    graph.add_edge("arxiv:2401.00001", "method:kite", type="INTRODUCES")
    graph.add_edge("method:kite", "method:wind", type="EXTENDS", paper="arxiv:2401.00001")
    return graph


def test_a_graph_becomes_a_knowledge_base() -> None:
    with graphkb.from_networkx(kites()) as base:
        assert [source.id for source in base.sources()] == ["networkx:networkx"]
        assert base.show("K").name == "KITE"
        assert base.show("method:wind").name == "method:wind"
        assert [step.parent.name for step in base.lineage("KITE").steps] == ["method:wind"]
        assert base.doctor() == ()


def test_a_graph_is_put_to_a_store_and_replaced_by_its_name(tmp_path: Path) -> None:
    url = str(tmp_path / "graph.kgl")
    with graphkb.open(url) as base:
        base.load("sample:")
    graph = kites()
    graphkb.from_networkx(graph, url, "kites").close()
    graph.remove_node("method:wind")
    with graphkb.from_networkx(graph, url, "kites") as base:
        assert len(base.sources()) == 2
        assert "method:wind" not in held(base.store).entities


def test_scalars_of_numpy_are_numbers() -> None:
    graph = kites()
    graph.nodes["arxiv:2401.00001"].update(upvotes=np.int64(3), stub=np.bool_(False))
    graph.add_node("r", label="Result", value=np.float32(1.5))
    graph.add_node(np.int64(7), label="Task", aliases=np.array(["seven"]))
    with graphkb.from_networkx(graph) as base:
        found = held(base.store).entities
        assert found["arxiv:2401.00001"].properties["upvotes"] == 3
        assert found["r"].properties["value"] == 1.5
        assert found["7"].properties["aliases"] == ("seven",)


@pytest.mark.parametrize(
    ("attribute", "value", "reason"),
    [
        ("pagerank", 0.25, "Paper has no property of this name"),
        ("venue", None, "it is null, which says nothing"),
        ("upvotes", float("nan"), "it must be a whole number of at most 64 bits"),
        ("upvotes", 2**63, "it must be a whole number of at most 64 bits"),
        ("upvotes", True, "it must be a whole number of at most 64 bits"),
        ("former_ids", [["a"], "b"], "it must be a list of texts, none of them empty"),
        ("former_ids", [""], "it must be a list of texts, none of them empty"),
        ("former_ids", ["a", None], "it must be a list of texts, none of them empty"),
        ("venue", {"a": 1}, "it must be text"),
        ("venue", "\ud800", "it holds half a character (a lone surrogate)"),
        ("title", "On Wind", "a paper's title is its name"),
    ],
)
def test_an_attribute_that_cannot_be_kept_is_left_out_with_a_warning(
    attribute: str, value: object, reason: str
) -> None:
    graph = kites()
    graph.nodes["arxiv:2401.00001"][attribute] = value
    with pytest.warns(UserWarning, match="left out of networkx:networkx") as told:
        base = graphkb.from_networkx(graph)
    with base:
        place = f"node 'arxiv:2401.00001', {attribute}"
        assert str(told[0].message).endswith(f"{reason} ({place})")
        found = held(base.store).entities["arxiv:2401.00001"].properties
        assert attribute == "title" or attribute not in found


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda g: g.add_node("x"), "node 'x': a node needs a `label`"),
        (lambda g: g.add_node("x", label="Kite"), "node 'x': 'Kite' is no label"),
        (lambda g: g.add_node("x", label=["Kite"]), "node 'x': .* is no label"),
        (lambda g: g.add_node(("x", 1), label="Task"), "its id is no text"),
        (lambda g: g.add_node("", label="Task"), "its id is empty"),
        (lambda g: g.add_node("x", label="Task", name="n" * 5000), "its name is longer"),
        (
            lambda g: g.add_edge("method:kite", "method:wind"),
            r"edge 'method:kite' - 'method:wind' \(None\): an edge needs a `type`",
        ),
        (
            lambda g: g.add_edge("method:kite", "method:wind", type="EATS"),
            "'EATS' is no type",
        ),
        (
            lambda g: g.add_edge("method:kite", "method:wind", type="USES"),
            "an edge that starts at no Paper needs `paper`",
        ),
        (
            lambda g: g.add_edge("method:kite", "method:wind", type="CITES", paper="p"),
            "CITES joins Paper to Paper, not Method to Method",
        ),
        (
            lambda g: g.add_edge(PAPER, "method:kite", type="INTRODUCES", reason="x"),
            "another edge has these ends, this type and paper",
        ),
    ],
)
def test_what_is_no_node_or_edge_of_ours_is_an_error_that_names_it(change: Any, what: str) -> None:
    graph = kites()
    change(graph)
    with pytest.raises(InputError, match=what) as told:
        graphkb.from_networkx(graph)
    assert "Give every node a `label`" in str(told.value)


def test_a_graph_without_nodes_is_an_error() -> None:
    with pytest.raises(InputError, match="the graph has no nodes"):
        graphkb.from_networkx(nx.DiGraph())


def test_an_edge_without_direction_is_turned_as_its_type_goes() -> None:
    graph: nx.Graph[Any] = nx.Graph()
    graph.add_node("m", label="Method")
    graph.add_node("p", label="Paper", name="On Kites")
    graph.add_edge("m", "p", type="USES")
    with graphkb.from_networkx(graph) as base:
        assert list(held(base.store).edges) == [("p", "USES", "m", "p")]


def test_an_edge_that_may_go_both_ways_needs_a_direction() -> None:
    graph: nx.Graph[Any] = nx.Graph()
    graph.add_node("p", label="Paper")
    graph.add_node("q", label="Paper")
    graph.add_edge("p", "q", type="CITES")
    with pytest.raises(InputError, match="may go from 'p' to 'q' or back"):
        graphkb.from_networkx(graph)


def test_a_comparison_needs_no_direction() -> None:
    graph: nx.Graph[Any] = nx.Graph()
    graph.add_node("b", label="Method")
    graph.add_node("a", label="Method")
    graph.add_edge("b", "a", type="COMPARED_WITH", paper="p")
    with graphkb.from_networkx(graph) as base:
        assert list(held(base.store).edges) == [("a", "COMPARED_WITH", "b", "p")]


def test_what_is_asserted_can_be_asked_for_its_identity_and_be_rejected() -> None:
    with graphkb.from_networkx(kites()) as base:
        assert base.identity("KITE").entity.id == "method:kite"
        assert base.identity("On Kites").entity.id == PAPER
        base.reject("KITE", "EXTENDS", "method:wind")
        assert [edge[1] for edge in held(base.store).edges] == ["INTRODUCES"]
        assert base.doctor() == ()


def test_a_date_that_an_identifier_tells_is_filled_in() -> None:
    graph = kites()
    del graph.nodes[PAPER]["year"]
    with graphkb.from_networkx(graph) as base:
        found = held(base.store).entities[PAPER].properties
    assert (found["arxiv"], found["published"], found["year"]) == ("2401.00001", "2024-01", 2024)


def test_what_is_no_graph_is_an_error_that_says_so() -> None:
    with pytest.raises(ArgumentError, match=r"no graph of networkx: int\. Give a networkx\.Graph"):
        graphkb.from_networkx(3)  # type: ignore[arg-type]


def test_an_error_of_an_argument_is_a_type_error_too() -> None:
    with pytest.raises(TypeError, match=r"nothing can be compared: int\. Give a path"):
        graphkb.diff(3, 3)  # type: ignore[arg-type]
