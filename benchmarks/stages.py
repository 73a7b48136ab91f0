"""Where the time and the memory of a load go, stage by stage, and how they grow.

``python -m benchmarks.stages [--papers 10000 30000 100000]`` loads made-up papers of ten
citations and three authors each, every size in a process of its own, and fits the exponents. The
stages are those that a load tells of as its progress; their times are this process's own.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import graphkb
from benchmarks import corpus
from benchmarks.growth import exponent
from graphkb.model.progress import BYTES

ROOT = Path(__file__).resolve().parent.parent


def staged(store: str, source: str) -> dict[str, Any]:
    """Load a source and return what each stage took, in the order of the load."""
    marks: list[tuple[str, float, float, int]] = []

    def mark(stage: str) -> None:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        marks.append((stage, time.perf_counter(), time.process_time(), peak))

    def tell(stage: str, _done: int, _total: int) -> None:
        name = "parsing the file" if stage.startswith(BYTES) else stage
        if not marks or marks[-1][0] != name:
            mark(name)

    with graphkb.open(store) as base:
        mark("opening")
        report = base.load(source, progress=tell)
    mark("end")
    stages = [
        {
            "stage": stage,
            "wall_s": round(after[1] - wall, 2),
            "process_s": round(after[2] - process, 2),
            "peak_mb": round(after[3] / 1e6),
        }
        for (stage, wall, process, _), after in pairwise(marks)
    ]
    file = Path(store).stat().st_size if Path(store).is_file() else 0
    return {"stages": stages, "changes": report.changes, "file_mb": round(file / 1e6, 3)}


def main(given: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, nargs="+", default=[10_000, 30_000, 100_000])
    parser.add_argument("--job", nargs=2, help="one load, in this process")
    arguments = parser.parse_args(given)
    if arguments.job:
        print(json.dumps(staged(*arguments.job)))
        return
    times: dict[int, float] = {}
    peaks: dict[int, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        os.environ["GRAPHKB_CACHE"] = str(Path(folder) / "cache")
        for papers in arguments.papers:
            source = corpus.write(Path(folder) / f"{papers}.jsonl", corpus.papers(papers))
            job = ["--job", str(Path(folder) / f"{papers}.kgl"), str(source)]
            command = [sys.executable, "-m", "benchmarks.stages", *job]
            done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
            found = json.loads(done.stdout.splitlines()[-1])
            print(json.dumps({"papers": papers, **found}), flush=True)
            times[papers] = sum(stage["process_s"] for stage in found["stages"])
            peaks[papers] = max(stage["peak_mb"] for stage in found["stages"])
    fitted = {"process_s": exponent(times), "peak_mb": exponent(peaks)}
    print(json.dumps({"exponents": fitted}))


if __name__ == "__main__":
    main()
