"""Items of the Citation Style Language, told from the JSON of services."""

import json
from pathlib import Path

import pytest
from graphkb.loaders import recognise
from graphkb.loaders.csl_json import csl_json

from graphkb.model.record import AuthorName, PaperRecord
from graphkb.model.source import Notice, Skipped, SourceInput, Yield

KITE = {
    "id": "kite",
    "type": "article-journal",
    "title": "On <i>Kites</i> &amp; Wind",
    "abstract": "<jats:p>A kite flies.</jats:p>",
    "author": [
        {"family": "Lévy", "given": "Ana", "ORCID": "https://orcid.org/0000-0002-1825-0097"},
        {"family": "Berg", "given": "Jan", "non-dropping-particle": "van der", "suffix": "Jr."},
        {"literal": "Kite Team"},
    ],
    "issued": {"date-parts": [["2024", 5, "3"]]},
    "container-title": "Journal of Kites",
    "page": "1-9",
    "DOI": "10.1000/XYZ",
    "URL": "https://github.com/wind/kite",
    "publisher": "Wind",
}


def read(value: object) -> list[Yield]:
    return list(csl_json.read(SourceInput("mine.json", json.dumps(value, indent=1))))


def test_every_field_that_is_kept() -> None:
    assert read([KITE]) == [
        PaperRecord(
            key="kite",
            title="On Kites & Wind",
            abstract="A kite flies.",
            doi="10.1000/xyz",
            authors=(
                AuthorName("Ana Lévy", "0000-0002-1825-0097"),
                AuthorName("Jan van der Berg Jr."),
                AuthorName("Kite Team"),
            ),
            published="2024-05-03",
            venue="Journal of Kites",
            pages="1-9",
            url="https://github.com/wind/kite",
            repositories=("repo:github.com/wind/kite",),
        )
    ]


def test_items_may_stand_under_a_key() -> None:
    assert read({"items": [KITE]}) == read({"references": [KITE]}) == read(KITE) == read([KITE])


@pytest.mark.parametrize(
    "fields",
    [
        {"DOI": "10.48550/arXiv.2402.03300"},
        {"URL": "http://arxiv.org/abs/2402.03300"},
        {"number": "arXiv:2402.03300"},
        {"archive-location": "arXiv:2402.03300 [cs]"},
    ],
)
def test_an_arxiv_identifier_is_found(fields: dict[str, str]) -> None:
    [record] = read({"id": "k", "title": "T", **fields})
    assert isinstance(record, PaperRecord)
    assert record.arxiv == "2402.03300"


@pytest.mark.parametrize(
    ("issued", "published"),
    [
        ({"date-parts": [[2024]]}, "2024"),
        ({"date-parts": [[2024, 5], [2024, 6]]}, "2024-05"),
        ({"raw": "2024-05-03"}, "2024-05-03"),
        ({"literal": "2024"}, "2024"),
        ({"date-parts": [[None]]}, None),
        ({}, None),
    ],
)
def test_the_date_is_as_precise_as_it_is_given(issued: object, published: str | None) -> None:
    [record] = read({"id": 3, "title": "T", "issued": issued})
    assert isinstance(record, PaperRecord)
    assert (record.key, record.published) == ("3", published)


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (3, "no object"),
        ({}, "no id"),
        ({"id": "x"}, "has no title"),
        ({"id": True, "title": "T"}, "not text"),
        ({"id": "x", "title": ["T"]}, "'title' is a list"),
        ({"id": "x", "title": "T", "author": "Jane"}, "'author' is no list of objects"),
        ({"id": "x", "title": "T", "author": ["Jane"]}, "'author' is no list of objects"),
        ({"id": "x", "title": "T", "author": [{"family": 3}]}, "'family' is a number"),
        ({"id": "x", "title": "T", "issued": "2024"}, "'issued' is no object"),
        ({"id": "x", "title": "T", "DOI": 3}, "'DOI' is a number"),
    ],
)
def test_a_bad_item_is_skipped_with_its_path(bad: object, reason: str) -> None:
    first, skip, last = read([KITE, bad, KITE])
    assert first == last
    assert isinstance(skip, Skipped)
    assert skip.place == "$[1]"
    assert reason in skip.reason


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"DOI": "kite"}, "'kite' is no DOI"),
        ({"URL": "javascript:alert(1)"}, "no http or https address"),
        ({"issued": {"raw": "soon"}}, "'soon' is no date"),
        ({"author": [{"family": "Ng", "ORCID": "0"}]}, "'0' is no ORCID"),
        ({"author": [{}]}, "without a name"),
    ],
)
def test_what_means_nothing_is_left_out_and_told(fields: dict[str, object], said: str) -> None:
    notice, record = read({"id": "k", "title": "T", **fields})
    assert isinstance(notice, Notice)
    assert said in notice.message
    assert isinstance(record, PaperRecord)


@pytest.mark.parametrize("value", [KITE, [KITE], {"items": [KITE]}, {"references": [KITE]}])
def test_it_is_recognised(value: object) -> None:
    assert recognise("x", json.dumps(value)) is csl_json
    assert recognise("x", json.dumps(value, indent=2)) is csl_json


@pytest.mark.parametrize(
    "value",
    [
        {"id": "https://openalex.org/W1", "title": "T", "type": "article", "authorships": []},
        {"DOI": "10.1000/x", "title": ["T"], "type": "journal-article"},
        {"id": "1", "title": "T", "abstract": "A"},
        {"id": "1", "type": "article", "title": "T"},
    ],
)
def test_the_json_of_services_is_not(value: object) -> None:
    assert not csl_json.recognise("x.json", json.dumps(value))


def test_no_other_real_file_is(shared: Path) -> None:
    for path in sorted((shared / "data").rglob("*.json*")):
        if path.suffix != ".gz":
            text = path.read_bytes()[:65536].decode("utf-8", "ignore")
            assert not csl_json.recognise(path.name, text), path
