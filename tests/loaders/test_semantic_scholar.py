"""``semantic-scholar``: papers with what they cite and what cites them."""

import json
from pathlib import Path
from typing import Any

import pytest
from graphkb.loaders import recognise
from graphkb.loaders.semantic_scholar import semantic_scholar
from local_server import Answer, LocalServer, as_json, ask

from graphkb.build.intake import records_of
from graphkb.errors import InputError
from graphkb.model.record import AuthorName, Organization, PaperRecord
from graphkb.model.source import Notice, Skipped, SourceInput, Yield

A, B, C, D = (letter * 40 for letter in "abcd")
CITED: list[Any] = [
    {
        "paperId": B,
        "externalIds": {"DOI": "10.1000/OLD", "ArXiv": "1701.00001", "CorpusId": 5},
        "title": "Old Kites",
        "abstract": "Old kites flew.",
        "year": 2017,
        "publicationDate": None,
    },
    {"paperId": None, "externalIds": None, "title": "A letter", "year": None},
]
CITING: list[Any] = [
    {"paperId": C, "externalIds": None, "title": "After Kites", "publicationDate": "2019-02-03"},
    {"paperId": D, "externalIds": {"DOI": "10.48550/arXiv.1901.00001"}, "title": None},
]
PAPER: dict[str, Any] = {
    "paperId": A,
    "externalIds": {"DBLP": "journals/x/Kite18", "DOI": "10.1000/KITE", "ArXiv": "1801.00001"},
    "corpusId": 7,
    "publicationVenue": {"name": "Journal of Kites and Strings"},
    "title": "On Kites",
    "abstract": "Kites fly.",
    "venue": "",
    "year": 2018,
    "publicationDate": "2018-06-09",
    "journal": {"name": "J. Kites", "pages": "1-12", "volume": "3"},
    "authors": [{"authorId": "1", "name": "Ada Kite", "affiliations": ["Kite Lab"]}],
    "references": CITED,
    "citations": CITING,
}
RECORD = PaperRecord(
    key=A,
    title="On Kites",
    abstract="Kites fly.",
    arxiv="1801.00001",
    doi="10.1000/kite",
    s2=A,
    dblp="journals/x/Kite18",
    authors=(AuthorName("Ada Kite"),),
    organizations=(Organization("Kite Lab"),),
    published="2018-06-09",
    venue="Journal of Kites and Strings",
    pages="1-12",
    references=("arxiv:1701.00001",),
)
TOLD = [
    PaperRecord(
        key="cited:arxiv:1701.00001",
        title="Old Kites",
        arxiv="1701.00001",
        doi="10.1000/old",
        s2=B,
        published="2017",
        stub=True,
    ),
    PaperRecord(
        key=f"cited:s2:{C}",
        title="After Kites",
        s2=C,
        published="2019-02-03",
        references=("arxiv:1801.00001",),
        stub=True,
    ),
    PaperRecord(
        key="cited:arxiv:1901.00001",
        title="arxiv:1901.00001",
        arxiv="1901.00001",
        doi="10.48550/arxiv.1901.00001",
        s2=D,
        references=("arxiv:1801.00001",),
        stub=True,
    ),
]
UNCITED = Notice(
    "",
    "1 references of 1 papers state no identifier and are left out: "
    "nothing tells which works they are",
)


def read(value: object) -> list[Yield]:
    return list(semantic_scholar.read(SourceInput("paper.json", json.dumps(value))))


@pytest.mark.parametrize("value", [PAPER, [PAPER], {"total": 1, "offset": 0, "data": [PAPER]}])
def test_a_paper_is_the_same_however_it_is_wrapped(value: object) -> None:
    assert recognise("paper.json", json.dumps(value)) is semantic_scholar
    assert read(value) == [RECORD, *TOLD, UNCITED]


def test_nulls_are_nothing() -> None:
    assert read({**dict.fromkeys(PAPER), "paperId": A, "title": "On Kites"}) == [
        PaperRecord(key=A, title="On Kites", s2=A)
    ]


def test_a_batch_says_null_for_what_it_does_not_know() -> None:
    found = read([None, {"paperId": A, "title": "On Kites"}])
    assert found[0] == Skipped("$[0]", "no object: each paper is one")
    assert found[1] == PaperRecord(key=A, title="On Kites", s2=A)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"title": None}, f"paper {A} has no title"),
        ({"paperId": None}, "no paper: it has no paperId"),
        ({"citations": 3}, "'citations' is a number, not a list"),
        ({"externalIds": []}, "'externalIds' is a list, not an object"),
    ],
)
def test_what_is_no_paper_is_skipped_with_its_place(change: dict[str, object], reason: str) -> None:
    assert read([{**PAPER, **change}])[0] == Skipped("$[0]", reason)


def test_an_identifier_that_is_none_is_left_out_and_noticed() -> None:
    odd = {"paperId": A, "title": "T", "externalIds": {"ArXiv": "x", "DOI": "y"}}
    *notices, record = read(odd)
    assert [notice.message for notice in notices if isinstance(notice, Notice)] == [
        "'x' is no arXiv identifier; left out",
        "'y' is no DOI; left out",
    ]
    assert record == PaperRecord(key=A, title="T", s2=A)


def test_a_work_that_cites_two_papers_of_a_source_is_one_record() -> None:
    other = {"paperId": B, "title": "On Strings", "citations": [CITING[0]]}
    given = SourceInput("papers.json", json.dumps([PAPER, other]))
    intake = records_of(semantic_scholar, given, "semantic-scholar:papers.json", "")
    (citing,) = (r for r in intake.records if isinstance(r, PaperRecord) and r.s2 == C)
    assert citing.references == ("arxiv:1801.00001", f"s2:{B}")
    assert intake.merged == 0


# Live


def test_both_directions_are_fetched_page_by_page(local: LocalServer, tmp_path: Path) -> None:
    bare = {name: value for name, value in PAPER.items() if name not in ("references", "citations")}
    path = "/paper/ARXIV:1801.00001"
    local.answer(path, as_json(bare))
    local.answer(
        f"{path}/references", as_json({"offset": 0, "data": [{"citedPaper": c} for c in CITED]})
    )
    first, second = ([{"citingPaper": citing}] for citing in CITING)
    local.answer(
        f"{path}/citations",
        as_json({"offset": 0, "next": 1, "data": first}),
        as_json({"offset": 1, "data": second}),
    )
    source = ask(semantic_scholar, local, "1801.00001", tmp_path)
    assert list(semantic_scholar.read(source)) == [RECORD, *TOLD, UNCITED]
    offsets = [a.parameters["offset"] for a in local.asked if a.path.endswith("/citations")]
    assert offsets == ["0", "1"]


def test_references_that_a_publisher_withholds_are_none(local: LocalServer, tmp_path: Path) -> None:
    local.answer(f"/paper/{A}", as_json({"paperId": A, "title": "On Kites"}))
    for name in ("references", "citations"):
        local.answer(f"/paper/{A}/{name}", as_json({"data": None}))
    source = ask(semantic_scholar, local, A, tmp_path)
    assert list(semantic_scholar.read(source)) == [PaperRecord(key=A, title="On Kites", s2=A)]


def test_pages_that_do_not_move_on_end(local: LocalServer, tmp_path: Path) -> None:
    local.answer(f"/paper/{A}", as_json({"paperId": A, "title": "On Kites"}))
    for name in ("references", "citations"):
        local.answer(f"/paper/{A}/{name}", as_json({"offset": 0, "next": 0, "data": []}))
    ask(semantic_scholar, local, A, tmp_path)
    assert len(local.asked) == 3


def test_what_the_service_does_not_know_is_a_skip(local: LocalServer, tmp_path: Path) -> None:
    source = ask(semantic_scholar, local, "DOI:10.1000/none", tmp_path)
    (remark,) = source.remarks
    assert isinstance(remark, Skipped)
    assert remark.place == "DOI:10.1000/none"
    assert local.asked[0].path == "/paper/DOI:10.1000/none"


@pytest.mark.parametrize("argument", ["", "kite", "../author/1", "DOI:10.1/a b"])
def test_what_is_no_identifier_is_refused_before_it_is_asked(
    local: LocalServer, tmp_path: Path, argument: str
) -> None:
    with pytest.raises(InputError, match="no identifier"):
        ask(semantic_scholar, local, argument, tmp_path)
    assert not local.asked


def test_an_answer_that_is_no_object_is_refused(local: LocalServer, tmp_path: Path) -> None:
    local.answer(f"/paper/{A}", Answer(b"[]"))
    with pytest.raises(InputError, match="no object"):
        ask(semantic_scholar, local, A, tmp_path)


# The real files


def test_the_real_paper_has_8_references_and_1000_citations(shared: Path) -> None:
    text = (shared / "data/semantic_scholar/paper-turing-1950.json").read_text(encoding="utf-8")
    assert recognise("turing.json", text[:65536], more=True) is semantic_scholar
    record, *told, notice = semantic_scholar.read(SourceInput("turing.json", text))
    assert isinstance(record, PaperRecord)
    assert (record.doi, record.published, record.dblp) == (
        "10.1093/mind/lix.236.433",
        "1950-10-01",
        "journals/x/Turing50",
    )
    works = [work for work in told if isinstance(work, PaperRecord) and work.stub]
    assert (len(record.references), len(told), len(works)) == (8, 1008, 1008)
    assert sum(work.references == ("doi:10.1093/mind/lix.236.433",) for work in works) == 1000
    assert isinstance(notice, Notice)
    assert notice.message.startswith("6 references of 1 papers")


def test_the_real_file_of_nulls_is_a_skip(shared: Path) -> None:
    text = (shared / "data/semantic_scholar/paper-null-values.json").read_text(encoding="utf-8")
    assert recognise("nulls.json", text) is semantic_scholar
    (found,) = semantic_scholar.read(SourceInput("nulls.json", text))
    assert isinstance(found, Skipped)
    assert "has no title" in found.reason
