"""Steps of tests, where every process of an engine can import them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graphkb.bulk.engine import Shared
from graphkb.errors import InputError


def listed(number: int, items: Iterator[Any]) -> Iterator[tuple[int, list[Any]]]:
    yield number, list(items)


def spread(_number: int, lists: Iterator[Iterable[Any]]) -> Iterator[Any]:
    for found in lists:
        yield from found


def doubled(_number: int, items: Iterator[int]) -> Iterator[int]:
    return (item * 2 for item in items)


def keyed(_number: int, items: Iterator[Any]) -> Iterator[tuple[str, Any]]:
    return ((str(item), item) for item in items)


def shouted(_number: int, pairs: Iterator[tuple[str, Any]]) -> Iterator[tuple[str, str]]:
    return ((key, f"{value}!") for key, value in pairs)


def swapped(_number: int, pairs: Iterator[tuple[str, Any]]) -> Iterator[tuple[str, str]]:
    return ((str(value), key) for key, value in pairs)


def first_only(_number: int, pairs: Iterator[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    for pair in pairs:
        yield pair
        return


def chained(_number: int, lengths: Iterator[tuple[int, int, int]]) -> Iterator[tuple[str, str]]:
    """The links of a chain through a field of multiples, each step-th from the first."""
    for length, first, step in lengths:
        for place in range(first, length - 1, step):
            # A prime times the place, so that neighbours in the chain are strangers in order.
            yield str(place * 7919 % length), str((place + 1) * 7919 % length)


def added(one: int, other: int) -> int:
    return one + other


def united(one: set[int], other: set[int]) -> set[int]:
    one |= other
    return one


@dataclass(frozen=True)
class Plus:
    shared: Shared[int]

    def __call__(self, _number: int, items: Iterator[int]) -> Iterator[int]:
        return (item + self.shared.value for item in items)


@dataclass(frozen=True)
class Noting:
    """Leaves a line in a file for each partition that it is asked for."""

    file: Path

    def __call__(self, number: int, items: Iterator[Any]) -> Iterator[Any]:
        with self.file.open("a") as file:
            file.write(f"{number}\n")
        return items


@dataclass(frozen=True)
class FailingWithout:
    """Fails in the last partition as long as a file is not there."""

    file: Path

    def __call__(self, number: int, items: Iterator[Any]) -> Iterator[Any]:
        if number == 2 and not self.file.exists():
            raise InputError("no end to it", where="papers.jsonl:7", remedy="end it")
        return items


def dividing(_number: int, items: Iterator[int]) -> Iterator[float]:
    return (1 / item for item in items)
