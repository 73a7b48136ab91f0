"""Whole processes, timed."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.measurement import spread


@dataclass(frozen=True)
class Timed:
    """Seconds of several runs of one command."""

    wall: tuple[float, ...]
    process: tuple[float, ...]

    def describe(self) -> dict[str, object]:
        return {
            "wall_s": spread(self.wall),
            "process_s": spread(self.process),
            "runs": len(self.wall),
        }


def timed(
    command: Sequence[str],
    *,
    runs: int,
    before: Callable[[], None] = lambda: None,
    environment: Mapping[str, str] | None = None,
) -> Timed:
    """Run a command some times, `before` before each, and a first time that does not count."""
    wall, process = [], []
    for run in range(runs + 1):
        before()
        used = _children()
        begin = time.perf_counter()
        subprocess.run(
            command, check=True, capture_output=True, env={**os.environ, **(environment or {})}
        )
        if run:
            wall.append(time.perf_counter() - begin)
            process.append(_children() - used)
    return Timed(tuple(wall), tuple(process))


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
