"""RIS: what rispy and our own loader read of it is what the graph has."""

from pathlib import Path

import pytest
import rispy
from bibliography import exported, lost, read_back, texts
from graphkb.loaders.ris import ris

from graphkb.model.graph import Edge, Entity, Graph
from graphkb.model.text import clean_text


def test_each_paper_has_the_type_and_the_tags_of_its_kind(shelf: Graph, tmp_path: Path) -> None:
    grpo, old, journal, conference = by_id(exported(shelf, "ris", tmp_path)[0])
    assert grpo["type_of_reference"] == "GEN"
    assert grpo["title"] == "The GRPO of 50% & τ_2: Kites^2"
    assert grpo["authors"] == ["Łukasz, Zoë", "de la Cruz, Ana", "OpenAI"]
    assert (grpo["year"], grpo["date"]) == ("2024", "2024/02/05/")
    assert grpo["doi"] == "10.1000/a_b(c)"
    assert grpo["urls"] == ["https://example.org/a_b?c=%20d#e", "https://arxiv.org/abs/2402.03300"]
    assert (journal["type_of_reference"], journal["journal_name"]) == ("JOUR", "Journal of Kites")
    assert (journal["start_page"], journal["end_page"]) == ("1", "10")
    assert journal["date"] == "2023/11//"
    assert conference["type_of_reference"] == "CPAPER"
    assert conference["secondary_title"] == "Proceedings of the Kite Conference"
    assert old["urls"] == ["https://arxiv.org/abs/math/0309136"]


def by_id(text: str) -> list[dict[str, object]]:
    """Return the references of the shelf: GRPO, the old one, the journal's, the conference's."""
    read = {reference["id"]: reference for reference in rispy.loads(text)}
    return [read[key] for key in ("lukasz2024grpo", "old", "lukasz2023kites", "openai2022kites")]


def test_our_loader_reads_titles_authors_dates_and_identifiers_again(
    shelf: Graph, tmp_path: Path
) -> None:
    records = {record.key: record for record in read_back(ris, exported(shelf, "ris", tmp_path)[0])}
    grpo, journal = records["lukasz2024grpo"], records["lukasz2023kites"]
    told = shelf.entities["arxiv:2402.03300"].properties
    assert texts([grpo]) == [(told["title"], clean_text(str(told["abstract"])))]
    assert [a.name for a in grpo.authors] == ["Zoë Łukasz", "Ana de la Cruz", "OpenAI"]
    assert (grpo.arxiv, grpo.doi, grpo.url) == (told["arxiv"], told["doi"], told["url"])
    assert [records[key].published for key in sorted(records)] == [
        "2023-11", "2024-02-05", None, "2022"
    ]  # fmt: skip
    assert (journal.venue, journal.pages) == ("Journal of Kites", "1-10")


def test_what_ris_has_no_place_for_is_counted(shelf: Graph, tmp_path: Path) -> None:
    _, done = exported(shelf, "ris", tmp_path)
    assert lost(done) == {
        ("entity left out", "Method"): 1,
        ("relationship left out", "INTRODUCES"): 1,
        ("relationship left out", "CITES"): 1,
        ("paper of which no title is known left out", "Paper"): 1,
        ("property left out", "Paper.upvotes"): 1,
        ("property left out", "Paper.stub"): 4,
    }


def test_no_text_ends_a_reference_or_begins_another(odd: Graph, tmp_path: Path) -> None:
    text, done = exported(odd, "ris", tmp_path)
    papers = [e for e in odd.entities.values() if e.label == "Paper"]
    assert len(rispy.loads(text)) == len(papers)
    assert text.count("\nER  - \n") == len(papers)
    changed = ("line breaks, control characters and runs of spaces made one space", "Paper.title")
    assert lost(done)[changed] == 3


@pytest.mark.parametrize("title", ["a\nER  - \nTY  - JOUR", "TY  - JOUR", "ER  - ", "\u2028ER  - "])
def test_a_title_that_looks_like_a_tag_stays_a_title(title: str, tmp_path: Path) -> None:
    paper = Entity("Paper", "doi:10.1000/x", {"name": title, "title": title, "doi": "10.1000/x"})
    text, _ = exported(Graph.of([paper], []), "ris", tmp_path)
    (found,) = rispy.loads(text)
    assert found["title"].strip() == " ".join(title.split())


def test_a_comma_in_a_name_is_left_out_and_counted(tmp_path: Path) -> None:
    paper = Entity("Paper", "doi:10.1000/x", {"name": "T", "title": "T", "doi": "10.1000/x"})
    author = Entity("Author", "author:a", {"name": "Kites, Inc."})
    wrote = Edge(paper.id, "AUTHORED_BY", author.id, paper.id, "Paper", "Author", {"position": 1})
    text, done = exported(Graph.of([paper, author], [wrote]), "ris", tmp_path)
    assert rispy.loads(text)[0]["authors"] == ["Inc., Kites"]
    assert lost(done) == {("comma in a name left out", "Author.name"): 1}


def test_an_empty_graph_is_an_empty_file(tmp_path: Path) -> None:
    assert exported(Graph(), "ris", tmp_path)[0] == ""
