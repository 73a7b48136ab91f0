"""Every store goes through loads, replacements and forgets with one graph, report and answer.

Worlds as in the tests of parts are brought into a store in memory, of which the other tests say
that it is right, and beside it into a file, opened anew for each step, or into a Neo4j. A Neo4j
sees few worlds; GRAPHKB_EXAMPLES says how many instead.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from tempfile import TemporaryDirectory

import pytest
from asserted_graphs import assertions, graphs
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st
from test_invariants import BUILDER, CATALOGUE, digest, reads
from test_part import intake, steps

from graphkb.build.check import check_store
from graphkb.build.loading import Loading
from graphkb.model.record import Record
from graphkb.query.named import named_queries, run_query
from graphkb.store import neo4j, open_store
from graphkb.store.protocol import Changes, Store

EXAMPLES = int(os.environ.get("GRAPHKB_EXAMPLES", "0"))

# A graph that is asserted before some step, and forgotten at the end.
asserted_steps = st.builds(
    lambda at, graph, taken: [*taken[:at], (3, assertions(graph)), *taken[at:], (3, ())],
    st.integers(0, 2),
    graphs(),
    steps,
)

# Whether a load derives all, what it reaches or what is quicker; and the size of a transaction.
shares = st.sampled_from((0.0, float("inf"), None))
atomic_sizes = st.sampled_from((1, 20_000))


@contextmanager
def emptied(url: str) -> Iterator[Store]:
    """Open a store without what an example before has left in it."""
    with open_store(url, write=True) as store:
        store.write(
            Changes(delete_edges=tuple(store.edges()), delete_entities=tuple(store.entities()))
        )
        yield store


def step(store: Store, share: float | None, number: int, records: Sequence[Record]) -> object:
    """Load, replace or, without records, forget a source, twice; return what is reported."""
    loading = Loading(store, BUILDER, CATALOGUE, reads, share=share)
    held = {source.id for source in store.entities(["Source"])}
    if not records and f"test:{number}" in held:
        return loading.forget(f"test:{number}")
    reports = loading.load([intake(number, records)])
    again, changes = loading.load([intake(number, records)])
    assert changes == 0
    assert [report.outcome for report in again] == ["unchanged"]
    return reports


def asked(store: Store) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield every named query with what it may be asked of the graph: an end of what is there."""
    for name, query in sorted(named_queries().items()):
        wanted = {p.name: p.type for p in query.parameters if p.needed}
        ids = {
            of: [e.id for e in store.entities() if e.label.lower() == of] for of in wanted.values()
        }
        for choose in (min, max):
            if all(ids.values()):
                yield name, {parameter: choose(ids[of]) for parameter, of in wanted.items()}


def answers(store: Store, questions: Sequence[tuple[str, dict[str, object]]]) -> object:
    queries = named_queries()
    return [(name, given, run_query(store, queries[name], given)) for name, given in questions]


@settings(max_examples=EXAMPLES or 25)
@given(steps | asserted_steps, shares)
def test_a_file_opened_anew_for_each_step_holds_what_a_store_in_memory_holds(
    taken: Sequence[tuple[int, Sequence[Record]]], share: float | None
) -> None:
    with open_store(":memory:", write=True) as memory, TemporaryDirectory() as folder:
        url = f"{folder}/graph.kgl"
        for number, records in taken:
            with open_store(url, write=True) as store:
                told = step(store, share, number, records)
            note(f"{number}: {told}")
            assert told == step(memory, share, number, records)
            with open_store(url) as store:
                assert digest(store) == digest(memory)


@pytest.mark.neo4j
@pytest.mark.parametrize("worlds", [steps, asserted_steps], ids=["records", "asserted"])
@settings(max_examples=EXAMPLES or 4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), share=shares, atomic_size=atomic_sizes)
def test_a_neo4j_holds_and_answers_what_a_store_in_memory_holds_and_answers(
    neo4j_url: str,
    worlds: st.SearchStrategy[Sequence[tuple[int, Sequence[Record]]]],
    data: st.DataObject,
    share: float | None,
    atomic_size: int,
) -> None:
    taken = data.draw(worlds)
    with (
        pytest.MonkeyPatch.context() as patch,
        open_store(":memory:", write=True) as memory,
        emptied(neo4j_url) as store,
    ):
        patch.setattr(neo4j, "ATOMIC_SIZE", atomic_size)
        for number, records in taken:
            told = step(store, share, number, records)
            note(f"{number}: {told}")
            assert told == step(memory, share, number, records)
            assert digest(store) == digest(memory)
        questions = list(asked(memory))
        assert answers(store, questions) == answers(memory, questions)
        pending = Loading(store, BUILDER, CATALOGUE, reads).pending
        assert not [*check_store(store, BUILDER, pending)]
