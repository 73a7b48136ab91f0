"""Papers as JSON lines or as one array: what is kept, what is left out, and what is said of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from graphkb.loaders import recognise
from graphkb.loaders.papers import papers, schema
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from graphkb.errors import InputError, UnknownFormatError
from graphkb.model.record import AuthorName, Organization, PaperRecord
from graphkb.model.source import Notice, Skipped, SourceInput, Yield

if TYPE_CHECKING:
    from pathlib import Path

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
FIELDS = [
    *("id", "title", "abstract", "arxiv", "doi", "openalex", "s2", "dblp", "published"),
    *(
        "aminer",
        "authors",
        "author_count",
        "organizations",
        "venue",
        "pages",
        "url",
        "upvotes",
        "comments",
    ),
    *("repositories", "references", "summary"),
]
plain = st.text(st.characters(categories=["L", "N"], include_characters=" -\n"))
plain_values = st.recursive(
    st.none() | st.booleans() | st.integers() | plain,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(plain, inner, max_size=3),
    max_leaves=5,
)
paper_objects = st.builds(
    lambda base, more: base | more,
    st.just({"id": "x", "title": "T"}),
    st.dictionaries(st.sampled_from(FIELDS), plain_values, max_size=4),
)


def read(text: str) -> list[Yield]:
    return list(papers.read(SourceInput("mine.jsonl", text)))


def line(**fields: object) -> str:
    return json.dumps({"id": "k1", "title": "A Kite", **fields})


def one(**fields: object) -> PaperRecord:
    [paper] = read(line(**fields))
    assert isinstance(paper, PaperRecord)
    return paper


def skipped(text: str) -> list[tuple[str, str]]:
    return [(s.place, s.reason) for s in read(text) if isinstance(s, Skipped)]


def noticed(text: str) -> list[tuple[str, str]]:
    return [(n.place, n.message) for n in read(text) if isinstance(n, Notice)]


def test_id_title_and_abstract_are_enough() -> None:
    assert one(abstract="It flies.") == PaperRecord(key="k1", title="A Kite", abstract="It flies.")


def test_text_is_cleaned_and_the_id_is_kept_as_it_is() -> None:
    paper = one(id=" K 1", title="A\n Kite", abstract="It\tflies\u200b.")
    assert (paper.key, paper.title, paper.abstract) == (" K 1", "A Kite", "It flies.")


@pytest.mark.parametrize("id_", ["2402.03300", "2402.03300v2", "arXiv:2402.03300"])
def test_an_id_that_is_an_arxiv_identifier_is_one(id_: str) -> None:
    assert (one(id=id_).key, one(id=id_).arxiv) == (id_, "2402.03300")


def test_every_field_has_its_place_in_the_record() -> None:
    paper = one(
        arxiv="https://arxiv.org/abs/2402.03300v1",
        doi="https://doi.org/10.1000/ABC",
        openalex="W123",
        s2="abc123",
        dblp="conf/kite/Doe24",
        published="2024-2",
        authors=["Jane Doe", {"name": "Jo Roe", "orcid": "https://orcid.org/0000-0002-1825-0097"}],
        author_count=2,
        organizations=["Kites", {"name": "Wind Lab", "handle": "wind"}],
        venue=" KiteConf ",
        pages="1-9",
        url="https://example.org/kite",
        upvotes=3,
        comments=0,
        repositories=["https://github.com/Wind/Kite.git", "github.com/wind/kite/tree/main"],
        references=["2401.00001v2", "doi:10.1000/XYZ", "10.48550/arXiv.2401.00001"],
        summary=True,
    )
    assert paper == PaperRecord(
        key="k1",
        title="A Kite",
        arxiv="2402.03300",
        doi="10.1000/abc",
        openalex="W123",
        s2="abc123",
        dblp="conf/kite/Doe24",
        published="2024-02",
        authors=(AuthorName("Jane Doe"), AuthorName("Jo Roe", "0000-0002-1825-0097")),
        author_count=2,
        organizations=(Organization("Kites"), Organization("Wind Lab", "wind")),
        venue="KiteConf",
        pages="1-9",
        url="https://example.org/kite",
        upvotes=3,
        comments=0,
        repositories=("repo:github.com/wind/kite",),
        references=("arxiv:2401.00001", "doi:10.1000/xyz"),
        summary=True,
    )


def test_null_is_as_good_as_missing() -> None:
    assert one(**dict.fromkeys(FIELDS[2:])) == one()


def test_arxivs_own_doi_gives_the_arxiv_identifier() -> None:
    assert one(doi="10.48550/arXiv.2402.03300").arxiv == "2402.03300"


def test_an_array_gives_the_same_as_lines() -> None:
    lines = [line(id="a"), line(id="b", venue="KiteConf")]
    assert read(f"[{','.join(lines)}]") == read("\n".join(lines)) == read("\r\n\r\n".join(lines))


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ('{"id": "x", "title": ', "no JSON: Expecting value at column 22"),
        ("not JSON", "no JSON"),
        ('["a", "b"]', "no object"),
        ('"text"', "no object"),
        ("null", "no object"),
        ("{}", "no id"),
        ('{"title": "T"}', "no id"),
        ('{"id": "  ", "title": "T"}', "no id"),
        ('{"id": 2402.033, "title": "T"}', "'id' is a number, not text"),
        ('{"id": "a\\u0000b", "title": "T"}', "character that no id has"),
        ('{"id": "\\ud800", "title": "T"}', "character that no id has"),
        ('{"id": "x"}', "paper 'x' has no title"),
        ('{"id": "x", "title": " \\n"}', "paper 'x' has no title"),
        ('{"id": "x", "title": ["T"]}', "'title' is a list, not text"),
        ('{"id": "x", "title": "T", "abstract": {}}', "'abstract' is an object, not text"),
        ('{"id": "x", "title": "T", "upvotes": "3"}', "'upvotes' is text, not a whole number"),
        ('{"id": "x", "title": "T", "upvotes": true}', "'upvotes' is true or false"),
        ('{"id": "x", "title": "T", "comments": 1.5}', "'comments' is a number"),
        ('{"id": "x", "title": "T", "authors": "Jane Doe"}', "'authors' is text, not a list"),
        ('{"id": "x", "title": "T", "authors": [1]}', "'authors' holds a number"),
        ('{"id": "x", "title": "T", "authors": [{"orcid": ""}]}', "without a name"),
        ('{"id": "x", "title": "T", "references": [null]}', "'references' holds null"),
        ('{"id": "x", "title": "T", "summary": "yes"}', "'summary' is text"),
        ("[" * 100_000, "no JSON that can be read: RecursionError"),
        ('{"id": "x", "title": "T", "upvotes": ' + "9" * 5000 + "}", "no JSON that can be read"),
    ],
)
def test_a_bad_line_is_skipped_with_its_line_and_reason(bad: str, reason: str) -> None:
    text = f"{line(id='a')}\n\n{bad}\n{line(id='b')}\n"
    [(place, said)] = skipped(text)
    assert place == "line 3"
    assert reason in said
    assert [paper.key for paper in read(text) if isinstance(paper, PaperRecord)] == ["a", "b"]


def test_a_bad_member_of_an_array_is_skipped_with_its_path() -> None:
    assert [place for place, _ in skipped(f"[{line()}, 3, {{}}]")] == ["$[1]", "$[2]"]


def test_an_id_that_stands_above_with_other_content_is_skipped() -> None:
    [(place, reason)] = skipped(f"{line()}\n{line(abstract='Another.')}")
    assert (place, "'k1' stands above" in reason) == ("line 2", True)


def test_a_record_that_is_repeated_comes_out_again_to_be_counted_as_merged() -> None:
    assert read(f"{line()}\n{line()}") == [one(), one()]


def test_an_unknown_field_is_noticed_once() -> None:
    text = f"{line(id='a', colour='red')}\n{line(id='b', colour='blue', size=3)}"
    assert [(place, "'colour'" in said) for place, said in noticed(text)] == [
        ("line 1", True),
        ("line 2", False),
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("arxiv", "2413.00001"),
        ("doi", "11.1/x"),
        ("s2", "a b"),
        ("published", "2019-02-30"),
        ("published", "soon"),
        ("url", "javascript:alert(1)"),
        ("upvotes", -1),
        ("comments", 2**40),
        ("repositories", ["https://github.com/features"]),
        ("references", ["a kite"]),
        ("authors", [{"name": "Jane Doe", "orcid": "0000-0002-1825-0098"}]),
    ],
)
def test_a_value_that_means_nothing_is_left_out_and_noticed(name: str, value: object) -> None:
    text = line(**{name: value})
    [(place, said)] = noticed(text)
    assert (place, f"{name!r}" in said, "left out" in said) == ("line 1", True, True)
    assert skipped(text) == []


@pytest.mark.parametrize("text", ["", " \n\n", "[", "[{}", '[{"id": "a"} x]', "[" * 100_000])
def test_an_empty_text_and_a_broken_array_are_errors(text: str) -> None:
    with pytest.raises(InputError, match=r"mine\.jsonl"):
        read(text)


def test_a_broken_array_is_an_error_that_names_the_line() -> None:
    with pytest.raises(InputError, match=r"mine\.jsonl:3"):
        read(f"[\n{line()},\n}}]")


@given(st.lists(st.dictionaries(st.sampled_from(FIELDS) | st.text(), json_values)))
def test_no_objects_make_it_fail(values: list[dict[str, object]]) -> None:
    text = "\n".join(json.dumps(value | {"id": "x"}) for value in values)
    for found in read(text) if text else []:
        if isinstance(found, PaperRecord):
            assert PaperRecord.from_json(found.to_json()) == found
            assert found.to_json().encode()


@given(paper_objects)
def test_what_fits_the_schema_is_not_skipped(value: dict[str, object]) -> None:
    fits = Draft202012Validator(schema()).is_valid(value)
    [found] = [one for one in read(json.dumps(value)) if not isinstance(one, Notice)]
    assert isinstance(found, PaperRecord if fits else PaperRecord | Skipped)


@pytest.mark.parametrize(
    "bad",
    [
        {},
        {"id": "x"},
        {"title": "T"},
        {"id": 3, "title": "T"},
        {"id": " ", "title": "T"},
        {"id": "a\x00", "title": "T"},
        {"id": "x", "title": "\n"},
        {"id": "x", "title": "T", "abstract": []},
        {"id": "x", "title": "T", "upvotes": "3"},
        {"id": "x", "title": "T", "comments": 1.5},
        {"id": "x", "title": "T", "authors": "Jane"},
        {"id": "x", "title": "T", "authors": [{"orcid": ""}]},
        {"id": "x", "title": "T", "references": [None]},
        {"id": "x", "title": "T", "summary": "yes"},
    ],
)
def test_what_is_skipped_does_not_fit_the_schema(bad: dict[str, object]) -> None:
    assert not Draft202012Validator(schema()).is_valid(bad)
    assert isinstance(read(json.dumps(bad))[-1], Skipped)


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(schema())


class TestRecognised:
    @pytest.mark.parametrize(
        "text",
        [
            line(),
            line(abstract="It flies."),
            line(abstract=None, colour="red"),
            f"\n{line()}\n{line()}",
            f"not JSON\n{line()}".replace("not JSON", '{"id": '),
            f"[{line()}, {line()}]",
            f"[\n  {line()},\n  {{",
            line(abstract="It flies.") + '\n{"id": "cut off at the 64th Ki',
        ],
    )
    def test_what_has_id_title_and_abstract(self, text: str) -> None:
        assert recognise("mine.json", text).name == "papers"

    @pytest.mark.parametrize(
        "text",
        [
            "{}",
            "[]",
            "[1, 2]",
            '{"title": "A Kite"}',
            '{"id": 3, "title": "A Kite"}',
            '{"id": "x", "title": ["A Kite"]}',
            line(introduces=[], relations=[]),
            line(summary="The abstract of another format"),
            '{"nodes": [{"id": "x", "title": "A Kite"}]}',
            "{" * 100_000,
        ],
    )
    def test_what_has_not_is_refused(self, text: str) -> None:
        with pytest.raises(UnknownFormatError, match="--from"):
            recognise("mine.json", text)

    def test_the_papers_of_the_development_set_are(self, shared: Path) -> None:
        path = shared / "data/gold/dev.papers.jsonl"
        text = path.read_text(encoding="utf-8")
        assert recognise(path.name, text[:65536]) is papers
        found = list(papers.read(SourceInput(path.name, text)))
        assert len(found) == 450
        assert all(isinstance(paper, PaperRecord) and paper.arxiv for paper in found)

    @pytest.mark.parametrize(
        "name",
        [
            "gold/dev.gold.jsonl",
            "cypher/fixture.json",
            "cypher/statements.jsonl",
            "cypher/embedded-cases.jsonl",
            "aminer/paper-source-trace-200.json",
            "crossref/works-sample.jsonl",
            "semantic_scholar/paper-turing-1950.json",
            "hf_daily/api/2025-12-10.json",
        ],
    )
    def test_other_json_is_refused(self, shared: Path, name: str) -> None:
        text = (shared / "data" / name).read_text(encoding="utf-8")
        assert not papers.recognise(name, text[:65536])
