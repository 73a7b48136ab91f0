"""What is exported comes back as a source: the same, or all but what was told as lost."""

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from asserted_graphs import asserting, graphs, held
from hypothesis import given, settings
from test_invariants import loading

import graphkb
from graphkb.build.intake import Intake, take_in
from graphkb.build.report import SourceReport
from graphkb.errors import InputError, UnknownFormatError
from graphkb.export.content import GraphContent, StoreContent
from graphkb.export.write import Exported, write_export
from graphkb.model.graph import Entity, Graph, Value
from graphkb.model.record import AssertedRecord
from graphkb.store import open_store

LOSSLESS = {"jsonl": "graph-jsonl", "node-link": "node-link"}
LOADERS = {**LOSSLESS, "graphml": "graphml"}


def settled(graph: Graph) -> Graph:
    """Return what a store holds of a graph that is asserted."""
    return loaded(asserting("first", graph))[0]


def loaded(intake: Intake) -> tuple[Graph, SourceReport]:
    with open_store(":memory:", write=True) as store:
        [report], _ = loading(store).load([intake])
        return held(store), report


def and_back(graph: Graph, format_name: str) -> tuple[Graph, SourceReport, Exported]:
    with TemporaryDirectory() as folder:
        out = Path(folder) / "graph"
        exported = write_export(GraphContent(graph), format_name, out)
        return *loaded(take_in(str(out))), exported


@pytest.mark.parametrize("format_name", LOSSLESS)
@settings(max_examples=25)
@given(graph=graphs())
def test_whatever_a_store_holds_comes_back_the_same(format_name: str, graph: Graph) -> None:
    before = settled(graph)
    after, report, exported = and_back(before, format_name)
    assert after == before
    assert not exported.losses
    assert not report.skipped
    assert (report.kept, report.edges) == (len(before.entities), len(before.edges))


def in_xml(graph: Graph) -> tuple[Graph, int]:
    """Return a graph without what XML cannot hold, and how much that is."""
    lost: Counter[str] = Counter()

    def text(value: str) -> str:
        kept = "".join(c if is_xml(c) else "\ufffd" for c in value)
        lost["characters"] += sum(a != b for a, b in zip(value, kept, strict=True))
        return kept

    def properties(found: dict[str, Value]) -> dict[str, Value]:
        return {
            name: text(value)
            if isinstance(value, str)
            else tuple(map(in_json, value))
            if isinstance(value, tuple)
            else value
            for name, value in found.items()
        }

    def in_json(value: str) -> str:
        # JSON escapes what is below the space; XML is not asked to hold that.
        return "".join(c if c < " " else text(c) for c in value)

    found = graph.entities.values()
    entities = [Entity(e.label, e.id, properties(dict(e.properties))) for e in found]
    edges = [
        type(edge)(
            *(edge.start, edge.type, edge.end, edge.paper, edge.start_label, edge.end_label),
            properties(dict(edge.properties)),
        )
        for edge in graph.edges.values()
    ]
    return Graph.of(entities, edges), lost["characters"]


def is_xml(character: str) -> bool:
    return character in "\t\n" or not (character < " " or character in "\ufffe\uffff")


@settings(max_examples=25)
@given(graphs())
def test_graphml_brings_back_all_but_what_was_told_as_lost(graph: Graph) -> None:
    before = settled(graph)
    after, report, exported = and_back(before, "graphml")
    expected, characters = in_xml(before)
    assert after == settled(expected)
    assert not report.skipped
    told = [loss.count for loss in exported.losses if "character" in loss.what]
    assert sum(told) == characters


@pytest.mark.parametrize("format_name", LOADERS)
def test_the_sample_comes_back_with_its_digest(
    format_name: str, sample_url: str, tmp_path: Path
) -> None:
    with graphkb.open(sample_url) as base:
        base.export(format_name, tmp_path / "out")
        before = held(base.store)
    with graphkb.open(":memory:") as base:
        [report] = base.load(str(tmp_path / "out"), strict=True).sources
        assert report.id == f"{LOADERS[format_name]}:out"
        assert held(base.store) == before
        assert base.doctor() == ()


@pytest.mark.parametrize("format_name", LOADERS)
def test_a_topic_comes_back_with_its_sentences_and_support(
    format_name: str, sample_url: str, tmp_path: Path
) -> None:
    with graphkb.open(sample_url) as base:
        topic = base.topic("GRPO", limit=30)
        base.export(format_name, tmp_path / "grpo", "GRPO", limit=30)
    with graphkb.open(":memory:") as base:
        base.load(str(tmp_path / "grpo"), strict=True)
        assert held(base.store) == topic.graph
        assert base.doctor() == ()
        assert base.show("GRPO").name == "GRPO"


@pytest.mark.parametrize("format_name", LOADERS)
def test_an_export_loaded_beside_what_it_was_made_of_changes_nothing(
    format_name: str, sample_url: str, tmp_path: Path
) -> None:
    with graphkb.open(sample_url) as base:
        base.export(format_name, tmp_path / "out")
        before = held(base.store)
    with graphkb.open(":memory:") as base:
        base.load("sample:")
        alone = base.digest()
        [report] = base.load(str(tmp_path / "out")).sources
        assert held(base.store) == before
        assert base.load(str(tmp_path / "out")).changes == 0
        base.forget(report.id)
        assert base.digest() == alone


def test_a_topic_as_networkx_has_it_comes_back_the_same(sample_url: str) -> None:
    with graphkb.open(sample_url) as base:
        topic = base.topic("GRPO", limit=30)
    with graphkb.from_networkx(topic.to_networkx()) as base:
        assert held(base.store) == topic.graph


def test_ground_truth_of_another_store_is_left_out_and_told(
    sample_url: str, tmp_path: Path
) -> None:
    with graphkb.open(sample_url) as base:
        write_export(StoreContent(base.store, ground=True), "jsonl", tmp_path / "all")
    intake = take_in(str(tmp_path / "all"))
    assert not intake.skipped
    [notice] = intake.notices
    assert "left out are 41 of label Record, 2 of label Source" in notice.message


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (
            '{"directed": true, "nodes": [{"id": "a"}], "edges": []}',
            r"\$\.nodes\[0\]: a node needs a `label`: one of Paper, Method",
        ),
        (
            '{"directed": true, "nodes": [{"id": 1, "label": "Person"}], "links": []}',
            r"'Person' is no label: one of Paper, Method",
        ),
        (
            '<graphml><graph edgedefault="directed"><node id="a"/></graph></graphml>',
            "line 1: a node needs a `label`: one of Paper, Method",
        ),
    ],
)
def test_a_graph_without_our_labels_is_refused_with_what_it_needs(
    text: str, what: str, tmp_path: Path
) -> None:
    (tmp_path / "graph").write_text(text)
    with pytest.raises(InputError, match=what):
        take_in(str(tmp_path / "graph"))


def test_a_folder_in_a_format_that_does_not_come_back_says_so(
    sample_url: str, tmp_path: Path
) -> None:
    with graphkb.open(sample_url) as base:
        base.export("csv", tmp_path / "out")
    with pytest.raises(UnknownFormatError):
        take_in(str(tmp_path / "out"))


def test_a_graph_that_networkx_wrote_is_read(tmp_path: Path) -> None:
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("p", label="Paper", name="Kites", year=2024, upvotes=3)
    graph.add_node("m", label="Method", name="KITE", aliases='["K"]')
    graph.add_edge("p", "m", type="USES", confidence=900)
    nx.write_graphml(graph, tmp_path / "graph")
    intake = take_in(str(tmp_path / "graph"))
    assert [type(record) for record in intake.records] == [AssertedRecord] * 2
    found, report = loaded(intake)
    assert not report.skipped
    assert found.entities["p"].properties["upvotes"] == 3
    assert found.entities["m"].properties["aliases"] == ("K",)
    assert found.edges["p", "USES", "m", "p"].properties["confidence"] == 900
