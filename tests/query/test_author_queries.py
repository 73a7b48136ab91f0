"""What is asked about authors and organisations, on a graph small enough to answer by hand."""

from small_graph import Asked, small_graph

# Ada wrote Early with Ben, Later with Ben and Cem, and Undated alone; Dee is alone too.
GRAPH = small_graph(
    papers={"Early": "2024-01-05", "Later": "2025-01-09", "Undated": None, "Other": "2025-03"},
    things={
        "Method": "GRPO DAPO",
        "Benchmark": "AIME",
        "Author": "Ada Ben Cem Dee",
        "Organization": "Lab Institute Firm",
    },
    claims=[
        "Early AUTHORED_BY Ada",
        "Early AUTHORED_BY Ben",
        "Later AUTHORED_BY Ben",
        "Later AUTHORED_BY Ada",
        "Later AUTHORED_BY Cem",
        "Undated AUTHORED_BY Ada",
        "Other AUTHORED_BY Dee",
        "Early AFFILIATED_WITH Lab",
        "Later AFFILIATED_WITH Lab",
        "Later AFFILIATED_WITH Institute",
        "Other AFFILIATED_WITH Firm",
        "Other AFFILIATED_WITH Lab",
        "Cem AFFILIATED_WITH Institute @Later",
        "Early INTRODUCES GRPO",
        "Later INTRODUCES DAPO",
        "Later INTRODUCES AIME",
        "Undated INTRODUCES GRPO",
    ],
    known={
        "GRPO": {"support": 5, "support_groups": 4},
        "DAPO": {"support": 2, "support_groups": 2},
        "AIME": {"support": 2},
    },
)


def test_an_authors_papers_are_listed_with_the_newest_first(ask: Asked) -> None:
    assert ask("author-papers", author="Ada") == [
        ("2025-01-09", "Later", ["AIME", "DAPO"], "title:Later"),
        ("2024-01-05", "Early", ["GRPO"], "title:Early"),
        (None, "Undated", ["GRPO"], "title:Undated"),
    ]


def test_co_authors_are_ranked_by_the_papers_that_both_wrote(ask: Asked) -> None:
    assert ask("co-authors", author="Ada") == [
        (2, "Ben", "2024-01-05", "2025-01-09", "author:Ben"),
        (1, "Cem", "2025-01-09", "2025-01-09", "author:Cem"),
    ]


def test_who_writes_alone_has_no_co_authors(ask: Asked) -> None:
    assert ask("co-authors", author="Dee") == []


def test_what_an_author_introduced_is_ranked_by_what_rests_on_it(ask: Asked) -> None:
    assert ask("author-introduced", author="Ada") == [
        (5, 4, "method", "GRPO", "2024-01-05", "Early", "method:GRPO"),
        (5, 4, "method", "GRPO", None, "Undated", "method:GRPO"),
        (2, 2, "method", "DAPO", "2025-01-09", "Later", "method:DAPO"),
        (2, None, "benchmark", "AIME", "2025-01-09", "Later", "method:AIME"),
    ]


def test_authors_are_ranked_by_papers(ask: Asked) -> None:
    assert ask("authors", limit=2) == [
        (3, "Ada", 3, "2024-01-05", "2025-01-09", "author:Ada"),
        (2, "Ben", 3, "2024-01-05", "2025-01-09", "author:Ben"),
    ]


def test_organizations_are_ranked_by_papers(ask: Asked) -> None:
    assert ask("organizations") == [
        (3, 3, "Lab", "2025-03", "org:Lab"),
        (1, 0, "Firm", "2025-03", "org:Firm"),
        (1, 2, "Institute", "2025-01-09", "org:Institute"),
    ]


def test_what_an_organization_introduced_is_ranked_by_what_rests_on_it(ask: Asked) -> None:
    assert ask("organization-introduced", organization="Lab") == [
        (5, 4, "method", "GRPO", "2024-01-05", "Early", "method:GRPO"),
        (2, 2, "method", "DAPO", "2025-01-09", "Later", "method:DAPO"),
        (2, None, "benchmark", "AIME", "2025-01-09", "Later", "method:AIME"),
    ]


def test_organizations_work_together_on_the_papers_that_come_from_both(ask: Asked) -> None:
    assert ask("organization-partners", organization="Lab") == [
        (1, "Firm", "2025-03", "org:Firm"),
        (1, "Institute", "2025-01-09", "org:Institute"),
    ]
    assert ask("organization-partners", organization="Firm") == [(1, "Lab", "2025-03", "org:Lab")]


def test_pairs_of_authors_are_ranked_by_the_papers_that_both_wrote(ask: Asked) -> None:
    assert ask("collaborations") == [
        (2, "Ada", "Ben", "2024-01-05", "2025-01-09", "author:Ada", "author:Ben"),
    ]
    assert [row[:3] for row in ask("collaborations", least=1)] == [
        (2, "Ada", "Ben"),
        (1, "Ada", "Cem"),
        (1, "Ben", "Cem"),
    ]
