"""``semantic-scholar-datasets``: papers, abstracts and citations by corpus id."""

import json
from pathlib import Path
from typing import Any

import pytest
from graphkb.loaders import recognise
from graphkb.loaders.semantic_scholar_datasets import semantic_scholar_datasets

import graphkb
from graphkb.build.intake import records_of
from graphkb.model.record import AuthorName, PaperRecord
from graphkb.model.source import Notice, Skipped, SourceInput, Yield

PAPER: dict[str, Any] = {
    "corpusid": 7,
    "externalids": {
        "ACL": None,
        "DBLP": "journals/x/Kite18",
        "ArXiv": "1801.00001",
        "MAG": "2",
        "CorpusId": "7",
        "PubMed": None,
        "DOI": "10.1000/KITE",
        "PubMedCentral": None,
    },
    "url": "https://www.semanticscholar.org/paper/abcd",
    "title": "On Kites",
    "authors": [{"authorId": "1", "name": "Ada Kite"}, {"authorId": None, "name": None}],
    "venue": "",
    "publicationvenueid": None,
    "year": 2018,
    "referencecount": 2,
    "citationcount": 0,
    "influentialcitationcount": 0,
    "isopenaccess": True,
    "s2fieldsofstudy": [{"category": "Physics", "source": "s2-fos-model"}],
    "publicationtypes": ["JournalArticle"],
    "publicationdate": "2018-06-09",
    "journal": {"name": "J. Kites", "pages": "1-12", "volume": "3"},
}
OLD = {"corpusid": 5, "externalids": {"DOI": None}, "title": "Old Kites", "year": 1917}
ABSTRACT = {
    "corpusid": 7,
    "openaccessinfo": {"externalids": {"DOI": None}, "license": None, "url": None, "status": None},
    "abstract": "Kites\nfly.",
}
CITATION = {
    "citationid": 11,
    "citingcorpusid": 7,
    "citedcorpusid": 5,
    "isinfluential": False,
    "contexts": ["as kites do [1]"],
    "intents": [["background"], None],
}


def read(*lines: Any) -> list[Yield]:
    text = "\n".join(map(json.dumps, lines))
    return list(semantic_scholar_datasets.read(SourceInput("20260101_00000_x.jsonl", text)))


def test_a_paper_is_read() -> None:
    assert read(PAPER) == [
        PaperRecord(
            key="7",
            title="On Kites",
            arxiv="1801.00001",
            doi="10.1000/kite",
            s2="CorpusId:7",
            dblp="journals/x/Kite18",
            authors=(AuthorName("Ada Kite"),),
            published="2018-06-09",
            venue="J. Kites",
            pages="1-12",
        )
    ]


def test_an_abstract_is_told_of_its_paper() -> None:
    [found] = read(ABSTRACT)
    assert found == PaperRecord(
        key="abstract:7",
        title="s2:CorpusId:7",
        s2="CorpusId:7",
        abstract="Kites fly.",
        stub=True,
    )


def test_a_citation_is_told_of_who_cites() -> None:
    [found] = read(CITATION)
    assert found == PaperRecord(
        key="citing:7",
        title="s2:CorpusId:7",
        s2="CorpusId:7",
        references=("s2:CorpusId:5",),
        stub=True,
    )


def test_numbers_that_older_releases_write_as_text_are_the_same() -> None:
    written = {**CITATION, "citingcorpusid": "7", "citedcorpusid": "5"}
    assert read(written) == read(CITATION)


def test_citations_of_what_has_no_number_are_counted() -> None:
    found = read(CITATION, {**CITATION, "citedcorpusid": None})
    assert found[-1] == Notice(
        "",
        "1 references of 1 papers state no corpus id and are left out: nothing tells which works "
        "they are",
    )


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ({**CITATION, "citingcorpusid": None}, "no corpus id of who does"),
        ({**CITATION, "citingcorpusid": True}, "'citingcorpusid' is True, no corpus id"),
        ({**CITATION, "citedcorpusid": "x5"}, "'citedcorpusid' is 'x5', no corpus id"),
        ({**PAPER, "corpusid": None}, "it has no corpus id"),
        ({**PAPER, "corpusid": 1.5}, "'corpusid' is 1.5, no corpus id"),
        ({**PAPER, "title": None}, "paper 7 has no title"),
        ({**ABSTRACT, "abstract": None}, "paper 7 has no abstract here"),
        ({**PAPER, "authors": "Ada"}, "'authors'"),
        ({**PAPER, "body": {"text": "Kites"}}, "a whole text, no paper, abstract or citation"),
    ],
)
def test_a_line_that_says_nothing_is_skipped_with_its_place(line: Any, reason: str) -> None:
    [kept, skipped] = read(OLD, line)
    assert isinstance(kept, PaperRecord)
    assert isinstance(skipped, Skipped)
    assert skipped.place == "line 2"
    assert reason in skipped.reason


def test_all_that_one_paper_cites_comes_together() -> None:
    cited = [{**CITATION, "citedcorpusid": 100 + n % 2_000} for n in range(4_000)]
    text = "\n".join(map(json.dumps, cited))
    found = records_of(semantic_scholar_datasets, SourceInput("x.jsonl", text), "x", "x")
    [record] = found.records
    assert isinstance(record, PaperRecord)
    assert record.references == tuple(f"s2:CorpusId:{n}" for n in range(100, 2_100))


@pytest.mark.parametrize("line", [PAPER, OLD, ABSTRACT, CITATION])
def test_each_dataset_is_recognised(line: Any) -> None:
    assert recognise("20260101_00000_x", f"{json.dumps(line)}\n") is semantic_scholar_datasets


@pytest.mark.parametrize(
    "line",
    [
        {"corpusid": 7, "model": "tldr@v2.0.0", "text": "Kites fly."},
        {"corpusid": 7, "externalids": {}, "content": {"source": None, "text": "Kites"}},
        {"corpusid": 7, "title": "On Kites", "authors": [], "body": {"text": "Kites"}},
        {"authorid": "1", "externalids": None, "name": "Ada Kite"},
        {"sha": "abcd", "corpusid": 7, "primary": True},
    ],
)
def test_other_datasets_are_not_taken_for_papers(line: Any) -> None:
    with pytest.raises(graphkb.GraphKBError, match="--from"):
        recognise("20260101_00000_x", f"{json.dumps(line)}\n")


def test_what_three_files_say_is_one_paper(tmp_path: Path) -> None:
    files = {"citations": [CITATION, {**CITATION, "citedcorpusid": 99}], "papers": [PAPER, OLD]}
    with graphkb.open(":memory:") as base:
        for name, lines in {"abstracts": [ABSTRACT], **files}.items():
            path = tmp_path / f"{name}.jsonl"
            path.write_text("\n".join(map(json.dumps, lines)))
            base.load(str(path))
        found = base.cypher(
            "MATCH (p:Paper)-[:CITES]->(c:Paper) "
            "RETURN p.id AS id, p.title AS title, p.abstract AS abstract, p.stub AS stub, "
            "c.id AS cited, c.stub AS cited_stub ORDER BY cited"
        )
    told = ("arxiv:1801.00001", "On Kites", "Kites fly.", False)
    assert [tuple(row) for row in found.rows] == [
        (*told, "s2:CorpusId:5", False),
        (*told, "s2:CorpusId:99", True),
    ]
