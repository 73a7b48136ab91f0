"""What a task on Spark makes of a partition: a tree of steps, evaluated in one Python process.

The leaves are what exchanges bring, and what was laid down; all between them is done where they
meet, so that an item passes between Java and Python once in and once out, however many steps and
joins there are. An exchange brings frames: the partition they belong to, the mark of the exchange,
and packed items. Frames of several exchanges come in one stream, those of an exchange together.
"""

from __future__ import annotations

import base64
import pickle
import uuid
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from graphkb.bulk.dealing import FRAME, Dealt, dealt, dealt_combined
from graphkb.bulk.packed import Packed, pack, unpack
from graphkb.bulk.parts import Chain, Combined, Input, Joined, Step
from graphkb.errors import GraphKBError
from graphkb.model.collector import collect_seldom

__all__ = [
    "Branch",
    "Brought",
    "CarriedError",
    "Deal",
    "DealCombined",
    "Items",
    "Laid",
    "LayDown",
    "Meeting",
    "Reduced",
    "Taken",
    "carried",
]

Frame = tuple[int, tuple[int, Packed]]
"""The partition, and the mark of the exchange with items of it."""

_CARRIED = "graphkb error <"


class CarriedError(Exception):
    """An error of ours on its way through Spark, which tells of another's error its text alone."""


def carried(text: str) -> GraphKBError | OSError | None:
    """Return the error that a task raised, from what Spark tells of it; None where it is another.

    Examples
    --------
    >>> carried("java.lang.OutOfMemoryError") is None
    True
    """
    _, found, rest = text.partition(_CARRIED)
    if not found:
        return None
    error = pickle.loads(base64.b64decode(rest.partition(">")[0]))  # noqa: S301 - of our task
    return error if isinstance(error, GraphKBError | OSError) else None


class Streams:
    """What exchanges bring to one partition, told apart by their marks.

    Parameters
    ----------
    frames : iterator of Frame
        In the order of the marks.
    marks : tuple of int
        Of the leaves, in the order in which they are read; one may be read more than once.
    """

    def __init__(self, frames: Iterator[Frame], marks: tuple[int, ...]) -> None:
        self._frames = frames
        self._place = {mark: place for place, mark in enumerate(dict.fromkeys(marks))}
        self._often = {mark for mark, times in Counter(marks).items() if times > 1}
        self._whole: dict[int, list[Packed]] = {}
        self._held: dict[int, deque[Packed]] = defaultdict(deque)

    def items(self, mark: int) -> Iterator[Any]:
        """Yield what an exchange brings; it is held only where it is asked for more than once."""
        frames: Iterable[Packed] = self._of(mark)
        if mark in self._often:
            if mark not in self._whole:
                self._whole[mark] = list(frames)
            frames = self._whole[mark]
        for data, marshalled in frames:
            yield from unpack(data, marshalled)

    def _of(self, mark: int) -> Iterator[Packed]:
        place, held = self._place[mark], self._held[mark]
        while True:
            if held:
                yield held.popleft()
                continue
            frame = next(self._frames, None)
            if frame is None:
                return
            found, packed = frame[1]
            self._held[found].append(packed)
            if self._place[found] > place:
                return


class Branch(Protocol):
    """What the items of a partition are made of."""

    def marks(self) -> tuple[int, ...]:
        """Of the exchanges at the leaves, in the order in which they are read."""
        ...

    def at(self, number: int, streams: Streams) -> Input:
        """Return the items of the partition of a number."""
        ...


@dataclass(frozen=True, slots=True)
class _Stream:
    streams: Streams
    mark: int

    def items(self) -> Iterator[Any]:
        return self.streams.items(self.mark)


@dataclass(frozen=True, slots=True)
class _File:
    path: Path

    def items(self) -> Iterator[Any]:
        with self.path.open("rb") as file:
            while True:
                try:
                    packed = pickle.load(file)  # noqa: S301 - written by a task of this work
                except EOFError:
                    return
                yield from unpack(*packed)


@dataclass(frozen=True, slots=True)
class Brought:
    """What an exchange brings."""

    mark: int

    def marks(self) -> tuple[int, ...]:
        """Its mark."""
        return (self.mark,)

    def at(self, number: int, streams: Streams) -> Input:  # noqa: ARG002 - the stream is of one
        """Return what is brought."""
        return _Stream(streams, self.mark)


@dataclass(frozen=True, slots=True)
class Laid:
    """What was laid down, a file a partition."""

    folder: Path
    names: tuple[str, ...]

    def marks(self) -> tuple[int, ...]:
        """None."""
        return ()

    def at(self, number: int, streams: Streams) -> Input:  # noqa: ARG002 - nothing is exchanged
        """Return what the file of the partition holds."""
        return _File(self.folder / self.names[number])


@dataclass(frozen=True, slots=True)
class Taken:
    """What a step makes of a branch."""

    branch: Branch
    step: Step

    def marks(self) -> tuple[int, ...]:
        """Those of the branch."""
        return self.branch.marks()

    def at(self, number: int, streams: Streams) -> Input:
        """Return what the step makes of the partition."""
        return Chain(number, self.branch.at(number, streams), (self.step,))


@dataclass(frozen=True, slots=True)
class Reduced:
    """The pairs of a branch, those of one key combined to one."""

    branch: Branch
    combine: Callable[[Any, Any], Any]

    def marks(self) -> tuple[int, ...]:
        """Those of the branch."""
        return self.branch.marks()

    def at(self, number: int, streams: Streams) -> Input:
        """Return one pair a key."""
        return Combined(self.branch.at(number, streams), self.combine)


@dataclass(frozen=True, slots=True)
class Meeting:
    """Each key of some branches, with its values in each."""

    branches: tuple[Branch, ...]

    def marks(self) -> tuple[int, ...]:
        """Those of the branches."""
        return tuple(mark for branch in self.branches for mark in branch.marks())

    def at(self, number: int, streams: Streams) -> Input:
        """Return each key once."""
        return Joined(tuple(branch.at(number, streams) for branch in self.branches))


@dataclass(frozen=True, slots=True)
class Items:
    """The task that makes the items of a branch.

    Parameters
    ----------
    branch : Branch
        Which.
    """

    branch: Branch

    def __call__(self, number: int, frames: Iterator[Frame]) -> Iterator[Any]:
        """Yield the items; an error of ours, or of a disk, is carried to where it is raised."""
        collect_seldom()
        streams = Streams(frames, self.branch.marks())
        try:
            yield from self.branch.at(number, streams).items()
        except (GraphKBError, OSError) as error:
            text = base64.b64encode(pickle.dumps(error)).decode("ascii")
            raise CarriedError(f"{_CARRIED}{text}>") from error


@dataclass(frozen=True, slots=True)
class Deal:
    """The task that deals the pairs of a branch out to the partitions of their keys."""

    branch: Branch
    mark: int
    count: int

    def __call__(self, number: int, frames: Iterator[Frame]) -> Iterator[Frame]:
        """Return frames, each of one partition."""
        pairs = Items(self.branch)(number, frames)
        return _framed(dealt(pairs, self.count), self.mark)


@dataclass(frozen=True, slots=True)
class DealCombined:
    """The same, the values of a key combined first as far as one task sees them."""

    branch: Branch
    mark: int
    count: int
    combine: Callable[[Any, Any], Any]

    def __call__(self, number: int, frames: Iterator[Frame]) -> Iterator[Frame]:
        """Return frames, each of one partition."""
        pairs = Items(self.branch)(number, frames)
        return _framed(dealt_combined(pairs, self.count, self.combine), self.mark)


def _framed(pairs: Iterable[Dealt], mark: int) -> Iterator[Frame]:
    return ((number, (mark, pack(held))) for number, held in pairs)


@dataclass(frozen=True, slots=True)
class LayDown:
    """The task that writes the items of a branch to a file.

    Spark may run a task twice, and a second run may bring its items in another order: each writes
    a file of its own, and which counts is said by whoever asked.
    """

    branch: Branch
    folder: Path

    def __call__(self, number: int, frames: Iterator[Frame]) -> Iterator[tuple[int, str]]:
        """Write the file, and yield the partition and the file's name."""
        name = f"{number:05}-{uuid.uuid4().hex}.frames"
        items = Items(self.branch)(number, frames)
        with (self.folder / name).open("wb") as file:
            while held := list(islice(items, FRAME)):
                pickle.dump(pack(held), file, pickle.HIGHEST_PROTOCOL)
        yield number, name
