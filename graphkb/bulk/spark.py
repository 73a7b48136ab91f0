"""A bulk build on Spark, on one machine or on many.

Steps run in Python processes of Spark's; Spark brings frames of pairs between them, by the
partition of their key, and runs again what was lost. What joins two exchanges runs where both are:
they are dealt by one rule, so Spark only reads them one after the other.
See docs/decisions/0015-spark.md.
"""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphkb.bulk.branches import (
    Branch,
    Brought,
    Deal,
    DealCombined,
    Items,
    Laid,
    LayDown,
    Meeting,
    Reduced,
    Taken,
    carried,
)
from graphkb.bulk.engine import Parts, Shared
from graphkb.bulk.packed import pack
from graphkb.bulk.parts import Step
from graphkb.bulk.session import spark_context
from graphkb.bulk.stars import components
from graphkb.errors import GraphKBError
from graphkb.model.progress import Progress

if TYPE_CHECKING:
    from pyspark import RDD

__all__ = ["SparkEngine", "SparkParts"]

_CONTENTS = "contents.json"
_SECONDS_BETWEEN_LOOKS = 0.25


@dataclass(frozen=True, slots=True, eq=False)
class SparkParts:
    """Items in partitions on Spark.

    Parameters
    ----------
    engine : SparkEngine
        Where they are.
    branch : Branch
        What they are made of.
    count : int
        How many partitions there are.
    bases : mapping of int to RDD
        By mark, the exchanges at the leaves of the branch.
    """

    engine: SparkEngine
    branch: Branch
    count: int
    bases: Mapping[int, RDD[Any]]

    def each(self, step: Step) -> SparkParts:
        """Return what a step makes of each partition; see :class:`graphkb.bulk.engine.Parts`."""
        return replace(self, branch=Taken(self.branch, step))

    each_pair = each

    def kept(self, name: str) -> SparkParts:
        """Return the same items, laid down; see :class:`graphkb.bulk.engine.Parts`."""
        return self.engine.laid(name, self)

    def collected(self) -> list[Any]:
        """Return all items; see :class:`graphkb.bulk.engine.Parts`."""
        return self.engine.run(None, self, Items(self.branch))


class SparkEngine:
    """A bulk build on Spark; see :class:`graphkb.bulk.engine.Engine`.

    Parameters
    ----------
    work : Path
        The folder of what is laid down, of this work alone: it is made, and never emptied here.
        Every executor must see it under this path.
    partitions : int
        In how many partitions pairs are brought together: each is held in memory by one process.
    master : str, optional
        Where to run, as Spark says it; by default the session that is there, else what
        ``spark-submit`` was told, else all cores of this machine.
    progress : callable, optional
        Told of each stage how many of its tasks are done; from a thread of its own.

    Raises
    ------
    MissingExtraError
        pyspark is not there.
    GraphKBError
        Java is missing or too old; or Spark does not start.
    """

    def __init__(
        self,
        work: Path,
        partitions: int,
        *,
        master: str | None = None,
        progress: Progress | None = None,
    ) -> None:
        self.partitions = partitions
        self._work = work.absolute()
        self._work.mkdir(parents=True, exist_ok=True)
        self._progress = progress
        self._marks = count()
        self._context, self._started_here = spark_context(self._work, master)

    def start(self, items: Sequence[Any]) -> SparkParts:
        """Return a few items, each in a partition of its own."""
        mark = next(self._marks)
        if not items:
            return self._of(mark, self._context.emptyRDD())
        frames = [(number, (mark, pack([item]))) for number, item in enumerate(items)]
        return self._of(mark, self._context.parallelize(frames, len(frames)))

    def shared(self, value: Any) -> Shared[Any]:
        """Return a value that Spark brings to each process once."""
        return self._context.broadcast(value)

    def placed(self, name: str, parts: Parts[Any]) -> SparkParts:
        """Return the pairs, each in the partition of its key."""
        ours, mark = _ours(parts), next(self._marks)
        return self._exchanged(name, ours, mark, Deal(ours.branch, mark, self.partitions))

    def kept_and_placed(
        self, names: tuple[str, str], parts: Parts[Any], step: Step
    ) -> tuple[SparkParts, SparkParts]:
        """Return the same items, laid down, and what a step makes of them, placed."""
        kept = _ours(parts).kept(names[0])
        return kept, self.placed(names[1], kept.each(step))

    def merged(
        self, name: str, parts: Parts[Any], combine: Callable[[Any, Any], Any]
    ) -> SparkParts:
        """Return one pair a key, its value combined of all of that key."""
        ours, mark = _ours(parts), next(self._marks)
        deal = DealCombined(ours.branch, mark, self.partitions, combine)
        found = self._exchanged(name, ours, mark, deal)
        return replace(found, branch=Reduced(found.branch, combine))

    def together(self, *pairs: Parts[Any]) -> SparkParts:
        """Return each key once, with the list of its values in each collection."""
        ours = [_ours(one) for one in pairs]
        for one in ours:
            if one.count != self.partitions:
                raise ValueError(f"in {one.count} partitions, not {self.partitions}: not placed")
        bases = {mark: base for one in ours for mark, base in one.bases.items()}
        branch = Meeting(tuple(one.branch for one in ours))
        return SparkParts(self, branch, self.partitions, bases)

    def components(self, name: str, joins: Parts[Any]) -> SparkParts:
        """Return for each key of some joins the least key of its connected component."""
        known = self._laid(name)
        return known or _ours(components(self, name, joins, self._forget))

    def stop(self) -> None:
        """Stop Spark, where it was started here."""
        if self._started_here:
            self._context.stop()

    def laid(self, name: str, parts: SparkParts) -> SparkParts:
        """Return items from where they are laid down, and lay them down if they are not.

        Parameters
        ----------
        name : str
            Of the folder.
        parts : SparkParts
            The items.

        Returns
        -------
        SparkParts
            The same, without what led to them.
        """
        known = self._laid(name)
        if known is not None:
            return known
        folder = self._work / name
        shutil.rmtree(folder, ignore_errors=True)  # of a run that was stopped
        folder.mkdir()
        found = dict(self.run(name, parts, LayDown(parts.branch, folder)))
        names = tuple(found[number] for number in range(parts.count))
        unfinished = folder / "contents.unfinished"
        unfinished.write_text(json.dumps(names))
        unfinished.replace(folder / _CONTENTS)
        return SparkParts(self, Laid(folder, names), len(names), {})

    def planned(self, parts: SparkParts, task: Callable[[int, Any], Iterable[Any]]) -> RDD[Any]:
        """Return what a task makes of each partition, not computed yet.

        Parameters
        ----------
        parts : SparkParts
            The partitions.
        task : callable
            Of the number of a partition and of the frames that its exchanges bring.

        Returns
        -------
        RDD
            Of as many partitions.
        """
        bases = [parts.bases[mark] for mark in dict.fromkeys(parts.branch.marks())]
        if not bases:
            numbers = range(parts.count)
            empty = self._context.emptyRDD()
            base = self._context.parallelize(numbers, parts.count) if parts.count else empty
        else:
            base = bases[0] if len(bases) == 1 else self._context.union(bases)
        if base.getNumPartitions() != parts.count:
            raise RuntimeError(
                f"Spark brings {base.getNumPartitions()} partitions together, not {parts.count}"
            )
        return base.mapPartitionsWithIndex(task)

    def run(
        self, name: str | None, parts: SparkParts, task: Callable[[int, Any], Iterable[Any]]
    ) -> list[Any]:
        """Run a task on each partition now.

        Parameters
        ----------
        name : str or None
            Of the stage; None is told of to nobody.
        parts, task
            As of :meth:`planned`.

        Returns
        -------
        list
            What the tasks yield, in the order of the partitions.
        """
        with self._stage(name, parts.count):
            return self.planned(parts, task).collect()

    def _laid(self, name: str) -> SparkParts | None:
        folder = self._work / name
        if not (folder / _CONTENTS).is_file():
            return None
        names = tuple(json.loads((folder / _CONTENTS).read_text()))
        return SparkParts(self, Laid(folder, names), len(names), {})

    def _forget(self, name: str) -> None:
        shutil.rmtree(self._work / name, ignore_errors=True)

    def _of(self, mark: int, base: RDD[Any]) -> SparkParts:
        return SparkParts(self, Brought(mark), base.getNumPartitions(), {mark: base})

    def _exchanged(
        self, name: str, parts: SparkParts, mark: int, task: Callable[[int, Any], Iterable[Any]]
    ) -> SparkParts:
        base = self.planned(parts, task).partitionBy(self.partitions, _number)
        with self._stage(name, parts.count):
            # All of an exchange is laid down before any of it is read: one partition suffices.
            self._context.runJob(base, _unread, [0])
        return self._of(mark, base)

    @contextmanager
    def _stage(self, name: str | None, total: int) -> Iterator[None]:
        """Name the jobs that are run, tell of their progress, and raise errors as they were."""
        group = f"graphkb {name or 'collected'} {next(self._marks)}"
        context = self._context
        context.setJobGroup(group, name or "collected")
        ended = threading.Event()
        watching = threading.Thread(target=self._watch, args=(group, name, total, ended))
        if name and self._progress:
            self._progress(name, 0, total)
            watching.start()
        try:
            yield
        except _spark_errors() as error:
            raise _told(error) from None
        finally:
            ended.set()
            if watching.ident is not None:
                watching.join()
            context.setLocalProperty("spark.jobGroup.id", None)  # type: ignore[arg-type]
            context.setLocalProperty("spark.job.description", None)  # type: ignore[arg-type]
        if name and self._progress:
            self._progress(name, total, total)

    def _watch(self, group: str, name: str, total: int, ended: threading.Event) -> None:
        assert self._progress is not None  # noqa: S101 - nobody watches for nobody
        tracker = self._context.statusTracker()
        told = 0
        while not ended.wait(_SECONDS_BETWEEN_LOOKS):
            jobs = filter(None, map(tracker.getJobInfo, tracker.getJobIdsForGroup(group)))
            stages = (tracker.getStageInfo(stage) for job in jobs for stage in job.stageIds)
            done = min(sum(stage.numCompletedTasks for stage in stages if stage), total - 1)
            if done > told:
                told = done
                self._progress(name, done, total)


def _ours(parts: Parts[Any]) -> SparkParts:
    if not isinstance(parts, SparkParts):
        raise TypeError(f"parts of another engine: {type(parts).__name__}")
    return parts


def _number(number: int) -> int:
    """Frames are dealt by number already.

    Spark sees that two exchanges are dealt by one rule when it is one object, which this is.
    """
    return number


def _unread(_frames: Iterable[Any]) -> Iterable[Any]:
    return ()


def _spark_errors() -> tuple[type[Exception], ...]:
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    return Py4JError, PySparkException


def _told(error: Exception) -> Exception:
    """Return an error of a step as it was raised, another as what a person can act on."""
    text = str(error)
    ours = carried(text)
    if ours is not None:
        return ours
    _, python, rest = text.partition("Traceback (most recent call last)")
    if python:
        return RuntimeError(f"a step of the build failed:\n{python}{rest}")
    first = next((line for line in text.splitlines() if "Exception" in line or "Error" in line), "")
    return GraphKBError(
        f"Spark stopped: {first.strip() or text.strip()}",
        remedy="if memory was short, run it again with more partitions or more memory for "
        "executors: what is done is not done again",
    )
