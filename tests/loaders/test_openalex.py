"""``openalex``: what is kept of a work, and what is asked of the service."""

import json
from pathlib import Path
from typing import Any

import pytest
from graphkb.loaders import recognise
from graphkb.loaders.openalex import openalex
from local_server import Answer, LocalServer, as_json, ask

from graphkb.errors import InputError
from graphkb.model.record import AuthorName, Organization, PaperRecord
from graphkb.model.source import Notice, Skipped, SourceInput, Yield

WORK: dict[str, Any] = {
    "id": "https://openalex.org/W42",
    "doi": "https://doi.org/10.1000/KITE",
    "title": "On <i>Kites</i>",
    "display_name": "On <i>Kites</i>",
    "publication_year": 2018,
    "publication_date": "2018-06-09",
    "primary_location": {
        "landing_page_url": "https://doi.org/10.1000/kite",
        "source": {"display_name": "Journal of Kites"},
    },
    "locations": [
        {"landing_page_url": "https://doi.org/10.1000/kite"},
        {"landing_page_url": "http://arxiv.org/abs/1801.00001"},
    ],
    "authorships": [
        {
            "author": {
                "id": "https://openalex.org/A1",
                "display_name": "Ada Kite",
                "orcid": "https://orcid.org/0000-0002-1825-0097",
            },
            "institutions": [{"display_name": "Kite Lab"}],
        },
        {"author": {"display_name": "Bo Kite", "orcid": None}, "institutions": []},
    ],
    "biblio": {"volume": "3", "issue": None, "first_page": "1", "last_page": "12"},
    "abstract_inverted_index": {
        "fly": [1, 4],
        "Kites": [0],
        "and": [2],
        "gliders": [3],
        "too.": [5],
    },
    "referenced_works": ["https://openalex.org/W7", "https://openalex.org/W8"],
    "is_paratext": False,
}
RECORD = PaperRecord(
    key="W42",
    title="On Kites",
    abstract="Kites fly and gliders fly too.",
    arxiv="1801.00001",
    doi="10.1000/kite",
    openalex="W42",
    authors=(AuthorName("Ada Kite", "0000-0002-1825-0097"), AuthorName("Bo Kite")),
    organizations=(Organization("Kite Lab"),),
    published="2018-06-09",
    venue="Journal of Kites",
    pages="1-12",
    references=("openalex:W7", "openalex:W8"),
)


def read(value: object) -> list[Yield]:
    return list(openalex.read(SourceInput("works.json", json.dumps(value))))


@pytest.mark.parametrize("value", [WORK, [WORK], {"meta": {"count": 1}, "results": [WORK]}])
def test_a_work_is_the_same_however_it_is_wrapped(value: object) -> None:
    assert recognise("works.json", json.dumps(value)) is openalex
    assert read(value) == [RECORD]


def test_the_least_that_a_work_has_is_an_id_and_a_title() -> None:
    assert read({**dict.fromkeys(WORK), "id": "W42", "title": "T"}) == [
        PaperRecord(key="W42", title="T", openalex="W42")
    ]


@pytest.mark.parametrize(
    ("dates", "shown"),
    [
        ({"publication_date": "2018-01-01"}, "2018"),
        ({"publication_date": None}, "2018"),
        ({"publication_date": None, "publication_year": None}, None),
    ],
)
def test_a_date_is_no_more_precise_than_what_is_known(
    dates: dict[str, object], shown: str | None
) -> None:
    (record,) = read({**WORK, **dates})
    assert isinstance(record, PaperRecord)
    assert record.published == shown


def test_the_doi_of_arxiv_gives_its_identifier() -> None:
    (record,) = read({**WORK, "doi": "https://doi.org/10.48550/arxiv.1801.00009", "locations": []})
    assert isinstance(record, PaperRecord)
    assert record.arxiv == "1801.00009"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"title": None, "display_name": None}, "work W42 has no title"),
        ({"id": "A42"}, "no work: 'A42' is no OpenAlex id"),
        ({"is_paratext": True}, "W42 is front matter, no paper"),
        ({"abstract_inverted_index": {"a": 3}}, "no list of positions"),
        ({"abstract_inverted_index": {"a": [10**9]}}, "has a position 1000000000"),
        ({"abstract_inverted_index": {"a": [-1]}}, "has a position -1"),
    ],
)
def test_what_is_no_paper_is_skipped_with_its_place(change: dict[str, object], reason: str) -> None:
    (found,) = read([{**WORK, **change}])
    assert isinstance(found, Skipped)
    assert (found.place, reason in found.reason) == ("$[0]", True)


def test_an_abstract_with_a_gap_is_kept_and_noticed() -> None:
    notice, record = read({**WORK, "abstract_inverted_index": {"Kites": [0], "fly.": [2]}})
    assert notice == Notice("line 1", "the abstract lacks 1 of its words")
    assert isinstance(record, PaperRecord)
    assert record.abstract == "Kites fly."


# Live


def test_works_are_asked_for_by_their_ids(local: LocalServer, tmp_path: Path) -> None:
    local.answer("/works/W42", as_json(WORK))
    local.answer("/works/doi:10.1000/kite", as_json({**WORK, "id": "https://openalex.org/W43"}))
    source = ask(openalex, local, "W42,10.1000/KITE,W404", tmp_path)
    assert [record.key for record in openalex.read(source) if isinstance(record, PaperRecord)] == [
        "W42",
        "W43",
    ]
    (remark,) = source.remarks
    assert isinstance(remark, Skipped)
    assert (remark.place, "knows nothing of it" in remark.reason) == ("W404", True)


def test_a_filter_is_followed_by_its_cursor(local: LocalServer, tmp_path: Path) -> None:
    def page(numbers: range, cursor: str | None) -> Answer:
        works = [{**WORK, "id": f"https://openalex.org/W{n}"} for n in numbers]
        return as_json({"meta": {"count": 150, "next_cursor": cursor}, "results": works})

    local.answer("/works", page(range(1, 101), "abc="), page(range(101, 151), None))
    source = ask(openalex, local, "filter=cites:W7,is_oa:true&sort=cited_by_count", tmp_path)
    assert len(list(openalex.read(source))) == 150
    first, second = (asked.parameters for asked in local.asked)
    assert (first["filter"], first["cursor"]) == ("cites:W7,is_oa:true", "*")
    assert second["cursor"] == "abc="
    assert source.remarks == ()


def test_a_limit_cuts_and_says_so(local: LocalServer, tmp_path: Path) -> None:
    works = [{**WORK, "id": f"https://openalex.org/W{n}"} for n in range(1, 101)]
    local.answer("/works", as_json({"meta": {"count": 900, "next_cursor": "x"}, "results": works}))
    source = ask(openalex, local, "search=kite&limit=30", tmp_path)
    assert len(list(openalex.read(source))) == 30
    (remark,) = source.remarks
    assert isinstance(remark, Notice)
    assert remark.message.startswith("OpenAlex finds 900 works, of which 30 are taken")


@pytest.mark.parametrize("argument", ["", "kite", "filter=x&page=3", "search=x&limit=0"])
def test_what_cannot_be_asked_is_refused_before_it_is(
    local: LocalServer, tmp_path: Path, argument: str
) -> None:
    with pytest.raises(InputError) as raised:
        ask(openalex, local, argument, tmp_path)
    assert raised.value.remedy
    assert not local.asked


def test_the_key_comes_from_the_environment(
    local: LocalServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENALEX_API_KEY", "a-key")
    local.answer("/works/W42", as_json(WORK))
    ask(openalex, local, "W42", tmp_path)
    assert local.asked[0].parameters == {"api_key": "a-key"}
