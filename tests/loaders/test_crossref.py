"""``crossref``: what is kept of a work, whichever way works are listed."""

import json
from pathlib import Path
from typing import Any

import pytest
from graphkb.loaders import recognise
from graphkb.loaders.crossref import crossref

from graphkb.model.record import AuthorName, Organization, PaperRecord
from graphkb.model.source import Notice, Skipped, SourceInput, Yield

WORK: dict[str, Any] = {
    "indexed": {"date-parts": [[2025, 6, 30]]},
    "DOI": "10.1000/KITE.1",
    "type": "journal-article",
    "title": ["On <i>Kites</i>"],
    "container-title": ["Journal of Kites &amp; Strings"],
    "abstract": "<jats:title>Abstract</jats:title><jats:p>Kites fly.</jats:p>",
    "author": [
        {
            "given": "Ada",
            "family": "Kite",
            "ORCID": "http://orcid.org/0000-0002-1825-0097",
            "affiliation": [{"name": "Kite Lab"}],
        },
        {"name": "The Kite Consortium", "affiliation": [{"name": "Kite Lab"}]},
    ],
    "issued": {"date-parts": [[2018, 6]]},
    "page": "1-12",
    "relation": {
        "has-preprint": [{"id-type": "doi", "id": "10.48550/arXiv.1801.00001"}],
    },
    "reference": [
        {"key": "1", "DOI": "10.1000/OLD", "article-title": "Old Kites"},
        {"key": "2", "DOI": "10.48550/arXiv.1701.00001"},
        {"key": "3", "unstructured": "A. Kite, personal communication"},
        {"key": "4", "DOI": "10.1000/old"},
    ],
}
RECORD = PaperRecord(
    key="10.1000/kite.1",
    title="On Kites",
    abstract="Kites fly.",
    arxiv="1801.00001",
    doi="10.1000/kite.1",
    authors=(AuthorName("Ada Kite", "0000-0002-1825-0097"), AuthorName("The Kite Consortium")),
    organizations=(Organization("Kite Lab"),),
    published="2018-06",
    venue="Journal of Kites & Strings",
    pages="1-12",
    references=("doi:10.1000/old", "arxiv:1701.00001"),
)
UNCITED = Notice(
    "",
    "1 references of 1 papers state no DOI and are left out: nothing tells which works they are",
)


def read(value: object) -> list[Yield]:
    return list(crossref.read(SourceInput("works.json", json.dumps(value))))


@pytest.mark.parametrize(
    "value",
    [
        WORK,
        [WORK],
        {"status": "ok", "message-type": "work", "message": WORK},
        {"status": "ok", "message-type": "work-list", "message": {"items": [WORK]}},
    ],
)
def test_a_work_is_the_same_however_it_is_wrapped(value: object) -> None:
    assert recognise("works.json", json.dumps(value)) is crossref
    assert read(value) == [RECORD, UNCITED]


def test_the_least_that_a_work_has_is_a_doi_and_a_title() -> None:
    assert read({"DOI": "10.1000/x", "title": ["T"], "author": None, "issued": None}) == [
        PaperRecord(key="10.1000/x", title="T", doi="10.1000/x")
    ]


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        ([[2018, 6, 9]], "2018-06-09"),
        ([[2018]], "2018"),
        ([[None]], None),
        ([], None),
        (None, None),
    ],
)
def test_a_date_is_as_precise_as_it_is_given(parts: object, shown: str | None) -> None:
    (record,) = read({"DOI": "10.1000/x", "title": ["T"], "issued": {"date-parts": parts}})
    assert isinstance(record, PaperRecord)
    assert record.published == shown


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"type": "component"}, "10.1000/kite.1 is a component, no paper"),
        ({"title": []}, "work 10.1000/kite.1 has no title"),
        ({"DOI": "kite"}, "no work: 'kite' is no DOI"),
        ({"author": "Ada"}, "'author' is text, not a list"),
        ({"issued": {"date-parts": [["soon"]]}}, "'issued' holds what is no date"),
    ],
)
def test_what_is_no_paper_is_skipped_with_its_place(change: dict[str, object], reason: str) -> None:
    assert read([{**WORK, **change}])[0] == Skipped("$[0]", reason)


def test_two_preprints_are_nobodys() -> None:
    twice = [{"id": "10.48550/arXiv.1801.00001"}, {"id": "10.48550/arXiv.1801.00002"}]
    record, _ = read({**WORK, "relation": {"has-preprint": twice}})
    assert isinstance(record, PaperRecord)
    assert record.arxiv is None


def test_csl_json_is_not_taken_for_it() -> None:
    csl = {"DOI": "10.1000/x", "title": "T", "type": "article-journal", "issued": {}}
    assert not crossref.recognise("x.json", json.dumps([csl]))


def test_the_real_works_give_40_papers_and_5_skips(shared: Path) -> None:
    path = shared / "data/crossref/works-sample.jsonl"
    text = path.read_text(encoding="utf-8")
    assert recognise(path.name, text[:65536], more=True) is crossref
    found = list(crossref.read(SourceInput(path.name, text)))
    records = [value for value in found if isinstance(value, PaperRecord)]
    assert (len(records), sum(isinstance(value, Skipped) for value in found)) == (40, 5)
    # 1,399 of the 1,960 references state a DOI; some state one twice.
    cited = sum(len(record.references) for record in records)
    assert 1390 <= cited <= 1399
    (notice,) = (value for value in found if isinstance(value, Notice))
    assert notice.message.startswith("561 references of 39 papers state no DOI")
    assert not [record for record in records if "<" in record.title or "jats" in record.abstract]
