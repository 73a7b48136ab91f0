"""Each format, read back with the library that people read it with, gives the graph again."""

import csv
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import networkx as nx
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import graphkb
from graphkb.export.content import GraphContent
from graphkb.export.format import export_formats
from graphkb.export.write import MANIFEST, write_export
from graphkb.model.graph import Edge, Entity, Graph, Value, graph_digest

REPLACED = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_graph(read: "nx.MultiDiGraph[str]") -> Graph:
    """Return what networkx read as a graph of ours."""

    def value(found: Any) -> Value:
        return tuple(found) if isinstance(found, list) else found

    entities = []
    for id_, found in read.nodes(data=True):
        data = {name: value(held) for name, held in found.items()}
        entities.append(Entity(str(data.pop("label")), id_, data))
    labels = {entity.id: entity.label for entity in entities}
    edges = []
    for start, end, found in read.edges(data=True):
        data = {name: value(held) for name, held in found.items()}
        type_, paper = str(data.pop("type")), str(data.pop("paper"))
        edges.append(Edge(start, type_, end, paper, labels[start], labels[end], data))
    return Graph.of(entities, edges)


def read_node_link(path: Path) -> Graph:
    data = json.loads(path.read_text(encoding="utf-8"))
    read = nx.node_link_graph(data, edges="edges")
    assert isinstance(read, nx.MultiDiGraph)
    edges = read.edges(keys=True, data=True)
    assert all(key == f"{told['type']} {told['paper']}" for *_, key, told in edges)
    return as_graph(read)


def read_graphml(path: Path) -> "nx.MultiDiGraph[str]":
    read = nx.read_graphml(path, force_multigraph=True)
    assert isinstance(read, nx.MultiDiGraph)
    ids = nx.get_node_attributes(read, "id")
    for _, data in read.nodes(data=True):
        del data["id"]
    named = nx.relabel_nodes(read, ids)
    assert isinstance(named, nx.MultiDiGraph)
    return named


def flattened(graph: Graph) -> Graph:
    """Return the graph as GraphML can hold it."""

    def flat(properties: Mapping[str, Value]) -> dict[str, Value]:
        return {
            k: REPLACED.sub("\ufffd", json.dumps(v, ensure_ascii=False) if k in LISTS else str(v))
            if isinstance(v, str | tuple)
            else v
            for k, v in properties.items()
        }

    return Graph.of(
        [Entity(e.label, e.id, flat(e.properties)) for e in graph.entities.values()],
        [
            Edge(e.start, e.type, e.end, e.paper, e.start_label, e.end_label, flat(e.properties))
            for e in graph.edges.values()
        ],
    )


LISTS = {"former_ids", "aliases", "sources", "senses"}
_READ = {
    "string": str,
    "long": int,
    "double": float,
    "boolean": lambda text: {"true": True, "false": False}[text],
    "string[]": lambda text: tuple(text.split("\x1f")),
}


def read_csv(folder: Path) -> Graph:
    """Return the graph of a folder as Neo4j's import would make it."""
    csv.field_size_limit(1_000_000)
    entities, edges = [], []
    for path in sorted(folder.glob("nodes-*.csv")):
        for row in rows(path):
            label = row.pop(":LABEL")
            # Ground truth has an id space a label, `id:ID(Source)`.
            id_ = row.pop(next(name for name in row if name.startswith("id:ID")))
            entities.append(Entity(label, id_, typed(row)))
    labels = {entity.id: entity.label for entity in entities}
    for path in sorted(folder.glob("relationships-*.csv")):
        for row in rows(path):
            type_, start, end = row.pop(":TYPE"), row.pop(":START_ID"), row.pop(":END_ID")
            properties = typed(row)
            paper = str(properties.pop("paper"))
            edges.append(Edge(start, type_, end, paper, labels[start], labels[end], properties))
    return Graph.of(entities, edges)


def rows(path: Path) -> Iterable[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, strict=True)


def typed(row: Mapping[str, str]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for head, text in row.items():
        name, _, kind = head.partition(":")
        if text:
            found[name] = _READ[kind](text)  # type: ignore[operator]
    return found


def test_node_link_gives_the_graph_again(odd: Graph, tmp_path: Path) -> None:
    assert write_export(GraphContent(odd), "node-link", tmp_path / "x.json").losses == ()
    assert read_node_link(tmp_path / "x.json") == odd


def test_csv_gives_the_graph_again(odd: Graph, tmp_path: Path) -> None:
    lost = write_export(GraphContent(odd), "csv", tmp_path / "x").losses
    assert [(loss.what, loss.property, loss.count) for loss in lost] == []
    assert read_csv(tmp_path / "x") == odd


def test_graphml_gives_the_graph_again_but_for_what_it_reports(odd: Graph, tmp_path: Path) -> None:
    done = write_export(GraphContent(odd), "graphml", tmp_path / "x.graphml")
    assert as_graph(read_graphml(tmp_path / "x.graphml")) == flattened(odd)
    lost = {(loss.what, loss.property): loss.count for loss in done.losses}
    assert lost["list written as JSON text", "Paper.former_ids"] == 3
    assert lost["character that XML cannot hold replaced", "Paper.name"] == 6


texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30)


@settings(max_examples=30)
@given(named=st.lists(texts, min_size=1, max_size=4))
def test_no_text_breaks_a_format(
    named: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    papers = [
        Entity("Paper", f"arxiv:{at}", {"name": t, "title": t, "stub": False, "former_ids": (t,)})
        for at, t in enumerate(named)
    ]
    cites = [
        Edge(p.id, "CITES", papers[0].id, p.id, "Paper", "Paper", {"evidence": p.name})
        for p in papers
    ]
    graph = Graph.of(papers, cites)
    folder = tmp_path_factory.mktemp("texts")
    write_export(GraphContent(graph), "node-link", folder / "x.json")
    assert read_node_link(folder / "x.json") == graph
    write_export(GraphContent(graph), "graphml", folder / "x.graphml")
    assert as_graph(read_graphml(folder / "x.graphml")) == flattened(graph)
    lost = write_export(GraphContent(graph), "csv", folder / "x").losses
    if not lost:
        assert read_csv(folder / "x") == graph
    else:
        assert any("\x1f" in text for text in named)


def test_what_is_absent_is_absent_and_never_the_text_none(odd: Graph, tmp_path: Path) -> None:
    bare = [id_ for id_, entity in odd.entities.items() if "abstract" not in entity.properties]
    assert bare
    write_export(GraphContent(odd), "graphml", tmp_path / "x.graphml")
    write_export(GraphContent(odd), "node-link", tmp_path / "x.json")
    for read in (
        as_graph(read_graphml(tmp_path / "x.graphml")),
        read_node_link(tmp_path / "x.json"),
    ):
        assert all("abstract" not in read.entities[id_].properties for id_ in bare)
    for path in tmp_path.iterdir():
        assert "None" not in path.read_text(encoding="utf-8")


def test_parallel_edges_and_loops_are_kept(odd: Graph, tmp_path: Path) -> None:
    write_export(GraphContent(odd), "graphml", tmp_path / "x.graphml")
    assert read_graphml(tmp_path / "x.graphml").number_of_edges() == len(odd.edges)


def test_an_empty_graph_is_written_by_every_format(tmp_path: Path) -> None:
    for name in export_formats():
        assert write_export(GraphContent(Graph()), name, tmp_path / name).entities == 0
    assert read_graphml(tmp_path / "graphml").number_of_nodes() == 0


def test_csv_of_everything_has_the_digest_of_the_store(sample_url: str, tmp_path: Path) -> None:
    with graphkb.open(sample_url) as base:
        base.export("csv", tmp_path / "x")
        read = read_csv(tmp_path / "x")
        assert graph_digest(read.entities.values(), read.edges.values()) == base.digest()


@pytest.mark.parametrize("name", sorted(export_formats()))
def test_only_what_a_database_takes_whole_carries_sources_and_records(
    sample_url: str, tmp_path: Path, name: str
) -> None:
    with graphkb.open(sample_url) as base:
        base.export(name, tmp_path / "all")
        base.export(name, tmp_path / "topic", "GRPO")
    all_ = "".join(map(text_of, files(tmp_path / "all")))
    topic = "".join(map(text_of, files(tmp_path / "topic")))
    carries = name in ("csv", "cypher", "parquet")
    assert ("sample:hf-papers-2025-12-29#title:" in all_) == carries
    assert "sample:hf-papers-2025-12-29#title:" not in topic


def test_no_place_of_this_machine_is_in_an_export(tmp_path: Path) -> None:
    (tmp_path / "mine.jsonl").write_text('{"id": "1", "title": "Mine", "abstract": "KITE."}')
    with graphkb.open(str(tmp_path / "x.kgl")) as base:
        base.load(str(tmp_path / "mine.jsonl"))
        for name in export_formats():
            base.export(name, tmp_path / name)
            for path in files(tmp_path / name):
                assert str(tmp_path) not in text_of(path)


def text_of(path: Path) -> str:
    """Return what is in a file, that of a Parquet file unpacked."""
    if path.suffix == ".parquet":
        return str(pq.read_table(path).to_pydict())
    return path.read_text(encoding="utf-8")


def files(path: Path) -> list[Path]:
    return sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]


def test_a_manifest_lists_the_files_of_a_folder(odd: Graph, tmp_path: Path) -> None:
    write_export(GraphContent(odd), "csv", tmp_path / "x")
    manifest = json.loads((tmp_path / "x" / MANIFEST).read_text())
    assert manifest["format"] == "csv"
    assert {*manifest["files"], MANIFEST} == {path.name for path in (tmp_path / "x").iterdir()}


_SCRIPT = """
import sys
import graphkb
from graphkb.export.format import export_formats
with graphkb.open(sys.argv[1]) as base:
    for name in export_formats():
        base.export(name, f"{sys.argv[2]}/{name}")
        base.export(name, f"{sys.argv[2]}/{name}-topic", "GRPO", "reward hacking")
"""


def test_exports_are_byte_identical_whatever_the_hash_seed(
    sample_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for seed in ("1", "2"):
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        folder = tmp_path / seed
        folder.mkdir()
        subprocess.run([sys.executable, "-c", _SCRIPT, sample_url, str(folder)], check=True)
    first, second = (sorted(p for p in (tmp_path / s).rglob("*") if p.is_file()) for s in "12")
    assert len(first) > 20
    assert [p.relative_to(tmp_path / "1") for p in first] == [
        p.relative_to(tmp_path / "2") for p in second
    ]
    for one, other in zip(first, second, strict=True):
        assert one.read_bytes() == other.read_bytes(), one.name
