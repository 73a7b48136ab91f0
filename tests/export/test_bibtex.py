"""BibTeX: what bibtexparser and our own loader read of it is what the graph has."""

from collections import Counter
from pathlib import Path

import pytest
from bibliography import exported, lost, read_back, texts
from bibtexparser.entrypoint import parse_string
from graphkb.loaders.bibtex import bibtex
from graphkb.loaders.latex import plain_text
from hypothesis import given
from hypothesis import strategies as st

import graphkb
from graphkb.export.bibtex import _latex
from graphkb.export.reference import flattened
from graphkb.model.graph import Edge, Entity, Graph
from graphkb.model.text import clean_text


def test_each_paper_has_the_entry_type_and_the_fields_of_its_kind(
    shelf: Graph, tmp_path: Path
) -> None:
    library = parse_string(exported(shelf, "bibtex", tmp_path)[0])
    assert library.failed_blocks == []
    found = {
        entry.key: (entry.entry_type, {f.key: f.value for f in entry.fields if f.key != "abstract"})
        for entry in library.entries
    }
    assert found == {
        "lukasz2024grpo": (
            "misc",
            {
                "title": r"The {GRPO} of 50{\%} {\&} {$\tau$}{\_}2: Kites{\textasciicircum}2",
                "author": r"Zo{\"e} {\L}ukasz and Ana de la Cruz and {OpenAI}",
                "year": "2024",
                "month": "feb",
                "eprint": "2402.03300",
                "archiveprefix": "arXiv",
                "doi": "10.1000/a_b(c)",
                "url": "https://example.org/a_b?c=%20d#e",
            },
        ),
        "lukasz2023kites": (
            "article",
            {
                "title": "On Kites",
                "author": r"Zo{\"e} {\L}ukasz",
                "year": "2023",
                "month": "nov",
                "journal": "Journal of Kites",
                "pages": "1-10",
                "doi": "10.1000/j",
            },
        ),
        "openai2022kites": (
            "inproceedings",
            {
                "title": "Kites, again",
                "author": "{OpenAI}",
                "year": "2022",
                "booktitle": "Proceedings of the Kite Conference",
            },
        ),
        "old": (
            "misc",
            {
                "title": "Old Kites",
                "eprint": "math/0309136",
                "archiveprefix": "arXiv",
                "primaryclass": "math",
                "url": "https://arxiv.org/abs/math/0309136",
            },
        ),
    }


def test_our_loader_reads_titles_authors_dates_and_identifiers_again(
    shelf: Graph, tmp_path: Path
) -> None:
    text, _ = exported(shelf, "bibtex", tmp_path)
    records = {record.key: record for record in read_back(bibtex, text)}
    grpo, journal, conference, old = (
        records[key] for key in ("lukasz2024grpo", "lukasz2023kites", "openai2022kites", "old")
    )
    told = shelf.entities["arxiv:2402.03300"].properties
    assert texts([grpo]) == [(told["title"], clean_text(str(told["abstract"])))]
    assert [a.name for a in grpo.authors] == ["Zoë Łukasz", "Ana de la Cruz", "OpenAI"]
    assert (grpo.arxiv, grpo.doi, grpo.url) == (told["arxiv"], told["doi"], told["url"])
    assert [r.published for r in (grpo, journal, conference)] == ["2024-02", "2023-11", "2022"]
    assert (journal.venue, journal.pages) == ("Journal of Kites", "1-10")
    assert conference.venue == "Proceedings of the Kite Conference"
    assert (old.arxiv, old.published) == ("math/0309136", None)


def test_what_bibtex_has_no_place_for_is_counted(shelf: Graph, tmp_path: Path) -> None:
    _, done = exported(shelf, "bibtex", tmp_path)
    assert lost(done) == {
        ("entity left out", "Method"): 1,
        ("relationship left out", "INTRODUCES"): 1,
        ("relationship left out", "CITES"): 1,
        ("paper of which no title is known left out", "Paper"): 1,
        ("day of a date left out", "Paper.published"): 1,
        ("property left out", "Paper.upvotes"): 1,
        ("property left out", "Paper.stub"): 4,
    }


def test_keys_are_unique_whatever_the_papers(tmp_path: Path) -> None:
    papers = [
        Entity("Paper", f"arxiv:2401.{n:05}", {"name": title, "title": title, "stub": False})
        for n, title in enumerate(
            ["Kites"] * 60 + ["kitesa", "→", "→", "中文", "The", "x" * 100_000]
        )
    ]
    library = parse_string(exported(Graph.of(papers, []), "bibtex", tmp_path)[0])
    keys = [entry.key for entry in library.entries]
    assert len(set(keys)) == len(papers)
    assert all(key.isascii() and key.isalnum() and len(key) < 80 for key in keys)
    assert keys[:3] == ["kites", "kitesa", "kitesb"]


@pytest.mark.parametrize(
    "name",
    ["Barnes and Noble", "others", "OpenAI, Inc.", "{", "a}b{", "Ö. von \\ Ä", "and", "中文 王"],
)
def test_a_name_is_one_author_whatever_is_in_it(name: str, tmp_path: Path) -> None:
    paper = Entity("Paper", "doi:10.1000/x", {"name": "T", "title": "T", "doi": "10.1000/x"})
    author = Entity("Author", "author:a", {"name": name})
    wrote = Edge(paper.id, "AUTHORED_BY", author.id, paper.id, "Paper", "Author", {"position": 1})
    text, _ = exported(Graph.of([paper, author], [wrote]), "bibtex", tmp_path)
    assert [a.name for record in read_back(bibtex, text) for a in record.authors] == [name]


def test_odd_texts_are_read_as_one_line_and_nothing_is_lost_silently(
    odd: Graph, tmp_path: Path
) -> None:
    text, done = exported(odd, "bibtex", tmp_path)
    library = parse_string(text)
    assert library.failed_blocks == []
    assert len(library.entries) == sum(e.label == "Paper" for e in odd.entities.values())
    changed = ("line breaks, control characters and runs of spaces made one space", "Paper.title")
    assert lost(done)[changed] == 3


@given(st.text(st.characters(codec="utf-8"), max_size=40).map(clean_text))
def test_what_is_escaped_is_read_as_it_was(text: str) -> None:
    line = clean_text(text)
    read, unknown = plain_text(_latex(line))
    assert clean_text(read) == line
    assert unknown == ()


@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_braces_balance_whatever_is_escaped(text: str) -> None:
    depth = 0
    for character in _latex(text):
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth >= 0
    assert depth == 0


def test_an_empty_graph_is_an_empty_bibliography(tmp_path: Path) -> None:
    assert exported(Graph(), "bibtex", tmp_path)[0] == ""


def test_flattened_text_tells_what_it_changed() -> None:
    counted: Counter[tuple[str, str]] = Counter()
    assert flattened("a\n\x07b \ud800", "Paper.title", counted) == "a b \ufffd"
    assert counted.total() == 2


def test_authors_come_out_in_the_order_in_which_a_source_named_them(tmp_path: Path) -> None:
    entry = "@misc{k, title={On Kites}, author={Zoe Z and Ada L and Bob B}, doi={10.1000/k}}"
    (tmp_path / "mine.bib").write_text(entry)
    with graphkb.open(str(tmp_path / "x.kgl")) as base:
        base.load(str(tmp_path / "mine.bib"))
        base.export("bibtex", tmp_path / "out.bib")
    (record,) = read_back(bibtex, (tmp_path / "out.bib").read_text())
    assert [author.name for author in record.authors] == ["Zoe Z", "Ada L", "Bob B"]
    assert (record.key, record.doi) == ("zkites", "10.1000/k")
