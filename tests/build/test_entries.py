"""Entries that sources bring are put to the catalogue of their store."""

from collections.abc import Iterator, Sequence

import pytest
from decisions import decisions
from hypothesis import given, note
from hypothesis import strategies as st
from test_invariants import BUILDER, CATALOGUE, digest, reads
from test_part import papers

from graphkb.build.check import check_store
from graphkb.build.ground import LOADING, entry_record_entity, source_entity
from graphkb.build.intake import Intake
from graphkb.build.loading import Loading
from graphkb.build.report import SourceReport
from graphkb.build.sourced import SourcedEntry, sourced
from graphkb.errors import DecisionError
from graphkb.extract.cache import CachedReader
from graphkb.extract.catalogue import Citation, Contribution, Entry, Parent, merge
from graphkb.model.decision import Decision
from graphkb.model.graph import Edge, Entity
from graphkb.model.reading import Reading
from graphkb.model.record import EntryRecord, PaperRecord, Record
from graphkb.store import open_store
from graphkb.store.protocol import Changes, Store

ON_KITES = Citation("arxiv:2403.00001", "On Kites", 2024, "Wind")
KITE = Entry(
    "Kite-PO",
    "Kite Policy Optimization",
    "method",
    aliases=("Wind Tuning",),
    paper=ON_KITES,
    extends=(Parent("GRPO", "pulls a string"),),
)
USING = PaperRecord(
    key="1", title="Flying", abstract="We apply Wind Tuning to a task, and Kite-PO."
)


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    with open_store(store_url, write=True) as opened:
        yield opened


def loading(store: Store) -> Loading:
    return Loading(store, BUILDER, CATALOGUE, reads, share=float("inf"))


def intake(name: str, *given: Entry | Record) -> Intake:
    records = tuple(EntryRecord(one) if isinstance(one, Entry) else one for one in given)
    return Intake(f"test:{name}", f"place/{name}", records, 0, (), ())


def load(store: Store, name: str, *given: Entry | Record) -> SourceReport:
    [report], _ = loading(store).load([intake(name, *given)])
    assert not list(check_store(store, BUILDER, loading(store).pending))
    return report


def notices(report: SourceReport) -> list[str]:
    return [notice.message for notice in report.notices]


def node(store: Store, id_: str) -> Entity | None:
    return store.entities_by_id([id_]).get(id_)


def edges(store: Store, *types: str) -> list[Edge]:
    return sorted(store.edges(types), key=lambda edge: edge.key)


# What an entry does in the graph


def test_an_entry_is_in_the_graph_with_its_lineage_whether_a_paper_names_it_or_not(
    store: Store,
) -> None:
    load(store, "mine", KITE)
    found = node(store, "method:kitepo")
    assert found is not None
    assert (found.label, found.name) == ("Method", "Kite-PO")
    assert found.properties["aliases"] == ("Wind Tuning",)
    [introduced, *_] = edges(store, "INTRODUCES")
    assert (introduced.start, introduced.end) == ("arxiv:2401.00002", "method:grpo")
    extends = {edge.start: edge for edge in edges(store, "EXTENDS")}
    assert extends["method:kitepo"].end == "method:grpo"
    assert extends["method:kitepo"].properties["reason"] == (
        "pulls a string (Wind 2024, arxiv:2403.00001)"
    )


def test_a_curated_fact_names_the_sources_that_state_it(store: Store) -> None:
    load(store, "mine", KITE)
    load(store, "theirs", Entry("GRPO", None, "method", extends=(Parent("PPO", "is leaner"),)))
    load(store, "too", KITE)
    told = {(e.type, e.start): e.properties for e in edges(store, "EXTENDS", "INTRODUCES")}
    assert told["EXTENDS", "method:kitepo"]["sources"] == ("test:mine", "test:too")
    assert told["INTRODUCES", "arxiv:2403.00001"]["sources"] == ("test:mine", "test:too")
    assert told["EXTENDS", "method:grpo"]["sources"] == ("builtin:test", "test:theirs")
    assert told["EXTENDS", "method:grpo"]["reason"].startswith("has no critic")  # type: ignore[union-attr]
    assert {p["rule"] for p in told.values()} == {"catalogue"}


def test_papers_are_read_with_the_spellings_of_entries(store: Store) -> None:
    load(store, "papers", USING)
    assert not [e for e in edges(store, "MENTIONS") if e.end == "method:kitepo"]
    load(store, "mine", KITE)
    [named] = [e for e in edges(store, "MENTIONS") if e.end == "method:kitepo"]
    assert named.start == "title:flying"
    assert named.properties["evidence"] == "We apply Wind Tuning to a task, and Kite-PO."


def test_a_task_of_a_source_is_a_task_of_the_graph(store: Store) -> None:
    load(store, "mine", Entry("kite flying", None, "task", aliases=("flying of kites",)))
    found = node(store, "task:kiteflying")
    assert found is not None
    assert (found.label, found.properties["aliases"]) == ("Task", ("flying of kites",))
    load(store, "papers", PaperRecord(key="2", title="On Kite Flying"), USING)
    loading(store).forget("test:papers")
    assert node(store, "task:kiteflying") == found


def test_an_entry_stays_when_the_last_paper_that_names_it_goes(store: Store) -> None:
    load(store, "mine", KITE)
    alone = digest(store)
    load(store, "papers", USING)
    loading(store).forget("test:papers")
    assert digest(store) == alone
    assert not loading(store).pending()


# Sources come and go


def test_forgetting_the_list_gives_the_graph_without_it(store: Store) -> None:
    load(store, "papers", USING)
    before = digest(store)
    load(store, "mine", KITE, Entry("PPO", None, "method", aliases=("Wind PPO",)))
    assert digest(store) != before
    loading(store).forget("test:mine")
    assert digest(store) == before


def test_the_same_list_again_changes_nothing(store: Store) -> None:
    load(store, "papers", USING)
    first = load(store, "mine", KITE, Entry("GRPO", None, "framework"))
    [again], changes = loading(store).load(
        [intake("mine", KITE, Entry("GRPO", None, "framework", place="line 7"))]
    )
    assert (again.outcome, changes) == ("unchanged", 0)
    assert notices(again) == notices(first) != []
    assert again.notices[0].place == "line 7"


def test_a_list_is_no_other_version_of_graphkb(store: Store) -> None:
    load(store, "mine", KITE)
    _, changes = loading(store).load([intake("papers", PaperRecord(key="9", title="No Name"))])
    assert changes == 3, "the source, the record and the paper: nothing else was derived again"


def test_an_unfinished_load_of_a_list_is_finished_by_loading_it_again(store: Store) -> None:
    with open_store(":memory:", write=True) as other:
        load(other, "papers", USING)
        load(other, "mine", KITE)
        whole = digest(other)
    load(store, "papers", USING)
    mine = intake("mine", KITE)
    [record] = (sourced(mine.id, record) for record in mine.records)
    assert isinstance(record, SourcedEntry)
    begun = source_entity(mine.id, mine.records, mine.place, state=LOADING)
    store.write(Changes(entities=(begun, entry_record_entity(record))))
    [found] = check_store(store, BUILDER, loading(store).pending)
    assert (found.check, found.where) == ("loads", "test:mine")
    [report], _ = loading(store).load([mine])
    assert report.outcome == "loaded"
    assert digest(store) == whole


def test_both_stores_hold_the_same(store: Store) -> None:
    with open_store(":memory:", write=True) as other:
        for name, given in (("papers", USING), ("mine", KITE), ("x", Entry("X1", None, "model"))):
            load(store, name, given)
        for name, given in (("x", Entry("X1", None, "model")), ("mine", KITE), ("papers", USING)):
            load(other, name, given)
        assert digest(store) == digest(other)


# What is believed where they disagree


def test_the_built_in_catalogue_is_heard_first(store: Store) -> None:
    other = Entry(
        "grpo",
        None,
        "benchmark",
        aliases=("Group PPO",),
        paper=Citation("arxiv:2403.00002", "Another", 2024, "X"),
        match="exact",
    )
    report = load(store, "mine", other)
    found = node(store, "method:grpo")
    assert found is not None
    assert (found.label, found.name) == ("Method", "GRPO")
    assert "Group PPO" in found.properties["aliases"]  # type: ignore[operator]
    assert notices(report) == [
        "GRPO is known with the kind method, which stands",
        "GRPO is known with the paper arxiv:2401.00002, which stands",
        "GRPO is known with the way of matching usual, which stands",
    ]


def test_of_two_sources_the_first_by_id_is_believed_in_any_order(store: Store) -> None:
    ours = Entry("Kite-PO", None, "method", aliases=("Our Kite",))
    theirs = Entry("Kite PO", None, "model", aliases=("Their Kite",), developer="Wind")
    assert notices(load(store, "b", theirs)) == []
    assert notices(load(store, "a", ours)) == []
    found = node(store, "method:kitepo")
    assert found is not None
    assert (found.label, found.name) == ("Method", "Kite-PO")
    assert found.properties["aliases"] == ("Our Kite", "Their Kite")
    assert notices(load(store, "b", theirs)) == [
        "Kite-PO is known with the kind method, which stands"
    ]


def test_a_name_that_is_another_spelling_is_no_new_thing(store: Store) -> None:
    mine = Entry("Group Relative Policy Optimization", None, "method", aliases=("Kite GRPO",))
    report = load(store, "mine", mine)
    assert notices(report) == ["it is taken for GRPO, of which its name is a spelling"]
    found = node(store, "method:grpo")
    assert found is not None
    assert "Kite GRPO" in found.properties["aliases"]  # type: ignore[operator]


def test_a_spelling_of_another_thing_stays_with_it(store: Store) -> None:
    report = load(store, "mine", Entry("Kite-PO", None, "method", aliases=("GRPO",)))
    assert notices(report) == [
        "'GRPO' is a spelling of GRPO and is left out here; list it under ambiguous where it means"
        " both"
    ]
    assert node(store, "method:kitepo").properties.get("aliases") is None  # type: ignore[union-attr]


def test_another_thing_of_the_same_name_is_left_out_with_what_to_do(store: Store) -> None:
    report = load(store, "mine", Entry("PPO", "Pleasant Paper Ordering", "method"))
    [message] = notices(report)
    assert message.startswith("PPO is known as Proximal Policy Optimization, and the entry is left")
    assert node(store, "method:ppo") is None


def test_a_paper_has_one_title_year_and_author(store: Store) -> None:
    other = Citation("arxiv:2401.00002", "Quite Another Title", 2024, "L")
    report = load(store, "mine", Entry("Kite-PO", None, "method", paper=other))
    [message] = notices(report)
    assert message == (
        "arxiv:2401.00002 is known as L 2024, “A Study of Policies without a Critic”, which stands;"
        " mend the wrong one"
    )


@pytest.mark.parametrize(
    ("parent", "why"),
    [
        (Parent("Nothing", "x"), "nothing is known of that name"),
        (Parent("kite po", "x"), "it is the entry itself"),
        (Parent("PPO", "x", "arxiv:2403.00009"), "no paper is named for it"),
    ],
)
def test_a_parent_that_cannot_be_drawn_is_told(parent: Parent, why: str) -> None:
    mine = Entry("Kite-PO", None, "method", paper=ON_KITES, extends=(parent,))
    merged = merge(CATALOGUE, "builtin:test", [Contribution("a", mine)])
    [remark] = merged.remarks
    assert why in remark.message
    assert not merged.catalogue.entry("method:kitepo").extends


def test_who_extends_itself_in_two_steps_is_told() -> None:
    up = Entry("PPO", None, "method", paper=ON_KITES, extends=(Parent("GRPO", "x"),))
    merged = merge(CATALOGUE, "builtin:test", [Contribution("a", up)])
    [remark] = merged.remarks
    assert remark.message.startswith("it is its own ancestor: PPO → GRPO → PPO")


# What is read again


class Counting:
    """Reads nothing, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def read(self, title: str, _abstract: str) -> Reading:
        self.asked.append(title)
        return Reading()


def test_only_texts_that_an_entry_bears_on_are_read_again(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    from graphkb.extract.bearing import Bearing

    folder = tmp_path_factory.mktemp("cache")
    reader = Counting()
    built_in = CachedReader(reader, "1", folder, Bearing(CATALOGUE).digest)
    merged = merge(CATALOGUE, "builtin:test", [Contribution("a", KITE)]).catalogue
    with_kite = CachedReader(reader, "1", folder, Bearing(merged).digest)
    for cached in (built_in, with_kite, with_kite):
        for title in ("On GRPO", "On KITE-PO", "wind tunings", "Kite"):
            cached.read(title, "")
    built_in.close()
    with_kite.close()
    # KITE-PO is not how it is written, but that is for the reader to say.
    assert reader.asked == [
        "On GRPO",
        "On KITE-PO",
        "wind tunings",
        "Kite",
        "On KITE-PO",
        "wind tunings",
    ]


entries = st.builds(
    lambda name, long, kind, alias, ambiguous, paper, parent: Entry(
        name,
        long,
        kind,
        aliases=alias,
        ambiguous=tuple(s for s in (name, *alias) if s in ambiguous),
        paper=paper,
        extends=parent,
    ),
    name=st.sampled_from(("SPA", "GRPO", "Zeta", "Group Relative Policy Optimization", "MATH")),
    long=st.sampled_from((None, None, "Stepwise Progress Attribution", "Zeta Tuning")),
    kind=st.sampled_from(("method", "model", "benchmark", "task")),
    alias=st.sampled_from(((), ("image generation",), ("PPO",), ("Zeta-Bench", "Progress"))),
    ambiguous=st.sampled_from(((), ("SPA",), ("PPO",), ("Zeta", "SPA"))),
    paper=st.sampled_from(
        (
            None,
            Citation("arxiv:2401.00001", "Short", 2024, "E"),
            Citation("arxiv:2401.00001", "A Study of Policies without a Critic", 2024, "L"),
            Citation("doi:10.1/gone", "What is Gone", 2019, "G"),
        )
    ),
    parent=st.sampled_from(
        (
            (),
            (Parent("GRPO", "a"),),
            (Parent("PPO", "b"), Parent("Zeta", "c", "doi:10.1/gone")),
            (Parent("SPA", "d", Citation("arxiv:2401.00002", "Short", 2024, "L")),),
        )
    ),
)
contents = st.lists(
    papers | entries.map(EntryRecord), max_size=3, unique_by=lambda record: record.key
)
worlds = st.lists(contents, min_size=1, max_size=3)
steps = st.lists(st.tuples(st.integers(0, 2), contents), min_size=2, max_size=5)


@given(steps, st.data())
def test_any_way_to_the_same_sources_gives_the_same_graph(
    taken: Sequence[tuple[int, Sequence[Record]]], data: st.DataObject
) -> None:
    left: dict[int, Sequence[Record]] = {}
    with open_store(":memory:", write=True) as store, open_store(":memory:", write=True) as other:
        for number, records in taken:
            if records or number not in left:
                loading(store).load([intake(str(number), *records)])
                left[number] = records
            else:
                loading(store).forget(f"test:{number}")
                del left[number]
            pending = loading(store).pending()
            note(f"{number}: {pending}")
            assert not pending
        for number in data.draw(st.permutations(sorted(left))):
            loading(other).load([intake(str(number), *left[number])])
        assert digest(store) == digest(other)


@given(worlds, decisions, st.data())
def test_decisions_and_entries_in_any_order_give_one_graph(
    world: Sequence[Sequence[Record]], decided: list[Decision], data: st.DataObject
) -> None:
    order = data.draw(st.permutations(range(len(world))))
    digests = []
    for numbers, at in ((range(len(world)), len(world)), (order, data.draw(st.integers(0, 3)))):
        with open_store(":memory:", write=True) as store:
            try:
                for number in (*numbers[:at], None, *numbers[at:]):
                    if number is None:
                        loading(store).decide(decided)
                    else:
                        loading(store).load([intake(str(number), *world[number])])
                    assert not loading(store).pending()
            except DecisionError:
                return  # what contradicts itself was refused
            digests.append(digest(store))
    assert digests[0] == digests[1]
