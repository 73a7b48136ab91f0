"""Idempotent, order-free, reversible: measured by the digest of a store."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from graphkb.build.check import check_store
from graphkb.build.derive import Read
from graphkb.build.ground import Builder
from graphkb.build.intake import Intake
from graphkb.build.loading import Loading
from graphkb.extract.catalogue import Catalogue, Citation, Entry, Parent
from graphkb.extract.reader import Reader, accepted
from graphkb.model.graph import graph_digest
from graphkb.model.reading import Reading
from graphkb.model.record import AuthorName, PaperRecord
from graphkb.store import open_store
from graphkb.store.protocol import Store

# A few entries, and one of each difficulty: an ambiguous name, a lineage, a paper that is loaded.
CATALOGUE = Catalogue(
    [
        Entry(
            "GRPO",
            "Group Relative Policy Optimization",
            "method",
            paper=Citation("arxiv:2401.00002", "A Study of Policies without a Critic", 2024, "L"),
            extends=(Parent("PPO", "has no critic"),),
        ),
        Entry("PPO", "Proximal Policy Optimization", "method"),
        Entry("SPA", "Sparse Attention", "method", ambiguous=("SPA",)),
        Entry("ViT", "Vision Transformer", "model"),
        Entry("GSM8K", None, "benchmark"),
        Entry("MATH", None, "benchmark", match="exact"),
    ]
)
BUILDER = Builder("test", "test", CATALOGUE.digest)
# However small these worlds are, only what a change reaches is derived again.
SHARE = float("inf")

TITLES = (
    "SPA: Stepwise Progress Attribution for Agents",
    "SPA: Spatial Pyramid Attention for Images",
    "A Study of Policies without a Critic",
    "A study of policies without a critic",
    "Short",
    "→ ∞",
)
ABSTRACTS = (
    "",
    "We propose Stepwise Progress Attribution (SPA), a variant of GRPO, and evaluate it on MATH.",
    "We introduce SPA, a foundation model. SPA outperforms ViT on ImageNet by 2.1%.",
    "We introduce SPA, a new benchmark of 200 tasks. GPT-9 scores 12% on SPA.",
    "SPA and PPO are compared on GSM8K for image generation. Code: https://github.com/a/spa.",
)


READS: dict[str, Read] = {}


def reads(catalogue: Catalogue) -> Read:
    """Read with a catalogue; what was read once with its equal is remembered."""
    reader = Reader(catalogue)

    @cache
    def read(title: str, abstract: str) -> Reading:
        return accepted(reader.read(title, abstract))

    return READS.setdefault(catalogue.digest, read)


papers = st.builds(
    lambda key, title, abstract, arxiv, doi, year, author, cited: PaperRecord(
        key=str(key),
        title=title,
        abstract=abstract,
        arxiv=arxiv,
        doi=doi,
        published=year,
        authors=author,
        references=cited,
    ),
    key=st.integers(0, 2),
    title=st.sampled_from(TITLES),
    abstract=st.sampled_from(ABSTRACTS),
    arxiv=st.sampled_from((None, None, "2401.00001", "2401.00002")),
    doi=st.sampled_from((None, None, "10.1/a", "10.1/b", "10.48550/arxiv.2401.00002")),
    year=st.sampled_from((None, "2024", "2024-06-01", "2019")),
    author=st.sampled_from(
        ((), (AuthorName("Ada L"), AuthorName("Bob B")), (AuthorName("Eve E"),))
    ),
    cited=st.sampled_from(((), ("arxiv:2401.00002",), ("doi:10.1/gone",))),
)
cited_works = st.builds(
    PaperRecord,
    key=st.integers(3, 4).map(str),
    title=st.sampled_from((TITLES[0], TITLES[2], "What Cites and is Cited")),
    arxiv=st.sampled_from((None, "2401.00001", "2401.00002")),
    doi=st.sampled_from(("10.1/a", "10.1/gone")),
    published=st.sampled_from((None, "2024-06-01", "2019")),
    references=st.sampled_from(((), ("arxiv:2401.00002",), ("doi:10.1/gone",))),
    stub=st.just(True),
)
contents = st.lists(papers | cited_works, max_size=3, unique_by=lambda record: record.key)
worlds = st.lists(contents, min_size=1, max_size=4)


@dataclass(frozen=True)
class World:
    """Sources by number, each with its records."""

    sources: Sequence[Sequence[PaperRecord]]

    def intake(self, number: int) -> Intake:
        records = tuple(self.sources[number])
        return Intake(f"test:{number}", f"place/{number}", records, 0, (), ())


def loading(store: Store) -> Loading:
    return Loading(store, BUILDER, CATALOGUE, reads, share=SHARE)


def digest(store: Store) -> str:
    return graph_digest(store.entities(), store.edges())


def loaded(world: World, order: Sequence[int]) -> str:
    with open_store(":memory:", write=True) as store:
        for number in order:
            loading(store).load([world.intake(number)])
        return digest(store)


@given(worlds.map(World), st.data())
def test_any_order_of_the_sources_gives_one_graph(world: World, data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(world.sources))))
    assert loaded(world, order) == loaded(world, range(len(world.sources)))


@given(worlds.map(World))
def test_sources_loaded_together_give_the_graph_of_one_after_the_other(world: World) -> None:
    with open_store(":memory:", write=True) as store:
        loading(store).load([world.intake(n) for n in range(len(world.sources))])
        assert digest(store) == loaded(world, range(len(world.sources)))


@given(worlds.map(World))
def test_loading_again_changes_nothing_and_says_so(world: World) -> None:
    with open_store(":memory:", write=True) as store:
        for number in range(len(world.sources)):
            loading(store).load([world.intake(number)])
        before = digest(store)
        for number in range(len(world.sources)):
            reports, changes = loading(store).load([world.intake(number)])
            assert changes == 0
            assert [report.outcome for report in reports] == ["unchanged"]
        assert digest(store) == before


@given(worlds.map(World), st.data())
def test_forgetting_a_source_gives_the_graph_of_never_having_loaded_it(
    world: World, data: st.DataObject
) -> None:
    gone = data.draw(st.integers(0, len(world.sources) - 1))
    with open_store(":memory:", write=True) as store:
        for number in range(len(world.sources)):
            loading(store).load([world.intake(number)])
        loading(store).forget(f"test:{gone}")
        rest = [number for number in range(len(world.sources)) if number != gone]
        assert digest(store) == loaded(world, rest)


@given(worlds.map(World), contents)
def test_replacing_a_source_gives_the_graph_of_the_new_content_alone(
    world: World, other: list[PaperRecord]
) -> None:
    with open_store(":memory:", write=True) as store:
        loading(store).load([Intake("test:0", "place/0", tuple(other), 0, (), ())])
        for number in range(len(world.sources)):
            loading(store).load([world.intake(number)])
        assert digest(store) == loaded(world, range(len(world.sources)))


@given(worlds.map(World))
def test_a_rebuild_finds_nothing_to_change(world: World) -> None:
    with open_store(":memory:", write=True) as store:
        loading(store).load([world.intake(n) for n in range(len(world.sources))])
        assert loading(store).rebuild() == 0


@given(contents, st.data())
def test_one_content_under_two_names_is_forgotten_one_name_at_a_time(
    content: list[PaperRecord], data: st.DataObject
) -> None:
    world = World([content, content])
    order = data.draw(st.permutations((0, 1)))
    with open_store(":memory:", write=True) as store:
        for number in order:
            loading(store).load([world.intake(number)])
        loading(store).forget(f"test:{order[0]}")
        assert digest(store) == loaded(world, [order[1]])


@given(worlds.map(World))
def test_every_store_is_whole(world: World) -> None:
    """What is derived never has an edge into nothing or a lost quotation."""
    with open_store(":memory:", write=True) as store:
        for number in range(len(world.sources)):
            loading(store).load([world.intake(number)])
        found = tuple(check_store(store, BUILDER, loading(store).pending))
        assert found == ()
