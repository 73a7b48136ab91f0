"""Search, resolve, describe and count on a handful of entities."""

import pytest

from graphkb.errors import NotFoundError
from graphkb.model.graph import Edge, Entity, Value
from graphkb.query.count import Count, count
from graphkb.query.describe import describe
from graphkb.query.near import suggestions
from graphkb.query.resolve import resolve, search
from graphkb.store import Changes, Store, open_store


def thing(label: str, id_: str, name: str, **known: Value) -> Entity:
    if label == "Paper":
        known |= {"title": name, "stub": known.get("stub", False)}
    return Entity(label, id_, {"name": name, **known})


ENTITIES = (
    thing("Method", "method:po", "PO", long_name="Policy Optimization", support=1),
    thing("Method", "method:ppo", "PPO", long_name="Proximal Policy Optimization", support=9),
    thing("Method", "method:policy", "Policy", support=0),
    thing("Benchmark", "method:policygym", "Policy-Gym", support=3, aliases=("PGym",)),
    thing("Task", "task:policy", "policy", support=2),
    thing("Paper", "arxiv:1", "Policy Matters"),
    thing("Paper", "arxiv:2", "Optimization of a Policy", stub=True),
    thing(
        "Paper",
        "arxiv:3",
        "Why Policy Optimization Works",
        former_ids=("doi:10.1000/why", "title:why"),
    ),
    thing("Paper", "title:161660030aa6c9e3", "→"),
    thing("Result", "result:1", "policy", value=1.0, value_text="1"),
)


def edge(start: str, type_: str, end: str, paper: str, **known: Value) -> Edge:
    labels = {entity.id: entity.label for entity in ENTITIES}
    return Edge(start, type_, end, paper, labels[start], labels[end], known)


EDGES = (
    edge("arxiv:1", "MENTIONS", "method:ppo", "arxiv:1", stated="2020"),
    edge("arxiv:3", "INTRODUCES", "method:ppo", "arxiv:3", stated="2021"),
    edge("method:ppo", "EXTENDS", "method:po", "arxiv:3", stated="2021"),
    edge("method:ppo", "EXTENDS", "method:po", "arxiv:1", stated="2019"),
    edge("method:ppo", "EXTENDS", "method:ppo", "arxiv:9"),
)


@pytest.fixture(scope="module")
def store() -> Store:
    """Return a store that holds them."""
    held = open_store(":memory:", write=True)
    held.write(Changes(entities=ENTITIES, edges=EDGES))
    return held


def test_a_search_orders_by_what_matched_then_stubs_last_then_support(store: Store) -> None:
    assert [(m.named.id, m.how) for m in search(store, "policy")] == [
        ("task:policy", "name"),
        ("method:policy", "name"),
        ("method:policygym", "prefix"),
        ("method:po", "prefix"),
        ("arxiv:1", "prefix"),
        ("method:ppo", "word"),
        ("arxiv:3", "word"),
        ("arxiv:2", "word"),
    ]


def test_a_search_says_the_spelling_that_matched(store: Store) -> None:
    [match] = search(store, "pgym")
    assert (match.named.name, match.how, match.text) == ("Policy-Gym", "alias", "PGym")


def test_words_match_in_any_order_and_all_of_them(store: Store) -> None:
    found = {m.named.id for m in search(store, "optimization policy")}
    assert found == {"method:po", "method:ppo", "arxiv:2", "arxiv:3"}
    assert search(store, "policy xyzzy") == ()


@pytest.mark.parametrize("text", ["", "   ", "?!", "\x00"])
def test_what_holds_no_letter_finds_nothing(store: Store, text: str) -> None:
    assert search(store, text) == ()
    with pytest.raises(NotFoundError):
        resolve(store, text)


def test_a_search_is_bounded(store: Store) -> None:
    assert len(search(store, "policy", limit=2)) == 2
    assert len(search(store, "policy", limit=None)) == 8


def test_results_are_not_searched(store: Store) -> None:
    assert all(m.named.label != "Result" for m in search(store, "policy", limit=None))
    assert resolve(store, "result:1").label == "Result"


def test_a_name_resolves_to_the_better_supported_of_its_bearers(store: Store) -> None:
    assert resolve(store, "Policy").id == "task:policy"
    assert resolve(store, "policy", label="Method").id == "method:policy"


@pytest.mark.parametrize(
    "written", ["title:why", "doi:10.1000/why", "10.1000/why", "https://doi.org/10.1000/WHY"]
)
def test_a_former_id_resolves_in_any_spelling(store: Store, written: str) -> None:
    assert resolve(store, written).id == "arxiv:3"


def test_a_name_of_signs_alone_resolves(store: Store) -> None:
    assert resolve(store, "→").id == "title:161660030aa6c9e3"


def test_a_beginning_resolves_where_it_is_the_only_one(store: Store) -> None:
    assert resolve(store, "why pol").id == "arxiv:3"
    with pytest.raises(NotFoundError, match="Did you mean Policy-Gym or policy or PO or"):
        resolve(store, "poli")


def test_a_description_orders_statements_and_puts_mentions_last(store: Store) -> None:
    found = describe(store, resolve(store, "ppo"))
    assert (found.id, found.name) == ("method:ppo", "PPO")
    assert [(s.edge.type, s.outgoing, s.edge.paper) for s in found.statements] == [
        ("INTRODUCES", False, "arxiv:3"),
        ("EXTENDS", True, "arxiv:9"),
        ("EXTENDS", True, "arxiv:1"),
        ("EXTENDS", True, "arxiv:3"),
        ("MENTIONS", False, "arxiv:1"),
    ]


def test_a_statement_has_its_other_end_and_its_paper_where_it_is_known(store: Store) -> None:
    loop, first, *_ = describe(store, resolve(store, "ppo")).statements[1:]
    assert (loop.other.id, loop.paper) == ("method:ppo", None)
    assert first.paper is not None
    assert (first.other.id, first.paper.name) == ("method:po", "Policy Matters")


def test_a_count_follows_the_schema_stubs_apart_and_nothing_at_zero(store: Store) -> None:
    assert count(store) == (
        Count("entity", "Paper", 3),
        Count("entity", "Paper (stub)", 1),
        Count("entity", "Method", 3),
        Count("entity", "Benchmark", 1),
        Count("entity", "Task", 1),
        Count("entity", "Result", 1),
        Count("relationship", "INTRODUCES", 1),
        Count("relationship", "MENTIONS", 1),
        Count("relationship", "EXTENDS", 3),
    )


def test_an_empty_store_counts_nothing() -> None:
    with open_store(":memory:", write=True) as empty:
        assert count(empty) == ()
        assert search(empty, "x") == ()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("GRP0", "GRPO"),
        ("grop", "GRPO"),
        ("Qwen25VL", "Qwen2.5-VL"),
        ("lineags", "lineage"),
        ("ances", "ancestors"),
        ("Proximal Polcy Optimisation", "Proximal Policy Optimization"),
    ],
)
def test_what_is_nearly_a_name_suggests_it(typed: str, meant: str) -> None:
    known = ["GRPO", "Qwen2.5-VL", "lineage", "ancestors", "Proximal Policy Optimization", "QwQ"]
    assert suggestions(typed, known) == [meant]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("zzzqq", "QwQ"),
        ("NOPEX", "RoPE"),
        ("DPO", "PPO"),
        ("LoRA", "LLaVA"),
        ("xy", "xylophone"),
        ("?!", "→"),
    ],
)
def test_what_shares_a_few_letters_with_a_name_does_not_suggest_it(typed: str, name: str) -> None:
    assert suggestions(typed, [name]) == []


def test_a_store_of_nothing_says_that_nothing_is_loaded() -> None:
    with (
        open_store(":memory:", write=True) as empty,
        pytest.raises(NotFoundError, match="Nothing is loaded yet; run `graphkb load`"),
    ):
        resolve(empty, "GRPO")
