"""Papers of AMiner with what they cite, by AMiner's own ids."""

import json
from pathlib import Path

import pytest
from graphkb.loaders import recognise
from graphkb.loaders.aminer import aminer

from graphkb.build.sourced import SourcedRecord
from graphkb.build.work import join_records
from graphkb.model.record import AuthorName, PaperRecord
from graphkb.model.source import Notice, Skipped, SourceInput, Yield

A, B, C = "5f7fdd328de39f0828397e22", "53e9b56cb7602d97040a65cc", "558be262e4b0cfb70a1a629e"
KITE = {
    "_id": A,
    "title": "On  Kites",
    "authors": [{"name": "Ana Lévy", "org": "1 Windy Road"}, {"name": "Ng, B."}],
    "venue": "Journal of Kites",
    "year": 2024,
    "references": [B, B, A],
    "refs_trace": [{"_id": C, "title": "Wind", "authors": []}],
    "notes": "by hand",
}


def read(*values: object) -> list[Yield]:
    return list(aminer.read(SourceInput("x.json", json.dumps(values, indent=1))))


def test_every_field_that_is_kept() -> None:
    record, cited = read(KITE)
    assert record == PaperRecord(
        key=A,
        title="On Kites",
        aminer=A,
        authors=(AuthorName("Ana Lévy"), AuthorName("B. Ng")),
        published="2024",
        venue="Journal of Kites",
        references=(f"aminer:{B}", f"aminer:{C}"),
    )
    assert cited == PaperRecord(key=f"cited:{C}", title="Wind", aminer=C, stub=True)


def test_papers_find_each_other_by_their_ids() -> None:
    records = read(KITE, {"_id": B, "title": "W", "references": []})
    works = join_records(
        SourcedRecord("aminer:x", found) for found in records if isinstance(found, PaperRecord)
    )
    assert [work.id for work in works.works] == [f"aminer:{B}", f"aminer:{C}", f"aminer:{A}"]


def test_a_cited_work_is_told_once_and_is_the_paper_where_that_is_there_too() -> None:
    other = {"_id": B, "title": "Other", "refs_trace": [{"_id": C, "title": "Told otherwise"}]}
    found = read(KITE, other, {"_id": C, "title": "Wind itself"})
    records = [one for one in found if isinstance(one, PaperRecord)]
    assert [record.title for record in records if record.stub] == ["Wind"]
    works = join_records(SourcedRecord("aminer:x", record) for record in records).works
    assert [len(work.records) for work in works] == [1, 2, 1]


def test_of_a_cited_work_without_a_title_the_id_is_kept() -> None:
    notice, record = read({**KITE, "refs_trace": [{"_id": C}]})
    assert isinstance(notice, Notice)
    assert "has no title; of this work the id is kept" in notice.message
    assert isinstance(record, PaperRecord)
    assert record.references == (f"aminer:{B}", f"aminer:{C}")


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (3, "no object"),
        ({"title": "T"}, "no id of AMiner"),
        ({"_id": "x", "title": "T"}, "'x' is no id of AMiner"),
        ({"_id": B, "title": " "}, "has no title"),
        ({"_id": 3, "title": "T"}, "'_id' is a number"),
        ({"_id": B, "title": "T", "references": "x"}, "'references' is no list"),
        ({"_id": B, "title": "T", "authors": ["Jane"]}, "'authors' holds what is no object"),
    ],
)
def test_a_bad_paper_is_skipped_with_its_path(bad: object, reason: str) -> None:
    skip = read({"_id": C, "title": "T"}, bad)[1]
    assert isinstance(skip, Skipped)
    assert skip.place == "$[1]"
    assert reason in skip.reason


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"year": "soon"}, "'soon' is no year"),
        ({"doi": "kite"}, "'kite' is no DOI"),
        ({"authors": [{"org": "x"}]}, "without a name"),
        ({"references": ["kite", {"title": "x"}, 3]}, "3 cited works have no id"),
    ],
)
def test_what_means_nothing_is_left_out_and_told(fields: dict[str, object], said: str) -> None:
    notice, record = read({"_id": A, "title": "T", **fields})
    assert isinstance(notice, Notice)
    assert said in notice.message
    assert isinstance(record, PaperRecord)


def test_it_is_recognised_though_its_first_paper_is_cut_off() -> None:
    assert recognise("x", json.dumps(KITE)) is aminer
    long = json.dumps([{**KITE, "refs_trace": [{"_id": B, "title": "x"}] * 9000}])
    assert recognise("x", long[:65536], more=True) is aminer


def test_the_papers_of_others_are_read(shared: Path) -> None:
    path = shared / "data/aminer/paper-source-trace-200.json"
    text = path.read_text(encoding="utf-8")
    assert recognise(path.name, text[:65536], more=True) is aminer
    found = list(aminer.read(SourceInput(path.name, text)))
    records = [one for one in found if isinstance(one, PaperRecord)]
    assert (sum(not record.stub for record in records), len(found)) == (200, 472)
    assert sum(len(record.references) for record in records) == 5993
