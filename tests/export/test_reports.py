"""The exports that people read: what they say, and that they say nothing that a text dictates."""

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import knot_world
import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from graphkb.export.content import Content, GraphContent, StoreContent
from graphkb.export.format import export_format
from graphkb.export.markdown import markdown_report
from graphkb.export.open_question import gaps
from graphkb.export.reading_list import reading_list
from graphkb.export.write import write_export
from graphkb.knowledge_base import KnowledgeBase
from graphkb.model.graph import Entity, Graph
from graphkb.model.schema import ARTEFACT_LABELS
from graphkb.query.leaderboard import boards, leaderboard
from graphkb.query.reported import reported_in
from graphkb.store import Changes

GOLDEN = Path(__file__).parent / "golden"
READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def changes() -> Changes:
    return knot_world.changes()


def tokens(text: str) -> Iterator[Token]:
    for token in READER.parse(text):
        yield token
        yield from token.children or []


def headings(text: str) -> list[str]:
    found = list(tokens(text))
    return [found[at + 1].content for at, token in enumerate(found) if token.type == "heading_open"]


def reports(content: Content) -> dict[str, str]:
    return {"report": markdown_report(content), "reading-list": "".join(reading_list(content))}


@pytest.mark.parametrize("name", ["report", "reading-list"])
def test_a_topic_is_told_as_the_golden_file_has_it(name: str) -> None:
    golden = GOLDEN / f"{name}.md"
    told = reports(knot_world.TOPIC.content())[name]
    assert told == golden.read_text(encoding="utf-8")


def test_a_report_has_its_parts_in_order(base: KnowledgeBase) -> None:
    told = headings(markdown_report(base.topic("Knot").content()))
    parts = [
        "What it is about",
        "Lineage",
        "Methods and models",
        "Introducing papers, in order of time",
        "Other papers",
        "Benchmarks and best values",
        "Code",
        "Open questions",
        "References",
    ]
    assert [title for title in told if title in parts] == parts


def test_every_citation_is_in_the_references(base: KnowledgeBase) -> None:
    text = markdown_report(base.topic("Knot").content())
    body, references = text.split("## References")
    cited = {int(number) for number in re.findall(r"\\\[(\d+)\\\]", body)}
    listed = {int(number) for number in re.findall(r"^(\d+)\. ", references, re.MULTILINE)}
    assert cited == listed == set(range(1, len(listed) + 1))


def test_no_text_becomes_a_tag_a_picture_or_a_link_of_its_own(odd: Graph) -> None:
    for text in reports(GraphContent(odd, odd.entities["arxiv:2401.00003"].name)).values():
        found = list(tokens(text))
        assert not {token.type for token in found} & {"html_block", "html_inline", "image", "fence"}
        links = [str(token.attrs["href"]) for token in found if token.type == "link_open"]
        assert {urlsplit(link).scheme for link in links} <= {"https", "http"}
        assert {urlsplit(link).hostname for link in links} <= {"arxiv.org"}


def test_a_hostile_title_is_read_as_it_is(base: KnowledgeBase) -> None:
    for text in reports(base.topic("Knot").content()).values():
        assert not [token for token in tokens(text) if token.type.startswith("html")]
        assert knot_world.AGAIN.name in "".join(
            token.content for token in tokens(text) if token.type.startswith("text")
        )
        assert "evil.example" not in {
            urlsplit(str(token.attrs["href"])).hostname
            for token in tokens(text)
            if token.type == "link_open"
        }


def test_nothing_is_told_as_nothing() -> None:
    empty = GraphContent(Graph(), "Nothing")
    assert markdown_report(empty) == "# Nothing\n\nThere is nothing in it.\n"
    assert "There is no paper in it." in "".join(reading_list(empty))


def test_a_whole_graph_is_told_in_part_and_says_so(tmp_path: Path) -> None:
    methods = [
        Entity("Method", f"method:m{n:03}", {"name": f"M{n:03}", "kind": "method", "support": n})
        for n in range(150)
    ]
    content = GraphContent(Graph.of(methods, []))
    text = markdown_report(content)
    assert "The graph holds 150 methods. This tells of 120 methods" in text
    assert "M149" in text
    assert "M010" not in text
    lost = write_export(content, "markdown", tmp_path / "x.md").losses
    assert sum(loss.count for loss in lost if loss.property == "Method") >= 30


def test_a_whole_store_is_told_as_a_topic_is(base: KnowledgeBase) -> None:
    told = markdown_report(StoreContent(base.store))
    assert "Reef is a flat variant of Knot." in told
    assert "## Benchmarks and best values" in told
    assert "1,200 stars" in told


def test_a_whole_store_is_told_as_its_graph_is(base: KnowledgeBase) -> None:
    """What is asked of a store piece by piece is what is found by reading all of its graph."""
    assert markdown_report(StoreContent(base.store)) == markdown_report(GraphContent(base.graph()))


def test_of_a_whole_store_only_what_may_be_told_is_read_entity_by_entity(
    base: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Collection[str] | None] = []
    entities = StoreContent.entities

    def noting(self: StoreContent, labels: Collection[str] | None = None) -> Iterator[Entity]:
        read.append(labels)
        return entities(self, labels)

    monkeypatch.setattr(StoreContent, "entities", noting)
    monkeypatch.delattr(StoreContent, "edges")
    monkeypatch.setattr(StoreContent, "__abstractmethods__", frozenset())
    assert markdown_report(StoreContent(base.store))
    assert read == [ARTEFACT_LABELS]


@pytest.mark.parametrize("name", ["markdown", "reading-list", "obsidian"])
def test_what_is_cut_is_counted_as_lost(name: str, tmp_path: Path) -> None:
    title = "Knots " * 60
    old, new = (knot_world.paper(number, f"{number} {title}") for number in (1, 2))
    thing, child = knot_world.method("t", "T"), knot_world.method("c", "C")
    edges = [
        knot_world.said(old, "INTRODUCES", thing, old, "We propose T."),
        knot_world.said(new, "INTRODUCES", child, new, "We propose C."),
        knot_world.said(child, "EXTENDS", thing, new, "C extends T " * 200),
    ]
    content = GraphContent(Graph.of([old, new, thing, child], edges))
    lost = {one.property: one for one in write_export(content, name, tmp_path / "x").losses
            if " cut at " in one.what}  # fmt: skip
    assert lost["EXTENDS.evidence"].count == 1
    assert ("Paper.title" in lost) == (name != "obsidian")


def test_numbers_are_ranked_as_the_leaderboard_ranks_them(base: KnowledgeBase) -> None:
    asked = leaderboard(base.store, "Ropes-1k").boards
    held = {id_: e for id_, e in knot_world.GRAPH.entities.items() if e.label == "Paper"}
    numbers = [n for n in reported_in(knot_world.GRAPH, held) if n.benchmark and n.subject]
    assert boards(numbers, 20) == asked


def test_gaps_of_a_seed_are_those_of_the_named_query(base: KnowledgeBase) -> None:
    for seed in ("Knot", "Reef", "Half Hitch"):
        topic = base.topic(seed, limit=2)
        behind = topic.background()
        known = {**topic.graph.entities, **behind.entities}
        edges = (*topic.graph.edges.values(), *behind.edges.values())
        found = gaps(known, edges, topic.focus())
        id_ = topic.focus()[0]
        rows = base.query("gaps", method=id_).as_dicts()
        assert {
            (gap.benchmark.id, tuple(sorted(kin.name for kin in gap.kin))) for gap in found
        } == {(row["id"], tuple(sorted(row["names"]))) for row in rows}


def test_a_curated_fact_is_in_no_quotation_marks(base: KnowledgeBase) -> None:
    for text in reports(base.topic("Knot").content()).values():
        assert "“known of" not in text
        assert "curated: known of Half Hitch" in text or "Half Hitch" not in text


def test_what_a_summary_says_is_no_quotation(base: KnowledgeBase) -> None:
    text = markdown_report(base.topic("Knot").content())
    assert "“Knot slips when wet.”" not in text
    assert "graphkb's summary: Knot slips when wet." in text


@pytest.mark.parametrize("name", ["markdown", "reading-list"])
def test_what_is_not_told_is_reported(base: KnowledgeBase, tmp_path: Path, name: str) -> None:
    assert not export_format(name).folder
    lost = base.export(name, tmp_path / "x.md", "Knot").losses
    assert all(loss.count > 0 for loss in lost)
    assert {loss.property for loss in lost} & {"Method", "CITES"}


def test_items_of_a_reading_list_are_one_list_a_stage(base: KnowledgeBase) -> None:
    text = "".join(reading_list(StoreContent(base.store)))
    opened = [token for token in READER.parse(text) if token.type == "ordered_list_open"]
    assert len(opened) == text.count("\n## ")
