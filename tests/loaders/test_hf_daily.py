"""``hf-daily``: what is kept of an answer, of a flat dump, and what is asked of the site."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from graphkb.loaders import recognise
from graphkb.loaders.hf_daily import hf_daily
from local_server import Answer, LocalServer, as_json, ask

from graphkb.errors import InputError
from graphkb.model.record import AuthorName, Organization, PaperRecord
from graphkb.model.source import Notice, Skipped, SourceInput, Yield

PAPER: dict[str, Any] = {
    "id": "2512.00001",
    "title": "Kites:\n  a Survey",
    "summary": "We survey kites.\nAll of them.",
    "authors": [
        {"_id": "1", "name": "Ada Kite", "hidden": False},
        {"_id": "2", "name": "Shy Kite", "hidden": True},
    ],
    "publishedAt": "2025-12-01T16:13:55.000Z",
    "upvotes": 74,
    "githubRepo": "https://github.com/Kites/Survey",
    "ai_summary": "Kites are surveyed.",
    "organization": {"_id": "3", "name": "KiteLab", "fullname": "Kite Laboratory"},
}
ENTRY: dict[str, Any] = {
    "paper": PAPER,
    "publishedAt": "2025-12-01T11:13:55.000Z",
    "title": PAPER["title"],
    "numComments": 2,
    "submittedBy": {"name": "someone"},
}
FLAT: dict[str, Any] = {
    "listing_date": "2025-12-02",
    "id": "2512.00001",
    "title": "Kites: a Survey",
    "summary": "We survey kites. All of them.",
    "authors": ["Ada Kite"],
    "publishedAt": "2025-12-01T16:13:55.000Z",
    "upvotes": 74,
    "numComments": 2,
    "githubRepo": "https://github.com/Kites/Survey",
    "projectPage": None,
    "org_name": "KiteLab",
    "org_fullname": "Kite Laboratory",
}
RECORD = PaperRecord(
    key="2512.00001",
    title="Kites: a Survey",
    abstract="We survey kites. All of them.",
    arxiv="2512.00001",
    authors=(AuthorName("Ada Kite"),),
    organizations=(Organization("Kite Laboratory", "KiteLab"),),
    published="2025-12-01",
    upvotes=74,
    comments=2,
    repositories=("repo:github.com/kites/survey",),
)


def read(value: object) -> list[Yield]:
    return list(hf_daily.read(SourceInput("day.json", json.dumps(value))))


def test_of_an_answer_the_paper_its_numbers_and_its_people_are_kept() -> None:
    assert read([ENTRY]) == [RECORD]


def test_a_flat_object_gives_the_same_record() -> None:
    assert read(FLAT) == [RECORD]


@pytest.mark.parametrize("value", [[ENTRY], ENTRY, FLAT, [FLAT]])
def test_both_forms_are_recognised(value: object) -> None:
    assert recognise("day.json", json.dumps(value)) is hf_daily


def test_nulls_are_nothing() -> None:
    nulls = {**dict.fromkeys(FLAT), "id": "2512.00001", "title": "Kites: a Survey"}
    assert read(nulls) == [PaperRecord(key="2512.00001", title=RECORD.title, arxiv="2512.00001")]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"title": None}, "paper '2512.00001' has no title"),
        ({"id": ""}, "no paper: it has no id"),
        ({"upvotes": "many"}, "'upvotes' is text, not a whole number"),
        ({"authors": "Ada"}, "'authors' is text, not a list"),
        ({"organization": ["x"]}, "'organization' is a list, not an object"),
    ],
)
def test_what_is_no_paper_is_skipped_with_its_place(change: dict[str, object], reason: str) -> None:
    found = read([ENTRY, {"paper": {**PAPER, **change}}])
    assert found == [RECORD, Skipped("$[1]", reason)]


def test_what_a_field_cannot_mean_is_left_out_and_noticed() -> None:
    odd = {"id": "pdf-7", "githubRepo": "https://github.com/kites", "publishedAt": "2025-02-30"}
    *notices, record = read({**FLAT, **odd})
    assert record == PaperRecord(
        **{name: getattr(RECORD, name) for name in ("title", "abstract", "authors")},
        key="pdf-7",
        organizations=RECORD.organizations,
        upvotes=74,
        comments=2,
    )
    messages = [notice.message for notice in notices if isinstance(notice, Notice)]
    assert sorted(message.partition(":")[0] for message in messages) == [
        "'githubRepo'",
        "'publishedAt'",
        "the id 'pdf-7' is no arXiv identifier",
    ]


# Live


def test_a_range_asks_for_each_of_its_days(local: LocalServer, tmp_path: Path) -> None:
    local.answer("/api/daily_papers", as_json([ENTRY]), as_json([]), as_json([]))
    source = ask(hf_daily, local, "2025-12-01..2025-12-03", tmp_path)
    assert source.name == "2025-12-01..2025-12-03"
    assert list(hf_daily.read(source)) == [RECORD]
    days = [asked.parameters["date"] for asked in local.asked]
    assert days == ["2025-12-01", "2025-12-02", "2025-12-03"]


def test_a_full_page_is_followed_by_the_next(local: LocalServer, tmp_path: Path) -> None:
    page = [{"paper": {**PAPER, "id": f"2512.{n:05}"}} for n in range(1, 101)]
    local.answer("/api/daily_papers", as_json(page), as_json([ENTRY]))
    ask(hf_daily, local, "2025-12-01", tmp_path)
    assert [asked.parameters["p"] for asked in local.asked] == ["0", "1"]


@pytest.mark.parametrize(
    "argument", ["", "yesterday", "2025-12", "2025-12-02..2025-12-01", "2020-01-01..2025-01-01"]
)
def test_what_is_no_day_is_refused_before_anything_is_asked(
    local: LocalServer, tmp_path: Path, argument: str
) -> None:
    with pytest.raises(InputError, match=r"no day|days"):
        ask(hf_daily, local, argument, tmp_path)
    assert not local.asked


def test_an_answer_that_is_no_list_is_refused(local: LocalServer, tmp_path: Path) -> None:
    local.answer("/api/daily_papers", Answer(b'{"error": "odd"}'))
    with pytest.raises(InputError, match="no list of papers"):
        ask(hf_daily, local, "2025-12-01", tmp_path)


# The real files


def test_the_real_days_give_their_218_papers(shared: Path) -> None:
    days = sorted((shared / "data/hf_daily/api").glob("*.json"))
    found = [
        value
        for day in days
        for value in hf_daily.read(SourceInput(day.name, day.read_text(encoding="utf-8")))
    ]
    assert (len(found), {type(value) for value in found}) == (218, {PaperRecord})
    for day in days:
        head = day.read_text(encoding="utf-8")[:65536]
        assert recognise(day.name, head, more=True) is hf_daily


def test_the_real_year_gives_its_3783_papers(shared: Path) -> None:
    path = shared / "data/hf_daily/papers-2025.jsonl.gz"
    source = SourceInput("papers-2025.jsonl", gzip.decompress(path.read_bytes()).decode())
    found = list(hf_daily.read(source))
    records = [value for value in found if isinstance(value, PaperRecord)]
    assert len({record.key for record in records}) == len(records) == 3783
    # Three addresses of repositories that lead to none.
    assert [value.place for value in found if isinstance(value, Notice)] == [
        "line 1314",
        "line 2688",
        "line 3016",
    ]
