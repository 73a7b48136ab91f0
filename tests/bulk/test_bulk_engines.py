"""What every engine of a bulk build does alike."""

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from itertools import chain, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import bulk_steps as steps
import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reference_engine import ReferenceEngine

from graphkb.bulk.engine import Engine, PairParts, Parts, partition_of
from graphkb.bulk.processes import ProcessEngine
from graphkb.errors import InputError

EngineOf = Callable[..., AbstractContextManager[Engine]]
"""Makes an engine: of its number of partitions, and of its folder, where one is to be resumed."""

KEYS = st.one_of(
    st.sampled_from(["method:grpo", "Überall", "数据", "\ud800", "", "4"]),
    st.text(st.characters(), max_size=8),
)
PAIRS = st.lists(st.lists(st.tuples(KEYS, st.integers(0, 9)), max_size=12), max_size=4)
ODD = [[("é", 1), ("\udfff", 2)], [], [("é", 3)]]


@pytest.fixture(scope="module")
def steps_importable() -> Iterator[None]:
    """Let processes that are started import the steps of tests."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("PYTHONPATH", str(Path(__file__).parent), prepend=os.pathsep)
        yield


@pytest.fixture(
    scope="module",
    params=[
        "reference",
        "processes",
        "processes, few keys",
        pytest.param("spark", marks=pytest.mark.spark),
    ],
)
def kind(request: pytest.FixtureRequest) -> str:
    """Return which engine it is."""
    request.getfixturevalue("steps_importable")
    if request.param == "spark":
        request.getfixturevalue("spark")
    kind: str = request.param
    return kind


@pytest.fixture(scope="module")
def engine_of(kind: str) -> EngineOf:
    """Return what makes an engine."""

    @contextmanager
    def made(partitions: int = 4, work: Path | None = None, **options: Any) -> Iterator[Engine]:
        with TemporaryDirectory() as folder:
            engine: Engine
            if kind == "reference":
                engine = ReferenceEngine(partitions)
            elif kind == "processes":
                engine = ProcessEngine(work or Path(folder), partitions, **options)
            elif kind == "processes, few keys":
                engine = ProcessEngine(work or Path(folder), partitions, keys_held=3, **options)
            else:
                from graphkb.bulk.spark import SparkEngine

                engine = SparkEngine(work or Path(folder), partitions, **options)
            try:
                yield engine
            finally:
                engine.stop()

    return made


@pytest.fixture(scope="module")
def examples(kind: str) -> int:
    """Return how many examples of a property to try: a job on Spark takes a second."""
    few = int(os.environ.get("GRAPHKB_EXAMPLES", "0"))
    return few or {"reference": 50, "processes": 50, "spark": 3}.get(kind, 10)


def given_parts(engine: Engine, lists: Sequence[Sequence[Any]]) -> Parts[Any]:
    return engine.start(lists).each(steps.spread)


def by_partition(parts: Parts[Any]) -> dict[int, list[Any]]:
    return dict(parts.each(steps.listed).collected())


def sorted_groups(parts: Parts[Any]) -> list[Any]:
    return [(key, tuple(map(sorted, lists))) for key, lists in parts.collected()]


def test_each_item_starts_in_a_partition_of_its_own_in_its_order(engine_of: EngineOf) -> None:
    with engine_of() as engine:
        found = engine.start(["a", "b", "c"]).each(steps.listed).collected()
    assert found == [(0, ["a"]), (1, ["b"]), (2, ["c"])]


def test_of_nothing_there_is_nothing(engine_of: EngineOf) -> None:
    with engine_of() as engine:
        nothing: Parts[Any] = engine.start([])
        assert nothing.collected() == []
        assert engine.placed("none", nothing).collected() == []
        assert engine.merged("none-merged", nothing, steps.added).collected() == []


def test_steps_are_taken_one_after_the_other(engine_of: EngineOf) -> None:
    with engine_of() as engine:
        found = engine.start([1, 2]).each(steps.doubled).each(steps.doubled).each(steps.keyed)
        assert found.collected() == [("4", 4), ("8", 8)]


def test_pairs_are_placed_by_their_key(engine_of: EngineOf, examples: int) -> None:
    @settings(max_examples=examples)
    @given(PAIRS)
    def placed(lists: list[list[tuple[str, int]]]) -> None:
        with engine_of(3) as engine:
            found = by_partition(engine.placed("pairs", given_parts(engine, lists)))
        assert sorted(found) == [0, 1, 2]
        assert all(partition_of(k, 3) == number for number in found for k, _ in found[number])
        expected = Counter(pair for pairs in lists for pair in pairs)
        assert Counter(pair for pairs in found.values() for pair in pairs) == expected

    placed()


def test_values_of_a_key_are_merged_to_one(engine_of: EngineOf, examples: int) -> None:
    @settings(max_examples=examples)
    @given(PAIRS)
    def merged(lists: list[list[tuple[str, int]]]) -> None:
        with engine_of(3) as engine:
            found = by_partition(engine.merged("sums", given_parts(engine, lists), steps.added))
        assert all(partition_of(k, 3) == number for number in found for k, _ in found[number])
        expected: Counter[str] = Counter()
        for key, value in (pair for pairs in lists for pair in pairs):
            expected[key] += value
        pairs = [pair for pairs in found.values() for pair in pairs]
        assert sorted(pairs) == sorted((key, expected[key]) for key in expected)

    merged()


def test_a_value_may_be_changed_by_what_merges_it(engine_of: EngineOf) -> None:
    lists = [[("a", {n}), ("b", {n, 7})] for n in range(5)]
    with engine_of() as engine:
        found = engine.merged("sets", given_parts(engine, lists), steps.united)
        assert sorted(found.collected()) == [("a", {0, 1, 2, 3, 4}), ("b", {0, 1, 2, 3, 4, 7})]
        assert sorted(found.collected()) == [("a", {0, 1, 2, 3, 4}), ("b", {0, 1, 2, 3, 4, 7})]


def test_a_key_that_everybody_has_is_merged_and_placed_whole(engine_of: EngineOf) -> None:
    lists = [[("hot", 1)] * 30_000 + [(str(n), 1) for n in range(10)] for _ in range(3)]
    with engine_of() as engine:
        parts = given_parts(engine, lists)
        assert dict(engine.merged("sums", parts, steps.added).collected())["hot"] == 90_000
        grouped = dict(engine.together(engine.placed("all", parts)).collected())
    assert len(grouped["hot"][0]) == 90_000


def test_equal_keys_of_collections_come_together_in_order(
    engine_of: EngineOf, examples: int
) -> None:
    @settings(max_examples=examples)
    @given(PAIRS, PAIRS)
    def together(one: list[list[tuple[str, int]]], other: list[list[tuple[str, int]]]) -> None:
        with engine_of(3) as engine:
            placed = engine.placed("one", given_parts(engine, one))
            merged = engine.merged("other", given_parts(engine, other), steps.added)
            kept = placed.each_pair(steps.shouted).kept("kept")
            groups = engine.together(placed, merged, kept, merged, placed)
            found = by_partition(groups)
            values = dict(merged.collected())
        for number, rows in found.items():
            keys = [key for key, _ in rows]
            assert keys == sorted(set(keys))
            assert all(partition_of(key, 3) == number for key in keys)
        pairs = [pair for pairs in one for pair in pairs]
        expected = {}
        for key in {key for key, _ in pairs} | set(values):
            mine = sorted(value for k, value in pairs if k == key)
            theirs = [values[key]] if key in values else []
            shouts = [f"{value}!" for value in mine]
            expected[key] = (mine, theirs, shouts, theirs, mine)
        rows = [row for rows in found.values() for row in rows]
        assert {key: tuple(map(sorted, lists)) for key, lists in rows} == expected

    together()


def test_what_came_together_comes_together_with_more(engine_of: EngineOf) -> None:
    with engine_of() as engine:
        one = engine.placed("one", given_parts(engine, ODD))
        other = engine.placed("other", given_parts(engine, [[("é", 9)]]))
        shouted = engine.together(one, other).each_pair(steps.shouted)
        found = dict(engine.together(other, shouted, one).collected())
    (nine,), (text,), own = found["é"]
    assert (nine, sorted(own)) == (9, [1, 3])
    assert text in {"([1, 3], [9])!", "([3, 1], [9])!"}
    assert found["\udfff"] == ([], ["([2], [])!"], [2])


def test_a_step_need_not_read_all_of_its_items(engine_of: EngineOf) -> None:
    lists = [[("a", n) for n in range(5000)]]
    with engine_of(1) as engine:
        one = engine.placed("one", given_parts(engine, lists)).each_pair(steps.first_only)
        other = engine.placed("other", given_parts(engine, [[("a", "x")]]))
        assert engine.together(one, other).collected() == [("a", ([0], ["x"]))]


def test_what_is_not_placed_does_not_come_together(engine_of: EngineOf) -> None:
    with engine_of(3) as engine:
        placed = engine.placed("one", given_parts(engine, ODD))
        unplaced = engine.start([1]).each(steps.keyed)
        with pytest.raises(ValueError, match=r"partition|zip"):
            engine.together(placed, unplaced).collected()  # type: ignore[arg-type]


def test_what_is_kept_and_what_a_step_makes_of_it_come_of_one_computation(
    kind: str, engine_of: EngineOf, tmp_path: Path
) -> None:
    notes = tmp_path / "notes.txt"
    with engine_of(3) as engine:
        pairs = engine.placed("one", given_parts(engine, ODD)).each_pair(steps.Noting(notes))
        kept, swapped = engine.kept_and_placed(("kept", "swapped"), pairs, steps.swapped)
        found = by_partition(swapped)
        assert Counter(kept.collected()) == Counter(chain.from_iterable(ODD))
    assert Counter(chain.from_iterable(found.values())) == Counter(
        (str(value), key) for pairs in ODD for key, value in pairs
    )
    assert all(partition_of(k, 3) == number for number in found for k, _ in found[number])
    if kind != "reference":
        assert sorted(notes.read_text().split()) == ["0", "1", "2"]


def test_a_step_reads_what_is_shared(engine_of: EngineOf) -> None:
    with engine_of() as engine:
        assert engine.start([1, 2]).each(steps.Plus(engine.shared(40))).collected() == [41, 42]


def laid_down(engine_of: EngineOf, folder: Path) -> str:
    """Run a work twice that fails at its end the first time; return who computed what was kept."""
    notes, go = folder / "notes.txt", folder / "go"
    for _ in range(2):
        with engine_of(3, folder / "work") as engine:
            noted = engine.placed("pairs", given_parts(engine, ODD)).each_pair(steps.Noting(notes))
            kept = noted.kept("kept")
            last = kept.each(steps.FailingWithout(go)).kept("last")
            assert Counter(last.collected()) == Counter(pair for pairs in ODD for pair in pairs)
    return notes.read_text()


def test_what_is_kept_is_computed_once(kind: str, engine_of: EngineOf, tmp_path: Path) -> None:
    if kind == "reference":
        pytest.skip("it keeps nothing")
    (tmp_path / "go").touch()
    assert sorted(laid_down(engine_of, tmp_path).split()) == ["0", "1", "2"]


def test_a_run_that_failed_is_resumed_from_what_is_kept(
    kind: str, engine_of: EngineOf, tmp_path: Path
) -> None:
    if kind == "reference":
        pytest.skip("it keeps nothing")
    with pytest.raises(InputError):
        laid_down(engine_of, tmp_path)
    (tmp_path / "go").touch()
    assert sorted(laid_down(engine_of, tmp_path).split()) == ["0", "1", "2"]


def test_pairs_that_are_kept_stay_placed_for_the_next_run(
    engine_of: EngineOf, tmp_path: Path
) -> None:
    found = []
    for _ in range(2):
        with engine_of(3, tmp_path / "work") as engine:
            kept = engine.placed("one", given_parts(engine, ODD)).kept("kept")
            other = engine.placed("other", given_parts(engine, [[("é", 9)]]))
            found.append(sorted_groups(engine.together(kept, other)))
    assert found[0] == found[1]
    assert ("é", ([1, 3], [9])) in found[0]


def test_an_error_of_ours_in_a_step_arrives_as_it_was_raised(
    engine_of: EngineOf, tmp_path: Path
) -> None:
    failing = steps.FailingWithout(tmp_path / "absent")
    with engine_of() as engine, pytest.raises(InputError) as caught:
        engine.start([1, 2, 3]).each(failing).collected()
    assert str(caught.value) == "papers.jsonl:7: no end to it. End it."


def test_an_error_of_ours_arrives_from_an_exchange_too(engine_of: EngineOf, tmp_path: Path) -> None:
    failing = steps.FailingWithout(tmp_path / "absent")

    def exchange(engine: Engine) -> None:
        engine.placed("pairs", engine.start([1, 2, 3]).each(failing).each(steps.keyed)).collected()

    with engine_of() as engine, pytest.raises(InputError, match="End it"):
        exchange(engine)


def test_another_error_in_a_step_says_what_it_was(engine_of: EngineOf) -> None:
    with engine_of() as engine, pytest.raises(Exception, match="division by zero"):
        engine.start([1, 0]).each(steps.dividing).collected()


def test_progress_goes_from_none_to_all(kind: str, engine_of: EngineOf) -> None:
    if kind == "reference":
        pytest.skip("it tells of nothing")
    told: list[tuple[str, int, int]] = []
    with engine_of(3, progress=lambda *stage: told.append(stage)) as engine:
        engine.placed("pairs", given_parts(engine, ODD * 2)).kept("kept").collected()
    for name, total in (("pairs", 6), ("kept", 3)):
        done = [(done, of) for stage, done, of in told if stage == name]
        assert done[0] == (0, total)
        assert done[-1] == (total, total)
        assert done == sorted(done)


def components(parts: PairParts) -> dict[str, str]:
    found = parts.collected()
    assert len(found) == len(dict(found))
    return dict(found)


JOINS = st.lists(
    st.lists(st.tuples(*[st.sampled_from(["\ud800", *map(str, range(40))])] * 2), max_size=15),
    max_size=4,
)


def test_components_are_those_of_the_graph_of_joins(engine_of: EngineOf, examples: int) -> None:
    @settings(max_examples=examples)
    @given(JOINS)
    def alike(lists: list[list[tuple[str, str]]]) -> None:
        with engine_of(3) as engine:
            parts = engine.components("joined", given_parts(engine, lists))
            found = components(parts)
            assert sorted_groups(engine.together(parts)) == [
                (key, ([least],)) for number in range(3) for key, least in sorted(found.items())
                if partition_of(key, 3) == number
            ]  # fmt: skip
        graph = nx.Graph([pair for pairs in lists for pair in pairs])
        groups = nx.connected_components(graph)
        assert found == {key: min(group) for group in groups for key in group}

    alike()


def test_a_long_chain_is_one_component(engine_of: EngineOf) -> None:
    with engine_of() as engine:
        parts = engine.start([(10_007, first, 5) for first in range(5)]).each(steps.chained)
        found = components(engine.components("chain", parts))
    assert len(found) == 10_007
    assert set(found.values()) == {"0"}


@pytest.mark.parametrize("middle", ["", "zzz"])
def test_a_star_is_one_component(engine_of: EngineOf, middle: str) -> None:
    leaves = [str(number) for number in range(5_000)]
    lists = [[(middle, leaf) for leaf in leaves[number::3]] for number in range(3)]
    with engine_of() as engine:
        found = components(engine.components("star", given_parts(engine, lists)))
    assert found == dict.fromkeys([middle, *leaves], min(middle, "0"))


def test_many_small_components_stay_apart(engine_of: EngineOf) -> None:
    lists = [[(f"{n}b", f"{n}{end}") for n in range(500)] for end in "ca"]
    with engine_of() as engine:
        found = components(engine.components("small", given_parts(engine, lists)))
    assert found == {f"{n}{end}": f"{n}a" for n in range(500) for end in "abc"}


def test_joins_said_twice_or_of_a_key_with_itself_are_no_others(engine_of: EngineOf) -> None:
    lists = [[("a", "b"), ("b", "a"), ("c", "c")], [("b", "a"), ("a", "a"), ("c", "c")]]
    with engine_of() as engine:
        found = components(engine.components("joined", given_parts(engine, lists)))
    assert found == {"a": "a", "b": "a", "c": "c"}


def test_without_joins_there_is_no_component(engine_of: EngineOf) -> None:
    with engine_of() as engine:
        assert engine.components("none", given_parts(engine, [[], []])).collected() == []


def test_chains_of_all_lengths_are_components(engine_of: EngineOf) -> None:
    names = [[f"{length}-{place:02}" for place in range(length)] for length in range(2, 30)]
    lists = [[pair for chain in names for pair in list(pairwise(chain))[n::2]] for n in range(2)]
    with engine_of() as engine:
        found = components(engine.components("chains", given_parts(engine, lists)))
    assert found == {name: chain[0] for chain in names for name in chain}
