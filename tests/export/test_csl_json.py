"""CSL-JSON: valid by its published schema, and read again by our own loader."""

import json
from pathlib import Path
from typing import Any

import pytest
from bibliography import exported, lost, read_back
from graphkb.loaders.csl_json import csl_json
from hostile_text import PAYLOADS, hostile
from jsonschema import Draft7Validator

import graphkb
from graphkb.model.graph import Entity, Graph

SCHEMA = json.loads((Path(__file__).parent / "schemas" / "csl-data.json").read_bytes())


def valid(text: str) -> list[dict[str, Any]]:
    """Return the items, which the schema allows."""
    items: list[dict[str, Any]] = json.loads(text)
    Draft7Validator(SCHEMA).validate(items)
    return items


def test_each_paper_has_the_type_and_the_fields_of_its_kind(shelf: Graph, tmp_path: Path) -> None:
    items = {item["id"]: item for item in valid(exported(shelf, "csl-json", tmp_path)[0])}
    grpo, journal = items["lukasz2024grpo"], items["lukasz2023kites"]
    assert grpo["type"] == "article"
    assert grpo["number"] == "arXiv:2402.03300"
    assert grpo["issued"] == {"date-parts": [[2024, 2, 5]]}
    assert grpo["author"] == [
        {"family": "Łukasz", "given": "Zoë"},
        {"family": "Cruz", "given": "Ana", "non-dropping-particle": "de la"},
        {"literal": "OpenAI"},
    ]
    assert journal["issued"] == {"date-parts": [[2023, 11]]}
    assert (journal["type"], journal["container-title"]) == ("article-journal", "Journal of Kites")
    assert items["openai2022kites"]["type"] == "paper-conference"
    assert "issued" not in items["old"]


def test_our_loader_reads_titles_authors_dates_and_identifiers_again(
    shelf: Graph, tmp_path: Path
) -> None:
    text, _ = exported(shelf, "csl-json", tmp_path)
    records = {record.key: record for record in read_back(csl_json, text)}
    grpo, journal = records["lukasz2024grpo"], records["lukasz2023kites"]
    told = shelf.entities["arxiv:2402.03300"].properties
    assert grpo.title == told["title"]
    assert [a.name for a in grpo.authors] == ["Zoë Łukasz", "Ana de la Cruz", "OpenAI"]
    assert (grpo.arxiv, grpo.doi, grpo.url) == (told["arxiv"], told["doi"], told["url"])
    assert [records[key].published for key in sorted(records)] == [
        "2023-11", "2024-02-05", None, "2022"
    ]  # fmt: skip
    assert (journal.venue, journal.pages) == ("Journal of Kites", "1-10")


def test_what_csl_has_no_place_for_is_counted(shelf: Graph, tmp_path: Path) -> None:
    _, done = exported(shelf, "csl-json", tmp_path)
    assert lost(done) == {
        ("entity left out", "Method"): 1,
        ("relationship left out", "INTRODUCES"): 1,
        ("relationship left out", "CITES"): 1,
        ("paper of which no title is known left out", "Paper"): 1,
        ("property left out", "Paper.upvotes"): 1,
        ("property left out", "Paper.stub"): 4,
        ("text that readers take for mark-up", "Paper.abstract"): 1,
    }


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_hostile_text_is_valid_and_one_item(payload: str, tmp_path: Path) -> None:
    text, _ = exported(hostile(payload), "csl-json", tmp_path)
    assert len(valid(text)) == 1


def test_odd_texts_are_one_line_each(odd: Graph, tmp_path: Path) -> None:
    items = valid(exported(odd, "csl-json", tmp_path)[0])
    assert len(items) == sum(e.label == "Paper" for e in odd.entities.values())
    assert all("\n" not in item["title"] for item in items)


def test_what_is_no_date_stays_as_it_is_written(tmp_path: Path) -> None:
    told = {"name": "T", "title": "T", "published": "spring"}
    text, _ = exported(Graph.of([Entity("Paper", "title:t", told)], []), "csl-json", tmp_path)
    assert valid(text)[0]["issued"] == {"literal": "spring"}


def test_a_topics_bibliography_has_the_papers_that_introduce_its_things(
    sample_url: str, tmp_path: Path
) -> None:
    with graphkb.open(sample_url) as base:
        topic = base.topic("RLHF", limit=1)
        behind = topic.background()
        base.export("csl-json", tmp_path / "x", "RLHF", limit=1)
    assert not any(e.label == "Paper" for e in topic.graph.entities.values())
    items = valid((tmp_path / "x").read_text(encoding="utf-8"))
    stating = {e.name for e in behind.entities.values() if e.label == "Paper"}
    introducing = "Deep Reinforcement Learning from Human Preferences"
    assert {introducing} < stating
    assert [item["title"] for item in items] == [introducing]


def test_an_empty_graph_is_an_empty_list(tmp_path: Path) -> None:
    assert valid(exported(Graph(), "csl-json", tmp_path)[0]) == []
