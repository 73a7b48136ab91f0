"""Texts read by several processes: quicker, never different."""

import os
from collections.abc import Callable
from copy import copy
from pathlib import Path

import pytest

from graphkb.extract import cache
from graphkb.extract.accepting import AcceptingReader
from graphkb.extract.cache import CachedReader, cached_reader
from graphkb.extract.catalogue import Catalogue, Contribution, Entry, merge
from graphkb.extract.parallel import ReadingProcesses
from graphkb.extract.reader import Reader, accepted
from graphkb.model.reading import Reading

BUILT_IN = Catalogue([Entry("PPO", None, "method"), Entry("MATH", None, "benchmark")])
MINE = Contribution("catalogue:mine", Entry("KITE-PO", None, "method"))
CATALOGUE = merge(BUILT_IN, "builtin:1", [MINE]).catalogue
TEXTS = [
    (
        f"Foo{n}PO: Faster",
        f"We propose Foo{n}PO, a variant of PPO and KITE-PO. It gets {n}% on MATH.",
    )
    for n in range(70)
]


@pytest.fixture
def two(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes are worth it for any text."""
    monkeypatch.setattr(cache, "processes_for", lambda texts: 2 if texts else 0)


def inline() -> list[Reading]:
    reader = Reader(CATALOGUE)
    return [reader.read(*text) for text in TEXTS]


@pytest.mark.usefixtures("two")
def test_processes_read_what_is_read_here_in_the_order_of_the_texts(tmp_path: Path) -> None:
    assert list(cached_reader(Reader(CATALOGUE), tmp_path).read_all(TEXTS)) == inline()


@pytest.mark.usefixtures("two")
def test_a_text_that_comes_twice_or_is_known_is_read_once(tmp_path: Path) -> None:
    known = cached_reader(Reader(CATALOGUE), tmp_path)
    first = known.read(*TEXTS[1])
    found = list(known.read_all([TEXTS[0], TEXTS[1], TEXTS[0]]))
    assert found[0] == found[2] != found[1] == first


@pytest.mark.usefixtures("two")
def test_what_is_sure_enough_is_given_to_whoever_derives(tmp_path: Path) -> None:
    found = list(AcceptingReader(CATALOGUE, tmp_path).read_all(TEXTS[:3]))
    assert found == [accepted(reading) for reading in inline()[:3]]
    assert found == [AcceptingReader(CATALOGUE, tmp_path)(*text) for text in TEXTS[:3]]


@pytest.mark.usefixtures("two")
def test_what_processes_read_is_in_the_cache(tmp_path: Path) -> None:
    list(cached_reader(Reader(CATALOGUE), tmp_path).read_all(TEXTS))
    again = cached_reader(Reader(CATALOGUE), tmp_path)
    assert [again.kept(*text) for text in TEXTS] == inline()


class Unpicklable(Catalogue):
    """Makes each process fail before its first text."""

    __slots__ = ()

    def __reduce__(self) -> tuple[Callable[[int], None], tuple[int]]:
        return (os._exit, (3,))


@pytest.mark.usefixtures("two")
def test_a_process_that_dies_costs_time_and_no_reading(tmp_path: Path) -> None:
    dying = Unpicklable(CATALOGUE.entries)
    cached = CachedReader(
        Reader(CATALOGUE), "1", tmp_path, processes=lambda n: ReadingProcesses(dying, n)
    )
    assert list(cached.read_all(TEXTS)) == inline()


def test_nothing_runs_on_where_reading_is_broken_off() -> None:
    with ReadingProcesses(CATALOGUE, 2) as processes:
        assert next(processes.read(TEXTS)) == inline()[0]
        started = processes.ids
    assert started
    for process in started:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)


def test_a_catalogue_is_the_same_after_its_journey() -> None:
    again = copy(CATALOGUE)
    assert (again.digest, again.told, again.entries) == (
        CATALOGUE.digest,
        CATALOGUE.told,
        CATALOGUE.entries,
    )
