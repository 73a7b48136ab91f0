"""Which records are one work."""

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkb.build.sourced import SourcedRecord
from graphkb.build.work import Works, join_records
from graphkb.model.record import AuthorName, PaperRecord

LONG = "On the Joy of Five Words"


def record(source: str, key: str, title: str = LONG, **fields: Any) -> SourcedRecord:
    return SourcedRecord(source, PaperRecord(key=key, title=title, **fields))


def ids(works: Works) -> list[str]:
    return [work.id for work in works.works]


def test_records_of_one_arxiv_id_are_one_work() -> None:
    works = join_records(
        [
            record("a:1", "x", "One title", arxiv="2401.00001"),
            record("b:1", "y", arxiv="2401.00001"),
        ]
    )
    assert ids(works) == ["arxiv:2401.00001"]


def test_an_arxiv_doi_is_the_arxiv_id() -> None:
    works = join_records(
        [
            record("a:1", "x", doi="10.48550/arxiv.2401.00001"),
            record("b:1", "y", arxiv="2401.00001"),
        ]
    )
    assert ids(works) == ["arxiv:2401.00001"]


def test_preprint_and_publication_of_one_title_are_one_work_with_both_ids() -> None:
    works = join_records(
        [record("a:1", "x", arxiv="2401.00001"), record("b:1", "y", doi="10.1/joy")]
    )
    assert ids(works) == ["arxiv:2401.00001"]
    assert works.works[0].former_ids == ("doi:10.1/joy",)


def test_a_better_identifier_promotes_the_work_and_keeps_its_former_id() -> None:
    works = join_records([record("a:1", "x"), record("b:1", "y", arxiv="2401.00001")])
    assert ids(works) == ["arxiv:2401.00001"]
    assert works.works[0].former_ids == ("title:on-the-joy-of-five-words",)


def test_a_title_of_four_words_joins_nothing() -> None:
    title = "On Joy and Words"
    works = join_records([record("a:1", "x", title), record("b:1", "y", title, doi="10.1/joy")])
    assert len(works.works) == 2


def test_a_short_title_joins_with_year_and_first_author() -> None:
    author = (AuthorName("Ada Lovelace"),)
    works = join_records(
        [
            record("a:1", "x", "Notes", authors=author, published="2024-12-30"),
            record("b:1", "y", "Notes", authors=(AuthorName("A. Lovelace"),), published="2025"),
        ]
    )
    assert len(works.works) == 1


@pytest.mark.parametrize(
    "other",
    [{"published": "2019"}, {"published": "2024", "authors": (AuthorName("Bob Other"),)}],
)
def test_a_title_joins_nothing_that_contradicts(other: dict[str, Any]) -> None:
    works = join_records(
        [
            record("a:1", "x", published="2024-05-01", authors=(AuthorName("Ada Lovelace"),)),
            record("b:1", "y", **other),
        ]
    )
    assert len(works.works) == 2


def test_two_arxiv_ids_are_never_one_work_and_the_refusal_is_told() -> None:
    works = join_records(
        [record("a:1", "x", arxiv="2401.00001"), record("b:1", "y", arxiv="2401.00002")]
    )
    assert ids(works) == ["arxiv:2401.00001", "arxiv:2401.00002"]
    assert "two arXiv ids" in works.refused[0].reason


def test_different_works_of_one_title_are_told_apart_by_a_hash() -> None:
    works = join_records(
        [record("a:1", "x", "Same", published="2001"), record("b:1", "y", "Same", published="2020")]
    )
    assert all(id_.startswith("title:same~") for id_ in ids(works))
    assert len(set(ids(works))) == 2


def test_the_order_of_records_does_not_matter() -> None:
    records = [
        record("a:1", "x"),
        record("b:1", "y", arxiv="2401.00001"),
        record("c:1", "z", arxiv="2401.00002"),
        record("d:1", "w", doi="10.1/joy"),
    ]
    outcomes = {
        tuple((work.id, tuple(s.key for s in work.records)) for work in join_records(order).works)
        for order in permutations(records)
    }
    assert len(outcomes) == 1


def test_a_record_whose_doi_names_another_arxiv_id_goes_by_its_own_field() -> None:
    works = join_records(
        [
            record("a:1", "x", "One", arxiv="2401.00001", doi="10.48550/arxiv.2401.00002"),
            record("b:1", "y", "One", arxiv="2401.00001"),
        ]
    )
    assert [(work.id, len(work.records)) for work in works.works] == [("arxiv:2401.00001", 2)]


def test_two_published_dois_of_one_preprint_are_two_works_with_an_id_each() -> None:
    works = join_records(
        [
            record("a:1", "x", "One", arxiv="2401.00001", doi="10.1/journal"),
            record("b:1", "y", "Two", arxiv="2401.00001", doi="10.2/conference"),
        ]
    )
    assert ids(works) == ["arxiv:2401.00001", "doi:10.2/conference"]
    assert "two published DOIs" in works.refused[0].reason
    assert works.ids["arxiv:2401.00001"] == "arxiv:2401.00001"
    assert not any("arxiv:2401.00001" in work.former_ids for work in works.works)


def test_records_of_one_identifier_meet_past_one_that_must_stay_apart() -> None:
    works = join_records(
        [
            record("a:1", "x", "One", s2="S"),
            record("a:1", "y", "Two", s2="S", arxiv="2401.00002", doi="10.1/two"),
            record("a:1", "z", "Three", s2="S", doi="10.1/three"),
            record("a:1", "w", "Four", s2="S", arxiv="2401.00001"),
        ]
    )
    assert {tuple(sorted(s.record.key for s in work.records)) for work in works.works} == {
        ("w", "x", "z"),
        ("y",),
    }


def test_a_record_that_says_little_does_not_bridge_works_of_different_authors() -> None:
    works = join_records(
        [
            record("a:1", "x", published="2024", authors=(AuthorName("Ada Lovelace"),)),
            record("b:1", "y"),
            record("c:1", "z", published="2024", authors=(AuthorName("Bob Other"),)),
        ]
    )
    assert [len(work.records) for work in works.works] != [3]
    assert "other authors" in works.refused[0].reason


def test_a_record_without_a_year_does_not_bridge_works_of_different_years() -> None:
    works = join_records(
        [
            record("a:1", "x", published="2004"),
            record("b:1", "y"),
            record("c:1", "z", published="2024"),
        ]
    )
    assert len(works.works) == 2
    assert "years" in works.refused[0].reason


@pytest.mark.parametrize("title", ["→ ∞", "🙂", "!?"])
def test_titles_without_letters_are_works_of_their_own(title: str) -> None:
    (one,) = join_records([record("a:1", "x", title)]).works
    assert one.id.removeprefix("title:")
    two = join_records([record("a:1", "x", title), record("b:1", "y", title)])
    other = join_records([record("a:1", "x", title), record("b:1", "y", "☃")])
    assert len(set(ids(two))) == len(set(ids(other))) == 2
    assert one.id in ids(other)


@pytest.mark.parametrize(
    "identifier", [{"doi": "10.1145/1122445.1122456"}, {"arxiv": "2401.00001"}]
)
def test_an_identifier_joins_nothing_whose_title_and_first_author_differ(
    identifier: dict[str, str],
) -> None:
    ada, bob = (AuthorName("Ada L"),), (AuthorName("Bob B"),)
    works = join_records(
        [
            record("a:1", "x", "Kites in Strong Wind", authors=ada, **identifier),
            record("a:1", "y", "A Theory of Glue", authors=bob, **identifier),
            record("b:1", "z", "A theory of glue", authors=bob, **identifier),
        ]
    )
    assert [len(work.records) for work in works.works] == [1, 2]
    assert [link.reason for link in works.refused] == ["titles and first authors differ"] * 2


@pytest.mark.parametrize(
    "other",
    [
        {"title": "Gliding Kites", "authors": (AuthorName("Bob B"),)},
        {"title": "A Theory of Glue", "authors": (AuthorName("Ada L"),)},
        {"title": "A Theory of Glue"},
        {"title": "风筝", "authors": (AuthorName("李"),)},
    ],
)
def test_an_identifier_joins_what_changed_its_title_or_its_authors(other: dict[str, Any]) -> None:
    first = record("a:1", "x", "Kites in Wind", authors=(AuthorName("Ada L"),), doi="10.1/joy")
    assert len(join_records([first, record("b:1", "y", doi="10.1/joy", **other)]).works) == 1


def test_a_preface_is_no_other_preface_of_its_author() -> None:
    wrote = {"authors": (AuthorName("Ada L"),), "published": "2024"}
    prefaces = [record("a:1", key, "Preface", **wrote) for key in ("x", "y")]
    assert len(join_records(prefaces).works) == 2


def test_an_id_is_never_longer_than_an_index_takes() -> None:
    (work,) = join_records([record("a:1", "x", "word " * 20_000)]).works
    assert len(work.id) < 600


def test_no_former_id_is_the_id_of_another_work() -> None:
    works = join_records(
        [
            record("a:1", "x", published="2001"),
            record("b:1", "y", published="2024", arxiv="2401.00001"),
            record("c:1", "z", published="2024"),
        ]
    )
    former = {id_ for work in works.works for id_ in work.former_ids}
    assert not former & set(ids(works))


def test_an_id_that_told_works_of_one_title_apart_is_a_former_id_after_a_promotion() -> None:
    bare = [
        record("a:1", "x", "Same", published="2001", authors=(AuthorName("Ada Lovelace"),)),
        record("b:1", "y", "Same", published="2020"),
    ]
    before = join_records(bare)
    promoting = record(
        "c:1", "z", "Same", published="2001", authors=bare[0].record.authors, arxiv="math/0101001"
    )
    after = join_records([*bare, promoting])
    (work,) = [work for work in after.works if work.id.startswith("arxiv:")]
    (old,) = [w.id for w in before.works if w.records[0].key == bare[0].key]
    assert {old, "title:same"} <= set(work.former_ids)


def test_keys_and_sources_with_a_hash_sign_do_not_run_into_each_other() -> None:
    works = join_records([record("a:1#x", "y", "One"), record("a:1", "x#y", "Two")])
    assert len(works.works) == 2


def test_an_arxiv_doi_gives_the_precedence_of_arxiv() -> None:
    works = join_records(
        [
            record("a:1", "x", "Published", doi="10.1/joy", s2="S"),
            record("b:1", "y", "Preprint", doi="10.48550/arxiv.2401.00001", s2="S"),
        ]
    )
    assert works.works[0].records[0].record.title == "Preprint"


def test_a_paper_cited_by_the_catalogue_lends_its_id_to_a_short_title_of_its_author() -> None:
    author = (AuthorName("Lovelace"),)
    cited = PaperRecord(
        key="c", title="Notes", arxiv="2401.00001", published="2024", authors=author
    )
    loaded = {"published": "2024", "authors": (AuthorName("Ada Lovelace"), AuthorName("Bob B"))}
    works = join_records(
        [record("a:1", "x", "Notes", **loaded), SourcedRecord("builtin:1", cited, curated=True)]
    )
    assert ids(works) == ["arxiv:2401.00001"]


def test_an_author_of_the_catalogue_contradicts_nobody() -> None:
    team = (AuthorName("Some Team"),)
    cited = PaperRecord(key="c", title=LONG, arxiv="2401.00001", published="2024", authors=team)
    works = join_records(
        [
            record("a:1", "x", published="2024", authors=(AuthorName("Ada Lovelace"),)),
            SourcedRecord("builtin:1", cited, curated=True),
        ]
    )
    assert ids(works) == ["arxiv:2401.00001"]


IDENTIFIERS = {
    "arxiv": st.sampled_from((None, None, "2401.00001", "2401.00002")),
    "doi": st.sampled_from((None, None, "10.1/a", "10.1/b", "10.48550/arxiv.2401.00002")),
    "s2": st.sampled_from((None, None, "S")),
    "published": st.sampled_from((None, "2001", "2023", "2024-05-01", "2025-05")),
    "authors": st.sampled_from(((), (AuthorName("Ada L"),), (AuthorName("Bob B"),))),
}
described = st.builds(
    lambda source, key, title, fields: record(f"{source}:1", str(key), title, **fields),
    st.sampled_from("abc"),
    st.integers(0, 3),
    st.sampled_from((LONG, LONG, "Short", "☃")),
    st.fixed_dictionaries(IDENTIFIERS),
)
collections = st.lists(described, max_size=7, unique_by=lambda sourced: sourced.key)


@given(collections)
def test_every_record_is_in_one_work_and_every_work_has_an_id_of_its_own(
    records: list[SourcedRecord],
) -> None:
    works = join_records(records)
    assert len(set(ids(works))) == len(works.works)
    assert sorted(s.key for work in works.works for s in work.records) == sorted(
        sourced.key for sourced in records
    )
    assert set(works.ids.values()) <= set(ids(works))
    for work in works.works:
        assert not set(work.former_ids) & set(ids(works))


@given(collections, st.data())
def test_every_id_that_a_part_of_the_records_gave_still_leads_to_its_work(
    records: list[SourcedRecord], data: st.DataObject
) -> None:
    part = [sourced for sourced in records if data.draw(st.booleans())]
    whole = join_records(records)
    now = {sourced.key: work for work in whole.works for sourced in work.records}
    displayed = set(ids(whole))
    for before in join_records(part).works:
        after = {now[sourced.key].id: now[sourced.key] for sourced in before.records}
        known = {id_ for work in after.values() for id_ in (work.id, *work.former_ids)}
        assert before.id in known | displayed


@pytest.mark.parametrize(("year", "works"), [("2025", 1), ("2026", 2)])
def test_a_year_between_two_records_is_no_contradiction_and_two_are(year: str, works: int) -> None:
    found = join_records([record("a:1", "x", published="2024"), record("b:1", "y", published=year)])
    assert len(found.works) == works
