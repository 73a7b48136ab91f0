"""A bulk build on the processes of one machine, its partitions on disk.

What is exchanged lies in one file a task, in frames by partition; a stage whose file of contents is
there is done, and is not computed again by a run of the same work that was stopped.
"""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from graphkb.bulk.engine import PairParts, Parts
from graphkb.bulk.parts import (
    Chain,
    Combined,
    Frame,
    Framed,
    Given,
    Joined,
    SharedFile,
    Step,
    write_buckets,
    write_frames,
    write_frames_and_buckets,
    write_merged,
    write_pairs,
)
from graphkb.bulk.stars import components
from graphkb.bulk.workers import Task, Workers
from graphkb.model.groups import join, least
from graphkb.model.progress import Progress

__all__ = ["ProcessEngine", "ProcessParts"]

_Frames = tuple[Frame, ...]
_CONTENTS = "contents.pickle"


@dataclass(frozen=True, slots=True)
class ProcessParts:
    """Items in partitions on disk, and the steps that are to be taken over them.

    Parameters
    ----------
    engine : ProcessEngine
        Where they are.
    chains : tuple of Chain
        One a partition.
    """

    engine: ProcessEngine
    chains: tuple[Chain, ...]

    def each(self, step: Step) -> ProcessParts:
        """Return what a step makes of each partition; see :class:`graphkb.bulk.engine.Parts`."""
        return replace(self, chains=tuple(replace(c, steps=(*c.steps, step)) for c in self.chains))

    each_pair = each

    def kept(self, name: str) -> ProcessParts:
        """Return the same items, laid down; see :class:`graphkb.bulk.engine.Parts`."""
        frames: list[_Frames] = self.engine.stage(name, write_frames, self.chains)
        return self.engine.framed(frames)

    def collected(self) -> list[Any]:
        """Return all items; see :class:`graphkb.bulk.engine.Parts`."""
        tasks: list[Task] = [(_listed, (chain,)) for chain in self.chains]
        found = dict(self.engine.workers.run(tasks))
        return [item for number in sorted(found) for item in found[number]]


def _listed(chain: Chain) -> list[Any]:
    return list(chain.items())


class ProcessEngine:
    """A bulk build on this machine; see :class:`graphkb.bulk.engine.Engine`.

    Parameters
    ----------
    work : Path
        The folder of what is laid down, of this work alone: it is made, and never emptied here.
    partitions : int
        In how many partitions pairs are brought together: each is held in memory by one process.
    processes : int
        How many run at once.
    progress : callable, optional
        Told of each stage how many of its tasks are done.
    keys_held : int
        How many keys of joins are held in memory at once to find their components.
    """

    def __init__(
        self,
        work: Path,
        partitions: int,
        processes: int = 1,
        progress: Progress | None = None,
        keys_held: int = 1_000_000,
    ) -> None:
        self.partitions = partitions
        self.workers = Workers(processes)
        self._work = work
        self._progress = progress
        self._keys_held = keys_held
        self._shared = 0
        work.mkdir(parents=True, exist_ok=True)

    def start(self, items: Sequence[Any]) -> ProcessParts:
        """Return a few items, each in a partition of its own."""
        return ProcessParts(self, tuple(Chain(n, Given((i,))) for n, i in enumerate(items)))

    def shared(self, value: Any) -> SharedFile:
        """Return a value that every process reads once."""
        self._shared += 1
        path = self._work / f"shared-{self._shared}.pickle"
        _lay(path, value)
        return SharedFile(path)

    def placed(self, name: str, parts: Parts[Any]) -> ProcessParts:
        """Return the pairs, each in the partition of its key."""
        buckets = self.stage(name, write_buckets, _chains(parts), self.partitions)
        return self.framed(_by_partition(buckets, self.partitions))

    def kept_and_placed(
        self, names: tuple[str, str], parts: Parts[Any], step: Step
    ) -> tuple[ProcessParts, ProcessParts]:
        """Return the same items, laid down, and what a step makes of them, placed."""
        write, count = write_frames_and_buckets, self.partitions
        done = self.stage(names[0], write, _chains(parts), count, step)
        pairs = _by_partition([buckets for _, buckets in done], count)
        return self.framed(frames for frames, _ in done), self.framed(pairs)

    def merged(
        self, name: str, parts: Parts[Any], combine: Callable[[Any, Any], Any]
    ) -> ProcessParts:
        """Return one pair a key, its value combined of all of that key."""
        buckets = self.stage(name, write_merged, _chains(parts), self.partitions, combine)
        found = _by_partition(buckets, self.partitions)
        chains = (Chain(n, Combined(Framed(f), combine)) for n, f in enumerate(found))
        return ProcessParts(self, tuple(chains))

    def together(self, *pairs: Parts[Any]) -> ProcessParts:
        """Return each key once, with the list of its values in each collection."""
        same = zip(*map(_chains, pairs), strict=True)
        return ProcessParts(self, tuple(Chain(n, Joined(c)) for n, c in enumerate(same)))

    def components(self, name: str, joins: Parts[Any]) -> PairParts:
        """Return for each key of some joins the least key of its connected component.

        Up to a number of joined keys they are held in memory here, some 200 bytes each; of more
        they are found by exchanges, in a memory that does not grow with them.
        """
        write, held = _write_components, self._keys_held
        found = self.stage(name, write, [_chains(joins)], self.partitions, held)[0]
        if found is None:
            in_rounds = f"{name}-in-rounds"
            found = self._done(in_rounds)
            if found is None:
                return components(self, in_rounds, joins, self._forget)
        return self.framed(found)

    def stop(self) -> None:
        """End the processes."""
        self.workers.stop()

    def framed(self, frames: Iterable[_Frames]) -> ProcessParts:
        """Return the items of some frames, a partition each."""
        return ProcessParts(self, tuple(Chain(n, Framed(f)) for n, f in enumerate(frames)))

    def stage(
        self, name: str, write: Callable[..., Any], parts: Sequence[Any], *arguments: Any
    ) -> list[Any]:
        """Run a task a partition, where that was not done before.

        Parameters
        ----------
        name : str
            Of the stage; no other has it.
        write : callable
            The task: of a partition, the path of the file that it makes, and the arguments.
        parts : sequence
            The partitions.
        *arguments : object
            Of the task.

        Returns
        -------
        list
            What the tasks return, in the order of the partitions.
        """
        folder = self._work / name
        done = self._done(name)
        if done is not None:
            return done
        folder.mkdir(exist_ok=True)
        tasks: list[Task] = [
            (write, (part, folder / f"{number:05}.frames", *arguments))
            for number, part in enumerate(parts)
        ]
        found: list[Any] = [None] * len(tasks)
        self._tell(name, 0, len(tasks))
        for done_tasks, (number, answer) in enumerate(self.workers.run(tasks), 1):
            found[number] = answer
            self._tell(name, done_tasks, len(tasks))
        _lay(folder / _CONTENTS, found)
        return found

    def _done(self, name: str) -> list[Any] | None:
        contents = self._work / name / _CONTENTS
        if not contents.is_file():
            return None
        found: list[Any] = pickle.loads(contents.read_bytes())  # noqa: S301 - written here
        return found

    def _forget(self, name: str) -> None:
        shutil.rmtree(self._work / name, ignore_errors=True)

    def _tell(self, name: str, done: int, total: int) -> None:
        if self._progress:
            self._progress(name, done, total)


def _lay(path: Path, value: Any) -> None:
    """Write a file that is there whole or not at all."""
    unfinished = path.with_suffix(".unfinished")
    unfinished.write_bytes(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))
    unfinished.replace(path)


def _chains(parts: Parts[Any]) -> tuple[Chain, ...]:
    if not isinstance(parts, ProcessParts):
        raise TypeError(f"parts of another engine: {type(parts).__name__}")
    return parts.chains


def _by_partition(buckets: Sequence[Sequence[_Frames]], count: int) -> list[_Frames]:
    return [tuple(f for task in buckets for f in task[number]) for number in range(count)]


def _write_components(
    chains: Iterable[Chain], path: Path, count: int, held: int
) -> tuple[tuple[Frame, ...], ...] | None:
    """Lay down the components of joins; None where more keys are joined than may be held."""
    above: dict[str, str] = {}
    for chain in chains:
        for one, other in chain.items():
            join(above, one, other)
            if len(above) > held:
                return None
    return write_pairs(((key, least(above, key)) for key in list(above)), path, count)
