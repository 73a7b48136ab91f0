"""Partitions on this machine's disk: where their items lie, and how they are read.

An item lies in a frame: a list of some hundred items, so that few bytes and calls go to each.
"""

from __future__ import annotations

import pickle
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Protocol, Self

from msgspec import Struct

from graphkb.bulk.dealing import FRAME, Dealt, dealt, dealt_combined
from graphkb.bulk.packed import pack, unpack

__all__ = [
    "Chain",
    "Combined",
    "Frame",
    "Framed",
    "Given",
    "Input",
    "Joined",
    "SharedFile",
    "Step",
    "write_buckets",
    "write_frames",
    "write_frames_and_buckets",
    "write_merged",
    "write_pairs",
]

Step = Callable[[int, Iterator[Any]], Iterable[Any]]

# Of dealt pairs so many lie in one frame at most.
_DEALT_FRAME = 8 * FRAME


class Frame(Struct, frozen=True):
    """A list of items within a file, marshalled or else pickled."""

    path: Path
    offset: int
    size: int
    marshalled: bool


class Input(Protocol):
    """What a partition is read from."""

    def items(self) -> Iterator[Any]:
        """Yield the items, from the start each time."""
        ...


@dataclass(frozen=True, slots=True)
class Given:
    """Items that were given."""

    given: tuple[Any, ...]

    def items(self) -> Iterator[Any]:
        """Yield the items."""
        return iter(self.given)


@dataclass(frozen=True, slots=True)
class Framed:
    """Items in frames."""

    frames: tuple[Frame, ...]

    def items(self) -> Iterator[Any]:
        """Yield the items, a frame of them in memory."""
        file: BinaryIO | None = None
        path: Path | None = None
        try:
            for frame in self.frames:
                if file is None or frame.path != path:
                    if file is not None:
                        file.close()
                    file, path = frame.path.open("rb"), frame.path
                file.seek(frame.offset)
                yield from unpack(file.read(frame.size), frame.marshalled)
        finally:
            if file is not None:
                file.close()


@dataclass(frozen=True, slots=True)
class Combined:
    """Pairs of which those with one key are combined to one."""

    pairs: Input
    combine: Callable[[Any, Any], Any]

    def items(self) -> Iterator[Any]:
        """Yield one pair a key, sorted by key."""
        found: dict[str, Any] = {}
        for key, value in self.pairs.items():
            found[key] = self.combine(found[key], value) if key in found else value
        for key in sorted(found):
            yield key, found[key]


@dataclass(frozen=True, slots=True)
class Joined:
    """Each key of the same partition of several collections, with its values in each."""

    chains: tuple[Input, ...]

    def items(self) -> Iterator[Any]:
        """Yield each key with a list of values a collection, sorted by key."""
        found: list[dict[str, list[Any]]] = [defaultdict(list) for _ in self.chains]
        for values, chain in zip(found, self.chains, strict=True):
            for key, value in chain.items():
                values[key].append(value)
        for key in sorted(set().union(*found)):
            yield key, tuple([values.pop(key, []) for values in found])


@dataclass(frozen=True, slots=True)
class Chain:
    """A partition and the steps that are to be taken over it, one after the other."""

    number: int
    input: Input
    steps: tuple[Step, ...] = ()

    def items(self) -> Iterator[Any]:
        """Yield what the last step makes of the items."""
        items = self.input.items()
        for step in self.steps:
            items = iter(step(self.number, items))
        return items


@dataclass(frozen=True, slots=True)
class SharedFile:
    """A value that every process reads once."""

    path: Path

    @property
    def value(self) -> Any:
        """The value."""
        return _value(self.path)


@lru_cache(maxsize=16)
def _value(path: Path) -> Any:
    return pickle.loads(path.read_bytes())  # noqa: S301 - written by the process that started this


def write_frames(chain: Chain, path: Path) -> tuple[Frame, ...]:
    """Lay down the items of a partition.

    Parameters
    ----------
    chain : Chain
        Which items.
    path : Path
        The file, which is made.

    Returns
    -------
    tuple of Frame
        Where they lie.
    """
    found: list[Frame] = []
    with _Writer(path) as writer:
        deque(_laid(chain.items(), writer, found), maxlen=0)
    return tuple(found)


def write_buckets(chain: Chain, path: Path, count: int) -> tuple[tuple[Frame, ...], ...]:
    """Lay down pairs by the partition of their key.

    Parameters
    ----------
    chain : Chain
        Which pairs.
    path : Path
        The file, which is made.
    count : int
        How many partitions there are.

    Returns
    -------
    tuple of tuple of Frame
        For each partition, where its pairs lie.
    """
    return write_pairs(chain.items(), path, count)


def write_pairs(
    pairs: Iterable[tuple[str, Any]], path: Path, count: int
) -> tuple[tuple[Frame, ...], ...]:
    """Lay down pairs that are there, by the partition of their key; see :func:`write_buckets`."""
    with _Writer(path) as writer:
        return _placed(dealt(pairs, count), writer, count)


def write_frames_and_buckets(
    chain: Chain, path: Path, count: int, step: Step
) -> tuple[tuple[Frame, ...], tuple[tuple[Frame, ...], ...]]:
    """Lay down the items of a partition, and the pairs that a step makes of them.

    Parameters
    ----------
    chain, path, count
        As of :func:`write_buckets`; a file beside that of the path is made too.
    step : callable
        The step; it takes all items.

    Returns
    -------
    tuple
        As of :func:`write_frames`, and as of :func:`write_buckets`.
    """
    found: list[Frame] = []
    with _Writer(path) as writer, _Writer(path.with_suffix(".pairs")) as beside:
        items = _laid(chain.items(), writer, found)
        pairs = _placed(dealt(step(chain.number, items), count), beside, count)
    return tuple(found), pairs


def write_merged(
    chain: Chain, path: Path, count: int, combine: Callable[[Any, Any], Any]
) -> tuple[tuple[Frame, ...], ...]:
    """Lay down pairs by the partition of their key, combined as far as one task sees them.

    Parameters
    ----------
    chain, path, count
        As of :func:`write_buckets`.
    combine : callable
        Of two values.

    Returns
    -------
    tuple of tuple of Frame
        For each partition, where its pairs lie.
    """
    with _Writer(path) as writer:
        return _placed(dealt_combined(chain.items(), count, combine), writer, count)


class _Writer:
    """A file that frames are added to."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("wb")
        self._offset = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def write(self, items: list[Any]) -> Frame:
        data, marshalled = pack(items)
        frame = Frame(self._path, self._offset, len(data), marshalled)
        self._offset += len(data)
        self._file.write(data)
        return frame


def _laid(items: Iterator[Any], writer: _Writer, frames: list[Frame]) -> Iterator[Any]:
    """Yield items as they are laid down."""
    while held := list(islice(items, FRAME)):
        frames.append(writer.write(held))
        yield from held


def _placed(pairs: Iterable[Dealt], writer: _Writer, count: int) -> tuple[tuple[Frame, ...], ...]:
    """Lay down dealt pairs, and return where those of each partition lie."""
    frames: list[list[Frame]] = [[] for _ in range(count)]
    for number, held in pairs:
        for first in range(0, len(held), _DEALT_FRAME):
            frames[number].append(writer.write(held[first : first + _DEALT_FRAME]))
    return tuple(map(tuple, frames))
