"""What is exported comes back as a source: the same, or all but what was told as lost."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from asserted_graphs import asserting, graphs, held
from hypothesis import given, settings
from msgspec import structs
from test_invariants import loading

import graphkb
from graphkb.build.intake import Intake, take_in
from graphkb.build.report import SourceReport
from graphkb.errors import InputError
from graphkb.export.content import GraphContent, StoreContent
from graphkb.export.write import Exported, write_export
from graphkb.model.graph import Graph, Value
from graphkb.model.record import AssertedRecord
from graphkb.store import open_store

LOSSLESS = {"jsonl": "graph-jsonl", "node-link": "node-link"}
FOLDERS = {"csv": "csv", "parquet": "parquet"}
LOADERS = {**LOSSLESS, **FOLDERS, "graphml": "graphml"}


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


def changed(graph: Graph, text: Callable[[str], str], item: Callable[[str], str]) -> Graph:
    """Return a graph with its texts and the items of its lists changed."""

    def value(found: Value) -> Value:
        if isinstance(found, tuple):
            return tuple(map(item, found))
        return text(found) if isinstance(found, str) else found

    def properties(found: Mapping[str, Value]) -> dict[str, Value]:
        return {name: value(one) for name, one in found.items()}

    return Graph.of(
        (structs.replace(e, properties=properties(e.properties)) for e in graph.entities.values()),
        (structs.replace(e, properties=properties(e.properties)) for e in graph.edges.values()),
    )


def lost(exported: Exported, what: str) -> int:
    """Return how often something was told as lost."""
    return sum(loss.count for loss in exported.losses if what in loss.what)


@settings(max_examples=25)
@given(graphs())
def test_graphml_brings_back_all_but_what_was_told_as_lost(graph: Graph) -> None:
    forbidden: list[str] = []

    def text(value: str) -> str:
        found = re.sub("[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", value)
        forbidden.extend(a for a, b in zip(value, found, strict=True) if a != b)
        return found

    def item(value: str) -> str:
        # JSON escapes what is below the space; XML is not asked to hold that.
        return "".join(c if c < " " else text(c) for c in value)

    before = settled(graph)
    after, report, exported = and_back(before, "graphml")
    assert after == settled(changed(before, text, item))
    assert not report.skipped
    assert lost(exported, "character") == len(forbidden)


@pytest.mark.parametrize("format_name", FOLDERS)
@settings(max_examples=25)
@given(graph=graphs())
def test_folders_bring_back_all_but_separators_in_lists(format_name: str, graph: Graph) -> None:
    def item(value: str) -> str:
        return value.replace("\x1f", "\ufffd")

    before = settled(graph)
    after, report, exported = and_back(before, format_name)
    assert after == settled(changed(before, str, item))
    assert not report.skipped
    assert lost(exported, "unit separator") == sum(
        any("\x1f" in item for item in value)
        for properties in (
            *(entity.properties for entity in before.entities.values()),
            *(edge.properties for edge in before.edges.values()),
        )
        for value in properties.values()
        if isinstance(value, tuple)
    )


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
