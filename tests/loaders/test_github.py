"""Repositories of GitHub's API, in the shapes in which it gives them."""

import json

import pytest
from graphkb.loaders import recognise
from graphkb.loaders.github import github

from graphkb.model.record import RepositoryRecord
from graphkb.model.source import Notice, Skipped, SourceInput, Yield

KITE = {
    "id": 7,
    "node_id": "R_7",
    "full_name": "Wind/Kite",
    "html_url": "https://github.com/Wind/Kite",
    "private": False,
    "description": "A kite",
    "stargazers_count": 12,
    "language": "Python",
    "owner": {"login": "Wind"},
}
RECORD = RepositoryRecord(
    key="repo:github.com/wind/kite",
    repository="repo:github.com/wind/kite",
    name="Wind/Kite",
    url="https://github.com/Wind/Kite",
    stars=12,
    language="Python",
)


def read(value: object) -> list[Yield]:
    return list(github.read(SourceInput("x.json", json.dumps(value, indent=1))))


@pytest.mark.parametrize(
    "value",
    [
        KITE,
        [KITE],
        {"total_count": 1, "items": [KITE]},
        [{"starred_at": "2024-05-03T00:00:00Z", "repo": KITE}],
    ],
)
def test_every_shape_gives_the_repository_and_is_recognised(value: object) -> None:
    assert read(value) == [RECORD]
    assert recognise("x", json.dumps(value)) is github


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (3, "no object"),
        ({}, "no repository's address"),
        ({"html_url": "https://github.com/wind"}, "no repository's address"),
        ({"html_url": "javascript:alert(1)"}, "no repository's address"),
        ({**KITE, "private": True}, "is private"),
        ({**KITE, "stargazers_count": "12"}, "not a whole number"),
        ({**KITE, "language": 3}, "'language' is a number"),
    ],
)
def test_what_is_no_repository_is_skipped_with_its_path(bad: object, reason: str) -> None:
    first, skip = read([KITE, bad])
    assert first == RECORD
    assert isinstance(skip, Skipped)
    assert skip.place == "$[1]"
    assert reason in skip.reason


def test_a_count_that_means_nothing_is_left_out_and_told() -> None:
    notice, record = read({**KITE, "stargazers_count": -1})
    assert isinstance(notice, Notice)
    assert isinstance(record, RepositoryRecord)
    assert record.stars is None


@pytest.mark.parametrize(
    "value", [{"full_name": "a/b"}, {"html_url": "https://x.org"}, {"id": "1", "title": "T"}]
)
def test_other_json_is_not(value: object) -> None:
    assert not github.recognise("x", json.dumps(value))
