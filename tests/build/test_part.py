"""What a change reaches, derived again, is the graph that all records derive."""

from collections.abc import Sequence

from decisions import decisions
from hypothesis import given, note
from hypothesis import strategies as st
from test_invariants import BUILDER, CATALOGUE, digest, reads

from graphkb.build.intake import Intake
from graphkb.build.loading import Loading
from graphkb.model.decision import Decision
from graphkb.model.record import (
    AuthorName,
    Organization,
    PaperRecord,
    Record,
    RepositoryRecord,
)
from graphkb.store import open_store
from graphkb.store.protocol import Store

ADA, BOB, CY = AuthorName("Ada L"), AuthorName("Bob B"), AuthorName("Cy C")
ADA_KNOWN = AuthorName("Ada L", "0000-0002-1825-0097")
ADA_SPELLED = AuthorName("ADA L")

papers = st.builds(
    PaperRecord,
    key=st.integers(0, 3).map(str),
    title=st.sampled_from(
        (
            "SPA: Stepwise Progress Attribution for Agents",
            "SPA: Spatial Pyramid Attention for Images",
            "A Study of Policies without a Critic",
            "On Sparse Attention and GRPO for MATH",
            "Short",
            "→ ∞",
        )
    ),
    abstract=st.sampled_from(
        (
            "",
            "We propose Stepwise Progress Attribution (SPA), a variant of GRPO, tested on MATH.",
            "We introduce SPA, a foundation model. SPA outperforms ViT on ImageNet by 2.1%.",
            "We introduce SPA, a new benchmark of 200 tasks. GPT-9 scores 12% on SPA.",
            "SPA is used with PPO on GSM8K for image generation. Code: https://github.com/a/spa.",
            "We propose Zeta, which extends SPA, and Zeta-Bench. Zeta beats PPO on Zeta-Bench.",
        )
    ),
    arxiv=st.sampled_from((None, None, "2401.00001", "2401.00002")),
    doi=st.sampled_from((None, None, "10.1/a", "10.1/b", "10.48550/arxiv.2401.00002")),
    published=st.sampled_from((None, "2024", "2024-06-01", "2019")),
    authors=st.lists(
        st.sampled_from((ADA, BOB, CY, ADA_KNOWN, ADA_SPELLED)), max_size=3, unique=True
    ).map(tuple),
    organizations=st.sampled_from(
        ((), (Organization("Lab"),), (Organization("lab"),), (Organization("The Lab", "Lab"),))
    ),
    repositories=st.sampled_from(((), ("https://github.com/A/SPA",), ("https://github.com/b/z",))),
    references=st.lists(
        st.sampled_from(("arxiv:2401.00001", "arxiv:2401.00002", "doi:10.1/a", "doi:10.1/gone")),
        max_size=2,
        unique=True,
    ).map(tuple),
)
repositories = st.builds(
    RepositoryRecord,
    key=st.integers(4, 5).map(str),
    repository=st.just("repo:github.com/a/spa"),
    name=st.sampled_from(("a/SPA", "A/spa")),
    url=st.just("https://github.com/A/SPA"),
    stars=st.sampled_from((None, 3, 5)),
    language=st.sampled_from((None, "Python")),
)
cited_works = st.builds(
    PaperRecord,
    key=st.integers(6, 8).map(str),
    title=st.sampled_from(("A Study of Policies without a Critic", "What Cites and is Cited")),
    arxiv=st.sampled_from((None, "2401.00001", "2401.00002", "2402.03300")),
    doi=st.sampled_from(("10.1/a", "10.1/gone")),
    published=st.sampled_from((None, "2024-06-01", "2019")),
    references=st.sampled_from(((), ("arxiv:2401.00002",), ("doi:10.1/gone",), ("doi:10.1/a",))),
    stub=st.just(True),
)
contents = st.lists(
    papers | cited_works | repositories, max_size=3, unique_by=lambda record: record.key
)
steps = st.lists(st.tuples(st.integers(0, 2), contents), min_size=2, max_size=5)


def loading(store: Store) -> Loading:
    return Loading(store, BUILDER, CATALOGUE, reads, share=float("inf"))


def intake(number: int, records: Sequence[Record]) -> Intake:
    return Intake(f"test:{number}", f"place/{number}", tuple(records), 0, (), ())


@given(steps)
def test_a_step_at_a_time_gives_what_all_records_derive(
    taken: Sequence[tuple[int, Sequence[Record]]],
) -> None:
    with open_store(":memory:", write=True) as store:
        held = set()
        for number, records in taken:
            if records or number not in held:
                loading(store).load([intake(number, records)])
                held.add(number)
            else:
                loading(store).forget(f"test:{number}")
                held.remove(number)
            left = loading(store).pending()
            note(f"{number}: {left}")
            assert not left


@given(steps, decisions)
def test_what_persons_decided_holds_in_every_step(
    taken: Sequence[tuple[int, Sequence[Record]]], decided: Sequence[Decision]
) -> None:
    with open_store(":memory:", write=True) as store:
        held = set()
        loading(store).decide(decided)
        for number, records in taken:
            if records or number not in held:
                loading(store).load([intake(number, records)])
                held.add(number)
            else:
                loading(store).forget(f"test:{number}")
                held.remove(number)
            left = loading(store).pending()
            note(f"{number}: {left}")
            assert not left
            assert loading(store).decisions() == tuple(sorted(decided, key=lambda d: d.id))


def test_a_change_writes_only_what_it_reaches() -> None:
    many = [
        PaperRecord(key=str(n), title=f"Title number {n} of many", authors=(AuthorName(f"A {n}"),))
        for n in range(50)
    ]
    with open_store(":memory:", write=True) as store:
        loading(store).load([intake(0, many)])
        _, changes = loading(store).load(
            [intake(1, [PaperRecord(key="x", title="One more of it")])]
        )
        assert changes == 3, "the source, the record and the paper"


def test_a_work_that_gets_another_id_takes_its_citations_along() -> None:
    citing = PaperRecord(key="c", title="A Paper that Cites Another", references=("doi:10.1/a",))
    cited = PaperRecord(key="d", title="The Paper that is Cited There", doi="10.1/a")
    better = PaperRecord(
        key="e", title="The Paper that is Cited There", doi="10.1/a", arxiv="2401.00009"
    )
    with open_store(":memory:", write=True) as store:
        for number, record in enumerate((citing, cited, better)):
            loading(store).load([intake(number, [record])])
        assert [e.end for e in store.edges(["CITES"])] == ["arxiv:2401.00009"]
        before = digest(store)
        assert loading(store).rebuild() == 0
        assert digest(store) == before


def test_a_paper_that_cites_itself_cites_nobody_once_the_identifier_is_another_ones() -> None:
    title = "SPA: Stepwise Progress Attribution for Agents"
    own = PaperRecord(key="a", title=title, arxiv="2401.00009", doi="10.1/a")
    listed = PaperRecord(key="b", title=title, references=("doi:10.1/a",))
    other = PaperRecord(key="c", title="A Study of Another", arxiv="2401.00001", doi="10.1/a")
    with open_store(":memory:", write=True) as store:
        loading(store).load([intake(1, [own, listed])])
        loading(store).load([intake(0, [other])])
        assert not loading(store).pending()
        assert [edge.end for edge in store.edges(["CITES"])] == []
