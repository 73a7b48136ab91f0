"""What persons decide holds in any order, outlives its sources, and can be taken back."""

from collections.abc import Sequence

import pytest
from decisions import decisions
from hypothesis import given
from hypothesis import strategies as st
from test_invariants import World, digest, loading, worlds

from graphkb.build.intake import Intake
from graphkb.errors import DecisionError
from graphkb.model.decision import Decision
from graphkb.model.record import AuthorName, PaperRecord
from graphkb.store import open_store
from graphkb.store.protocol import Store

LONG = "On the Joy of Deciding Things"


def built(world: World, order: Sequence[int], decided: Sequence[Decision], at: int = 0) -> str:
    """The digest after loading in an order, the decisions made after some of the loads."""
    with open_store(":memory:", write=True) as store:
        for number, source in enumerate(order):
            if number == at:
                loading(store).decide(decided)
            loading(store).load([world.intake(source)])
        if at >= len(order):
            loading(store).decide(decided)
        return digest(store)


@given(worlds.map(World), decisions, st.data())
def test_decisions_and_sources_in_any_order_give_one_graph(
    world: World, decided: list[Decision], data: st.DataObject
) -> None:
    numbers = range(len(world.sources))
    try:
        first = built(world, numbers, decided)
        order = data.draw(st.permutations(numbers))
        at = data.draw(st.integers(0, len(numbers)))
        shuffled = data.draw(st.permutations(decided))
        assert built(world, order, shuffled, at) == first
    except DecisionError:
        pass  # what contradicts itself was refused


@given(worlds.map(World), decisions)
def test_a_revoked_decision_leaves_the_graph_of_never_having_decided(
    world: World, decided: list[Decision]
) -> None:
    with open_store(":memory:", write=True) as store:
        for number in range(len(world.sources)):
            loading(store).load([world.intake(number)])
        before = digest(store)
        try:
            loading(store).decide(decided)
        except DecisionError:
            assert digest(store) == before
        loading(store).decide(())
        assert digest(store) == before
        assert loading(store).decisions() == ()


@given(worlds.map(World), decisions, st.data())
def test_a_decision_outlives_the_sources_that_it_is_about(
    world: World, decided: list[Decision], data: st.DataObject
) -> None:
    gone = data.draw(st.integers(0, len(world.sources) - 1))
    with open_store(":memory:", write=True) as store:
        loading(store).decide(decided)
        for number in range(len(world.sources)):
            loading(store).load([world.intake(number)])
        before = digest(store)
        loading(store).forget(f"test:{gone}")
        loading(store).load([world.intake(gone)])
        assert digest(store) == before
        assert {d.id for d in loading(store).decisions()} == {d.id for d in decided}


def paper(key: str, title: str = LONG, **fields: object) -> PaperRecord:
    return PaperRecord(key=key, title=title, **fields)  # type: ignore[arg-type]


def load(store: Store, *sources: Sequence[PaperRecord]) -> None:
    for number, records in enumerate(sources):
        loading(store).load(
            [Intake(f"test:{number}", f"place/{number}", tuple(records), 0, (), ())]
        )


def ids(store: Store, label: str = "Paper") -> list[str]:
    return sorted(e.id for e in store.entities([label]) if not e.properties.get("stub"))


def join(*keys: tuple[str, ...]) -> Decision:
    return Decision("join", "paper", keys[0], keys[1], ("A", "B"))


def apart(*keys: tuple[str, ...]) -> Decision:
    return Decision("apart", "paper", keys[0], keys[1], ("A", "B"))


def test_a_join_makes_one_paper_of_two_arxiv_ids(store_url: str) -> None:
    with open_store(store_url, write=True) as store:
        load(store, [paper("a", arxiv="2401.00001"), paper("b", "Other", arxiv="2401.00002")])
        loading(store).decide([join(("arxiv:2401.00001",), ("arxiv:2401.00002",))])
        assert ids(store) == ["arxiv:2401.00001"]
        (found,) = store.entities(["Paper"])
        assert found.properties["former_ids"] == ("arxiv:2401.00002",)
        loading(store).decide([])
        assert ids(store) == ["arxiv:2401.00001", "arxiv:2401.00002"]


def test_what_is_set_apart_stays_apart_whatever_would_join_it(store_url: str) -> None:
    with open_store(store_url, write=True) as store:
        loading(store).decide([apart(("arxiv:2401.00001",), ("doi:10.1/a",))])
        load(
            store,
            [paper("a", arxiv="2401.00001")],
            [paper("b", doi="10.1/a")],
            [paper("c", openalex="W1")],
        )
        assert len(ids(store)) == 2
        both = {"arxiv:2401.00001", "doi:10.1/a"}
        assert both <= set(ids(store))
        assert not loading(store).pending()


def test_records_that_share_an_identifier_are_set_apart_by_their_own_ids() -> None:
    with open_store(":memory:", write=True) as store:
        load(store, [paper("a", doi="10.1/a"), paper("b", doi="10.1/a")])
        loading(store).decide([apart(("record:test:0#a",), ("record:test:0#b",))])
        assert len(ids(store)) == 2


def test_a_join_with_what_is_only_cited_takes_the_citations() -> None:
    citing = paper("c", "A Paper that Cites Another", references=("doi:10.1/gone",))
    with open_store(":memory:", write=True) as store:
        load(store, [paper("a", arxiv="2401.00001"), citing])
        loading(store).decide([join(("arxiv:2401.00001",), ("doi:10.1/gone",))])
        assert [edge.end for edge in store.edges(["CITES"])] == ["arxiv:2401.00001"]
        assert not [e for e in store.entities(["Paper"]) if e.properties["stub"]]


def test_decisions_of_papers_that_contradict_each_other_are_refused_and_not_kept() -> None:
    with open_store(":memory:", write=True) as store:
        records = [paper(k, f"Title of {k}", doi=f"10.1/{k}") for k in "abc"]
        load(store, records)
        a, b, c = (("doi:10.1/a",), ("doi:10.1/b",), ("doi:10.1/c",))
        agreed = [join(a, b), join(b, c)]
        loading(store).decide(agreed)
        before = digest(store)
        with pytest.raises(DecisionError, match="a person set them apart"):
            loading(store).decide([*agreed, apart(a, c)])
        assert digest(store) == before


def name(word: str, first: str, second: str, *papers: str) -> Decision:
    return Decision(
        word,  # type: ignore[arg-type]
        "name",
        (f"method:{first}",),
        (f"method:{second}",),
        (first, second),
        paper=papers,
    )


KITE = paper(
    "k",
    "On the Study of What Flies",
    arxiv="2401.00001",
    abstract="We propose KITE, a variant of PPO.",
)
SNAKE = paper(
    "s",
    "On the Study of What Creeps",
    arxiv="2401.00002",
    abstract="We propose SNAKE. SNAKE outperforms KITE and PPO on MATH by 2%.",
)


def test_joined_names_are_one_node_under_the_first_with_the_other_as_alias(store_url: str) -> None:
    with open_store(store_url, write=True) as store:
        load(store, [KITE, SNAKE])
        loading(store).decide([name("join", "snake", "kite")])
        found = {e.id: e for e in store.entities(["Method"])}
        assert "method:kite" not in found
        assert found["method:snake"].name == "SNAKE"
        assert found["method:snake"].properties["aliases"] == ("KITE",)


def test_a_name_joined_with_the_catalogues_goes_by_that_ones_id() -> None:
    with open_store(":memory:", write=True) as store:
        load(store, [KITE, SNAKE])
        loading(store).decide([name("join", "kite", "ppo")])
        found = {e.id: e for e in store.entities(["Method"])}
        assert "method:kite" not in found
        assert found["method:ppo"].name == "PPO"


def test_a_spelling_set_apart_from_the_catalogues_has_a_node_of_its_own() -> None:
    spelled = paper("p", "Steps", abstract="We fine-tune it with Proximal Policy Optimization.")
    with open_store(":memory:", write=True) as store:
        load(store, [spelled, KITE])
        assert "method:proximalpolicyoptimization" not in ids(store, "Method")
        loading(store).decide([name("apart", "ppo", "proximalpolicyoptimization")])
        assert {"method:ppo", "method:proximalpolicyoptimization"} <= set(ids(store, "Method"))


def test_a_name_is_another_in_one_paper() -> None:
    with open_store(":memory:", write=True) as store:
        load(store, [KITE, SNAKE])
        loading(store).decide([name("apart", "kite", "kite", "arxiv:2401.00002")])
        kites = [id_ for id_ in ids(store, "Method") if id_.startswith("method:kite")]
        assert len(kites) == 2
        assert not loading(store).pending()


ADA, BOB, CY = AuthorName("Ada L"), AuthorName("Bob B"), AuthorName("Cy C")
WITH_BOB = paper("a", "One", doi="10.1/a", authors=(ADA, BOB))
WITH_CY = paper("b", "Two", doi="10.1/b", authors=(ADA, CY))
WITH_BOB_AGAIN = paper("c", "Three", doi="10.1/c", authors=(BOB, ADA))


def author(word: str, first: Sequence[str], second: Sequence[str]) -> Decision:
    return Decision(word, "author", tuple(first), tuple(second), ("A", "B"))  # type: ignore[arg-type]


def test_joined_authors_are_one_and_a_name_without_orcid_may_be_the_one_with_it() -> None:
    known = AuthorName("Ada Lovelace", "0000-0002-1825-0097")
    with open_store(":memory:", write=True) as store:
        load(store, [WITH_BOB, WITH_CY, paper("d", "Four", authors=(known,))])
        assert len([a for a in ids(store, "Author") if a.startswith("author:ada-l~")]) == 2
        one, two = ("key:ada-l", "doi:10.1/a"), ("key:ada-l", "doi:10.1/b")
        loading(store).decide([author("join", one, two)])
        assert "author:ada-l" in ids(store, "Author")
        loading(store).decide([author("join", one, ["orcid:0000-0002-1825-0097"])])
        assert {"author:ada-l", "author:0000-0002-1825-0097"} <= set(ids(store, "Author"))
        assert not loading(store).pending()


def test_authors_set_apart_are_two_though_they_share_another_author() -> None:
    with open_store(":memory:", write=True) as store:
        load(store, [WITH_BOB, WITH_BOB_AGAIN])
        assert "author:ada-l" in ids(store, "Author")
        one, two = ("key:ada-l", "doi:10.1/a"), ("key:ada-l", "doi:10.1/c")
        loading(store).decide([author("apart", one, two)])
        assert len([a for a in ids(store, "Author") if a.startswith("author:ada-l~")]) == 2


def edge(start: str, type_: str, end: Sequence[str], *papers: str) -> Decision:
    return Decision(
        "reject", "edge", (start,), tuple(end), ("A", "B"), relationship=type_, paper=papers
    )


def test_a_rejected_edge_stays_away_when_its_paper_is_loaded_again(store_url: str) -> None:
    with open_store(store_url, write=True) as store:
        load(store, [KITE, SNAKE])
        keys = {e.key[:3] for e in store.edges(["EXTENDS", "OUTPERFORMS"])}
        assert ("method:snake", "OUTPERFORMS", "method:kite") in keys
        loading(store).decide([edge("method:snake", "OUTPERFORMS", ["method:kite"])])
        loading(store).forget("test:0")
        load(store, [KITE, SNAKE])
        keys = {e.key[:3] for e in store.edges(["EXTENDS", "OUTPERFORMS"])}
        assert ("method:snake", "OUTPERFORMS", "method:kite") not in keys
        assert ("method:kite", "EXTENDS", "method:ppo") in keys


def test_a_rejected_introduction_is_a_mention() -> None:
    with open_store(":memory:", write=True) as store:
        load(store, [KITE])
        loading(store).decide([edge("arxiv:2401.00001", "INTRODUCES", ["name:kite"])])
        found = {(e.type, e.end) for e in store.edges(["INTRODUCES", "MENTIONS"])}
        assert ("MENTIONS", "method:kite") in found
        assert ("INTRODUCES", "method:kite") not in found


def test_a_rejected_mention_takes_the_name_out_of_the_paper() -> None:
    with open_store(":memory:", write=True) as store:
        load(store, [KITE, SNAKE])
        loading(store).decide([edge("arxiv:2401.00001", "MENTIONS", ["name:kite"])])
        naming = {(e.start, e.end) for e in store.edges(["INTRODUCES", "MENTIONS"])}
        assert ("arxiv:2401.00001", "method:kite") not in naming
        assert ("arxiv:2401.00002", "method:kite") in naming


def test_a_rejected_citation_author_and_organisation_are_gone_with_their_nodes() -> None:
    record = paper("a", arxiv="2401.00001", authors=(ADA, BOB), references=("doi:10.1/gone",))
    with open_store(":memory:", write=True) as store:
        load(store, [record])
        loading(store).decide(
            [
                edge("arxiv:2401.00001", "CITES", ["doi:10.1/gone"]),
                edge("arxiv:2401.00001", "AUTHORED_BY", ["key:bob-b"]),
            ]
        )
        assert list(store.edges(["CITES"])) == []
        assert ids(store, "Author") == ["author:ada-l"]
        assert ids(store) == [e.id for e in store.entities(["Paper"])]


def test_forgetting_everything_leaves_the_decisions_alone() -> None:
    with open_store(":memory:", write=True) as store:
        load(store, [KITE])
        loading(store).decide([name("join", "snake", "kite")])
        loading(store).forget("test:0")
        assert [e.label for e in store.entities()] == ["Decision"]


def test_two_joins_that_name_one_identifier_join_all_three_though_nobody_states_it() -> None:
    with open_store(":memory:", write=True) as store:
        load(store, [paper("a", "One", doi="10.1/a"), paper("c", "Three", doi="10.1/c")])
        a, b, c = (("doi:10.1/a",), ("doi:10.1/b",), ("doi:10.1/c",))
        loading(store).decide([join(a, b), join(b, c)])
        assert ids(store) == ["doi:10.1/a"]


@pytest.mark.parametrize("order", [(KITE,), (KITE, SNAKE), (SNAKE, KITE)])
@pytest.mark.parametrize(
    "decided",
    [
        name("join", "kite", "snake"),
        name("join", "snake", "kite"),
        name("join", "vit", "kite"),
        name("apart", "kite", "snake"),
        name("apart", "ppo", "kite"),
    ],
)
def test_a_load_after_the_decision_reaches_what_goes_by_the_other_name(
    order: Sequence[PaperRecord], decided: Decision
) -> None:
    alone = paper("w", "On the Study of What Winds", abstract="We propose SNAKE for it.")
    with open_store(":memory:", write=True) as store:
        loading(store).decide([decided])
        for number, record in enumerate((*order, alone)):
            loading(store).load([Intake(f"test:{number}", "place", (record,), 0, (), ())])
            assert not loading(store).pending()
