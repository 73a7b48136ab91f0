"""What is asked about papers, on a graph that is small enough to answer by hand."""

from small_graph import Asked, small_graph

# Later cites Early and Middle; all but Middle cite the stub.
GRAPH = small_graph(
    papers={
        "Early": "2024-01-05",
        "Middle": "2024-03",
        "Later": "2025-01-09",
        "Undated": None,
        "Latest": "2025-06-02",
        "stubOld": "2017",
        "stubLone": None,
    },
    things={
        "Method": "PPO GRPO DAPO",
        "Model": "Qwen",
        "Benchmark": "MATH AIME",
        "Task": "reasoning",
    },
    claims=[
        "Middle CITES Early",
        "Later CITES Early",
        "Later CITES Middle",
        "Later CITES stubOld",
        "Undated CITES Early",
        "Undated CITES stubOld",
        "Latest CITES Later",
        "Latest CITES stubOld",
        "Latest CITES stubLone",
        "stubOld INTRODUCES PPO @stubOld!",
        "Early INTRODUCES GRPO",
        "Later INTRODUCES DAPO",
        "Latest INTRODUCES AIME",
        "Latest INTRODUCES Qwen",
        "Middle MENTIONS GRPO",
        "Middle MENTIONS MATH",
        "Later MENTIONS GRPO",
        "Later MENTIONS MATH",
        "Later MENTIONS PPO",
        "Undated MENTIONS PPO",
        "Early MENTIONS PPO",
        "Latest MENTIONS DAPO",
        "Undated MENTIONS reasoning",
        "Middle SURVEYS PPO",
        "Middle SURVEYS reasoning",
        "Undated SURVEYS PPO",
    ],
    known={
        "PPO": {"support": 9},
        "GRPO": {"support": 3},
        "DAPO": {"support": 1},
        "MATH": {"support": 1},
        "Early": {"upvotes": 7},
        "Middle": {"upvotes": 12},
        "Latest": {"upvotes": 7},
        "Undated": {"upvotes": 30},
    },
)


def test_what_a_paper_cites_is_listed_with_the_most_cited_first(ask: Asked) -> None:
    assert ask("cites", paper="Later") == [
        (3, "Early", "2024-01-05", True, "title:Early"),
        (3, "stubOld", "2017", False, "title:stubOld"),
        (1, "Middle", "2024-03", True, "title:Middle"),
    ]


def test_what_cites_a_paper_is_listed_with_the_newest_first(ask: Asked) -> None:
    assert ask("cited-by", paper="Early") == [
        ("2025-01-09", "Later", 1, "title:Later"),
        ("2024-03", "Middle", 1, "title:Middle"),
        (None, "Undated", 0, "title:Undated"),
    ]


def test_what_cites_a_paper_may_be_asked_of_some_time_on(ask: Asked) -> None:
    assert [row[1] for row in ask("cited-by", paper="Early", since="2024-03-15")] == [
        "Later",
        "Middle",
    ]
    assert [row[1] for row in ask("cited-by", paper="Early", since="2024-04")] == ["Later"]


def test_papers_are_cited_together_as_often_as_papers_cite_both(ask: Asked) -> None:
    # Middle, Later and Undated cite Early: two of them the stub too, one of them Middle.
    assert ask("co-cited", paper="Early") == [
        (2, "stubOld", "2017", False, "title:stubOld"),
        (1, "Middle", "2024-03", True, "title:Middle"),
    ]


def test_papers_are_coupled_by_what_both_cite(ask: Asked) -> None:
    # Undated cites Early and the stub. Later cites both; Latest the stub alone, Middle Early.
    assert ask("coupled", paper="Undated") == [
        (2, 3, "2025-01-09", "Later", "title:Later"),
        (1, 3, "2025-06-02", "Latest", "title:Latest"),
        (1, 1, "2024-03", "Middle", "title:Middle"),
    ]


def test_papers_are_alike_that_name_the_same_rare_things(ask: Asked) -> None:
    # With Later: Middle shares GRPO (1000/4) and MATH (1000/2); Early GRPO and PPO (1000/10).
    assert ask("similar-papers", paper="Later") == [
        (750, ["GRPO", "MATH"], "2024-03", "Middle", "title:Middle"),
        (500, ["DAPO"], "2025-06-02", "Latest", "title:Latest"),
        (350, ["GRPO", "PPO"], "2024-01-05", "Early", "title:Early"),
        (100, ["PPO"], None, "Undated", "title:Undated"),
    ]


def test_what_many_papers_name_makes_no_papers_alike(ask: Asked) -> None:
    alike = ask("similar-papers", paper="Later", widest=8)
    assert [row[3] for row in alike] == ["Middle", "Latest", "Early"]
    assert alike[2][:2] == (250, ["GRPO"])


def test_the_most_cited_papers_come_first_stubs_and_all(ask: Asked) -> None:
    assert ask("most-cited") == [
        (3, "Early", "2024-01-05", True, "title:Early"),
        (3, "stubOld", "2017", False, "title:stubOld"),
        (1, "Later", "2025-01-09", True, "title:Later"),
        (1, "Middle", "2024-03", True, "title:Middle"),
        (1, "stubLone", None, False, "title:stubLone"),
    ]


def test_what_is_cited_and_not_loaded_comes_with_what_it_introduces(ask: Asked) -> None:
    assert ask("cited-not-loaded") == [
        (3, "stubOld", "2017", ["PPO"], "title:stubOld"),
        (1, "stubLone", None, [], "title:stubLone"),
    ]


def test_what_is_new_is_of_the_newest_month_if_nothing_else_is_asked(ask: Asked) -> None:
    assert ask("new-papers") == [("2025-06-02", "Latest", ["AIME", "Qwen"], 7, "title:Latest")]


def test_what_is_new_since_a_day_counts_that_day(ask: Asked) -> None:
    assert [row[1] for row in ask("new-papers", since="2025-01-09")] == ["Latest", "Later"]
    assert [row[1] for row in ask("new-papers", since="2025-01-10")] == ["Latest"]


def test_a_date_without_a_day_is_new_if_it_may_be(ask: Asked) -> None:
    assert [row[1] for row in ask("new-papers", since="2024-03-20")] == [
        "Latest",
        "Later",
        "Middle",
    ]


def test_papers_are_ranked_by_upvotes_of_a_time(ask: Asked) -> None:
    ranked = [(row[0], row[2]) for row in ask("upvoted")]
    assert ranked == [(30, "Undated"), (12, "Middle"), (7, "Latest"), (7, "Early")]
    dated = ask("upvoted", since="2024-01", until="2024-03")
    assert dated == [
        (12, "2024-03", "Middle", [], "title:Middle"),
        (7, "2024-01-05", "Early", ["GRPO"], "title:Early"),
    ]


def test_surveys_are_listed_with_what_they_survey(ask: Asked) -> None:
    assert ask("surveys") == [
        ("2024-03", "Middle", "PPO", "Middle SURVEYS PPO.", "title:Middle"),
        ("2024-03", "Middle", "reasoning", "Middle SURVEYS reasoning.", "title:Middle"),
        (None, "Undated", "PPO", "Undated SURVEYS PPO.", "title:Undated"),
    ]
