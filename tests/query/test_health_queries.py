"""What is asked about the graph's own health, on a graph small enough to answer by hand."""

from small_graph import Asked, small_graph

GRAPH = small_graph(
    papers={
        "Whole": "2024-01-05",
        "Moved": "2025-01-09",
        "Silent": "2025-03",
        "Bare": None,
        "stubKnown": "2017",
        "stubSmall": "2019",
        "stubCited": None,
    },
    things={
        "Method": "GRPO PPO TRPO DAPO raft1 raft2 RAFT Unborn Curated Loop",
        "Model": "Qwen",
        "Benchmark": "MATH",
        "Task": "reasoning",
        "Author": "Ada",
    },
    claims=[
        "Whole AUTHORED_BY Ada",
        "Silent AUTHORED_BY Ada",
        "Whole INTRODUCES GRPO",
        "Moved INTRODUCES DAPO",
        "stubKnown INTRODUCES PPO @stubKnown!",
        "stubSmall INTRODUCES TRPO @stubSmall!",
        "Whole CITES stubCited",
        "Whole MENTIONS Unborn",
        "Moved MENTIONS Unborn",
        "Moved MENTIONS Qwen",
        "Moved MENTIONS GRPO",
        "Moved MENTIONS Curated",
        "Moved MENTIONS reasoning",
        "Moved MENTIONS RAFT",
        "GRPO OUTPERFORMS DAPO @Whole on MATH",
        "DAPO OUTPERFORMS GRPO @Moved",
        "GRPO OUTPERFORMS PPO @Whole",
        "Loop OUTPERFORMS Loop @Whole",
        "GRPO EXTENDS PPO @Whole",
        "PPO EXTENDS TRPO @stubKnown!",
        "DAPO EXTENDS GRPO @Moved",
        "GRPO EXTENDS DAPO @Whole",
        "PPO GENERALIZES GRPO @Moved",
        "Loop EXTENDS Loop @Whole",
    ],
    known={
        "Whole": {"abstract": "All is said.", "author_count": 1},
        "Moved": {"abstract": "It moved.", "former_ids": ("title:moved", "doi:10.1/x")},
        "Silent": {"author_count": 1},
        "PPO": {"support": 9, "curated": True},
        "TRPO": {"support": 2, "curated": True},
        "Curated": {"curated": True},
        "RAFT": {"ambiguous": True, "senses": ("method:raft1", "method:raft2")},
        "raft1": {"name": "RAFT", "long_name": "Reward rAnked FineTuning", "support": 3},
        "raft2": {"name": "RAFT", "long_name": "Recurrent All-pairs Field Transforms"},
    },
)


def test_an_ambiguous_name_comes_with_what_it_may_mean_and_who_uses_it(ask: Asked) -> None:
    assert ask("ambiguous-names") == [
        ("RAFT", 1, ["method:raft1", "method:raft2"], "method:RAFT"),
    ]


def test_names_that_nobody_introduces_nor_the_catalogue_knows_are_listed(ask: Asked) -> None:
    assert ask("never-introduced") == [
        (2, "Unborn", "method", "method:Unborn"),
        (1, "Qwen", "model", "method:Qwen"),
    ]


def test_things_of_one_name_are_told_apart_by_their_long_names(ask: Asked) -> None:
    assert ask("same-names") == [
        ("RAFT", None, "method", 0, "method:RAFT"),
        ("RAFT", "Reward rAnked FineTuning", "method", 3, "method:raft1"),
        ("RAFT", "Recurrent All-pairs Field Transforms", "method", 0, "method:raft2"),
    ]


def test_papers_to_load_introduce_what_much_rests_on(ask: Asked) -> None:
    assert ask("introducers-not-loaded") == [
        (9, "stubKnown", "2017", ["PPO"], "title:stubKnown"),
        (2, "stubSmall", "2019", ["TRPO"], "title:stubSmall"),
    ]


def test_loaded_papers_of_which_nothing_is_said_are_orphans(ask: Asked) -> None:
    # An author is no statement: Silent has one. Stubs are not loaded.
    assert ask("orphans") == [
        ("2025-03", "Silent", False, "title:Silent"),
        (None, "Bare", False, "title:Bare"),
    ]


def test_what_had_other_ids_is_listed_with_them(ask: Asked) -> None:
    assert ask("merged") == [("Moved", ["title:moved", "doi:10.1/x"], "title:Moved")]


def test_claims_that_contradict_each_other_stand_side_by_side(ask: Asked) -> None:
    assert ask("contradicting-claims") == [
        (
            *("DAPO", "GRPO", "DAPO OUTPERFORMS GRPO.", "GRPO OUTPERFORMS DAPO.", "Moved", "Whole"),
            *(None, "method:MATH", "method:DAPO", "method:GRPO"),
        ),
    ]


def test_variants_of_each_other_are_one_way_round_at_most(ask: Asked) -> None:
    # PPO has GRPO as a special case, so to say that GRPO extends PPO is no contradiction.
    assert ask("lineage-cycles") == [
        (
            *("DAPO", "GRPO", "DAPO EXTENDS GRPO.", "GRPO EXTENDS DAPO.", "Moved", "Whole"),
            *("method:DAPO", "method:GRPO"),
        ),
    ]


def test_what_a_loaded_paper_lacks_is_named(ask: Asked) -> None:
    assert ask("incomplete-papers") == [
        (["abstract", "authors", "date"], "Bare", None, "title:Bare"),
        (["abstract"], "Silent", "2025-03", "title:Silent"),
        (["authors"], "Moved", "2025-01-09", "title:Moved"),
    ]
