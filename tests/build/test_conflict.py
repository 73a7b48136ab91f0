"""What is displayed where records disagree, and what stays visible beside it."""

from itertools import permutations
from typing import Any

import pytest

from graphkb.build.conflict import Conflict, conflicts, dates_agree
from graphkb.build.paper import paper_entity
from graphkb.build.recorded import repositories_told
from graphkb.build.sourced import SourcedRecord, SourcedRepository
from graphkb.build.work import join_records
from graphkb.model.record import AuthorName, PaperRecord, RepositoryRecord

TITLE = "On the Joy of Five Words"


def record(source: str, **fields: Any) -> SourcedRecord:
    told = {"key": source, "title": TITLE, "doi": "10.1/joy"} | fields
    return SourcedRecord(source, PaperRecord(**told))


def found(*records: SourcedRecord) -> tuple[Conflict, ...]:
    """The conflicts of the one paper of these records, whatever their order."""
    answers = set()
    for order in permutations(records):
        (work,) = join_records(order).works
        answers.add(conflicts(paper_entity(work), order))
    (answer,) = answers
    return answer


def test_the_preprints_date_is_shown_and_the_publishers_and_listings_stay_visible() -> None:
    (conflict,) = found(
        record("bibtex:a", doi=None, published="2024-09-09"),
        record("crossref:b", published="2024-06-03"),
        record("arxiv:c", arxiv="2402.00001", published="2024-02-05"),
    )
    assert conflict.field == "published"
    assert (conflict.shown.value, conflict.shown.sources) == ("2024-02-05", ("arxiv:c",))
    assert [(said.value, said.sources) for said in conflict.others] == [
        ("2024-06-03", ("crossref:b",)),
        ("2024-09-09", ("bibtex:a",)),
    ]


def test_the_more_precise_date_is_shown() -> None:
    assert found(record("a:1", published="2024"), record("b:2", published="2024-06-03")) == ()
    (conflict,) = found(record("a:1", published="2023"), record("b:2", published="2024-06-03"))
    assert conflict.shown.value == "2024-06-03"
    assert conflict.others[0].value == "2023"


@pytest.mark.parametrize("other", ["2024", "2024-12", "2024-12-31", "2024-12-30", "2025-01-01"])
def test_a_less_precise_date_and_the_next_day_are_no_conflict(other: str) -> None:
    assert dates_agree("2024-12-31", other)


@pytest.mark.parametrize("other", ["2025", "2024-11", "2024-12-29", "2025-12-31"])
def test_another_date_is_a_conflict(other: str) -> None:
    assert not dates_agree("2024-12-31", other)


def test_the_largest_counter_is_shown() -> None:
    (conflict,) = found(record("a:1", upvotes=3), record("b:2", upvotes=12))
    assert (conflict.field, conflict.shown.value, conflict.others[0].value) == ("upvotes", 12, 3)


def test_sources_that_say_the_same_are_named_together() -> None:
    (conflict,) = found(
        record("a:1", upvotes=3), record("b:2", upvotes=12), record("c:3", upvotes=3)
    )
    assert conflict.others[0].sources == ("a:1", "c:3")


def test_spellings_of_one_title_and_venue_are_no_conflict() -> None:
    assert (
        found(
            record("a:1", venue="NeurIPS 2024", title="On the joy of five words."),
            record("b:2", venue="neurips 2024"),
        )
        == ()
    )


def test_another_title_venue_or_number_of_authors_is_a_conflict() -> None:
    fields = found(
        record("a:1", venue="ICML", title="The Joy of Words", authors=(AuthorName("Ada L"),)),
        record("b:2", venue="NeurIPS", authors=(AuthorName("Ada L"), AuthorName("Bob B"))),
    )
    assert [conflict.field for conflict in fields] == ["author_count", "title", "venue"]


def test_a_repositorys_stars_are_the_most_that_were_counted() -> None:
    told = [
        RepositoryRecord(str(n), "repo:github.com/a/b", "a/b", "https://github.com/a/b", n)
        for n in (5, 9)
    ]
    records = [SourcedRepository("github:x", one) for one in told]
    (repository,) = repositories_told(records)
    (conflict,) = conflicts(repository, records)
    assert (conflict.field, conflict.shown.value, conflict.others[0].value) == ("stars", 9, 5)
